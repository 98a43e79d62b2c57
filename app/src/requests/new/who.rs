//! The third step: how many helpers, whom to call, for a neighbour.

use crate::{
    components::{
        field::{FaultLine, TextField, TickField, described, field_class, invalid},
        stepper::Stepper,
    },
    words::{lang, td_string},
};
use domain::{
    forms::{Field, FormErrors},
    requests::{MOST_HELPERS, submission::Draft},
};
use leptos::prelude::*;

/// The third step of the form.
#[component]
pub fn StepWho(
    /// What was typed before.
    draft: Draft,
    /// What is wrong with the form.
    errors: Signal<FormErrors>,
) -> impl IntoView {
    let l = lang();
    view! {
        <fieldset class="step">
            <legend><span class="step-no">"3"</span>{td_string!(l, requests.step_3)}</legend>
            <div class="stack">
                <NeededField value=draft.needed.clone() errors/>
                <TextField
                    field=Field::Phone
                    name="draft[phone]"
                    label=td_string!(l, requests.phone)
                    value=draft.phone.clone()
                    errors
                    kind="tel"
                    autocomplete="tel"
                    maxlength="24"
                />
                <ForNeighbour draft errors/>
            </div>
        </fieldset>
    }
}

#[component]
fn NeededField(value: String, errors: Signal<FormErrors>) -> impl IntoView {
    let l = lang();
    let value = if value.is_empty() { "1".to_owned() } else { value };
    view! {
        <div class=field_class(Field::Needed, errors)>
            <FaultLine field=Field::Needed errors/>
            <div class="row wrap minutes">
                <label class="label" for="needed">{td_string!(l, requests.needed)}</label>
                <Stepper
                    id="needed".to_owned()
                    name="draft[needed]".to_owned()
                    value
                    bounds=1..=u16::from(MOST_HELPERS)
                    described=Signal::derive(described(Field::Needed, false, errors))
                    invalid=Signal::derive(invalid(Field::Needed, errors))
                />
            </div>
        </div>
    }
}

#[component]
fn ForNeighbour(draft: Draft, errors: Signal<FormErrors>) -> impl IntoView {
    let l = lang();
    view! {
        <div class="reveal">
            <label class="check" for="for_neighbour">
                <input
                    type="checkbox"
                    id="for_neighbour"
                    name="draft[for_neighbour]"
                    value="true"
                    checked=draft.for_neighbour
                />
                <span>{td_string!(l, requests.for_neighbour)}</span>
            </label>
            <div class="only-if stack">
                <TextField
                    field=Field::NeighbourName
                    name="draft[neighbour_name]"
                    label=td_string!(l, requests.neighbour_name)
                    hint=td_string!(l, requests.neighbour_name_hint)
                    value=draft.neighbour_name
                    errors
                />
                <TextField
                    field=Field::NeighbourPhone
                    name="draft[neighbour_phone]"
                    label=td_string!(l, requests.neighbour_phone)
                    hint=td_string!(l, requests.neighbour_phone_hint)
                    value=draft.neighbour_phone
                    errors
                    kind="tel"
                    maxlength="24"
                />
                <TickField
                    field=Field::NeighbourConsent
                    name="draft[neighbour_consent]"
                    checked=draft.neighbour_consent
                    errors
                >
                    {td_string!(l, requests.neighbour_consent)}
                </TickField>
            </div>
        </div>
    }
}
