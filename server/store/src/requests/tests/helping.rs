//! Start, finish, cannot.

use super::*;
use domain::requests::reasons::CannotReason;

both_engines! {
    async fn the_helper_arrives_and_the_deadline_goes_on(db: Db) {
        let (code, zhai) = (a_claimed_request(&db).await, volunteer(&db, 1).await);
        let before = found(&db, &code).await;

        let after = go(&db, &code, Step::Start, &zhai, later(5)).await;

        assert_eq!((after.state, after.since, after.due), (State::Serving, later(5), before.due));
        assert_eq!((helpers(&after), after.helpers[0].started_at), (vec![zhai.id], Some(later(5))));
        assert_eq!(found(&db, &code).await, after);
        let started = line(later(5), &zhai, Move::Start, State::Claimed, State::Serving);
        assert_eq!(last_line(&db, &code).await, started);
    }

    async fn when_help_has_begun_the_captains_askings_are_over(db: Db) {
        let (code, zhai) = (an_open_request_for(&db, 2).await, volunteer(&db, 1).await);
        let asked = volunteer(&db, 2).await;
        dispatch(&db, &code, asked.id, &captain(&db).await, now()).await.unwrap();
        go(&db, &code, Step::Claim, &zhai, now()).await;

        let after = go(&db, &code, Step::Start, &zhai, later(5)).await;

        assert_eq!(offered(&after), []);
        assert_eq!(found(&db, &code).await, after);
        assert_eq!(
            refused(&db, &code, Step::TakeUp, &asked, later(6)).await,
            Refusal::NotAsked
        );
    }

    async fn only_the_helper_starts_and_only_once(db: Db) {
        let (code, zhai) = (a_claimed_request(&db).await, volunteer(&db, 1).await);

        let granny = refused(&db, &code, Step::Start, &granny(&db).await, later(5)).await;
        go(&db, &code, Step::Start, &zhai, later(5)).await;
        let again = refused(&db, &code, Step::Start, &zhai, later(6)).await;

        assert_eq!(granny, Refusal::NotForYou);
        assert_eq!(again, Refusal::AlreadyThere);
    }

    async fn the_helper_says_what_was_done_and_how_long_it_took(db: Db) {
        let (code, zhai) = (a_serving_request(&db).await, volunteer(&db, 1).await);
        let finish = Step::Finish(minutes(&zhai, 35), Some("换了接头".into()));

        let after = go(&db, &code, finish, &zhai, later(40)).await;

        assert_eq!((after.state, after.since), (State::Done, later(40)));
        assert_eq!(after.due, due(State::Done, later(40)));
        assert_eq!((helpers(&after), after.helpers[0].minutes), (vec![zhai.id], Some(35)));
        assert_eq!(after.result.as_deref(), Some("换了接头"));
        assert_eq!(found(&db, &code).await, after);
        let done = line(later(40), &zhai, Move::Finish, State::Serving, State::Done);
        let note = Some("换了接头".into());
        assert_eq!(last_line(&db, &code).await, Line { note, ..done });
    }

    async fn minutes_that_cannot_be_leave_everything_as_it_was(db: Db) {
        let (code, granny) = (a_serving_request(&db).await, granny(&db).await);
        let (zhai, other) = (volunteer(&db, 1).await, volunteer(&db, 2).await);

        for (minutes, refusal) in [
            (vec![], Refusal::MinutesMissing),
            (minutes(&other, 35), Refusal::MinutesMissing),
            (minutes(&zhai, 4), Refusal::MinutesOutOfRange),
            (minutes(&zhai, 481), Refusal::MinutesOutOfRange),
        ] {
            let finish = Step::Finish(minutes, None);
            assert_eq!(refused(&db, &code, finish, &granny, later(40)).await, refusal);
        }
    }

    async fn it_cannot_be_done_on_the_spot_and_is_open_again(db: Db) {
        let (code, zhai) = (a_serving_request(&db).await, volunteer(&db, 1).await);
        let cannot = Step::Cannot(CannotReason::LacksParts, Some("缺四分接头".into()));

        let after = go(&db, &code, cannot, &zhai, later(20)).await;

        assert_eq!((after.state, after.since), (State::Open, later(20)));
        assert_eq!(after.due, due(State::Open, later(20)));
        assert_eq!(helpers(&after), []);
        assert_eq!(found(&db, &code).await, after);
        let cannot = line(later(20), &zhai, Move::Cannot, State::Serving, State::Open);
        let (reason, note) = (Some("lacks_parts".into()), Some("缺四分接头".into()));
        assert_eq!(last_line(&db, &code).await, Line { reason, note, ..cannot });
    }

    async fn granny_does_not_say_that_it_cannot_be_done(db: Db) {
        let (code, granny) = (a_serving_request(&db).await, granny(&db).await);
        let cannot = Step::Cannot(CannotReason::Unsafe, None);

        assert_eq!(refused(&db, &code, cannot, &granny, later(20)).await, Refusal::NotForYou);
    }
}
