//! What is said of a request to its reader: what they just did, what the captain sent back, why a
//! captain who helped has no button, by when what must happen.

use super::{
    line::state_line,
    reading::Course,
    steps,
    view::{DueLine, RequestView, Told},
};
use crate::{
    components::timeline::EventLine,
    words::{self, Locale, td_string, time},
};
use domain::{
    clock::MINUTE,
    requests::{Move, State},
};

/// How long a move counts as just made.
const JUST: i64 = 10 * MINUTE;

/// All of it.
pub(super) fn told(l: Locale, view: &RequestView, course: Course) -> Told {
    let last = course.events.last().filter(|event| event.mine && view.now - event.at < JUST);
    Told {
        line: state_line(l, view, &course),
        due: due(l, view, &course),
        just: last.and_then(|event| said(l, view, &course, event)),
        first: returned(l, view, &course).or_else(|| own_work(l, view)),
        steps: steps::markup(view, course.events),
    }
}

/// By when what must happen, and who is told otherwise.
fn due(l: Locale, view: &RequestView, course: &Course) -> Option<DueLine> {
    let at = course.due?;
    let near = time::near(l, at, view.now);
    let t = near.as_str();
    let late = at <= view.now;
    let words = if late {
        td_string!(l, requests.late_note, t = t).to_string()
    } else {
        due_words(l, view.state, t)
    };
    let told = course.above.as_ref().filter(|_| !late).map(|captain| {
        let who = words::captain(l, &captain.surname);
        let team = words::team(l, captain.kind, captain.number);
        let who = format!("{team}{}{who}", if l == Locale::en { ", " } else { "" });
        td_string!(l, requests.raised_to, who = who.as_str()).to_string()
    });
    Some(DueLine { at, late, words, more: course.climb.clone().or(told) })
}

/// What must happen to a request in this state by a time, which is said already.
pub(super) fn due_words(l: Locale, state: State, t: &str) -> String {
    match state {
        State::Submitted => td_string!(l, requests.due_submitted, t = t).to_string(),
        State::Open => td_string!(l, requests.due_open, t = t).to_string(),
        State::Done => td_string!(l, requests.due_done, t = t).to_string(),
        _ => td_string!(l, requests.due_claimed, t = t).to_string(),
    }
}

/// What has come of the reader's own move.
fn said(l: Locale, view: &RequestView, course: &Course, event: &EventLine) -> Option<String> {
    let names = view.helper_names();
    let about = event.about.as_deref().unwrap_or_default();
    let words = match event.mv {
        None => {
            let captain = view.captain.as_ref()?;
            let who = words::captain(l, &captain.surname);
            let t = time::near(l, course.until?, view.now);
            return Some(
                td_string!(l, requests.said_submit, who = who.as_str(), t = t.as_str()).to_string(),
            );
        }
        Some(Move::Claim | Move::TakeUp) => td_string!(l, requests.claimed_note),
        Some(Move::Dispatch) => {
            return Some(td_string!(l, requests.said_dispatch, who = about).to_string());
        }
        Some(Move::Approve) => {
            let n = view.minutes();
            let said = td_string!(l, requests.said_approve, who = names.as_str(), n = n);
            return Some(said.to_string());
        }
        Some(Move::Accept) if view.on_board => td_string!(l, requests.said_accept),
        Some(Move::Accept) => td_string!(l, requests.said_accept_private),
        Some(Move::Decline) => td_string!(l, requests.said_decline),
        Some(Move::Withdraw) => td_string!(l, requests.said_withdraw),
        Some(Move::TurnDown) => td_string!(l, requests.said_turn_down),
        Some(Move::Start) => td_string!(l, requests.said_start),
        Some(Move::Release) => td_string!(l, requests.said_release),
        Some(Move::Finish) => td_string!(l, requests.said_finish),
        Some(Move::Cannot) => td_string!(l, requests.said_cannot),
        Some(Move::Return) => td_string!(l, requests.said_return),
        Some(Move::Rate) => td_string!(l, requests.said_rate),
        Some(Move::Reopen) => td_string!(l, requests.said_reopen),
        Some(Move::TakeOver) => td_string!(l, requests.said_take_over),
        Some(
            Move::Raise
            | Move::Extend
            | Move::Record
            | Move::Merge
            | Move::ToDeeds
            | Move::AddPhotos
            | Move::DropPhoto,
        ) => {
            return event.words.clone();
        }
    };
    Some(words.to_owned())
}

/// For the helper: what the captain wants changed.
fn returned(l: Locale, view: &RequestView, course: &Course) -> Option<String> {
    let last =
        course.events.last().filter(|event| event.mv == Some(Move::Return) && !event.mine)?;
    if view.state != State::Serving || !view.parts.helper {
        return None;
    }
    let who = match &last.captain {
        Some(surname) => words::captain(l, surname),
        None => last.who.clone().unwrap_or_default(),
    };
    let why = last.reason.as_deref().map(|key| words::reason(l, key)).unwrap_or_default();
    Some(td_string!(l, requests.returned_note, who = who.as_str(), why = why).to_string())
}

/// For a captain who helped: who approves instead.
fn own_work(l: Locale, view: &RequestView) -> Option<String> {
    let helped = view.state == State::Done && view.parts.helper && view.parts.in_charge;
    let next = view.captain.as_ref().filter(|_| helped)?;
    let who = words::captain(l, &next.surname);
    Some(td_string!(l, requests.own_work_note, who = who.as_str()).to_string())
}
