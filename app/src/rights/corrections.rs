//! Corrections: asked for on the page of one's own data, answered by staff on theirs.

use super::api::{
    AnswerCorrection, AskCorrection, CorrectionLine, CorrectionsView, CorrectionsWaiting,
    MyCorrections,
};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        field::ErrorSummary,
        icon::Icon,
        load::{Load, ask, once},
        plain_form::{AreaField, ChoiceField},
        refused::Refused,
    },
    kept::Fields,
    words::{lang, rights as words, td_string, time},
};
use domain::{
    Millis,
    forms::{Field, FormErrors},
    rights::Correctable,
};
use leptos::prelude::*;
use leptos_meta::Title;

/// The page to ask for a correction.
#[component]
pub fn Correct() -> impl IntoView {
    let send = Act::of::<AskCorrection>();
    let data = ask(|| MyCorrections {}, once);
    view! { <Load data page=move |view| view! { <AskPage view send/> }/> }
}

#[component]
fn AskPage(view: CorrectionsView, send: Act) -> impl IntoView {
    let l = lang();
    let now = view.now;
    let title = td_string!(l, rights.correct_title);
    let errors = Signal::derive(move || send.faults());
    let typed = |name: &str| view.typed.get(name).cloned().unwrap_or_default();
    let choices = Correctable::ALL.iter();
    let choices = choices.map(|one| (one.key().to_owned(), words::correctable(l, *one).to_owned()));
    let choices: Vec<_> = choices.collect();
    let (chosen, said) = (typed("field"), typed("words"));
    let before = view.lines.clone();
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/me/data" words=td_string!(l, rights.title)/>
            <main id="main">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{td_string!(l, rights.correct_hint)}</p>
                </div>
                <ErrorSummary errors/>
                <Refused act=send now/>
                <ActForm act=send class="stack" novalidate=true>
                    <ChoiceField
                        field=Field::Kind
                        name="field"
                        legend=td_string!(l, rights.what_field)
                        choices
                        chosen
                        errors
                    />
                    <AreaField
                        field=Field::Say
                        name="words"
                        label=td_string!(l, rights.correct_words)
                        value=said
                        errors
                    />
                    <button class="btn primary wide">{td_string!(l, rights.send_correction)}</button>
                </ActForm>
                <Before lines=before now/>
            </main>
        </div>
    }
}

/// One correction with its answer.
#[component]
fn Asked(line: CorrectionLine, now: Millis) -> impl IntoView {
    let l = lang();
    let (class, state) = match line.granted {
        None => ("tag today", td_string!(l, rights.waits)),
        Some(true) => ("tag", td_string!(l, rights.granted)),
        Some(false) => ("tag", td_string!(l, rights.not_granted)),
    };
    let answer = line.answer.map(|(who, at, words)| {
        let t = time::near(l, at, now);
        let by = td_string!(l, rights.answered_by, who = who.as_str(), t = t.as_str()).to_string();
        view! { <p>{words}</p><p class="meta">{by}</p> }
    });
    view! {
        <li class="part">
            <div class="grow">
                <p><b>{line.field.map(|field| words::correctable(l, field))}</b> " " <span class=class>{state}</span></p>
                <p class="meta words">{line.words}</p>
                {answer}
            </div>
        </li>
    }
}

/// The page of staff.
#[component]
pub fn Corrections() -> impl IntoView {
    let answer = Act::of::<AnswerCorrection>();
    let data = ask(|| CorrectionsWaiting {}, once);
    view! { <Load data page=move |view| view! { <StaffPage view answer/> }/> }
}

#[component]
fn StaffPage(view: CorrectionsView, answer: Act) -> impl IntoView {
    let l = lang();
    let now = view.now;
    let title = td_string!(l, rights.staff_title);
    let errors = Signal::derive(move || answer.faults());
    let (waiting, done): (Vec<_>, Vec<_>) =
        view.lines.into_iter().partition(|line| line.granted.is_none());
    let none = waiting.is_empty();
    let typed = view.typed;
    let forms = waiting.into_iter().map(|line| {
        let mine = typed.get("id").is_some_and(|id| *id == line.id.to_string());
        let typed = if mine { typed.clone() } else { Fields::new() };
        // What was wrong is said at the form that it was wrong with.
        let errors = if mine { errors } else { Signal::derive(FormErrors::default) };
        view! { <AnswerForm line now typed errors answer open=mine/> }
    });
    let forms = forms.collect_view();
    let before = done;
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/desk" words=td_string!(l, common.desk)/>
            <main id="main">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{td_string!(l, rights.staff_hint)}</p>
                </div>
                <ErrorSummary errors/>
                <Refused act=answer now/>
                {none.then(|| view! { <p class="meta">{td_string!(l, rights.staff_none)}</p> })}
                <div class="stack">{forms}</div>
                <Before lines=before now/>
            </main>
        </div>
    }
}

/// What was asked before, with its answers.
#[component]
fn Before(lines: Vec<CorrectionLine>, now: Millis) -> impl IntoView {
    let l = lang();
    (!lines.is_empty()).then(|| {
        let lines = lines.into_iter().map(|line| view! { <Asked line now/> });
        view! {
            <section class="section" aria-labelledby="before-h">
                <div class="section-head"><h2 id="before-h">{td_string!(l, rights.asked_before)}</h2></div>
                <ul class="card flush rows">{lines.collect_view()}</ul>
            </section>
        }
    })
}

#[component]
fn AnswerForm(
    line: CorrectionLine,
    now: Millis,
    typed: Fields,
    errors: Signal<FormErrors>,
    answer: Act,
    open: bool,
) -> impl IntoView {
    let l = lang();
    let t = time::near(l, line.at, now);
    let from = td_string!(l, rights.from_line, who = line.called.as_str(), t = t.as_str());
    // Labels belong to one form only; a fault leads to the form that has it.
    let of = if open { String::new() } else { format!("-{}", line.id.simple()) };
    let choices = vec![
        ("yes".to_owned(), td_string!(l, rights.granted).to_owned()),
        ("no".to_owned(), td_string!(l, rights.not_granted).to_owned()),
    ];
    let typed = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let (chosen, said) = (typed("outcome"), typed("words"));
    view! {
        <section class="card stack">
            <div>
                <h2 class="plain">{line.field.map(|field| words::correctable(l, field))}</h2>
                <p class="meta">{from.to_string()}</p>
            </div>
            <p class="words">{line.words}</p>
            <details class="fold" open=open>
                <summary class="btn second">{td_string!(l, rights.decide)}<Icon name="down"/></summary>
                <ActForm act=answer class="stack" novalidate=true>
                    <input type="hidden" name="id" value=line.id.to_string()/>
                    <ChoiceField
                        field=Field::Outcome
                        name="outcome"
                        legend=td_string!(l, rights.decide)
                        choices
                        chosen
                        errors
                        of=of.clone()
                    />
                    <AreaField
                        field=Field::Say
                        name="words"
                        label=td_string!(l, rights.answer_words)
                        value=said
                        errors
                        of
                    />
                    <button class="btn primary wide">{td_string!(l, rights.answer)}</button>
                </ActForm>
            </details>
        </section>
    }
}
