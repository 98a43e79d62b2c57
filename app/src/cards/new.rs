//! The form of a household, for itself or for the captain to whom it said its code: what, how soon,
//! who, a phone. One page, no steps.

use super::{
    account::CardForm,
    api::{CardFormFor, FileForHousehold},
    home::{CardPage, Shut},
    moves::SubmitByCard,
    view::{AskView, Behind},
};
use crate::{
    components::{
        act::{Act, ActForm},
        asking::{Emergency, HowSoon, Kinds, NeedWords},
        bars::{BackBar, Skip},
        call::MyCaptain,
        field::{ErrorSummary, PhotoField, TextField, field_class},
        load::{Load, ask, once},
        refused::Refused,
    },
    words::{self, lang, td_string},
};
use domain::forms::{Field, FormErrors};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// A household asks for itself.
#[component]
pub fn AskByCard() -> impl IntoView {
    let submit = Act::of::<SubmitByCard>();
    let data = ask(|| CardForm {}, once);
    view! {
        <Heading act=submit words=td_string!(lang(), requests.new_title)/>
        <Load
            data
            page=move |behind| {
                match behind {
                    Behind::Open(form) => {
                        view! { <CardPage><Form form act=submit/></CardPage> }.into_any()
                    }
                    Behind::Shut(view) => view! { <Shut view/> }.into_any(),
                }
            }
        />
    }
}

/// A captain asks for a household.
#[component]
pub fn AskForHousehold() -> impl IntoView {
    let params = use_params_map();
    let submit = Act::of::<FileForHousehold>();
    let card = move || params.read().get("id").unwrap_or_default();
    let data = ask(move || CardFormFor { card: card() }, once);
    let l = lang();
    view! {
        <Heading act=submit words=td_string!(l, cards.file_title)/>
        <Load
            data
            page=move |form| {
                view! {
                    <Skip/>
                    <div class="page">
                        <BackBar href="/cards/said" words=td_string!(l, cards.said_title)/>
                        <Form form act=submit/>
                    </div>
                }
            }
        />
    }
}

#[component]
fn Heading(act: Act, words: &'static str) -> impl IntoView {
    let l = lang();
    let failed = if act.failed() { td_string!(l, common.error_prefix) } else { "" };
    view! { <Title text=format!("{failed}{words} · {}", td_string!(l, common.name))/> }
}

#[component]
fn Form(form: AskView, act: Act) -> impl IntoView {
    let l = lang();
    let errors = Signal::derive(move || act.faults());
    let captain = form.captain.clone().filter(|_| form.card.is_none());
    let who = form.captain.as_ref().map(|captain| words::captain(l, &captain.surname));
    let first = who.map(|who| td_string!(l, requests.goes_to, captain = who.as_str()).to_string());
    let for_it = form.card.is_some();
    let door = form.label.as_str();
    let heading = match for_it {
        true => td_string!(l, cards.file_heading, door = door).to_string(),
        false => td_string!(l, requests.new_heading).to_owned(),
    };
    view! {
        <main id="main" class="stack">
            <div class="page-head">
                <h1>{heading}</h1>
                {first.filter(|_| !for_it).map(|words| view! { <p class="meta">{words}</p> })}
            </div>
            {captain.map(|captain| view! { <div class="card"><MyCaptain captain/></div> })}
            <Emergency/>
            <ErrorSummary errors unsent=true/>
            <Refused act now=form.now/>
            {match form.photo_field.is_some() {
                true => {
                    view! {
                        <ActForm act upload="/api/photos/card" class="stack" novalidate=true>
                            <Fields form errors/>
                        </ActForm>
                    }
                }
                false => {
                    view! {
                        <ActForm act class="stack" novalidate=true>
                            <Fields form errors/>
                        </ActForm>
                    }
                }
            }}
        </main>
    }
}

/// What is asked.
#[component]
fn Fields(form: AskView, errors: Signal<FormErrors>) -> impl IntoView {
    let l = lang();
    let for_it = form.card.is_some();
    let draft = form.draft;
    view! {
        <input type="hidden" name="key" value=form.key.to_string()/>
        {form.card.map(|card| view! { <input type="hidden" name="card" value=card.to_string()/> })}
        <fieldset class=field_class(Field::Category, errors)>
            <legend class="label">{td_string!(l, requests.step_1)}</legend>
            <Kinds chosen=draft.category errors/>
        </fieldset>
        <NeedWords typed=draft.words errors/>
        {form.photo_field.map(|field| view! { <PhotoField field errors/> })}
        <fieldset class=field_class(Field::Urgency, errors)>
            <legend class="label">{td_string!(l, cards.how_soon)}</legend>
            <HowSoon chosen=draft.urgency errors/>
        </fieldset>
        <TextField
            field=Field::NeighbourName
            name="draft[neighbour_name]"
            label=td_string!(l, cards.called)
            hint=td_string!(l, cards.called_hint)
            value=draft.neighbour_name
            errors
            maxlength="24"
        />
        <TextField
            field=Field::Phone
            name="draft[phone]"
            label=td_string!(l, requests.phone)
            hint=if for_it { td_string!(l, cards.phone_for_hint) } else { td_string!(l, cards.phone_hint) }
            value=draft.phone
            errors
            kind="tel"
            maxlength="24"
        />
        <TextField
            field=Field::Risks
            name="draft[risks]"
            label=td_string!(l, requests.risks)
            hint=td_string!(l, requests.risks_hint)
            value=draft.risks
            errors
        />
        <p class="meta">{td_string!(l, requests.unpaid)}</p>
        <button class="btn primary wide huge">{td_string!(l, requests.send)}</button>
    }
}
