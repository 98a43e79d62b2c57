//! What the town remembers of its requests: the other side of every comparison with the books.

use domain::{
    Millis,
    clock::DAY,
    people::PersonId,
    requests::{Request, State},
};
use std::collections::BTreeMap;

/// How long somebody still comes back to what is over.
const TALKED_OF: Millis = 9 * DAY;

/// One request.
pub(super) struct Known {
    /// As the last step left it.
    pub request: Request,
    /// Rows of its history.
    pub rows: i64,
    /// Of these, deadlines that passed.
    pub passed: i64,
    /// When the clock has to look at it next, as the books say.
    pub alarm: Option<Millis>,
}

/// All of them.
#[derive(Default)]
pub(super) struct Remembered {
    pub all: Vec<Known>,
    /// Places of those that run or are still talked of.
    pub current: Vec<usize>,
    /// Approved minutes of each.
    pub minutes: BTreeMap<PersonId, i64>,
}

impl Remembered {
    /// Remembers a new one; its place.
    pub(super) fn add(&mut self, known: Known) -> usize {
        self.all.push(known);
        self.current.push(self.all.len() - 1);
        self.all.len() - 1
    }

    /// Those at which the clock looks now.
    pub(super) fn due(&self, now: Millis) -> Vec<usize> {
        let due = |at: &&usize| self.all[**at].alarm.is_some_and(|alarm| alarm <= now);
        self.current.iter().filter(due).copied().collect()
    }

    /// Lets go of what is long over.
    pub(super) fn let_go(&mut self, now: Millis) {
        let all = &self.all;
        self.current.retain(|at| {
            let request = &all[*at].request;
            request.state.is_running() || now - request.since < TALKED_OF
        });
    }

    /// The minutes of a round that was approved count for good.
    pub(super) fn approve(&mut self, request: &Request) -> i64 {
        let mut sum = 0;
        for helper in &request.helpers {
            let minutes = i64::from(helper.minutes.unwrap_or_default());
            *self.minutes.entry(helper.person).or_default() += minutes;
            sum += minutes;
        }
        sum
    }
}

/// What must hold of every request at every moment, whoever moved it (DOMAIN.md §2).
pub(super) fn fault(request: &Request) -> Option<String> {
    let helpers = &request.helpers;
    let twice = helpers
        .iter()
        .enumerate()
        .any(|(at, one)| helpers[..at].iter().any(|other| other.person == one.person));
    let on_it =
        matches!(request.state, State::Claimed | State::Serving | State::Done | State::Closed);
    let what = if request.state.is_running() != request.due.is_some() {
        "runs without a deadline, or has one though it is over"
    } else if request.due.is_some_and(|due| due <= request.since) && request.state != State::Serving
    {
        "was late as soon as it came there"
    } else if helpers.len() > usize::from(request.needed) {
        "has more helpers than places"
    } else if twice {
        "has a helper twice"
    } else if request.state != State::Withdrawn && on_it == helpers.is_empty() {
        "is on its way without helpers, or has some and is not"
    } else if helpers.iter().any(|one| request.is_own(one.person)) {
        "is helped by whose it is"
    } else {
        return None;
    };
    Some(format!("{} {what}: {:?}", request.code, request.state))
}
