//! The frame of a plain page beside the page of a request: the way back to it, and what it is about.

use super::bars::{BackBar, Skip};
use crate::words::{lang, td_string};
use leptos::prelude::*;
use leptos_meta::Title;

/// The frame.
#[component]
pub fn Beside(
    /// What the page is for.
    title: &'static str,
    /// A form of it was not taken: its title says so first.
    failed: bool,
    /// The code of the request.
    code: String,
    /// Its first words.
    headline: String,
    /// More in the head.
    #[prop(optional)]
    more: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let l = lang();
    let end = td_string!(l, requests.code, code = code.as_str()).to_string();
    let prefix = if failed { td_string!(l, common.error_prefix) } else { "" };
    view! {
        <Title text=format!("{prefix}{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href=format!("/requests/{code}") words=td_string!(l, clock.back) end=end/>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{headline}</p>
                    {more}
                </div>
                {children()}
            </main>
        </div>
    }
}
