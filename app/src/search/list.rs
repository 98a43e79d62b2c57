//! The page of the search: one field, and who was found.

use super::api::{Find, Found, FoundView, PersonLine};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        icon::Icon,
        load::{Load, ask, once},
        refused::Refused,
    },
    words::{lang, td_string},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// Finding people.
#[component]
pub fn People() -> impl IntoView {
    let typed = use_query_map().read_untracked().get("page");
    let page = typed.and_then(|typed| typed.parse().ok()).unwrap_or(1);
    let data = ask(move || Found { page }, once);
    let find = Act::of::<Find>();
    view! { <Load data page=move |found| view! { <Page found find/> }/> }
}

#[component]
fn Page(found: FoundView, find: Act) -> impl IntoView {
    let l = lang();
    let title = td_string!(l, search.title);
    let FoundView { words, asked, page, more, people } = found;
    let none = asked && people.is_empty();
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/teams" words=td_string!(l, teams.title)/>
            <main id="main" class="stack">
                <div class="page-head"><h1>{title}</h1></div>
                <Refused act=find/>
                <Question words find/>
                {none
                    .then(|| {
                        view! {
                            <p class="notice plain" role="status">
                                <Icon name="info"/>
                                <span>{td_string!(l, search.none)}</span>
                            </p>
                        }
                    })}
                {(!people.is_empty()).then(|| view! { <Lines people/> })}
                <Turn page more/>
            </main>
        </div>
    }
}

#[component]
fn Question(words: String, find: Act) -> impl IntoView {
    let l = lang();
    view! {
        <search>
            <ActForm act=find class="field">
                <label for="words">{td_string!(l, search.words)}</label>
                <p class="hint" id="words-h">{td_string!(l, search.hint)}</p>
                <div class="with-btn">
                    <input
                        class="input"
                        type="search"
                        id="words"
                        name="words"
                        value=words
                        maxlength="60"
                        autocomplete="off"
                        enterkeyhint="search"
                        aria-describedby="words-h"
                    />
                    <button class="btn primary">{td_string!(l, search.find)}</button>
                </div>
            </ActForm>
        </search>
    }
}

#[component]
fn Lines(people: Vec<PersonLine>) -> impl IntoView {
    let l = lang();
    let rows = people.into_iter().map(|one| {
        let place = one.place.clone().unwrap_or_else(|| td_string!(l, search.nowhere).to_owned());
        let to = format!("/people/{}", one.id);
        view! {
            <li>
                <a class="rowlink" href=to>
                    <span class="grow">
                        <b>{one.name.clone()}</b>
                        <br/>
                        <span class="meta">{place}</span>
                        <Marks person=one.clone()/>
                    </span>
                    <span class="val num">{one.phone}</span>
                    <Icon name="go" class="go"/>
                </a>
            </li>
        }
    });
    view! { <ul class="card flush rows people-found">{rows.collect_view()}</ul> }
}

/// What somebody is: volunteer, official, captain of.
#[component]
pub fn Marks(
    /// Who.
    person: PersonLine,
) -> impl IntoView {
    let l = lang();
    let any = person.volunteer || person.official || !person.leads.is_empty();
    let leads = person.leads.into_iter().map(|team| {
        let words = td_string!(l, search.leads, team = team.as_str()).to_string();
        view! { <span class="tag lotus">{words}</span> }
    });
    any.then(|| {
        view! {
            <span class="row wrap tags">
                {person
                    .volunteer
                    .then(|| view! { <span class="tag calm">{td_string!(l, search.volunteer)}</span> })}
                {person
                    .official
                    .then(|| view! { <span class="tag lake">{td_string!(l, search.official)}</span> })}
                {leads.collect_view()}
            </span>
        }
    })
}

/// The pages before and after.
#[component]
fn Turn(page: u32, more: bool) -> impl IntoView {
    let l = lang();
    let link = |to: u32, words: &'static str| {
        view! { <a class="btn second" href=format!("/people?page={to}")>{words}</a> }
    };
    (page > 1 || more).then(|| {
        view! {
            <nav class="row wrap turn" aria-label=td_string!(l, search.page_n, n = page).to_string()>
                {(page > 1).then(|| link(page - 1, td_string!(l, search.back)))}
                <span class="meta">{td_string!(l, search.page_n, n = page).to_string()}</span>
                {more.then(|| link(page + 1, td_string!(l, search.more)))}
            </nav>
        }
    })
}
