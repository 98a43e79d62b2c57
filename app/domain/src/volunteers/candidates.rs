//! Whom a captain may ask: the order of the list (DOMAIN.md §2, dispatch).

use super::profile::Free;
use crate::Millis;

/// So many are shown.
pub const SHOWN: usize = 8;

/// What the list is ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suits {
    /// Has a skill that fits.
    pub skilled: bool,
    /// When they have time.
    pub free: Free,
    /// The same circle (1), lane (2) or village (3).
    pub ring: i64,
    /// Open claims now.
    pub busy: i64,
}

impl Suits {
    /// The place in the list, the least first: whose skills fit, then the nearest, then who has time
    /// at this hour or has said nothing, then who has least in hand.
    pub fn rank(&self, now: Millis) -> (bool, i64, bool, i64) {
        let elsewhere = !self.free.is_empty() && !self.free.holds(now);
        (!self.skilled, self.ring, elsewhere, self.busy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clock::moment,
        volunteers::profile::{Part, Weekday},
    };

    fn neighbour() -> Suits {
        Suits { skilled: false, free: Free::default(), ring: 2, busy: 1 }
    }

    #[test]
    fn skill_comes_before_nearness_then_time_then_what_is_in_hand() {
        // A Wednesday morning.
        let now = moment(2026, 6, 17, 9, 0).unwrap();
        let mornings = Free::default().with(Weekday::Wednesday, Part::Morning);
        let evenings = Free::default().with(Weekday::Wednesday, Part::Evening);
        let in_order = [
            Suits { skilled: true, ring: 3, busy: 2, ..neighbour() },
            Suits { ring: 1, busy: 2, ..neighbour() },
            Suits { busy: 0, ..neighbour() },
            Suits { free: mornings, ..neighbour() },
            Suits { free: evenings, busy: 0, ..neighbour() },
            Suits { ring: 3, busy: 0, ..neighbour() },
        ];

        let mut ranked = in_order;
        ranked.reverse();
        ranked.sort_by_key(|one| one.rank(now));

        assert_eq!(ranked, in_order);
    }
}
