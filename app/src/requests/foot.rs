//! The foot of a request's page: what is seldom needed, a row each.

use super::view::RequestView;
use crate::{
    components::row::RowLink,
    words::{lang, td_string},
};
use domain::requests::Move;
use leptos::prelude::*;

/// Extend or pass up, merge or pass on, show the family, report.
#[component]
pub fn Foot(
    /// The request.
    view: RequestView,
) -> impl IntoView {
    let l = lang();
    let href = |page: &str| format!("/requests/{}/{page}", view.code);
    let climbs = view.may(Move::Raise) || view.may(Move::Extend);
    let shares = view.parts.requester || view.parts.in_charge;
    let elsewhere = if view.may(Move::Merge) {
        Some(td_string!(l, requests.merge))
    } else if view.may(Move::Cannot) {
        Some(td_string!(l, requests.pass_on))
    } else {
        None
    };
    let row = |href: String, icon: &'static str, words: &'static str| {
        view! { <RowLink href icon words/> }
    };
    view! {
        <ul class="card flush rows">
            {climbs.then(|| row(href("clock"), "clock", td_string!(l, requests.clock)))}
            {elsewhere.map(|words| row(href("refer"), "sort", words))}
            {shares.then(|| row(href("family"), "users", td_string!(l, family.share)))}
            {row(href("report"), "warn", td_string!(l, requests.report))}
        </ul>
    }
}
