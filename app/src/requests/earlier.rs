//! What was over before: one's own lists, page by page.

use super::{api::Earlier as Ask, own::Cards, view::OwnView};
use crate::{
    components::{
        bars::{BackBar, Skip},
        load::{Load, ask, once},
    },
    words::{lang, td_string},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// What the reader asked for before.
#[component]
pub fn EarlierMine() -> impl IntoView {
    let l = lang();
    view! { <Earlier helped=false back=("/mine", td_string!(l, requests.mine_title))/> }
}

/// What the reader helped with before.
#[component]
pub fn EarlierHelped() -> impl IntoView {
    let l = lang();
    view! { <Earlier helped=true back=("/helping", td_string!(l, requests.helping_title))/> }
}

#[component]
fn Earlier(helped: bool, back: (&'static str, &'static str)) -> impl IntoView {
    let after = use_query_map().read_untracked().get("after").unwrap_or_default();
    let data = ask(move || Ask { helped, after: after.clone() }, once);
    view! { <Load data page=move |own| view! { <Page own back/> }/> }
}

#[component]
fn Page(own: OwnView, back: (&'static str, &'static str)) -> impl IntoView {
    let l = lang();
    let title = td_string!(l, board.earlier_title);
    let OwnView { now, running, over, more, .. } = own;
    let cards = running.into_iter().chain(over).collect::<Vec<_>>();
    let nothing = cards.is_empty().then(|| {
        view! { <p class="notice plain">{td_string!(l, board.none_onward)}</p> }
    });
    let more = more.map(|to| {
        view! { <a class="btn second wide" href=to>{td_string!(l, board.more)}</a> }
    });
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href=back.0 words=back.1/>
            <main id="main" class="stack">
                <div class="page-head"><h1>{title}</h1></div>
                {nothing}
                <Cards cards now heading=td_string!(l, requests.before)/>
                {more}
            </main>
        </div>
    }
}
