//! Times and spans as neighbours say them (UI.md §9): 今天 17:00, 明天 7:30, 6月20日 9:00.

use super::{Locale, td_string};
use domain::{
    Millis,
    clock::{DAY, HOUR, MINUTE, Wall, wall},
};

/// A moment, seen from `now`.
pub fn near(l: Locale, at: Millis, now: Millis) -> String {
    let (then, today) = (wall(at), wall(now));
    let clock = clock(&then);
    match then.day_number - today.day_number {
        0 => format!("{} {clock}", td_string!(l, common.today)),
        1 => format!("{} {clock}", td_string!(l, common.tomorrow)),
        -1 => format!("{} {clock}", td_string!(l, common.yesterday)),
        _ => format!("{} {clock}", date(l, &then, &today)),
    }
}

/// A moment today by its clock alone, any other with its day.
pub fn short(l: Locale, at: Millis, now: Millis) -> String {
    let then = wall(at);
    if then.day_number == wall(now).day_number { clock(&then) } else { near(l, at, now) }
}

/// The day of a moment: 6月20日.
pub fn day(l: Locale, at: Millis, now: Millis) -> String {
    date(l, &wall(at), &wall(now))
}

/// How long from `from` to `to`, in one figure and its unit; never seconds.
pub fn span(l: Locale, from: Millis, to: Millis) -> String {
    let left = (to - from).max(0);
    if left >= 2 * DAY {
        td_string!(l, common.days_n, d = left / DAY).to_string()
    } else if left >= HOUR {
        let (h, m) = (left / HOUR, left % HOUR / MINUTE);
        if m == 0 || h >= 10 {
            td_string!(l, common.hours_n, h = h).to_string()
        } else {
            td_string!(l, common.hours_minutes, h = h, m = m).to_string()
        }
    } else {
        td_string!(l, common.minutes_n, n = left / MINUTE).to_string()
    }
}

/// Minutes served: 13 小时 10 分.
pub fn minutes(l: Locale, n: i64) -> String {
    if n < 60 {
        td_string!(l, common.minutes_n, n = n).to_string()
    } else if n % 60 == 0 {
        td_string!(l, common.hours_n, h = n / 60).to_string()
    } else {
        td_string!(l, common.hours_minutes, h = n / 60, m = n % 60).to_string()
    }
}

/// A day with its year, as documents have it.
#[cfg(feature = "ssr")]
pub fn full_day(l: Locale, at: Millis) -> String {
    let then = wall(at);
    date(l, &then, &Wall { year: 0, ..then })
}

/// A day and its clock with the year, as documents have it.
#[cfg(feature = "ssr")]
pub fn dated(l: Locale, at: Millis) -> String {
    format!("{} {}", full_day(l, at), clock(&wall(at)))
}

/// For `datetime` attributes.
pub fn machine(at: Millis) -> String {
    let Wall { year, month, day, hour, minute, .. } = wall(at);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}+08:00")
}

fn clock(at: &Wall) -> String {
    format!("{}:{:02}", at.hour, at.minute)
}

/// Keeps a figure and its unit on one line where there is no space between them.
const JOIN: char = '\u{2060}';

fn date(l: Locale, then: &Wall, today: &Wall) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = MONTHS[usize::from(then.month.clamp(1, 12)) - 1];
    match (l, then.year == today.year) {
        (Locale::zh_CN, true) => format!("{}{JOIN}月{}{JOIN}日", then.month, then.day),
        (Locale::zh_CN, false) => {
            format!("{}{JOIN}年{}{JOIN}月{}{JOIN}日", then.year, then.month, then.day)
        }
        (Locale::en, true) => format!("{}\u{a0}{month}", then.day),
        (Locale::en, false) => format!("{}\u{a0}{month} {}", then.day, then.year),
    }
}
