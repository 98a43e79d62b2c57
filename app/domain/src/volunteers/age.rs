//! How old a volunteer must be, and who must agree (DOMAIN.md §1; PIPL §31).

use super::Hindrance;
use crate::{Millis, dates::Day};
use serde::{Deserialize, Serialize};

/// Nobody younger is a volunteer.
pub const LEAST_AGE: u8 = 10;
/// From this age on one's own consent counts (PIPL §31).
const OWN_CONSENT: i32 = 14;
/// From this age on one is an adult.
const ADULT: i32 = 18;

/// Between which birthdays somebody is: all that the rules need of a birth date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Age {
    /// Under ten.
    Child,
    /// 10–13: with a guardian's consent.
    Younger,
    /// 14–17.
    Youth,
    /// From 18 on.
    Adult,
}

impl Age {
    /// The age of who was born on a day, at a moment, in Renqiu.
    pub fn of(born: Day, now: Millis) -> Self {
        match born.age_on(Day::of(now)) {
            years if years < i32::from(LEAST_AGE) => Self::Child,
            years if years < OWN_CONSENT => Self::Younger,
            years if years < ADULT => Self::Youth,
            _ => Self::Adult,
        }
    }

    /// Not yet eighteen: helps with a guardian along.
    pub const fn is_minor(self) -> bool {
        match self {
            Self::Child | Self::Younger | Self::Youth => true,
            Self::Adult => false,
        }
    }

    /// Needs a guardian's recorded consent.
    pub const fn needs_consent(self) -> bool {
        matches!(self, Self::Child | Self::Younger)
    }
}

/// What stands in the way of somebody of this age; those of unknown age count as adults.
pub(super) fn hindrance(age: Option<Age>, guardian_agreed: bool) -> Option<Hindrance> {
    match age {
        Some(Age::Child) => Some(Hindrance::TooYoung),
        Some(Age::Younger) if !guardian_agreed => Some(Hindrance::NoGuardian),
        Some(Age::Younger | Age::Youth | Age::Adult) | None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::moment;
    use rstest::rstest;

    #[rstest]
    #[case("2016-06-18", Age::Child)]
    #[case("2016-06-17", Age::Younger)]
    #[case("2012-06-18", Age::Younger)]
    #[case("2012-06-17", Age::Youth)]
    #[case("2008-06-18", Age::Youth)]
    #[case("2008-06-17", Age::Adult)]
    #[case("1926-06-17", Age::Adult)]
    #[case("2027-01-01", Age::Child)]
    fn the_age_changes_on_the_birthday(#[case] born: &str, #[case] age: Age) {
        let now = moment(2026, 6, 17, 9, 0).unwrap();

        assert_eq!(Age::of(Day::parse(born).unwrap(), now), age);
    }

    #[test]
    fn the_birthday_begins_at_midnight_in_renqiu_and_not_in_greenwich() {
        let born = Day::parse("2008-06-17").unwrap();
        let midnight = moment(2026, 6, 17, 0, 0).unwrap();

        assert_eq!(Age::of(born, midnight - 1), Age::Youth);
        assert_eq!(Age::of(born, midnight), Age::Adult);
    }

    #[test]
    fn who_was_born_on_the_29th_of_february_is_of_age_on_the_1st_of_march() {
        let born = Day::parse("2008-02-29").unwrap();
        let march = moment(2026, 3, 1, 0, 0).unwrap();

        assert_eq!(Age::of(born, march - 1), Age::Youth);
        assert_eq!(Age::of(born, march), Age::Adult);
        let leap = Day::parse("2012-02-29").unwrap();
        let own = moment(2026, 3, 1, 0, 0).unwrap();
        assert_eq!([own - 1, own].map(|at| Age::of(leap, at)), [Age::Younger, Age::Youth]);
    }

    #[test]
    fn only_those_from_ten_to_thirteen_need_a_guardian_to_agree_and_all_under_eighteen_one_along() {
        let all = [Age::Child, Age::Younger, Age::Youth, Age::Adult];

        assert_eq!(
            all.map(|age| hindrance(Some(age), true)),
            [Some(Hindrance::TooYoung), None, None, None]
        );
        assert_eq!(
            all.map(|age| hindrance(Some(age), false)),
            [Some(Hindrance::TooYoung), Some(Hindrance::NoGuardian), None, None]
        );
        assert_eq!(all.map(Age::is_minor), [true, true, true, false]);
        assert_eq!(hindrance(None, false), None);
    }
}
