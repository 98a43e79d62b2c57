//! Those who wait to be let into a team within the reader's reach.

use super::api::{WaitingLine, WaitingView, WaitingVolunteers};
use crate::{
    components::{
        bars::{BackBar, Skip},
        icon::Icon,
        load::{Load, ask, once},
    },
    words::{lang, td_string, time},
};
use domain::Millis;
use leptos::prelude::*;
use leptos_meta::Title;

/// The page.
#[component]
pub fn WaitingList() -> impl IntoView {
    let data = ask(|| WaitingVolunteers {}, once);
    let l = lang();
    view! {
        <Title text=format!(
            "{} · {}",
            td_string!(l, volunteers.waiting_title),
            td_string!(l, common.name),
        )/>
        <Skip/>
        <div class="page">
            <BackBar href="/teams" words=td_string!(l, teams.title)/>
            <Load data page=move |view| view! { <Page view/> }/>
        </div>
    }
}

#[component]
fn Page(view: WaitingView) -> impl IntoView {
    let l = lang();
    let now = view.now;
    let none = view.lines.is_empty();
    let rows = view.lines.into_iter().map(|line| view! { <Row line now/> }).collect_view();
    view! {
        <main id="main">
            <div class="page-head">
                <h1>{td_string!(l, volunteers.waiting_title)}</h1>
                <p>{td_string!(l, volunteers.waiting_hint)}</p>
            </div>
            {if none {
                view! { <p class="meta">{td_string!(l, volunteers.waiting_none)}</p> }.into_any()
            } else {
                view! { <ul class="card flush rows">{rows}</ul> }.into_any()
            }}
            {view
                .more
                .then(|| view! { <p class="meta center">{td_string!(l, volunteers.waiting_more)}</p> })}
        </main>
    }
}

#[component]
fn Row(line: WaitingLine, now: Millis) -> impl IntoView {
    let l = lang();
    let first: String = line.called.chars().take(1).collect();
    view! {
        <li>
            <a class="rowlink" href=format!("/volunteers/{}/{}", line.team, line.person)>
                <span class="avatar" aria-hidden="true">{first}</span>
                <span class="grow">
                    <b>{line.called}</b><br/>
                    <span class="meta">{line.name}</span>
                </span>
                <span class="val">{time::near(l, line.since, now)}</span>
                <Icon name="go" class="go"/>
            </a>
        </li>
    }
}
