//! Every step so far, and the steps to come.

use super::{
    icon::Sign,
    status::{Moment, sign},
};
use crate::words::{self, Locale, lang, td_string};
use domain::{
    Millis,
    requests::{Move, State},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A step of the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventLine {
    /// When.
    pub at: Millis,
    /// The move; none is the filing.
    pub mv: Option<Move>,
    /// The state after it.
    pub became: State,
    /// Who made it; none when the station's rule did.
    pub who: Option<String>,
    /// The reader made it.
    pub mine: bool,
    /// The surname of the captain, for a move that was made as captain: 梁队长.
    pub captain: Option<String>,
    /// Whom it was about.
    pub about: Option<String>,
    /// The key of the typed reason.
    pub reason: Option<String>,
    /// Words beside it.
    pub note: Option<String>,
    /// What it says, where only the server has the words: steps of the clock and the ladder.
    pub words: Option<String>,
}

/// The timeline.
#[component]
pub fn Timeline(
    /// The steps so far, the oldest first.
    events: Vec<EventLine>,
    /// How far it has come.
    state: State,
    /// It is on the board: neighbours can claim it.
    on_board: bool,
    /// The reader asked for it, and rates it in the end.
    asked: bool,
    /// The present moment.
    now: Millis,
) -> impl IntoView {
    let l = lang();
    let last = events.len().saturating_sub(1);
    let running = state.is_running();
    let past = events
        .iter()
        .enumerate()
        .map(|(at, event)| {
            let here = at == last && running;
            let icon = if here { sign(state, false) } else { "s6".to_owned() };
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
    let to_come = to_come(l, state, on_board, asked)
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
    view! {
        <section class="section" aria-labelledby="steps-h">
            <div class="section-head"><h2 id="steps-h">{td_string!(l, requests.steps)}</h2></div>
            <ol class="timeline card">{past} {to_come}</ol>
        </section>
    }
}

/// What still has to happen, from this state on. What is not on the board is claimed by nobody, and
/// only who asked rates.
fn to_come(l: Locale, state: State, on_board: bool, asked: bool) -> Vec<&'static str> {
    let found = match on_board {
        true => td_string!(l, requests.step_open),
        false => td_string!(l, requests.step_open_private),
    };
    let end = match asked {
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
    match state.steps_done() {
        Some(n) if state.is_running() => steps[usize::from(n) - 1..].to_vec(),
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
