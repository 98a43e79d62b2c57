//! Every step of a request, for whoever may read its words.

use super::view::RequestView;
use crate::components::timeline::Timeline;
use domain::requests::privacy::Sight;
use leptos::prelude::*;

/// The timeline; nothing for strangers.
#[component]
pub fn Steps(
    /// The request.
    view: RequestView,
) -> impl IntoView {
    let RequestView { state, on_board, parts, now, .. } = view;
    (view.sight >= Sight::Words).then(|| {
        view! { <Timeline events=view.events state on_board asked=parts.requester now/> }
    })
}
