//! The parts of the page that say what narrows the board: plain links, so that they can be shared.

use super::list::ring_words;
use crate::{
    components::icon::Icon,
    words::{self, Locale, lang, td_string, volunteers},
};
use domain::requests::{
    card::Ring,
    filter::{Filter, Sort},
};
use leptos::prelude::*;

/// The address of a filter; with the words of the session, or without.
pub fn address(filter: &Filter, searching: bool) -> String {
    format!("/board?{}{}", filter.query(), if searching { "&find=1" } else { "" })
}

/// How far out.
#[component]
pub fn Rings(
    /// The filter in force.
    filter: Filter,
    /// Words are looked for.
    searching: bool,
) -> impl IntoView {
    let l = lang();
    let links = Ring::ALL.iter().map(|&ring| {
        let current = (ring == filter.ring).then_some("true");
        let to = address(&Filter { ring, ..filter.clone() }, searching);
        view! { <a href=to aria-current=current>{ring_words(ring)}</a> }
    });
    view! {
        <nav class="seg" aria-label=td_string!(l, board.rings_label)>{links.collect_view()}</nav>
    }
}

/// In which order.
#[component]
pub fn Orders(
    /// The filter in force.
    filter: Filter,
) -> impl IntoView {
    let l = lang();
    let links = Sort::ALL.iter().map(|&sort| {
        let current = (sort == filter.sort).then_some("true");
        let to = address(&Filter { sort, ..filter.clone() }, false);
        view! { <a href=to aria-current=current>{sort_words(l, sort)}</a> }
    });
    view! {
        <nav class="seg" aria-label=td_string!(l, board.orders_label)>{links.collect_view()}</nav>
    }
}

/// The name of an order.
pub fn sort_words(l: Locale, sort: Sort) -> &'static str {
    match sort {
        Sort::Urgent => td_string!(l, board.sorted),
        Sort::Near => td_string!(l, board.sorted_near),
        Sort::Due => td_string!(l, board.sorted_due),
    }
}

/// What narrows the board, each a link that takes it away; the first leads to all choices.
#[component]
pub fn Chips(
    /// The filter in force.
    filter: Filter,
    /// Words are looked for.
    searching: bool,
) -> impl IntoView {
    let l = lang();
    let mut chips: Vec<(String, Filter)> = vec![];
    for &one in &filter.categories {
        let mut without = filter.clone();
        without.categories.retain(|other| *other != one);
        chips.push((words::category(l, one).to_owned(), without));
    }
    for &one in &filter.states {
        let mut without = filter.clone();
        without.states.retain(|other| *other != one);
        chips.push((words::state(l, one).to_owned(), without));
    }
    for &one in &filter.skills {
        let mut without = filter.clone();
        without.skills.retain(|other| *other != one);
        chips.push((volunteers::skill(l, one).to_owned(), without));
    }
    let links = chips.into_iter().map(|(words, without)| {
        let label = td_string!(l, board.take_away, what = words.as_str()).to_string();
        view! {
            <a class="chip" aria-current="true" href=address(&without, searching) aria-label=label>
                {words}
                <Icon name="x"/>
            </a>
        }
    });
    let in_force = filter.in_force();
    let clear = (in_force > 1).then(|| {
        view! {
            <a class="chip" href=address(&filter.cleared(), searching)>{td_string!(l, board.clear)}</a>
        }
    });
    let find = if searching { "&find=1" } else { "" };
    let choose = match in_force {
        0 => td_string!(l, board.choose).to_owned(),
        n => td_string!(l, board.choose_n, n = n).to_string(),
    };
    view! {
        <nav class="chips" aria-label=td_string!(l, board.filters_label)>
            <a class="chip" href=format!("/board/filter?{}{find}", filter.query())>
                <Icon name="list"/>
                {choose}
            </a>
            {links.collect_view()}
            {clear}
        </nav>
    }
}
