//! What is kept about the reader, and why, in plain words; with the way to each of their rights.

use super::{
    api::{DataView, MyData},
    moves::PATH,
};
use crate::{
    components::{
        bars::{BackBar, Skip},
        icon::Icon,
        load::{Load, ask, once},
        refused::No,
    },
    error::AppError,
    words::{lang, td_string, time},
};
use leptos::{prelude::*, server::ServerActionError, server_fn::error::ServerFnUrlError};
use leptos_meta::Title;

/// The page of one's own data.
#[component]
pub fn Data() -> impl IntoView {
    let data = ask(|| MyData {}, once);
    let l = lang();
    view! {
        <Title text=format!("{} · {}", td_string!(l, rights.title), td_string!(l, common.name))/>
        <Skip/>
        <Load data page=move |view| view! { <Page view/> }/>
    }
}

#[component]
fn Page(view: DataView) -> impl IntoView {
    let l = lang();
    let held = [
        td_string!(l, rights.h_account),
        td_string!(l, rights.h_requests),
        td_string!(l, rights.h_helped),
        td_string!(l, rights.h_history),
        td_string!(l, rights.h_looks),
        td_string!(l, rights.h_security),
        td_string!(l, rights.h_rules),
    ];
    let held = held.map(|line| view! { <li class="part">{line}</li> }).collect_view();
    view! {
        <div class="page">
            <BackBar href="/me" words=td_string!(l, common.tab_me)/>
            <main id="main">
                <div class="page-head">
                    <h1>{td_string!(l, rights.title)}</h1>
                    <p>{td_string!(l, rights.hint)}</p>
                </div>
                <Download now=view.now/>
                <section class="section">
                    <ul class="card flush rows">
                        <Row href="/me/home" words=td_string!(l, rights.name_row)/>
                        <Row href="/me/data/phone" words=td_string!(l, rights.phone_row)/>
                        <Row href="/me/data/correct" words=td_string!(l, rights.correct_row)/>
                        <Row href="/me/data/delete" words=td_string!(l, rights.delete_row)/>
                    </ul>
                </section>
                <section class="section" aria-labelledby="held-h">
                    <div class="section-head">
                        <h2 id="held-h">{td_string!(l, rights.held_title)}</h2>
                    </div>
                    <ul class="card flush rows">{held}</ul>
                </section>
                <Consents view/>
            </main>
        </div>
    }
}

/// The button: an answer that is a file needs a form of its own.
#[component]
fn Download(now: domain::Millis) -> impl IntoView {
    let l = lang();
    let refused = use_context::<ServerActionError>()
        .filter(|error| error.path() == PATH)
        .map(|error| ServerFnUrlError::<AppError>::decode_err(error.err()).unnamed());
    view! {
        {refused.map(|error| view! { <No error now/> })}
        <form method="post" action=PATH class="card stack">
            <p id="download-h">{td_string!(l, rights.download_hint)}</p>
            <button class="btn primary wide" aria-describedby="download-h">
                {td_string!(l, rights.download)}
            </button>
        </form>
    }
}

#[component]
fn Row(href: &'static str, words: &'static str) -> impl IntoView {
    view! {
        <li>
            <a class="rowlink" href=href>
                <span class="grow">{words}</span>
                <Icon name="go" class="go"/>
            </a>
        </li>
    }
}

#[component]
fn Consents(view: DataView) -> impl IntoView {
    let l = lang();
    let rows = view.consents.into_iter().map(|(version, at)| {
        let t = time::dated(l, at);
        let line = td_string!(l, rights.consent_line, n = version, t = t.as_str()).to_string();
        view! {
            <li>
                <a class="rowlink" href=format!("/terms/{version}")>
                    <span class="grow">{line}</span>
                    <Icon name="go" class="go"/>
                </a>
            </li>
        }
    });
    view! {
        <section class="section" aria-labelledby="consents-h">
            <div class="section-head">
                <h2 id="consents-h">{td_string!(l, rights.consents_row)}</h2>
            </div>
            <ul class="card flush rows">{rows.collect_view()}</ul>
        </section>
    }
}
