//! Making a move: the table of moves enforced, then what the move changes.

use super::{
    Helper, LONGEST_NOTE, MOST_OPEN_CLAIMS, Move, Offer, Request, State,
    climb::{self, Climb},
    deadlines::Deadlines,
    moves::{Guard, Part, Rule, To},
    privacy::CONTACT_LIFE,
    reasons::DeclineReason,
};
use crate::{
    Millis, Refusal,
    beside::Hindrance,
    clock::DAY,
    people::{Actor, PersonId},
    permissions::{Act, Denied},
};

pub use super::{minutes::Minutes, steps::Step};

/// How long a closed request can be reopened.
const REOPEN_WITHIN: Millis = 7 * DAY;

/// What the rules need to know beside the request: counted in the same transaction.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// The moment of the move.
    pub now: Millis,
    /// Open claims of who acts: claimed or serving, in all requests.
    pub open_claims: u8,
    /// The deadlines that hold at that moment.
    pub deadlines: Deadlines,
}

impl Facts {
    /// These, with the deadlines of DOMAIN.md: for all but what sets a deadline.
    pub fn of(now: Millis, open_claims: u8) -> Self {
        Self { now, open_claims, deadlines: Deadlines::default() }
    }
}

impl Request {
    /// The request after the move, or why not.
    ///
    /// # Errors
    /// A [`Refusal`] that says who, when or what is in the way; the request is unchanged.
    pub fn apply(&self, step: &Step, who: &Actor, facts: Facts) -> Result<Self, Refusal> {
        self.may(step.mv(), who, facts)?;
        // Only now: until they act they see every button as before.
        who.standing.allows(Act::Make(step.mv()), false).map_err(Refusal::from)?;
        self.check(step, who)?;
        let mut after = self.clone();
        after.change(step, who, facts);
        after.settle(Rule::of(step.mv()), facts);
        Ok(after)
    }

    /// The moves that this person can make now, in the order of the table: the buttons.
    pub fn moves_for(&self, who: &Actor, facts: Facts) -> Vec<Move> {
        Move::ALL.iter().copied().filter(|mv| self.may(*mv, who, facts).is_ok()).collect()
    }

    /// Whether this person can make this move now.
    ///
    /// # Errors
    /// The first [`Refusal`] in the order of the table: the part, the state, then the guards.
    pub fn may(&self, mv: Move, who: &Actor, facts: Facts) -> Result<(), Refusal> {
        let rule = Rule::of(mv);
        if !rule.who.iter().any(|part| self.plays(*part, who)) {
            return Err(self.why_not_for(rule, who));
        }
        match who.standing.allows(Act::Make(mv), false) {
            Ok(()) | Err(Denied::AgreeFirst) => {}
            Err(denied) => return Err(denied.into()),
        }
        if !rule.from.contains(&self.state) {
            return Err(self
                .taken()
                .filter(|_| mv == Move::Claim)
                .unwrap_or(Refusal::NotNow(self.state)));
        }
        rule.guards.iter().try_for_each(|guard| self.holds(*guard, who, facts))
    }

    /// Whether the person plays this part here.
    pub fn plays(&self, part: Part, who: &Actor) -> bool {
        match part {
            Part::Requester => who.id == self.asked_by,
            Part::Volunteer => who.volunteer,
            Part::Asked => self.has_offer_for(who.id),
            Part::Helper => self.helper(who.id).is_some(),
            Part::Captain => who.is_captain_over(&self.place),
            Part::Staff => who.is_staff_over(&self.place),
            Part::Named => self.named == Some(who.id),
            Part::Clock => false,
        }
    }

    /// Whether every guard of a move that is about the person holds: those that stay the same
    /// however long they wait.
    pub(crate) fn suits(&self, mv: Move, who: &Actor) -> bool {
        let any_time = Facts::of(self.since, 0);
        let about_the_person = Rule::of(mv).guards.iter().filter(|guard| guard.is_about_who());
        about_the_person.into_iter().all(|guard| self.holds(*guard, who, any_time).is_ok())
    }

    fn why_not_for(&self, rule: &Rule, who: &Actor) -> Refusal {
        let for_a_post = rule.who.iter().any(|part| matches!(part, Part::Captain | Part::Staff));
        if rule.who.contains(&Part::Volunteer) {
            if who.paused { Refusal::Paused } else { Refusal::NotAVolunteer }
        } else if rule.who.contains(&Part::Asked) {
            Refusal::NotAsked
        } else if for_a_post && !who.posts.is_empty() {
            Refusal::OutOfReach
        } else {
            Refusal::NotForYou
        }
    }

    fn holds(&self, guard: Guard, who: &Actor, facts: Facts) -> Result<(), Refusal> {
        let (held, refusal) = match guard {
            Guard::OnBoard => (self.on_board, Refusal::NotForYou),
            Guard::SameVillage => (who.lives_in_village_of(&self.place), Refusal::NotFromHere),
            Guard::NotOwn => (!self.is_own(who.id), Refusal::OwnRequest),
            Guard::NotYetHelping => (self.helper(who.id).is_none(), Refusal::AlreadyHelping),
            Guard::PlaceLeft => {
                (self.places_left() > 0, self.taken().unwrap_or(Refusal::NotNow(self.state)))
            }
            Guard::FewClaims => {
                (facts.open_claims < MOST_OPEN_CLAIMS, Refusal::TooManyClaims(MOST_OPEN_CLAIMS))
            }
            Guard::FourEyes => (!self.is_own_work(who.id), Refusal::OwnWork),
            Guard::NotThere => {
                let there = self.helper(who.id).is_some_and(|helper| helper.started_at.is_some());
                (!there, Refusal::AlreadyThere)
            }
            Guard::NotRated => (self.rating.is_none(), Refusal::AlreadyRated),
            Guard::WithinWeek => (facts.now <= self.since + REOPEN_WITHIN, Refusal::TooLate),
            Guard::NotReopened => (!self.reopened, Refusal::AlreadyReopened),
            Guard::WithinMonth => {
                let recent = facts.now < self.since + CONTACT_LIFE;
                (self.state.is_running() || recent, Refusal::NotNow(self.state))
            }
            Guard::OnTheirRung | Guard::Above | Guard::InTime | Guard::NotExtended => {
                return self.lets_climb(guard, who, facts.now);
            }
        };
        if held { Ok(()) } else { Err(refusal) }
    }

    /// Who was first, and when: told to whoever came a moment later.
    fn taken(&self) -> Option<Refusal> {
        let last = self.helpers.iter().max_by_key(|helper| helper.claimed_at)?;
        Some(Refusal::Taken { by: last.called.clone(), at: last.claimed_at })
    }

    /// What the step brings along must be right as well.
    fn check(&self, step: &Step, who: &Actor) -> Result<(), Refusal> {
        if step.note().is_some_and(|note| note.chars().count() > usize::from(LONGEST_NOTE)) {
            return Err(Refusal::NoteTooLong);
        }
        match step {
            Step::Claim | Step::TakeUp if who.minor => Err(Refusal::GuardianAlong),
            Step::Dispatch(volunteer) => self.may_be_asked(volunteer),
            Step::Release(person, _) if *person != who.id || self.helper(*person).is_none() => {
                self.may_be_released_by(who, *person)
            }
            Step::Finish(minutes, _) => self.check_minutes(minutes),
            Step::Record(came, _) => self.check_paper(came, who),
            Step::Approve(minutes, reason) => {
                self.check_minutes(minutes)?;
                let changed = minutes.iter().any(|one| {
                    self.helper(one.person).and_then(|h| h.minutes) != Some(one.minutes)
                });
                if changed && reason.is_none() { Err(Refusal::ReasonMissing) } else { Ok(()) }
            }
            Step::Decline(DeclineReason::Referred, _) => Err(Hindrance::WhereMissing.into()),
            Step::Refer(office, None) | Step::ReferOn(office, None) if office.needs_words() => {
                Err(Hindrance::WhereMissing.into())
            }
            Step::Rate(rating) if !(1..=5).contains(&rating.stars) => Err(Refusal::StarsOutOfRange),
            Step::DropPhoto(whose, ..) if *whose != who.id && !self.lets_take_down(who) => {
                Err(Refusal::NotForYou)
            }
            Step::Raise(to, ..) if *to <= self.climb.rung => {
                Err(climb::Hindrance::RaisedAbove.into())
            }
            Step::Accept
            | Step::Decline(..)
            | Step::Refer(..)
            | Step::ReferOn(..)
            | Step::Withdraw(_)
            | Step::Claim
            | Step::ClaimAlong
            | Step::TakeUp
            | Step::TakeUpAlong
            | Step::TurnDown
            | Step::Start
            | Step::Release(..)
            | Step::Cannot(..)
            | Step::Return(..)
            | Step::Rate(..)
            | Step::Reopen(_)
            | Step::TakeOver
            | Step::Raise(..)
            | Step::Extend(..)
            | Step::AddPhotos
            | Step::DropPhoto(..)
            | Step::Merge(_)
            | Step::ToDeeds(_) => Ok(()),
        }
    }

    /// A captain asks registered volunteers of the township; nobody for their own request.
    pub(super) fn may_be_asked(&self, volunteer: &Actor) -> Result<(), Refusal> {
        let near = volunteer.home.is_some_and(|home| home.township == self.place.township);
        if !volunteer.volunteer || !volunteer.standing.keeps_posts() {
            Err(Refusal::NotAVolunteer)
        } else if self.is_own(volunteer.id) {
            Err(Refusal::OwnRequest)
        } else if self.helper(volunteer.id).is_some() {
            Err(Refusal::AlreadyHelping)
        } else if self.has_offer_for(volunteer.id) {
            Err(Refusal::AlreadyAsked)
        } else if near {
            Ok(())
        } else {
            Err(Refusal::NotFromHere)
        }
    }

    /// A helper gives back only their own claim; a captain anybody's.
    fn may_be_released_by(&self, who: &Actor, person: PersonId) -> Result<(), Refusal> {
        if who.is_captain_over(&self.place) && self.helper(person).is_some() {
            Ok(())
        } else {
            Err(Refusal::NotForYou)
        }
    }

    /// What the step changes beside the state.
    fn change(&mut self, step: &Step, who: &Actor, facts: Facts) {
        let now = facts.now;
        match step {
            Step::Claim | Step::ClaimAlong | Step::TakeUp | Step::TakeUpAlong => {
                self.offers.retain(|offer| offer.person != who.id);
                self.helpers.push(Helper {
                    person: who.id,
                    called: who.called.clone(),
                    claimed_at: now,
                    started_at: None,
                    minutes: None,
                });
            }
            Step::Dispatch(volunteer) => self.offers.push(Offer {
                person: volunteer.id,
                called: volunteer.called.clone(),
                at: now,
            }),
            Step::TurnDown => self.offers.retain(|offer| offer.person != who.id),
            Step::Start => {
                for helper in self.helpers.iter_mut().filter(|helper| helper.person == who.id) {
                    helper.started_at = Some(now);
                }
            }
            Step::Release(person, _) => self.helpers.retain(|helper| helper.person != *person),
            Step::Finish(minutes, words) => {
                self.take_minutes(minutes);
                self.result.clone_from(words);
                self.entered_by = None;
            }
            Step::Record(came, words) => self.take_paper(came, words.as_ref(), who, now),
            Step::Approve(minutes, _) => self.take_minutes(minutes),
            Step::Cannot(..) | Step::ReferOn(..) => {
                self.helpers.retain(|helper| helper.person != who.id)
            }
            Step::Rate(rating) => self.rating = Some(rating.clone()),
            Step::Reopen(_) => {
                self.reopened = true;
                self.climb = Climb::default();
                self.helpers.clear();
                self.entered_by = None;
                self.result = None;
                self.rating = None;
            }
            Step::TakeOver => {
                self.filed_by = self.filed_by.or(Some(self.asked_by));
                self.asked_by = who.id;
                self.named = None;
                self.offers.retain(|offer| offer.person != who.id);
            }
            Step::Raise(to, ..) => self.rise(*to, facts),
            Step::Extend(..) => self.extend(&facts.deadlines),
            Step::Accept
            | Step::Decline(..)
            | Step::Refer(..)
            | Step::Withdraw(_)
            | Step::Return(..)
            | Step::AddPhotos
            | Step::DropPhoto(..)
            | Step::Merge(_)
            | Step::ToDeeds(_) => {}
        }
    }

    /// Enters the state that the move leads to, with its deadline.
    pub(super) fn settle(&mut self, rule: &Rule, facts: Facts) {
        let Facts { now, deadlines, .. } = facts;
        let to = match rule.to {
            To::State(to) => to,
            To::Stay => return,
            To::WithTheRest if self.helpers.is_empty() => State::Open,
            To::WithTheRest if self.helpers.iter().all(|one| one.started_at.is_none()) => {
                State::Claimed
            }
            To::WithTheRest => return,
        };
        if to == self.state {
            return;
        }
        let goes_on = self.state == State::Claimed && to == State::Serving;
        if !goes_on {
            self.due = deadlines.due(to, self.urgency, now);
            // Who was told stays in charge; the new deadline is a whole one.
            self.climb = Climb { rung: self.climb.rung, ..Climb::default() };
        }
        self.climb.reminded = false;
        if !matches!(to, State::Open | State::Claimed) {
            self.offers.clear();
        }
        self.state = to;
        self.since = now;
    }
}
