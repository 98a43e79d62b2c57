//! What a household sees that scanned its card: the captain to call, one large button, its requests.

use super::{
    account::{CardVisit, LeaveCard},
    view::{Visit, VisitView},
};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{Prefs, Skip},
        call::{CaptainLine, MyCaptain},
        icon::{Icon, Logo},
        load::{Load, ask, once},
        status::Status,
    },
    words::{self, lang, td_string, time},
};
use domain::{Millis, requests::card::Card};
use leptos::prelude::*;
use leptos_meta::Title;

/// The page of a household.
#[component]
pub fn CardHome() -> impl IntoView {
    let leave = Act::of::<LeaveCard>();
    let data = ask(|| CardVisit {}, once);
    let l = lang();
    view! {
        <Title text=format!("{} · {}", td_string!(l, cards.title), td_string!(l, common.name))/>
        <Load
            data
            page=move |view| {
                match view.visit {
                    Visit::Open => view! { <CardPage><Own view leave/></CardPage> }.into_any(),
                    Visit::Over | Visit::None => view! { <Shut view/> }.into_any(),
                }
            }
        />
    }
}

/// The frame of a household's pages.
#[component]
pub fn CardPage(
    /// What stands in it.
    children: Children,
) -> impl IntoView {
    view! {
        <Skip/>
        <div class="page">
            <CardBar/>
            {children()}
        </div>
    }
}

/// A card that does not open: it has ended, or is to be scanned again.
#[component]
pub fn Shut(
    /// Why.
    view: VisitView,
) -> impl IntoView {
    let inside = match view.visit {
        Visit::Over => view! { <Over captain=view.captain/> }.into_any(),
        Visit::Open | Visit::None => view! { <Scan/> }.into_any(),
    };
    view! { <CardPage>{inside}</CardPage> }
}

/// The bar of a household: no way to anywhere else, and the size of the letters.
#[component]
fn CardBar() -> impl IntoView {
    view! {
        <header class="topbar">
            <a class="brand" href="/card"><Logo/>{td_string!(lang(), common.name)}</a>
            <Prefs/>
        </header>
    }
}

#[component]
fn Own(view: VisitView, leave: Act) -> impl IntoView {
    let l = lang();
    let now = view.now;
    view! {
        <main id="main" class="stack">
            <div class="page-head">
                <p class="meta">{td_string!(l, cards.this_door)}</p>
                <h1>{view.label}</h1>
            </div>
            <a class="btn primary wide huge" href="/card/new">{td_string!(l, cards.ask)}</a>
            {view
                .question
                .map(|code| {
                    let href = format!("/card/requests/{code}");
                    view! { <a class="btn second wide" href=href>{td_string!(l, after.title)}</a> }
                })}
            {view.captain.map(|captain| view! { <div class="card"><MyCaptain captain/></div> })}
            <Requests heading=td_string!(l, requests.mine_now) cards=view.running now/>
            <Requests heading=td_string!(l, requests.before) cards=view.over now/>
            <ActForm act=leave class="center">
                <button class="btn quiet">{td_string!(l, cards.leave)}</button>
            </ActForm>
            <p class="meta center">{td_string!(l, cards.leave_hint)}</p>
        </main>
    }
}

#[component]
fn Requests(heading: &'static str, cards: Vec<Card>, now: Millis) -> impl IntoView {
    let l = lang();
    (!cards.is_empty()).then(|| {
        let rows = cards.into_iter().map(|card| {
            let by = card.due.map(|due| time::near(l, due, now)).unwrap_or_default();
            view! {
                <li>
                    <a class="rowlink" href=format!("/card/requests/{}", card.code)>
                        <span class="grow">
                            <b class="block">{card.headline}</b>
                            <span class="meta block">{words::category(l, card.category)}</span>
                            <Status
                                state=card.state
                                more=by
                                late=card.due.is_some_and(|due| due <= now)
                            />
                        </span>
                        <Icon name="go" class="go"/>
                    </a>
                </li>
            }
        });
        view! {
            <section class="section first-tight">
                <div class="section-head"><h2>{heading}</h2></div>
                <ul class="card flush rows">{rows.collect_view()}</ul>
            </section>
        }
    })
}

/// The card has ended: the captain to call, and nothing more.
#[component]
fn Over(captain: Option<CaptainLine>) -> impl IntoView {
    let l = lang();
    view! {
        <main id="main" class="stack">
            <div class="page-head">
                <h1>{td_string!(l, cards.over)}</h1>
                <p>{td_string!(l, cards.over_hint)}</p>
            </div>
            {captain.map(|captain| view! { <div class="card"><MyCaptain captain/></div> })}
        </main>
    }
}

#[component]
fn Scan() -> impl IntoView {
    let l = lang();
    view! {
        <main id="main" class="stack">
            <div class="page-head">
                <h1>{td_string!(l, cards.scan)}</h1>
                <p>{td_string!(l, cards.scan_hint)}</p>
            </div>
            <a class="btn second wide" href="/">{td_string!(l, common.to_board)}</a>
        </main>
    }
}
