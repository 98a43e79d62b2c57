//! What the reader should know before reading on: what they just did, what the captain sent back,
//! why a captain who helped has no button.

use super::{forms::Acts, view::RequestView};
use crate::{
    components::icon::Icon,
    words::{lang, td_string},
};
use domain::requests::State;
use leptos::prelude::*;

/// The notes at the head of the page.
#[component]
pub fn Notes(
    /// The request.
    view: RequestView,
    /// The actions of the page.
    acts: Acts,
) -> impl IntoView {
    let l = lang();
    let again = view.parts.requester && view.state == State::Withdrawn;
    let (done, other) = (view.told.just, view.told.first);
    view! {
        {move || {
            // A refusal comes after: what was done before it is no longer news.
            done.clone()
                .filter(|_| !acts.failed())
                .map(|words| {
                    view! {
                        <p class="notice good" role="status">
                            <Icon name="check"/>
                            <span>{words}</span>
                        </p>
                    }
                })
        }}
        {other
            .map(|words| {
                view! {
                    <p class="notice soon">
                        <Icon name="info"/>
                        <span>{words}</span>
                    </p>
                }
            })}
        {again
            .then(|| {
                view! {
                    <a class="btn second wide" href="/requests/new">
                        {td_string!(l, requests.ask_again)}
                    </a>
                }
            })}
    }
}
