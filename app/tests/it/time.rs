//! Times in words.

use app::words::{
    Locale,
    time::{machine, minutes, near, short, span},
};
use domain::{
    Millis,
    clock::{MINUTE, moment},
};

fn at(month: u8, day: u8, hour: u8, minute: u8) -> Millis {
    moment(2026, month, day, hour, minute).unwrap()
}

#[test]
fn a_time_is_said_as_neighbours_say_it() {
    let now = at(6, 17, 13, 42);
    let zh = |at| near(Locale::zh_CN, at, now);

    assert_eq!(zh(at(6, 17, 17, 0)), "今天 17:00");
    assert_eq!(zh(at(6, 18, 7, 30)), "明天 7:30");
    assert_eq!(zh(at(6, 20, 9, 0)), "6\u{2060}月20\u{2060}日 9:00");
    assert_eq!(zh(moment(2027, 1, 2, 9, 5).unwrap()), "2027\u{2060}年1\u{2060}月2\u{2060}日 9:05");
    assert_eq!(near(Locale::en, at(6, 20, 9, 0), now), "20\u{a0}Jun 9:00");
    assert_eq!(short(Locale::zh_CN, at(6, 17, 9, 0), now), "9:00");
}

#[test]
fn a_span_has_no_seconds() {
    let zh = |minutes: i64| span(Locale::zh_CN, 0, minutes * MINUTE);

    assert_eq!(zh(12), "12\u{a0}分钟");
    assert_eq!(zh(100), "1\u{a0}小时 40\u{a0}分");
    assert_eq!(zh(120), "2\u{a0}小时");
    assert_eq!(zh(60 * 49), "2\u{a0}天");
    assert_eq!(zh(-5), "0\u{a0}分钟");
    assert_eq!(minutes(Locale::zh_CN, 790), "13\u{a0}小时 10\u{a0}分");
}

#[test]
fn machines_read_the_offset() {
    assert_eq!(machine(at(6, 17, 9, 5)), "2026-06-17T09:05+08:00");
}
