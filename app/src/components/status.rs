//! How far a request has come: a ring of six strokes, always beside its word.

use super::icon::{Icon, Sign};
use crate::words::{self, lang, td_string, time};
use domain::{
    Millis,
    requests::{State, Urgency},
};
use leptos::prelude::*;

/// The look of a state.
pub const fn look(state: State) -> &'static str {
    match state {
        State::Submitted | State::Open | State::Done => "wait",
        State::Claimed | State::Serving => "run",
        State::Closed => "done",
        State::Declined | State::Withdrawn => "stop",
    }
}

/// The sign of a state, small or large.
pub fn sign(state: State, large: bool) -> String {
    match (state.steps_done(), state) {
        (Some(n), _) if large => format!("L{n}"),
        (Some(n), _) => format!("s{n}"),
        (None, State::Withdrawn) => "sw".to_owned(),
        (None, _) => "sx".to_owned(),
    }
}

/// A state in a list, with a small word more.
#[component]
pub fn Status(
    /// Which.
    state: State,
    /// A small word more.
    #[prop(optional, into)]
    more: String,
    /// Its deadline has passed.
    #[prop(optional)]
    late: bool,
) -> impl IntoView {
    let l = lang();
    view! {
        <span class=format!("status {}", if late { "late" } else { look(state) })>
            <Sign name=sign(state, false)/>
            {words::state(l, state)}
            " "
            {late.then(|| view! { <b>{td_string!(l, kinds.late)}</b> })}
            " "
            <small>{more}</small>
        </span>
    }
}

/// How urgent, as a tag.
#[component]
pub fn UrgencyTag(
    /// How.
    urgency: Urgency,
) -> impl IntoView {
    let (icon, class) = super::icon::of_urgency(urgency);
    view! { <span class=class><Icon name=icon/>{words::urgency(lang(), urgency)}</span> }
}

/// The head of a request: the dial, the state, a line under it. Takes the focus after a move.
#[component]
pub fn StateHead(
    /// Which state.
    state: State,
    /// The line under it.
    line: String,
) -> impl IntoView {
    let l = lang();
    let class = match look(state) {
        "done" => "state done",
        "wait" => "state wait",
        "stop" => "state stop",
        _ => "state",
    };
    let inside = match state.steps_done() {
        Some(6) => view! { <Icon name="check"/> }.into_any(),
        Some(n) => {
            let spoken = td_string!(l, kinds.step_of, n = n).to_string();
            view! {
                <span aria-hidden="true">{format!("{n}/6")}</span>
                <span class="vh">{spoken}</span>
            }
            .into_any()
        }
        None => ().into_any(),
    };
    view! {
        <section class=class>
            <span class="dial"><Sign name=sign(state, true)/><span>{inside}</span></span>
            <h1 id="state" tabindex="-1">{words::state(l, state)}</h1>
            <p>{line}</p>
        </section>
    }
}

/// A moment as an element: words for people, a machine's time for machines.
#[component]
pub fn Moment(
    /// When.
    at: Millis,
    /// The present moment.
    now: Millis,
) -> impl IntoView {
    view! { <time datetime=time::machine(at)>{time::short(lang(), at, now)}</time> }
}
