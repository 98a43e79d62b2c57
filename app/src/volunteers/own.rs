//! A volunteer's own page: registering; then number, teams, pausing, what they have said.

use super::{
    api::{MyVolunteering, OfTeam, OwnView},
    fields::{Team, What, Who},
    moves::{
        JoinTeam, LeaveTeam, PauseVolunteering, RegisterVolunteer, ResumeVolunteering,
        TakeApplicationBack,
    },
    parts::{Fact, History, TeamButton, tag},
};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        field::{ErrorSummary, TextField},
        icon::Icon,
        load::{Load, ask, once},
        refused::Refused,
    },
    words::{lang, td_string, time, volunteers as words},
};
use domain::{Millis, forms::Field, volunteers::Standing};
use leptos::prelude::*;
use leptos_meta::Title;
use uuid::Uuid;

/// The verbs of the page.
#[derive(Clone, Copy)]
struct Acts {
    register: Act,
    join: Act,
    take_back: Act,
    leave: Act,
    pause: Act,
    resume: Act,
}

/// The page.
#[component]
pub fn Volunteering() -> impl IntoView {
    let acts = Acts {
        register: Act::of::<RegisterVolunteer>(),
        join: Act::of::<JoinTeam>(),
        take_back: Act::of::<TakeApplicationBack>(),
        leave: Act::of::<LeaveTeam>(),
        pause: Act::of::<PauseVolunteering>(),
        resume: Act::of::<ResumeVolunteering>(),
    };
    let data = ask(|| MyVolunteering {}, once);
    let l = lang();
    view! {
        <Skip/>
        <div class="page">
            <BackBar href="/me" words=td_string!(l, common.tab_me)/>
            <Load data page=move |view| view! { <Page view acts/> }/>
        </div>
    }
}

#[component]
fn Page(view: OwnView, acts: Acts) -> impl IntoView {
    let l = lang();
    let now = view.now;
    let (heading, hint) = match (view.settled, view.registered) {
        (_, true) => (td_string!(l, volunteers.own_title), td_string!(l, volunteers.own_hint)),
        _ => (td_string!(l, volunteers.register_title), td_string!(l, volunteers.register_hint)),
    };
    let failed = acts.register.failed() || acts.pause.failed();
    let failed = if failed { td_string!(l, common.error_prefix) } else { "" };
    let content = match (view.registered, view.settled) {
        (true, _) => view! { <Registered view acts/> }.into_any(),
        (false, true) => view! { <Register view acts/> }.into_any(),
        (false, false) => view! { <NotYet/> }.into_any(),
    };
    let verbs = [acts.register, acts.join, acts.take_back, acts.leave, acts.pause, acts.resume];
    let refusals = verbs.map(|act| view! { <Refused act now/> });
    view! {
        <Title text=format!("{failed}{heading} · {}", td_string!(l, common.name))/>
        <main id="main">
            <div class="page-head">
                <h1>{heading}</h1>
                <p>{hint}</p>
            </div>
            <ErrorSummary errors=Signal::derive(move || acts.register.faults())/>
            <ErrorSummary errors=Signal::derive(move || acts.pause.faults())/>
            {refusals.collect_view()}
            {content}
        </main>
    }
}

/// Says first who they are and where they live.
#[component]
fn NotYet() -> impl IntoView {
    let l = lang();
    view! {
        <section class="card stack">
            <p>{td_string!(l, volunteers.home_first)}</p>
            <a class="btn primary wide" href="/me/home">{td_string!(l, volunteers.to_home)}</a>
        </section>
    }
}

#[component]
fn Register(view: OwnView, acts: Acts) -> impl IntoView {
    let l = lang();
    let errors = Signal::derive(move || acts.register.faults());
    let draft = view.draft.clone();
    let before = view.teams.clone();
    view! {
        <Before teams=before/>
        <ActForm act=acts.register novalidate=true>
            <Who draft=draft.clone() errors/>
            <What draft no="2"/>
            <Team view errors/>
            <button class="btn primary wide">{td_string!(l, volunteers.register)}</button>
        </ActForm>
    }
}

/// Why it did not come to anything before.
#[component]
fn Before(teams: Vec<OfTeam>) -> impl IntoView {
    let l = lang();
    let refused = teams.into_iter().filter(|team| team.reason.is_some());
    refused
        .map(|team| {
            let why = team.reason.as_deref().map(|key| words::reason(l, key)).unwrap_or_default();
            let note = team.note.map(|note| format!(" {note}")).unwrap_or_default();
            let why = format!("{why}{note}");
            let (team, why) = (team.name.as_str(), why.as_str());
            let words = td_string!(l, volunteers.because, team = team, why = why).to_string();
            view! {
                <p class="notice soon gap">
                    <Icon name="info"/>
                    <span>{words}</span>
                </p>
            }
        })
        .collect_view()
}

#[component]
fn Registered(view: OwnView, acts: Acts) -> impl IntoView {
    let l = lang();
    let now = view.now;
    let number = view.number.clone().map(|number| {
        view! {
            <section class="card lotus" aria-label=td_string!(l, volunteers.number)>
                <p class="meta">{td_string!(l, volunteers.number)}</p>
                <p class="volunteer-no num">{number}</p>
            </section>
        }
    });
    let member = view.teams.iter().any(|team| team.standing == Standing::Member);
    let (running, past): (Vec<_>, Vec<_>) =
        view.teams.clone().into_iter().partition(|team| team.standing.is_running());
    let taken: Vec<Uuid> = running.iter().map(|team| team.id).collect();
    view! {
        {number}
        <Running teams=running acts now/>
        <Before teams=past/>
        {(member || view.paused)
            .then(|| view! { <Pausing paused=view.paused back=view.back acts now/> })}
        <Said view=view.clone()/>
        <Join near=view.near branches=view.branches taken join=acts.join/>
        <History events=view.events now/>
    }
}

#[component]
fn Running(teams: Vec<OfTeam>, acts: Acts, now: Millis) -> impl IntoView {
    let l = lang();
    let rows = teams.into_iter().map(|team| {
        let since = time::day(l, team.since, now);
        let (act, word) = match team.standing {
            Standing::Applied => (acts.take_back, td_string!(l, volunteers.take_back)),
            _ => (acts.leave, td_string!(l, volunteers.leave)),
        };
        let name = team.name.clone();
        let applied = team.standing == Standing::Applied;
        let button = view! { <TeamButton act team=team.id words=word name/> };
        view! {
            <li class="part">
                <span class="grow">
                    <b>{team.name}</b><br/>
                    <span class=tag(team.standing)>{words::standing(l, team.standing)}</span>
                    " " <span class="meta nowrap">{since}</span>
                </span>
                {match applied {
                    true => button.into_any(),
                    // A second tap: there is no way back but to apply again.
                    false => view! {
                        <details class="fold danger">
                            <summary>{word}<Icon name="down"/></summary>
                            <p class="meta">{td_string!(l, volunteers.leave_hint)}</p>
                            {button}
                        </details>
                    }
                        .into_any(),
                }}
            </li>
        }
    });
    view! {
        <section class="section" aria-labelledby="teams-h">
            <div class="section-head"><h2 id="teams-h">{td_string!(l, volunteers.teams)}</h2></div>
            <ul class="card flush rows">{rows.collect_view()}</ul>
        </section>
    }
}

#[component]
fn Pausing(paused: bool, back: Option<Millis>, acts: Acts, now: Millis) -> impl IntoView {
    let l = lang();
    let errors = Signal::derive(move || acts.pause.faults());
    match paused {
        true => {
            let words = match back {
                Some(back) => {
                    let day = time::day(l, back, now);
                    td_string!(l, volunteers.paused_until, t = day.as_str()).to_string()
                }
                None => td_string!(l, volunteers.paused_open).to_owned(),
            };
            view! {
                <section class="card lake stack gap-before" aria-label=td_string!(l, volunteers.pause)>
                    <p class="keep">{words}</p>
                    <ActForm act=acts.resume>
                        <button class="btn primary wide">{td_string!(l, volunteers.resume)}</button>
                    </ActForm>
                </section>
            }
            .into_any()
        }
        false => view! {
            <details class="fold card gap-before" open=acts.pause.failed()>
                <summary>{td_string!(l, volunteers.pause)}<Icon name="down"/></summary>
                <ActForm act=acts.pause class="stack" novalidate=true>
                    <p class="meta">{td_string!(l, volunteers.pause_hint)}</p>
                    <TextField
                        field=Field::BackOn
                        name="back"
                        label=td_string!(l, volunteers.back_on)
                        hint=td_string!(l, volunteers.back_on_hint)
                        value=String::new()
                        errors
                        kind="date"
                        maxlength="20"
                    />
                    <button class="btn second wide">{td_string!(l, volunteers.pause_do)}</button>
                </ActForm>
            </details>
        }
        .into_any(),
    }
}

/// What they have said of themselves, and the way to change it.
#[component]
fn Said(view: OwnView) -> impl IntoView {
    let l = lang();
    let said = words::Said::of(l, &view.profile, view.now);
    view! {
        <section class="section" aria-labelledby="said-h">
            <div class="section-head"><h2 id="said-h">{td_string!(l, volunteers.said)}</h2></div>
            <div class="card">
                <dl class="facts">
                    <Fact name=td_string!(l, volunteers.skills) value=said.skills/>
                    <Fact name=td_string!(l, volunteers.languages) value=said.languages/>
                    <Fact name=td_string!(l, volunteers.free) value=said.free/>
                    <Fact name=td_string!(l, volunteers.insurance_short) value=said.insurance class="keep"/>
                </dl>
                <a class="btn second wide" href="/me/volunteer/edit">{td_string!(l, volunteers.edit)}</a>
            </div>
        </section>
    }
}

#[component]
fn Join(
    near: Vec<(Uuid, String)>,
    branches: Vec<(Uuid, String)>,
    taken: Vec<Uuid>,
    join: Act,
) -> impl IntoView {
    let l = lang();
    let rows = move |teams: Vec<(Uuid, String)>| {
        let free = teams.into_iter().filter(|(id, _)| !taken.contains(id));
        let rows = free.map(|(id, name)| {
            view! {
                <li class="part">
                    <span class="grow">{name.clone()}</span>
                    <TeamButton act=join team=id words=td_string!(l, volunteers.join) name/>
                </li>
            }
        });
        rows.collect_view()
    };
    let near = rows(near);
    let branches = rows(branches);
    view! {
        <section class="section" aria-labelledby="join-h">
            <details class="fold card" open=join.failed()>
                <summary id="join-h">{td_string!(l, volunteers.join_title)}<Icon name="down"/></summary>
                <p class="meta">{td_string!(l, volunteers.join_hint)}</p>
                <ul class="rows">{near}</ul>
                <h3 class="label gap-before">{td_string!(l, volunteers.branches)}</h3>
                <ul class="rows">{branches}</ul>
                <a class="btn quiet wide" href="/places?next=volunteer">
                    {td_string!(l, volunteers.elsewhere)}
                </a>
            </details>
        </section>
    }
}
