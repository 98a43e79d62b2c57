//! A number to type, or to step with the buttons once the script runs.

use super::icon::Icon;
use crate::words::{lang, td_string};
use leptos::{html, prelude::*};
use std::ops::RangeInclusive;

/// A small whole number: at most three digits.
#[component]
pub fn Stepper(
    /// Its `id`, for its label.
    id: String,
    /// Its name in the form.
    name: String,
    /// What stands in it.
    value: String,
    /// How far the buttons go.
    bounds: RangeInclusive<u16>,
    /// What one press adds or takes; the result is a multiple of it.
    #[prop(default = 1)]
    by: u16,
    /// The `id`s of what explains it.
    #[prop(optional, into)]
    described: Signal<Option<String>>,
    /// `aria-invalid`.
    #[prop(optional, into)]
    invalid: Signal<Option<&'static str>>,
) -> impl IntoView {
    let l = lang();
    let input = NodeRef::<html::Input>::new();
    let (least, most, by) = (i32::from(*bounds.start()), i32::from(*bounds.end()), i32::from(by));
    let step = move |steps: i32| {
        if let Some(input) = input.get() {
            let now = input.value().trim().parse::<i32>().unwrap_or(least);
            let next = ((now + steps * by).div_euclid(by) * by).clamp(least, most);
            input.set_value(&next.to_string());
        }
    };
    view! {
        <div class="stepper">
            <button type="button" aria-label=td_string!(l, common.fewer) on:click=move |_| step(-1)>
                <Icon name="minus"/>
            </button>
            <input
                node_ref=input
                id=id
                name=name
                value=value
                inputmode="numeric"
                maxlength="3"
                autocomplete="off"
                aria-describedby=move || described.get()
                aria-invalid=move || invalid.get()
            />
            <button type="button" aria-label=td_string!(l, common.more) on:click=move |_| step(1)>
                <Icon name="plus"/>
            </button>
        </div>
    }
}
