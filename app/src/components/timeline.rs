//! Every step so far, and the steps to come.

use super::view::{EventLine, RequestView};
use crate::{
    components::{
        icon::Sign,
        status::{Moment, sign},
    },
    words::{self, Locale, lang, td_string},
};
use domain::requests::{Move, privacy::Sight};
use leptos::prelude::*;

/// The timeline; nothing for strangers.
#[component]
pub fn Timeline(
    /// The request.
    view: RequestView,
) -> impl IntoView {
    let l = lang();
    if view.sight < Sight::Words {
        return None;
    }
    let now = view.now;
    let last = view.events.len().saturating_sub(1);
    let running = view.state.is_running();
    let past = view
        .events
        .iter()
        .enumerate()
        .map(|(at, event)| {
            let here = at == last && running;
            let icon = if here { sign(view.state, false) } else { "s6".to_owned() };
            view! {
                <li class=if here { "here" } else { "past" }>
                    <Sign name=icon/>
                    <Moment at=event.at now/>
                    <b>{event_words(l, event)}</b>
                    {detail_words(l, event).map(|words| view! { <p>{words}</p> })}
                </li>
            }
        })
        .collect_view();
    let to_come = to_come(l, &view)
        .into_iter()
        .map(|words| {
            view! {
                <li class="todo">
                    <Sign name="s0".to_owned()/>
                    <b>{words}</b>
                </li>
            }
        })
        .collect_view();
    Some(view! {
        <section class="section" aria-labelledby="steps-h">
            <div class="section-head"><h2 id="steps-h">{td_string!(l, requests.steps)}</h2></div>
            <ol class="timeline card">{past} {to_come}</ol>
        </section>
    })
}

/// What still has to happen, from this state on. What is not on the board is claimed by nobody, and
/// only who asked rates.
fn to_come(l: Locale, view: &RequestView) -> Vec<&'static str> {
    let found = match view.on_board {
        true => td_string!(l, requests.step_open),
        false => td_string!(l, requests.step_open_private),
    };
    let end = match view.parts.requester {
        true => td_string!(l, requests.step_closed),
        false => td_string!(l, requests.step_over),
    };
    let steps = [
        td_string!(l, requests.step_submitted),
        found,
        td_string!(l, requests.step_claimed),
        td_string!(l, requests.step_serving),
        td_string!(l, requests.step_done),
        end,
    ];
    match view.state.steps_done() {
        Some(n) if view.state.is_running() => steps[usize::from(n) - 1..].to_vec(),
        _ => vec![],
    }
}

fn event_words(l: Locale, event: &EventLine) -> String {
    let captain = event.captain.as_deref().map(|surname| words::captain(l, surname));
    let you = event.mine.then_some(td_string!(l, steps.you));
    let who = captain.as_deref().or(you).or(event.who.as_deref()).unwrap_or_default();
    // Who gave it back themselves is not named again.
    let other = |about: &&str| captain.is_some() || Some(*about) != event.who.as_deref();
    let about = event.about.as_deref().filter(other).unwrap_or(who);
    if let Some(words) = &event.words {
        return words.clone();
    }
    match event.mv {
        None => td_string!(l, steps.h_submit, who = who).to_string(),
        Some(Move::Accept) if event.who.is_none() => {
            td_string!(l, steps.h_accept_at_once).to_owned()
        }
        Some(Move::Accept) => td_string!(l, steps.h_accept, who = who).to_string(),
        Some(Move::Decline) => td_string!(l, steps.h_decline, who = who).to_string(),
        Some(Move::Withdraw) => td_string!(l, steps.h_withdraw, who = who).to_string(),
        Some(Move::Claim) => td_string!(l, steps.h_claim, who = who).to_string(),
        Some(Move::Dispatch) => {
            td_string!(l, steps.h_dispatch, who = who, about = about).to_string()
        }
        Some(Move::TakeUp) => td_string!(l, steps.h_take_up, who = who).to_string(),
        Some(Move::TurnDown) => td_string!(l, steps.h_turn_down, who = who).to_string(),
        Some(Move::Start) => td_string!(l, steps.h_start, who = who).to_string(),
        Some(Move::Release) => td_string!(l, steps.h_release, about = about).to_string(),
        Some(Move::Finish) => td_string!(l, steps.h_finish, who = who).to_string(),
        Some(Move::Cannot) => td_string!(l, steps.h_cannot, who = who).to_string(),
        Some(Move::Approve) => td_string!(l, steps.h_approve, who = who).to_string(),
        Some(Move::Return) => td_string!(l, steps.h_return, who = who).to_string(),
        Some(Move::Rate) => td_string!(l, steps.h_rate, who = who).to_string(),
        Some(Move::Reopen) => td_string!(l, steps.h_reopen, who = who).to_string(),
        Some(Move::TakeOver) => td_string!(l, steps.h_take_over, who = who).to_string(),
        // Worded by the server.
        Some(
            Move::Raise
            | Move::Extend
            | Move::Record
            | Move::Merge
            | Move::ToDeeds
            | Move::AddPhotos
            | Move::DropPhoto,
        ) => String::new(),
    }
}

/// The reason and the words beside a step.
fn detail_words(l: Locale, event: &EventLine) -> Option<String> {
    let reason = event.reason.as_deref().filter(|_| event.who.is_some());
    let reason = reason.map(|key| words::reason(l, key)).filter(|words| !words.is_empty());
    match (reason, event.note.as_deref()) {
        (Some(reason), Some(note)) => {
            Some(format!("{reason}{}{note}", if l == Locale::en { ": " } else { "：" }))
        }
        (Some(reason), None) => Some(reason.to_owned()),
        (None, Some(note)) => Some(note.to_owned()),
        (None, None) => None,
    }
}
