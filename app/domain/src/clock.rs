//! Days and hours in Renqiu. Asia/Shanghai has been fixed at +08:00 since 1991, so no time zone
//! table is needed.

use time::{Date, Duration, OffsetDateTime, Time, UtcOffset};

/// A moment: epoch milliseconds UTC.
pub type Millis = i64;

/// One minute in milliseconds.
pub const MINUTE: Millis = 60_000;
/// One hour in milliseconds.
pub const HOUR: Millis = 60 * MINUTE;
/// One day in milliseconds.
pub const DAY: Millis = 24 * HOUR;

/// The hours of the night in which the clock stands still: from an evening to the next morning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quiet {
    /// They begin at this hour, after noon.
    pub from: u8,
    /// They end at this hour, before noon.
    pub to: u8,
}

/// 22:00–06:00 (DOMAIN.md §2).
pub const QUIET: Quiet = Quiet { from: 22, to: 6 };

/// A moment as the clock on the wall in Renqiu shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wall {
    /// The year.
    pub year: i32,
    /// The month, 1–12.
    pub month: u8,
    /// The day of the month, 1–31.
    pub day: u8,
    /// The hour, 0–23.
    pub hour: u8,
    /// The minute, 0–59.
    pub minute: u8,
    /// Days since the epoch, to compare dates.
    pub day_number: i64,
}

/// What the clock on the wall shows at a moment. Moments beyond the years 1–9999 count as their
/// nearest end.
pub fn wall(at: Millis) -> Wall {
    let here = local(at);
    Wall {
        year: here.year(),
        month: here.month().into(),
        day: here.day(),
        hour: here.hour(),
        minute: here.minute(),
        day_number: i64::from(here.to_julian_day()) - 2_440_588,
    }
}

/// The moment of a date and time on the wall; none for a date that does not exist.
pub fn moment(year: i32, month: u8, day: u8, hour: u8, minute: u8) -> Option<Millis> {
    let date = Date::from_calendar_date(year, month.try_into().ok()?, day).ok()?;
    let time = Time::from_hms(hour, minute, 0).ok()?;
    Some(millis(OffsetDateTime::new_in_offset(date, time, shanghai())))
}

impl Quiet {
    /// Adds working time to a moment: quiet hours do not count.
    pub fn after(self, from: Millis, mut left: Millis) -> Millis {
        let mut at = from;
        loop {
            at = self.waking(at);
            let quiet = self.begins(at);
            if at + left <= quiet {
                return at + left;
            }
            left -= quiet - at;
            at = quiet;
        }
    }

    /// The moment itself, or the end of the quiet hours in which it lies.
    pub fn waking(self, at: Millis) -> Millis {
        let here = local(at);
        let morning = here.replace_time(hour(self.to));
        if here.hour() >= self.from {
            millis(morning.saturating_add(Duration::DAY))
        } else if here.hour() < self.to {
            millis(morning)
        } else {
            at
        }
    }

    /// When they begin on the day that holds the moment.
    pub fn begins(self, at: Millis) -> Millis {
        that_day_at(at, self.from)
    }
}

/// Today's `o_clock` (0–23) of the day that holds the moment.
pub fn that_day_at(at: Millis, o_clock: u8) -> Millis {
    millis(local(at).replace_time(hour(o_clock)))
}

/// The first moment of the month that holds the moment.
pub fn month_begins(at: Millis) -> Millis {
    let here = local(at).replace_time(Time::MIDNIGHT);
    millis(here.replace_day(1).unwrap_or(here))
}

fn hour(o_clock: u8) -> Time {
    Time::from_hms(o_clock, 0, 0).unwrap_or(Time::MIDNIGHT)
}

fn shanghai() -> UtcOffset {
    UtcOffset::from_hms(8, 0, 0).unwrap_or(UtcOffset::UTC)
}

fn local(at: Millis) -> OffsetDateTime {
    let utc = OffsetDateTime::from_unix_timestamp_nanos(i128::from(at) * 1_000_000)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH);
    utc.checked_to_offset(shanghai()).unwrap_or(utc)
}

fn millis(at: OffsetDateTime) -> Millis {
    at.unix_timestamp() * 1000 + i64::from(at.millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(day: u8, hour: u8, minute: u8) -> Millis {
        moment(2026, 6, day, hour, minute).unwrap()
    }

    #[test]
    fn the_wall_clock_is_eight_hours_ahead_of_utc() {
        let new_year = wall(moment(2027, 1, 1, 0, 0).unwrap());

        assert_eq!(
            new_year,
            Wall { year: 2027, month: 1, day: 1, hour: 0, minute: 0, day_number: 20_819 }
        );
        assert_eq!(wall(0).hour, 8);
        assert_eq!(wall(0).day_number, 0);
    }

    #[test]
    fn a_date_that_does_not_exist_is_no_moment() {
        assert_eq!(moment(2026, 2, 29, 8, 0), None);
        assert_eq!(moment(2026, 13, 1, 8, 0), None);
        assert_eq!(moment(2026, 1, 1, 24, 0), None);
    }

    #[test]
    fn the_month_begins_at_midnight_in_renqiu() {
        let first = moment(2026, 6, 1, 0, 0).unwrap();

        assert_eq!(month_begins(at(17, 9, 0)), first);
        assert_eq!(month_begins(first), first);
        assert_eq!(month_begins(first - 1), moment(2026, 5, 1, 0, 0).unwrap());
    }

    #[test]
    fn working_time_stops_at_ten_and_goes_on_at_six() {
        assert_eq!(QUIET.after(at(17, 21, 0), 3 * HOUR), at(18, 8, 0));
        assert_eq!(QUIET.after(at(17, 23, 30), HOUR), at(18, 7, 0));
        assert_eq!(QUIET.after(at(17, 3, 0), HOUR), at(17, 7, 0));
        assert_eq!(QUIET.after(at(17, 9, 0), HOUR), at(17, 10, 0));
        assert_eq!(QUIET.after(at(17, 21, 0), HOUR), at(17, 22, 0));
    }

    #[test]
    fn sixteen_working_hours_make_a_day() {
        assert_eq!(QUIET.after(at(17, 13, 31), 48 * HOUR), at(20, 13, 31));
    }

    proptest! {
        #[test]
        fn working_time_never_ends_in_quiet_hours_nor_too_early(
            from in 0_i64..4_000_000_000_000,
            left in MINUTE..10 * DAY,
        ) {
            let end = QUIET.after(from, left);
            let wall = wall(end);

            prop_assert!(end - from >= left);
            prop_assert!((6..22).contains(&wall.hour) || (wall.hour, wall.minute) == (22, 0));
        }

        #[test]
        fn wall_and_moment_are_inverse(at in 0_i64..4_000_000_000_000) {
            let minute = at - at % MINUTE;
            let seen = wall(minute);

            prop_assert_eq!(
                moment(seen.year, seen.month, seen.day, seen.hour, seen.minute),
                Some(minute)
            );
        }
    }
}
