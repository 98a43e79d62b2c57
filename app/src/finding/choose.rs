//! All choices of a filter on one page: a form that goes to the board by its address.

use super::parts::sort_words;
use crate::{
    components::{
        bars::{BackBar, Skip},
        icon::{Icon, of_category},
    },
    words::{self, lang, td_string, volunteers},
};
use domain::{
    requests::{
        Category,
        filter::{Filter, ON_BOARD, Sort},
    },
    volunteers::skills::{Group, Skill},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The page of the choices.
#[component]
pub fn Choose() -> impl IntoView {
    let map = use_query_map().read_untracked().clone();
    let searching = map.get("find").is_some();
    let filter = Filter::of_query(map.to_query_string().trim_start_matches('?'));
    let l = lang();
    let title = td_string!(l, board.choose_title);
    let back = super::parts::address(&filter, searching);
    let cleared = super::parts::address(&filter.cleared(), searching);
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href=back words=td_string!(l, board.find_title)/>
            <main id="main">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{td_string!(l, board.choose_hint)}</p>
                </div>
                <form method="get" action="/board" class="stack">
                    <input type="hidden" name="ring" value=filter.ring.key()/>
                    {searching.then(|| view! { <input type="hidden" name="find" value="1"/> })}
                    <Kinds filter=filter.clone()/>
                    <States filter=filter.clone()/>
                    <Orders filter=filter.clone()/>
                    <Skills filter/>
                    <button class="btn primary wide">{td_string!(l, board.apply)}</button>
                    <a class="btn quiet wide" href=cleared>{td_string!(l, board.clear)}</a>
                </form>
            </main>
        </div>
    }
}

#[component]
fn Kinds(filter: Filter) -> impl IntoView {
    let l = lang();
    let tiles = Category::ALL.iter().map(|&kind| {
        let words = view! { <Icon name=of_category(kind)/><span>{words::category(l, kind)}</span> };
        tile("checkbox", "kind", kind.key(), filter.categories.contains(&kind), words)
    });
    view! {
        <fieldset class="field">
            <legend class="label">{td_string!(l, board.by_kind)}</legend>
            <div class="choices two">{tiles.collect_view()}</div>
        </fieldset>
    }
}

#[component]
fn States(filter: Filter) -> impl IntoView {
    let l = lang();
    let tiles = ON_BOARD.map(|state| {
        let words = view! { <span>{words::state(l, state)}</span> };
        tile("checkbox", "state", state.key(), filter.states.contains(&state), words)
    });
    view! {
        <fieldset class="field">
            <legend class="label">{td_string!(l, board.by_state)}</legend>
            <div class="choices three">{tiles}</div>
        </fieldset>
    }
}

#[component]
fn Orders(filter: Filter) -> impl IntoView {
    let l = lang();
    let tiles = Sort::ALL.iter().map(|&sort| {
        let words = view! { <span>{sort_words(l, sort)}</span> };
        tile("radio", "sort", sort.key(), filter.sort == sort, words)
    });
    view! {
        <fieldset class="field">
            <legend class="label">{td_string!(l, board.orders_label)}</legend>
            <div class="choices three">{tiles.collect_view()}</div>
        </fieldset>
    }
}

/// What the reader can do, by groups that open; those with a choice are open.
#[component]
fn Skills(filter: Filter) -> impl IntoView {
    let l = lang();
    let groups = Group::ALL.iter().map(|&group| {
        let open = group.skills().iter().any(|skill| filter.skills.contains(skill));
        let ticks = group.skills().map(|skill| tick(l, skill, filter.skills.contains(&skill)));
        view! {
            <details class="fold card" open=open>
                <summary>{volunteers::group(l, group)}<Icon name="down"/></summary>
                <div class="stack">{ticks}</div>
            </details>
        }
    });
    view! {
        <fieldset class="field">
            <legend class="label">{td_string!(l, board.by_skill)}</legend>
            <p class="hint">{td_string!(l, board.by_skill_hint)}</p>
            <div class="stack">{groups.collect_view()}</div>
        </fieldset>
    }
}

fn tick(l: words::Locale, skill: Skill, checked: bool) -> impl IntoView {
    let id = format!("skill-{}", skill.key());
    let names = id.clone();
    view! {
        <label class="check" for=names>
            <input type="checkbox" id=id name="skill" value=skill.key() checked=checked/>
            <span>{volunteers::skill(l, skill)}</span>
        </label>
    }
}

/// One choice of several, with its words.
fn tile(
    kind: &'static str,
    name: &'static str,
    key: &'static str,
    checked: bool,
    words: impl IntoView,
) -> impl IntoView {
    let id = format!("{name}-{key}");
    let names = id.clone();
    view! {
        <label class="choice" for=names>
            <input type=kind id=id name=name value=key checked=checked/>
            {words}
        </label>
    }
}
