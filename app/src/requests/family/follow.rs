//! What the family sees: how far it has come, every step with its time and who, and whom to call.

use super::moves::AskFollow as Ask;
use crate::{
    components::{
        bars::Skip,
        call::MyCaptain,
        icon::{Icon, Logo, of_category, tile_of},
        load::{Load, ask, once},
        status::StateHead,
    },
    requests::view::RequestView,
    words::{self, lang, td_string},
};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_params_map;

/// The page behind a link.
#[component]
pub fn FollowPage() -> impl IntoView {
    let params = use_params_map();
    let question = move || Ask { token: params.read().get("token").unwrap_or_default() };
    let data = ask(question, once);
    let l = lang();
    view! {
        <Title text=format!("{} · {}", td_string!(l, family.follow), td_string!(l, common.name))/>
        <Meta name="robots" content="noindex"/>
        <Load data page=move |view| view! { <Page view/> }/>
    }
}

#[component]
fn Page(view: RequestView) -> impl IntoView {
    let l = lang();
    let kind = words::category(l, view.category);
    let code = td_string!(l, requests.code, code = view.code.as_str()).to_string();
    let captain = view.captain.clone();
    let called = td_string!(l, family.of, who = view.called.as_str(), what = kind).to_string();
    view! {
        <Skip/>
        <div class="page">
            <header class="topbar">
                <span class="brand"><Logo/>{td_string!(l, common.name)}</span>
            </header>
            <main id="main" class="stack">
                <StateHead state=view.state line=view.told.line.clone()/>
                <section class="card row top">
                    <span class=tile_of(view.category)><Icon name=of_category(view.category)/></span>
                    <div class="grow">
                        <h2 class="plain">{called}</h2>
                        <p class="meta">{code}</p>
                    </div>
                </section>
                {captain.map(|captain| view! { <div class="card"><MyCaptain captain/></div> })}
                <div class="drawn" inner_html=view.told.steps></div>
                <p class="foot">{td_string!(l, family.foot)}</p>
            </main>
        </div>
    }
}
