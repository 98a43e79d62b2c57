//! Whether all is well a week later: three answers for who asked, the answer for those in charge.

use super::moves::{AnswerAfter, AskAfter as Ask, QuestionView};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        field::ErrorSummary,
        icon::Icon,
        load::{Load, ask, once},
        plain_form::AreaField,
        refused::Refused,
    },
    words::{self, Locale, lang, td_string, time},
};
use domain::requests::after::{Answer, LONGEST_SAID};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// The page of the question.
#[component]
pub fn After() -> impl IntoView {
    let act = Act::of::<AnswerAfter>();
    let params = use_params_map();
    let question = move || Ask { code: params.read().get("code").unwrap_or_default() };
    let data = ask(question, once);
    view! { <Load data page=move |view| view! { <Page view act/> }/> }
}

#[component]
fn Page(view: QuestionView, act: Act) -> impl IntoView {
    let l = lang();
    let (title, now) = (td_string!(l, after.title), view.now);
    let kind = words::category(l, view.category);
    let hint = match view.own {
        true => td_string!(l, after.hint, what = kind).to_string(),
        false => td_string!(l, after.of, who = view.called.as_str(), what = kind).to_string(),
    };
    let back = td_string!(l, requests.code, code = view.code.as_str()).to_string();
    let errors = Signal::derive(move || act.faults());
    let prefix = if act.failed() { td_string!(l, common.error_prefix) } else { "" };
    let answered = view.answer.map(|(answer, at)| {
        let t = time::near(l, at, now);
        let line =
            td_string!(l, after.answered, t = t.as_str(), what = said(l, answer)).to_string();
        view! {
            <p class="notice good" role="status">
                <Icon name="check"/>
                <span>{line}</span>
            </p>
        }
    });
    let waits = !view.own && view.answer.is_none();
    let asks = view.own && view.answer.is_none();
    view! {
        <Title text=format!("{prefix}{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href=format!("/requests/{}", view.code) words=back/>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{hint}</p>
                </div>
                <ErrorSummary errors/>
                <Refused act now/>
                {answered}
                {view.said.clone().map(|said| view! { <p class="card words">{said}</p> })}
                {waits.then(|| view! { <p class="meta">{td_string!(l, after.waits)}</p> })}
                {asks.then(|| view! { <Answers view act/> })}
            </main>
        </div>
    }
}

fn said(l: Locale, answer: Answer) -> &'static str {
    match answer {
        Answer::Well => td_string!(l, after.well),
        Answer::More => td_string!(l, after.more),
        Answer::Tell => td_string!(l, after.tell),
    }
}

#[component]
fn Answers(view: QuestionView, act: Act) -> impl IntoView {
    let l = lang();
    let errors = Signal::derive(move || act.faults());
    let typed = view.typed.get("words").cloned().unwrap_or_default();
    let (code, same) = (view.code.clone(), view.code);
    view! {
        <ActForm act class="stack">
            <input type="hidden" name="code" value=code/>
            <button class="btn primary wide huge" name="answer" value=Answer::Well.key()>
                {td_string!(l, after.well)}
            </button>
            <button class="btn second wide" name="answer" value=Answer::More.key()>
                {td_string!(l, after.more)}
            </button>
            <p class="hint">{td_string!(l, after.more_hint)}</p>
        </ActForm>
        <ActForm act class="card stack" novalidate=true>
            <input type="hidden" name="code" value=same/>
            <AreaField
                field=domain::forms::Field::Say
                name="words"
                label=td_string!(l, after.say)
                value=typed
                errors
                most=LONGEST_SAID
            />
            <button class="btn second wide" name="answer" value=Answer::Tell.key()>
                {td_string!(l, after.tell)}
            </button>
        </ActForm>
    }
}
