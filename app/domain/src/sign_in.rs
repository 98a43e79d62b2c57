//! Signing in with a code from a message: how long a code lives, how often it may be tried, how
//! often one may be sent. A phone that nobody knows is treated like any other.

use crate::clock::{DAY, HOUR, MINUTE, Millis};
use serde::{Deserialize, Serialize};

/// How long a code lives.
pub const CODE_LIFE: Millis = 5 * MINUTE;

/// How many times a code may be tried.
pub const TRIES: u8 = 5;

/// A phone without use signs itself out after this long.
pub const SESSION_LIFE: Millis = 30 * DAY;

/// How many codes a phone may be sent: so many within so long.
pub const PER_PHONE: [(usize, Millis); 3] = [(1, MINUTE), (5, HOUR), (10, DAY)];

/// How many codes may be asked for from one address: so many within so long.
pub const PER_ADDRESS: [(usize, Millis); 1] = [(30, HOUR)];

/// How many sessions of strangers may begin at one address within an hour; a village may share one.
pub const STRANGERS_PER_ADDRESS: i64 = 300;

/// How many codes that do not open may be tried from one address within an hour.
pub const WRONG_PER_ADDRESS: i64 = 60;
keyed! {
    /// How a code comes to a phone.
    #[derive(Default)]
    pub enum Channel {
        /// As a message to read.
        #[default]
        Text = "text",
        /// As a call that reads it out.
        Voice = "voice",
    }
}

/// Why a code was not sent or not taken. Worded with the other refusals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum CodeFault {
    /// Not the digits of the message.
    #[error("a wrong code, {left} tries left")]
    Wrong {
        /// How many tries are left.
        left: u8,
    },
    /// None was sent, it was used, or it is more than [`CODE_LIFE`] old.
    #[error("no living code")]
    Old,
    /// Tried [`TRIES`] times: this code opens nothing any more.
    #[error("a code tried too often")]
    Spent,
    /// Too many codes that did not open were tried from this address.
    #[error("too many wrong codes")]
    TriedTooOften {
        /// When one may be tried again.
        until: Millis,
    },
    /// Too many codes were sent to this phone or asked for from this address.
    #[error("too many codes were asked for")]
    TooMany {
        /// When one may be asked for again.
        until: Millis,
    },
    /// The message could not be handed over; trying again is no harm.
    #[error("the message was not sent")]
    NotSent,
}

/// A code that was sent, as the books know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Issued {
    /// When it was sent.
    pub at: Millis,
    /// How many times it has been tried, this time included.
    pub tries: u8,
}

impl Issued {
    /// Whether a try opens the door; `right` says that the digits are those that were sent.
    ///
    /// # Errors
    /// [`CodeFault::Old`], [`CodeFault::Spent`] or [`CodeFault::Wrong`].
    pub fn tried(&self, right: bool, now: Millis) -> Result<(), CodeFault> {
        if now >= self.at + CODE_LIFE {
            return Err(CodeFault::Old);
        }
        let left = TRIES.checked_sub(self.tries).ok_or(CodeFault::Spent)?;
        if right { Ok(()) } else { Err(CodeFault::Wrong { left }) }
    }
}

/// Whether one more code may be sent, given when earlier ones were sent within the last day: to
/// the phone, and to anybody from the address.
///
/// # Errors
/// [`CodeFault::TooMany`] with the first moment at which every limit allows it.
pub fn may_send(
    to_phone: &[Millis],
    from_address: &[Millis],
    now: Millis,
) -> Result<(), CodeFault> {
    let phone = PER_PHONE.iter().filter_map(|limit| full_until(*limit, to_phone, now));
    let address = PER_ADDRESS.iter().filter_map(|limit| full_until(*limit, from_address, now));
    match phone.chain(address).max() {
        Some(until) => Err(CodeFault::TooMany { until }),
        None => Ok(()),
    }
}

/// Whether an address may try one more code, given how many did not open in this hour of the clock.
///
/// # Errors
/// [`CodeFault::TriedTooOften`] with the beginning of the next hour.
pub fn may_try(wrong: i64, now: Millis) -> Result<(), CodeFault> {
    if wrong < WRONG_PER_ADDRESS {
        return Ok(());
    }
    Err(CodeFault::TriedTooOften { until: (now.div_euclid(HOUR) + 1) * HOUR })
}

/// Where to go after signing in: a path of this house, or the first page. Anything that a browser
/// could read as another house's address, at once or after it has resolved dots, is not a path.
pub fn way_back(next: &str) -> &str {
    let plain = next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let path = next.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    // As a browser reads a path: an encoded dot is a dot.
    let path = path.replace("%2e", ".");
    let dots = path.split('/').any(|part| part == "." || part == "..");
    let stays =
        plain && path.starts_with('/') && !path.contains("//") && !path.contains("%5c") && !dots;
    if stays { next } else { "/" }
}

/// The address of a page that leads on to `next` when it is done.
pub fn leading_to(page: &str, next: &str) -> String {
    let mut address = format!("{page}?next=");
    for byte in way_back(next).bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => address.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => address.push(char::from(byte)),
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

/// When a limit has room again; none when it has room now.
fn full_until((most, span): (usize, Millis), sent: &[Millis], now: Millis) -> Option<Millis> {
    let mut within: Vec<Millis> = sent.iter().copied().filter(|at| *at > now - span).collect();
    within.sort_unstable_by(|a, b| b.cmp(a));
    // Room comes when the oldest of the newest `most` leaves the span.
    within.get(most.checked_sub(1)?).map(|at| at + span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use url::Url;

    const NOON: Millis = 1_795_000_000_000;

    #[test]
    fn a_right_code_opens_until_five_minutes_have_passed() {
        let issued = Issued { at: NOON, tries: 1 };

        assert_eq!(issued.tried(true, NOON + CODE_LIFE - 1), Ok(()));
        assert_eq!(issued.tried(true, NOON + CODE_LIFE), Err(CodeFault::Old));
    }

    #[test]
    fn the_fifth_try_still_counts_and_the_sixth_does_not() {
        let try_number = |tries| Issued { at: NOON, tries };

        assert_eq!(try_number(1).tried(false, NOON), Err(CodeFault::Wrong { left: 4 }));
        assert_eq!(try_number(5).tried(false, NOON), Err(CodeFault::Wrong { left: 0 }));
        assert_eq!(try_number(5).tried(true, NOON), Ok(()));
        assert_eq!(try_number(6).tried(true, NOON), Err(CodeFault::Spent));
    }

    #[test]
    fn a_phone_is_sent_one_code_a_minute() {
        assert_eq!(may_send(&[], &[], NOON), Ok(()));
        assert_eq!(
            may_send(&[NOON], &[], NOON + MINUTE - 1),
            Err(CodeFault::TooMany { until: NOON + MINUTE })
        );
        assert_eq!(may_send(&[NOON], &[], NOON + MINUTE), Ok(()));
    }

    #[test]
    fn a_phone_is_sent_five_codes_an_hour_and_ten_a_day() {
        let five: Vec<_> = (0..5).map(|n| NOON + n * MINUTE).collect();
        let ten: Vec<_> = (0..10).map(|n| NOON + n * HOUR).collect();

        assert_eq!(
            may_send(&five, &[], NOON + 10 * MINUTE),
            Err(CodeFault::TooMany { until: NOON + HOUR })
        );
        assert_eq!(may_send(&five, &[], NOON + HOUR), Ok(()));
        assert_eq!(
            may_send(&ten, &[], NOON + 12 * HOUR),
            Err(CodeFault::TooMany { until: NOON + DAY })
        );
    }

    #[test]
    fn one_address_asks_for_thirty_codes_an_hour() {
        let many: Vec<_> = (0..30).map(|n| NOON + n).collect();

        assert_eq!(
            may_send(&[], &many, NOON + MINUTE),
            Err(CodeFault::TooMany { until: NOON + HOUR })
        );
        assert_eq!(may_send(&[], &many[1..], NOON + MINUTE), Ok(()));
    }

    #[test]
    fn one_address_tries_sixty_wrong_codes_an_hour() {
        let noon = NOON.div_euclid(HOUR) * HOUR;
        let until = noon + HOUR;

        assert_eq!(may_try(59, noon), Ok(()));
        assert_eq!(may_try(60, noon), Err(CodeFault::TriedTooOften { until }));
        assert_eq!(may_try(60, until - 1), Err(CodeFault::TriedTooOften { until }));
    }

    #[test]
    fn after_signing_in_people_stay_in_this_house() {
        assert_eq!(way_back("/requests/K7QF?tab=all#top"), "/requests/K7QF?tab=all#top");
        for elsewhere in [
            "",
            "requests",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/求助",
            "/a\r\nset-cookie: x=y",
            "/a//evil.example",
            "/.//evil.example",
            "/..//evil.example",
            "/a/../evil",
            "/./a",
            "/%2e%2E/a",
            "/%2E./a",
            "/a/%5cevil.example",
            "/%5C/evil.example",
            "///evil.example",
        ] {
            assert_eq!(way_back(elsewhere), "/", "{elsewhere:?}");
        }
        for here in ["/a.b/..c?x=//y#/../z", "/requests/26-1123-001?__err=a%2E%5C", "/%2f/a"] {
            assert_eq!(way_back(here), here);
        }
    }

    proptest! {
        #[test]
        fn a_browser_that_follows_stays_in_this_house(
            next in "[/.?#%25eEcCfF:@a\\\\\t-]{0,16}", any in ".{0,24}",
        ) {
            let house = Url::parse("https://fifteen.example/sign-in").unwrap();
            for next in [format!("/{next}"), next, format!("/{any}"), any] {
                let there = house.join(way_back(&next)).unwrap();

                prop_assert_eq!(there.origin(), house.origin(), "{:?}", next);
                prop_assert!(!there.path().starts_with("//"), "{:?}", next);
            }
        }
    }

    #[test]
    fn of_ten_thousand_guesses_in_a_day_fifty_are_looked_at() {
        let (mut sent, mut tries, mut looked_at) = (vec![], TRIES, 0);
        for now in (0..10_000).map(|n| NOON + n * DAY / 10_000) {
            if may_send(&sent, &[], now).is_ok() {
                sent.push(now);
                tries = 0;
            }
            tries = tries.saturating_add(1);
            let at = *sent.last().expect("the first may be sent");
            let outcome = Issued { at, tries }.tried(false, now);
            looked_at += usize::from(matches!(outcome, Err(CodeFault::Wrong { .. })));
        }

        assert!(looked_at <= PER_PHONE[2].0 * usize::from(TRIES), "{looked_at}");
    }

    #[test]
    fn where_one_wanted_to_go_travels_whole_in_an_address() {
        assert_eq!(
            leading_to("/proof", "/desk?post=1&tab=a#x"),
            "/proof?next=/desk%3Fpost%3D1%26tab%3Da%23x"
        );
        assert_eq!(leading_to("/proof", "//evil.example"), "/proof?next=/");
    }

    #[test]
    fn the_longest_wait_is_the_one_told() {
        let many: Vec<_> = (0..30).map(|n| NOON + n).collect();

        assert_eq!(
            may_send(&[NOON], &many, NOON + 1),
            Err(CodeFault::TooMany { until: NOON + HOUR })
        );
    }
}
