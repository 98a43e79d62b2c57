//! The log of data in bulk, for the centre.

use super::api::{DataLog, Done, LogView};
use crate::{
    components::{
        bars::{BackBar, Skip},
        icon::Icon,
        load::{Load, ask, once},
    },
    words::{Locale, imports as words, lang, td_string, time},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// Who opened whom, who took or brought what.
#[component]
pub fn DataLogPage() -> impl IntoView {
    let typed = use_query_map().read_untracked().get("before");
    let before = typed.and_then(|typed| typed.parse().ok()).unwrap_or(i64::MAX);
    let data = ask(move || DataLog { before }, once);
    view! { <Load data page=move |log| view! { <Page log/> }/> }
}

#[component]
fn Page(log: LogView) -> impl IntoView {
    let l = lang();
    let title = td_string!(l, imports.log);
    let LogView { now, lines, more } = log;
    let none = lines.is_empty();
    let rows = lines.into_iter().map(|line| {
        let who = line.who.unwrap_or_else(|| td_string!(l, imports.command_line).to_owned());
        view! {
            <li class="rowlink">
                <span class="grow">
                    <b>{who}</b>
                    <br/>
                    <span class="meta">{done(l, line.done)}</span>
                </span>
                <time class="val" datetime=time::machine(line.at)>{time::near(l, line.at, now)}</time>
            </li>
        }
    });
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/looks" words=td_string!(l, people.looks_all)/>
            <main id="main">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{td_string!(l, imports.log_hint)}</p>
                </div>
                {none.then(|| view! { <p class="meta">{td_string!(l, imports.log_none)}</p> })}
                {(!none).then(|| view! { <ul class="card flush rows">{rows.collect_view()}</ul> })}
                {more
                    .map(|before| {
                        view! {
                            <p class="center onward">
                                <a class="more" href=format!("/looks/data?before={before}")>
                                    {td_string!(l, imports.log_more)}
                                    <Icon name="go"/>
                                </a>
                            </p>
                        }
                    })}
            </main>
        </div>
    }
}

fn done(l: Locale, done: Done) -> String {
    match done {
        Done::Opened(who) => td_string!(l, imports.log_opened, who = who.as_str()).to_string(),
        Done::Out(list, n) => {
            td_string!(l, imports.log_out, list = words::list(l, list), n = n).to_string()
        }
        Done::In(list, n) => {
            td_string!(l, imports.log_in, list = words::list(l, list), n = n).to_string()
        }
    }
}
