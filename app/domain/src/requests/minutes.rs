//! How long each helper was there: minutes, without travel.

use super::{LEAST_MINUTES, MOST_MINUTES, Request};
use crate::{Millis, Refusal, clock::MINUTE, people::PersonId};

/// Minutes of one helper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Minutes {
    /// Whose.
    pub person: PersonId,
    /// How many, without travel.
    pub minutes: u16,
}

impl Request {
    /// The minutes of every helper when nobody says others: since they arrived, within the bounds; none
    /// for who has not arrived.
    pub fn minutes_so_far(&self, now: Millis) -> Vec<Minutes> {
        let so_far = |since: Millis| {
            let passed = u16::try_from((now - since) / MINUTE).unwrap_or(MOST_MINUTES);
            passed.clamp(LEAST_MINUTES, MOST_MINUTES)
        };
        let of = |helper: &super::Helper| Minutes {
            person: helper.person,
            minutes: helper.started_at.map_or(0, so_far),
        };
        self.helpers.iter().map(of).collect()
    }

    /// Every helper's and nobody else's, within the bounds.
    pub(super) fn check_minutes(&self, minutes: &[Minutes]) -> Result<(), Refusal> {
        let complete = minutes.len() == self.helpers.len()
            && self
                .helpers
                .iter()
                .all(|helper| minutes.iter().any(|one| one.person == helper.person));
        if !complete {
            Err(Refusal::MinutesMissing)
        } else if minutes.iter().all(|one| one.minutes == 0)
            || !minutes.iter().all(|one| self.may_count(*one))
        {
            Err(Refusal::MinutesOutOfRange)
        } else {
            Ok(())
        }
    }

    /// Within the bounds; none at all for who never came.
    fn may_count(&self, one: Minutes) -> bool {
        let came = self.helper(one.person).is_none_or(|helper| helper.started_at.is_some());
        (LEAST_MINUTES..=MOST_MINUTES).contains(&one.minutes) || one.minutes == 0 && !came
    }

    /// Notes what was reported or approved; who never came is off it.
    pub(super) fn take_minutes(&mut self, minutes: &[Minutes]) {
        for helper in &mut self.helpers {
            let given = minutes.iter().find(|one| one.person == helper.person);
            helper.minutes = given.map(|one| one.minutes).or(helper.minutes);
        }
        self.helpers.retain(|helper| helper.minutes != Some(0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::requests::{State, Step, examples::*};

    #[test]
    fn who_says_only_that_it_is_done_reports_the_time_since_each_arrived() {
        let mut two = request(State::Serving);
        two.helpers.push(helper(11));
        let minutes = |minutes| {
            let all = two.minutes_so_far(nine() - 1 + minutes * MINUTE);
            all.into_iter().map(|one| one.minutes).collect::<Vec<_>>()
        };

        assert_eq!([minutes(35), minutes(0), minutes(9_000)], [[35, 0], [5, 0], [480, 0]]);
        let done = Step::Finish(two.minutes_so_far(nine()), None);
        let after = two.apply(&done, &resident(GRANNY), facts()).unwrap();
        assert_eq!(after.state, State::Done);
    }
}
