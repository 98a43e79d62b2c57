//! Fields of the forms of plain pages: words of several lines, one of several choices, one of many.

use super::field::{FaultLine, described, field_class, invalid};
use crate::words::escaped_on_server;
use domain::forms::{Field, FormErrors};
use leptos::prelude::*;

/// Words of several lines, with their label.
#[component]
pub fn AreaField(
    /// Which field.
    field: Field,
    /// Its name in the form.
    name: &'static str,
    /// The label.
    label: &'static str,
    /// A hint under the label.
    #[prop(optional)]
    hint: &'static str,
    /// What stands in it.
    value: String,
    /// What is wrong with the form.
    #[prop(into)]
    errors: Signal<FormErrors>,
    /// The most characters.
    #[prop(default = 500)]
    most: u16,
    /// Tells this form from others of its kind on the page.
    #[prop(optional)]
    of: String,
) -> impl IntoView {
    let key = format!("{}{of}", field.key());
    let has_hint = !hint.is_empty();
    view! {
        <div class=field_class(field, errors)>
            <label for=key.clone()>{label}</label>
            {has_hint.then(|| view! { <p class="hint" id=format!("{key}-h")>{hint}</p> })}
            <FaultLine field errors/>
            <textarea
                class="textarea"
                id=key.clone()
                name=name
                rows="4"
                maxlength=most.to_string()
                aria-describedby=described(field, has_hint, errors)
                aria-invalid=invalid(field, errors)
            >
                {escaped_on_server(&value)}
            </textarea>
        </div>
    }
}

/// One of several choices, each a tile.
#[component]
pub fn ChoiceField(
    /// Which field.
    field: Field,
    /// Its name in the form.
    name: &'static str,
    /// The legend.
    legend: &'static str,
    /// What can be chosen: the value and its words.
    choices: Vec<(String, String)>,
    /// The value that is chosen.
    chosen: String,
    /// What is wrong with the form.
    #[prop(into)]
    errors: Signal<FormErrors>,
    /// Tells this form from others of its kind on the page.
    #[prop(optional)]
    of: String,
) -> impl IntoView {
    let key = format!("{}{of}", field.key());
    let tiles = choices.into_iter().enumerate().map(|(at, (value, words))| {
        // A fault leads to the first.
        let id = if at == 0 { key.clone() } else { format!("{key}-{at}") };
        let (names, checked) = (id.clone(), value == chosen);
        view! {
            <label class="choice" for=names>
                <input type="radio" id=id name=name value=value checked=checked/>
                <span>{words}</span>
            </label>
        }
    });
    view! {
        <fieldset class=field_class(field, errors) aria-describedby=described(field, false, errors)>
            <legend class="label">{legend}</legend>
            <FaultLine field errors/>
            <div class="choices two">{tiles.collect_view()}</div>
        </fieldset>
    }
}

/// One of many choices, in a list that opens.
#[component]
pub fn SelectField(
    /// Which field.
    field: Field,
    /// Its name in the form.
    #[prop(into)]
    name: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// A hint under the label.
    #[prop(optional)]
    hint: &'static str,
    /// What can be chosen: the value and its words.
    choices: Vec<(String, String)>,
    /// The value that is chosen; the first line stands for none.
    chosen: String,
    /// What is wrong with the form.
    #[prop(into)]
    errors: Signal<FormErrors>,
    /// Tells this field from others of its kind on the page.
    #[prop(optional)]
    of: String,
) -> impl IntoView {
    let key = format!("{}{of}", field.key());
    let has_hint = !hint.is_empty();
    let options = choices.into_iter().map(|(value, words)| {
        let selected = value == chosen;
        view! { <option value=value selected=selected>{words}</option> }
    });
    view! {
        <div class=field_class(field, errors)>
            <label for=key.clone()>{label}</label>
            {has_hint.then(|| view! { <p class="hint" id=format!("{key}-h")>{hint}</p> })}
            <FaultLine field errors/>
            <select
                class="select"
                id=key.clone()
                name=name
                aria-describedby=described(field, has_hint, errors)
                aria-invalid=invalid(field, errors)
            >
                <option value="">"—"</option>
                {options.collect_view()}
            </select>
        </div>
    }
}
