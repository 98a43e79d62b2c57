//! Who looked at whose phone and door: one's own list for everybody, the whole for the centre.

use super::reading::{AllLooks, LookedAt, LooksView, MyLooks};
use crate::{
    components::{
        bars::{BackBar, Skip},
        icon::Icon,
        load::{Load, ask, once},
    },
    words::{lang, td_string, time},
};
use domain::Millis;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// Where the page begins, of looks at requests and at sheets; the newest when the address does not say.
fn before() -> (i64, Option<i64>) {
    let query = use_query_map();
    let number = |name: &str| query.read_untracked().get(name)?.parse().ok();
    (number("before").unwrap_or(i64::MAX), number("sheets"))
}

/// Looks at the reader's own data.
#[component]
pub fn OwnLooks() -> impl IntoView {
    let (before, sheets) = before();
    let data = ask(move || MyLooks { before, sheets }, once);
    view! { <Load data page=move |looks| view! { <Page looks here="/me/looks" back="/me"/> }/> }
}

/// Every look, for the centre.
#[component]
pub fn Looks() -> impl IntoView {
    let (before, sheets) = before();
    let data = ask(move || AllLooks { before, sheets }, once);
    view! { <Load data page=move |looks| view! { <Page looks here="/looks" back="/desk"/> }/> }
}

#[component]
fn Page(looks: LooksView, here: &'static str, back: &'static str) -> impl IntoView {
    let l = lang();
    let (title, words) = if back == "/me" {
        (td_string!(l, people.looks), td_string!(l, common.tab_me))
    } else {
        (td_string!(l, people.looks_all), td_string!(l, common.desk))
    };
    let now = looks.now;
    let none = looks.looks.is_empty();
    let nobody = none && looks.opened.is_empty();
    let own = back == "/me";
    let rows = looks.looks.into_iter().map(|look| {
        let sheet = td_string!(l, people.looks_sheet);
        let (href, at) = match look.what {
            LookedAt::Request(code) => (Some(format!("/requests/{code}")), code),
            LookedAt::Sheet(_) if own => (Some("/me/volunteer".to_owned()), sheet.to_owned()),
            LookedAt::Sheet(about) => (None, format!("{sheet} · {about}")),
        };
        let line = view! {
            <span class="grow">
                <b>{look.who}</b>
                <br/>
                <span class="meta">{at}</span>
            </span>
            <time class="val" datetime=time::machine(look.at)>
                {time::near(l, look.at, now)}
            </time>
        };
        match href {
            Some(href) => view! {
                <li><a class="rowlink" href=href>{line}<Icon name="go" class="go"/></a></li>
            }
            .into_any(),
            None => view! { <li class="rowlink">{line}</li> }.into_any(),
        }
    });
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href=back words/>
            <main id="main">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{td_string!(l, people.looks_hint)}</p>
                </div>
                {(back == "/desk")
                    .then(|| {
                        view! {
                            <p class="onward">
                                <a class="btn second small" href="/looks/data">
                                    <Icon name="list"/>{td_string!(l, imports.log)}
                                </a>
                            </p>
                        }
                    })}
                <Opened by=looks.opened now/>
                {nobody.then(|| view! { <p class="meta">{td_string!(l, people.looks_none)}</p> })}
                {(!none).then(|| view! { <ul class="card flush rows gap-before">{rows.collect_view()}</ul> })}
                {looks
                    .more
                    .map(|(before, sheets)| {
                        let href = format!("{here}?before={before}&sheets={sheets}");
                        view! {
                            <p class="center onward">
                                <a class="more" href=href>
                                    {td_string!(l, people.looks_more)}
                                    <Icon name="go"/>
                                </a>
                            </p>
                        }
                    })}
            </main>
        </div>
    }
}

/// Who opened the reader's own page.
#[component]
fn Opened(by: Vec<(Millis, String)>, now: Millis) -> impl IntoView {
    let l = lang();
    (!by.is_empty()).then(|| {
        let rows = by.into_iter().map(|(at, who)| {
            view! {
                <li class="rowlink">
                    <b class="grow">{who}</b>
                    <time class="val" datetime=time::machine(at)>{time::near(l, at, now)}</time>
                </li>
            }
        });
        view! {
            <section class="section" aria-labelledby="opened-h">
                <div class="section-head"><h2 id="opened-h">{td_string!(l, imports.log_own)}</h2></div>
                <ul class="card flush rows">{rows.collect_view()}</ul>
            </section>
        }
    })
}
