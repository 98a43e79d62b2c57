//! The ladder and the clock: once for each deadline, whatever happens between.

use super::super::{Facts, Move, Offer, Request, State, Step, Urgency, examples::*, reasons::*};
use super::*;
use crate::clock::{DAY, HOUR, MINUTE, moment};
use proptest::prelude::*;

const LED: &[Rung] = Rung::ALL;

fn at(now: Millis) -> Facts {
    Facts::of(now, 0)
}

/// Everything that the clock has to do at this moment, and the request after it.
fn ticks(request: &Request, led: &[Rung], now: Millis) -> (Vec<Tick>, Request) {
    let (mut ticks, mut request) = (vec![], request.clone());
    while let Some((tick, after)) = request.ticked(led, at(now)) {
        assert!(ticks.len() < 30, "it never ends: {ticks:?}");
        ticks.push(tick);
        request = after;
    }
    (ticks, request)
}

#[test]
fn a_missed_deadline_raises_it_one_captain_and_halves_the_next() {
    let submitted = request(State::Submitted);
    let quarter = nine() + 15 * MINUTE;

    let early = submitted.ticked(LED, at(quarter - 1)).map(|(tick, _)| tick);
    let (done, company) = ticks(&submitted, LED, quarter);
    let (_, brigade) = ticks(&company, LED, company.due.unwrap());

    assert_eq!(early, Some(Tick::Remind), "nothing rises before its time");
    assert_eq!(done, [Tick::Raise]);
    let climb = company.climb;
    assert_eq!((climb.rung, climb.rises, climb.late), (Rung::Company, 1, Some(quarter)));
    assert_eq!(company.due, Some(quarter + 15 * MINUTE / 2));
    assert_eq!((brigade.climb.rung, brigade.climb.late), (Rung::Brigade, Some(quarter)));
    assert_eq!((brigade.state, brigade.since), (State::Submitted, nine()));
}

#[test]
fn vacant_posts_are_passed_over_and_covered_from_above() {
    let led = [Rung::Company, Rung::Detachment];
    let submitted = request(State::Submitted);

    assert_eq!(Rung::Squad.holder(&led), Some(Rung::Company));
    assert_eq!(Rung::Brigade.holder(&led), Some(Rung::Detachment));
    assert_eq!(Rung::Corps.holder(&led), None);
    let (_, raised) = ticks(&submitted, &led, submitted.due.unwrap());
    assert_eq!(raised.climb.rung, Rung::Detachment, "the company's captain had it until now");
}

#[test]
fn at_the_top_it_stays_and_still_gets_a_deadline_and_a_row() {
    let mut top = request(State::Submitted);
    top.climb.rung = Rung::Corps;

    for led in [LED, &[], &[Rung::Squad]] {
        let (done, after) = ticks(&top, led, top.due.unwrap());
        assert_eq!((done, after.climb.rung), (vec![Tick::Raise], Rung::Corps));
        assert!(after.due.unwrap() >= top.due.unwrap() + HOUR, "{:?}", after.due);
    }
}

#[test]
fn after_two_days_without_a_clock_it_has_risen_once() {
    for &state in State::ALL {
        let (done, after) = ticks(&request(state), LED, nine() + 2 * DAY);

        let raised = done.iter().filter(|tick| **tick == Tick::Raise).count();
        assert_eq!(raised, usize::from(state.is_running()), "{state:?}: {done:?}");
        assert!(after.due.is_none_or(|due| due > nine() + 2 * DAY), "{state:?}");
    }
}

#[test]
fn a_claim_that_nobody_began_goes_back_to_the_board_and_is_said_before() {
    let mut claimed = request(State::Claimed);
    claimed.helpers = vec![helper(ZHAI), helper(11)];
    claimed.offers.clear();
    claimed.helpers[1].claimed_at = nine() + 5 * MINUTE;
    let start_by = nine() - 1 + 30 * MINUTE;

    let (said, told) = ticks(&claimed, LED, start_by - MINUTE);
    let (first, one_left) = ticks(&told, LED, start_by);
    let (second, nobody) = ticks(&one_left, LED, nine() + 35 * MINUTE);

    assert_eq!(said, [Tick::Remind]);
    assert_eq!(first, [Tick::Release(person(ZHAI))]);
    assert_eq!((one_left.state, one_left.due), (State::Claimed, claimed.due));
    assert!(second.contains(&Tick::Release(person(11))), "{second:?}");
    let due = nine() + 35 * MINUTE + 30 * MINUTE;
    assert_eq!((nobody.state, nobody.due), (State::Open, Some(due)));
}

#[test]
fn an_offer_that_nobody_answers_goes_back_and_the_request_waits_on() {
    let mut open = request(State::Open);
    open.offers.push(Offer { person: person(11), called: "志愿者11".into(), at: nine() });
    let by = open.answer_by(person(ASKED), &Deadlines::default()).unwrap();

    let early = ticks(&open, LED, by - 1);
    let (first, one_left) = ticks(&open, LED, by);
    let (second, nobody) = ticks(&one_left, LED, by + MINUTE);

    assert_eq!(by, nine() - 1 + 10 * MINUTE);
    assert_eq!((early.0, early.1.offers.len()), (vec![], 2));
    assert_eq!(first, [Tick::Lapse(person(ASKED))]);
    assert_eq!((one_left.state, one_left.due, one_left.offers.len()), (State::Open, open.due, 1));
    assert_eq!((second, nobody.offers.len()), (vec![Tick::Lapse(person(11))], 0));
    assert_eq!(nobody.answer_by(person(11), &Deadlines::default()), None);
    let leader = captain(13, Reach::City);
    let again = nobody.apply(&Step::Dispatch(Box::new(volunteer(11))), &leader, at(by + MINUTE));
    assert!(again.is_ok(), "can be asked again: it is no penalty");
}

#[test]
fn nobody_has_to_answer_at_night_but_for_what_is_urgent() {
    let evening = moment(2026, 6, 17, 21, 30).unwrap();
    let by = |urgency| Deadlines::default().answer_by(urgency, evening);

    assert_eq!(by(Urgency::Urgent), evening + 10 * MINUTE);
    assert_eq!(by(Urgency::Today), moment(2026, 6, 18, 6, 30).unwrap());
    assert_eq!(by(Urgency::Normal), moment(2026, 6, 18, 17, 30).unwrap());
}

#[test]
fn who_has_begun_is_never_taken_off_by_the_clock() {
    let (done, after) = ticks(&request(State::Serving), LED, nine() + 30 * DAY);

    assert_eq!(done, [Tick::Raise]);
    assert_eq!((after.state, after.helpers.len()), (State::Serving, 1));
}

#[test]
fn it_stays_with_who_was_told_when_it_goes_on_and_begins_anew_when_it_is_reopened() {
    let (_, raised) = ticks(&request(State::Submitted), LED, nine() + HOUR);
    let leader = captain(13, Reach::City);

    let open = raised.apply(&Step::Accept, &leader, at(nine() + HOUR)).unwrap();
    let mut closed = request(State::Closed);
    closed.climb.rung = Rung::Brigade;
    let reopen = Step::Reopen(ReopenReason::CameBack);
    let reopened = closed.apply(&reopen, &resident(GRANNY), facts()).unwrap();

    assert_eq!(open.climb, Climb { rung: Rung::Company, ..Climb::default() });
    assert_eq!(open.due, Some(nine() + HOUR + 30 * MINUTE), "a whole deadline");
    assert_eq!(reopened.climb, Climb::default());
}

#[test]
fn a_captain_extends_once_before_it_passes_and_again_when_it_has_risen() {
    let leader = captain(13, Reach::Squad(team(3)));
    let extend = Step::Extend(ExtendReason::Agreed, Some("约好下午".into()));
    let submitted = request(State::Submitted);
    let due = submitted.due.unwrap();

    let more = submitted.apply(&extend, &leader, facts()).unwrap();
    let refused = |request: &Request, who, now| request.apply(&extend, who, at(now)).unwrap_err();

    assert_eq!(more.due, Some(due + 15 * MINUTE / 2));
    assert_eq!(refused(&more, &leader, nine()), Hindrance::ExtendedAlready.into());
    assert_eq!(refused(&submitted, &leader, due), Hindrance::Passed.into());
    let (_, raised) = ticks(&more, LED, more.due.unwrap());
    let now = more.due.unwrap();
    assert_eq!(refused(&raised, &leader, now), Hindrance::RaisedAbove.into());
    assert!(raised.apply(&extend, &captain(14, Reach::Company(team(2))), at(now)).is_ok());
}

#[test]
fn a_captain_hands_it_up_by_hand_and_nobody_below_does_once_it_has_gone() {
    let leader = captain(13, Reach::Squad(team(3)));
    let raise = |to| Step::Raise(to, RaiseReason::BeyondUs, None);
    let open = request(State::Open);

    let raised = open.apply(&raise(Rung::Brigade), &leader, facts()).unwrap();

    assert_eq!((raised.climb.rung, raised.climb.late), (Rung::Brigade, None));
    assert_eq!(raised.due, Some(nine() + 15 * MINUTE), "half of what the squad had");
    let again = |request: &Request, to, who: &Actor| request.apply(&raise(to), who, facts());
    assert_eq!(again(&raised, Rung::Corps, &leader), Err(Hindrance::RaisedAbove.into()));
    assert_eq!(again(&open, Rung::Squad, &leader), Err(Hindrance::RaisedAbove.into()));
    let above = captain(15, Reach::City);
    let top = again(&raised, Rung::Corps, &above).unwrap();
    assert_eq!(top.may(Move::Raise, &above, facts()), Err(Hindrance::Top.into()));
}

#[test]
fn what_is_due_at_night_waits_for_the_morning_and_what_is_urgent_does_not() {
    let evening = moment(2026, 12, 31, 21, 50).unwrap();
    let filed = |urgency| Request {
        urgency,
        since: evening,
        due: Deadlines::default().due(State::Submitted, urgency, evening),
        ..request(State::Submitted)
    };
    let midnight = moment(2027, 1, 1, 0, 0).unwrap();

    assert_eq!(ticks(&filed(Urgency::Today), LED, midnight + 6 * HOUR).0, []);
    assert_eq!(ticks(&filed(Urgency::Today), LED, midnight + 7 * HOUR).0, [Tick::Raise]);
    assert_eq!(ticks(&filed(Urgency::Urgent), LED, midnight).0, [Tick::Raise]);
}

/// Whoever might move it, with what they would do.
fn any_step(dice: usize) -> (Actor, Step) {
    let leader = captain(13, Reach::City);
    let minutes = vec![crate::requests::acting::Minutes { person: person(ZHAI), minutes: 30 }];
    match dice % 11 {
        0 => (leader, Step::Accept),
        1 => (volunteer(ZHAI), Step::Claim),
        2 => (volunteer(ZHAI), Step::Start),
        3 => (volunteer(ZHAI), Step::Release(person(ZHAI), ReleaseReason::CannotCome)),
        4 => (volunteer(ZHAI), Step::Finish(minutes, None)),
        5 => (leader, Step::Return(ReturnReason::NotFinished, None)),
        6 => (leader, Step::Raise(Rung::ALL[dice / 10 % 5], RaiseReason::NobodyFree, None)),
        7 => (leader, Step::Extend(ExtendReason::OnTheWay, None)),
        10 => (leader, Step::Dispatch(Box::new(volunteer(11)))),
        8 => (volunteer(ZHAI), Step::Cannot(CannotReason::NobodyHome, None)),
        _ => (leader, Step::Approve(minutes, None)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn nothing_runs_without_a_deadline_and_each_is_missed_at_most_once(
        urgency in 0_usize..3,
        led in prop::sample::subsequence(LED, 0..=LED.len()),
        story in prop::collection::vec((any::<usize>(), 0_i64..4_000), 1..60),
    ) {
        let urgency = Urgency::ALL[urgency];
        let mut now = moment(2026, 12, 30, 18, 0).unwrap();
        let due = Deadlines::default().due(State::Submitted, urgency, now);
        let mut request = Request { urgency, since: now, due, needed: 1, ..request(State::Submitted) };
        for (dice, minutes) in story {
            now += minutes * MINUTE;
            let missed = request.due.filter(|due| *due <= now);
            let (done, after) = ticks(&request, &led, now);
            let raised = done.iter().filter(|tick| **tick == Tick::Raise).count();
            prop_assert_eq!(raised, usize::from(missed.is_some()), "{:?}", done);
            prop_assert!(after.climb.rung >= request.climb.rung, "it fell");
            prop_assert_eq!(after.ticked(&led, at(now)), None, "the same tick twice");
            let alarm = after.alarm(&Deadlines::default());
            prop_assert_eq!(alarm.is_some(), after.state.is_running());
            prop_assert!(alarm.is_none_or(|alarm| alarm > now), "the clock would stand still");
            prop_assert!(after.due.is_none_or(|due| due > now));
            request = after;
            let (who, step) = any_step(dice);
            if let Ok(after) = request.apply(&step, &who, at(now)) {
                prop_assert_eq!(after.due.is_some(), after.state.is_running());
                request = after;
            }
        }
    }

    #[test]
    fn however_often_the_clock_looks_the_same_deadlines_are_missed(
        urgency in 0_usize..3,
        often in 1_i64..120,
    ) {
        let urgency = Urgency::ALL[urgency];
        let due = Deadlines::default().due(State::Open, urgency, nine());
        let open = Request { urgency, due, ..request(State::Open) };
        let end = nine() + 5 * DAY;
        // Looks at exactly the moments that it is told to, against looking now and then.
        let mut exact = open.clone();
        let mut missed = vec![];
        while let Some(alarm) = exact.alarm(&Deadlines::default()).filter(|alarm| *alarm <= end) {
            missed.extend(exact.due.filter(|due| *due <= alarm));
            exact = ticks(&exact, LED, alarm).1;
        }
        let (mut lazy, mut now, mut rows) = (open, nine(), 0);
        while now <= end {
            now += often * MINUTE;
            rows += ticks(&lazy, LED, now).0.iter().filter(|tick| **tick == Tick::Raise).count();
            lazy = ticks(&lazy, LED, now).1;
        }

        prop_assert!(rows <= missed.len() + 1, "{rows} rises for {} deadlines", missed.len());
        prop_assert!(missed.windows(2).all(|two| two[0] < two[1]), "a deadline twice");
    }
}
