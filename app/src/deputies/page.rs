//! The page of standing in: who does and until when, naming somebody, ending it.

use super::api::{Deputy as Ask, DeputyLine, DeputyView, EndDeputy, NameDeputy, Place};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        field::{ErrorSummary, TextField},
        icon::Icon,
        load::{Load, ask, once},
        plain_form::SelectField,
        refused::Refused,
    },
    words::{lang, td_string, time},
};
use domain::{Millis, forms::Field};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use uuid::Uuid;

/// The page.
#[component]
pub fn Deputy() -> impl IntoView {
    let post = use_query_map().read_untracked().get("post").and_then(|post| post.parse().ok());
    let data = ask(move || Ask { post: post.unwrap_or_default() }, once);
    let (name, end) = (Act::of::<NameDeputy>(), Act::of::<EndDeputy>());
    view! { <Load data page=move |view| view! { <Page view name end/> }/> }
}

#[component]
fn Page(view: DeputyView, name: Act, end: Act) -> impl IntoView {
    let l = lang();
    let (title, now) = (td_string!(l, deputies.title), view.now);
    let failed = if name.failed() { td_string!(l, common.error_prefix) } else { "" };
    let errors = Signal::derive(move || name.faults());
    let plain = |words: &'static str| view! { <p class="notice plain"><span>{words}</span></p> };
    let body = match (view.team, view.deputy.clone()) {
        (None, _) => plain(td_string!(l, deputies.staff)).into_any(),
        (Some(team), Some(line)) => view! { <Now line place=view.place team end now/> }.into_any(),
        (Some(_), None) if view.place != Place::Leads => {
            plain(td_string!(l, deputies.nobody)).into_any()
        }
        (Some(_), None) if view.members.is_empty() => {
            plain(td_string!(l, deputies.no_members)).into_any()
        }
        (Some(team), None) => view! { <Name view=view.clone() team name/> }.into_any(),
    };
    view! {
        <Title text=format!("{failed}{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href=format!("/desk?post={}", view.post) words=td_string!(l, desk.title)/>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{view.name.clone()}</p>
                </div>
                <ErrorSummary errors/>
                <Refused act=name now/>
                <Refused act=end now/>
                {body}
                <p class="faint">{td_string!(l, deputies.hint)}</p>
            </main>
        </div>
    }
}

/// Who stands in, and the end of it.
#[component]
fn Now(line: DeputyLine, place: Place, team: Uuid, end: Act, now: Millis) -> impl IntoView {
    let l = lang();
    let first: String = line.called.chars().take(1).collect();
    let (from, to) = (time::day(l, line.since, now), time::day(l, line.until, now));
    let span = td_string!(l, deputies.from_to, a = from.as_str(), b = to.as_str()).to_string();
    let whom = td_string!(l, deputies.stands_in, who = line.captain.as_str()).to_string();
    let words = match place {
        Place::StandsIn => td_string!(l, deputies.give_back),
        Place::Leads | Place::Works => td_string!(l, deputies.back_now),
    };
    view! {
        <section class="card person" aria-label=td_string!(l, deputies.title)>
            <span class="avatar cap" aria-hidden="true">{first}</span>
            <div class="grow">
                <p class="name">{line.called}</p>
                <p class="meta">{whom}<br/>{span}</p>
            </div>
        </section>
        <ActForm act=end>
            <input type="hidden" name="team" value=team.to_string()/>
            <button class="btn second wide">{words}</button>
        </ActForm>
    }
}

/// Naming somebody.
#[component]
fn Name(view: DeputyView, team: Uuid, name: Act) -> impl IntoView {
    let l = lang();
    let errors = Signal::derive(move || name.faults());
    let typed = |field: &str| view.typed.get(field).cloned().unwrap_or_default();
    let (whom, back) = (typed("whom"), typed("back"));
    let choices = view.members.into_iter().map(|(id, called)| (id.to_string(), called)).collect();
    view! {
        <ActForm act=name class="card stack" novalidate=true>
            <input type="hidden" name="team" value=team.to_string()/>
            <input type="hidden" name="post" value=view.post.to_string()/>
            <p class="row top"><Icon name="info"/><span>{td_string!(l, deputies.what)}</span></p>
            <SelectField
                field=Field::Whom
                name="whom"
                label=td_string!(l, deputies.whom)
                hint=td_string!(l, deputies.whom_hint)
                choices
                chosen=whom
                errors
            />
            <TextField
                field=Field::BackOn
                name="back"
                label=td_string!(l, deputies.back)
                hint=td_string!(l, deputies.back_hint)
                value=back
                errors
                kind="date"
                maxlength="20"
            />
            <button class="btn primary wide">{td_string!(l, deputies.name_it)}</button>
        </ActForm>
    }
}
