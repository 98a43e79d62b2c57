//! Thanks beside the board: whoever asked agreed that others read them.

use super::moves::{AskThanks as Ask, HideThanks, ThanksLine, ThanksView};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        field::ErrorSummary,
        icon::{Icon, of_category, tile_of},
        load::{Load, ask, once},
        refused::Refused,
    },
    words::{self, lang, td_string, time},
};
use domain::{Millis, requests::after::LONGEST_SAID};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The page of thanks.
#[component]
pub fn ThanksPage() -> impl IntoView {
    let hide = Act::of::<HideThanks>();
    let page = use_query_map().read_untracked().get("page");
    let page = page.and_then(|typed| typed.parse().ok()).unwrap_or(0);
    let data = ask(move || Ask { page }, once);
    view! { <Load data page=move |view| view! { <Page view hide/> }/> }
}

#[component]
fn Page(view: ThanksView, hide: Act) -> impl IntoView {
    let l = lang();
    let (title, now, page) = (td_string!(l, after.thanks), view.now, view.page);
    let errors = Signal::derive(move || hide.faults());
    let in_charge = view.in_charge;
    let unknown = view.village.is_none();
    let none = view.lines.is_empty() && !unknown;
    let lines = view.lines.into_iter();
    let lines = lines.map(|line| view! { <One line now in_charge hide/> });
    let lead = view.village.unwrap_or_else(|| td_string!(l, after.no_village).to_owned());
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/board" words=td_string!(l, common.tab_board)/>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{lead}</p>
                </div>
                <ErrorSummary errors/>
                <Refused act=hide now/>
                {unknown
                    .then(|| {
                        view! {
                            <a class="btn second wide" href="/places">{td_string!(l, board.pick_place)}</a>
                        }
                    })}
                {none.then(|| view! { <p class="meta">{td_string!(l, after.thanks_none)}</p> })}
                {lines.collect_view()}
                <p class="row turn">
                    {(page > 0)
                        .then(|| {
                            let href = format!("/thanks?page={}", page - 1);
                            view! { <a class="btn quiet" href=href>{td_string!(l, notices.newer)}</a> }
                        })}
                    {view.more
                        .then(|| {
                            let href = format!("/thanks?page={}", page.saturating_add(1));
                            view! { <a class="btn quiet" href=href>{td_string!(l, notices.older)}</a> }
                        })}
                </p>
            </main>
        </div>
    }
}

#[component]
fn One(line: ThanksLine, now: Millis, in_charge: bool, hide: Act) -> impl IntoView {
    let l = lang();
    let kind = words::category(l, line.category);
    let stars = words::stars(l, line.stars);
    let helpers = line.helpers.join("、");
    let to =
        td_string!(l, after.to, who = line.called.as_str(), whom = helpers.as_str()).to_string();
    let t = time::day(l, line.at, now);
    view! {
        <article class="card lotus">
            <div class="row top">
                <span class=tile_of(line.category)><Icon name=of_category(line.category)/></span>
                <div class="grow">
                    <h2 class="plain">{to}</h2>
                    <p class="meta">
                        {format!("{kind} · {stars} · ")}
                        <time datetime=time::machine(line.at)>{t}</time>
                    </p>
                </div>
            </div>
            {(!line.good.is_empty())
                .then(|| view! { <p class="meta">{words::after::goods(l, &line.good)}</p> })}
            {line.words.map(|words| view! { <p class="words">{words}</p> })}
            {in_charge.then(|| view! { <Hide code=line.code hide/> })}
        </article>
    }
}

#[component]
fn Hide(code: String, hide: Act) -> impl IntoView {
    let l = lang();
    let id = format!("why-{code}");
    view! {
        <details class="fold">
            <summary>{td_string!(l, after.hide)}<Icon name="down"/></summary>
            <ActForm act=hide class="stack" novalidate=true>
                <input type="hidden" name="code" value=code/>
                <div class="field">
                    <label for=id.clone()>{td_string!(l, after.why)}</label>
                    <input
                        class="input"
                        id=id
                        name="why"
                        maxlength=LONGEST_SAID.to_string()
                        autocomplete="off"
                    />
                </div>
                <button class="btn second wide">{td_string!(l, after.hide_do)}</button>
            </ActForm>
        </details>
    }
}
