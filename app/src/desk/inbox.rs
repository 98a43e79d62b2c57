//! The captain's desk: what is late first, open at once; then the rest by time.

use super::api::{Desk as Ask, DeskItem, DeskTab, DeskView};
use crate::requests::moves::AcceptRequest;
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        clauses::clauses,
        icon::{Icon, Sign, of_category, tile_of},
        load::{Load, ask},
        refused::Refused,
        req_card::distance_sign,
        status::{Status, UrgencyTag},
    },
    words::{self, lang, td_string, time},
};
use domain::{
    Millis,
    clock::{DAY, HOUR, MINUTE, wall},
    requests::{
        Move, State, Urgency,
        card::{Card, Distance},
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The page of the desk.
#[component]
pub fn Desk() -> impl IntoView {
    let query = use_query_map();
    let question = move || {
        let query = query.read();
        let post = query.get("post").and_then(|post| post.parse().ok()).unwrap_or(0);
        Ask { post, tab: query.get("tab").unwrap_or_default() }
    };
    let accept = Act::of::<AcceptRequest>();
    let data = ask(question, move || accept.version());
    let l = lang();
    view! {
        <Title text=format!("{} · {}", td_string!(l, desk.title), td_string!(l, common.name))/>
        <Load data page=move |desk| view! { <Page desk accept/> }/>
    }
}

#[component]
fn Page(desk: DeskView, accept: Act) -> impl IntoView {
    let l = lang();
    let name = desk.posts.get(desk.post as usize).cloned().unwrap_or_default();
    view! {
        <Skip/>
        <div class="page">
            <BackBar href="/me" words=td_string!(l, common.tab_me)/>
            <main id="main">
                <div class="page-head">
                    <h1>{td_string!(l, desk.title)}</h1>
                    <p>{name}</p>
                </div>
                <Posts desk=desk.clone()/>
                {desk
                    .deputy
                    .clone()
                    .map(|words| {
                        view! {
                            <a class="notice plain" href=format!("/desk/deputy?post={}", desk.post)>
                                <Icon name="users"/>
                                <span>{words}</span>
                            </a>
                        }
                    })}
                <Tabs desk=desk.clone()/>
                <Refused act=accept now=desk.now/>
                <Items desk=desk.clone() accept/>
                {desk
                    .more
                    .map(|to| {
                        view! { <a class="btn second wide" href=to>{td_string!(l, board.more)}</a> }
                    })}
                <section class="section" inner_html=desk.links></section>
            </main>
        </div>
    }
}

/// Who holds several posts chooses one.
#[component]
fn Posts(desk: DeskView) -> impl IntoView {
    let l = lang();
    let chosen = desk.post as usize;
    (desk.posts.len() > 1).then(|| {
        let chips = desk.posts.into_iter().enumerate().map(|(at, name)| {
            let current = (at == chosen).then_some("true");
            view! { <a class="chip" href=format!("/desk?post={at}") aria-current=current>{name}</a> }
        });
        view! {
            <nav class="chips" aria-label=td_string!(l, desk.posts_label)>{chips.collect_view()}</nav>
        }
    })
}

#[component]
fn Tabs(desk: DeskView) -> impl IntoView {
    let l = lang();
    let tabs = DeskTab::ALL.map(|tab| {
        let words = match tab {
            DeskTab::ToDo => td_string!(l, desk.to_do),
            DeskTab::Running => td_string!(l, desk.running),
            DeskTab::Closed => td_string!(l, desk.closed_today),
        };
        let current = (tab == desk.tab).then_some("true");
        let href = format!("/desk?post={}&tab={}", desk.post, tab.key());
        view! {
            <a href=href aria-current=current>
                <span>{words}<br/><b class="num">{desk.counts[tab as usize].clone()}</b></span>
            </a>
        }
    });
    view! {
        <nav class="seg desk-tabs" aria-label=td_string!(l, desk.tabs_label)>
            {tabs.collect_view()}
        </nav>
    }
}

#[component]
fn Items(desk: DeskView, accept: Act) -> impl IntoView {
    let l = lang();
    let now = desk.now;
    let mut items = desk.items;
    if items.is_empty() {
        let words = match desk.tab {
            DeskTab::ToDo => td_string!(l, desk.empty),
            DeskTab::Running => td_string!(l, desk.empty_running),
            DeskTab::Closed => td_string!(l, desk.empty_closed),
        };
        return view! {
            <section class="empty">
                <svg class="lotus" viewBox="0 0 120 92" aria-hidden="true"><use href="#i-lotus"></use></svg>
                <h2>{words}</h2>
                {(desk.tab == DeskTab::ToDo)
                    .then(|| view! { <p>{td_string!(l, desk.empty_hint)}</p> })}
            </section>
        }
        .into_any();
    }
    let heading = match desk.tab {
        DeskTab::ToDo => td_string!(l, desk.then),
        DeskTab::Running => td_string!(l, desk.running_now),
        DeskTab::Closed => td_string!(l, desk.closed_today),
    };
    let by_due = desk.tab != DeskTab::Closed;
    let to_do = desk.tab == DeskTab::ToDo;
    let first = to_do.then(|| items.remove(0));
    let (rest, later) =
        items.into_iter().partition::<Vec<_>, _>(|item| !to_do || is_due_today(item, now));
    view! {
        {first.map(|item| view! { <First item now accept/> })}
        <Rest id="rest-h" heading items=rest by_due now/>
        <Rest id="later-h" heading=td_string!(l, desk.later) items=later by_due now/>
    }
    .into_any()
}

/// Today's work, what is late with it.
fn is_due_today(item: &DeskItem, now: Millis) -> bool {
    item.card.due.is_none_or(|due| wall(due).day_number <= wall(now).day_number)
}

/// Rows under a heading; nothing where there are none.
#[component]
fn Rest(
    id: &'static str,
    heading: &'static str,
    items: Vec<DeskItem>,
    by_due: bool,
    now: Millis,
) -> impl IntoView {
    let l = lang();
    (!items.is_empty()).then(|| {
        let rows = items.into_iter().map(|item| view! { <ItemRow item now/> }).collect_view();
        view! {
            <section class="section" aria-labelledby=id>
                <div class="section-head">
                    <h2 id=id>{heading}</h2>
                    {by_due
                        .then(|| view! { <span class="faint">{td_string!(l, desk.by_due)}</span> })}
                </div>
                <ul class="card flush rows">{rows}</ul>
            </section>
        }
    })
}

/// What comes first, open: its facts and its one action.
#[component]
fn First(item: DeskItem, now: Millis, accept: Act) -> impl IntoView {
    let l = lang();
    let card = item.card;
    let late = card.due.filter(|due| *due <= now);
    let class = if late.is_some() || card.urgency == Urgency::Urgent {
        "card req urgent"
    } else {
        "card req"
    };
    let href = format!("/requests/{}", card.code);
    let private = !item.on_board;
    let action = match item.next {
        Some(Move::Accept) => {
            view! { <AcceptNow code=card.code.clone() private accept/> }.into_any()
        }
        next => {
            let words = match next {
                Some(Move::Approve) => td_string!(l, desk.to_confirm),
                Some(Move::Dispatch) => td_string!(l, desk.to_dispatch),
                _ => td_string!(l, desk.open_it),
            };
            // Whom to ask stands on a page of its own.
            let to = if next == Some(Move::Dispatch) { "/dispatch" } else { "" };
            view! { <a class="btn primary small" href=format!("{href}{to}")>{words}</a> }.into_any()
        }
    };
    let kind = words::category(l, card.category);
    let place = match (item.at, card.distance) {
        (Some(at), _) => Some(view! { <span><Icon name="door"/>{at}</span> }.into_any()),
        (None, far) => far.map(|at| view! { <Far at/> }.into_any()),
    };
    let wanted = card.wanted.clone();
    view! {
        <h2 class="vh">{td_string!(l, desk.first)}</h2>
        <section class=class aria-labelledby="first-h">
            <span class=tile_of(card.category)><Icon name=of_category(card.category)/></span>
            <div>
                <h3 id="first-h"><a href=href>{clauses(&card.headline)}</a></h3>
                <p class="who">
                    {late.map(|due| view! { <LateTag due now/> })}
                    <UrgencyTag urgency=card.urgency/>
                    {format!("{}·{kind}", card.called)}
                </p>
            </div>
            <p class="facts-line">
                {place}
                {wanted.map(|wanted| view! { <span><Icon name="cal"/>{wanted}</span> })}
                {card
                    .due
                    .map(|due| {
                        view! {
                            <span>
                                <Icon name="clock"/>
                                <time datetime=time::machine(due)>{item.due.clone()}</time>
                            </span>
                        }
                    })}
            </p>
            {item.raised.map(|words| {
                view! { <p class="notice late"><Icon name="up"/><span>{words}</span></p> }
            })}
            <footer>
                <Status state=card.state more=who_is_on(&card)/>
                {action}
            </footer>
        </section>
    }
}

/// How far from the captain's home.
#[component]
fn Far(at: Distance) -> impl IntoView {
    let words = words::distance(lang(), at);
    view! { <span class="dist"><Sign name=distance_sign(at)/>{words}</span> }
}

/// Accepting without opening the request: the captain has read its first words.
#[component]
fn AcceptNow(code: String, private: bool, accept: Act) -> impl IntoView {
    let l = lang();
    let words =
        if private { td_string!(l, steps.accept_private) } else { td_string!(l, steps.accept) };
    view! {
        <ActForm act=accept>
            <input type="hidden" name="code" value=code/>
            <button
                class="btn primary small"
                aria-busy=move || accept.pending().get().then_some("true")
            >
                {words}
            </button>
        </ActForm>
    }
}

fn who_is_on(card: &Card) -> String {
    match card.state {
        State::Claimed | State::Serving => format!("{}/{}", card.helping, card.needed),
        _ => String::new(),
    }
}

#[component]
fn LateTag(due: Millis, now: Millis) -> impl IntoView {
    let l = lang();
    let t = time::span(l, due, now);
    let words = td_string!(l, desk.late_by, t = t.as_str()).to_string();
    view! { <span class="tag late"><Icon name="up"/>{words}</span> }
}

/// One of the rest: a small clock with what is left, the words, the state.
#[component]
fn ItemRow(item: DeskItem, now: Millis) -> impl IntoView {
    let card = item.card;
    let since = item.since;
    let called = match item.at {
        Some(at) => format!("{}·{at}", card.called),
        None => card.called.clone(),
    };
    let late = card.due.is_some_and(|due| due <= now);
    view! {
        <li>
            <a class="rowlink due-row" href=format!("/requests/{}", card.code)>
                {card.due.map(|due| view! { <ClockFace due since now/> })}
                <span class="grow">
                    <b>{clauses(&card.headline)}</b>
                    <br/>
                    <Status state=card.state more=called late/>
                </span>
                <Icon name="go" class="go"/>
            </a>
        </li>
    }
}

/// The number is what is left, the ring is what has gone.
#[component]
fn ClockFace(due: Millis, since: Millis, now: Millis) -> impl IntoView {
    let l = lang();
    let late = due <= now;
    let span = (due - now).abs();
    let (n, unit) = if span >= DAY {
        (span / DAY, td_string!(l, desk.day))
    } else if span >= HOUR {
        (span / HOUR, td_string!(l, desk.hour))
    } else {
        (span / MINUTE, td_string!(l, desk.minute))
    };
    let whole = (due - since).max(1);
    let gone = ((now - since).clamp(0, whole) * 20 / whole) * 5;
    let class = if late { "clockface late" } else { "clockface" };
    let spoken = if late { td_string!(l, desk.late_word) } else { "" };
    view! {
        <span class=class style=format!("--p:{gone}")>
            <span class="vh">{spoken}</span>
            <b>{n}</b>
            {unit}
        </span>
    }
}
