//! Claim, dispatch, take up, turn down, release.

use super::*;
use domain::{people::Actor, requests::reasons::ReleaseReason};

/// 志愿者n comes to a request of their own accord, three times.
async fn with_three_claims(db: &Db, n: u128) -> Actor {
    let busy = volunteer(db, n).await;
    for _ in 0..3 {
        let code = an_open_request(db).await;
        go(db, &code, Step::Claim, &busy, now()).await;
    }
    busy
}

both_engines! {
    async fn a_volunteer_claims_and_is_coming(db: Db) {
        let (code, zhai) = (an_open_request(&db).await, volunteer(&db, 1).await);

        let after = go(&db, &code, Step::Claim, &zhai, later(5)).await;

        assert_eq!((after.state, after.since), (State::Claimed, later(5)));
        assert_eq!(after.due, due(State::Claimed, later(5)));
        assert_eq!((helpers(&after), offered(&after)), (vec![zhai.id], vec![]));
        let helper = &after.helpers[0];
        assert_eq!((helper.called.as_str(), helper.claimed_at), ("志愿者1", later(5)));
        assert_eq!(found(&db, &code).await, after);
        let claimed = line(later(5), &zhai, Move::Claim, State::Open, State::Claimed);
        assert_eq!(last_line(&db, &code).await, claimed);
    }

    async fn the_second_helper_joins_without_moving_the_deadline(db: Db) {
        let code = an_open_request_for(&db, 2).await;
        let (first, second) = (volunteer(&db, 1).await, volunteer(&db, 2).await);
        let one = go(&db, &code, Step::Claim, &first, later(5)).await;

        let both = go(&db, &code, Step::Claim, &second, later(9)).await;

        assert_eq!((both.since, both.due), (one.since, one.due));
        assert_eq!(helpers(&both), [first.id, second.id]);
        assert_eq!(found(&db, &code).await, both);
        let joined = line(later(9), &second, Move::Claim, State::Claimed, State::Claimed);
        assert_eq!(last_line(&db, &code).await, joined);
    }

    async fn who_comes_second_is_told_who_was_first_and_when(db: Db) {
        let code = a_claimed_request(&db).await;

        let refusal = refused(&db, &code, Step::Claim, &volunteer(&db, 2).await, later(5)).await;

        assert_eq!(refusal, Refusal::Taken { by: "志愿者1".into(), at: now() });
    }

    async fn nobody_claims_twice_nor_their_own_nor_from_the_next_village(db: Db) {
        let code = an_open_request_for(&db, 2).await;
        let zhai = volunteer(&db, 1).await;
        let granny = Actor { volunteer: true, ..granny(&db).await };
        let far = volunteer_of(&db, 2, NEXT_VILLAGE, None).await;
        go(&db, &code, Step::Claim, &zhai, now()).await;

        for (who, refusal) in [
            (&zhai, Refusal::AlreadyHelping),
            (&granny, Refusal::OwnRequest),
            (&far, Refusal::NotFromHere),
            (&resident(&db, 1).await, Refusal::NotAVolunteer),
        ] {
            assert_eq!(refused(&db, &code, Step::Claim, who, later(5)).await, refusal);
        }
    }

    async fn a_volunteer_cannot_claim_what_they_may_not_know_of(db: Db) {
        let zhai = volunteer(&db, 1).await;
        let (private, waiting) = (an_accepted(&db, &quarrel()).await, filed(&db, &leak()).await);

        unknown(&db, &private, Step::Claim, &zhai, later(5)).await;
        unknown(&db, &waiting, Step::Claim, &zhai, later(5)).await;
    }

    async fn a_code_that_nobody_was_given_is_not_found(db: Db) {
        let zhai = volunteer(&db, 1).await;

        let outcome = apply(&db, "26-0617-999", &Step::Claim, &zhai, now()).await;

        assert!(matches!(outcome, Err(StoreError::NotFound)), "{outcome:?}");
    }

    async fn the_fourth_open_claim_is_one_too_many(db: Db) {
        let busy = with_three_claims(&db, 1).await;
        let code = an_open_request(&db).await;

        let refusal = refused(&db, &code, Step::Claim, &busy, later(5)).await;

        assert_eq!(refusal, Refusal::TooManyClaims(3));
    }

    async fn who_has_finished_one_of_three_may_claim_again(db: Db) {
        let busy = volunteer(&db, 1).await;
        a_done_request(&db).await;
        a_claimed_request(&db).await;
        a_serving_request(&db).await;
        let code = an_open_request(&db).await;

        let after = go(&db, &code, Step::Claim, &busy, later(5)).await;

        assert_eq!(helpers(&after), [busy.id]);
    }

    async fn the_captain_lifts_the_limit_by_asking(db: Db) {
        let busy = with_three_claims(&db, 1).await;
        let code = an_open_request(&db).await;
        dispatch(&db, &code, busy.id, &captain(&db).await, now()).await.unwrap();

        let after = go(&db, &code, Step::TakeUp, &busy, later(5)).await;

        assert_eq!(helpers(&after), [busy.id]);
    }

    async fn the_captain_asks_a_volunteer_and_nothing_else_changes(db: Db) {
        let (code, captain) = (an_open_request(&db).await, captain(&db).await);
        let asked = volunteer(&db, 2).await;
        let before = found(&db, &code).await;

        let after = dispatch(&db, &code, asked.id, &captain, later(5)).await.unwrap();

        assert_eq!((after.state, after.since, after.due), (before.state, before.since, before.due));
        assert_eq!((helpers(&after), offered(&after)), (vec![], vec![asked.id]));
        assert_eq!((after.offers[0].called.as_str(), after.offers[0].at), ("志愿者2", later(5)));
        assert_eq!(found(&db, &code).await, after);
        let said = line(later(5), &captain, Move::Dispatch, State::Open, State::Open);
        assert_eq!(last_line(&db, &code).await, Line { about: Some(asked.id.0), ..said });
    }

    async fn the_captain_asks_nobody_twice_and_no_resident_and_nobody_unknown(db: Db) {
        let (code, captain) = (an_open_request(&db).await, captain(&db).await);
        let asked = volunteer(&db, 2).await;
        dispatch(&db, &code, asked.id, &captain, now()).await.unwrap();
        let before = books(&db, &code).await;
        let stranger = PersonId(Uuid::now_v7());

        let twice = dispatch(&db, &code, asked.id, &captain, later(5)).await;
        let resident = dispatch(&db, &code, resident(&db, 1).await.id, &captain, later(5)).await;
        let nobody = dispatch(&db, &code, stranger, &captain, later(5)).await;

        assert!(matches!(twice, Err(StoreError::Refused(Refusal::AlreadyAsked))), "{twice:?}");
        assert!(
            matches!(resident, Err(StoreError::Refused(Refusal::NotAVolunteer))),
            "{resident:?}"
        );
        assert!(matches!(nobody, Err(StoreError::NotFound)), "{nobody:?}");
        assert_eq!(books(&db, &code).await, before);
    }

    async fn a_volunteer_asks_nobody(db: Db) {
        let code = an_open_request(&db).await;
        let dispatch = Step::Dispatch(Box::new(volunteer(&db, 2).await));

        let refusal = refused(&db, &code, dispatch, &volunteer(&db, 1).await, later(5)).await;

        assert_eq!(refusal, Refusal::NotForYou);
    }

    async fn who_was_asked_takes_it_up_even_when_it_is_private(db: Db) {
        let code = an_accepted(&db, &quarrel()).await;
        let asked = volunteer(&db, 2).await;
        dispatch(&db, &code, asked.id, &captain(&db).await, now()).await.unwrap();

        let after = go(&db, &code, Step::TakeUp, &asked, later(5)).await;

        assert_eq!((after.state, after.since), (State::Claimed, later(5)));
        assert_eq!(after.due, due(State::Claimed, later(5)));
        assert_eq!((helpers(&after), offered(&after)), (vec![asked.id], vec![]));
        assert_eq!(found(&db, &code).await, after);
        let taken = line(later(5), &asked, Move::TakeUp, State::Open, State::Claimed);
        assert_eq!(last_line(&db, &code).await, taken);
    }

    async fn who_was_not_asked_takes_nothing_up_and_who_was_asked_may_be_too_late(db: Db) {
        let code = an_open_request(&db).await;
        let asked = volunteer(&db, 2).await;
        dispatch(&db, &code, asked.id, &captain(&db).await, now()).await.unwrap();
        go(&db, &code, Step::Claim, &volunteer(&db, 1).await, later(1)).await;

        let not_asked = refused(&db, &code, Step::TakeUp, &volunteer(&db, 3).await, later(5)).await;
        let too_late = refused(&db, &code, Step::TakeUp, &asked, later(5)).await;

        assert_eq!(not_asked, Refusal::NotAsked);
        assert_eq!(too_late, Refusal::Taken { by: "志愿者1".into(), at: later(1) });
    }

    async fn who_was_asked_turns_it_down_and_the_others_stay_asked(db: Db) {
        let (code, captain) = (an_open_request(&db).await, captain(&db).await);
        let (asked, other) = (volunteer(&db, 2).await, volunteer(&db, 3).await);
        dispatch(&db, &code, asked.id, &captain, now()).await.unwrap();
        let before = dispatch(&db, &code, other.id, &captain, now()).await.unwrap();

        let after = go(&db, &code, Step::TurnDown, &asked, later(5)).await;

        assert_eq!((after.state, after.since, after.due), (before.state, before.since, before.due));
        assert_eq!(offered(&after), [other.id]);
        assert_eq!(found(&db, &code).await, after);
        let turned_down = line(later(5), &asked, Move::TurnDown, State::Open, State::Open);
        assert_eq!(last_line(&db, &code).await, turned_down);
    }

    async fn nobody_turns_down_twice(db: Db) {
        let code = an_open_request(&db).await;
        let asked = volunteer(&db, 2).await;
        dispatch(&db, &code, asked.id, &captain(&db).await, now()).await.unwrap();
        go(&db, &code, Step::TurnDown, &asked, later(5)).await;

        let refusal = refused(&db, &code, Step::TurnDown, &asked, later(6)).await;

        assert_eq!(refusal, Refusal::NotAsked);
    }

    async fn the_only_helper_gives_it_back_and_it_is_open_again(db: Db) {
        let (code, zhai) = (a_claimed_request(&db).await, volunteer(&db, 1).await);
        let release = Step::Release(zhai.id, ReleaseReason::LacksSkill);

        let after = go(&db, &code, release, &zhai, later(5)).await;

        assert_eq!((after.state, after.since), (State::Open, later(5)));
        assert_eq!(after.due, due(State::Open, later(5)));
        assert_eq!(helpers(&after), []);
        assert_eq!(found(&db, &code).await, after);
        let released = line(later(5), &zhai, Move::Release, State::Claimed, State::Open);
        let (about, reason) = (Some(zhai.id.0), Some("lacks_skill".into()));
        assert_eq!(last_line(&db, &code).await, Line { about, reason, ..released });
    }

    async fn the_captain_releases_one_of_two_and_the_other_still_comes(db: Db) {
        let (code, captain) = (an_open_request_for(&db, 2).await, captain(&db).await);
        let (first, second) = (volunteer(&db, 1).await, volunteer(&db, 2).await);
        go(&db, &code, Step::Claim, &first, now()).await;
        let before = go(&db, &code, Step::Claim, &second, now()).await;
        let release = Step::Release(first.id, ReleaseReason::DidNotCome);

        let after = go(&db, &code, release, &captain, later(5)).await;

        assert_eq!((after.state, after.since, after.due), (before.state, before.since, before.due));
        assert_eq!(helpers(&after), [second.id]);
        assert_eq!(found(&db, &code).await, after);
        let released = line(later(5), &captain, Move::Release, State::Claimed, State::Claimed);
        let (about, reason) = (Some(first.id.0), Some("did_not_come".into()));
        assert_eq!(last_line(&db, &code).await, Line { about, reason, ..released });
    }

    async fn a_helper_does_not_give_back_the_claim_of_another(db: Db) {
        let code = an_open_request_for(&db, 2).await;
        let (first, second) = (volunteer(&db, 1).await, volunteer(&db, 2).await);
        go(&db, &code, Step::Claim, &first, now()).await;
        go(&db, &code, Step::Claim, &second, now()).await;
        let release = Step::Release(first.id, ReleaseReason::DidNotCome);

        let refusal = refused(&db, &code, release, &second, later(5)).await;

        assert_eq!(refusal, Refusal::NotForYou);
    }
}
