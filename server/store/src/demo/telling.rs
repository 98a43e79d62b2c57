//! How requests go: the usual ways, and what comes between.

use super::{
    dice::Dice,
    lives::{Act, Step, Who},
    words::{self, Story},
};
use domain::requests::{
    State, Urgency,
    reasons::{CannotReason, ReleaseReason, ReopenReason, ReturnReason, WithdrawReason},
};

/// How far a request has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Submitted,
    Open,
    Claimed,
    Serving,
    Done,
    /// Nobody has rated it.
    Closed,
    Rated,
    /// Reopened, and waits for somebody again.
    ReopenedOpen,
    /// Reopened, and closed again.
    ReopenedClosed,
    Withdrawn,
}

impl Fate {
    /// Whether such a story goes so: only what was done with the hands comes back.
    pub(super) const fn suits(self, story: &Story) -> bool {
        match self {
            Self::ReopenedOpen | Self::ReopenedClosed => {
                story.is_handiwork() && !matches!(story.urgency, Urgency::Urgent)
            }
            Self::Submitted | Self::Open | Self::Claimed | Self::Serving | Self::Done => true,
            Self::Closed | Self::Rated | Self::Withdrawn => true,
        }
    }

    /// The state in which it waits for somebody; none when it is over.
    pub(super) const fn running(self) -> Option<State> {
        match self {
            Self::Submitted => Some(State::Submitted),
            Self::Open | Self::ReopenedOpen => Some(State::Open),
            Self::Claimed => Some(State::Claimed),
            Self::Serving => Some(State::Serving),
            Self::Done => Some(State::Done),
            Self::Closed | Self::Rated | Self::ReopenedClosed | Self::Withdrawn => None,
        }
    }
}

/// Who plays in a request.
pub(super) struct Cast {
    pub asker: Who,
    /// As many as are needed.
    pub helpers: Vec<Who>,
    /// Another volunteer, who comes to nothing.
    pub spare: Option<Who>,
    pub accepter: Who,
    /// A captain who asks volunteers, and is none of the helpers.
    pub dispatcher: Who,
    /// A captain who is none of the helpers.
    pub approver: Who,
}

/// Tells one request.
pub(super) struct Telling<'a> {
    pub dice: &'a mut Dice,
    pub story: Story,
    pub cast: Cast,
    /// The captain reads it before it is open.
    pub waits: bool,
    pub on_board: bool,
    pub steps: Vec<Step>,
}

/// Minutes from the step before, for urgent, today and normal.
type Gap = [(i64, i64); 3];
const ACCEPT: Gap = [(2, 8), (5, 35), (10, 240)];
const CLAIM: Gap = [(3, 15), (10, 100), (20, 900)];
const ASK: Gap = [(3, 9), (15, 70), (60, 600)];
const ANSWER: Gap = [(2, 6), (5, 30), (10, 180)];
const GIVE_BACK: Gap = [(8, 15), (20, 50), (60, 300)];
const START: Gap = [(5, 20), (20, 90), (60, 1100)];
const LOOK: Gap = [(8, 20), (10, 25), (10, 25)];
const APPROVE: Gap = [(10, 90), (30, 400), (60, 900)];
const RATE: Gap = [(20, 300), (20, 900), (30, 1300)];
const REOPEN: Gap = [(300, 900), (400, 1500), (600, 2800)];
const WITHDRAW: Gap = [(5, 20), (10, 90), (20, 600)];

impl Telling<'_> {
    /// Every step until it has come so far.
    pub(super) fn told(mut self, fate: Fate) -> Vec<Step> {
        let asker = self.cast.asker;
        self.steps.push((asker, Act::Submit, 0));
        if fate == Fate::Submitted || (fate == Fate::Withdrawn && self.dice.chance(30)) {
            return self.ended(fate);
        }
        if self.waits {
            self.step(self.cast.accepter, Act::Accept, ACCEPT);
        }
        self.detours();
        if fate == Fate::Open || (fate == Fate::Withdrawn && self.dice.chance(60)) {
            return self.ended(fate);
        }
        let needed = self.cast.helpers.len();
        // What needs several keeps one place free while it waits.
        let coming = if fate == Fate::Claimed { needed.saturating_sub(1).max(1) } else { needed };
        let helpers: Vec<_> = self.cast.helpers.iter().copied().take(coming).collect();
        for &helper in &helpers {
            self.engage(helper);
        }
        if matches!(fate, Fate::Claimed | Fate::Withdrawn) {
            return self.ended(fate);
        }
        self.step(helpers[0], Act::Start, START);
        if fate == Fate::Serving {
            return self.ended(fate);
        }
        self.serve(&helpers, fate == Fate::Done);
        if matches!(fate, Fate::ReopenedOpen | Fate::ReopenedClosed) {
            let reason = *self.dice.one_of(ReopenReason::ALL);
            self.step(asker, Act::Reopen(reason), REOPEN);
            if fate == Fate::ReopenedClosed {
                self.engage(helpers[0]);
                self.step(helpers[0], Act::Start, START);
                self.serve(&helpers[..1], false);
            }
        }
        self.ended(fate)
    }

    /// What only some of them end with.
    fn ended(mut self, fate: Fate) -> Vec<Step> {
        let asker = self.cast.asker;
        if fate == Fate::Withdrawn {
            let reason = *self.dice.one_of(WithdrawReason::ALL);
            self.step(asker, Act::Withdraw(reason), WITHDRAW);
        }
        if fate == Fate::Rated || (fate == Fate::ReopenedClosed && self.dice.chance(70)) {
            let (stars, words) = match self.dice.between(1, 100) {
                1..=48 => (5, self.story.praise()),
                49..=78 => (5, words::PRAISE),
                79..=94 => (4, words::CONTENT),
                _ => (3, words::LUKEWARM),
            };
            let words = *self.dice.one_of(words);
            let said = self.dice.chance(75).then_some(words);
            self.step(asker, Act::Rate(stars, said), RATE);
        }
        self.steps
    }

    fn step(&mut self, who: Who, act: Act, gap: Gap) {
        let (least, most) = match self.story.urgency {
            Urgency::Urgent => gap[0],
            Urgency::Today => gap[1],
            Urgency::Normal => gap[2],
        };
        let minutes = self.dice.between(least, most);
        self.steps.push((who, act, minutes));
    }

    /// Some were asked and could not, some came and went.
    fn detours(&mut self) {
        let Some(spare) = self.cast.spare else { return };
        match self.dice.between(1, 100) {
            1..=8 => {
                self.step(self.cast.dispatcher, Act::Dispatch(spare), ASK);
                self.step(spare, Act::TurnDown, ANSWER);
            }
            // Whoever comes to what is urgent stays.
            _ if !self.on_board || self.story.urgency == Urgency::Urgent => {}
            9..=13 => {
                self.step(spare, Act::Claim, CLAIM);
                self.step(spare, Act::Release(spare, ReleaseReason::CannotCome), GIVE_BACK);
            }
            14..=15 => {
                self.step(spare, Act::Claim, CLAIM);
                let reason = ReleaseReason::DidNotCome;
                self.step(self.cast.approver, Act::Release(spare, reason), GIVE_BACK);
            }
            16..=20 => {
                self.step(spare, Act::Claim, CLAIM);
                self.step(spare, Act::Start, START);
                let reasons = [
                    (CannotReason::NobodyHome, 0),
                    (CannotReason::LacksParts, 1),
                    (CannotReason::NeedsProfessional, 2),
                ];
                let fitting = if self.story.is_handiwork() { &reasons[..] } else { &reasons[..1] };
                let (reason, at) = *self.dice.one_of(fitting);
                self.step(spare, Act::Cannot(reason, words::COULD_NOT[at]), LOOK);
            }
            _ => {}
        }
    }

    /// Off the board nobody can claim: the captain asks.
    fn engage(&mut self, helper: Who) {
        if self.on_board && !self.dice.chance(12) {
            self.step(helper, Act::Claim, CLAIM);
        } else {
            self.step(self.cast.dispatcher, Act::Dispatch(helper), ASK);
            self.step(helper, Act::TakeUp, ANSWER);
        }
    }

    /// From the helpers' arrival to the captain's approval, or until just before it.
    fn serve(&mut self, helpers: &[Who], waits_for_approval: bool) {
        let mut minutes: Vec<_> = helpers.iter().map(|who| (*who, self.minutes())).collect();
        let teller = if self.dice.chance(85) { helpers[0] } else { self.cast.asker };
        let result = self.story.result;
        let worked = minutes.iter().map(|one| one.1).max().unwrap_or_default();
        self.steps.push((teller, Act::Finish(minutes.clone(), result), worked + 3));
        if self.dice.chance(7) {
            let at = self.dice.place_in(words::RETURNED.len());
            let reason = [
                ReturnReason::WordsMissing,
                ReturnReason::NotFinished,
                ReturnReason::MinutesDoubtful,
            ][at];
            self.step(self.cast.approver, Act::Return(reason, words::RETURNED[at]), GIVE_BACK);
            self.step(helpers[0], Act::Finish(minutes.clone(), result), LOOK);
        }
        if waits_for_approval {
            return;
        }
        let corrected = self.dice.chance(7);
        if corrected {
            minutes[0].1 = (minutes[0].1 - self.dice.between(3, 8)).max(5);
        }
        let why = corrected.then(|| *self.dice.one_of(words::CORRECTED));
        self.step(self.cast.approver, Act::Approve(minutes, why), APPROVE);
    }

    fn minutes(&mut self) -> i64 {
        (self.story.minutes + self.dice.between(-6, 12)).clamp(8, 400)
    }
}
