//! The members of a team, thirty to a page.

use super::api::{MemberLine, MembersOf, MembersView};
use crate::{
    components::{
        bars::{BackBar, Skip},
        icon::Icon,
        load::{Load, ask, once},
    },
    words::{lang, td_string},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

/// The page.
#[component]
pub fn Members() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let question = move || MembersOf {
        team: params.read().get("id").unwrap_or_default(),
        after: query.read().get("after").unwrap_or_default(),
    };
    let data = ask(question, once);
    view! { <Load data page=move |view| view! { <Page view/> }/> }
}

#[component]
fn Page(view: MembersView) -> impl IntoView {
    let l = lang();
    let team = view.team;
    let title = td_string!(l, volunteers.members);
    let count = td_string!(l, volunteers.members_n, n = view.all).to_string();
    let rows = view.lines.into_iter().map(|line| view! { <Row line team/> }).collect_view();
    let next = view.next.map(|next| {
        view! {
            <a class="btn second wide gap-before" href=format!("/teams/{team}/members?after={next}")>
                {td_string!(l, volunteers.next_page)}
            </a>
        }
    });
    view! {
        <Title text=format!("{title} · {} · {}", view.name, td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href=format!("/teams/{team}") words=view.name/>
            <main id="main">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{count}</p>
                </div>
                <ul class="card flush rows">{rows}</ul>
                {next}
            </main>
        </div>
    }
}

#[component]
fn Row(line: MemberLine, team: Uuid) -> impl IntoView {
    let l = lang();
    let first: String = line.called.chars().take(1).collect();
    let paused = line.paused.then(|| {
        view! { <span class="tag lake">{td_string!(l, volunteers.is_paused)}</span> }
    });
    let minor = line.minor.then(|| {
        view! { <span class="tag today">{td_string!(l, volunteers.minor)}</span> }
    });
    view! {
        <li>
            <a class="rowlink" href=format!("/volunteers/{team}/{}", line.person)>
                <span class="avatar" aria-hidden="true">{first}</span>
                <span class="grow">
                    <b>{line.called}</b> " " {minor} " " {paused} <br/>
                    <span class="meta">{line.number}</span>
                </span>
                <Icon name="go" class="go"/>
            </a>
        </li>
    }
}
