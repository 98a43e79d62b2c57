//! The ladder of captains, and what the clock does: a deadline that passed raises a request to the
//! captain above, a claim that nobody began and an offer that nobody answered go back, and once before
//! a deadline it is told.

#[cfg(test)]
mod tests;

use super::{
    Facts, Move, Request, State,
    deadlines::Deadlines,
    moves::{Guard, Rule},
};
use crate::{
    Millis, Refusal,
    people::{Actor, PersonId, Reach},
    teams::TeamKind,
};
use serde::{Deserialize, Serialize};

keyed! {
    /// A rung of the ladder, the nearest first. Where a post is vacant the captain above covers it.
    pub enum Rung {
        /// 小队.
        Squad = "squad",
        /// 中队.
        Company = "company",
        /// 大队, 实践站.
        Brigade = "brigade",
        /// 支队, 实践所.
        Detachment = "detachment",
        /// 总队, 实践中心.
        Corps = "corps",
    }
}

impl Rung {
    /// The rung of a kind of team; none for those beside the ladder.
    pub const fn of(kind: TeamKind) -> Option<Self> {
        match kind {
            TeamKind::Squad => Some(Self::Squad),
            TeamKind::Company => Some(Self::Company),
            TeamKind::Brigade => Some(Self::Brigade),
            TeamKind::Detachment => Some(Self::Detachment),
            TeamKind::Corps => Some(Self::Corps),
            TeamKind::Branch => None,
        }
    }

    /// The rung on which a post of this reach stands.
    pub const fn of_reach(reach: Reach) -> Self {
        match reach {
            Reach::City => Self::Corps,
            Reach::Township(_) => Self::Detachment,
            Reach::Village(_) => Self::Brigade,
            Reach::Company(_) => Self::Company,
            Reach::Squad(_) => Self::Squad,
        }
    }

    /// Whose turn it is for what stands here: the first that is led, from here upwards. `led` is
    /// the nearest first.
    pub fn holder(self, led: &[Self]) -> Option<Self> {
        led.iter().copied().find(|rung| *rung >= self)
    }

    /// The next that is led above whose turn it is; none at the top.
    pub fn next(self, led: &[Self]) -> Option<Self> {
        let holder = self.holder(led)?;
        led.iter().copied().find(|rung| *rung > holder)
    }
}

/// Where a request stands on the ladder, and what the clock has done about its deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Climb {
    /// On which rung. It stays there until it is over, or reopened.
    pub rung: Rung,
    /// How often it rose in this state: each time halves the next deadline.
    pub rises: u8,
    /// The first deadline that was missed in this state.
    pub late: Option<Millis>,
    /// This deadline was extended; it can be once.
    pub extended: bool,
    /// This deadline was told beforehand.
    pub reminded: bool,
}

impl Default for Climb {
    fn default() -> Self {
        Self { rung: Rung::Squad, rises: 0, late: None, extended: false, reminded: false }
    }
}

/// Why a captain cannot hand a request up, or extend its deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Hindrance {
    /// It has gone up: a captain above deals with it.
    #[error("it stands on a rung above")]
    RaisedAbove,
    /// Nobody is above.
    #[error("nobody is above")]
    Top,
    /// The deadline has passed.
    #[error("the deadline has passed")]
    Passed,
    /// It was extended before.
    #[error("extended already")]
    ExtendedAlready,
}

/// What the clock does to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tick {
    /// Its deadline passed: it rises, or stays at the top.
    Raise,
    /// This helper did not come in time: the claim is given back.
    Release(PersonId),
    /// This volunteer did not answer the captain in time: the offer is taken back.
    Lapse(PersonId),
    /// Its deadline is near.
    Remind,
}

impl Tick {
    /// The move of the table; a reminder moves nothing.
    pub const fn mv(self) -> Option<Move> {
        match self {
            Self::Raise => Some(Move::Raise),
            Self::Release(_) => Some(Move::Release),
            Self::Lapse(_) => Some(Move::TurnDown),
            Self::Remind => None,
        }
    }
}

impl Request {
    /// When the clock has to look at it next; none once it is over.
    pub fn alarm(&self, deadlines: &Deadlines) -> Option<Millis> {
        let due = self.due?;
        let waits = [self.stale(deadlines), self.unanswered(deadlines)].into_iter().flatten();
        let first = waits.map(|(at, _)| at).fold(due, Millis::min);
        Some(if self.climb.reminded { first } else { first.min(self.remind_at(due, deadlines)) })
    }

    /// The first thing that the clock has to do at this moment, and the request after it; none when
    /// nothing is due. However long the clock stood still, one deadline is missed once. `led` are the
    /// rungs that are led, the nearest first.
    pub fn ticked(&self, led: &[Rung], facts: Facts) -> Option<(Tick, Self)> {
        let Facts { now, deadlines, .. } = facts;
        let due = self.due?;
        let mut after = self.clone();
        if due <= now {
            after.miss(led, facts);
            return Some((Tick::Raise, after));
        }
        if let Some((_, helper)) = self.stale(&deadlines).filter(|(at, _)| *at <= now) {
            after.helpers.retain(|one| one.person != helper);
            after.settle(Rule::of(Move::Release), facts);
            return Some((Tick::Release(helper), after));
        }
        if let Some((_, asked)) = self.unanswered(&deadlines).filter(|(at, _)| *at <= now) {
            after.offers.retain(|one| one.person != asked);
            return Some((Tick::Lapse(asked), after));
        }
        if !self.climb.reminded && self.remind_at(due, &deadlines) <= now {
            after.climb.reminded = true;
            return Some((Tick::Remind, after));
        }
        None
    }

    /// By when somebody who claimed must have begun; none once they are there.
    pub fn start_by(&self, helper: PersonId, deadlines: &Deadlines) -> Option<Millis> {
        let helper = self.helper(helper).filter(|one| one.started_at.is_none())?;
        (self.state == State::Claimed).then(|| deadlines.start_by(self.urgency, helper.claimed_at))
    }

    /// By when the first of those who claimed must have begun; none when nobody has to.
    pub fn first_start_by(&self, deadlines: &Deadlines) -> Option<Millis> {
        self.stale(deadlines).map(|(at, _)| at)
    }

    /// By when somebody whom the captain asked has to answer; none for whom nobody asked.
    pub fn answer_by(&self, asked: PersonId, deadlines: &Deadlines) -> Option<Millis> {
        let offer = self.offers.iter().find(|one| one.person == asked)?;
        Some(deadlines.answer_by(self.urgency, offer.at))
    }

    /// The deadline with as much again as half of its length.
    pub fn extended_to(&self, deadlines: &Deadlines) -> Option<Millis> {
        let missed = self.climb.rises.saturating_add(1);
        self.due.map(|due| deadlines.again(self.state, self.urgency, missed, due))
    }

    /// A deadline has passed.
    fn miss(&mut self, led: &[Rung], facts: Facts) {
        let late = self.climb.late.or(self.due);
        match self.climb.rung.next(led) {
            Some(above) => self.rise(above, facts),
            None => {
                let Facts { now, deadlines, .. } = facts;
                let rises = self.climb.rises;
                self.due = Some(deadlines.at_the_top(self.state, self.urgency, rises, now));
                self.climb = Climb { extended: false, reminded: false, ..self.climb };
            }
        }
        self.climb.late = late;
    }

    /// Rises to a rung, with a deadline of half the length.
    pub(super) fn rise(&mut self, to: Rung, facts: Facts) {
        let Facts { now, deadlines, .. } = facts;
        let rises = self.climb.rises.saturating_add(1);
        self.due = Some(deadlines.again(self.state, self.urgency, rises, now));
        self.climb =
            Climb { rung: to, rises, extended: false, reminded: false, late: self.climb.late };
    }

    /// The deadline gets half as long again.
    pub(super) fn extend(&mut self, deadlines: &Deadlines) {
        self.due = self.extended_to(deadlines);
        self.climb = Climb { extended: true, reminded: false, ..self.climb };
    }

    /// Whether a guard of the ladder holds.
    pub(super) fn lets_climb(&self, guard: Guard, who: &Actor, now: Millis) -> Result<(), Refusal> {
        let stands =
            |reach: Reach| reach.covers(&self.place) && Rung::of_reach(reach) >= self.climb.rung;
        let (held, hindrance) = match guard {
            Guard::OnTheirRung => {
                (who.posts.iter().any(|post| stands(post.reach)), Hindrance::RaisedAbove)
            }
            Guard::Above => (self.climb.rung < Rung::Corps, Hindrance::Top),
            Guard::InTime => (self.due.is_some_and(|due| now < due), Hindrance::Passed),
            Guard::NotExtended => (!self.climb.extended, Hindrance::ExtendedAlready),
            _ => return Ok(()),
        };
        if held { Ok(()) } else { Err(hindrance.into()) }
    }

    /// The claim that must be begun first, and by when.
    fn stale(&self, deadlines: &Deadlines) -> Option<(Millis, PersonId)> {
        let by = |one: &super::Helper| Some((self.start_by(one.person, deadlines)?, one.person));
        self.helpers.iter().filter_map(by).min()
    }

    /// The offer that must be answered first, and by when.
    fn unanswered(&self, deadlines: &Deadlines) -> Option<(Millis, PersonId)> {
        let by = |one: &super::Offer| (deadlines.answer_by(self.urgency, one.at), one.person);
        self.offers.iter().map(by).min()
    }

    fn remind_at(&self, due: Millis, deadlines: &Deadlines) -> Millis {
        let Climb { rises, .. } = self.climb;
        let of_due = deadlines.remind_at(self.state, self.urgency, rises, due);
        let Some((start, who)) = self.stale(deadlines) else { return of_due };
        let claimed = self.helper(who).map_or(start, |one| one.claimed_at);
        of_due.min(deadlines.shortly_before(self.urgency, start, (start - claimed) / 4))
    }
}
