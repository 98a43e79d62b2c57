//! Whether all is well a week later: three answers for who asked, the answer for those in charge.

use super::moves::{AnswerAfter, AskAfter as Ask, QuestionView};
use crate::{
    components::{
        act::Act,
        answers::Answers,
        bars::{BackBar, Skip},
        field::ErrorSummary,
        icon::Icon,
        load::{Load, ask, once},
        refused::Refused,
    },
    words::{self, lang, td_string, time},
};
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
        let what = words::after::answer(l, answer);
        let line = td_string!(l, after.answered, t = t.as_str(), what = what).to_string();
        view! {
            <p class="notice good" role="status">
                <Icon name="check"/>
                <span>{line}</span>
            </p>
        }
    });
    let waits = !view.own && view.answer.is_none();
    let asks = view.own && view.answer.is_none();
    let typed = view.typed.get("words").cloned().unwrap_or_default();
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
                {asks.then(|| view! { <Answers code=view.code typed act/> })}
            </main>
        </div>
    }
}
