//! The line under the state, as a neighbour would say it: the reader is addressed and not named.

use super::{
    reading::Course,
    view::{HelperLine, RequestView},
};
use crate::words::{self, Locale, td_string, time};
use domain::requests::{Move, State, reasons::DeclineReason};

/// How far it has come, and who does what next.
pub(super) fn state_line(l: Locale, view: &RequestView, course: &Course) -> String {
    match view.state {
        State::Submitted => submitted_line(l, view, course),
        State::Open if view.on_board => td_string!(l, requests.line_open).to_owned(),
        State::Open if course.my_turn && view.offers.is_empty() => {
            td_string!(l, requests.line_open_you).to_owned()
        }
        State::Open => td_string!(l, requests.line_open_private).to_owned(),
        State::Claimed => claimed_line(l, view),
        State::Serving => serving_line(l, view, course),
        State::Done if course.my_turn => td_string!(l, requests.line_done_you).to_owned(),
        State::Done => td_string!(l, requests.line_done).to_owned(),
        State::Closed if view.may(Move::Rate) => {
            td_string!(l, requests.line_closed_rate, n = view.minutes()).to_string()
        }
        State::Closed if view.minutes() == 0 => td_string!(l, requests.line_over).to_owned(),
        State::Closed => td_string!(l, requests.line_closed, n = view.minutes()).to_string(),
        State::Declined => declined_line(l, course),
        State::Withdrawn => {
            let t = time::near(l, course.since, view.now);
            td_string!(l, requests.line_withdrawn, t = t.as_str()).to_string()
        }
    }
}

/// Until when the captain answers.
fn submitted_line(l: Locale, view: &RequestView, course: &Course) -> String {
    let t = course.until.map(|until| time::near(l, until, view.now)).unwrap_or_default();
    if course.my_turn {
        return td_string!(l, requests.line_submitted_you, t = t.as_str()).to_string();
    }
    let captain = view.captain.as_ref().map(|captain| words::captain(l, &captain.surname));
    let captain = captain.unwrap_or_else(|| td_string!(l, requests.my_captain).to_owned());
    td_string!(l, requests.line_submitted, who = captain.as_str(), t = t.as_str()).to_string()
}

/// Who is coming.
fn claimed_line(l: Locale, view: &RequestView) -> String {
    let (you, others) = addressed(view, false);
    let who = others.as_str();
    match (you, who.is_empty()) {
        (true, true) => td_string!(l, requests.line_claimed_you).to_owned(),
        (true, false) => td_string!(l, requests.line_claimed_with, who = who).to_string(),
        (false, _) => td_string!(l, requests.line_claimed, who = who).to_string(),
    }
}

/// Who is there, and since when.
fn serving_line(l: Locale, view: &RequestView, course: &Course) -> String {
    let first = view.helpers.iter().filter_map(|helper| helper.started_at).min();
    // Strangers learn who is on it, not who has arrived.
    let (you, others) = addressed(view, first.is_some());
    let t = time::short(l, first.unwrap_or(course.since), view.now);
    let (who, t) = (others.as_str(), t.as_str());
    match (you, who.is_empty()) {
        (true, true) => td_string!(l, requests.line_serving_you, t = t).to_string(),
        (true, false) => td_string!(l, requests.line_serving_with, who = who, t = t).to_string(),
        (false, _) => td_string!(l, requests.line_serving, who = who, t = t).to_string(),
    }
}

/// Whether the reader is among those on it, or only those there, and the names of the others.
fn addressed(view: &RequestView, only_there: bool) -> (bool, String) {
    let on_it = view.helpers.iter().filter(|helper| !only_there || helper.started_at.is_some());
    let (own, others): (Vec<&HelperLine>, Vec<&HelperLine>) =
        on_it.partition(|helper| view.me == Some(helper.person));
    let names: Vec<&str> = others.iter().map(|helper| helper.called.as_str()).collect();
    (!own.is_empty(), names.join("、"))
}

/// Why it went no further. Where to turn stands for the reason: that says no more.
fn declined_line(l: Locale, course: &Course) -> String {
    let last = course.events.iter().rev().find(|event| event.became == State::Declined);
    let reason = last.and_then(|event| event.reason.as_deref()).unwrap_or_default();
    let note = last.and_then(|event| event.note.as_deref()).unwrap_or_default();
    if reason == DeclineReason::Referred.key() && !note.is_empty() {
        let place = note.trim_end_matches(['。', '.']);
        return td_string!(l, requests.line_referred, place = place).to_string();
    }
    let line = td_string!(l, requests.line_declined, why = words::reason(l, reason)).to_string();
    let space = if l == Locale::en && !note.is_empty() { " " } else { "" };
    format!("{line}{space}{note}")
}
