//! An area: what is below it, its own team, who works for it, and what can be done.

use super::{
    api::{AreaLine, AreaView, TeamLine},
    parts::{Events, Figures, Filter, Gone, Lead, MOST, Row, filtered},
    reading::Area as Ask,
    words,
};
use crate::{
    components::{
        bars::{BackBar, Skip},
        load::{Load, ask, once},
    },
    words::{Locale, lang, td_string},
};
use domain::organisation::Kind;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The page of an area; without a code that of the city.
#[component]
pub fn Area() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let data = ask(move || Ask { id: params.read().get("area").unwrap_or_default() }, once);
    let looked_for = move || query.read().get("q").unwrap_or_default();
    view! { <Load data page=move |area| view! { <Page area looked_for=looked_for()/> }/> }
}

#[component]
fn Page(area: AreaView, looked_for: String) -> impl IntoView {
    let l = lang();
    let (href, words) = match &area.above {
        Some((above, name)) => (format!("/organisation/areas/{above}"), name.clone()),
        None => ("/teams".to_owned(), td_string!(l, teams.title).to_owned()),
    };
    let survivor = area.survivor.clone();
    let survivor = survivor.map(|(id, name)| (format!("/organisation/areas/{id}"), name));
    let title = match &area.above {
        Some(_) => area.name.clone(),
        None => td_string!(l, organisation.title).to_owned(),
    };
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page wide organisation">
            <BackBar href words end=words::kind(l, Kind::Area(area.kind))/>
            <main id="main">
                <div class="page-head"><h1>{title}</h1></div>
                <Gone open=area.open survivor/>
                <div class="columns">
                    <div>
                        <Figures counts=area.counts/>
                        <Below areas=area.areas.clone() teams=area.teams.clone() looked_for/>
                        <Without all=area.without some=area.without_some.clone()/>
                    </div>
                    <div>
                        {area.open.then(|| view! { <Own area=area.clone()/> })}
                        <Acts area=area.clone()/>
                        <Events events=area.events now=area.now/>
                    </div>
                </div>
            </main>
        </div>
    }
}

/// What is right below: areas of the city and townships, teams of a village.
#[component]
fn Below(areas: Vec<AreaLine>, teams: Vec<TeamLine>, looked_for: String) -> impl IntoView {
    let l = lang();
    let all = areas.len() + teams.len();
    let areas = filtered(areas, &looked_for, |area| &area.name);
    let teams = filtered(teams, &looked_for, |team| &team.name);
    let found = areas.len() + teams.len();
    let area_rows = areas.into_iter().take(MOST).map(|area| {
        let note = area_note(l, &area);
        view! {
            <Row href=format!("/organisation/areas/{}", area.id) name=area.name note>
                <Vacant count=area.vacant/>
            </Row>
        }
    });
    let team_rows = teams.into_iter().take(MOST).map(|team| view! { <TeamRow team/> });
    (all > 0).then(|| {
        view! {
            <section class="section" aria-labelledby="below-h">
                <div class="section-head"><h2 id="below-h">{td_string!(l, organisation.below)}</h2></div>
                <Filter words=looked_for all/>
                {(found == 0).then(|| view! { <p class="meta">{td_string!(l, organisation.none_found)}</p> })}
                <ul class="card flush rows">{area_rows.collect_view()} {team_rows.collect_view()}</ul>
            </section>
        }
    })
}

/// 15 村、社区 · 32 支队伍.
fn area_note(l: Locale, area: &AreaLine) -> String {
    let teams = td_string!(l, organisation.teams_n, n = area.teams).to_string();
    match area.areas {
        0 => format!("{} · {teams}", words::kind(l, Kind::Area(area.kind))),
        n => format!("{} · {teams}", td_string!(l, organisation.areas_n, n = n)),
    }
}

#[component]
fn Vacant(count: i64) -> impl IntoView {
    let l = lang();
    (count > 0).then(|| {
        let words = td_string!(l, organisation.vacant_n, n = count).to_string();
        view! { <span class="tag today">{words}</span> }
    })
}

/// A team with its captain and how much is below it.
#[component]
pub fn TeamRow(
    /// The team.
    team: TeamLine,
) -> impl IntoView {
    let l = lang();
    let kind = words::kind(l, Kind::Team(team.kind));
    let below = match (team.teams, team.doors) {
        (0, 0) => String::new(),
        (0, doors) => format!(" · {}", td_string!(l, organisation.doors_n, n = doors)),
        (teams, _) => format!(" · {}", td_string!(l, organisation.teams_n, n = teams)),
    };
    let note = format!("{kind}{below}");
    view! {
        <Row href=format!("/organisation/teams/{}", team.id) name=team.name note>
            <Lead surname=team.captain/>
        </Row>
    }
}

/// Households that no circle covers, for who keeps the circles.
#[component]
fn Without(all: i64, some: Vec<String>) -> impl IntoView {
    let l = lang();
    (all > 0).then(|| {
        let heading = td_string!(l, organisation.without_n, n = all).to_string();
        let names = some.join(if l == Locale::en { ", " } else { "、" });
        view! {
            <section class="section" aria-labelledby="without-h">
                <div class="section-head"><h2 id="without-h">{heading}</h2></div>
                <div class="card">
                    <p class="meta">{td_string!(l, organisation.without_hint)}</p>
                    <p>{names}</p>
                </div>
            </section>
        }
    })
}

/// Its own team and who works for its unit.
#[component]
fn Own(area: AreaView) -> impl IntoView {
    let l = lang();
    let comma = if l == Locale::en { ", " } else { "、" };
    let staff = match area.staff.is_empty() {
        true => td_string!(l, organisation.nobody_yet).to_owned(),
        false => area.staff.join(comma),
    };
    let team = area.team.map(|(id, name, captain)| {
        view! {
            <Row href=format!("/organisation/teams/{id}") name>
                <Lead surname=captain/>
            </Row>
        }
    });
    let leads = format!("/organisation/leads?area={}", area.id);
    view! {
        <section class="section" aria-labelledby="own-h">
            <div class="section-head"><h2 id="own-h">{td_string!(l, organisation.who_leads)}</h2></div>
            <ul class="card flush rows">
                {team}
                <li class="rowlink">
                    <span class="grow">{words::unit(l, area.kind)}</span>
                    <span class="val">{staff}</span>
                </li>
                <Row href=leads name=td_string!(l, organisation.all_leads).to_owned()/>
            </ul>
        </section>
    }
}

/// What the reader may do here.
#[component]
fn Acts(area: AreaView) -> impl IntoView {
    let l = lang();
    let path = format!("/organisation/areas/{}", area.id);
    let areas = area
        .adds
        .iter()
        .map(|kind| (format!("{path}/add?to={}", kind.key()), words::add(l, Kind::Area(*kind))));
    let team = area.team.as_ref().map(|(id, _, _)| *id);
    let teams = area.adds_teams.iter().filter_map(|kind| {
        let to = format!("/organisation/teams/{}/add?to={}", team?, kind.key());
        Some((to, words::add(l, Kind::Team(*kind))))
    });
    let verbs = area
        .verbs
        .iter()
        .map(|verb| (format!("{path}/{}", verb.key()), words::verb(l, *verb).to_owned()));
    let all: Vec<_> = areas.chain(teams).chain(verbs).collect();
    view! { <Doings all/> }
}

/// Links to what can be done.
#[component]
pub fn Doings(
    /// Addresses and words.
    all: Vec<(String, String)>,
) -> impl IntoView {
    let l = lang();
    (!all.is_empty()).then(|| {
        let links = all.into_iter().map(|(href, words)| {
            view! { <a class="btn second small" href=href>{words}</a> }
        });
        view! {
            <section class="section" aria-labelledby="acts-h">
                <div class="section-head"><h2 id="acts-h">{td_string!(l, organisation.change)}</h2></div>
                <p class="row wrap">{links.collect_view()}</p>
            </section>
        }
    })
}
