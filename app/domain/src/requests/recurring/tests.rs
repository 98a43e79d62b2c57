//! Days of the calendar, rules there and back, and each day asked for at most once.

use super::*;
use crate::clock::{DAY, moment};
use proptest::prelude::*;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn rule(text: &str) -> Repeats {
    text.parse().unwrap()
}

#[test]
fn a_rule_is_read_as_calendars_write_it_and_nothing_else_is() {
    use Weekday::{Friday, Monday, Tuesday};
    assert_eq!(rule("FREQ=DAILY"), Repeats::Daily);
    assert_eq!(rule("rrule:freq=weekly;byday=fr,tu,fr"), Repeats::Weekly(vec![Tuesday, Friday]));
    assert_eq!(rule("BYDAY=MO;INTERVAL=1;FREQ=WEEKLY"), Repeats::Weekly(vec![Monday]));
    assert_eq!(rule("FREQ=MONTHLY;BYMONTHDAY=1"), Repeats::Monthly(1));
    assert_eq!(rule("FREQ=MONTHLY;BYMONTHDAY=-1"), Repeats::MonthEnd);
    for wrong in [
        "",
        "FREQ",
        "FREQ=YEARLY",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;BYDAY=",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=MONTHLY;BYMONTHDAY=29",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=DAILY;INTERVAL=2",
        "FREQ=DAILY;COUNT=3",
        "FREQ=DAILY;FREQ=DAILY",
        "FREQ=DAILY;BYDAY=MO",
    ] {
        assert_eq!(wrong.parse::<Repeats>(), Err(NoRule), "{wrong}");
    }
}

#[test]
fn the_next_day_is_that_of_the_calendar_over_months_and_years() {
    let after = |text: &str, from: &str| rule(text).after(day(from)).unwrap().to_string();

    assert_eq!(Weekday::of(day("2026-11-23")), Weekday::Monday);
    assert_eq!(Weekday::of(day("1970-01-01")), Weekday::Thursday);
    assert_eq!(after("FREQ=DAILY", "2026-12-31"), "2027-01-01");
    assert_eq!(after("FREQ=WEEKLY;BYDAY=TU", "2026-11-24"), "2026-12-01");
    assert_eq!(after("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-27"), "2026-11-30");
    assert_eq!(after("FREQ=MONTHLY;BYMONTHDAY=1", "2026-12-01"), "2027-01-01");
    assert_eq!(after("FREQ=MONTHLY;BYMONTHDAY=-1", "2028-01-31"), "2028-02-29");
    assert_eq!(after("FREQ=MONTHLY;BYMONTHDAY=28", "2027-02-28"), "2027-03-28");
}

#[test]
fn the_next_is_asked_for_the_day_before_once_the_last_is_over_and_on_its_day_in_any_case() {
    let weekly = rule("FREQ=WEEKLY;BYDAY=TU");
    let tuesday = day("2026-11-24");
    let at = |day, hour| moment(2026, 11, day, hour, 0).unwrap();
    let turn = |last, now| turn(&weekly, tuesday, last, now);

    assert_eq!(turn(Some(State::Closed), at(23, 7)), Turn::Wait(at(23, 8)));
    assert_eq!(turn(Some(State::Closed), at(23, 8)), Turn::Make(tuesday));
    assert_eq!(turn(Some(State::Open), at(23, 8)), Turn::Wait(at(23, 9)));
    assert_eq!(turn(Some(State::Open), at(24, 5)), Turn::Wait(at(24, 6)));
    assert_eq!(turn(Some(State::Open), at(24, 6)), Turn::Make(tuesday));
    assert_eq!(turn(Some(State::Declined), at(24, 6)), Turn::Pause);
    assert_eq!(turn(None, at(23, 9)), Turn::Make(tuesday));
}

#[test]
fn after_an_outage_only_the_last_day_that_came_is_asked_for() {
    let from = day("2026-11-24");
    let noon = |day| moment(2026, 11, day, 12, 0).unwrap();

    assert_eq!(turn(&Repeats::Daily, from, None, noon(28)), Turn::Make(day("2026-11-28")));
    let weekly = rule("FREQ=WEEKLY;BYDAY=TU");
    assert_eq!(turn(&weekly, from, None, noon(26)), Turn::Make(from));
}

#[test]
fn who_goes_on_with_it_asks_for_no_day_twice() {
    let weekly = rule("FREQ=WEEKLY;BYDAY=TU");
    let (tuesday, next) = (day("2026-11-24"), day("2026-12-01"));

    assert_eq!(resumed(&weekly, None, tuesday), Some(tuesday));
    assert_eq!(resumed(&weekly, Some(tuesday), tuesday), Some(next));
    assert_eq!(resumed(&weekly, Some(next), tuesday), Some(day("2026-12-08")));
    assert_eq!(resumed(&weekly, Some(tuesday), day("2026-11-26")), Some(next));
}

#[test]
fn a_form_says_what_it_says_and_what_it_leaves_open_is_as_today() {
    let today = day("2026-11-24");
    let read = |every: &str, days: &[&str], month_day: &str| {
        let days = days.iter().map(|day| ((*day).to_owned(), "true".to_owned())).collect();
        let draft = RepeatDraft { every: every.into(), days, month_day: month_day.into() };
        assert_eq!(draft.cut().read(today), draft.read(today));
        draft.read(today).map(|rule| rule.to_string())
    };

    assert_eq!(read("", &["MO"], "1"), None);
    assert_eq!(read("daily", &[], "").as_deref(), Some("FREQ=DAILY"));
    let working = read("working", &[], "");
    assert_eq!(working.as_deref(), Some("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"));
    assert_eq!(read("weekly", &["SU", "MO", "x"], "").as_deref(), Some("FREQ=WEEKLY;BYDAY=MO,SU"));
    assert_eq!(read("weekly", &[], "").as_deref(), Some("FREQ=WEEKLY;BYDAY=TU"));
    assert_eq!(read("monthly", &[], "-1").as_deref(), Some("FREQ=MONTHLY;BYMONTHDAY=-1"));
    assert_eq!(read("monthly", &[], "31").as_deref(), Some("FREQ=MONTHLY;BYMONTHDAY=24"));
}

fn repeats() -> impl Strategy<Value = Repeats> {
    let days = proptest::sample::subsequence(Weekday::ALL.to_vec(), 1..=7);
    prop_oneof![
        Just(Repeats::Daily),
        days.prop_map(Repeats::Weekly),
        (1_u8..=28).prop_map(Repeats::Monthly),
        Just(Repeats::MonthEnd),
    ]
}

proptest! {
    #[test]
    fn what_is_written_is_read_as_the_same_rule(rule in repeats()) {
        prop_assert_eq!(rule.to_string().parse(), Ok(rule));
    }

    #[test]
    fn whatever_is_written_is_read_or_refused(text in ".*", every in ".*", month_day in ".*") {
        let _ = text.parse::<Repeats>();
        let draft = RepeatDraft { every, month_day, ..RepeatDraft::default() };
        let _ = draft.cut().read(day("2026-11-24"));
    }

    #[test]
    fn each_day_is_asked_for_at_most_once_and_never_long_after(
        rule in repeats(), pauses in proptest::collection::vec(1_i64..60 * 24, 1..80), closed: bool,
    ) {
        let mut now = moment(2026, 11, 24, 10, 0).unwrap();
        let mut next = rule.after(Day::of(now)).unwrap();
        let mut made: Vec<Day> = vec![];
        let last = if closed { State::Closed } else { State::Open };
        for pause in pauses {
            now += pause * HOUR / 2;
            match turn(&rule, next, Some(last), now) {
                Turn::Make(day) => {
                    prop_assert!(made.last().is_none_or(|before| *before < day));
                    prop_assert!(rule.comes_on(day));
                    prop_assert!(day.begins() <= now + DAY);
                    made.push(day);
                    next = rule.after(day).unwrap();
                }
                Turn::Wait(until) => {
                    prop_assert!(until > now && until <= next.begins() + IN_THE_MORNING);
                }
                Turn::Pause => prop_assert!(false, "nothing was declined"),
            }
        }
    }
}
