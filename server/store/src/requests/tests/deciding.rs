//! Accept, decline, withdraw.

use super::*;
use domain::requests::{
    reasons::{DeclineReason, WithdrawReason},
    referral::Office,
};

both_engines! {
    async fn the_captain_accepts_what_was_submitted(db: Db) {
        let (code, captain) = (filed(&db, &leak()).await, captain(&db).await);

        let after = go(&db, &code, Step::Accept, &captain, later(5)).await;

        assert_eq!((after.state, after.since), (State::Open, later(5)));
        assert_eq!(after.due, due(State::Open, later(5)));
        assert_eq!((helpers(&after), offered(&after)), (vec![], vec![]));
        assert_eq!(found(&db, &code).await, after);
        let accepted = line(later(5), &captain, Move::Accept, State::Submitted, State::Open);
        assert_eq!(last_line(&db, &code).await, accepted);
    }

    async fn a_captain_next_door_accepts_nothing(db: Db) {
        let code = filed(&db, &leak()).await;
        let beside = captain_of(&db, NEXT_SQUAD).await;

        unknown(&db, &code, Step::Accept, &beside, now()).await;
        go(&db, &code, Step::Accept, &captain(&db).await, now()).await;

        assert_eq!(refused(&db, &code, Step::Accept, &beside, now()).await, Refusal::OutOfReach);
    }

    async fn of_two_captains_who_accept_at_once_one_is_told_that_it_is_open(db: Db) {
        let code = filed(&db, &leak()).await;
        let captains = [captain(&db).await, captain_of(&db, BRIGADE).await];

        let outcomes = at_once(2, |n| {
            let (db, code, who) = (db.clone(), code.clone(), captains[n].clone());
            async move { apply(&db, &code, &Step::Accept, &who, now()).await }
        })
        .await;

        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
        assert!(outcomes.iter().any(|outcome| {
            matches!(outcome, Err(StoreError::Refused(Refusal::NotNow(State::Open))))
        }));
        assert_eq!(lines(&db, &code).await.len(), 2);
    }

    async fn staff_of_the_station_decline_with_a_reason_and_where_to_turn(db: Db) {
        let (code, staff) = (filed(&db, &leak()).await, staff_of(&db, VILLAGE).await);
        let decline = Step::Refer(Office::Hotline, Some("打 12345".into()));

        let after = go(&db, &code, decline, &staff, later(5)).await;

        assert_eq!((after.state, after.since, after.due), (State::Declined, later(5), None));
        assert_eq!(found(&db, &code).await, after);
        let declined = line(later(5), &staff, Move::Decline, State::Submitted, State::Declined);
        let (reason, note) = (Some("referred_hotline".into()), Some("打 12345".into()));
        assert_eq!(last_line(&db, &code).await, Line { reason, note, ..declined });
    }

    async fn what_is_open_is_no_longer_declined(db: Db) {
        let (code, captain) = (an_open_request(&db).await, captain(&db).await);
        let decline = Step::Decline(DeclineReason::Money, None);

        let refusal = refused(&db, &code, decline, &captain, later(5)).await;

        assert_eq!(refusal, Refusal::NotNow(State::Open));
    }

    async fn granny_withdraws_while_somebody_is_coming(db: Db) {
        let (code, granny) = (a_claimed_request(&db).await, granny(&db).await);
        let asked = volunteer(&db, 1).await;
        let withdraw = Step::Withdraw(WithdrawReason::SolvedByOthers);

        let after = go(&db, &code, withdraw, &granny, later(5)).await;

        assert_eq!((after.state, after.since, after.due), (State::Withdrawn, later(5), None));
        // Who was coming stays, for the page that tells them.
        assert_eq!((helpers(&after), offered(&after)), (vec![asked.id], vec![]));
        assert_eq!(found(&db, &code).await, after);
        let withdrawn = line(later(5), &granny, Move::Withdraw, State::Claimed, State::Withdrawn);
        let reason = Some("solved_by_others".into());
        assert_eq!(last_line(&db, &code).await, Line { reason, ..withdrawn });
    }

    async fn withdrawing_takes_back_the_captains_asking(db: Db) {
        let (code, granny) = (an_open_request(&db).await, granny(&db).await);
        let asked = volunteer(&db, 2).await;
        dispatch(&db, &code, asked.id, &captain(&db).await, now()).await.unwrap();
        let withdraw = Step::Withdraw(WithdrawReason::NoLongerNeeded);

        let after = go(&db, &code, withdraw, &granny, later(5)).await;

        assert_eq!(offered(&after), []);
        assert_eq!(found(&db, &code).await, after);
    }

    async fn granny_withdraws_nothing_once_help_is_there_and_nobody_else_ever_does(db: Db) {
        let (code, granny) = (a_serving_request(&db).await, granny(&db).await);
        let withdraw = Step::Withdraw(WithdrawReason::NoLongerNeeded);

        let too_late = refused(&db, &code, withdraw.clone(), &granny, later(5)).await;
        let not_theirs = refused(&db, &code, withdraw, &volunteer(&db, 1).await, later(5)).await;

        assert_eq!(too_late, Refusal::NotNow(State::Serving));
        assert_eq!(not_theirs, Refusal::NotForYou);
    }
}
