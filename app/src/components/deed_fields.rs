//! The fields of a deed, for the list and for a request that becomes one.

use super::{
    field::TextField,
    plain_form::{AreaField, ChoiceField},
};
use crate::{
    kept::Fields,
    words::{Locale, lang, td_string},
};
use domain::{
    deeds::{DeedKind, DeedState, LONGEST_WORDS},
    forms::{Field, FormErrors},
};
use leptos::prelude::*;

/// What a deed is about.
pub fn kind(l: Locale, kind: DeedKind) -> &'static str {
    match kind {
        DeedKind::Road => td_string!(l, deeds.k_road),
        DeedKind::Light => td_string!(l, deeds.k_light),
        DeedKind::Water => td_string!(l, deeds.k_water),
        DeedKind::Environment => td_string!(l, deeds.k_environment),
        DeedKind::House => td_string!(l, deeds.k_house),
        DeedKind::Elders => td_string!(l, deeds.k_elders),
        DeedKind::Culture => td_string!(l, deeds.k_culture),
        DeedKind::Other => td_string!(l, deeds.k_other),
    }
}

/// How far a deed has come.
pub fn state(l: Locale, state: DeedState) -> &'static str {
    match state {
        DeedState::Listed => td_string!(l, deeds.listed),
        DeedState::Doing => td_string!(l, deeds.doing),
        DeedState::Done => td_string!(l, deeds.done),
        DeedState::LongTerm => td_string!(l, deeds.long_term),
    }
}

/// What it is about, what is to be done, who sees to it, by when.
#[component]
pub fn DeedFields(
    /// What was typed before.
    typed: Fields,
    /// What is wrong with the form.
    errors: Signal<FormErrors>,
) -> impl IntoView {
    let l = lang();
    let value = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let choice = |one: &DeedKind| (one.key().to_owned(), kind(l, *one).to_owned());
    let kinds: Vec<_> = DeedKind::ALL.iter().map(choice).collect();
    let [chosen, words, owner, due] = ["kind", "words", "owner", "due"].map(value);
    view! {
        <ChoiceField
            field=Field::Kind
            name="kind"
            legend=td_string!(l, deeds.kind)
            choices=kinds
            chosen=chosen
            errors
        />
        <AreaField
            field=Field::Words
            name="words"
            label=td_string!(l, deeds.words)
            hint=td_string!(l, deeds.words_hint)
            value=words
            errors
            most=LONGEST_WORDS
        />
        <TextField
            field=Field::Owner
            name="owner"
            label=td_string!(l, deeds.owner)
            hint=td_string!(l, deeds.owner_hint)
            value=owner
            errors
            maxlength="30"
        />
        <TextField
            field=Field::Due
            name="due"
            label=td_string!(l, deeds.due)
            hint=td_string!(l, deeds.due_hint)
            value=due
            errors
            kind="date"
            maxlength="10"
        />
    }
}
