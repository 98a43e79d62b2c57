//! The link for the family: opaque, opened without an account, ended by whoever keeps it or by time. It
//! shows the steps and whom to call, nothing of a door or a phone.

use super::State;
use crate::clock::{DAY, Millis};

/// So long after a request ended its links still open.
pub const LASTS: Millis = 30 * DAY;

/// So many links of one request open at once; one more ends the oldest.
pub const MOST_LINKS: i64 = 5;

/// So often one link opens within an hour.
pub const OPENED_PER_LINK: i64 = 240;

/// So many links that are none may be tried from one address within an hour.
pub const UNKNOWN_PER_ADDRESS: i64 = 30;

/// Whether the links of a request open, which has been in its state since then.
pub const fn opens(state: State, since: Millis, now: Millis) -> bool {
    state.is_running() || now - since < LASTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_opens_while_the_request_runs_and_thirty_days_longer() {
        for &state in State::ALL {
            let at = |days| opens(state, 0, days * DAY);

            assert!(at(0) && at(29), "{state:?}");
            assert_eq!(at(30), state.is_running(), "{state:?}");
        }
    }
}
