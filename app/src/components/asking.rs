//! What every form that asks for help has: where emergencies go, which kind of help, in which words,
//! how soon.

use super::{
    field::{FaultLine, described, field_class, invalid},
    icon::{Icon, of_category, of_urgency},
};
use crate::words::{self, Locale, lang, td_string};
use domain::{
    forms::{Field, FormErrors},
    requests::{Category, LONGEST_WORDS, Urgency},
};
use leptos::prelude::*;

/// Emergencies go elsewhere first: three calls, each a button.
#[component]
pub fn Emergency() -> impl IntoView {
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

/// The kinds of help, each a tile.
#[component]
pub fn Kinds(
    /// The key of the kind that is chosen.
    chosen: String,
    /// What is wrong with the form.
    errors: Signal<FormErrors>,
) -> impl IntoView {
    let l = lang();
    let kinds = Category::ALL.iter().enumerate().map(|(at, &kind)| {
        let id = if at == 0 { "category".to_owned() } else { format!("c-{}", kind.key()) };
        let names = id.clone();
        let checked = chosen == kind.key();
        view! {
            <label class="choice" for=names>
                <input type="radio" id=id name="draft[category]" value=kind.key() checked=checked/>
                <Icon name=of_category(kind)/>
                <span>{words::category(l, kind)}</span>
            </label>
        }
    });
    view! {
        <FaultLine field=Field::Category errors/>
        <div class="choices two">{kinds.collect_view()}</div>
    }
}

/// The words of the need.
#[component]
pub fn NeedWords(
    /// What was typed before.
    typed: String,
    /// What is wrong with the form.
    errors: Signal<FormErrors>,
) -> impl IntoView {
    let l = lang();
    view! {
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
                prop:value=typed.clone()
            >
                {words::escaped_on_server(&typed)}
            </textarea>
        </div>
    }
}

/// How soon, each a tile with the time in which the captain answers.
#[component]
pub fn HowSoon(
    /// The key of the urgency that is chosen.
    chosen: String,
    /// How the tiles stand: `three` beside each other, each upright, or below each other.
    #[prop(optional)]
    upright: bool,
    /// What is wrong with the form.
    errors: Signal<FormErrors>,
) -> impl IntoView {
    let l = lang();
    let (tile, tiles) = if upright { ("choice v", "choices three") } else { ("choice", "choices") };
    let ways = Urgency::ALL.iter().enumerate().map(|(at, &urgency)| {
        let id = if at == 0 { "urgency".to_owned() } else { format!("u-{}", urgency.key()) };
        let names = id.clone();
        let checked = chosen == urgency.key();
        view! {
            <label class=tile for=names>
                <input type="radio" id=id name="draft[urgency]" value=urgency.key() checked=checked/>
                <Icon name=of_urgency(urgency).0/>
                <span>
                    {words::urgency(l, urgency)}
                    <small>{answer_in(l, urgency)}</small>
                </span>
            </label>
        }
    });
    view! {
        <FaultLine field=Field::Urgency errors/>
        <div class=tiles>{ways.collect_view()}</div>
    }
}

fn answer_in(l: Locale, urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Urgent => td_string!(l, requests.urgent_in),
        Urgency::Today => td_string!(l, requests.today_in),
        Urgency::Normal => td_string!(l, requests.normal_in),
    }
}
