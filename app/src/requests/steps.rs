//! Every step of a request, for whoever may read its words.

use super::view::RequestView;
use crate::components::timeline::{EventLine, Timeline};
use domain::requests::privacy::Sight;
use leptos::{prelude::*, tachys::view::RenderHtml};

/// The timeline as markup; nothing for strangers.
pub(super) fn markup(view: &RequestView, events: Vec<EventLine>) -> String {
    if view.sight < Sight::Words {
        return String::new();
    }
    let RequestView { state, on_board, parts, now, .. } = *view;
    view! { <Timeline events state on_board asked=parts.requester now/> }.into_any().to_html()
}
