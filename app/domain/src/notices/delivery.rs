//! How a notice reaches somebody who does not look: by which channel, at which hour, and how often it
//! is tried. The list in the app has every notice, whatever is chosen here.

use super::Notice;
use crate::{
    clock::{HOUR, MINUTE, Millis, Quiet},
    forms::Fault,
    requests::Urgency,
};

keyed! {
    /// A way out of the house.
    pub enum Channel {
        /// A message to the phone of the account.
        Sms = "sms",
        /// To a browser that asked for it.
        Push = "push",
        /// To an address that was proved.
        Mail = "mail",
    }
}

keyed! {
    /// What a notice is to whom it tells: what people choose by.
    pub enum Topic {
        /// What they asked for themselves moved, or rose.
        Mine = "mine",
        /// The captain asks them to help.
        Asked = "asked",
        /// It rose to them.
        Raised = "raised",
        /// A new request in their circle.
        New = "new",
        /// What they help with or lead moved.
        Moved = "moved",
        /// A deadline of theirs is near.
        Near = "near",
        /// Their help was approved.
        Approved = "approved",
        /// Helpers are enough.
        Filled = "filled",
        /// Helpers are missing again.
        Again = "again",
        /// The question a week after.
        After = "after",
    }
}

impl Topic {
    /// What a notice is to somebody; `asked` says that the request is theirs.
    pub const fn of(notice: Notice, asked: bool) -> Self {
        match notice {
            Notice::Moved | Notice::Raised | Notice::Near if asked => Self::Mine,
            Notice::New => Self::New,
            Notice::Moved | Notice::Said => Self::Moved,
            Notice::Asked => Self::Asked,
            Notice::Near => Self::Near,
            Notice::Raised => Self::Raised,
            Notice::Approved => Self::Approved,
            Notice::Filled => Self::Filled,
            Notice::Again => Self::Again,
            Notice::After => Self::After,
            Notice::Stopped => Self::Mine,
        }
    }

    /// Whether it goes out by a channel until somebody chooses otherwise: a message costs money and
    /// rings, so it is for what matters; who lets a browser tell them wants to be told.
    pub const fn goes_by(self, channel: Channel) -> bool {
        match channel {
            Channel::Push => true,
            Channel::Sms => matches!(self, Self::Mine | Self::Asked | Self::Raised),
            Channel::Mail => {
                matches!(self, Self::Mine | Self::Asked | Self::Raised | Self::Approved)
            }
        }
    }
}

/// What somebody chose, where it is not what holds for everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices(Vec<(Topic, Channel, bool)>);

impl Choices {
    /// Notes one choice; the last one counts.
    pub fn set(&mut self, topic: Topic, channel: Channel, wanted: bool) {
        self.0.retain(|(known, by, _)| (*known, *by) != (topic, channel));
        self.0.push((topic, channel, wanted));
    }

    /// Whether they want to be told of this by that.
    pub fn wants(&self, topic: Topic, channel: Channel) -> bool {
        let chosen = self.0.iter().find(|(known, by, _)| (*known, *by) == (topic, channel));
        chosen.map_or_else(|| topic.goes_by(channel), |(_, _, wanted)| *wanted)
    }
}

/// When it may go out: what is urgent at once, the rest not before the morning.
pub fn goes_at(at: Millis, urgency: Urgency, quiet: Quiet) -> Millis {
    match urgency {
        Urgency::Urgent => at,
        Urgency::Today | Urgency::Normal => quiet.waking(at),
    }
}

/// A server that took a delivery has so long; then another takes it. Longer than any channel is
/// waited for.
pub const LEASE: Millis = 2 * MINUTE;

/// So often a delivery is tried; then staff look at it.
pub const MOST_TRIES: i64 = 10;

/// The longest pause between two tries.
const LONGEST: Millis = 4 * HOUR;

/// Why a channel did not take a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Out of reach, out of order, or it may have taken it after all: another try may help.
    ForNow,
    /// It will never take this one: the number, the address.
    ForGood,
    /// The browser is gone: nobody is missed.
    Gone,
    /// This house has no such way.
    NoWay,
}

keyed! {
    /// Why the last try failed, as staff read it: nothing personal.
    pub enum Why {
        /// The gateway is out of reach, or broke off.
        Unreachable = "unreachable",
        /// No answer in time.
        TimedOut = "timed_out",
        /// The gateway is out of order.
        OutOfOrder = "out_of_order",
        /// It is no number that takes messages.
        Number = "number",
        /// It is no address that takes letters.
        Address = "address",
        /// The gateway does not know this house.
        Credentials = "credentials",
        /// The gateway has not approved the text.
        Template = "template",
        /// The account of this house is empty.
        Balance = "balance",
        /// Too many for now, says the gateway.
        Limit = "limit",
        /// The browser is gone.
        Gone = "gone",
        /// This house has no such way.
        NoWay = "no_way",
        /// The gateway says something else.
        Other = "other",
    }
}

/// What becomes of a delivery that was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// It is tried again then.
    At(Millis),
    /// Staff decide.
    Staff,
    /// Nothing more.
    Over,
}

/// After a try that failed, the `tries`th: each pause is twice as long as the one before.
pub fn after(failure: Failure, tries: i64, now: Millis) -> Next {
    match failure {
        Failure::Gone | Failure::NoWay => Next::Over,
        Failure::ForGood => Next::Staff,
        Failure::ForNow if tries >= MOST_TRIES => Next::Staff,
        Failure::ForNow => {
            let doubled = u32::try_from(tries - 1).unwrap_or_default().min(20);
            Next::At(now + (MINUTE << doubled).min(LONGEST))
        }
    }
}

/// The longest address.
const LONGEST_ADDRESS: usize = 254;

/// An address for letters as it is kept. Whether it is theirs a code tells; this only keeps out what
/// no server takes, and what would end a line of a letter.
///
/// # Errors
/// [`Fault::Missing`], [`Fault::NotAChoice`].
pub fn address(typed: &str) -> Result<String, Fault> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Fault::Missing);
    }
    let plain = |part: &str, more: &[u8]| {
        !part.is_empty()
            && !part.starts_with('.')
            && !part.ends_with('.')
            && !part.contains("..")
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || more.contains(&byte))
    };
    match typed.split_once('@') {
        Some((who, host))
            if typed.len() <= LONGEST_ADDRESS
                && plain(who, b".!#$%&'*+/=?^_`{|}~-")
                && plain(host, b".-")
                && host.contains('.') =>
        {
            Ok(format!("{who}@{}", host.to_ascii_lowercase()))
        }
        _ => Err(Fault::NotAChoice),
    }
}

#[cfg(test)]
mod tests;
