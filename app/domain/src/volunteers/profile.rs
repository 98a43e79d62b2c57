//! What a volunteer says of themselves: skills, languages, when they have time, insurance, and who
//! agreed for a child.

use super::skills::Skill;
use crate::{Millis, clock::wall, dates::Day};
use serde::{Deserialize, Serialize};

keyed! {
    /// A language that somebody can help in.
    pub enum Language {
        /// 普通话.
        Mandarin = "mandarin",
        /// 任丘话.
        Local = "local",
        /// 手语.
        Sign = "sign",
        /// 盲文.
        Braille = "braille",
        /// 英语.
        English = "english",
        /// 别的话.
        Other = "other",
    }
}

keyed! {
    /// A day of the week.
    pub enum Weekday {
        /// 周一.
        Monday = "mon",
        /// 周二.
        Tuesday = "tue",
        /// 周三.
        Wednesday = "wed",
        /// 周四.
        Thursday = "thu",
        /// 周五.
        Friday = "fri",
        /// 周六.
        Saturday = "sat",
        /// 周日.
        Sunday = "sun",
    }
}

keyed! {
    /// A part of the day.
    pub enum Part {
        /// 上午, until 12:00.
        Morning = "morning",
        /// 下午, until 18:00.
        Afternoon = "afternoon",
        /// 晚上.
        Evening = "evening",
    }
}

/// When somebody has time: any of the 21 parts of a week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Free(u32);

impl Free {
    /// As the books hold it: one bit for each part, Monday's morning the lowest. Others are ignored.
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits & 0x1f_ffff)
    }

    /// For the books.
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// With one part more.
    pub const fn with(self, day: Weekday, part: Part) -> Self {
        Self(self.0 | Self::bit(day, part))
    }

    /// Whether they have time then.
    pub const fn has(self, day: Weekday, part: Part) -> bool {
        self.0 & Self::bit(day, part) != 0
    }

    /// Has said nothing.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether they have time at a moment.
    pub fn holds(self, at: Millis) -> bool {
        let wall = wall(at);
        // The epoch was a Thursday.
        let nth = usize::try_from((wall.day_number + 3).rem_euclid(7)).unwrap_or_default();
        let part = match wall.hour {
            0..12 => Part::Morning,
            12..18 => Part::Afternoon,
            _ => Part::Evening,
        };
        Weekday::ALL.get(nth).is_some_and(|day| self.has(*day, part))
    }

    const fn bit(day: Weekday, part: Part) -> u32 {
        1 << (day as u32 * 3 + part as u32)
    }
}

/// A volunteer's insurance 志愿者保险 (DOMAIN.md §3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Insurance {
    /// Who insures.
    pub insurer: String,
    /// The number of the policy.
    pub policy: String,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub until: Day,
}

impl Insurance {
    /// Whether it covers a day, the first and the last too.
    pub fn covers(&self, day: Day) -> bool {
        (self.from..=self.until).contains(&day)
    }
}

/// Whether somebody is insured on a day: what a shift that demands it asks (DOMAIN.md §5).
pub fn insured_on(insurance: Option<&Insurance>, day: Day) -> bool {
    insurance.is_some_and(|insurance| insurance.covers(day))
}

keyed! {
    /// Who answers for a child.
    pub enum Relation {
        /// 父亲或母亲.
        Parent = "parent",
        /// 爷爷奶奶、姥爷姥姥.
        Grandparent = "grandparent",
        /// 别的监护人.
        Guardian = "guardian",
    }
}

keyed! {
    /// How a guardian agreed.
    pub enum How {
        /// 当面说的.
        InPerson = "in_person",
        /// 打电话说的.
        ByPhone = "by_phone",
        /// 写了同意书.
        Written = "written",
    }
}

/// A guardian's consent as it is recorded, with the moment beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guardian {
    /// The guardian's name.
    pub name: String,
    /// Eleven digits.
    pub phone: String,
    /// Who they are to the child.
    pub relation: Relation,
    /// How they agreed.
    pub how: How,
}

/// What can be changed at any time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// What they can do, in the order of the tree.
    pub skills: Vec<Skill>,
    /// In which languages.
    pub languages: Vec<Language>,
    /// When they have time.
    pub free: Free,
    /// Their insurance, if any.
    pub insurance: Option<Insurance>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::moment;

    #[test]
    fn every_part_of_the_week_is_a_bit_of_its_own() {
        let mut all = Free::default();
        for &day in Weekday::ALL {
            for &part in Part::ALL {
                assert!(!all.has(day, part), "{day:?} {part:?}");
                all = all.with(day, part);
                assert!(all.has(day, part));
            }
        }

        assert_eq!(all.bits(), 0x1f_ffff);
        assert_eq!(Free::from_bits(u32::MAX), all);
    }

    #[test]
    fn a_moment_lies_in_the_part_that_the_clock_in_renqiu_shows() {
        let free = Free::default().with(Weekday::Wednesday, Part::Afternoon);
        // 17 June 2026 is a Wednesday.
        let at = |day, hour| moment(2026, 6, day, hour, 0).unwrap();

        assert!(free.holds(at(17, 12)) && free.holds(at(18, 0) - 6 * crate::clock::HOUR - 1));
        assert!(!free.holds(at(17, 11)) && !free.holds(at(17, 18)) && !free.holds(at(18, 12)));
        let mornings = Free::default().with(Weekday::Sunday, Part::Morning);
        assert!(mornings.holds(at(21, 0)) && !mornings.holds(at(20, 23)));
    }

    #[test]
    fn insurance_covers_its_first_day_and_its_last() {
        let day = |written| Day::parse(written).unwrap();
        let policy = Insurance {
            insurer: "人保".into(),
            policy: "P1".into(),
            from: day("2026-01-01"),
            until: day("2026-12-31"),
        };

        let on = |written| insured_on(Some(&policy), day(written));

        assert!(on("2026-01-01") && on("2026-06-17") && on("2026-12-31"));
        assert!(!on("2025-12-31") && !on("2027-01-01"));
        assert!(!insured_on(None, day("2026-06-17")));
    }
}
