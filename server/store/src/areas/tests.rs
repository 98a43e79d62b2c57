//! What can be chosen, and where a choice stands.

use super::*;
use crate::example::*;
use domain::{areas::RENQIU, clock::DAY, people::PostKind};

fn names(all: Vec<Named>) -> Vec<String> {
    all.into_iter().map(|one| one.name).collect()
}

both_engines! {
    async fn townships_and_their_villages_are_listed_by_code(db: Db) {
        county(&db).await;

        assert_eq!(names(townships(&db).await.unwrap()), ["辛中驿镇", "石门桥镇"]);
        assert_eq!(names(villages(&db, TOWNSHIP).await.unwrap()), ["柿庄中村", "荷花村"]);
        assert_eq!(names(villages(&db, FAR_TOWNSHIP).await.unwrap()), ["桥东社区"]);
        assert_eq!(names(villages(&db, VILLAGE).await.unwrap()), [""; 0]);
    }

    async fn an_area_has_a_name_and_a_code_without_area_is_not_found(db: Db) {
        county(&db).await;

        let nowhere = name(&db, AreaId(1)).await;

        assert_eq!(name(&db, VILLAGE).await.unwrap(), "柿庄中村");
        assert!(matches!(nowhere, Err(StoreError::NotFound)), "{nowhere:?}");
    }

    async fn the_circles_of_a_village_are_listed_with_who_leads_them_now(db: Db) {
        captain(&db).await;
        let leaver = resident(&db, 1).await;
        let (kind, since, until) = (PostKind::Captain, now() - DAY, Some(now() - 1));
        appointed(&db, leaver.id, kind, Some(NEXT_SQUAD), None, since, until).await;

        let circles = circles(&db, VILLAGE, now()).await.unwrap();

        let squads: Vec<_> = circles.iter().map(|circle| TeamId(circle.squad)).collect();
        assert_eq!(squads, [SQUAD, NEXT_SQUAD, OTHER_SQUAD, LONE_SQUAD]);
        let captains: Vec<_> = circles.iter().map(|circle| circle.captain.as_deref()).collect();
        assert_eq!(captains, [Some("梁"), None, None, None]);
        assert_eq!(circles[0].name, "柿庄中村 1 小队");
    }

    async fn a_circle_stands_in_its_lane_its_village_and_its_township(db: Db) {
        county(&db).await;

        for squad in [SQUAD, NEXT_SQUAD, OTHER_SQUAD, LONE_SQUAD] {
            assert_eq!(place(&db, VILLAGE, Some(squad)).await.unwrap(), Some(at(squad)));
        }
        let community = place(&db, FAR_VILLAGE, None).await.unwrap();
        assert_eq!(community, Some(Place::somewhere_in(FAR_TOWNSHIP, FAR_VILLAGE)));
    }

    async fn what_is_no_village_or_no_circle_of_it_is_no_place(db: Db) {
        county(&db).await;

        for (village, squad) in [
            (RENQIU, None),
            (TOWNSHIP, None),
            (AreaId(1), None),
            (NEXT_VILLAGE, Some(SQUAD)),
            (VILLAGE, Some(COMPANY)),
            (VILLAGE, Some(TeamId(Uuid::now_v7()))),
        ] {
            let found = place(&db, village, squad).await.unwrap();
            assert_eq!(found, None, "{village:?} {squad:?}");
        }
    }
}
