//! What the pages read: counts by level, who leads what.

use super::*;
use crate::organisation::leads::{Wanted, leads};

async fn names(db: &Db, area: AreaId, wanted: Wanted) -> (i64, Vec<String>) {
    let (all, found) = leads(db, area, &Wanted { most: 50, ..wanted }, now()).await.unwrap();
    (all, found.into_iter().map(|one| one.name).collect())
}

crate::both_engines! {
    async fn whoever_alters_what_was_written_about_a_merger_is_found_out(db: Db) {
        let centre = centre(&db).await;
        areas::merge(&db, VILLAGE, NEXT_VILLAGE, &decreed(), &centre, now()).await.unwrap();
        is_sound(&db).await;

        by_hand!(&db, "update organisation_events set note = $1", "任政〔2026〕13 号");

        match crate::history::verify(&db).await.unwrap() {
            crate::history::Verdict::Broken { seq, why } => {
                assert_eq!((seq, why.as_str()), (1, "organisation: the row was altered"));
            }
            whole @ crate::history::Verdict::Whole { .. } => panic!("nobody noticed: {whole:?}"),
        }
    }

    async fn each_level_says_how_much_is_below_and_how_much_of_it_nobody_leads(db: Db) {
        captain(&db).await;
        captain_of(&db, BRIGADE).await;

        let city = reading::area(&db, RENQIU, now()).await.unwrap();
        let township = reading::area(&db, TOWNSHIP, now()).await.unwrap();
        let village = reading::area(&db, VILLAGE, now()).await.unwrap();

        let lines = |sheet: &reading::AreaSheet| -> Vec<(String, i64, i64, i64)> {
            let line = |one: &reading::AreaBelow| (one.name.clone(), one.areas, one.teams, one.vacant);
            sheet.below.iter().map(line).collect()
        };
        assert_eq!(
            lines(&city),
            [("辛中驿镇".to_owned(), 2, 9, 7), ("石门桥镇".to_owned(), 1, 0, 0)]
        );
        assert_eq!(lines(&township), [("柿庄中村".to_owned(), 0, 7, 5), ("荷花村".to_owned(), 0, 1, 1)]);
        let teams: Vec<_> = village.teams.iter().map(|one| (one.name.as_str(), one.teams)).collect();
        assert_eq!(teams, [("柿庄中村 1 中队", 2), ("柿庄中村 2 中队", 1), ("柿庄中村 4 小队", 0)]);
        assert_eq!(village.team.unwrap().2.as_deref(), Some("队"));
        let lane = reading::team(&db, COMPANY, now()).await.unwrap();
        let squads: Vec<_> = lane.below.iter().map(|one| (one.captain.as_deref(), one.doors)).collect();
        assert_eq!(squads, [(Some("梁"), 20), (None, 0)]);
    }

    async fn who_leads_what_is_listed_by_area_and_vacancies_alone(db: Db) {
        captain(&db).await;

        let city = names(&db, RENQIU, Wanted::default()).await;
        let township = names(&db, TOWNSHIP, Wanted::default()).await;
        let village = names(&db, VILLAGE, Wanted { vacant: true, ..Wanted::default() }).await;
        let named = names(&db, VILLAGE, Wanted { name: "小队".into(), ..Wanted::default() }).await;
        let next = names(&db, RENQIU, Wanted { skip: 9, ..Wanted::default() }).await;
        let pattern = names(&db, RENQIU, Wanted { name: "%".into(), ..Wanted::default() }).await;

        assert_eq!((city.0, city.1[0].as_str()), (10, "总队"));
        assert_eq!((township.0, township.1[0].as_str()), (9, "辛中驿镇支队"));
        assert_eq!(village.0, 6);
        assert!(!village.1.contains(&"柿庄中村 1 小队".to_owned()));
        assert_eq!(named.0, 4);
        assert_eq!((next.0, next.1.len()), (10, 1));
        assert_eq!(pattern, (0, vec![]));
    }
}
