//! Words for what notices are and the ways they go out by.

use super::{Locale, td_string};
use domain::notices::delivery::{Channel, Topic};

/// What a notice is, for who chooses.
pub fn topic(l: Locale, topic: Topic) -> &'static str {
    match topic {
        Topic::Mine => td_string!(l, ways.t_mine),
        Topic::Asked => td_string!(l, ways.t_asked),
        Topic::Raised => td_string!(l, ways.t_raised),
        Topic::New => td_string!(l, ways.t_new),
        Topic::Moved => td_string!(l, ways.t_moved),
        Topic::Near => td_string!(l, ways.t_near),
        Topic::Approved => td_string!(l, ways.t_approved),
        Topic::Filled => td_string!(l, ways.t_filled),
        Topic::Again => td_string!(l, ways.t_again),
        Topic::After => td_string!(l, ways.t_after),
    }
}

/// A way out.
pub fn channel(l: Locale, channel: Channel) -> &'static str {
    match channel {
        Channel::Sms => td_string!(l, ways.sms),
        Channel::Push => td_string!(l, ways.push),
        Channel::Mail => td_string!(l, ways.mail),
    }
}
