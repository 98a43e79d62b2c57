//! Says why an action did not happen, at its place; works without script too.

use super::icon::Icon;
use crate::{
    error::AppError,
    words::{lang, refused},
};
use domain::Millis;
use leptos::{prelude::*, server_fn::ServerFn};

/// The error of an action's last run, in words.
#[component]
pub fn Refused<S>(
    /// The action.
    action: ServerAction<S>,
    /// The present moment, as the page has it.
    now: Millis,
) -> impl IntoView
where
    S: ServerFn<Error = AppError> + Send + Sync + Clone + 'static,
    S::Output: Send + Sync + Clone + 'static,
{
    let value = action.value();
    move || value.get().and_then(Result::err).map(|error| view! { <No error now/> })
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
