//! By which channel, at which hour, how often.

use super::*;
use crate::clock::{DAY, QUIET, moment};
use proptest::prelude::*;

#[test]
fn a_message_rings_only_for_what_matters() {
    let rings = |notice, asked| Topic::of(notice, asked).goes_by(Channel::Sms);

    for (notice, asked) in [
        (Notice::Asked, false),
        (Notice::Raised, false),
        (Notice::Raised, true),
        (Notice::Moved, true),
        // Help that came every week comes no more.
        (Notice::Stopped, true),
    ] {
        assert!(rings(notice, asked), "{notice:?}");
    }
    let rung = |one: &&Notice| matches!(one, Notice::Asked | Notice::Raised | Notice::Stopped);
    for notice in Notice::ALL.iter().filter(|one| !rung(one)) {
        assert!(!rings(*notice, false), "{notice:?}");
    }
}

#[test]
fn who_chose_otherwise_is_told_as_they_chose_and_of_the_rest_as_before() {
    let mut choices = Choices::default();
    choices.set(Topic::Mine, Channel::Sms, false);
    choices.set(Topic::New, Channel::Sms, false);
    choices.set(Topic::New, Channel::Sms, true);

    assert!(!choices.wants(Topic::Mine, Channel::Sms) && choices.wants(Topic::New, Channel::Sms));
    for &topic in Topic::ALL {
        for &channel in Channel::ALL {
            let chosen = channel == Channel::Sms && matches!(topic, Topic::Mine | Topic::New);
            assert!(chosen || choices.wants(topic, channel) == topic.goes_by(channel));
        }
    }
}

#[test]
fn what_is_not_urgent_waits_for_the_morning_also_over_the_turn_of_the_year() {
    let at = |month, day, hour| moment(2026, month, day, hour, 30).unwrap();
    let morning = |year, month, day| moment(year, month, day, 6, 0).unwrap();

    for urgency in [Urgency::Today, Urgency::Normal] {
        assert_eq!(goes_at(at(6, 17, 21), urgency, QUIET), at(6, 17, 21));
        assert_eq!(goes_at(at(6, 17, 22), urgency, QUIET), morning(2026, 6, 18));
        assert_eq!(goes_at(at(6, 18, 5), urgency, QUIET), morning(2026, 6, 18));
        assert_eq!(goes_at(at(12, 31, 23), urgency, QUIET), morning(2027, 1, 1));
    }
    assert_eq!(goes_at(at(6, 17, 23), Urgency::Urgent, QUIET), at(6, 17, 23));
}

#[test]
fn each_pause_is_twice_the_one_before_until_staff_look_at_it() {
    let pause = |tries| match after(Failure::ForNow, tries, 1_000) {
        Next::At(at) => Some((at - 1_000) / MINUTE),
        Next::Staff | Next::Over => None,
    };
    let pauses: Vec<_> = (1..=MOST_TRIES).map(pause).collect();

    let minutes = [1, 2, 4, 8, 16, 32, 64, 128, 240].map(Some);
    assert_eq!(pauses[..9], minutes);
    assert_eq!(pauses[9], None);
    assert_eq!(after(Failure::ForNow, MOST_TRIES, 0), Next::Staff);
    assert_eq!(after(Failure::ForGood, 1, 0), Next::Staff);
    assert_eq!(after(Failure::Gone, 1, 0), Next::Over);
    assert_eq!(after(Failure::NoWay, 1, 0), Next::Over);
}

#[test]
fn an_address_is_kept_as_it_can_be_written_to() {
    assert_eq!(address(" Wang.Xiulan+15@QQ.com "), Ok("Wang.Xiulan+15@qq.com".into()));
    assert_eq!(address("  "), Err(Fault::Missing));
    for wrong in [
        "wang",
        "@qq.com",
        "wang@",
        "wang@qq",
        "a b@qq.com",
        "a@b@qq.com",
        "王@qq.com",
        "a@qq.com\r\nbcc: b@qq.com",
        "a..b@qq.com",
        "a@.com",
        "<a@qq.com>",
    ] {
        assert_eq!(address(wrong), Err(Fault::NotAChoice), "{wrong:?}");
    }
    assert_eq!(address(&format!("{}@qq.com", "a".repeat(250))), Err(Fault::NotAChoice));
}

proptest! {
    #[test]
    fn nothing_goes_out_at_night_but_what_is_urgent(at in 0..4_000_000_000_000_i64) {
        let goes = goes_at(at, Urgency::Normal, QUIET);

        prop_assert!(goes >= at && goes - at <= 8 * HOUR);
        prop_assert_eq!(goes_at(goes, Urgency::Normal, QUIET), goes, "it holds still");
        prop_assert_eq!(goes_at(at, Urgency::Urgent, QUIET), at);
    }

    #[test]
    fn a_pause_ends_within_a_day_and_never_before_it_began(tries in 1..200_i64, now in 0..4_000_000_000_000_i64) {
        if let Next::At(at) = after(Failure::ForNow, tries, now) {
            prop_assert!(at > now && at <= now + DAY);
        }
    }
}
