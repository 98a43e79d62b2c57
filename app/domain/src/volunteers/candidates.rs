//! Whom a captain may ask (DOMAIN.md §2, dispatch): the order of the list, and why somebody stands
//! where they stand. Who said no to one request is asked for others as before.

use super::{profile::Free, skills::Skill};
use crate::{Millis, requests::card::Distance};

/// So many are shown.
pub const SHOWN: usize = 8;

/// Fewer minutes in a month are never much.
const LEAST_MUCH: i64 = 120;

/// What the list is ordered by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suits {
    /// The skills that fit, in the order of the tree.
    pub skills: Vec<Skill>,
    /// When they have time.
    pub free: Free,
    /// The same circle (1), lane (2) or village (3).
    pub ring: i64,
    /// How far from their door.
    pub distance: Distance,
    /// Open claims now.
    pub busy: i64,
    /// Minutes that they helped in this month.
    pub minutes: i64,
    /// Not yet eighteen.
    pub minor: bool,
    /// What came of asking them for this request before.
    pub answer: Option<Answer>,
}

/// What came of asking somebody for the same request before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Said that they cannot come.
    No,
    /// Did not answer in time.
    None,
}

/// Why somebody stands where they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Said no to this request.
    SaidNo,
    /// Was asked for this request and did not answer.
    Silent,
    /// Has these skills, which fit.
    Skilled(Vec<Skill>),
    /// How far they live from it.
    Near(Distance),
    /// Has time at this hour, as they said.
    Free,
    /// Has none at this hour.
    NotNow,
    /// Holds nothing.
    Idle,
    /// Holds so many claims.
    Busy(i64),
    /// Has not helped in this month.
    Rested,
    /// Has helped so many minutes in this month.
    Helped(i64),
    /// The same, and that is more than twice what the others did.
    HelpedMuch(i64),
    /// Comes with a guardian.
    Minor,
}

impl Reason {
    /// Speaks for asking somebody else.
    pub const fn is_against(&self) -> bool {
        match self {
            Self::SaidNo
            | Self::Silent
            | Self::NotNow
            | Self::Busy(_)
            | Self::HelpedMuch(_)
            | Self::Minor => true,
            Self::Skilled(_)
            | Self::Near(_)
            | Self::Free
            | Self::Idle
            | Self::Rested
            | Self::Helped(_) => false,
        }
    }
}

/// What those on a list helped on the average, in minutes.
pub fn usual(all: &[Suits]) -> i64 {
    let sum: i64 = all.iter().map(|one| one.minutes).sum();
    sum / i64::try_from(all.len()).unwrap_or(i64::MAX).max(1)
}

impl Suits {
    /// The place in the list, the least first: who has not said no to this request, whose skills fit,
    /// the nearest ring, who has time at this hour or has said nothing, who has not helped more than
    /// a fair share in this month, who has least in hand, then who helped least and lives next.
    /// `usual` is what those on the list helped on the average.
    pub fn rank(&self, now: Millis, usual: i64) -> impl Ord + use<> {
        (
            self.answer.is_some(),
            self.skills.is_empty(),
            self.ring,
            self.is_elsewhere(now),
            self.has_helped_much(usual),
            self.busy,
            self.minutes,
            self.distance,
        )
    }

    /// Why they stand there, in the order in which it is said.
    pub fn reasons(&self, now: Millis, usual: i64) -> Vec<Reason> {
        let mut reasons = vec![];
        reasons.extend(self.answer.map(|answer| match answer {
            Answer::No => Reason::SaidNo,
            Answer::None => Reason::Silent,
        }));
        if !self.skills.is_empty() {
            reasons.push(Reason::Skilled(self.skills.clone()));
        }
        reasons.push(Reason::Near(self.distance));
        if self.is_elsewhere(now) {
            reasons.push(Reason::NotNow);
        } else if !self.free.is_empty() {
            reasons.push(Reason::Free);
        }
        reasons.push(match self.busy {
            0 => Reason::Idle,
            n => Reason::Busy(n),
        });
        reasons.push(match self.minutes {
            0 => Reason::Rested,
            n if self.has_helped_much(usual) => Reason::HelpedMuch(n),
            n => Reason::Helped(n),
        });
        if self.minor {
            reasons.push(Reason::Minor);
        }
        reasons
    }

    fn is_elsewhere(&self, now: Millis) -> bool {
        !self.free.is_empty() && !self.free.holds(now)
    }

    fn has_helped_much(&self, usual: i64) -> bool {
        self.minutes >= LEAST_MUCH && self.minutes > 2 * usual
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clock::moment,
        requests::card::Ring,
        volunteers::profile::{Part, Weekday},
    };
    use proptest::prelude::*;

    /// A Wednesday morning.
    fn now() -> Millis {
        moment(2026, 6, 17, 9, 0).unwrap()
    }

    fn neighbour() -> Suits {
        Suits {
            skills: vec![],
            free: Free::default(),
            ring: 2,
            distance: Distance::Within(Ring::Lane),
            busy: 1,
            minutes: 60,
            minor: false,
            answer: None,
        }
    }

    #[test]
    fn skill_comes_before_nearness_then_time_then_a_fair_share_then_what_is_in_hand() {
        let mornings = Free::default().with(Weekday::Wednesday, Part::Morning);
        let evenings = Free::default().with(Weekday::Wednesday, Part::Evening);
        let in_order = [
            Suits { skills: vec![Skill::Plumbing], ring: 3, busy: 2, ..neighbour() },
            Suits { ring: 1, busy: 2, ..neighbour() },
            Suits { busy: 0, minutes: 0, ..neighbour() },
            Suits { busy: 0, ..neighbour() },
            Suits { free: mornings, minutes: 30, ..neighbour() },
            Suits { distance: Distance::Doors(2), ..neighbour() },
            Suits { free: mornings, ..neighbour() },
            Suits { busy: 0, minutes: 200, ..neighbour() },
            Suits { free: evenings, busy: 0, ..neighbour() },
            Suits { ring: 3, busy: 0, ..neighbour() },
            Suits {
                skills: vec![Skill::Plumbing],
                ring: 1,
                answer: Some(Answer::No),
                ..neighbour()
            },
        ];

        let mut ranked = in_order.to_vec();
        ranked.reverse();
        ranked.sort_by_key(|one| one.rank(now(), 60));

        assert_eq!(ranked, in_order);
    }

    #[test]
    fn each_is_told_with_the_reasons_for_and_against_asking() {
        let evenings = Free::default().with(Weekday::Wednesday, Part::Evening);
        let best = Suits { skills: vec![Skill::Locks], busy: 0, minutes: 0, ..neighbour() };
        let worst = Suits {
            free: evenings,
            minutes: 121,
            minor: true,
            answer: Some(Answer::None),
            ..neighbour()
        };

        let near = Reason::Near(Distance::Within(Ring::Lane));
        let skilled = Reason::Skilled(vec![Skill::Locks]);
        assert_eq!(best.reasons(now(), 60), [skilled, near.clone(), Reason::Idle, Reason::Rested]);
        assert_eq!(
            worst.reasons(now(), 60),
            [
                Reason::Silent,
                near,
                Reason::NotNow,
                Reason::Busy(1),
                Reason::HelpedMuch(121),
                Reason::Minor
            ]
        );
        assert!(worst.reasons(now(), 61).contains(&Reason::Helped(121)), "twice is still fair");
    }

    #[test]
    fn two_hours_in_a_month_are_never_too_much_where_others_did_little() {
        let all = [0, 0, 119].map(|minutes| Suits { minutes, ..neighbour() });

        assert_eq!(usual(&all), 39);
        assert!(!all.iter().any(|one| one.has_helped_much(usual(&all))));
        assert_eq!(usual(&[]), 0);
    }

    fn any_suits() -> impl Strategy<Value = Suits> {
        (0_usize..3, any::<u32>(), 1_i64..4, 0_i64..5, 0_i64..900, any::<bool>(), 0_u8..3).prop_map(
            |(skills, free, ring, busy, minutes, minor, answer)| Suits {
                skills: Skill::ALL[..skills].to_vec(),
                free: Free::from_bits(free),
                ring,
                distance: Distance::Beyond,
                busy,
                minutes,
                minor,
                answer: [None, Some(Answer::No), Some(Answer::None)][usize::from(answer)],
            },
        )
    }

    proptest! {
        #[test]
        fn whoever_stands_before_another_of_the_same_ring_has_a_reason(
            one in any_suits(),
            other in any_suits(),
            usual in 0_i64..300,
        ) {
            let other = Suits { ring: one.ring, ..other };
            prop_assume!(one.rank(now(), usual) < other.rank(now(), usual));

            let reasons = |suits: &Suits| suits.reasons(now(), usual);

            prop_assert_ne!(reasons(&one), reasons(&other));
        }
    }
}
