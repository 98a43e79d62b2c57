//! Says why an action did not happen, at its place; works without script too.

use super::{act::Act, icon::Icon};
use crate::{
    error::AppError,
    words::{lang, refused, td_string},
};
use domain::Millis;
use leptos::{html, prelude::*};
use leptos_router::hooks::use_location;

/// The error of a verb's last run, in words. The faults of a form stand at its fields.
#[component]
pub fn Refused(
    /// The verb.
    act: Act,
    /// The present moment, as the page has it.
    #[prop(optional)]
    now: Millis,
) -> impl IntoView {
    let at = NodeRef::<html::Div>::new();
    Effect::new(move |before: Option<usize>| {
        let version = act.version();
        if before.is_some()
            && act.refusal().is_some()
            && let Some(place) = at.get()
        {
            // The focus is a convenience: a browser that refuses loses nothing.
            let _ = place.focus();
        }
        version
    });
    view! {
        <div node_ref=at tabindex="-1" class="summary-slot">
            {move || act.refusal().map(|error| view! { <No error now/> })}
        </div>
    }
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
    let l = lang();
    let here = use_location().pathname.get_untracked();
    let sign_in = (error == AppError::SignInFirst).then(|| {
        view! { <a href=format!("/sign-in?next={here}")>{td_string!(l, common.sign_in)}</a> }
    });
    view! {
        <p class="notice late" role="alert">
            <Icon name="warn"/>
            <span>{refused::error(l, &error, now)} " " {sign_in}</span>
        </p>
    }
}
