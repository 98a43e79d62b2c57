//! Finding by words in all that a post reaches: every village of a township, or of the county.

pub mod api;

use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        icon::Icon,
        load::{Load, ask, once},
        req_card::ReqCard,
    },
    words::{lang, td_string},
};
use api::{DeskFound, DeskSearch, FoundLine, ReachView};
use domain::requests::finding::LONGEST_QUESTION;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The page.
#[component]
pub fn SearchReach() -> impl IntoView {
    let map = use_query_map().read_untracked().clone();
    let post = map.get("post").and_then(|post| post.parse().ok()).unwrap_or_default();
    let (words, after) = (map.get("find").is_some(), map.get("after").unwrap_or_default());
    let data = ask(move || DeskFound { post, words, after: after.clone() }, once);
    let search = Act::of::<DeskSearch>();
    view! { <Load data page=move |view| view! { <Page view search/> }/> }
}

#[component]
fn Page(view: ReachView, search: Act) -> impl IntoView {
    let l = lang();
    let title = td_string!(l, desk.search_title);
    let of = td_string!(l, desk.search_of, name = view.name.as_str()).to_string();
    let post = view.post;
    let typed = view.words.clone().unwrap_or_default();
    let words = view.words.clone();
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href=format!("/desk?post={post}") words=td_string!(l, desk.title)/>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{of}</p>
                    <p class="meta">{td_string!(l, desk.search_hint)}</p>
                </div>
                <search>
                    <ActForm act=search class="stack">
                        <input type="hidden" name="post" value=post.to_string()/>
                        <label class="vh" for="words">{td_string!(l, desk.search_words)}</label>
                        <div class="row">
                            <input
                                class="input grow"
                                id="words"
                                name="words"
                                type="search"
                                autocomplete="off"
                                maxlength=LONGEST_QUESTION.to_string()
                                placeholder=td_string!(l, desk.search_words)
                                value=typed
                            />
                            <button class="btn primary nowrap">
                                <Icon name="search"/>{td_string!(l, desk.search_do)}
                            </button>
                        </div>
                    </ActForm>
                </search>
                {words.map(|words| view! { <Lines view words/> })}
            </main>
        </div>
    }
}

#[component]
fn Lines(view: ReachView, words: String) -> impl IntoView {
    let l = lang();
    let (now, post) = (view.now, view.post);
    if view.lines.is_empty() && view.next.is_none() {
        let none = td_string!(l, desk.search_none, w = words.as_str()).to_string();
        return view! { <p class="notice plain" role="status"><span>{none}</span></p> }.into_any();
    }
    let heading = td_string!(l, desk.search_found, w = words.as_str()).to_string();
    let mut before = String::new();
    let mut items = vec![];
    for FoundLine { card, village } in view.lines {
        if village != before {
            before.clone_from(&village);
            items.push(view! { <li class="found-at"><b>{village}</b></li> }.into_any());
        }
        items.push(view! { <ReqCard card now/> }.into_any());
    }
    let more = view.next.map(|next| {
        let to = format!("/desk/search?post={post}&find=1&after={next}");
        view! { <a class="btn second wide" href=to>{td_string!(l, board.more)}</a> }
    });
    view! {
        <section aria-labelledby="found-h">
            <div class="section-head"><h2 id="found-h">{heading}</h2></div>
            <ul class="req-list">{items.collect_view()}</ul>
            <p class="center onward">{more}</p>
        </section>
    }
    .into_any()
}
