//! Whom a captain may ask: each with the reasons, and one button.

use super::api::{CandidateLine, Dispatch as Ask, DispatchView, WaitingLine};
use crate::{
    components::{
        act::{Act, ActForm},
        beside::Beside,
        icon::Icon,
        load::{Load, ask, once},
        refused::Refused,
        status::{Status, UrgencyTag},
    },
    requests::moves::DispatchRequest,
    words::{self, lang, refused, td_string, time},
};
use domain::Millis;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The page.
#[component]
pub fn Dispatch() -> impl IntoView {
    let params = use_params_map();
    let data = ask(move || Ask { code: params.read().get("code").unwrap_or_default() }, once);
    let act = Act::of::<DispatchRequest>();
    view! { <Load data page=move |view| view! { <Page view act/> }/> }
}

#[component]
fn Page(view: DispatchView, act: Act) -> impl IntoView {
    let l = lang();
    let (title, now) = (td_string!(l, dispatch.title), view.now);
    let failed = act.failed();
    let kind = words::category(l, view.category);
    let left = td_string!(l, dispatch.left, n = view.left).to_string();
    let until = time::near(l, view.until, now);
    let hint = td_string!(l, dispatch.hint, t = until.as_str()).to_string();
    let why_not = view.why_not.map(|refusal| {
        let words = refused::refusal(l, &refusal, now);
        view! { <p class="notice plain"><Icon name="info"/><span>{words}</span></p> }
    });
    let asks = why_not.is_none();
    let more = view! {
        <p class="row wrap tags">
            <UrgencyTag urgency=view.urgency/>
            <span class="meta">{kind}</span>
            <Status state=view.state more=left/>
        </p>
    };
    let more = more.into_any();
    view! {
        <Beside title failed code=view.code.clone() headline=view.headline.clone() more>
            <Refused act now/>
            {why_not}
            <Waiting lines=view.waiting now/>
            {asks
                .then(|| view! { <Suggested lines=view.lines code=view.code hint act/> })}
        </Beside>
    }
}

/// Who was asked, and until when they may answer.
#[component]
fn Waiting(lines: Vec<WaitingLine>, now: Millis) -> impl IntoView {
    let l = lang();
    let line = |line: WaitingLine| {
        let t = time::near(l, line.until, now);
        let (who, t) = (line.called.as_str(), t.as_str());
        let words = td_string!(l, dispatch.waits, who = who, t = t).to_string();
        view! { <p class="notice plain"><Icon name="bell"/><span>{words}</span></p> }
    };
    lines.into_iter().map(line).collect_view()
}

#[component]
fn Suggested(lines: Vec<CandidateLine>, code: String, hint: String, act: Act) -> impl IntoView {
    let l = lang();
    if lines.is_empty() {
        return view! { <p class="notice plain"><span>{td_string!(l, dispatch.none)}</span></p> }
            .into_any();
    }
    let rows = lines
        .into_iter()
        .enumerate()
        .map(|(at, line)| view! { <Row line code=code.clone() first=at == 0 act/> })
        .collect_view();
    view! {
        <section aria-labelledby="suggested-h">
            <div class="section-head"><h2 id="suggested-h">{td_string!(l, dispatch.suggested)}</h2></div>
            <ol class="card flush rows suggested">{rows}</ol>
            <p class="faint gap-before">{td_string!(l, dispatch.order)}</p>
            <p class="faint">{hint}</p>
        </section>
    }
    .into_any()
}

/// One of them: what speaks for asking, and what against.
#[component]
fn Row(line: CandidateLine, code: String, first: bool, act: Act) -> impl IntoView {
    let l = lang();
    let initial: String = line.called.chars().take(1).collect();
    let label = format!("{} {}", td_string!(l, steps.dispatch), line.called);
    let class = if first { "btn primary small nowrap" } else { "btn second small nowrap" };
    let good = line.good.into_iter().map(|words| view! { <li>{words}</li> }).collect_view();
    let against = line
        .against
        .into_iter()
        .map(|words| view! { <li class="against"><Icon name="info" class="inl"/>{words}</li> })
        .collect_view();
    view! {
        <li class="rowlink">
            <span class="avatar" aria-hidden="true">{initial}</span>
            <div class="grow">
                <b>{line.called.clone()}</b>
                <ul class="why">{good} {against}</ul>
            </div>
            <ActForm act>
                <input type="hidden" name="code" value=code/>
                <input type="hidden" name="volunteer" value=line.person.0.to_string()/>
                <button class=class aria-label=label>{td_string!(l, steps.dispatch)}</button>
            </ActForm>
        </li>
    }
}
