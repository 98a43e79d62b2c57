//! Where one's own door stands: said with one's own telephone, only if one wishes, and taken back at any
//! time.

use super::api::{AskOwnDoor, ForgetOwnDoor, OwnDoorView, SetOwnDoor};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        datum::DatumField,
        field::{ErrorSummary, TextField},
        icon::Icon,
        load::{Load, ask, once},
        locate::LocateScript,
        refused::Refused,
    },
    kept::Fields,
    words::{lang, td_string, time},
};
use domain::forms::{Field, FormErrors};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The page of one's own door.
#[component]
pub fn OwnDoor() -> impl IntoView {
    let (set, forget) = (Act::of::<SetOwnDoor>(), Act::of::<ForgetOwnDoor>());
    let data = ask(|| AskOwnDoor {}, once);
    view! { <Load data page=move |view| view! { <Page view set forget/> }/> }
}

#[component]
fn Page(view: OwnDoorView, set: Act, forget: Act) -> impl IntoView {
    let l = lang();
    let (title, now) = (td_string!(l, near.door_title), view.now);
    let errors = Signal::derive(move || set.faults());
    let failed = if set.failed() { td_string!(l, common.error_prefix) } else { "" };
    let said = use_query_map().read_untracked().get("said").is_some() && view.known;
    let again = view.again.map(|again| time::near(l, again, now));
    let body = match (view.label.clone(), again) {
        (None, _) => view! { <p class="notice plain"><Icon name="info"/><span>{td_string!(l, near.no_door)}</span></p> }.into_any(),
        (Some(_), Some(t)) => {
            let words = td_string!(l, near.again_on, t = t.as_str()).to_string();
            view! { <p class="meta">{words}</p> }.into_any()
        }
        (Some(_), None) => view! { <Say typed=view.typed.clone() set errors/> }.into_any(),
    };
    view! {
        <Title text=format!("{failed}{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/me" words=td_string!(l, common.tab_me)/>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{title}</h1>
                    {view.label.map(|label| view! { <p>{label}</p> })}
                </div>
                {said
                    .then(|| {
                        view! {
                            <p class="notice good" role="status">
                                <Icon name="check"/><span>{td_string!(l, near.door_said)}</span>
                            </p>
                        }
                    })}
                <ErrorSummary errors/>
                <Refused act=set now/>
                <Refused act=forget now/>
                <p>{td_string!(l, near.door_hint)}</p>
                {view.known
                    .then(|| {
                        view! {
                            <p class="row wrap"><Icon name="check"/>{td_string!(l, near.door_known)}</p>
                            <ActForm act=forget>
                                <button class="btn quiet flush">{td_string!(l, near.door_forget)}</button>
                            </ActForm>
                        }
                    })}
                {body}
            </main>
        </div>
    }
}

/// With the telephone, or by hand.
#[component]
fn Say(typed: Fields, set: Act, errors: Signal<FormErrors>) -> impl IntoView {
    let l = lang();
    let open = !typed.is_empty();
    let value = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let [latitude, longitude, datum] = ["latitude", "longitude", "datum"].map(value);
    view! {
        <form method="post" action="/api/near/set_door" data-locate="" class="stack" hidden>
            <input type="hidden" name="latitude"/>
            <input type="hidden" name="longitude"/>
            <button class="btn primary wide"><Icon name="door"/>{td_string!(l, near.door_locate)}</button>
            <p class="hint">{td_string!(l, near.door_locate_hint)}</p>
        </form>
        <details class="fold card" open=open>
            <summary>{td_string!(l, near.door_by_hand)}<Icon name="down"/></summary>
            <ActForm act=set class="stack" novalidate=true>
                <div class="pair">
                    <TextField field=Field::Latitude name="latitude" label=td_string!(l, organisation.latitude) value=latitude errors maxlength="20"/>
                    <TextField field=Field::Longitude name="longitude" label=td_string!(l, organisation.longitude) value=longitude errors maxlength="20"/>
                </div>
                <DatumField chosen=datum/>
                <button class="btn second wide">{td_string!(l, organisation.save)}</button>
            </ActForm>
        </details>
        <LocateScript/>
    }
}
