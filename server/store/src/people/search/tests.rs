//! Who is found by what, and by whom.

use super::*;
use crate::{
    data_log,
    example::{
        COMPANY, FAR_TOWNSHIP, FAR_VILLAGE, LONE_SQUAD, NEXT_VILLAGE, OTHER_SQUAD, SQUAD, TOWNSHIP,
        VILLAGE, by_hand, granny, now, resident,
    },
    imports,
};
use domain::{
    imports::{Layout, Line, List, Row},
    people::{Post, PostKind},
};
use tokio::sync::mpsc;

fn posted(who: &Actor, kind: PostKind, reaches: &[Reach]) -> Actor {
    let post = |reach: &Reach| Post { kind, reach: *reach, name: String::new() };
    Actor { posts: reaches.iter().map(post).collect(), ..who.clone() }
}

/// Brings people in: phone, name, village, squad.
async fn live(db: &Db, people: &[(&str, &str, &str, &str)]) {
    let header: Vec<_> = List::People.columns().iter().map(|one| one.key().to_owned()).collect();
    let layout = Layout::read(List::People, &header).unwrap();
    let lines: Vec<_> = (2..)
        .zip(people)
        .map(|(row, (phone, name, village, squad))| {
            let cells = [*phone, *name, "", "", "", "", *village, *squad, ""].map(str::to_owned);
            Line { row, says: Row::parse(List::People, &layout.cells(&cells)) }
        })
        .collect();
    let open = || {
        let (sends, takes) = mpsc::channel(1);
        sends.try_send(Ok(lines.clone())).unwrap();
        takes
    };
    let order = imports::Order { list: List::People, dry_run: false, who: None, at: now() };
    let outcome = imports::run(db, &order, &open).await.unwrap();
    assert!(outcome.is_clean(), "{:?}", outcome.faults);
}

async fn village(db: &Db) -> Actor {
    let clerk = granny(db).await;
    live(
        db,
        &[
            ("15500000001", "王秀兰", "柿庄中村", "1"),
            ("15500000002", "王秀英", "柿庄中村", "3"),
            ("15500000003", "单田芳", "柿庄中村", "4"),
            ("15500000004", "王小丽", "荷花村", ""),
            ("15500000005", "吴晓林", "桥东社区", ""),
        ],
    )
    .await;
    // Who was put there by hand, as from before there were keys.
    keys::catch_up(db).await.unwrap();
    clerk
}

async fn found(db: &Db, typed: &str, who: &Actor) -> Vec<String> {
    let question = Question::read(typed).unwrap();
    let page = search(db, &question, who, None, 20, now()).await.unwrap();
    page.people
        .into_iter()
        .map(|one| format!("{}{}", one.surname, one.given.unwrap_or(one.title)))
        .collect()
}

#[test]
fn what_was_typed_is_a_phone_a_number_or_the_beginning_of_a_name() {
    let begins = |words: &str| Some(Question::Begins(words.into()));

    assert_eq!(Question::read("155 0000 0001"), Some(Question::Phone("15500000001".into())));
    assert_eq!(Question::read(" 王 秀"), begins("王秀"));
    assert_eq!(Question::read("WXL"), begins("wxl"));
    assert_eq!(Question::read("0001"), begins("0001"));
    assert_eq!(Question::read("rq0312085"), Some(Question::Number("RQ0312085".into())));
    assert_eq!(Question::read("13098200000001"), Some(Question::Number("13098200000001".into())));
    assert_eq!(Question::read(" %_' "), None);
}

both_engines! {
    async fn people_are_found_by_name_pinyin_initials_and_phone(db: Db) {
        let centre = posted(&village(&db).await, PostKind::Staff, &[Reach::City]);

        for (typed, expected) in [
            ("王秀兰", vec!["王秀兰"]),
            ("王秀", vec!["王秀兰", "王秀英"]),
            ("秀英", vec!["王秀英"]),
            ("wxl", vec!["吴晓林", "王小丽", "王秀兰"]),
            ("wangxiu", vec!["王秀兰", "王秀英"]),
            ("w", vec!["王小丽", "王秀兰", "王秀英", "吴晓林"]),
            ("shan", vec!["单田芳"]),
            ("dtf", vec!["单田芳"]),
            ("15500000003", vec!["单田芳"]),
            ("0003", vec!["单田芳"]),
            ("李大娘", vec!["李大娘"]),
            ("没有", vec![]),
        ] {
            let mut names = found(&db, typed, &centre).await;
            let mut expected: Vec<_> = expected.into_iter().map(str::to_owned).collect();
            names.sort();
            expected.sort();
            assert_eq!(names, expected, "{typed}");
        }
    }

    async fn everybody_finds_those_within_their_reach_and_nobody_else(db: Db) {
        let clerk = village(&db).await;
        let all = ["王小丽", "王秀兰", "王秀英", "吴晓林"].as_slice();
        for (reaches, expected) in [
            (vec![Reach::City], all),
            (vec![Reach::Township(TOWNSHIP)], &["王小丽", "王秀兰", "王秀英"]),
            (vec![Reach::Township(FAR_TOWNSHIP)], &["吴晓林"]),
            (vec![Reach::Village(VILLAGE)], &["王秀兰", "王秀英"]),
            (vec![Reach::Company(COMPANY)], &["王秀兰"]),
            (vec![Reach::Squad(SQUAD)], &["王秀兰"]),
            (vec![Reach::Squad(OTHER_SQUAD)], &["王秀英"]),
            (vec![Reach::Squad(LONE_SQUAD)], &[]),
            (vec![Reach::Squad(SQUAD), Reach::Village(FAR_VILLAGE)], &["王秀兰", "吴晓林"]),
            (vec![Reach::Village(NEXT_VILLAGE), Reach::Township(TOWNSHIP)], &["王小丽", "王秀兰", "王秀英"]),
            (vec![], &[]),
        ] {
            for kind in PostKind::ALL {
                let who = posted(&clerk, *kind, &reaches);
                let mut names = found(&db, "w", &who).await;
                names.sort();
                let mut expected: Vec<_> = expected.iter().map(|one| (*one).to_owned()).collect();
                expected.sort();
                assert_eq!(names, expected, "{kind:?} {reaches:?}");
                let by_phone = found(&db, "15500000001", &who).await;
                assert_eq!(by_phone.len(), usize::from(expected.contains(&"王秀兰".to_owned())));
            }
        }
    }

    async fn pages_follow_each_other_without_gap_and_without_anybody_twice(db: Db) {
        let clerk = village(&db).await;
        let many: Vec<_> = (0..150).map(|n| format!("156{n:08}")).collect();
        let many: Vec<_> =
            many.iter().map(|phone| (phone.as_str(), "魏翔", "柿庄中村", "1")).collect();
        live(&db, &many).await;
        for reach in [Reach::City, Reach::Township(TOWNSHIP), Reach::Village(VILLAGE), Reach::Squad(SQUAD)] {
            let who = posted(&clerk, PostKind::Captain, &[reach]);
            let question = Question::read("w").unwrap();
            let (mut seen, mut after, mut pages) = (std::collections::BTreeSet::new(), None, 0);
            loop {
                let page = search(&db, &question, &who, after.as_ref(), 20, now()).await.unwrap();
                pages += 1;
                for one in page.people {
                    assert!(seen.insert(one.id), "{reach:?}: twice");
                }
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            let others = match reach { Reach::City => 4, Reach::Township(_) => 3, Reach::Village(_) => 2, _ => 1 };
            assert_eq!((seen.len(), pages), (150 + others, 8), "{reach:?}");
        }
    }

    async fn opening_somebody_is_written_down_unless_it_is_oneself(db: Db) {
        let clerk = village(&db).await;
        let who = posted(&clerk, PostKind::Captain, &[Reach::Village(VILLAGE)]);
        let neighbour = resident(&db, 1).await;
        by_hand!(&db, "insert into posts (id, person, kind, team, since) values ($1, $2, 'captain', $3, 0)",
            Uuid::now_v7(), neighbour.id.0, SQUAD.0);

        let opened = open(&db, neighbour.id, &who, now()).await.unwrap();
        open(&db, clerk.id, &who, now()).await.unwrap();

        assert_eq!(opened.person.phone.as_deref(), Some("15400005001"));
        assert_eq!(opened.person.leads, ["柿庄中村 1 小队"]);
        let log = data_log::page(&db, i64::MAX, 9).await.unwrap();
        let what: Vec<_> = log.into_iter().map(|one| one.what).collect();
        let (opened, came) = (data_log::What::Opened(neighbour.id), data_log::What::In(List::People, 5));
        assert_eq!(what, [opened, came]);
    }

    async fn nobody_opens_whom_they_do_not_reach(db: Db) {
        let clerk = village(&db).await;
        let neighbour = resident(&db, 1).await;
        for reaches in [vec![], vec![Reach::Village(NEXT_VILLAGE)], vec![Reach::Squad(OTHER_SQUAD)]] {
            let who = posted(&clerk, PostKind::Captain, &reaches);

            let outcome = open(&db, neighbour.id, &who, now()).await;

            assert!(matches!(outcome, Err(StoreError::NotFound)), "{reaches:?}");
        }
        let log = data_log::of_person(&db, neighbour.id, 9).await.unwrap();
        assert!(log.is_empty(), "{log:?}");
    }
}
