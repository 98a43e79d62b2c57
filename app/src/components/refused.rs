//! Says why an action did not happen, at its place; works without script too.

use super::{act::Act, icon::Icon};
use crate::{
    error::AppError,
    words::{lang, refused},
};
use domain::Millis;
use leptos::prelude::*;

/// The error of a verb's last run, in words. The faults of a form stand at its fields.
#[component]
pub fn Refused(
    /// The verb.
    act: Act,
    /// The present moment, as the page has it.
    #[prop(optional)]
    now: Millis,
) -> impl IntoView {
    move || act.refusal().map(|error| view! { <No error now/> })
}

/// An error in words.
#[component]
pub fn No(
    /// What.
    error: AppError,
    /// The present moment.
    #[prop(optional)]
    now: Millis,
) -> impl IntoView {
    view! {
        <p class="notice late" role="alert">
            <Icon name="warn"/>
            <span>{refused::error(lang(), &error, now)}</span>
        </p>
    }
}
