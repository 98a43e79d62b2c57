//! Words for needs that come again. Only the server says them.

use super::{Locale, td_string};
use domain::requests::recurring::{Repeats, SeriesState, WORKING_DAYS, Weekday};

/// When it comes again: 每周二、周四.
pub fn repeats(l: Locale, repeats: &Repeats) -> String {
    match repeats {
        Repeats::Daily => td_string!(l, recurring.daily).to_owned(),
        Repeats::Weekly(days) if days == WORKING_DAYS => {
            td_string!(l, recurring.working).to_owned()
        }
        Repeats::Weekly(days) => {
            let comma = if l == Locale::en { ", " } else { "、" };
            let days = days.iter().map(|day| weekday(l, *day)).collect::<Vec<_>>().join(comma);
            td_string!(l, recurring.on_weekly, days = days.as_str()).to_string()
        }
        Repeats::Monthly(n) => td_string!(l, recurring.on_monthly, n = *n).to_string(),
        Repeats::MonthEnd => td_string!(l, recurring.on_month_end).to_owned(),
    }
}

/// A day of the week.
pub fn weekday(l: Locale, day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => td_string!(l, recurring.mo),
        Weekday::Tuesday => td_string!(l, recurring.tu),
        Weekday::Wednesday => td_string!(l, recurring.we),
        Weekday::Thursday => td_string!(l, recurring.th),
        Weekday::Friday => td_string!(l, recurring.fr),
        Weekday::Saturday => td_string!(l, recurring.sa),
        Weekday::Sunday => td_string!(l, recurring.su),
    }
}

/// How it is with it.
pub fn state(l: Locale, state: SeriesState) -> &'static str {
    match state {
        SeriesState::Active => td_string!(l, recurring.active),
        SeriesState::Paused => td_string!(l, recurring.paused),
        SeriesState::Ended => td_string!(l, recurring.ended),
    }
}

/// When it suits, with when it comes again.
pub fn wanted(l: Locale, rule: Option<&Repeats>, wanted: Option<String>) -> Option<String> {
    let again = rule.map(|rule| repeats(l, rule));
    match (again, wanted) {
        (Some(again), Some(wanted)) => Some(format!("{again} · {wanted}")),
        (again, wanted) => again.or(wanted),
    }
}
