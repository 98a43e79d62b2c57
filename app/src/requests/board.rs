//! The board: the captain, the rings, the requests of the chosen ring.

use super::{
    api::Board as Ask,
    rings::{Rings, counted},
    view::BoardView,
};
use crate::{
    components::{
        bars::{Skip, Tab, TabBar, TopBar},
        call::MyCaptain,
        icon::Icon,
        load::{Load, ask, once},
        req_card::ReqCard,
    },
    words::{Locale, lang, td_string},
};
use domain::requests::card::Ring;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The first page of the product.
#[component]
pub fn Board() -> impl IntoView {
    let query = use_query_map();
    let question = move || Ask { ring: query.read().get("ring").unwrap_or_default() };
    let data = ask(question, once);
    let l = lang();
    view! {
        <Title text=format!("{} · {}", td_string!(l, board.title), td_string!(l, common.name))/>
        <Load data page=|board| view! { <Page board/> }/>
    }
}

#[component]
fn Page(board: BoardView) -> impl IntoView {
    view! {
        <Skip/>
        <div class="page wide board">
            <TopBar at=Some(Tab::Board)/>
            {match &board.village {
                Some(village) => {
                    view! { <Around village=village.clone() board=board.clone()/> }.into_any()
                }
                None => view! { <Nowhere demo=board.demo signed_in=board.signed_in/> }.into_any(),
            }}
        </div>
        <TabBar at=Some(Tab::Board)/>
    }
}

/// The board around a known place.
#[component]
fn Around(village: String, board: BoardView) -> impl IntoView {
    let l = lang();
    let captain = board.captain.clone();
    let visiting = board.visiting;
    view! {
        <main id="main" class="board-cols">
            <div class="board-side">
                {captain
                    .map(|captain| view! { <MyCaptain captain/> })}
                {visiting
                    .then(|| {
                        view! {
                            <p class="meta row wrap here">
                                <Icon name="door"/>
                                {village}
                                <a class="more" href="/places">{td_string!(l, board.change_place)}</a>
                            </p>
                        }
                    })}
                <Rings board=board.clone()/>
            </div>
            <List board/>
        </main>
    }
}

#[component]
fn List(board: BoardView) -> impl IntoView {
    let l = lang();
    let now = board.now;
    let total = board.counts[board.ring as usize];
    let empty = board.cards.is_empty();
    let (ring, counts, more) = (board.ring, board.counts, board.more);
    let demo = board.demo;
    let cards =
        board.cards.into_iter().map(|card| view! { <ReqCard card now ring/> }).collect_view();
    view! {
        <section aria-labelledby="list-h" class="board-list">
            {if empty {
                view! { <Empty ring/> }.into_any()
            } else {
                view! {
                    <div class="section-head">
                        <h2 id="list-h">{list_words(l, ring, total)}</h2>
                        <a class="more row sorted" href=format!("/board?ring={}", ring.key())>
                            <Icon name="sort"/>
                            {td_string!(l, board.find)}
                        </a>
                    </div>
                    <ul class="req-list">{cards}</ul>
                }
                    .into_any()
            }}
            <p class="center onward">{onward(l, ring, counts, more)}</p>
            {demo
                .then(|| {
                    view! {
                        <p class="foot">
                            {td_string!(l, common.demo_note)} " "
                            <a href="/demo">{td_string!(l, common.demo_people)}</a>
                        </p>
                    }
                })}
        </section>
    }
}

fn list_words(l: Locale, ring: Ring, n: i64) -> String {
    let n = counted(n);
    match ring {
        Ring::Circle => td_string!(l, board.list_1, n = n).to_string(),
        Ring::Lane => td_string!(l, board.list_2, n = n).to_string(),
        Ring::Village => td_string!(l, board.list_3, n = n).to_string(),
    }
}

/// The way to what is not shown: more of this ring, or the next ring out.
fn onward(
    l: Locale,
    ring: Ring,
    counts: [i64; 3],
    more: Option<String>,
) -> Option<impl IntoView + use<>> {
    let [circle, lane, village] = counts;
    let (href, words) = if let Some(more) = more {
        (more, td_string!(l, board.more).to_owned())
    } else {
        match ring {
            Ring::Circle if lane > circle => (
                "/?ring=2".to_owned(),
                td_string!(l, board.see_lane, n = lane - circle).to_string(),
            ),
            Ring::Circle | Ring::Lane if village > lane => (
                "/?ring=3".to_owned(),
                td_string!(l, board.see_village, n = village - counts[ring as usize]).to_string(),
            ),
            _ => return None,
        }
    };
    Some(view! { <a class="more" href=href>{words}<Icon name="go"/></a> })
}

#[component]
fn Empty(ring: Ring) -> impl IntoView {
    let l = lang();
    let words = match ring {
        Ring::Circle => td_string!(l, board.empty_1),
        Ring::Lane => td_string!(l, board.empty_2),
        Ring::Village => td_string!(l, board.empty_3),
    };
    view! {
        <div class="empty">
            <svg class="lotus" viewBox="0 0 120 92" aria-hidden="true"><use href="#i-lotus"></use></svg>
            <h2 id="list-h">{words}</h2>
            <p>{td_string!(l, board.empty_hint)}</p>
        </div>
    }
}

/// Nobody knows yet where the reader looks from.
#[component]
fn Nowhere(demo: bool, signed_in: bool) -> impl IntoView {
    let l = lang();
    view! {
        <main id="main">
            <section class="empty welcome">
                <svg class="lotus" viewBox="0 0 120 92" aria-hidden="true"><use href="#i-lotus"></use></svg>
                <h1>{td_string!(l, common.slogan)}</h1>
                <p>{td_string!(l, board.pick_hint)}</p>
                <p class="stack">
                    <a class="btn second wide" href="/places">
                        <Icon name="door"/>{td_string!(l, board.pick_place)}
                    </a>
                    {(!signed_in)
                        .then(|| {
                            view! {
                                <a class="btn second wide" href="/sign-in">
                                    {td_string!(l, common.sign_in)}
                                </a>
                            }
                        })}
                    {demo
                        .then(|| {
                            view! {
                                <a class="btn quiet wide" href="/demo">
                                    {td_string!(l, common.demo_people)}
                                </a>
                            }
                        })}
                </p>
            </section>
        </main>
    }
}
