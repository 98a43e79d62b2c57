//! Results that come back on paper 照纸上记: the captain enters who helped, for how long and what was done,
//! for volunteers who agreed to that. Who entered it does not approve it.

use super::{Helper, LEAST_MINUTES, MOST_MINUTES, Request};
use crate::{
    Millis, Refusal,
    clock::MINUTE,
    people::{Actor, PersonId},
};

/// Somebody who helped, as the paper says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Came {
    /// Who.
    pub who: Box<Actor>,
    /// How many minutes, without travel.
    pub minutes: u16,
}

impl Request {
    /// Everybody on the paper is on it already, or is somebody whom the captain may ask; there are no
    /// more than places, nobody twice, and never who enters it.
    pub(super) fn check_paper(&self, came: &[Came], who: &Actor) -> Result<(), Refusal> {
        if came.is_empty() {
            return Err(Refusal::MinutesMissing);
        }
        if came.len() > usize::from(self.needed) {
            return Err(Refusal::NotNow(self.state));
        }
        for (at, one) in came.iter().enumerate() {
            let twice = came[..at].iter().any(|other| other.who.id == one.who.id);
            if twice {
                return Err(Refusal::AlreadyHelping);
            }
            if one.who.id == who.id {
                return Err(Refusal::OwnWork);
            }
            if !(LEAST_MINUTES..=MOST_MINUTES).contains(&one.minutes) {
                return Err(Refusal::MinutesOutOfRange);
            }
            if self.helper(one.who.id).is_none() {
                self.may_have_come(&one.who)?;
            }
        }
        Ok(())
    }

    /// As for dispatch; who has paused since may have helped, and who was asked came.
    fn may_have_come(&self, who: &Actor) -> Result<(), Refusal> {
        if who.minor {
            return Err(Refusal::GuardianAlong);
        }
        let helped = Actor { volunteer: who.volunteer || who.paused, ..who.clone() };
        match self.may_be_asked(&helped) {
            Err(Refusal::AlreadyAsked) => Ok(()),
            other => other,
        }
    }

    /// Notes who came; who claimed and is not on the paper is off it.
    pub(super) fn take_paper(
        &mut self,
        came: &[Came],
        words: Option<&String>,
        who: &Actor,
        now: Millis,
    ) {
        let helper = |one: &Came| {
            let before = now - Millis::from(one.minutes) * MINUTE;
            let known = self.helper(one.who.id);
            Helper {
                person: one.who.id,
                called: one.who.called.clone(),
                claimed_at: known.map_or(before, |known| known.claimed_at),
                started_at: Some(known.and_then(|known| known.started_at).unwrap_or(before)),
                minutes: Some(one.minutes),
            }
        };
        self.helpers = came.iter().map(helper).collect();
        self.result = words.cloned();
        self.entered_by = Some(who.id);
    }

    /// Whether somebody entered this from paper or helped with it: then they do not approve it.
    pub fn is_own_work(&self, person: PersonId) -> bool {
        self.helper(person).is_some() || self.entered_by == Some(person)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        people::Reach,
        requests::{State, Step, examples::*, reasons::ReturnReason},
    };

    fn leader() -> Actor {
        captain(13, Reach::Squad(team(3)))
    }

    fn came(who: Actor, minutes: u16) -> Came {
        Came { who: Box::new(who), minutes }
    }

    fn entered(state: State, all: Vec<Came>) -> Result<Request, Refusal> {
        let step = Step::Record(all, Some("修好了".into()));
        request(state).apply(&step, &leader(), facts())
    }

    #[test]
    fn what_the_paper_says_is_done_and_waits_for_another_captain() {
        for state in [State::Open, State::Claimed, State::Serving] {
            let done = entered(state, vec![came(volunteer(11), 40)]).unwrap();

            assert_eq!(
                (done.state, done.entered_by),
                (State::Done, Some(leader().id)),
                "{state:?}"
            );
            let helpers: Vec<_> =
                done.helpers.iter().map(|one| (one.person, one.minutes)).collect();
            assert_eq!(helpers, [(person(11), Some(40))], "who did not come is off it");
            assert_eq!(done.helpers[0].started_at, Some(nine() - 40 * MINUTE));
            assert!(done.offers.is_empty() && done.result.as_deref() == Some("修好了"));
            assert!(done.due > Some(nine()));
        }
    }

    #[test]
    fn who_entered_it_neither_approves_nor_returns_it_and_any_other_captain_does() {
        let done = entered(State::Open, vec![came(volunteer(11), 40)]).unwrap();
        let approve = |who: &Actor| {
            let minutes =
                vec![crate::requests::acting::Minutes { person: person(11), minutes: 40 }];
            done.apply(&Step::Approve(minutes, None), who, facts()).map(|after| after.state)
        };
        let back = Step::Return(ReturnReason::MinutesDoubtful, None);

        assert_eq!(approve(&leader()), Err(Refusal::OwnWork));
        assert_eq!(done.apply(&back, &leader(), facts()).map(|_| ()), Err(Refusal::OwnWork));
        assert_eq!(approve(&captain(14, Reach::Company(team(2)))), Ok(State::Closed));
        let returned = done.apply(&back, &captain(14, Reach::City), facts()).unwrap();
        let minutes = returned.minutes_so_far(nine());
        let again = returned.apply(&Step::Finish(minutes, None), &volunteer(11), facts()).unwrap();
        assert_eq!(again.entered_by, None, "now the helper said it");
    }

    #[test]
    fn only_a_captain_in_reach_enters_and_never_what_they_did_themselves() {
        let mut helping = leader();
        helping.volunteer = true;
        let own = request(State::Open).apply(
            &Step::Record(vec![came(helping.clone(), 40)], None),
            &helping,
            facts(),
        );
        let beside = captain(18, Reach::Squad(team(4)));
        let step = Step::Record(vec![came(volunteer(11), 40)], None);

        assert_eq!(own, Err(Refusal::OwnWork));
        assert_eq!(request(State::Open).apply(&step, &beside, facts()), Err(Refusal::OutOfReach));
        let stranger = request(State::Open).apply(&step, &volunteer(12), facts());
        assert_eq!(stranger, Err(Refusal::NotForYou));
    }

    #[test]
    fn the_paper_is_read_by_the_rules_of_claims() {
        let why = |all| entered(State::Open, all).unwrap_err();
        let minor = Actor { minor: true, ..volunteer(11) };
        let paused = Actor { volunteer: false, paused: true, ..volunteer(11) };
        let two = || vec![came(volunteer(11), 40), came(volunteer(12), 30)];

        assert_eq!(why(vec![]), Refusal::MinutesMissing);
        assert_eq!(why(vec![came(volunteer(11), 4)]), Refusal::MinutesOutOfRange);
        assert_eq!(why(vec![came(volunteer(11), 481)]), Refusal::MinutesOutOfRange);
        assert_eq!(
            why(vec![came(volunteer(11), 9), came(volunteer(11), 9)]),
            Refusal::AlreadyHelping
        );
        assert_eq!(why(vec![came(volunteer(GRANNY), 9)]), Refusal::OwnRequest);
        assert_eq!(why(vec![came(resident(10), 9)]), Refusal::NotAVolunteer);
        assert_eq!(why(vec![came(minor, 9)]), Refusal::GuardianAlong);
        let three = vec![came(volunteer(11), 9), came(volunteer(12), 9), came(volunteer(14), 9)];
        assert_eq!(why(three), Refusal::NotNow(State::Open), "two are wanted");
        assert!(
            entered(State::Open, two()).is_ok()
                && entered(State::Open, vec![came(paused, 9)]).is_ok()
        );
        assert!(
            entered(State::Open, vec![came(volunteer(ASKED), 9)]).is_ok(),
            "who was asked came"
        );
        assert_eq!(entered(State::Done, two()).unwrap_err(), Refusal::NotNow(State::Done));
    }
}
