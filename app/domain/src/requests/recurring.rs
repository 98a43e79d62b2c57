//! Needs that come again: every day, on days of the week, on a day of the month. Kept as a part of RFC
//! 5545 (RRULE), so that calendars understand it.

use super::State;
use crate::{
    clock::{HOUR, Millis},
    dates::Day,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt, str::FromStr};

/// Somebody has at most so many that go on.
pub const MOST_SERIES: i64 = 5;
/// The last day of a month that every month has.
const LAST_SURE_DAY: u8 = 28;
/// In the morning before its day the next one may be asked for, so that somebody is found.
const AHEAD: Millis = 16 * HOUR;
/// In the morning of its day it is asked for in any case.
const IN_THE_MORNING: Millis = 6 * HOUR;

keyed! {
    /// A day of the week, as RFC 5545 calls it.
    pub enum Weekday {
        /// 周一.
        Monday = "MO",
        /// 周二.
        Tuesday = "TU",
        /// 周三.
        Wednesday = "WE",
        /// 周四.
        Thursday = "TH",
        /// 周五.
        Friday = "FR",
        /// 周六.
        Saturday = "SA",
        /// 周日.
        Sunday = "SU",
    }
}

impl Weekday {
    /// The day of the week of a day.
    pub fn of(day: Day) -> Self {
        let seventh = day.number().rem_euclid(7);
        // Day 0 was a Thursday.
        Self::ALL[usize::try_from((seventh + 3) % 7).unwrap_or_default()]
    }
}

/// Monday to Friday.
pub const WORKING_DAYS: &[Weekday] =
    &[Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];

/// When it comes again.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Repeats {
    /// Every day.
    Daily,
    /// On these days of the week, in their order, at least one.
    Weekly(Vec<Weekday>),
    /// On this day of the month, 1 to 28.
    Monthly(u8),
    /// On the last day of the month.
    MonthEnd,
}

/// Not a rule of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoRule;

impl Repeats {
    /// On these days of the week; none without any.
    pub fn weekly(days: impl IntoIterator<Item = Weekday>) -> Option<Self> {
        let mut days: Vec<_> = days.into_iter().collect();
        days.sort_unstable();
        days.dedup();
        (!days.is_empty()).then_some(Self::Weekly(days))
    }

    /// Whether it comes on this day.
    pub fn comes_on(&self, day: Day) -> bool {
        match self {
            Self::Daily => true,
            Self::Weekly(days) => days.contains(&Weekday::of(day)),
            Self::Monthly(nth) => day.parts().2 == *nth,
            Self::MonthEnd => day.next().is_none_or(|next| next.parts().2 == 1),
        }
    }

    /// The first day after this one on which it comes; none at the end of the calendar.
    pub fn after(&self, day: Day) -> Option<Day> {
        // No rule leaves out two months.
        std::iter::successors(day.next(), |day| day.next()).take(62).find(|day| self.comes_on(*day))
    }
}

impl fmt::Display for Repeats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Daily => f.write_str("FREQ=DAILY"),
            Self::Weekly(days) => {
                let days: Vec<_> = days.iter().map(|day| day.key()).collect();
                write!(f, "FREQ=WEEKLY;BYDAY={}", days.join(","))
            }
            Self::Monthly(day) => write!(f, "FREQ=MONTHLY;BYMONTHDAY={day}"),
            Self::MonthEnd => f.write_str("FREQ=MONTHLY;BYMONTHDAY=-1"),
        }
    }
}

impl FromStr for Repeats {
    type Err = NoRule;

    fn from_str(text: &str) -> Result<Self, NoRule> {
        let text = text.trim().to_ascii_uppercase();
        let text = text.strip_prefix("RRULE:").unwrap_or(&text);
        let mut parts = BTreeMap::new();
        for part in text.split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').ok_or(NoRule)?;
            if parts.insert(name, value).is_some() {
                return Err(NoRule);
            }
        }
        // What leaves nothing out may be said.
        if parts.remove("INTERVAL").is_some_and(|every| every != "1") {
            return Err(NoRule);
        }
        let (freq, by_day, by_month_day) =
            (parts.remove("FREQ"), parts.remove("BYDAY"), parts.remove("BYMONTHDAY"));
        match (freq, by_day, by_month_day, parts.is_empty()) {
            (Some("DAILY"), None, None, true) => Ok(Self::Daily),
            (Some("WEEKLY"), Some(days), None, true) => {
                let days: Option<Vec<_>> = days.split(',').map(Weekday::from_key).collect();
                days.and_then(Self::weekly).ok_or(NoRule)
            }
            (Some("MONTHLY"), None, Some("-1"), true) => Ok(Self::MonthEnd),
            (Some("MONTHLY"), None, Some(day), true) => match day.parse() {
                Ok(day @ 1..=LAST_SURE_DAY) => Ok(Self::Monthly(day)),
                _ => Err(NoRule),
            },
            _ => Err(NoRule),
        }
    }
}

/// What was chosen on a form, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RepeatDraft {
    /// `daily`, `working`, `weekly`, `monthly`; anything else is once.
    pub every: String,
    /// Chosen days of the week, by their keys.
    pub days: BTreeMap<String, String>,
    /// The day of the month: 1 to 28, or -1 for the last.
    pub month_day: String,
}

impl RepeatDraft {
    /// When it comes again, asked on `today`; none for once. A week without chosen days is a week from
    /// today, a month without a day is the same day of the month.
    pub fn read(&self, today: Day) -> Option<Repeats> {
        match self.every.as_str() {
            "daily" => Some(Repeats::Daily),
            "working" => Repeats::weekly(WORKING_DAYS.iter().copied()),
            "weekly" => {
                let days = self.days.keys().filter_map(|key| Weekday::from_key(key));
                Repeats::weekly(days).or_else(|| Repeats::weekly([Weekday::of(today)]))
            }
            "monthly" => {
                let rule = format!("FREQ=MONTHLY;BYMONTHDAY={}", self.month_day.trim());
                let same = match today.parts().2 {
                    day @ 1..=LAST_SURE_DAY => Repeats::Monthly(day),
                    _ => Repeats::MonthEnd,
                };
                Some(rule.parse().unwrap_or(same))
            }
            _ => None,
        }
    }

    /// No longer than a form of ours, whatever was sent.
    pub fn cut(&self) -> Self {
        let cut = |typed: &str| typed.chars().take(10).collect::<String>();
        let known = |key: &&String| Weekday::from_key(key).is_some();
        Self {
            every: cut(&self.every),
            days: self.days.keys().filter(known).map(|key| (key.clone(), "true".into())).collect(),
            month_day: cut(&self.month_day),
        }
    }
}

keyed! {
    /// How it is with a need that comes again.
    pub enum SeriesState {
        /// It goes on.
        Active = "active",
        /// It waits until whoever asks goes on with it.
        Paused = "paused",
        /// It is over.
        Ended = "ended",
    }
}

/// What the clock does about a need that comes again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The next is asked for, for this day.
    Make(Day),
    /// Not yet: look again then.
    Wait(Millis),
    /// The last was declined: nobody asks for the same again and again.
    Pause,
}

/// What the clock does at `now` about a need whose next day is `next`, when the last one is in this
/// state. It is asked for on the morning before its day once the last is over, and on the morning of its
/// day in any case; after an outage only for the last day that came.
pub fn turn(repeats: &Repeats, next: Day, last: Option<State>, now: Millis) -> Turn {
    let over = last.is_none_or(|state| !state.is_running());
    let (ahead, morning) = (first_look(next), next.begins() + IN_THE_MORNING);
    if last == Some(State::Declined) && now >= ahead {
        return Turn::Pause;
    }
    if now < morning && !(over && now >= ahead) {
        // Whether the last is over is asked every hour.
        let soonest = if now < ahead { ahead } else { now + HOUR };
        return Turn::Wait(soonest.min(morning));
    }
    let mut day = next;
    while let Some(later) = repeats.after(day) {
        if later.begins() + IN_THE_MORNING > now {
            break;
        }
        day = later;
    }
    Turn::Make(day)
}

/// When the clock looks at it first.
pub fn first_look(next: Day) -> Millis {
    next.begins() - AHEAD
}

/// The next day of a need that goes on again on `today`; not a day that was asked for already.
pub fn resumed(repeats: &Repeats, made: Option<Day>, today: Day) -> Option<Day> {
    let today_is_free = repeats.comes_on(today) && made.is_none_or(|made| made < today);
    if today_is_free {
        Some(today)
    } else {
        repeats.after(made.map_or(today, |made| made.max(today)))
    }
}

#[cfg(test)]
mod tests;
