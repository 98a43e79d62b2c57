//! Says why an action did not happen, at its place; works without script too.

use super::{act::Act, icon::Icon};
use crate::{
    error::AppError,
    words::{Locale, lang, refused, td_string},
};
use domain::{Millis, Refusal, sign_in::leading_to};
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
    let door = match error {
        AppError::SignInFirst => {
            Some((format!("/sign-in?next={here}"), td_string!(l, common.sign_in)))
        }
        _ => door(l, &error),
    };
    let door = door.map(|(to, words)| view! { <a href=to>{words}</a> });
    view! {
        <p class="notice late" role="alert">
            <Icon name="warn"/>
            <span>{refused::error(l, &error, now)} " " {door}</span>
        </p>
    }
}

/// Where an error can be mended, and the words of the way there.
pub fn door(l: Locale, error: &AppError) -> Option<(String, &'static str)> {
    let see_why = td_string!(l, refusals.see_why);
    Some(match error {
        AppError::SignInFirst => ("/sign-in".to_owned(), td_string!(l, common.sign_in)),
        AppError::ProofFirst => (to_proof(), td_string!(l, security.prove)),
        AppError::Refused(Refusal::AgreeFirst) => (to("/me/terms"), see_why),
        AppError::Refused(Refusal::Blocked { .. }) => ("/me/reports".to_owned(), see_why),
        AppError::Refused(Refusal::Leaving { .. }) => ("/me/data/delete".to_owned(), see_why),
        _ => return None,
    })
}

/// Where the second proof is given anew, leading back to this page.
pub fn to_proof() -> String {
    to("/proof")
}

/// Another page that leads back to this one.
fn to(page: &str) -> String {
    let at = use_location();
    let (path, query) = (at.pathname.get_untracked(), at.search.get_untracked());
    // A refusal that came with the address is not wanted again.
    match query.is_empty() || query.contains("__err=") {
        true => leading_to(page, &path),
        false => leading_to(page, &format!("{path}?{query}")),
    }
}
