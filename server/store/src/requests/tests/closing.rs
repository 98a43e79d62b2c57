//! Approve, return, rate, reopen, and the minutes that count.

use super::*;
use crate::requests::lists;
use domain::{
    clock::DAY,
    requests::{
        Good, Rating,
        reasons::{ReopenReason, ReturnReason},
    },
};

const NOT_SOLVED: Step = Step::Reopen(ReopenReason::NotSolved);

both_engines! {
    async fn the_captain_approves_and_may_correct_the_minutes_with_a_reason(db: Db) {
        let (code, captain) = (a_done_request(&db).await, captain(&db).await);
        let zhai = volunteer(&db, 1).await;
        let approve = Step::Approve(minutes(&zhai, 20), Some("路上不算".into()));

        let after = go(&db, &code, approve, &captain, later(60)).await;

        assert_eq!((after.state, after.since, after.due), (State::Closed, later(60), None));
        assert_eq!((helpers(&after), after.helpers[0].minutes), (vec![zhai.id], Some(20)));
        assert_eq!(found(&db, &code).await, after);
        let approved = line(later(60), &captain, Move::Approve, State::Done, State::Closed);
        let note = Some("路上不算".into());
        assert_eq!(last_line(&db, &code).await, Line { note, ..approved });
    }

    async fn no_captain_approves_what_they_helped_with(db: Db) {
        let code = an_open_request(&db).await;
        let mut leader = volunteer(&db, 3).await;
        let (kind, since) = (domain::people::PostKind::Captain, now() - DAY);
        leader = appointed(&db, leader.id, kind, Some(SQUAD), None, since, None).await;
        go(&db, &code, Step::Claim, &leader, now()).await;
        go(&db, &code, Step::Start, &leader, now()).await;
        go(&db, &code, Step::Finish(minutes(&leader, 35), None), &leader, now()).await;
        let approve = Step::Approve(minutes(&leader, 35), None);
        let give_back = Step::Return(ReturnReason::NotFinished, None);

        assert_eq!(refused(&db, &code, approve, &leader, now()).await, Refusal::OwnWork);
        assert_eq!(refused(&db, &code, give_back, &leader, now()).await, Refusal::OwnWork);
    }

    async fn minutes_are_not_corrected_without_a_reason(db: Db) {
        let (code, captain) = (a_done_request(&db).await, captain(&db).await);
        let approve = Step::Approve(minutes(&volunteer(&db, 1).await, 20), None);

        let refusal = refused(&db, &code, approve, &captain, later(60)).await;

        assert_eq!(refusal, Refusal::ReasonMissing);
    }

    async fn of_two_captains_who_approve_and_return_at_once_one_is_too_late(db: Db) {
        let (code, zhai) = (a_done_request(&db).await, volunteer(&db, 1).await);
        let captains = [captain(&db).await, captain_of(&db, BRIGADE).await];
        let steps = [
            Step::Approve(minutes(&zhai, 35), None),
            Step::Return(ReturnReason::MinutesDoubtful, None),
        ];

        let outcomes = at_once(2, |n| {
            let (db, code) = (db.clone(), code.clone());
            let (step, who) = (steps[n].clone(), captains[n].clone());
            async move { apply(&db, &code, &step, &who, now()).await }
        })
        .await;

        let after = found(&db, &code).await;
        let made = outcomes.iter().flatten().collect::<Vec<_>>();
        assert_eq!(made, [&after]);
        assert!(outcomes.iter().any(|outcome| {
            matches!(outcome, Err(StoreError::Refused(Refusal::NotNow(at))) if *at == after.state)
        }));
    }

    async fn the_captain_returns_it_to_the_helper(db: Db) {
        let (code, captain) = (a_done_request(&db).await, captain(&db).await);
        let zhai = volunteer(&db, 1).await;
        let give_back = Step::Return(ReturnReason::WordsMissing, Some("换了哪里？".into()));

        let after = go(&db, &code, give_back, &captain, later(60)).await;

        assert_eq!((after.state, after.since), (State::Serving, later(60)));
        assert_eq!(after.due, due(State::Serving, later(60)));
        assert_eq!(helpers(&after), [zhai.id]);
        assert_eq!(found(&db, &code).await, after);
        let returned = line(later(60), &captain, Move::Return, State::Done, State::Serving);
        let (reason, note) = (Some("words_missing".into()), Some("换了哪里？".into()));
        assert_eq!(last_line(&db, &code).await, Line { reason, note, ..returned });
    }

    async fn granny_rates_once(db: Db) {
        let (code, granny) = (a_closed_request(&db).await, granny(&db).await);
        let before = found(&db, &code).await;
        let said = Rating { good: vec![Good::Skilled], ..Rating::new(5, Some("谢谢小翟".into())) };
        let rate = Step::Rate(said.clone());

        let after = go(&db, &code, rate.clone(), &granny, later(90)).await;
        let again = refused(&db, &code, rate, &granny, later(91)).await;

        assert_eq!((after.state, after.since, after.due), (State::Closed, before.since, None));
        assert_eq!(after.rating, Some(said));
        assert_eq!(found(&db, &code).await, after);
        let rated = line(later(90), &granny, Move::Rate, State::Closed, State::Closed);
        let note = Some("谢谢小翟".into());
        assert_eq!(last_line(&db, &code).await, Line { note, ..rated });
        assert_eq!(again, Refusal::AlreadyRated);
    }

    async fn six_stars_are_none_and_the_helper_does_not_rate(db: Db) {
        let (code, granny) = (a_closed_request(&db).await, granny(&db).await);
        let zhai = volunteer(&db, 1).await;

        let six = refused(&db, &code, Step::Rate(Rating::new(6, None)), &granny, later(90)).await;
        let helper = refused(&db, &code, Step::Rate(Rating::new(5, None)), &zhai, later(90)).await;

        assert_eq!((six, helper), (Refusal::StarsOutOfRange, Refusal::NotForYou));
    }

    async fn granny_reopens_and_it_begins_anew(db: Db) {
        let (code, granny) = (a_closed_request(&db).await, granny(&db).await);
        go(&db, &code, Step::Rate(Rating::new(2, None)), &granny, later(90)).await;

        let after = go(&db, &code, NOT_SOLVED, &granny, later(99)).await;

        assert_eq!((after.state, after.since), (State::Open, later(99)));
        assert_eq!(after.due, due(State::Open, later(99)));
        assert_eq!((helpers(&after), offered(&after)), (vec![], vec![]));
        assert_eq!((&after.result, &after.rating, after.reopened), (&None, &None, true));
        assert_eq!(found(&db, &code).await, after);
        let reopened = line(later(99), &granny, Move::Reopen, State::Closed, State::Open);
        let reason = Some("not_solved".into());
        assert_eq!(last_line(&db, &code).await, Line { reason, ..reopened });
        let kept: i64 = value!(&db, "select count(*) from helpers where minutes = 35");
        assert_eq!(kept, 1, "the minutes of the first round");
    }

    async fn nobody_reopens_after_a_week_nor_twice(db: Db) {
        let (code, granny) = (a_closed_request(&db).await, granny(&db).await);
        let zhai = volunteer(&db, 1).await;

        let too_late = refused(&db, &code, NOT_SOLVED, &granny, now() + 7 * DAY + 1).await;
        go(&db, &code, NOT_SOLVED, &granny, now() + 7 * DAY).await;
        go(&db, &code, Step::Claim, &zhai, now()).await;
        go(&db, &code, Step::Start, &zhai, now()).await;
        go(&db, &code, Step::Finish(minutes(&zhai, 5), None), &zhai, now()).await;
        let approve = Step::Approve(minutes(&zhai, 5), None);
        go(&db, &code, approve, &captain(&db).await, now()).await;
        let twice = refused(&db, &code, NOT_SOLVED, &granny, now()).await;

        assert_eq!((too_late, twice), (Refusal::TooLate, Refusal::AlreadyReopened));
    }

    async fn the_helper_of_the_first_round_may_help_again_and_both_times_count(db: Db) {
        let (code, granny) = (a_closed_request(&db).await, granny(&db).await);
        let (zhai, captain) = (volunteer(&db, 1).await, captain(&db).await);
        go(&db, &code, NOT_SOLVED, &granny, now()).await;
        let reopened = lists::served(&db, zhai.id).await.unwrap();
        go(&db, &code, Step::Claim, &zhai, now()).await;
        go(&db, &code, Step::Start, &zhai, now()).await;
        go(&db, &code, Step::Finish(minutes(&zhai, 10), None), &zhai, now()).await;
        let unapproved = lists::served(&db, zhai.id).await.unwrap();
        go(&db, &code, Step::Approve(minutes(&zhai, 10), None), &captain, now()).await;

        let served = lists::served(&db, zhai.id).await.unwrap();

        assert_eq!((reopened, unapproved), ((35, 1), (35, 1)));
        assert_eq!(served, (45, 1), "two visits to one request");
    }

    async fn minutes_count_only_once_they_are_approved(db: Db) {
        let zhai = volunteer(&db, 1).await;
        a_claimed_request(&db).await;
        a_done_request(&db).await;
        let reported = lists::served(&db, zhai.id).await.unwrap();
        a_closed_request(&db).await;
        a_closed_request(&db).await;

        let approved = lists::served(&db, zhai.id).await.unwrap();
        let nobody = lists::served(&db, volunteer(&db, 2).await.id).await.unwrap();

        assert_eq!((reported, approved, nobody), ((0, 0), (70, 2), (0, 0)));
    }
}
