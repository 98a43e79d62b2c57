//! The life of one request of the demo county: who did what, and when. Written down before it is
//! lived through the real verbs.

use super::{dice::Dice, people::People, teams::Door, teams::Village, words::Story};
use domain::{
    Millis,
    clock::{HOUR, MINUTE, that_day_at, wall},
    people::Place,
    requests::{
        Urgency,
        reasons::WithdrawReason,
        reasons::{CannotReason, DeclineReason, ReleaseReason, ReopenReason, ReturnReason},
        submission::{Neighbour, Submission},
    },
};
use uuid::Uuid;

/// A person, as their place in the list of people.
pub(super) type Who = usize;

/// What somebody does; a step of the rules with people as places in the list.
#[derive(Clone, Debug)]
pub(super) enum Act {
    Submit,
    Accept,
    Decline(DeclineReason, &'static str),
    Withdraw(WithdrawReason),
    Claim,
    Dispatch(Who),
    TakeUp,
    TurnDown,
    Start,
    Release(Who, ReleaseReason),
    Finish(Vec<(Who, i64)>, &'static str),
    Cannot(CannotReason, &'static str),
    Approve(Vec<(Who, i64)>, Option<&'static str>),
    Return(ReturnReason, &'static str),
    Rate(u8, Option<&'static str>),
    Reopen(ReopenReason),
}

/// A step before its moment is known: who, what, and how many minutes after the one before.
pub(super) type Step = (Who, Act, i64);

/// A step at its moment.
#[derive(Clone, Debug)]
pub(super) struct Dated {
    pub at: Millis,
    pub who: Who,
    pub act: Act,
}

/// Where help is needed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Spot {
    /// At the door of who asks.
    Home,
    /// At a neighbour's, for whom it is asked.
    Of(Who),
    /// Where the lane begins.
    LaneMouth,
}

/// A request from its filing to where it stands now.
#[derive(Clone, Debug)]
pub(super) struct Life {
    pub place: Place,
    pub submission: Submission,
    pub key: Uuid,
    /// The life of which this one says the same.
    pub same_as: Option<usize>,
    pub steps: Vec<Dated>,
}

/// A request before its moments are known.
pub(super) struct Sketch<'a> {
    pub story: Story,
    pub village: &'a Village,
    pub circle: usize,
    pub asker: Who,
    pub spot: Spot,
    pub on_board: bool,
    pub steps: Vec<Step>,
    /// When the last step happened.
    pub last: Millis,
}

impl Sketch<'_> {
    /// Puts every step at its moment, backwards from the last one.
    pub(super) fn life(self, dice: &mut Dice, people: &People, doors: &[Door]) -> Life {
        let (place, label) = self.place(people, doors);
        let neighbour = match self.spot {
            Spot::Of(who) => {
                let person = &people.all[who];
                let called = format!("{}{}", person.surname, person.title);
                Some(Neighbour { called, phone: Some(person.phone.clone()) })
            }
            Spot::Home | Spot::LaneMouth => None,
        };
        let submission = Submission {
            category: self.story.category,
            words: self.story.words.to_owned(),
            urgency: self.story.urgency,
            needed: self.story.needed,
            risks: self.story.risks.map(str::to_owned),
            wanted: self.story.wanted.map(str::to_owned),
            door: label,
            phone: people.all[self.asker].phone.clone(),
            on_board: self.on_board,
            neighbour,
        };
        let key = dice.key(self.last);
        let steps = dated(self.steps, self.last, self.story.urgency, dice);
        Life { place, submission, key, same_as: None, steps }
    }

    fn place(&self, people: &People, doors: &[Door]) -> (Place, Option<String>) {
        let door_of = |who: Who| people.all[who].door.map(|at| &doors[at]);
        let (who, at_home) = match self.spot {
            Spot::Home | Spot::LaneMouth => (self.asker, matches!(self.spot, Spot::Home)),
            Spot::Of(who) => (who, false),
        };
        let door = door_of(who);
        let mut place = self.village.place(self.circle, door.map_or(1, |door| door.position));
        if matches!(self.spot, Spot::LaneMouth) {
            place.door = None;
            return (place, Some("巷口".to_owned()));
        }
        (place, door.filter(|_| !at_home).map(|door| door.label.clone()))
    }
}

impl Life {
    /// When it was filed.
    pub(super) fn filed(&self) -> Millis {
        self.steps.first().map_or(0, |step| step.at)
    }

    /// Who was on it, from when to when; the end of time for those who still are.
    pub(super) fn claims(&self) -> Vec<(Who, Millis, Millis)> {
        let mut claims: Vec<(Who, Millis, Millis)> = vec![];
        for step in &self.steps {
            let ends = |claims: &mut Vec<(Who, Millis, Millis)>, who: Option<Who>| {
                let running = claims.iter_mut().filter(|claim| claim.2 == Millis::MAX);
                for claim in running.filter(|claim| who.is_none_or(|who| who == claim.0)) {
                    claim.2 = step.at;
                }
            };
            match &step.act {
                Act::Claim | Act::TakeUp => claims.push((step.who, step.at, Millis::MAX)),
                Act::Release(who, _) => ends(&mut claims, Some(*who)),
                // What is returned is served again.
                Act::Return(..) => {
                    for claim in &mut claims {
                        claim.2 = Millis::MAX;
                    }
                }
                Act::Finish(..) | Act::Cannot(..) | Act::Withdraw(_) => ends(&mut claims, None),
                Act::Submit | Act::Accept | Act::Decline(..) | Act::Dispatch(_) => {}
                Act::TurnDown | Act::Start | Act::Approve(..) | Act::Rate(..) => {}
                Act::Reopen(_) => {}
            }
        }
        claims
    }
}

/// The moments of the steps, backwards from the last one and in waking hours, but for what is
/// urgent.
fn dated(steps: Vec<Step>, last: Millis, urgency: Urgency, dice: &mut Dice) -> Vec<Dated> {
    let mut at = last;
    let mut dated: Vec<_> = steps
        .into_iter()
        .rev()
        .map(|(who, act, minutes)| {
            let step = Dated { at, who, act };
            let before = at - minutes.max(1) * MINUTE - dice.between(0, 50) * 1000;
            at = if urgency == Urgency::Urgent { before } else { awake(before, dice) };
            step
        })
        .collect();
    dated.reverse();
    dated
}

/// The moment itself, or the evening before it when people were asleep.
pub(super) fn awake(at: Millis, dice: &mut Dice) -> Millis {
    let evening = match wall(at).hour {
        0..6 => that_day_at(at, 6) - 8 * HOUR,
        6..22 => return at,
        _ => that_day_at(at, 22),
    };
    evening - dice.between(2, 400) * MINUTE - dice.between(0, 59) * 1000
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::clock::moment;

    #[test]
    fn steps_follow_each_other_and_nobody_is_up_at_night() {
        let mut dice = Dice::new(1);
        let steps = vec![(0, Act::Submit, 0), (1, Act::Claim, 300), (1, Act::Start, 500)];
        let last = moment(2026, 6, 17, 7, 30).unwrap();

        for _ in 0..50 {
            let dated = dated(steps.clone(), last, Urgency::Normal, &mut dice);

            assert!(dated.windows(2).all(|pair| pair[0].at < pair[1].at));
            assert!(dated.iter().all(|step| (6..22).contains(&wall(step.at).hour)));
            assert_eq!(dated[2].at, last);
        }
    }
}
