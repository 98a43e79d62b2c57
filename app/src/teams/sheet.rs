//! The pages of teams: those of the reader's posts, and one with its captains.

use super::api::{HandOver, MyTeams, Team as Ask, TeamLine, TeamView, TermLine, VacateTeam};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        field::{ErrorSummary, TextField},
        icon::Icon,
        load::{Load, ask, once},
        refused::Refused,
        row::RowLink,
    },
    deputies::api::EndDeputy,
    volunteers::api::HowManyWait,
    words::{lang, td_string, time},
};
use domain::{Millis, forms::Field};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// The teams that the reader's posts are over.
#[component]
pub fn Teams() -> impl IntoView {
    let data = ask(|| MyTeams {}, once);
    let waiting = ask(|| HowManyWait {}, once);
    let l = lang();
    view! {
        <Title text=format!("{} · {}", td_string!(l, teams.title), td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/desk" words=td_string!(l, common.desk)/>
            <Load
                data
                page=move |teams| {
                    let lists = teams.lists;
                    view! {
                        <main id="main">
                            <div class="page-head"><h1>{td_string!(l, teams.title)}</h1></div>
                            <Load data=waiting page=move |n| view! { <Waiting n/> }/>
                            <Lines teams=teams.lines/>
                            <Beside lists/>
                        </main>
                    }
                }
            />
        </div>
    }
}

/// What else is kept of a reach: its people, its areas, its lists, its cards.
#[component]
fn Beside(lists: bool) -> impl IntoView {
    let l = lang();
    let ways = [
        Some(("/people", "me", td_string!(l, search.to_people))),
        Some(("/organisation", "rings", td_string!(l, organisation.title))),
        lists.then_some(("/imports", "list", td_string!(l, search.to_imports))),
        Some(("/cards/said", "door", td_string!(l, cards.said_title))),
    ];
    let rows = ways.into_iter().flatten().map(|(href, icon, words)| {
        view! { <RowLink href icon words/> }
    });
    view! { <ul class="card flush rows gap-before">{rows.collect_view()}</ul> }
}

/// The way to those who wait to be let into a team.
#[component]
fn Waiting(n: i64) -> impl IntoView {
    let l = lang();
    let count = match n {
        0 => td_string!(l, volunteers.nobody_waits).to_owned(),
        n => td_string!(l, volunteers.waiting_n, n = n).to_string(),
    };
    let words = td_string!(l, volunteers.waiting_title);
    view! {
        <ul class="card flush rows gap">
            <RowLink href="/volunteers" icon="heart" words value=count/>
        </ul>
    }
}

/// One team.
#[component]
pub fn Team() -> impl IntoView {
    let params = use_params_map();
    let data = ask(move || Ask { id: params.read().get("id").unwrap_or_default() }, once);
    let hand_over = Act::of::<HandOver>();
    let vacate = Act::of::<VacateTeam>();
    let end = Act::of::<EndDeputy>();
    view! { <Load data page=move |team| view! { <Sheet team hand_over vacate end/> }/> }
}

#[component]
fn Sheet(team: TeamView, hand_over: Act, vacate: Act, end: Act) -> impl IntoView {
    let l = lang();
    let now = team.now;
    let (href, words) = match team.above.clone() {
        Some((above, name)) => (format!("/teams/{above}"), name),
        None => ("/teams".to_owned(), td_string!(l, teams.title).to_owned()),
    };
    let mut terms = team.terms.into_iter();
    let captain = if team.is_led { terms.next() } else { None };
    let led = captain.is_some();
    let (deputy, before): (Vec<_>, Vec<_>) = terms
        .partition(|term| term.deputy_for.is_some() && term.until.is_some_and(|until| until > now));
    let failed = if hand_over.failed() { td_string!(l, common.error_prefix) } else { "" };
    view! {
        <Title text=format!("{failed}{} · {}", team.name, td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href words=words/>
            <main id="main" class="stack">
                <div class="page-head"><h1>{team.name}</h1></div>
                <ErrorSummary errors=Signal::derive(move || hand_over.faults())/>
                <Refused act=hand_over now/>
                <Refused act=vacate now/>
                <Captain captain now/>
                <Refused act=end now/>
                {deputy.into_iter().map(|term| view! { <StandsIn term now/> }).collect_view()}
                {team
                    .may_end_deputy
                    .then(|| {
                        view! {
                            <ActForm act=end>
                                <input type="hidden" name="team" value=team.id.to_string()/>
                                <button class="btn second wide">{td_string!(l, deputies.end_now)}</button>
                            </ActForm>
                        }
                    })}
                {team
                    .may_appoint
                    .then(|| view! { <Appoint id=team.id typed=team.typed led hand_over vacate/> })}
                <ul class="card flush rows">
                    <RowLink
                        href=format!("/teams/{}/members", team.id)
                        icon="me"
                        words=td_string!(l, volunteers.members)
                    />
                </ul>
                {team
                    .keeps_cards
                    .then(|| {
                        view! {
                            <a class="btn second wide" href=format!("/teams/{}/cards", team.id)>
                                {td_string!(l, cards.title)}
                            </a>
                        }
                    })}
                <Below teams=team.below/>
                <Before terms=before now/>
            </main>
        </div>
    }
}

#[component]
fn Captain(captain: Option<TermLine>, now: Millis) -> impl IntoView {
    let l = lang();
    match captain {
        Some(term) => {
            let first: String = term.called.chars().take(1).collect();
            let day = time::day(l, term.since, now);
            let since = td_string!(l, teams.since, t = day.as_str()).to_string();
            view! {
                <section class="card person" aria-label=td_string!(l, teams.captain)>
                    <span class="avatar cap" aria-hidden="true">{first}</span>
                    <div class="grow">
                        <p class="name">{term.called}</p>
                        <p class="meta">{since}</p>
                    </div>
                </section>
            }
            .into_any()
        }
        None => view! {
            <p class="notice soon">
                <Icon name="warn"/>
                <span>{td_string!(l, teams.vacant)}</span>
            </p>
        }
        .into_any(),
    }
}

/// Who stands in for the captain.
#[component]
fn StandsIn(term: TermLine, now: Millis) -> impl IntoView {
    let l = lang();
    let first: String = term.called.chars().take(1).collect();
    let to = term.until.map(|until| time::day(l, until, now)).unwrap_or_default();
    let from = time::day(l, term.since, now);
    let span = td_string!(l, deputies.from_to, a = from.as_str(), b = to.as_str()).to_string();
    view! {
        <section class="card person" aria-label=td_string!(l, deputies.title)>
            <span class="avatar cap" aria-hidden="true">{first}</span>
            <div class="grow">
                <p class="name">{term.called}" "<span class="tag lotus">{td_string!(l, deputies.tag)}</span></p>
                <p class="meta">{span}</p>
            </div>
        </section>
    }
}

/// Handing it over, or ending the term: for who reaches over the team from above.
#[component]
fn Appoint(id: uuid::Uuid, typed: String, led: bool, hand_over: Act, vacate: Act) -> impl IntoView {
    let l = lang();
    let errors = Signal::derive(move || hand_over.faults());
    let open = !typed.is_empty() || !led;
    view! {
        <details class="fold card" open=open>
            <summary>{td_string!(l, teams.hand_over)}<Icon name="down"/></summary>
            <ActForm act=hand_over class="stack" novalidate=true>
                <input type="hidden" name="team" value=id.to_string()/>
                <TextField
                    field=Field::Phone
                    name="phone"
                    label=td_string!(l, teams.phone)
                    hint=td_string!(l, teams.phone_hint)
                    value=typed
                    errors
                    kind="tel"
                    maxlength="24"
                />
                <button class="btn primary wide">{td_string!(l, teams.hand_over_do)}</button>
            </ActForm>
        </details>
        {led
            .then(|| {
                view! {
                    <details class="fold card">
                        <summary>{td_string!(l, teams.vacate)}<Icon name="down"/></summary>
                        <ActForm act=vacate class="stack">
                            <input type="hidden" name="team" value=id.to_string()/>
                            <p class="meta">{td_string!(l, teams.vacate_hint)}</p>
                            <button class="btn second wide">{td_string!(l, teams.vacate_do)}</button>
                        </ActForm>
                    </details>
                }
            })}
    }
}

#[component]
fn Below(teams: Vec<TeamLine>) -> impl IntoView {
    let l = lang();
    (!teams.is_empty()).then(|| {
        view! {
            <section class="section" aria-labelledby="below-h">
                <div class="section-head"><h2 id="below-h">{td_string!(l, teams.below)}</h2></div>
                <Lines teams/>
            </section>
        }
    })
}

#[component]
fn Lines(teams: Vec<TeamLine>) -> impl IntoView {
    let l = lang();
    let rows = teams.into_iter().map(|team| {
        let captain = team.captain.map(|surname| crate::words::captain(l, &surname));
        view! {
            <li>
                <a class="rowlink" href=format!("/teams/{}", team.id)>
                    <span class="grow">{team.name}</span>
                    <span class="val">{captain}</span>
                    <Icon name="go" class="go"/>
                </a>
            </li>
        }
    });
    view! { <ul class="card flush rows">{rows.collect_view()}</ul> }
}

/// Who led it before.
#[component]
fn Before(terms: Vec<TermLine>, now: Millis) -> impl IntoView {
    let l = lang();
    (!terms.is_empty()).then(|| {
        let rows = terms.into_iter().map(|term| {
            let from = time::day(l, term.since, now);
            let to = term.until.map(|until| time::day(l, until, now)).unwrap_or_default();
            let span = td_string!(l, teams.from_to, a = from.as_str(), b = to.as_str());
            view! {
                <li class="rowlink">
                    <span class="grow">
                        {term.called}
                        {term
                            .deputy_for
                            .map(|_| view! { " " <span class="tag">{td_string!(l, deputies.tag)}</span> })}
                    </span>
                    <span class="val">{span.to_string()}</span>
                </li>
            }
        });
        view! {
            <section class="section" aria-labelledby="before-h">
                <div class="section-head"><h2 id="before-h">{td_string!(l, teams.before)}</h2></div>
                <ul class="card flush rows">{rows.collect_view()}</ul>
            </section>
        }
    })
}
