//! The page of what was found: how far, in which order, narrowed by what; and the requests.

use super::{
    api::{Found as Ask, FoundView, Search},
    parts::{Chips, Orders, Rings, address},
    saved::{SaveForm, SavedChips, SavedList},
};
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
use domain::requests::{card::Ring, filter::Filter, finding::LONGEST_QUESTION};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// What the address asks for.
#[component]
pub fn Board() -> impl IntoView {
    let map = use_query_map().read_untracked().clone();
    let query = map.to_query_string().trim_start_matches('?').to_owned();
    let (words, after) = (map.get("find").is_some(), map.get("after").unwrap_or_default());
    let question = move || Ask { query: query.clone(), words, after: after.clone() };
    let data = ask(question, once);
    let l = lang();
    view! {
        <Title text=format!("{} · {}", td_string!(l, board.find_title), td_string!(l, common.name))/>
        <Skip/>
        <Load data page=|found| view! { <Page found/> }/>
    }
}

#[component]
fn Page(found: FoundView) -> impl IntoView {
    let l = lang();
    let known = found.village.is_some();
    view! {
        <div class="page wide">
            <BackBar href="/" words=td_string!(l, common.tab_board)/>
            <main id="main" class="finding">
                <div class="page-head">
                    <h1>{td_string!(l, board.find_heading)}</h1>
                    {found.village.clone().map(|village| view! { <p class="meta">{village}</p> })}
                </div>
                {if known {
                    view! { <Known found/> }.into_any()
                } else {
                    view! { <Nowhere/> }.into_any()
                }}
            </main>
        </div>
    }
}

#[component]
fn Known(found: FoundView) -> impl IntoView {
    let l = lang();
    let FoundView { filter, words, saved, .. } = found.clone();
    let searching = words.is_some();
    view! {
        <div class="find-how stack">
            <Words filter=filter.clone() words/>
            <Rings filter=filter.clone() searching/>
            {(!searching).then(|| view! { <Orders filter=filter.clone()/> })}
            <Chips filter=filter.clone() searching/>
            <SavedChips saved=saved.clone() now=filter.query()/>
        </div>
        <List found=found.clone()/>
        <a class="btn quiet flush" href="/thanks"><Icon name="heart"/>{td_string!(l, after.thanks)}</a>
        {found
            .signed_in
            .then(|| view! { <SaveForm filter room=found.room typed=found.typed/> })}
        <SavedList saved/>
    }
}

/// The words that are looked for: they go to the session and never into an address.
#[component]
fn Words(filter: Filter, words: Option<String>) -> impl IntoView {
    let l = lang();
    let search = Act::of::<Search>();
    let without = address(&filter, false);
    let clear = words.is_some().then(|| {
        view! { <a class="more" href=without>{td_string!(l, board.clear_words)}</a> }
    });
    view! {
        <search>
            <ActForm act=search class="field">
                <label for="words">{td_string!(l, board.words)}</label>
                <p class="hint" id="words-h">{td_string!(l, board.words_hint)}</p>
                <input type="hidden" name="query" value=filter.query()/>
                <div class="with-btn">
                    <input
                        class="input"
                        type="search"
                        id="words"
                        name="words"
                        value=words.unwrap_or_default()
                        maxlength=LONGEST_QUESTION.to_string()
                        autocomplete="off"
                        enterkeyhint="search"
                        aria-describedby="words-h"
                    />
                    <button class="btn second">{td_string!(l, search.find)}</button>
                </div>
                {clear}
            </ActForm>
        </search>
    }
}

#[component]
fn List(found: FoundView) -> impl IntoView {
    let l = lang();
    let FoundView { now, filter, words, cards, onward, next, .. } = found;
    let ring = filter.ring;
    let searching = words.is_some();
    if cards.is_empty() && next.is_none() {
        return view! { <Empty filter words onward/> }.into_any();
    }
    let to = address(&filter, searching);
    let first = onward.then(|| {
        view! { <a class="more" href=to.clone()>{td_string!(l, board.from_start)}</a> }
    });
    let more = next.map(|next| {
        let href = format!("{to}&after={next}");
        view! { <a class="btn second wide" href=href>{td_string!(l, board.more)}<Icon name="go"/></a> }
    });
    let heading = match words {
        Some(words) => td_string!(l, board.with_words, words = words.as_str()).to_string(),
        None => ring_words(ring).to_owned(),
    };
    let cards = cards.into_iter().map(|card| view! { <ReqCard card now ring/> }).collect_view();
    view! {
        <section aria-labelledby="list-h" class="board-list">
            <div class="section-head">
                <h2 id="list-h">{heading}</h2>
                {first}
            </div>
            <ul class="req-list">{cards}</ul>
            <p class="center onward">{more}</p>
        </section>
    }
    .into_any()
}

/// The name of a ring.
pub fn ring_words(ring: Ring) -> &'static str {
    let l = lang();
    match ring {
        Ring::Circle => td_string!(l, board.ring_1),
        Ring::Lane => td_string!(l, board.ring_2),
        Ring::Village => td_string!(l, board.ring_3),
    }
}

/// Nothing was found: says what would find more.
#[component]
fn Empty(filter: Filter, words: Option<String>, onward: bool) -> impl IntoView {
    let l = lang();
    let searching = words.is_some();
    let (heading, hint) = match &words {
        Some(words) => (
            td_string!(l, board.none_words, words = words.as_str()).to_string(),
            td_string!(l, board.none_words_hint),
        ),
        None if onward => (td_string!(l, board.none_onward).to_owned(), ""),
        None if filter.in_force() > 0 => {
            (td_string!(l, board.none_filter).to_owned(), td_string!(l, board.none_filter_hint))
        }
        None => (td_string!(l, board.none).to_owned(), td_string!(l, board.empty_hint)),
    };
    let way = |href: String, words: &'static str| {
        view! { <a class="btn second wide" href=href>{words}</a> }
    };
    let cleared = (filter.in_force() > 0)
        .then(|| way(address(&filter.cleared(), searching), td_string!(l, board.clear)));
    let wider = (filter.ring != Ring::Village).then(|| {
        let wider = Filter { ring: Ring::Village, ..filter.clone() };
        way(address(&wider, searching), td_string!(l, board.see_all_village))
    });
    let no_words =
        searching.then(|| way(address(&filter, false), td_string!(l, board.clear_words)));
    view! {
        <section class="empty">
            <svg class="lotus" viewBox="0 0 120 92" aria-hidden="true">
                <use href="#i-lotus"></use>
            </svg>
            <h2>{heading}</h2>
            <p>{hint}</p>
            <p class="stack">{cleared} {wider} {no_words}</p>
        </section>
    }
}

/// Nobody knows yet where the reader looks from.
#[component]
fn Nowhere() -> impl IntoView {
    let l = lang();
    view! {
        <section class="empty">
            <h2>{td_string!(l, board.pick_heading)}</h2>
            <p>{td_string!(l, board.pick_hint)}</p>
            <a class="btn second wide" href="/places">{td_string!(l, board.pick_place)}</a>
        </section>
    }
}
