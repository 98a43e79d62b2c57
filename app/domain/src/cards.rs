//! Door cards 门牌卡 (DOMAIN.md §1): how a household without an account asks for help. The printed
//! square opens what the household asked for and nothing else; the code below it is said on the phone
//! and opens nothing: it tells a captain which door rings.

use crate::{
    Refusal,
    clock::{DAY, HOUR, MINUTE, Millis},
    forms::Fault,
    people::{Actor, Place, Reach},
    permissions::{Act, Subject, can},
    sign_in::CodeFault,
    teams::TeamId,
};
use unicode_normalization::UnicodeNormalization;

/// How many letters a spoken code has.
pub const SPOKEN_LENGTH: usize = 8;

/// Which letters: none that look alike (no 0 and O, 1 and I and L, 5 and S, 2 and Z, 8 and B), and
/// none that sound alike on a bad line (of B, D, E, G, P, T and V only T; of M and N only M).
pub const SPOKEN_LETTERS: &str = "23456789ACFHKMQRTWXY";

/// A scanned card opens for so long; then the card at the door is scanned again. Whoever photographed
/// nothing and only passed by is out the next day.
pub const VISIT: Millis = DAY;

/// How long somebody who is signed in may think about whether to use a scanned card instead.
pub const TO_CHOOSE: Millis = 10 * MINUTE;

/// How many requests one card may file: so many within so long.
pub const FILED_PER_CARD: [(usize, Millis); 2] = [(3, HOUR), (6, DAY)];

/// How many requests cards may file from one address within an hour; a village may share one.
pub const FILED_PER_ADDRESS: i64 = 40;

/// How many photos one card may send within an hour, also such as are not taken: each costs the house
/// more than the words of a request.
pub const PHOTOS_PER_CARD: i64 = 40;

/// How often one card opens within an hour.
pub const OPENED_PER_CARD: i64 = 60;

/// How many squares that are no card's may be tried from one address within an hour.
pub const UNKNOWN_PER_ADDRESS: i64 = 30;

/// How many codes that are no card's one captain may type within an hour.
pub const MISHEARD_PER_CAPTAIN: i64 = 20;

keyed! {
    /// How a card ended.
    pub enum Ending {
        /// Another hangs in its place.
        Replaced = "replaced",
        /// The household has none.
        Revoked = "revoked",
    }
}

/// A spoken code as it is kept, however it was typed.
///
/// # Errors
/// [`Fault::Missing`], or [`Fault::NotAChoice`] for what no card can have.
pub fn spoken(typed: &str) -> Result<String, Fault> {
    let letters: String = typed.nfkc().filter(|letter| letter.is_alphanumeric()).collect();
    let letters = letters.to_uppercase();
    if letters.is_empty() {
        return Err(Fault::Missing);
    }
    let known = letters.chars().all(|letter| SPOKEN_LETTERS.contains(letter));
    if known && letters.len() == SPOKEN_LENGTH { Ok(letters) } else { Err(Fault::NotAChoice) }
}

/// A spoken code as it is printed and said: 7K2M 9QHT.
pub fn in_two(code: &str) -> String {
    match code.split_at_checked(SPOKEN_LENGTH / 2) {
        Some((first, rest)) => format!("{first} {rest}"),
        None => code.to_owned(),
    }
}

/// Whether somebody keeps the cards of a circle: its captain, those above, and staff over it.
///
/// # Errors
/// [`Refusal::NotForYou`], [`Refusal::OutOfReach`].
pub fn may_be_kept_by(who: &Actor, squad: TeamId, at: &Place) -> Result<(), Refusal> {
    let circle = Subject::Over { reach: Reach::Squad(squad), at };
    can(Some(who), Act::KeepCards, circle).map_err(Refusal::from)
}

/// Whether a card may file one more request, given when it filed within the last day, and how many
/// requests cards filed from the address in this hour of the clock.
///
/// # Errors
/// [`CodeFault::TooMany`] with the first moment at which every limit allows it.
pub fn may_file(by_card: &[Millis], from_address: i64, now: Millis) -> Result<(), CodeFault> {
    let card = FILED_PER_CARD.iter().filter_map(|limit| full_until(*limit, by_card, now)).max();
    let address = (from_address >= FILED_PER_ADDRESS).then(|| next_hour(now));
    match card.max(address) {
        Some(until) => Err(CodeFault::TooMany { until }),
        None => Ok(()),
    }
}

/// Whether a count of this hour of the clock has room.
///
/// # Errors
/// [`CodeFault::TriedTooOften`] with the beginning of the next hour.
pub fn has_room(times: i64, most: i64, now: Millis) -> Result<(), CodeFault> {
    if times < most { Ok(()) } else { Err(CodeFault::TriedTooOften { until: next_hour(now) }) }
}

/// Whether a visit that a card opened at `since` still lasts.
pub const fn lasts(since: Millis, now: Millis) -> bool {
    now >= since && now - since < VISIT
}

const fn next_hour(now: Millis) -> Millis {
    (now.div_euclid(HOUR) + 1) * HOUR
}

/// When a limit has room again; none when it has room now.
fn full_until((most, span): (usize, Millis), filed: &[Millis], now: Millis) -> Option<Millis> {
    let mut within: Vec<Millis> = filed.iter().copied().filter(|at| *at > now - span).collect();
    within.sort_unstable_by(|a, b| b.cmp(a));
    within.get(most.checked_sub(1)?).map(|at| at + span)
}

#[cfg(test)]
mod tests;
