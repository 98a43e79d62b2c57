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

fn date(l: Locale, then: &Wall, today: &Wall) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = MONTHS[usize::from(then.month.clamp(1, 12)) - 1];
    match (l, then.year == today.year) {
        (Locale::zh_CN, true) => format!("{}月{}日", then.month, then.day),
        (Locale::zh_CN, false) => format!("{}年{}月{}日", then.year, then.month, then.day),
        (Locale::en, true) => format!("{} {month}", then.day),
        (Locale::en, false) => format!("{} {month} {}", then.day, then.year),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::clock::moment;

    fn at(month: u8, day: u8, hour: u8, minute: u8) -> Millis {
        moment(2026, month, day, hour, minute).unwrap()
    }

    #[test]
    fn a_time_is_said_as_neighbours_say_it() {
        let now = at(6, 17, 13, 42);
        let zh = |at| near(Locale::zh_CN, at, now);

        assert_eq!(zh(at(6, 17, 17, 0)), "今天 17:00");
        assert_eq!(zh(at(6, 18, 7, 30)), "明天 7:30");
        assert_eq!(zh(at(6, 20, 9, 0)), "6月20日 9:00");
        assert_eq!(zh(moment(2027, 1, 2, 9, 5).unwrap()), "2027年1月2日 9:05");
        assert_eq!(near(Locale::en, at(6, 20, 9, 0), now), "20 Jun 9:00");
        assert_eq!(short(Locale::zh_CN, at(6, 17, 9, 0), now), "9:00");
    }

    #[test]
    fn a_span_has_no_seconds() {
        let zh = |minutes: i64| span(Locale::zh_CN, 0, minutes * MINUTE);

        assert_eq!(zh(12), "12 分钟");
        assert_eq!(zh(100), "1 小时 40 分");
        assert_eq!(zh(120), "2 小时");
        assert_eq!(zh(60 * 49), "2 天");
        assert_eq!(zh(-5), "0 分钟");
        assert_eq!(minutes(Locale::zh_CN, 790), "13 小时 10 分");
    }

    #[test]
    fn machines_read_the_offset() {
        assert_eq!(machine(at(6, 17, 9, 5)), "2026-06-17T09:05+08:00");
    }
}
