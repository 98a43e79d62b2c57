//! The rights of a person over what is kept about them (PIPL §§44–47): a copy, a correction, being
//! erased. The limits of each, as values.

use crate::{Millis, clock::DAY, people::Actor, requests::State, standing::Standing};
use serde::{Deserialize, Serialize};

/// Between asking to be erased and being it: the way back.
pub const WAY_BACK: Millis = 7 * DAY;

/// Copies that one may fetch within [`DAY`].
pub const COPIES_A_DAY: usize = 3;

/// The longest words of a correction and of its answer, in characters.
pub const LONGEST_WORDS: u16 = 500;

/// What stands in the place of the name of somebody who has left. Names are not translated.
pub const GONE: &str = "已注销";

/// What stands in the place of the words of somebody who has left, where nobody but the captain was
/// to read them.
pub const WORDS_GONE: &str = "（本人已注销，原话已删）";

keyed! {
    /// What somebody cannot correct by themselves.
    pub enum Correctable {
        /// The door in the books.
        Door = "door",
        /// The village or the circle.
        Place = "place",
        /// The number or the register of volunteers.
        Volunteer = "volunteer",
        /// The minutes of a service.
        Minutes = "minutes",
        /// Something in a request that is over.
        Request = "request",
        /// Anything else.
        Other = "other",
    }
}

/// Why a right cannot be used just now. The person can act on each of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Hindrance {
    /// Helps somebody now: finish, or give it back.
    #[error("a claim is running")]
    ClaimRunning,
    /// Leads a team or works for a unit: hand it over first.
    #[error("a post is held")]
    PostHeld,
    /// Somebody is there to help: finish first.
    #[error("a helper is there")]
    BeingHelped,
    /// Blocked: appeal, or wait until it ends; a new account would walk around it.
    #[error("not while blocked")]
    WhileBlocked,
    /// Fetched [`COPIES_A_DAY`] copies within a day.
    #[error("too many copies today")]
    EnoughCopies,
    /// Another account has this phone.
    #[error("this phone has an account")]
    PhoneTaken,
    /// It is the phone that the account has.
    #[error("this is the phone already")]
    SamePhone,
    /// So many corrections wait for their answer already.
    #[error("enough corrections wait")]
    EnoughAsked,
    /// Somebody else has answered it.
    #[error("answered already")]
    AnsweredAlready,
}

/// What holds somebody who wants to leave, as the books know it.
#[derive(Clone, Debug, Default)]
pub struct Ties {
    /// Claims of theirs that run: claimed or serving.
    pub open_claims: u8,
    /// Posts that they hold, also those that rest.
    pub posts: usize,
    /// The states of their own requests that run.
    pub asked: Vec<State>,
}

/// Whether somebody may ask to be erased now.
///
/// # Errors
/// What is to be done first.
pub fn may_leave(who: &Actor, ties: &Ties) -> Result<(), Hindrance> {
    if matches!(who.standing, Standing::Blocked { .. }) {
        Err(Hindrance::WhileBlocked)
    } else if ties.posts > 0 {
        Err(Hindrance::PostHeld)
    } else if ties.open_claims > 0 {
        Err(Hindrance::ClaimRunning)
    } else if ties.asked.contains(&State::Serving) {
        Err(Hindrance::BeingHelped)
    } else {
        Ok(())
    }
}

/// Corrections of one person that may wait at a time.
pub const MOST_WAITING: i64 = 3;

/// Whether one more copy may be fetched, given when the last ones were.
///
/// # Errors
/// [`Hindrance::EnoughCopies`].
pub fn may_fetch(before: &[Millis], now: Millis) -> Result<(), Hindrance> {
    let within_a_day = before.iter().filter(|at| **at > now - DAY).count();
    if within_a_day < COPIES_A_DAY { Ok(()) } else { Err(Hindrance::EnoughCopies) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{abuse::BlockReason, requests::examples::resident};

    #[test]
    fn nobody_leaves_while_somebody_counts_on_them() {
        let who = resident(1);
        let free = Ties::default();
        let held = |change: fn(&mut Ties)| {
            let mut ties = Ties::default();
            change(&mut ties);
            may_leave(&who, &ties)
        };

        assert_eq!(may_leave(&who, &free), Ok(()));
        assert_eq!(held(|ties| ties.open_claims = 1), Err(Hindrance::ClaimRunning));
        assert_eq!(held(|ties| ties.posts = 1), Err(Hindrance::PostHeld));
        assert_eq!(held(|ties| ties.asked = vec![State::Serving]), Err(Hindrance::BeingHelped));
        for state in [State::Submitted, State::Open, State::Claimed, State::Done] {
            let ties = Ties { asked: vec![state], ..Ties::default() };
            assert_eq!(may_leave(&who, &ties), Ok(()), "{state:?}");
        }
    }

    #[test]
    fn nobody_walks_around_a_block_by_leaving() {
        let standing = Standing::Blocked { until: None, reason: BlockReason::Pay };
        let blocked = Actor { standing, ..resident(1) };

        assert_eq!(may_leave(&blocked, &Ties::default()), Err(Hindrance::WhileBlocked));
    }

    #[test]
    fn three_copies_a_day_and_the_fourth_when_the_first_is_a_day_old() {
        let now = 10 * DAY;
        let before = [now - DAY + 1, now - 2, now - 1];

        assert_eq!(may_fetch(&before[1..], now), Ok(()));
        assert_eq!(may_fetch(&before, now), Err(Hindrance::EnoughCopies));
        assert_eq!(may_fetch(&before, now + 1), Ok(()));
    }
}
