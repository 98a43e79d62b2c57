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
        bars::{BackBar, Skip},
        field::{ErrorSummary, FaultLine, TextField, described, field_class, invalid},
        icon::{Icon, of_category, of_urgency},
        load::{Load, ask, once},
        refused::Refused,
    },
    words::{self, Locale, lang, td_string},
};
use domain::{
    forms::{Field, FormErrors},
    requests::{Category, LONGEST_WORDS, Urgency},
};
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
    let who = form.captain.as_ref().map(|captain| words::captain(l, &captain.surname));
    let first = who.map(|who| td_string!(l, requests.goes_to, captain = who.as_str()).to_string());
    let for_it = form.card.is_some();
    let door = form.label.as_str();
    let heading = match for_it {
        true => td_string!(l, cards.file_heading, door = door).to_string(),
        false => td_string!(l, requests.new_heading).to_owned(),
    };
    let draft = form.draft;
    view! {
        <main id="main" class="stack">
            <div class="page-head">
                <h1>{heading}</h1>
                {first.filter(|_| !for_it).map(|words| view! { <p class="meta">{words}</p> })}
            </div>
            <Emergency/>
            <ErrorSummary errors/>
            <Refused act now=form.now/>
            <ActForm act class="stack" novalidate=true>
                <input type="hidden" name="key" value=form.key.to_string()/>
                {form.card.map(|card| view! { <input type="hidden" name="card" value=card.to_string()/> })}
                <What category=draft.category words=draft.words errors/>
                <HowSoon urgency=draft.urgency errors/>
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
            </ActForm>
        </main>
    }
}

/// Emergencies go elsewhere first.
#[component]
fn Emergency() -> impl IntoView {
    let l = lang();
    let call = |number: &'static str, words: &'static str| {
        view! {
            <a class="btn call small" href=format!("tel:{number}")>
                <Icon name="phone"/>
                {words}
                " "
                <b>{number}</b>
            </a>
        }
    };
    view! {
        <div class="notice late emergency">
            <p>{td_string!(l, requests.emergency_a)}</p>
            <p class="row wrap">
                {call("120", td_string!(l, requests.call_ill))}
                {call("119", td_string!(l, requests.call_fire))}
                {call("110", td_string!(l, requests.call_police))}
            </p>
        </div>
    }
}

#[component]
fn What(category: String, words: String, errors: Signal<FormErrors>) -> impl IntoView {
    let l = lang();
    let kinds = Category::ALL.iter().enumerate().map(|(at, &kind)| {
        let id = if at == 0 { "category".to_owned() } else { format!("c-{}", kind.key()) };
        let chosen = category == kind.key();
        choice(
            "draft[category]",
            id,
            kind.key(),
            of_category(kind),
            chosen,
            words::category(l, kind),
            "",
        )
    });
    view! {
        <fieldset class=field_class(Field::Category, errors)>
            <legend class="label">{td_string!(l, requests.step_1)}</legend>
            <FaultLine field=Field::Category errors/>
            <div class="choices two">{kinds.collect_view()}</div>
        </fieldset>
        <div class=field_class(Field::Words, errors)>
            <label for="words">{td_string!(l, requests.words)}</label>
            <p class="hint" id="words-h">{td_string!(l, requests.words_hint)}</p>
            <FaultLine field=Field::Words errors/>
            <textarea
                class="textarea"
                id="words"
                name="draft[words]"
                rows="3"
                maxlength=LONGEST_WORDS.to_string()
                aria-describedby=described(Field::Words, true, errors)
                aria-invalid=invalid(Field::Words, errors)
            >
                {words::escaped_on_server(&words)}
            </textarea>
        </div>
    }
}

#[component]
fn HowSoon(urgency: String, errors: Signal<FormErrors>) -> impl IntoView {
    let l = lang();
    let ways = Urgency::ALL.iter().enumerate().map(|(at, &one)| {
        let id = if at == 0 { "urgency".to_owned() } else { format!("u-{}", one.key()) };
        let chosen = urgency == one.key();
        let (icon, words, answer) = (of_urgency(one).0, words::urgency(l, one), answer_in(l, one));
        choice("draft[urgency]", id, one.key(), icon, chosen, words, answer)
    });
    view! {
        <fieldset class=field_class(Field::Urgency, errors)>
            <legend class="label">{td_string!(l, cards.how_soon)}</legend>
            <FaultLine field=Field::Urgency errors/>
            <div class="choices">{ways.collect_view()}</div>
        </fieldset>
    }
}

fn answer_in(l: Locale, urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Urgent => td_string!(l, requests.urgent_in),
        Urgency::Today => td_string!(l, requests.today_in),
        Urgency::Normal => td_string!(l, requests.normal_in),
    }
}

/// A tile to choose.
fn choice(
    name: &'static str,
    id: String,
    value: &'static str,
    icon: &'static str,
    chosen: bool,
    words: &'static str,
    more: &'static str,
) -> impl IntoView {
    let names = id.clone();
    view! {
        <label class="choice" for=names>
            <input type="radio" id=id name=name value=value checked=chosen/>
            <Icon name=icon/>
            <span>
                {words}
                {(!more.is_empty()).then(|| view! { <small>{more}</small> })}
            </span>
        </label>
    }
}
