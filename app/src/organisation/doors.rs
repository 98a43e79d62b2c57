//! One door: its name and place, another circle for it, or its end.

pub mod moves;

use self::moves::{ChangeDoor, MoveDoor, PointDoor, RemoveDoor};
use super::{api::DoorView, parts::typed, reading::Door as Ask};
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
use domain::forms::{Field, FormErrors};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// The page of a door.
#[component]
pub fn Door() -> impl IntoView {
    let params = use_params_map();
    let data = ask(move || Ask { id: params.read().get("door").unwrap_or_default() }, once);
    let acts = (Act::of::<ChangeDoor>(), Act::of::<MoveDoor>(), Act::of::<RemoveDoor>());
    let point = Act::of::<PointDoor>();
    view! { <Load data page=move |view| view! { <Page view acts point/> }/> }
}

#[component]
fn Page(view: DoorView, acts: (Act, Act, Act), point: Act) -> impl IntoView {
    let l = lang();
    let (change, relocate, remove) = acts;
    let errors = Signal::derive(move || {
        let changing = change.faults();
        if changing.0.is_empty() { point.faults() } else { changing }
    });
    let (squad, circle) = view.circle.clone();
    let value = |name, now: String| typed(&view.typed, name).unwrap_or(now);
    let label = value("label", view.door.label.clone());
    let position = value("position", view.door.position.to_string());
    let door = view.door.id.to_string();
    let (moved, removed) = (door.clone(), door.clone());
    view! {
        <Title text=format!("{} · {}", view.door.label, td_string!(l, common.name))/>
        <Skip/>
        <div class="page organisation">
            <BackBar href=format!("/organisation/teams/{squad}") words=circle/>
            <main id="main" class="stack">
                <div class="page-head"><h1>{view.door.label.clone()}</h1></div>
                <ErrorSummary errors/>
                <Refused act=change/>
                <Refused act=relocate/>
                <Refused act=remove/>
                <Refused act=point/>
                <ActForm act=change class="card stack" novalidate=true>
                    <input type="hidden" name="door" value=door/>
                    <input type="hidden" name="team" value=squad.to_string()/>
                    <TextField field=Field::Door name="label" label=td_string!(l, organisation.door_label) value=label errors/>
                    <TextField field=Field::Position name="position" label=td_string!(l, organisation.position) value=position errors kind="tel" maxlength="4"/>
                    <button class="btn primary wide">{td_string!(l, organisation.save)}</button>
                </ActForm>
                <Stands view=view.clone() point errors/>
                <Elsewhere door=moved others=view.others relocate/>
                <Remove door=removed squad=squad.to_string() people=view.door.people remove/>
            </main>
        </div>
    }
}

/// Where it stands.
#[component]
fn Stands(view: DoorView, point: Act, errors: Signal<FormErrors>) -> impl IntoView {
    let l = lang();
    let (lat, lon) = view.door.point.clone().unwrap_or_default();
    let typed_in = typed(&view.typed, "latitude");
    let open = typed_in.is_some() || view.door.point.is_some();
    let lat = typed_in.unwrap_or(lat);
    let lon = typed(&view.typed, "longitude").unwrap_or(lon);
    let datum = typed(&view.typed, "datum").unwrap_or_default();
    view! {
        <details class="fold card" open=open>
            <summary>{td_string!(l, near.door_point)}<Icon name="down"/></summary>
            <ActForm act=point class="stack" novalidate=true>
                <input type="hidden" name="door" value=view.door.id.to_string()/>
                <p class="hint">{td_string!(l, near.door_point_hint)}</p>
                <div class="pair">
                    <TextField field=Field::Latitude name="latitude" label=td_string!(l, organisation.latitude) value=lat errors maxlength="20"/>
                    <TextField field=Field::Longitude name="longitude" label=td_string!(l, organisation.longitude) value=lon errors maxlength="20"/>
                </div>
                <DatumField chosen=datum/>
                <button class="btn second wide">{td_string!(l, organisation.save)}</button>
            </ActForm>
        </details>
    }
}

/// To another circle of the village.
#[component]
fn Elsewhere(door: String, others: Vec<(uuid::Uuid, String)>, relocate: Act) -> impl IntoView {
    let l = lang();
    (!others.is_empty()).then(|| {
        let options = others.into_iter().map(|(id, name)| {
            view! { <option value=id.to_string()>{name}</option> }
        });
        view! {
            <ActForm act=relocate class="card stack">
                <input type="hidden" name="door" value=door/>
                <div class="field">
                    <label for="to">{td_string!(l, organisation.to_circle)}</label>
                    <p class="hint" id="to-h">{td_string!(l, organisation.to_circle_hint)}</p>
                    <select class="select" id="to" name="to" aria-describedby="to-h">{options.collect_view()}</select>
                </div>
                <button class="btn second wide">{td_string!(l, organisation.move_it)}</button>
            </ActForm>
        }
    })
}

/// Gone, unless somebody lives behind it.
#[component]
fn Remove(door: String, squad: String, people: i64, remove: Act) -> impl IntoView {
    let l = lang();
    match people {
        0 => view! {
            <ActForm act=remove class="center">
                <input type="hidden" name="door" value=door/>
                <input type="hidden" name="team" value=squad/>
                <button class="btn quiet">{td_string!(l, organisation.remove_door)}</button>
            </ActForm>
        }
        .into_any(),
        n => {
            let words = td_string!(l, organisation.lived_in, n = n).to_string();
            view! { <p class="meta center">{words}</p> }.into_any()
        }
    }
}
