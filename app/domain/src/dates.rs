//! Days of the calendar, as people write them: birthdays, the dates of a policy.

use crate::{
    clock::{DAY, HOUR, Millis, moment, wall},
    forms::Fault,
};
use serde::{Deserialize, Serialize};
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// The first year that somebody alive can name.
const FIRST_YEAR: i32 = 1900;
/// The last year that a policy can name.
const LAST_YEAR: i32 = 2200;

/// A day of the calendar. Written `2008-02-29`; the order is that of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Day {
    year: i32,
    month: u8,
    day: u8,
}

impl Day {
    /// A day that exists, of 1900–2200; none for another.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let known = (FIRST_YEAR..=LAST_YEAR).contains(&year);
        let exists = known && moment(year, month, day, 12, 0).is_some();
        exists.then_some(Self { year, month, day })
    }

    /// The day in Renqiu that holds a moment.
    pub fn of(at: Millis) -> Self {
        let wall = wall(at);
        Self { year: wall.year, month: wall.month, day: wall.day }
    }

    /// Its first moment in Renqiu.
    pub fn begins(self) -> Millis {
        moment(self.year, self.month, self.day, 0, 0).unwrap_or(Millis::MAX)
    }

    /// The day as the books write it: `2008-02-29`.
    pub fn parse(written: &str) -> Option<Self> {
        let mut parts = written.splitn(3, '-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// The day as people type it: 2008-02-29, 2008/2/29, 2008.2.29, 2008年2月29日, 20080229.
    ///
    /// # Errors
    /// [`Fault::Missing`], [`Fault::NotADate`].
    pub fn typed(typed: &str) -> Result<Self, Fault> {
        let plain: String = typed.nfkc().collect();
        let groups: Vec<&str> = plain
            .split(|letter: char| !letter.is_ascii_digit())
            .filter(|it| !it.is_empty())
            .collect();
        let read = match groups.as_slice() {
            [] if plain.trim().is_empty() => return Err(Fault::Missing),
            [all] if all.len() == 8 => {
                Self::parse(&format!("{}-{}-{}", &all[..4], &all[4..6], &all[6..]))
            }
            [year, month, day] if year.len() == 4 => Self::parse(&format!("{year}-{month}-{day}")),
            _ => None,
        };
        read.ok_or(Fault::NotADate)
    }

    /// Whole years from this birthday until `today`. Who was born on 29 February is a year older on
    /// 1 March where the year has no such day.
    pub const fn age_on(self, today: Self) -> i32 {
        let before =
            today.month < self.month || (today.month == self.month && today.day < self.day);
        today.year - self.year - if before { 1 } else { 0 }
    }

    /// Days since 1 January 1970.
    pub fn number(self) -> i64 {
        // Renqiu is ahead of Greenwich: its day begins on the evening before there.
        (self.begins() + 12 * HOUR).div_euclid(DAY)
    }

    /// The day after; none at the end of the calendar.
    pub fn next(self) -> Option<Self> {
        let next = Self::of(self.begins() + DAY);
        Self::new(next.year, next.month, next.day)
    }

    /// Year, month and day of the month.
    pub const fn parts(self) -> (i32, u8, u8) {
        (self.year, self.month, self.day)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

impl TryFrom<String> for Day {
    type Error = &'static str;

    fn try_from(written: String) -> Result<Self, Self::Error> {
        Self::parse(&written).ok_or("not a day")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn day(written: &str) -> Day {
        Day::parse(written).unwrap()
    }

    #[rstest]
    #[case("2008-02-29")]
    #[case(" 2008/2/29 ")]
    #[case("2008.2.29")]
    #[case("2008年2月29日")]
    #[case("20080229")]
    #[case("２００８－０２－２９")]
    fn a_day_is_understood_as_people_type_it(#[case] typed: &str) {
        assert_eq!(Day::typed(typed), Ok(day("2008-02-29")));
    }

    #[rstest]
    #[case("", Fault::Missing)]
    #[case("  ", Fault::Missing)]
    #[case("2009-02-29", Fault::NotADate)]
    #[case("08-02-29", Fault::NotADate)]
    #[case("2008-13-01", Fault::NotADate)]
    #[case("1899-12-31", Fault::NotADate)]
    #[case("去年", Fault::NotADate)]
    fn what_is_no_day_says_so(#[case] typed: &str, #[case] fault: Fault) {
        assert_eq!(Day::typed(typed), Err(fault));
    }

    #[rstest]
    #[case("2012-06-17", "2026-06-16", 13)]
    #[case("2012-06-17", "2026-06-17", 14)]
    #[case("2012-06-17", "2026-12-31", 14)]
    #[case("2008-02-29", "2026-02-28", 17)]
    #[case("2008-02-29", "2026-03-01", 18)]
    #[case("2008-02-29", "2028-02-28", 19)]
    #[case("2008-02-29", "2028-02-29", 20)]
    #[case("2026-01-01", "2025-12-31", -1)]
    fn one_is_a_year_older_on_the_birthday(
        #[case] born: &str,
        #[case] today: &str,
        #[case] age: i32,
    ) {
        assert_eq!(day(born).age_on(day(today)), age);
    }

    #[test]
    fn the_day_begins_at_midnight_in_renqiu() {
        let first = day("2026-06-17").begins();

        assert_eq!(Day::of(first), day("2026-06-17"));
        assert_eq!(Day::of(first - 1), day("2026-06-16"));
        assert!(day("2026-06-17") > day("2026-06-16"));
    }

    proptest! {
        #[test]
        fn a_day_is_read_as_it_is_written(at in 0_i64..4_000_000_000_000) {
            let day = Day::of(at);

            prop_assert_eq!(Day::parse(&day.to_string()), Some(day));
            prop_assert_eq!(Day::typed(&day.to_string()), Ok(day));
        }

        #[test]
        fn whatever_is_typed_is_read_or_refused(typed in ".*") {
            let _ = Day::typed(&typed);
        }
    }
}
