//! What became of one's reports; a warning; a block, with the word against it.

use super::api::{BlockLine, MineView, MyReports as Ask, OwnReport, SendAppeal};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        call::MyCaptain,
        field::ErrorSummary,
        icon::Icon,
        load::{Load, ask, once},
        plain_form::AreaField,
        refused::Refused,
    },
    words::{lang, rights as words, td_string, time},
};
use domain::{Millis, abuse::LONGEST_WORDS, forms::Field};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The page of one's own reports, warnings and blocks.
#[component]
pub fn MyReports() -> impl IntoView {
    let appeal = Act::of::<SendAppeal>();
    let data = ask(|| Ask {}, once);
    view! { <Load data page=move |view| view! { <Page view appeal/> }/> }
}

#[component]
fn Page(view: MineView, appeal: Act) -> impl IntoView {
    let l = lang();
    let now = view.now;
    let title = td_string!(l, abuse.mine_title);
    let sent = use_query_map().read_untracked().get("sent").is_some();
    let (captain, typed) = (view.captain, view.typed);
    let (holds, over): (Vec<_>, Vec<_>) = view.blocks.into_iter().partition(|block| block.holds);
    // The one that ends last is the one that counts.
    let block = holds.into_iter().max_by_key(|block| block.until.unwrap_or(Millis::MAX));
    let block = block.map(|block| view! { <Blocked block captain typed appeal now/> });
    let over = over.into_iter().map(|block| view! { <Over block now/> });
    let warnings = view.warnings.into_iter().map(|(reason, why, at)| {
        view! {
            <div class="notice soon">
                <Icon name="warn"/>
                <p>
                    <b>{td_string!(l, abuse.warned_title)}</b> " "
                    <span class="meta">{words::block_reason(l, &reason)}</span>
                    <br/>
                    {why}
                    " "
                    <span class="meta">{time::near(l, at, now)}</span>
                </p>
            </div>
        }
    });
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/me" words=td_string!(l, common.tab_me)/>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{td_string!(l, abuse.mine_hint)}</p>
                </div>
                {sent
                    .then(|| {
                        view! {
                            <p class="notice good" role="status">
                                <Icon name="check"/>
                                <span>{td_string!(l, abuse.sent)}</span>
                            </p>
                        }
                    })}
                {block}
                {warnings.collect_view()}
                <Made made=view.made now/>
                {over.collect_view()}
            </main>
        </div>
    }
}

/// Why, until when, what is still open, whom to call, and the word against it.
#[component]
fn Blocked(
    block: BlockLine,
    captain: Option<crate::components::call::CaptainLine>,
    typed: String,
    appeal: Act,
    now: Millis,
) -> impl IntoView {
    let l = lang();
    let until = match block.until {
        Some(until) => {
            let t = time::near(l, until, now);
            td_string!(l, abuse.until, t = t.as_str()).to_string()
        }
        None => td_string!(l, abuse.until_open).to_owned(),
    };
    let word = match block.appeal {
        Some((_, said)) => {
            let said = td_string!(l, abuse.your_words, w = said.as_str()).to_string();
            let answer = block.answer.map_or(td_string!(l, abuse.appealed).to_owned(), |answer| {
                td_string!(l, abuse.the_answer, w = answer.as_str()).to_string()
            });
            view! { <p class="meta words">{said}</p><p>{answer}</p> }.into_any()
        }
        None => view! { <AppealForm typed appeal now/> }.into_any(),
    };
    let call = |number: &'static str| {
        view! {
            <a class="btn call small" href=format!("tel:{number}")><Icon name="phone"/>{number}</a>
        }
    };
    view! {
        <section class="card stack" aria-labelledby="blocked-h">
            <h2 id="blocked-h">{td_string!(l, abuse.blocked_title)}</h2>
            <p>
                <b>{words::block_reason(l, &block.reason)}</b>
                <br/>
                {block.words}
            </p>
            <p>{until}</p>
            <p class="meta">{td_string!(l, abuse.may_still)}</p>
            <p><b>{td_string!(l, abuse.need_help)}</b></p>
            {captain.map(|captain| view! { <MyCaptain captain/> })}
            <p class="row wrap">{call("110")} {call("119")} {call("120")}</p>
            {word}
        </section>
    }
}

#[component]
fn AppealForm(typed: String, appeal: Act, now: Millis) -> impl IntoView {
    let l = lang();
    let errors = Signal::derive(move || appeal.faults());
    view! {
        <ErrorSummary errors/>
        <Refused act=appeal now/>
        <ActForm act=appeal class="stack" novalidate=true>
            <h3>{td_string!(l, abuse.appeal)}</h3>
            <AreaField
                field=Field::Say
                name="words"
                label=td_string!(l, abuse.appeal_words)
                hint=td_string!(l, abuse.appeal_hint)
                value=typed
                errors
                most=LONGEST_WORDS
            />
            <button class="btn second wide">{td_string!(l, abuse.appeal_send)}</button>
        </ActForm>
    }
}

#[component]
fn Over(block: BlockLine, now: Millis) -> impl IntoView {
    let l = lang();
    let answer = block.answer.map(|answer| {
        let words = td_string!(l, abuse.the_answer, w = answer.as_str()).to_string();
        view! { <br/> {words} }
    });
    view! {
        <p class="meta">
            {time::near(l, block.since, now)} " " {td_string!(l, abuse.over)} {answer}
        </p>
    }
}

#[component]
fn Made(made: Vec<OwnReport>, now: Millis) -> impl IntoView {
    let l = lang();
    let none = made.is_empty();
    let rows = made.into_iter().map(|one| {
        let who =
            td_string!(l, abuse.about_line, who = one.called.as_str(), code = one.code.as_str());
        let (class, state, why) = match one.outcome {
            Some((outcome, why)) => ("tag", words::outcome(l, outcome), Some(why)),
            None => ("tag today", td_string!(l, abuse.waits), None),
        };
        view! {
            <li class="part">
                <div class="grow">
                    <p><b>{who.to_string()}</b> " " <span class=class>{state}</span></p>
                    <p class="meta">
                        {one.reason.map(|reason| words::report_reason(l, reason))} " "
                        {time::near(l, one.at, now)}
                    </p>
                    {why.map(|why| view! { <p>{why}</p> })}
                </div>
            </li>
        }
    });
    view! {
        <section class="section" aria-labelledby="made-h">
            <div class="section-head"><h2 id="made-h">{td_string!(l, abuse.made)}</h2></div>
            {none.then(|| view! { <p class="meta">{td_string!(l, abuse.none_made)}</p> })}
            <ul class="card flush rows">{rows.collect_view()}</ul>
        </section>
    }
}
