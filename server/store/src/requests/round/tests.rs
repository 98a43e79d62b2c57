//! The round of a captain, on both engines.

use super::*;
use crate::{example::*, looks};
use domain::requests::Step;

async fn codes(db: &Db, who: &Actor, circle: Option<TeamId>, most: i64) -> (Vec<String>, bool) {
    let (stops, more) = round(db, who.posts[0].reach, circle, most, who, now()).await.unwrap();
    (stops.into_iter().map(|stop| stop.loaded.request.code).collect(), more)
}

both_engines! {
    async fn a_round_has_what_runs_in_the_circle_and_each_phone_on_it_is_a_look(db: Db) {
        let leader = captain(&db).await;
        let (code, waits) = (an_open_request(&db).await, filed(&db, &quarrel()).await);
        a_done_request(&db).await;
        a_closed_request(&db).await;
        an_accepted_at(&db, &leak(), &at(OTHER_SQUAD)).await;
        let before = looks::at_all_requests(&db, i64::MAX, 99).await.unwrap().len();

        let (stops, more) =
            round(&db, leader.posts[0].reach, None, 9, &leader, now()).await.unwrap();

        let found: Vec<_> = stops.iter().map(|stop| stop.loaded.request.code.as_str()).collect();
        assert_eq!((found, more), (vec![code.as_str(), waits.as_str()], false));
        assert_eq!(stops[0].phone.as_deref(), Some("15400000001"));
        assert!(stops[0].door.is_some() && stops[0].loaded.risks.is_some());
        let after = looks::at_all_requests(&db, i64::MAX, 99).await.unwrap();
        assert_eq!(after.len(), before + 2, "{after:?}");
    }

    async fn a_round_of_a_village_goes_circle_by_circle_and_can_be_one_of_them(db: Db) {
        let above = captain_of(&db, BRIGADE).await;
        let far = an_accepted_at(&db, &leak(), &at(OTHER_SQUAD)).await;
        let here = an_open_request(&db).await;
        let nowhere = domain::people::Place::somewhere_in(TOWNSHIP, VILLAGE);
        let outside = an_accepted_at(&db, &leak(), &nowhere).await;

        let (all, more) = codes(&db, &above, None, 9).await;
        let one = codes(&db, &above, Some(SQUAD), 9).await;
        let short = codes(&db, &above, None, 2).await;

        assert_eq!((all.len(), all.last(), more), (3, Some(&outside), false));
        assert!(all.contains(&far) && all.contains(&here));
        assert_eq!(one, (vec![here], false));
        assert_eq!((short.0, short.1), (all[..2].to_vec(), true));
        let circles = circles(&db, above.posts[0].reach, now()).await.unwrap();
        assert!(circles.iter().any(|(id, _)| *id == SQUAD.0) && circles.len() > 2);
    }

    async fn above_a_village_a_round_can_be_one_of_the_villages_in_which_something_runs(db: Db) {
        let here = an_open_request(&db).await;
        let next = domain::people::Place::somewhere_in(TOWNSHIP, NEXT_VILLAGE);
        let there = an_accepted_at(&db, &leak(), &next).await;
        let far = domain::people::Place::somewhere_in(FAR_TOWNSHIP, FAR_VILLAGE);
        an_accepted_at(&db, &leak(), &far).await;
        let (corps, detachment) =
            (captain_of(&db, CORPS).await, captain_of(&db, DETACHMENT).await);
        let ids = async |who: &Actor| {
            let all = villages(&db, who.posts[0].reach).await.unwrap();
            all.into_iter().map(|(id, _)| id).collect::<Vec<_>>()
        };

        assert_eq!(ids(&corps).await, [VILLAGE, NEXT_VILLAGE, FAR_VILLAGE]);
        assert_eq!(ids(&detachment).await, [VILLAGE, NEXT_VILLAGE]);
        assert!(ids(&captain_of(&db, BRIGADE).await).await.is_empty());
        let one = async |village| {
            let (stops, _) =
                round(&db, Reach::Village(village), None, 9, &corps, now()).await.unwrap();
            stops.into_iter().map(|stop| stop.loaded.request.code).collect::<Vec<_>>()
        };
        assert_eq!(one(VILLAGE).await, [here]);
        assert_eq!(one(NEXT_VILLAGE).await, [there]);
    }

    async fn what_moves_on_is_not_on_the_next_round(db: Db) {
        let leader = captain(&db).await;
        let code = an_open_request(&db).await;
        let withdraw = Step::Withdraw(domain::requests::reasons::WithdrawReason::NoLongerNeeded);
        go(&db, &code, withdraw, &granny(&db).await, now()).await;

        assert_eq!(codes(&db, &leader, None, 9).await, (vec![], false));
    }
}
