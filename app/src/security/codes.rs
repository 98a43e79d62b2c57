//! The recovery codes, shown once.

use super::api::CodesOnce;
use crate::{
    components::{
        bars::{BackBar, Skip},
        icon::Icon,
        load::{Load, ask, once},
        print::PrintScript,
    },
    words::{lang, td_string},
};
use leptos::prelude::*;
use leptos_meta::Title;

/// The page of the recovery codes.
#[component]
pub fn Codes() -> impl IntoView {
    let data = ask(|| CodesOnce {}, once);
    let l = lang();
    view! {
        <Title text=format!(
            "{} · {}",
            td_string!(l, security.codes),
            td_string!(l, common.name),
        )/>
        <Skip/>
        <Load data page=move |codes| view! { <Page codes/> }/>
    }
}

#[component]
fn Page(codes: Vec<String>) -> impl IntoView {
    let l = lang();
    let shown = !codes.is_empty();
    let (heading, words) = match shown {
        true => (td_string!(l, security.codes_title), td_string!(l, security.codes_hint)),
        false => (td_string!(l, security.codes), td_string!(l, security.codes_gone)),
    };
    let lines = codes.into_iter().map(|code| view! { <li>{code}</li> }).collect_view();
    view! {
        <div class="page">
            <BackBar href="/me/security" words=td_string!(l, security.title)/>
            <main id="main">
                <div class="page-head"><h1>{heading}</h1><p>{words}</p></div>
                {shown
                    .then(|| {
                        view! {
                            <ol class="card codes" translate="no">{lines}</ol>
                            <button class="btn second wide gap-before no-print" id="print" hidden>
                                {td_string!(l, cards.print)}
                            </button>
                        }
                    })}
                <a class="btn primary wide gap-before no-print" href="/me/security">
                    <Icon name="check"/>
                    {td_string!(l, security.codes_kept)}
                </a>
            </main>
        </div>
        <PrintScript/>
    }
}
