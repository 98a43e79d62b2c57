//! The deadlines of DOMAIN.md §2, at the edges of night, year and length.

use super::*;
use crate::clock::moment;
use proptest::prelude::*;
use rstest::rstest;

fn at(day: u8, hour: u8, minute: u8) -> Millis {
    moment(2026, 6, day, hour, minute).unwrap()
}

#[rstest]
// The table of DOMAIN.md §2, from nine in the morning.
#[case(State::Submitted, Urgency::Urgent, at(17, 9, 15))]
#[case(State::Open, Urgency::Urgent, at(17, 9, 30))]
#[case(State::Claimed, Urgency::Urgent, at(17, 13, 0))]
#[case(State::Done, Urgency::Urgent, at(17, 13, 0))]
#[case(State::Submitted, Urgency::Today, at(17, 10, 0))]
#[case(State::Open, Urgency::Today, at(17, 12, 0))]
#[case(State::Claimed, Urgency::Today, at(17, 20, 0))]
#[case(State::Submitted, Urgency::Normal, at(17, 21, 0))]
#[case(State::Claimed, Urgency::Normal, at(24, 9, 0))]
// Twenty-four and forty-eight hours stop at night: sixteen count a day.
#[case(State::Done, Urgency::Today, at(18, 17, 0))]
#[case(State::Open, Urgency::Normal, at(20, 9, 0))]
#[case(State::Done, Urgency::Normal, at(20, 9, 0))]
fn the_deadlines_are_those_of_the_table(
    #[case] state: State,
    #[case] urgency: Urgency,
    #[case] expected: Millis,
) {
    assert_eq!(due(state, urgency, at(17, 9, 0)), Some(expected));
}

#[test]
fn what_comes_in_late_today_still_gets_six_waking_hours() {
    assert_eq!(due(State::Claimed, Urgency::Today, at(17, 18, 0)), Some(at(18, 8, 0)));
    assert_eq!(due(State::Claimed, Urgency::Today, at(17, 13, 30)), Some(at(17, 20, 0)));
    assert_eq!(due(State::Claimed, Urgency::Today, at(17, 15, 0)), Some(at(17, 21, 0)));
}

#[test]
fn urgent_does_not_wait_for_the_morning() {
    assert_eq!(due(State::Submitted, Urgency::Urgent, at(17, 23, 50)), Some(at(18, 0, 5)));
}

#[test]
fn what_is_over_has_no_deadline() {
    for &urgency in Urgency::ALL {
        for &state in State::ALL {
            assert_eq!(due(state, urgency, 0).is_some(), state.is_running(), "{state:?}");
        }
    }
}

#[rstest]
#[case(Urgency::Urgent, at(17, 9, 0), at(17, 9, 30))]
// Two thirds of six waking hours, and never before 18:00.
#[case(Urgency::Today, at(17, 9, 0), at(17, 18, 0))]
#[case(Urgency::Today, at(17, 16, 0), at(17, 20, 0))]
#[case(Urgency::Today, at(17, 21, 0), at(18, 9, 0))]
#[case(Urgency::Normal, at(17, 9, 0), at(22, 1, 0) + 5 * HOUR)]
fn who_claimed_has_so_long_to_arrive(
    #[case] urgency: Urgency,
    #[case] claimed: Millis,
    #[case] expected: Millis,
) {
    assert_eq!(Deadlines::default().start_by(urgency, claimed), expected);
}

#[test]
fn each_deadline_that_was_missed_halves_the_next_and_none_is_under_five_minutes() {
    let set = Deadlines::default();
    let urgent = |missed| set.again(State::Submitted, Urgency::Urgent, missed, at(17, 9, 0));
    let normal = |missed| set.again(State::Submitted, Urgency::Normal, missed, at(17, 20, 0));

    assert_eq!(urgent(1), at(17, 9, 7) + 30_000);
    assert_eq!([urgent(2), urgent(60)], [at(17, 9, 5); 2]);
    // Six hours: two before the night, four after it.
    assert_eq!(normal(1), at(18, 10, 0));
    assert_eq!(set.at_the_top(State::Submitted, Urgency::Normal, 9, at(17, 9, 0)), at(17, 21, 0));
}

#[test]
fn a_reminder_comes_a_quarter_before_and_not_at_night() {
    let set = Deadlines::default();
    let remind = |urgency, due| set.remind_at(State::Open, urgency, 0, due);

    assert_eq!(remind(Urgency::Urgent, at(18, 3, 0)), at(18, 2, 52) + 30_000);
    assert_eq!(remind(Urgency::Today, at(17, 12, 0)), at(17, 11, 15));
    assert_eq!(remind(Urgency::Today, at(17, 6, 30)), at(17, 6, 0));
    assert_eq!(remind(Urgency::Today, at(17, 6, 0)), at(16, 22, 0));
}

#[test]
fn numbers_of_the_centre_take_the_place_of_those_of_the_book() {
    let set = Deadlines::default()
        .with(Number::ClaimNormal, 120)
        .with(Number::QuietFrom, 21)
        .with(Number::AcceptUrgent, 1);

    assert_eq!(set.due(State::Open, Urgency::Normal, at(17, 20, 0)), Some(at(18, 7, 0)));
    assert_eq!(set.get(Number::AcceptUrgent), 5, "no number leaves its bounds");
    for &number in Number::ALL {
        let (least, most) = number.bounds();
        let standard = number.in_unit(number.standard());
        assert!((u32::from(least)..=u32::from(most)).contains(&standard), "{number:?}");
        let same = number.from_unit(u16::try_from(standard).unwrap());
        assert_eq!(same, number.standard(), "{number:?} is whole in its unit");
    }
}

#[test]
fn the_change_of_the_year_is_a_night_like_any_other() {
    let eve = moment(2026, 12, 31, 21, 30).unwrap();
    let morning = |hour, minute| moment(2027, 1, 1, hour, minute).unwrap();

    assert_eq!(due(State::Submitted, Urgency::Today, eve), Some(morning(6, 30)));
    assert_eq!(due(State::Claimed, Urgency::Today, eve), Some(morning(11, 30)));
    assert_eq!(due(State::Submitted, Urgency::Urgent, eve + 25 * MINUTE), Some(eve + 40 * MINUTE));
    let february = moment(2028, 2, 28, 9, 0).unwrap();
    assert_eq!(due(State::Claimed, Urgency::Normal, february), moment(2028, 3, 6, 9, 0));
}

proptest! {
    #[test]
    fn a_deadline_is_never_before_the_state_began(at in 0_i64..4_000_000_000_000) {
        for &urgency in Urgency::ALL {
            for &state in State::ALL {
                prop_assert!(due(state, urgency, at).is_none_or(|due| due > at));
            }
        }
    }
}
