//! Says why an action did not happen, at its place; works without script too.

use super::{act::Act, icon::Icon};
use crate::{
    error::AppError,
    words::{lang, refused, td_string},
};
use domain::{Millis, sign_in::leading_to};
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
    let door = (error == AppError::ProofFirst).then(|| {
        view! { " " <a href=to_proof()>{td_string!(l, security.prove)}</a> }
    });
    view! {
        <p class="notice late" role="alert">
            <Icon name="warn"/>
            <span>{refused::error(l, &error, now)} " " {sign_in} {door}</span>
        </p>
    }
}

/// Where the second proof is given, and back to this page.
pub fn to_proof() -> String {
    let at = use_location();
    let (path, query) = (at.pathname.get_untracked(), at.search.get_untracked());
    // A refusal that came with the address is not wanted again.
    match query.is_empty() || query.contains("__err=") {
        true => leading_to("/proof", &path),
        false => leading_to("/proof", &format!("{path}?{query}")),
    }
}
