//! The second proof of those whose word counts over others': who needs it, how long it lasts, how
//! often it may be tried. The first is the code that was sent to the phone.

use crate::{
    clock::{DAY, HOUR, MINUTE, Millis},
    people::{Post, PostKind, Reach},
};
use serde::{Deserialize, Serialize};

/// How long a second proof holds within its session.
pub const PROOF_LIFE: Millis = 12 * HOUR;

/// How old a proof may be for dangerous acts: role changes, exports, reversals in the ledger.
pub const FRESH: Millis = 10 * MINUTE;

/// How long the six digits of an app count, in seconds (RFC 6238).
pub const STEP: i64 = 30;

/// How many recovery codes are made at once.
pub const RECOVERY_CODES: usize = 10;

/// How many letters a recovery code has, and which: none that look alike.
pub const RECOVERY_LENGTH: usize = 12;
/// See [`RECOVERY_LENGTH`].
pub const RECOVERY_LETTERS: &str = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/// How many wrong tries of an account cost no wait.
pub const FREE_TRIES: usize = 5;

/// The wait after the last free try; it doubles with each further one.
pub const FIRST_WAIT: Millis = MINUTE;

/// No wait is longer, whatever somebody else tries.
pub const LONGEST_WAIT: Millis = 15 * MINUTE;

/// How many wrong tries may come from one address: so many within so long.
pub const PER_ADDRESS: (usize, Millis) = (30, HOUR);

/// How many wrong recovery codes an account takes from one address: so many within so long. They
/// are counted apart, so nobody who guesses at digits keeps the owner from using one.
pub const RECOVERY_PER_ADDRESS: (usize, Millis) = (10, HOUR);

/// How long after the code from the phone a first second proof may be set up.
pub const TO_SET_UP: Millis = 30 * MINUTE;

/// How far back wrong tries count.
pub const MEMORY: Millis = DAY;

/// Why a second proof was not taken. Worded with the other refusals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum ProofFault {
    /// Password, digits or recovery code: which of them is not told.
    #[error("a wrong second proof")]
    Wrong,
    /// Too many wrong ones.
    #[error("too many wrong second proofs")]
    Wait {
        /// When the next may be tried.
        until: Millis,
    },
    /// There is nothing to prove with yet.
    #[error("no second proof is set up")]
    NotSetUp,
    /// The digits are those of an app that has not been begun, or was begun too long ago.
    #[error("no app is being set up")]
    NotBegun,
    /// This house has no key to keep secrets with.
    #[error("no key to keep secrets with")]
    NoKey,
}

/// Whether somebody with these posts has their powers only after a second proof: all staff, and
/// captains of more than a squad. A squad's captain is a neighbour, perhaps with an old phone.
pub fn must_prove(posts: &[Post]) -> bool {
    posts.iter().any(|post| match (post.kind, post.reach) {
        (PostKind::Captain, Reach::Squad(_)) => false,
        (PostKind::Staff, _)
        | (
            PostKind::Captain,
            Reach::City | Reach::Township(_) | Reach::Village(_) | Reach::Company(_),
        ) => true,
    })
}

/// Whether the posts wait for a second proof: they must, or their holder has set one up.
pub fn posts_wait(posts: &[Post], set_up: bool) -> bool {
    must_prove(posts) || (set_up && !posts.is_empty())
}

/// Whether a proof still holds in its session.
pub const fn holds(proved_at: Millis, now: Millis) -> bool {
    now >= proved_at && now - proved_at < PROOF_LIFE
}

/// Whether a proof is new enough for dangerous acts.
pub const fn is_fresh(proved_at: Millis, now: Millis) -> bool {
    now >= proved_at && now - proved_at < FRESH
}

/// Whether password, app and recovery codes may be changed: by a fresh proof where there is one to
/// give, else soon after the code from the phone.
pub fn may_change(set_up: bool, entered: Millis, proved: Option<Millis>, now: Millis) -> bool {
    if set_up {
        proved.is_some_and(|at| is_fresh(at, now))
    } else {
        now >= entered && now - entered < TO_SET_UP
    }
}

/// The steps of which digits count at `now`: this one, the one before, the one after.
pub const fn steps(now: Millis) -> [i64; 3] {
    let step = now.div_euclid(STEP * 1_000);
    [step, step - 1, step + 1]
}

/// Which step the digits are of, when they may still be used: no step counts twice, and none
/// before one that counted. `is_of` says whether the digits are those of a step.
pub fn step_of(now: Millis, last_used: i64, is_of: impl Fn(i64) -> bool) -> Option<i64> {
    // Every step is looked at, so that the time taken tells nothing.
    let found: Vec<i64> = steps(now).into_iter().filter(|step| is_of(*step)).collect();
    found.into_iter().filter(|step| *step > last_used).min()
}

/// Whether one more second proof may be tried, given when wrong ones were: for this account since
/// its last right one, and from the address.
///
/// # Errors
/// [`ProofFault::Wait`] with the first moment at which both allow it.
pub fn may_try(account: &[Millis], address: &[Millis], now: Millis) -> Result<(), ProofFault> {
    let until = [account_waits(account, now), full_until(PER_ADDRESS, address, now)];
    wait(until.into_iter().flatten().max())
}

/// Whether one more recovery code may be tried, given when wrong ones were for this account from
/// this address, and anything wrong from the address.
///
/// # Errors
/// [`ProofFault::Wait`].
pub fn may_recover(here: &[Millis], address: &[Millis], now: Millis) -> Result<(), ProofFault> {
    let until =
        [full_until(RECOVERY_PER_ADDRESS, here, now), full_until(PER_ADDRESS, address, now)];
    wait(until.into_iter().flatten().max())
}

fn wait(until: Option<Millis>) -> Result<(), ProofFault> {
    match until {
        Some(until) => Err(ProofFault::Wait { until }),
        None => Ok(()),
    }
}

fn account_waits(failed: &[Millis], now: Millis) -> Option<Millis> {
    let within: Vec<Millis> = failed.iter().copied().filter(|at| *at > now - MEMORY).collect();
    let beyond = within.len().checked_sub(FREE_TRIES)?;
    let doublings = u32::try_from(beyond).unwrap_or(u32::MAX).min(10);
    let wait = (FIRST_WAIT << doublings).min(LONGEST_WAIT);
    within.into_iter().max().map(|last| last + wait).filter(|until| *until > now)
}

/// When a limit has room again; none when it has room now.
fn full_until((most, span): (usize, Millis), tried: &[Millis], now: Millis) -> Option<Millis> {
    let mut within: Vec<Millis> = tried.iter().copied().filter(|at| *at > now - span).collect();
    within.sort_unstable_by(|a, b| b.cmp(a));
    within.get(most.checked_sub(1)?).map(|at| at + span)
}

#[cfg(test)]
mod tests;
