//! What the reader should know before reading on: what they just did, what the captain sent back,
//! why a captain who helped has no button.

use super::{forms::Acts, view::RequestView};
use crate::{
    components::{icon::Icon, timeline::EventLine},
    words::{self, Locale, lang, td_string, time},
};
use domain::{
    clock::MINUTE,
    requests::{Move, State},
};
use leptos::prelude::*;

/// How long a move counts as just made.
const JUST: i64 = 10 * MINUTE;

/// The notes at the head of the page.
#[component]
pub fn Notes(
    /// The request.
    view: RequestView,
    /// The actions of the page.
    acts: Acts,
) -> impl IntoView {
    let l = lang();
    let done = view
        .events
        .last()
        .filter(|event| event.mine && view.now - event.at < JUST)
        .and_then(|event| said(l, &view, event));
    let again = view.parts.requester && view.state == State::Withdrawn;
    let other = returned(l, &view).or_else(|| own_work(l, &view));
    view! {
        {move || {
            // A refusal comes after: what was done before it is no longer news.
            done.clone()
                .filter(|_| !acts.failed())
                .map(|words| {
                    view! {
                        <p class="notice good" role="status">
                            <Icon name="check"/>
                            <span>{words}</span>
                        </p>
                    }
                })
        }}
        {other
            .map(|words| {
                view! {
                    <p class="notice soon">
                        <Icon name="info"/>
                        <span>{words}</span>
                    </p>
                }
            })}
        {again
            .then(|| {
                view! {
                    <a class="btn second wide" href="/requests/new">
                        {td_string!(l, requests.ask_again)}
                    </a>
                }
            })}
    }
}

/// What has come of the reader's own move.
fn said(l: Locale, view: &RequestView, event: &EventLine) -> Option<String> {
    let names = view.helper_names();
    let about = event.about.as_deref().unwrap_or_default();
    let words = match event.mv {
        None => {
            let captain = view.captain.as_ref()?;
            let who = words::captain(l, &captain.surname);
            let t = time::near(l, view.until?, view.now);
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
fn returned(l: Locale, view: &RequestView) -> Option<String> {
    let last = view.events.last().filter(|event| event.mv == Some(Move::Return) && !event.mine)?;
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
