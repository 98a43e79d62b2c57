//! One's own lists: what one asked for, what one helps with.

use super::{
    api::{MyClaims, MyRequests},
    view::OwnView,
};
use crate::{
    components::{
        bars::{Skip, Tab, TabBar, TopBar},
        load::{Load, ask, once},
        req_card::ReqCard,
    },
    words::{lang, td_string},
};
use domain::{Millis, requests::card::Card};
use leptos::prelude::*;
use leptos_meta::Title;

/// What the reader asked for.
#[component]
pub fn Mine() -> impl IntoView {
    let data = ask(|| MyRequests {}, once);
    let l = lang();
    let title = td_string!(l, requests.mine_title);
    let empty = (td_string!(l, requests.mine_empty), td_string!(l, requests.mine_empty_hint));
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Load data page=move |own| view! { <Own own title empty at=Tab::Mine/> }/>
    }
}

/// What the reader helps with, or was asked to.
#[component]
pub fn Helping() -> impl IntoView {
    let data = ask(|| MyClaims {}, once);
    let l = lang();
    let title = td_string!(l, requests.helping_title);
    let empty = (td_string!(l, requests.helping_empty), "");
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Load data page=move |own| view! { <Own own title empty at=Tab::Helping/> }/>
    }
}

#[component]
fn Own(
    own: OwnView,
    title: &'static str,
    empty: (&'static str, &'static str),
    at: Tab,
) -> impl IntoView {
    let l = lang();
    let OwnView { now, asked, running, over, named, more } = own;
    let running_words = if at == Tab::Mine {
        td_string!(l, requests.mine_now)
    } else {
        td_string!(l, requests.helping_now)
    };
    let nothing = asked.is_empty() && running.is_empty() && over.is_empty();
    view! {
        <Skip/>
        <div class="page">
            <TopBar at=Some(at)/>
            <main id="main">
                <div class="page-head"><h1>{title}</h1></div>
                {nothing
                    .then(|| {
                        view! {
                            <section class="empty">
                                <svg class="lotus" viewBox="0 0 120 92" aria-hidden="true">
                                    <use href="#i-lotus"></use>
                                </svg>
                                <h2>{empty.0}</h2>
                                <p>{empty.1}</p>
                                <a class="btn second" href="/">{td_string!(l, common.to_board)}</a>
                            </section>
                        }
                    })}
                {(named > 0)
                    .then(|| {
                        view! {
                            <a class="btn second wide" href="/mine/named">
                                {td_string!(l, requests.named)}
                            </a>
                        }
                    })}
                <Cards cards=asked now heading=td_string!(l, requests.asked_me)/>
                <Cards cards=running now heading=running_words/>
                <Cards cards=over now heading=td_string!(l, requests.before)/>
                {more
                    .map(|to| {
                        view! {
                            <a class="btn second wide" href=to>{td_string!(l, board.earlier)}</a>
                        }
                    })}
            </main>
        </div>
        <TabBar at=Some(at)/>
    }
}

/// Cards under a heading; nothing without cards.
#[component]
pub fn Cards(
    /// The cards.
    cards: Vec<Card>,
    /// The present moment.
    now: Millis,
    /// What they are.
    heading: &'static str,
) -> impl IntoView {
    (!cards.is_empty()).then(|| {
        let cards = cards.into_iter().map(|card| view! { <ReqCard card now/> }).collect_view();
        view! {
            <section class="section first-tight">
                <div class="section-head"><h2>{heading}</h2></div>
                <ul class="req-list">{cards}</ul>
            </section>
        }
    })
}
