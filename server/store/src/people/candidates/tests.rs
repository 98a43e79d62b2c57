//! Whom the books suggest, on both engines.

use super::*;
use crate::{example::*, requests};
use domain::{
    clock::DAY,
    people::Actor,
    requests::{Step, acting::Minutes},
};

async fn suggestions(db: &Db, code: &str, at: Millis) -> Vec<Candidate> {
    let request = requests::load(&mut db.read().await.unwrap(), code).await.unwrap().request;
    suggested(db, &request, at).await.unwrap()
}

fn names(found: &[Candidate]) -> Vec<String> {
    found.iter().map(|one| one.called.clone()).collect()
}

/// Somebody helps for so many minutes, and the captain agrees.
async fn helps(db: &Db, who: &Actor, n: u16, at: Millis) {
    let code = an_open_request(db).await;
    go(db, &code, Step::Claim, who, at).await;
    go(db, &code, Step::Start, who, at).await;
    let minutes = vec![Minutes { person: who.id, minutes: n }];
    go(db, &code, Step::Finish(minutes.clone(), None), who, at).await;
    go(db, &code, Step::Approve(minutes, None), &captain(db).await, at).await;
}

both_engines! {
    async fn who_has_helped_more_than_a_fair_share_in_this_month_is_asked_after_others(db: Db) {
        let all = volunteers(&db, 4).await;
        let code = an_open_request(&db).await;
        helps(&db, &all[0], 90, now()).await;
        helps(&db, &all[0], 91, now()).await;
        helps(&db, &all[1], 30, now()).await;

        let found = suggestions(&db, &code, now()).await;
        let next_month = suggestions(&db, &code, now() + 31 * DAY).await;

        let order = names(&found);
        assert_eq!(order[2..], [all[1].called.clone(), all[0].called.clone()], "{order:?}");
        assert!(found[0].reasons.contains(&Reason::Rested), "{:?}", found[0].reasons);
        assert!(found[2].reasons.contains(&Reason::Helped(30)), "{:?}", found[2].reasons);
        assert!(found[3].reasons.contains(&Reason::HelpedMuch(181)), "{:?}", found[3].reasons);
        let rested = |one: &Candidate| one.reasons.contains(&Reason::Rested);
        assert!(next_month.len() == 4 && next_month.iter().all(rested), "{next_month:?}");
    }

    async fn who_said_no_comes_last_for_that_request_and_is_suggested_for_others_as_before(db: Db) {
        let all = volunteers(&db, 2).await;
        let (code, other) = (an_open_request(&db).await, an_open_request(&db).await);
        let leader = captain(&db).await;
        let before = suggestions(&db, &other, now()).await;
        requests::dispatch(&db, &code, all[0].id, &leader, now()).await.unwrap();
        let asked = suggestions(&db, &code, now()).await;
        go(&db, &code, Step::TurnDown, &all[0], now()).await;

        let here = suggestions(&db, &code, now()).await;

        assert_eq!(names(&asked), [all[1].called.clone()], "who may still answer is not listed");
        assert_eq!(names(&here), [all[1].called.clone(), all[0].called.clone()]);
        assert_eq!(here[1].reasons[0], Reason::SaidNo);
        assert_eq!(suggestions(&db, &other, now()).await, before, "no penalty");
    }

    async fn each_is_as_far_as_their_own_door_where_doors_were_measured(db: Db) {
        let all = volunteers(&db, 3).await;
        let code = an_open_request(&db).await;
        // A door every eleven metres along the lane.
        by_hand!(&db, "update doors set lat_e7 = 387000000 + position * 1000, lon_e7 = 1161000000");
        for (nth, one) in (0_i64..).zip(&all) {
            let door = "update people set door = (select id from doors where squad = $2 and position = $3) where id = $1";
            by_hand!(&db, door, one.id.0, SQUAD.0, 8 + nth * 4);
        }
        let here = "update requests set lat_e7 = 387007000, lon_e7 = 1161000000 where code = $1";
        by_hand!(&db, here, code.clone());

        let found = suggestions(&db, &code, now()).await;

        let far = |one: &Candidate| one.suits.distance;
        let told: Vec<_> = found.iter().map(far).collect();
        assert_eq!(told, [Distance::Metres(15), Distance::Metres(60), Distance::Metres(100)], "{told:?}");
    }

    async fn nobody_is_suggested_who_is_on_it_or_whose_it_is(db: Db) {
        let all = volunteers(&db, 3).await;
        let code = an_open_request_for(&db, 2).await;
        go(&db, &code, Step::Claim, &all[0], now()).await;

        let mut found = names(&suggestions(&db, &code, now()).await);
        found.sort();

        assert_eq!(found, [all[1].called.clone(), all[2].called.clone()]);
    }
}
