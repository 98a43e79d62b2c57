//! Finding requests by their words: what everybody sees, and nothing that is masked or hidden.

use super::*;
use crate::requests::finding::{catch_up, find, find_within};
use domain::{
    people::Place,
    requests::{
        filter::Filter, finding::Question, reasons::WithdrawReason, submission::Submission,
    },
};

/// The codes of what somebody at granny's home finds.
async fn finds(db: &Db, words: &str, reader: Option<&Actor>) -> Vec<String> {
    finds_within(db, words, reader, "").await
}

async fn finds_within(db: &Db, words: &str, reader: Option<&Actor>, query: &str) -> Vec<String> {
    let question = Question::read(words).unwrap();
    let filter = Filter::of_query(query);
    let found = find(db, &home(), &question, &filter, reader, None, 99).await.unwrap();
    found.requests.into_iter().map(|one| one.request.code).collect()
}

fn saying(words: &str) -> Submission {
    Submission { words: words.into(), ..leak() }
}

both_engines! {
    async fn words_of_one_letter_and_two_and_more_are_found_the_newest_first(db: Db) {
        let medicine = an_accepted(&db, &saying("给老人送药，顺路捎袋小米")).await;
        let snow = an_accepted(&db, &saying("门口扫雪，药也送一下")).await;

        assert_eq!(finds(&db, "药", None).await, [snow.as_str(), medicine.as_str()]);
        assert_eq!(finds(&db, "送药", None).await, [medicine.as_str()]);
        assert_eq!(finds(&db, "给老人送药", None).await, [medicine.as_str()]);
        assert_eq!(finds(&db, "扫雪 药", None).await, [snow.as_str()]);
        assert_eq!(finds(&db, "上午", None).await.len(), 2, "when it suits is found too");
        assert!(finds(&db, "扫药", None).await.is_empty());
        assert!(finds(&db, "唱戏", None).await.is_empty());
    }

    async fn a_phone_a_door_a_name_or_a_risk_finds_nothing_whoever_looks(db: Db) {
        let telling = Submission {
            words: "电话 15412345678，车冀J12345，来一趟".into(),
            door: Some("荷花东巷 12 号".into()),
            ..leak()
        };
        let code = an_accepted(&db, &telling).await;
        let (captain, granny) = (captain(&db).await, granny(&db).await);

        for reader in [None, Some(&granny), Some(&captain)] {
            for words in ["15412345678", "12345678", "5678", "冀J12345", "荷花东巷", "12 号", "李大娘",
                "李", "15400000001", "有狗", "狗"] {
                assert!(finds(&db, words, reader).await.is_empty(), "{words}");
            }
            assert_eq!(finds(&db, "来一趟", reader).await, [code.as_str()]);
        }
    }

    async fn what_waits_for_the_captain_or_is_private_finds_only_who_may_see_it(db: Db) {
        let waiting = filed(&db, &saying("水缸裂了")).await;
        let private = an_accepted(&db, &Submission { words: "水缸吵架".into(), ..quarrel() }).await;
        let (granny, captain) = (granny(&db).await, captain(&db).await);
        let stranger = resident(&db, 1).await;
        let beside = captain_of(&db, OTHER_SQUAD).await;

        for reader in [None, Some(&stranger), Some(&beside)] {
            assert!(finds(&db, "水缸", reader).await.is_empty());
        }
        for reader in [&granny, &captain] {
            let found = finds(&db, "水缸", Some(reader)).await;
            assert_eq!(found, [private.as_str(), waiting.as_str()]);
        }
    }

    async fn what_is_over_is_found_no_more_until_it_runs_again(db: Db) {
        let granny = granny(&db).await;
        let code = an_open_request(&db).await;
        assert_eq!(finds(&db, "漏水", None).await, [code.as_str()]);
        let letters: i64 = value!(db, "select count(*) from request_letters");
        assert!(letters > 10);

        go(&db, &code, Step::Withdraw(WithdrawReason::NoLongerNeeded), &granny, later(1)).await;

        assert!(finds(&db, "漏水", Some(&granny)).await.is_empty());
        let letters: i64 = value!(db, "select count(*) from request_letters");
        assert_eq!(letters, 0);
    }

    async fn what_was_written_before_there_were_letters_is_caught_up_with_once(db: Db) {
        let code = an_open_request(&db).await;
        by_hand!(db, "delete from request_letters");
        by_hand!(db, "update requests set lettered = 0");
        assert!(finds(&db, "漏水", None).await.is_empty());

        assert_eq!(catch_up(&db).await.unwrap(), 1);
        assert_eq!(catch_up(&db).await.unwrap(), 0);

        assert_eq!(finds(&db, "漏水", None).await, [code.as_str()]);
    }

    async fn a_search_keeps_to_the_ring_and_the_filter(db: Db) {
        let here = an_accepted_at(&db, &leak(), &at(SQUAD)).await;
        let lane = an_accepted_at(&db, &leak(), &at(NEXT_SQUAD)).await;
        let village = an_accepted_at(&db, &leak(), &at(LONE_SQUAD)).await;
        let far = Place::somewhere_in(TOWNSHIP, NEXT_VILLAGE);
        an_accepted_at(&db, &leak(), &far).await;

        assert_eq!(finds_within(&db, "漏", None, "ring=1").await, [here.as_str()]);
        assert_eq!(finds_within(&db, "漏", None, "ring=2").await, [lane.as_str(), here.as_str()]);
        assert_eq!(
            finds_within(&db, "漏", None, "ring=3").await,
            [village.as_str(), lane.as_str(), here.as_str()]
        );
        assert!(finds_within(&db, "漏", None, "kind=errand").await.is_empty());
        assert_eq!(finds_within(&db, "漏", None, "skill=plumbing&state=open").await.len(), 3);
    }

    async fn the_pages_of_a_search_show_everything_once(db: Db) {
        for _ in 0..7 {
            an_open_request(&db).await;
        }
        let question = Question::read("漏水").unwrap();
        let mut all = vec![];
        let mut after = None;
        loop {
            let page = find(&db, &home(), &question, &Filter::default(), None, after, 3).await.unwrap();
            all.extend(page.requests.into_iter().map(|one| one.request.code));
            after = page.next;
            if after.is_none() {
                break;
            }
        }

        assert_eq!(all, finds(&db, "漏水", None).await);
        assert_eq!(all.len(), 7);
    }

    async fn who_is_above_finds_in_all_their_villages_and_who_is_below_in_their_own(db: Db) {
        let here = an_accepted(&db, &saying("水缸裂了")).await;
        let lane = an_accepted_at(&db, &saying("水缸要搬"), &at(NEXT_SQUAD)).await;
        let beside = an_accepted_at(&db, &saying("水缸洗一洗"), &at(OTHER_SQUAD)).await;
        let next = Place::somewhere_in(TOWNSHIP, NEXT_VILLAGE);
        let village = an_accepted_at(&db, &saying("水缸结冰"), &next).await;
        let far = Place::somewhere_in(FAR_TOWNSHIP, FAR_VILLAGE);
        let private = Submission { words: "水缸吵架".into(), ..quarrel() };
        let far = an_accepted_at(&db, &private, &far).await;
        let question = Question::read("水缸").unwrap();
        let finds = async |team| {
            let who = captain_of(&db, team).await;
            let reach = who.posts[0].reach;
            let mut all = vec![];
            let mut after = None;
            loop {
                let page = find_within(&db, reach, &question, &who, after, 2).await.unwrap();
                all.extend(page.requests.into_iter().map(|one| one.request.code));
                after = page.next;
                if after.is_none() {
                    return all;
                }
            }
        };

        let newest_first = [&far, &village, &beside, &lane, &here].map(String::clone);
        assert_eq!(finds(CORPS).await, newest_first);
        assert_eq!(finds(DETACHMENT).await, newest_first[1..]);
        assert_eq!(finds(BRIGADE).await, newest_first[2..]);
        assert_eq!(finds(COMPANY).await, newest_first[3..]);
        assert_eq!(finds(SQUAD).await, newest_first[4..]);
    }
}
