//! By when the next move must come (DOMAIN.md §2, "Deadlines"). Quiet hours stop the clock, except
//! for what is urgent. The numbers are settings of the centre, each with the date from which it holds.

#[cfg(test)]
mod tests;

use super::{State, Urgency};
use crate::clock::{DAY, HOUR, MINUTE, Millis, Quiet, that_day_at};

keyed! {
    /// A number that the centre sets: minutes, or hours of the day for the last three.
    pub enum Number {
        /// Accept what is urgent.
        AcceptUrgent = "accept_urgent",
        /// Accept what is for today.
        AcceptToday = "accept_today",
        /// Accept what has time.
        AcceptNormal = "accept_normal",
        /// Claim what is urgent; who claimed it has as long to arrive.
        ClaimUrgent = "claim_urgent",
        /// Claim what is for today.
        ClaimToday = "claim_today",
        /// Claim what has time.
        ClaimNormal = "claim_normal",
        /// Answer the captain who asks for something urgent.
        OfferUrgent = "offer_urgent",
        /// Answer the captain who asks for something of today.
        OfferToday = "offer_today",
        /// Answer the captain who asks for something that has time.
        OfferNormal = "offer_normal",
        /// Do what is urgent.
        DoneUrgent = "done_urgent",
        /// Do what is for today: at least so long, however late it was claimed.
        DoneToday = "done_today",
        /// Do what has time; days of the calendar.
        DoneNormal = "done_normal",
        /// Confirm what was urgent.
        ConfirmUrgent = "confirm_urgent",
        /// Confirm what was for today.
        ConfirmToday = "confirm_today",
        /// Confirm what had time.
        ConfirmNormal = "confirm_normal",
        /// The hour by which a request for today is done.
        Evening = "evening",
        /// The hour at which quiet hours begin.
        QuietFrom = "quiet_from",
        /// The hour at which they end.
        QuietTo = "quiet_to",
    }
}

/// In what a number is typed and shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days.
    Days,
    /// An hour of the day.
    OClock,
}

impl Number {
    /// What DOMAIN.md says: it holds until the centre sets another.
    pub const fn standard(self) -> u32 {
        match self {
            Self::AcceptUrgent => 15,
            Self::AcceptToday => 60,
            Self::AcceptNormal => 12 * 60,
            Self::ClaimUrgent => 30,
            Self::ClaimToday => 3 * 60,
            Self::ClaimNormal => 48 * 60,
            Self::OfferUrgent => 10,
            Self::OfferToday => 60,
            Self::OfferNormal => 12 * 60,
            Self::DoneUrgent => 4 * 60,
            Self::DoneToday => 6 * 60,
            Self::DoneNormal => 7 * 24 * 60,
            Self::ConfirmUrgent => 4 * 60,
            Self::ConfirmToday => 24 * 60,
            Self::ConfirmNormal => 48 * 60,
            Self::Evening => 20,
            Self::QuietFrom => 22,
            Self::QuietTo => 6,
        }
    }

    /// In what it is typed and shown.
    pub const fn unit(self) -> Unit {
        match self {
            Self::AcceptUrgent | Self::ClaimUrgent | Self::OfferUrgent | Self::OfferToday => {
                Unit::Minutes
            }
            Self::AcceptToday
            | Self::AcceptNormal
            | Self::ClaimToday
            | Self::ClaimNormal
            | Self::OfferNormal
            | Self::DoneUrgent
            | Self::DoneToday
            | Self::ConfirmUrgent
            | Self::ConfirmToday
            | Self::ConfirmNormal => Unit::Hours,
            Self::DoneNormal => Unit::Days,
            Self::Evening | Self::QuietFrom | Self::QuietTo => Unit::OClock,
        }
    }

    /// The least and the most that can be typed, in its unit.
    pub const fn bounds(self) -> (u16, u16) {
        match (self, self.unit()) {
            (Self::Evening, _) => (12, 20),
            (Self::QuietFrom, _) => (20, 23),
            (Self::QuietTo, _) => (4, 9),
            (_, Unit::Minutes) => (5, 240),
            (_, Unit::Hours | Unit::OClock) => (1, 240),
            (_, Unit::Days) => (1, 60),
        }
    }

    /// What was typed in its unit, as the books have it.
    pub fn from_unit(self, typed: u16) -> u32 {
        u32::from(typed) * self.factor()
    }

    /// What the books have, in its unit.
    pub fn in_unit(self, value: u32) -> u32 {
        value / self.factor()
    }

    const fn factor(self) -> u32 {
        match self.unit() {
            Unit::Minutes | Unit::OClock => 1,
            Unit::Hours => 60,
            Unit::Days => 24 * 60,
        }
    }

    /// How long a state may last; none for those that are over.
    const fn of(state: State, urgency: Urgency) -> Option<Self> {
        let [urgent, today, normal] = match state {
            State::Submitted => [Self::AcceptUrgent, Self::AcceptToday, Self::AcceptNormal],
            State::Open => [Self::ClaimUrgent, Self::ClaimToday, Self::ClaimNormal],
            State::Claimed | State::Serving => {
                [Self::DoneUrgent, Self::DoneToday, Self::DoneNormal]
            }
            State::Done => [Self::ConfirmUrgent, Self::ConfirmToday, Self::ConfirmNormal],
            State::Closed | State::Declined | State::Withdrawn => return None,
        };
        Some(match urgency {
            Urgency::Urgent => urgent,
            Urgency::Today => today,
            Urgency::Normal => normal,
        })
    }
}

/// The numbers that hold at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadlines([u32; Number::ALL.len()]);

impl Default for Deadlines {
    fn default() -> Self {
        let mut values = [0; Number::ALL.len()];
        for &number in Number::ALL {
            values[number as usize] = number.standard();
        }
        Self(values)
    }
}

/// The shortest deadline that halving leads to.
const LEAST: Millis = 5 * MINUTE;

impl Deadlines {
    /// One of the numbers.
    pub const fn get(&self, number: Number) -> u32 {
        self.0[number as usize]
    }

    /// The same with one number set, as far as it may be.
    #[must_use]
    pub fn with(mut self, number: Number, value: u32) -> Self {
        let (least, most) = number.bounds();
        self.0[number as usize] = value.clamp(number.from_unit(least), number.from_unit(most));
        self
    }

    /// When a request that entered `state` at `since` is late; none once it is over. `serving` goes
    /// on with the deadline that `claimed` began.
    pub fn due(&self, state: State, urgency: Urgency, since: Millis) -> Option<Millis> {
        let due = self.run(state, urgency, since, self.length(state, urgency)?);
        let for_today =
            urgency == Urgency::Today && matches!(state, State::Claimed | State::Serving);
        Some(if for_today { due.max(that_day_at(since, self.evening())) } else { due })
    }

    /// The deadline after so many that were missed: each half as long as the one before.
    pub fn again(&self, state: State, urgency: Urgency, missed: u8, from: Millis) -> Millis {
        self.run(state, urgency, from, self.halved(state, urgency, missed))
    }

    /// The deadline of who stands at the top: nobody is above, so it is not halved any further.
    pub fn at_the_top(&self, state: State, urgency: Urgency, missed: u8, from: Millis) -> Millis {
        let least = match urgency {
            Urgency::Urgent => HOUR,
            Urgency::Today => 4 * HOUR,
            Urgency::Normal => 12 * HOUR,
        };
        self.run(state, urgency, from, self.halved(state, urgency, missed).max(least))
    }

    /// By when somebody who claimed must have begun, so that there is time for another: what is
    /// urgent as soon as it must be claimed, the rest when two thirds of the time are gone.
    pub fn start_by(&self, urgency: Urgency, claimed_at: Millis) -> Millis {
        let done = self.length(State::Claimed, urgency).unwrap_or(LEAST);
        match urgency {
            Urgency::Urgent => {
                claimed_at + self.length(State::Open, urgency).unwrap_or(LEAST).min(done)
            }
            Urgency::Today => {
                let evening = that_day_at(claimed_at, self.evening()) - done / 3;
                self.quiet().after(claimed_at, done * 2 / 3).max(evening)
            }
            Urgency::Normal => self.quiet().waking(claimed_at + done * 2 / 3),
        }
    }

    /// By when whom the captain asked has to answer; then the offer goes back.
    pub fn answer_by(&self, urgency: Urgency, asked_at: Millis) -> Millis {
        let length = |number| Millis::from(self.get(number)) * MINUTE;
        match urgency {
            Urgency::Urgent => asked_at + length(Number::OfferUrgent),
            Urgency::Today => self.quiet().after(asked_at, length(Number::OfferToday)),
            Urgency::Normal => self.quiet().after(asked_at, length(Number::OfferNormal)),
        }
    }

    /// When to remind of a deadline: a quarter of its length before, and not at night.
    pub fn remind_at(&self, state: State, urgency: Urgency, missed: u8, due: Millis) -> Millis {
        self.shortly_before(urgency, due, self.halved(state, urgency, missed) / 4)
    }

    /// So long before a moment; in the morning, or else the evening before, when that is at night.
    pub fn shortly_before(&self, urgency: Urgency, end: Millis, before: Millis) -> Millis {
        let at = end - before;
        let waking = self.quiet().waking(at);
        if urgency == Urgency::Urgent || waking == at || waking < end {
            if urgency == Urgency::Urgent { at } else { waking }
        } else {
            let evening = self.quiet().begins(at);
            if evening <= at { evening } else { evening - DAY }
        }
    }

    /// The quiet hours.
    pub fn quiet(&self) -> Quiet {
        let hour = |number| u8::try_from(self.get(number)).unwrap_or_default();
        Quiet { from: hour(Number::QuietFrom), to: hour(Number::QuietTo) }
    }

    fn evening(&self) -> u8 {
        u8::try_from(self.get(Number::Evening)).unwrap_or_default()
    }

    fn length(&self, state: State, urgency: Urgency) -> Option<Millis> {
        Some(Millis::from(self.get(Number::of(state, urgency)?)) * MINUTE)
    }

    fn halved(&self, state: State, urgency: Urgency, missed: u8) -> Millis {
        let whole = self.length(state, urgency).unwrap_or(LEAST);
        (whole >> missed.min(20)).max(LEAST)
    }

    /// Lets the clock run: through the night for what is urgent; by days of the calendar, ending in
    /// the morning, for work that has time; else only while people are awake.
    fn run(&self, state: State, urgency: Urgency, from: Millis, span: Millis) -> Millis {
        match (state, urgency) {
            (_, Urgency::Urgent) => from + span,
            (State::Claimed | State::Serving, Urgency::Normal) => self.quiet().waking(from + span),
            _ => self.quiet().after(from, span),
        }
    }
}

/// The same by the numbers of DOMAIN.md.
pub fn due(state: State, urgency: Urgency, since: Millis) -> Option<Millis> {
    Deadlines::default().due(state, urgency, since)
}
