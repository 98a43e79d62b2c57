//! A team: what is below it, its captain, and of a circle its doors and its centre.

use super::{
    api::{DoorLine, TeamLine, TeamView},
    area::{Doings, TeamRow},
    doors::moves::{AddDoor, AddDoors, SetPoint},
    parts::{Events, Figures, Filter, Gone, Lead, MOST, Row, filtered, typed},
    reading::Team as Ask,
    words,
};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        datum::DatumField,
        field::{ErrorSummary, TextField},
        icon::Icon,
        load::{Load, ask, once},
        refused::Refused,
    },
    words::{lang, td_string},
};
use domain::{
    forms::{Field, FormErrors},
    organisation::{Kind, Verb},
    teams::TeamKind,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

/// What can be done to a circle on its own page.
#[derive(Clone, Copy)]
struct Acts {
    door: Act,
    doors: Act,
    point: Act,
}

impl Acts {
    /// The faults of whichever form was sent.
    fn faults(self) -> Signal<FormErrors> {
        Signal::derive(move || {
            let all = [self.door, self.doors, self.point].map(Act::faults);
            FormErrors(all.into_iter().flat_map(|faults| faults.0).collect())
        })
    }
}

/// The page of a team.
#[component]
pub fn Team() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let data = ask(move || Ask { id: params.read().get("id").unwrap_or_default() }, once);
    let looked_for = move || query.read().get("q").unwrap_or_default();
    let acts = Acts {
        door: Act::of::<AddDoor>(),
        doors: Act::of::<AddDoors>(),
        point: Act::of::<SetPoint>(),
    };
    view! { <Load data page=move |team| view! { <Page team looked_for=looked_for() acts/> }/> }
}

#[component]
fn Page(team: TeamView, looked_for: String, acts: Acts) -> impl IntoView {
    let l = lang();
    let (href, words) = match &team.above {
        Some((above, name)) => (format!("/organisation/teams/{above}"), name.clone()),
        None => ("/organisation".to_owned(), td_string!(l, organisation.title).to_owned()),
    };
    let survivor = team.survivor.clone();
    let survivor = survivor.map(|(id, name)| (format!("/organisation/teams/{id}"), name));
    let failed = [acts.door, acts.doors, acts.point].into_iter().any(Act::failed);
    let failed = if failed { td_string!(l, common.error_prefix) } else { "" };
    let keeps = team.verbs.contains(&Verb::Circle);
    view! {
        <Title text=format!("{failed}{} · {}", team.name, td_string!(l, common.name))/>
        <Skip/>
        <div class="page wide organisation">
            <BackBar href words end=words::kind(l, Kind::Team(team.kind))/>
            <main id="main">
                <div class="page-head"><h1>{team.name.clone()}</h1></div>
                <ErrorSummary errors=acts.faults()/>
                <Refused act=acts.door now=team.now/>
                <Refused act=acts.doors now=team.now/>
                <Refused act=acts.point now=team.now/>
                <Gone open=team.open survivor/>
                <div class="columns">
                    <div>
                        <Figures counts=team.counts/>
                        <Below teams=team.below.clone() looked_for/>
                        <Doors doors=team.doors.clone() keeps/>
                        {keeps.then(|| view! { <NewDoors team=team.clone() acts/> })}
                    </div>
                    <div>
                        <Own team=team.clone()/>
                        {keeps.then(|| view! { <Centre team=team.clone() acts/> })}
                        <Links team=team.clone()/>
                        <Events events=team.events now=team.now/>
                    </div>
                </div>
            </main>
        </div>
    }
}

#[component]
fn Below(teams: Vec<TeamLine>, looked_for: String) -> impl IntoView {
    let l = lang();
    let all = teams.len();
    let teams = filtered(teams, &looked_for, |team| &team.name);
    let none = teams.is_empty();
    let rows = teams.into_iter().take(MOST).map(|team| view! { <TeamRow team/> });
    (all > 0).then(|| {
        view! {
            <section class="section" aria-labelledby="below-h">
                <div class="section-head"><h2 id="below-h">{td_string!(l, teams.below)}</h2></div>
                <Filter words=looked_for all/>
                {none.then(|| view! { <p class="meta">{td_string!(l, organisation.none_found)}</p> })}
                <ul class="card flush rows">{rows.collect_view()}</ul>
            </section>
        }
    })
}

/// Its captain, and the area that it serves.
#[component]
fn Own(team: TeamView) -> impl IntoView {
    let l = lang();
    let (area, name) = team.area;
    // A branch of a city unit serves no place of its own; its posts are not kept here.
    let post = (team.open && team.kind != TeamKind::Branch).then(|| {
        view! {
            <Row href=format!("/teams/{}", team.id) name=td_string!(l, teams.captain).to_owned()>
                <Lead surname=team.captain/>
            </Row>
        }
    });
    view! {
        <section class="section" aria-labelledby="own-h">
            <div class="section-head"><h2 id="own-h">{td_string!(l, organisation.who_leads)}</h2></div>
            <ul class="card flush rows">
                {post}
                <Row href=format!("/organisation/areas/{area}") name=td_string!(l, organisation.serves).to_owned()>
                    {name}
                </Row>
            </ul>
        </section>
    }
}

/// The doors along the lane; who keeps the circle opens one.
#[component]
fn Doors(doors: Vec<DoorLine>, keeps: bool) -> impl IntoView {
    let l = lang();
    (!doors.is_empty()).then(|| {
        let rows = doors.into_iter().map(|door| {
            let people = match door.people {
                0 => String::new(),
                n => td_string!(l, organisation.people_n, n = n).to_string(),
            };
            let words = format!("{} · {}", door.position, door.label);
            if keeps {
                let href = format!("/organisation/doors/{}", door.id);
                view! { <Row href name=words>{people}</Row> }.into_any()
            } else {
                view! {
                    <li class="rowlink"><span class="grow">{words}</span><span class="val">{people}</span></li>
                }
                .into_any()
            }
        });
        view! {
            <section class="section" aria-labelledby="doors-h">
                <div class="section-head"><h2 id="doors-h">{td_string!(l, organisation.doors)}</h2></div>
                <ul class="card flush rows">{rows.collect_view()}</ul>
            </section>
        }
    })
}

/// One door more, or a whole lane.
#[component]
fn NewDoors(team: TeamView, acts: Acts) -> impl IntoView {
    let l = lang();
    let errors = acts.faults();
    let [lane, first, last, label, position] = ["lane", "first", "last", "label", "position"]
        .map(|name| typed(&team.typed, name).unwrap_or_default());
    let several = typed(&team.typed, "lane").is_some() || team.doors.is_empty();
    let one = typed(&team.typed, "label").is_some();
    view! {
        <section class="section stack" aria-label=td_string!(l, organisation.doors_more)>
            <details class="fold card" open=several>
                <summary>{td_string!(l, organisation.add_doors)}<Icon name="down"/></summary>
                <ActForm act=acts.doors class="stack" novalidate=true>
                    <input type="hidden" name="team" value=team.id.to_string()/>
                    <TextField
                        field=Field::Name
                        name="lane"
                        label=td_string!(l, organisation.lane)
                        hint=td_string!(l, organisation.lane_hint)
                        value=lane
                        errors
                    />
                    <div class="pair">
                        <TextField field=Field::First name="first" label=td_string!(l, organisation.first) value=first errors kind="tel" maxlength="4"/>
                        <TextField field=Field::Last name="last" label=td_string!(l, organisation.last) value=last errors kind="tel" maxlength="4"/>
                    </div>
                    <button class="btn primary wide">{td_string!(l, organisation.add_doors)}</button>
                </ActForm>
            </details>
            <details class="fold card" open=one>
                <summary>{td_string!(l, organisation.add_door)}<Icon name="down"/></summary>
                <ActForm act=acts.door class="stack" novalidate=true>
                    <input type="hidden" name="team" value=team.id.to_string()/>
                    <TextField field=Field::Door name="label" label=td_string!(l, organisation.door_label) value=label errors/>
                    <TextField
                        field=Field::Position
                        name="position"
                        label=td_string!(l, organisation.position)
                        hint=td_string!(l, organisation.position_hint)
                        value=position
                        errors
                        kind="tel"
                        maxlength="4"
                    />
                    <button class="btn primary wide">{td_string!(l, organisation.add_door)}</button>
                </ActForm>
            </details>
        </section>
    }
}

/// The point around which the ring is drawn.
#[component]
fn Centre(team: TeamView, acts: Acts) -> impl IntoView {
    let l = lang();
    let errors = acts.faults();
    let (lat, lon) = team.point.clone().unwrap_or_default();
    let lat = typed(&team.typed, "latitude").unwrap_or(lat);
    let lon = typed(&team.typed, "longitude").unwrap_or(lon);
    let open = typed(&team.typed, "latitude").is_some() || team.point.is_some();
    view! {
        <details class="fold card section" open=open>
            <summary>{td_string!(l, organisation.point)}<Icon name="down"/></summary>
            <ActForm act=acts.point class="stack" novalidate=true>
                <input type="hidden" name="team" value=team.id.to_string()/>
                <p class="hint">{td_string!(l, organisation.point_hint)}</p>
                <div class="pair">
                    <TextField field=Field::Latitude name="latitude" label=td_string!(l, organisation.latitude) value=lat errors maxlength="20"/>
                    <TextField field=Field::Longitude name="longitude" label=td_string!(l, organisation.longitude) value=lon errors maxlength="20"/>
                </div>
                <DatumField chosen=typed(&team.typed, "datum").unwrap_or_default()/>
                <button class="btn second wide">{td_string!(l, organisation.save)}</button>
            </ActForm>
        </details>
    }
}

#[component]
fn Links(team: TeamView) -> impl IntoView {
    let l = lang();
    let path = format!("/organisation/teams/{}", team.id);
    let adds = team
        .adds
        .iter()
        .map(|kind| (format!("{path}/add?to={}", kind.key()), words::add(l, Kind::Team(*kind))));
    let verbs = team
        .verbs
        .iter()
        .filter(|verb| **verb != Verb::Circle)
        .map(|verb| (format!("{path}/{}", verb.key()), words::verb(l, *verb).to_owned()));
    let all: Vec<_> = adds.chain(verbs).collect();
    view! { <Doings all/> }
}
