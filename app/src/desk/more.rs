//! The pages of the desk after the first: what runs and is due later.

use super::api::{DeskMore as Ask, MoreView};
use crate::{
    components::{
        bars::{BackBar, Skip},
        load::{Load, ask, once},
        req_card::ReqCard,
    },
    words::{lang, td_string},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// What the desk does not show on its first page.
#[component]
pub fn DeskMore() -> impl IntoView {
    let map = use_query_map().read_untracked().clone();
    let post = map.get("post").and_then(|post| post.parse().ok()).unwrap_or(0);
    let after = map.get("after").unwrap_or_default();
    let data = ask(move || Ask { post, after: after.clone() }, once);
    view! { <Load data page=move |more| view! { <Page more post/> }/> }
}

#[component]
fn Page(more: MoreView, post: u32) -> impl IntoView {
    let l = lang();
    let title = td_string!(l, desk.title);
    let MoreView { now, cards, more } = more;
    let nothing = cards.is_empty().then(|| {
        view! { <p class="notice plain">{td_string!(l, board.none_onward)}</p> }
    });
    let cards = cards.into_iter().map(|card| view! { <ReqCard card now/> }).collect_view();
    let more = more.map(|to| {
        view! { <a class="btn second wide" href=to>{td_string!(l, board.more)}</a> }
    });
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href=format!("/desk?post={post}") words=title/>
            <main id="main" class="stack">
                <div class="page-head"><h1>{td_string!(l, board.sorted_due)}</h1></div>
                {nothing}
                <ul class="req-list">{cards}</ul>
                {more}
            </main>
        </div>
    }
}
