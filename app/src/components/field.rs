//! A field of a form: label, hint, message, control; and the summary of what is wrong.

use super::icon::Icon;
use crate::words::{lang, refused, td_string};
use domain::forms::{Field, FormErrors};
use leptos::{html, prelude::*};

/// The message at a field, above the control.
#[component]
pub fn FaultLine(
    /// Which field.
    field: Field,
    /// What is wrong with the form.
    #[prop(into)]
    errors: Signal<FormErrors>,
) -> impl IntoView {
    let l = lang();
    move || {
        errors.get().of(field).map(|fault| {
            view! {
                <p class="err" id=format!("{}-e", field.key())>
                    <Icon name="warn"/>
                    <span>
                        <span class="vh">{td_string!(l, common.error_prefix)}</span>
                        {refused::fault(l, field, fault)}
                    </span>
                </p>
            }
        })
    }
}

/// The class of a field's box: `field`, and `bad` when something is wrong.
pub fn field_class(field: Field, errors: Signal<FormErrors>) -> impl Fn() -> &'static str {
    move || if errors.get().of(field).is_some() { "field bad" } else { "field" }
}

/// `aria-describedby`: the hint, and the message when there is one.
pub fn described(
    field: Field,
    hint: bool,
    errors: Signal<FormErrors>,
) -> impl Fn() -> Option<String> {
    move || {
        let key = field.key();
        let bad = errors.get().of(field).is_some();
        match (hint, bad) {
            (true, true) => Some(format!("{key}-h {key}-e")),
            (true, false) => Some(format!("{key}-h")),
            (false, true) => Some(format!("{key}-e")),
            (false, false) => None,
        }
    }
}

/// `aria-invalid` of a control.
pub fn invalid(field: Field, errors: Signal<FormErrors>) -> impl Fn() -> Option<&'static str> {
    move || errors.get().of(field).map(|_| "true")
}

/// A line of text with its label.
#[component]
pub fn TextField(
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
    /// `tel`, `text`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What the phone may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// The most characters.
    #[prop(default = "100")]
    maxlength: &'static str,
) -> impl IntoView {
    let key = field.key();
    let has_hint = !hint.is_empty();
    let digits = kind == "tel";
    view! {
        <div class=field_class(field, errors)>
            <label for=key>{label}</label>
            {has_hint.then(|| view! { <p class="hint" id=format!("{key}-h")>{hint}</p> })}
            <FaultLine field errors/>
            <input
                class=if digits { "input num" } else { "input" }
                id=key
                name=name
                type=kind
                inputmode=digits.then_some("numeric")
                autocomplete=autocomplete
                maxlength=maxlength
                value=value
                aria-describedby=described(field, has_hint, errors)
                aria-invalid=invalid(field, errors)
            />
        </div>
    }
}

/// A box to tick, with its message.
#[component]
pub fn TickField(
    /// Which field.
    field: Field,
    /// Its name in the form.
    name: &'static str,
    /// Ticked already.
    checked: bool,
    /// What is wrong with the form.
    #[prop(into)]
    errors: Signal<FormErrors>,
    /// The words beside the box.
    children: Children,
) -> impl IntoView {
    let key = field.key();
    view! {
        <div class=field_class(field, errors)>
            <FaultLine field errors/>
            <label class="check" for=key>
                <input
                    type="checkbox"
                    id=key
                    name=name
                    value="true"
                    checked=checked
                    aria-describedby=described(field, false, errors)
                    aria-invalid=invalid(field, errors)
                />
                <span>{children()}</span>
            </label>
        </div>
    }
}

/// The field for photos, which the server has drawn.
#[component]
pub fn PhotoField(
    /// Its markup.
    field: String,
    /// What is wrong with the form.
    errors: Signal<FormErrors>,
) -> impl IntoView {
    view! {
        <div class=field_class(Field::Photos, errors)>
            <FaultLine field=Field::Photos errors/>
            <div inner_html=field></div>
        </div>
    }
}

/// Everything wrong, above the form, each a link to its field. Takes the focus when it appears.
#[component]
pub fn ErrorSummary(
    /// What is wrong with the form.
    #[prop(into)]
    errors: Signal<FormErrors>,
    /// Somebody waits for help: what did not go out is said.
    #[prop(optional)]
    unsent: bool,
) -> impl IntoView {
    let at = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if !errors.get().0.is_empty()
            && let Some(summary) = at.get()
        {
            // The focus is a convenience: a browser that refuses loses nothing.
            let _ = summary.focus();
        }
    });
    view! {
        <div node_ref=at tabindex="-1" role="alert" class="summary-slot">
            {move || {
                let errors = errors.get();
                (!errors.0.is_empty()).then(|| view! { <Summary errors unsent/> })
            }}
        </div>
    }
}

#[component]
fn Summary(errors: FormErrors, unsent: bool) -> impl IntoView {
    let (l, n) = (lang(), errors.0.len());
    let heading = match unsent {
        true => td_string!(l, common.unsent_n, n = n).to_string(),
        false => td_string!(l, common.fix_n, n = n).to_string(),
    };
    let lines = errors.0.into_iter().map(|(field, fault)| {
        view! {
            <li><a rel="external" href=format!("#{}", field.key())>{refused::fault(l, field, fault)}</a></li>
        }
    });
    view! {
        <div class="error-summary">
            <h2><Icon name="warn"/>{heading}</h2>
            <ul>{lines.collect_view()}</ul>
        </div>
    }
}
