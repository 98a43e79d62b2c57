//! Who leads what: the teams of an area, page by page, with their captains or without.

use super::{
    api::LeadsView,
    parts::{Lead, Row},
    reading::WhoLeads,
};
use crate::{
    components::{
        bars::{BackBar, Skip},
        load::{Load, ask, once},
    },
    words::{lang, td_string, time},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The page.
#[component]
pub fn Leads() -> impl IntoView {
    let query = use_query_map();
    let of = move |key: &str| query.read().get(key).unwrap_or_default();
    let question =
        move || WhoLeads { area: of("area"), name: of("q"), only: of("only"), page: of("page") };
    let data = ask(question, once);
    let asked = move || (of("q"), of("only") == "vacant");
    view! { <Load data page=move |leads| view! { <Page leads asked=asked()/> }/> }
}

#[component]
fn Page(leads: LeadsView, asked: (String, bool)) -> impl IntoView {
    let l = lang();
    let (words, vacant) = asked;
    let (area, name) = leads.area.clone();
    let title = td_string!(l, organisation.all_leads);
    let count = match vacant {
        true => td_string!(l, organisation.vacant_n, n = leads.all).to_string(),
        false => td_string!(l, organisation.teams_n, n = leads.all).to_string(),
    };
    let rows = leads.leads.iter().cloned().map(|lead| {
        let since = lead.since.map(|at| {
            let day = time::day(l, at, leads.now);
            td_string!(l, teams.since, t = day.as_str()).to_string()
        });
        view! {
            <Row href=format!("/organisation/teams/{}", lead.id) name=lead.name note=since.unwrap_or_default()>
                <Lead surname=lead.captain/>
            </Row>
        }
    });
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page organisation">
            <BackBar href=format!("/organisation/areas/{area}") words=name.clone()/>
            <main id="main">
                <div class="page-head"><h1>{title}</h1><p>{name} " · " {count}</p></div>
                <Ask area words=words.clone() vacant/>
                {leads.leads.is_empty().then(|| view! { <p class="meta">{td_string!(l, organisation.none_found)}</p> })}
                <ul class="card flush rows gap-before">{rows.collect_view()}</ul>
                <Pages leads=leads.clone() words vacant/>
            </main>
        </div>
    }
}

/// Which are shown: all or those without a captain, and those whose names hold some words.
#[component]
fn Ask(area: i64, words: String, vacant: bool) -> impl IntoView {
    let l = lang();
    let query = address(area, &words, "", 0);
    let only = address(area, &words, "vacant", 0);
    view! {
        <form method="get" role="search" class="with-btn gap">
            <input type="hidden" name="area" value=area/>
            {vacant.then(|| view! { <input type="hidden" name="only" value="vacant"/> })}
            <label class="vh" for="q">{td_string!(l, organisation.filter)}</label>
            <input class="input" id="q" name="q" value=words maxlength="30" autocomplete="off" placeholder=td_string!(l, organisation.filter)/>
            <button class="btn second">{td_string!(l, organisation.find)}</button>
        </form>
        <nav class="seg" aria-label=td_string!(l, organisation.which)>
            <a href=query aria-current=(!vacant).then_some("true")>{td_string!(l, organisation.all)}</a>
            <a href=only aria-current=vacant.then_some("true")>{td_string!(l, organisation.vacant)}</a>
        </nav>
    }
}

/// The pages before and after.
#[component]
fn Pages(leads: LeadsView, words: String, vacant: bool) -> impl IntoView {
    let l = lang();
    let only = if vacant { "vacant" } else { "" };
    let to = |page: i64| address(leads.area.0, &words, only, page);
    let (page, last) = (leads.page, leads.last);
    let before = (page > 0).then(|| {
        view! { <a class="btn second small" href=to(page - 1)>{td_string!(l, organisation.page_before)}</a> }
    });
    let after = (page < last).then(|| {
        view! { <a class="btn second small" href=to(page + 1)>{td_string!(l, organisation.page_after)}</a> }
    });
    let here = td_string!(l, organisation.page_n, n = page + 1, m = last + 1).to_string();
    (last > 0).then(|| {
        view! {
            <nav class="row wrap pages" aria-label=here.clone()>
                {before} <span class="meta">{here.clone()}</span> {after}
            </nav>
        }
    })
}

/// The address of a page. What is looked for is a part of a team's name.
fn address(area: i64, words: &str, only: &str, page: i64) -> String {
    let words: String = serde_qs::to_string(
        &[("q", words)].into_iter().collect::<std::collections::BTreeMap<_, _>>(),
    )
    .unwrap_or_default();
    format!("/organisation/leads?area={area}&{words}&only={only}&page={page}")
}
