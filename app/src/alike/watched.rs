//! What the reader follows: others asked, the reader needs it too.

use super::{
    api::{AlikeLine, AskWatched, Unwatch, WatchedView},
    filing::What,
};
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
use domain::Millis;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The page of what one follows.
#[component]
pub fn Watched() -> impl IntoView {
    let unwatch = Act::of::<Unwatch>();
    let data = ask(|| AskWatched {}, once);
    view! { <Load data page=move |view| view! { <Page view unwatch/> }/> }
}

#[component]
fn Page(view: WatchedView, unwatch: Act) -> impl IntoView {
    let l = lang();
    let (title, now) = (td_string!(l, alike.watched), view.now);
    let none = view.lines.is_empty();
    let new = use_query_map().read_untracked().get("new").is_some() && !none;
    let rows = view.lines.into_iter().map(|line| view! { <Row line now unwatch/> });
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/mine" words=td_string!(l, common.tab_mine)/>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{td_string!(l, alike.watched_hint)}</p>
                </div>
                {new
                    .then(|| {
                        view! {
                            <p class="notice good" role="status">
                                <Icon name="check"/><span>{td_string!(l, alike.following)}</span>
                            </p>
                        }
                    })}
                <Refused act=unwatch now/>
                {none.then(|| view! { <p class="meta">{td_string!(l, alike.watched_none)}</p> })}
                <ul class="req-list">{rows.collect_view()}</ul>
            </main>
        </div>
    }
}

#[component]
fn Row(line: AlikeLine, now: Millis, unwatch: Act) -> impl IntoView {
    let l = lang();
    let code = line.code.clone();
    let href = format!("/requests/{code}");
    let label = td_string!(l, alike.unwatch_it, code = code.as_str()).to_string();
    view! {
        <li class="card stack">
            <What line now/>
            <div class="row wrap">
                <a class="btn second" href=href>{td_string!(l, alike.look)}</a>
                <ActForm act=unwatch>
                    <input type="hidden" name="code" value=code/>
                    <button class="btn quiet" aria-label=label>{td_string!(l, alike.unwatch)}</button>
                </ActForm>
            </div>
        </li>
    }
}
