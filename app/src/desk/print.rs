//! What runs, on paper: a captain takes it along from door to door and writes the results on it. A4; on
//! the screen the same sheets.

pub mod api;

use crate::{
    components::{
        bars::{BackBar, Skip},
        load::{Load, ask, once},
        print::PrintScript,
    },
    words::{self, Locale, lang, td_string, time},
};
use api::{DeskRound, MOST, RoundView, StopLine};
use domain::{Millis, areas::AreaId};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use uuid::Uuid;

/// The page.
#[component]
pub fn PrintRound() -> impl IntoView {
    let map = use_query_map().read_untracked().clone();
    let post = map.get("post").and_then(|post| post.parse().ok()).unwrap_or_default();
    let village = map.get("village").unwrap_or_default();
    let circle = map.get("circle").unwrap_or_default();
    let data =
        ask(move || DeskRound { post, village: village.clone(), circle: circle.clone() }, once);
    view! { <Load data page=move |view| view! { <Page view/> }/> }
}

#[component]
fn Page(view: RoundView) -> impl IntoView {
    let l = lang();
    let title = td_string!(l, round.title);
    let count = td_string!(l, round.count, n = view.stops.len()).to_string();
    let day = time::full_day(l, view.now);
    let head = td_string!(l, round.head, who = view.who.as_str(), t = day.as_str()).to_string();
    let circle = view.circle.and_then(|id| view.circles.iter().find(|(one, _)| *one == id));
    let village = view.village.and_then(|id| view.villages.iter().find(|(one, _)| *one == id));
    let name = circle.map(|(_, name)| name).or(village.map(|(_, name)| name));
    let name = name.unwrap_or(&view.name).clone();
    let empty = view.stops.is_empty();
    let more = view.more.then(|| {
        view! { <p class="notice soon no-print"><span>{td_string!(l, round.more, n = MOST).to_string()}</span></p> }
    });
    let now = view.now;
    let stops = view.stops.into_iter().map(|stop| view! { <Stop stop now/> }).collect_view();
    view! {
        <Title text=format!("{title} {name} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page wide print-round">
            <div class="no-print">
                <BackBar href=format!("/desk?post={}", view.post) words=td_string!(l, desk.title)/>
            </div>
            <main id="main">
                <div class="page-head">
                    <h1>{title}" "{name}</h1>
                    <p>{head}" "{count}</p>
                    <p class="meta">{td_string!(l, round.keep)}</p>
                </div>
                <div class="no-print stack">
                    <Villages post=view.post villages=view.villages chosen=view.village/>
                    <Circles post=view.post village=view.village circles=view.circles chosen=view.circle/>
                    <p class="meta">{td_string!(l, round.looks)}</p>
                    <button class="btn primary wide" id="print" hidden>{td_string!(l, cards.print)}</button>
                </div>
                {more}
                {empty.then(|| view! { <p class="notice plain"><span>{td_string!(l, round.empty)}</span></p> })}
                <ol class="stops">{stops}</ol>
            </main>
        </div>
        <PrintScript/>
    }
}

/// All villages or one of them, for who leads above them.
#[component]
fn Villages(post: u32, villages: Vec<(AreaId, String)>, chosen: Option<AreaId>) -> impl IntoView {
    (!villages.is_empty()).then(|| {
        let here = format!("/desk/print?post={post}");
        let each = villages
            .into_iter()
            .map(|(id, name)| (name, format!("{here}&village={}", id.0), chosen == Some(id)));
        let each: Vec<_> = each.collect();
        let all = (here, chosen.is_none());
        view! { <Choice label=td_string!(lang(), round.which_village) all each/> }
    })
}

/// All circles or one of them.
#[component]
fn Circles(
    post: u32,
    village: Option<AreaId>,
    circles: Vec<(Uuid, String)>,
    chosen: Option<Uuid>,
) -> impl IntoView {
    (circles.len() > 1).then(|| {
        let village = village.map(|id| format!("&village={}", id.0)).unwrap_or_default();
        let here = format!("/desk/print?post={post}{village}");
        let each = circles
            .into_iter()
            .map(|(id, name)| (name, format!("{here}&circle={id}"), chosen == Some(id)));
        let each: Vec<_> = each.collect();
        let all = (here, chosen.is_none());
        view! { <Choice label=td_string!(lang(), round.which) all each/> }
    })
}

/// Everything or one part of it: names, addresses, and which is chosen.
#[component]
fn Choice(
    label: &'static str,
    all: (String, bool),
    each: Vec<(String, String, bool)>,
) -> impl IntoView {
    let (here, whole) = all;
    let all = (td_string!(lang(), round.all).to_owned(), here, whole);
    let chips = std::iter::once(all).chain(each).map(|(name, href, chosen)| {
        let current = chosen.then_some("true");
        view! { <a class="chip" href=href aria-current=current>{name}</a> }
    });
    view! { <nav class="chips wrap" aria-label=label>{chips.collect_view()}</nav> }
}

/// One request, with lines to write on.
#[component]
fn Stop(stop: StopLine, now: Millis) -> impl IntoView {
    let l = lang();
    let colon = if l == Locale::en { ": " } else { "：" };
    let kind = words::category(l, stop.category);
    let (urgency, state) = (words::urgency(l, stop.urgency), words::state(l, stop.state));
    let due = stop.due.map(|due| {
        let t = time::near(l, due, now);
        td_string!(l, round.due, t = t.as_str()).to_string()
    });
    let private = stop.private.then(|| td_string!(l, requests.private_tag));
    let tags = [Some(kind), Some(urgency), Some(state), private].into_iter().flatten();
    let tags = tags.collect::<Vec<_>>().join(" · ");
    let line = |label: &'static str, words: Option<String>| {
        words.map(|words| view! { <p><b>{label}{colon}</b>{words}</p> })
    };
    let helpers = (!stop.helpers.is_empty()).then(|| stop.helpers.join("、"));
    view! {
        <li class="stop">
            <header>
                <b class="num">{stop.code}</b>
                <span>{tags}</span>
                <span>{due}</span>
            </header>
            <p class="where">
                <b>{stop.called}</b>" "{stop.at}" "{stop.door}" "<span class="num">{stop.phone}</span>
            </p>
            <p class="words">{stop.words}</p>
            {line(td_string!(l, requests.when), stop.wanted)}
            {line(td_string!(l, requests.risks), stop.risks)}
            {line(td_string!(l, round.helpers), helpers)}
            <dl class="by-hand">
                <div><dt>{td_string!(l, round.by)}</dt><dd></dd></div>
                <div class="short"><dt>{td_string!(l, round.minutes)}</dt><dd></dd></div>
                <div class="tick"><dt>{td_string!(l, round.agreed)}</dt><dd></dd></div>
                <div class="wide"><dt>{td_string!(l, round.done)}</dt><dd></dd></div>
                <div><dt>{td_string!(l, round.signed)}</dt><dd></dd></div>
            </dl>
        </li>
    }
}
