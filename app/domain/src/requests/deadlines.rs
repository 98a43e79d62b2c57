//! By when the next move must come (DOMAIN.md §2, "Deadlines"). Quiet hours stop the clock, except
//! for what is urgent.

use super::{State, Urgency};
use crate::clock::{DAY, HOUR, MINUTE, Millis, after_waking, that_day_at, waking};

/// The hour by which a request for today is done.
const EVENING: u8 = 20;

/// When a request that entered `state` at `since` is late; none once it is over. `serving` goes on
/// with the deadline that `claimed` began.
pub fn due(state: State, urgency: Urgency, since: Millis) -> Option<Millis> {
    let done_in = |at| match urgency {
        Urgency::Urgent => at + 4 * HOUR,
        Urgency::Today => done_today(at),
        // Days are days of the calendar; one that ends at night ends in the morning.
        Urgency::Normal => waking(at + 7 * DAY),
    };
    match state {
        State::Submitted => Some(within(urgency, since, [15 * MINUTE, HOUR, 12 * HOUR])),
        State::Open => Some(within(urgency, since, [30 * MINUTE, 3 * HOUR, 48 * HOUR])),
        State::Claimed | State::Serving => Some(done_in(since)),
        State::Done => Some(within(urgency, since, [4 * HOUR, 24 * HOUR, 48 * HOUR])),
        State::Closed | State::Declined | State::Withdrawn => None,
    }
}

/// Minutes that a state may last, for each urgency.
fn within(urgency: Urgency, since: Millis, [urgent, today, normal]: [Millis; 3]) -> Millis {
    match urgency {
        Urgency::Urgent => since + urgent,
        Urgency::Today => after_waking(since, today),
        Urgency::Normal => after_waking(since, normal),
    }
}

/// By 20:00, but at least six waking hours from now.
fn done_today(since: Millis) -> Millis {
    after_waking(since, 6 * HOUR).max(that_day_at(since, EVENING))
}

#[cfg(test)]
mod tests {
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
}
