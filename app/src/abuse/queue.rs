//! The captain's reports: what waits, one of them with its decision, and appeals to hear.

use super::moves::{
    AppealLine, DecideReport, HearAppeal, QueueView, ReadReport, ReportLine, ReportQueue,
    ReportView,
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
    words::{Locale, lang, rights as words, td_string, time},
};
use domain::{
    Millis,
    abuse::{LONGEST_WORDS, Outcome, ReportReason, Term},
    forms::{Field, FormErrors},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// The list of what waits.
#[component]
pub fn Reports() -> impl IntoView {
    let hear = Act::of::<HearAppeal>();
    let data = ask(|| ReportQueue {}, once);
    view! { <Load data page=move |view| view! { <Queue view hear/> }/> }
}

/// One report.
#[component]
pub fn OneReport() -> impl IntoView {
    let params = use_params_map();
    let data = ask(move || ReadReport { id: params.read().get("id").unwrap_or_default() }, once);
    let decide = Act::of::<DecideReport>();
    view! { <Load data page=move |view| view! { <Sheet view decide/> }/> }
}

#[component]
fn Queue(view: QueueView, hear: Act) -> impl IntoView {
    let l = lang();
    let now = view.now;
    let title = td_string!(l, abuse.queue_title);
    let errors = Signal::derive(move || hear.faults());
    let (waiting, decided): (Vec<_>, Vec<_>) =
        view.reports.into_iter().partition(|line| line.outcome.is_none());
    let none = waiting.is_empty();
    let decided = (!decided.is_empty()).then(|| {
        view! {
            <section class="section" aria-labelledby="decided-h">
                <div class="section-head"><h2 id="decided-h">{td_string!(l, abuse.decided)}</h2></div>
                <Lines lines=decided now/>
            </section>
        }
    });
    let typed = view.typed;
    let appeals = (!view.appeals.is_empty()).then(|| {
        let forms = view.appeals.into_iter().map(|line| {
            let mine = typed.get("block").is_some_and(|block| *block == line.block.to_string());
            let typed = if mine { typed.clone() } else { Fields::new() };
            // What was wrong is said at the form that it was wrong with.
            let errors = if mine { errors } else { Signal::derive(FormErrors::default) };
            view! { <Hear line now typed errors hear open=mine/> }
        });
        view! {
            <section class="section" aria-labelledby="appeals-h">
                <div class="section-head"><h2 id="appeals-h">{td_string!(l, abuse.appeals)}</h2></div>
                <div class="stack">{forms.collect_view()}</div>
            </section>
        }
    });
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/desk" words=td_string!(l, common.desk)/>
            <main id="main">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{td_string!(l, abuse.queue_hint)}</p>
                </div>
                <ErrorSummary errors/>
                <Refused act=hear now/>
                <section aria-labelledby="waiting-h">
                    <div class="section-head"><h2 id="waiting-h">{td_string!(l, abuse.to_decide)}</h2></div>
                    {none.then(|| view! { <p class="meta">{td_string!(l, abuse.none_waiting)}</p> })}
                    <Lines lines=waiting now/>
                </section>
                {appeals}
                {decided}
            </main>
        </div>
    }
}

#[component]
fn Lines(lines: Vec<ReportLine>, now: Millis) -> impl IntoView {
    let l = lang();
    let rows = lines.into_iter().map(|line| {
        let state = line.outcome.as_ref().map(|(outcome, _)| words::outcome(l, *outcome));
        let state = state.unwrap_or_default();
        let why = line.reason.map(|reason| words::report_reason(l, reason));
        view! {
            <li>
                <a class="rowlink" href=format!("/reports/{}", line.id)>
                    <span class="grow">
                        <b>{line.called}</b> " " {why}
                        <br/>
                        <span class="meta">{line.headline}</span>
                        <br/>
                        <span class="meta">{state} " " {time::near(l, line.at, now)}</span>
                    </span>
                    <Icon name="go" class="go"/>
                </a>
            </li>
        }
    });
    view! { <ul class="card flush rows">{rows.collect_view()}</ul> }
}

#[component]
fn Money() -> impl IntoView {
    view! { <span class="tag today"><Icon name="warn"/>{td_string!(lang(), abuse.money)}</span> }
}

#[component]
fn Sheet(view: ReportView, decide: Act) -> impl IntoView {
    let l = lang();
    let (now, line) = (view.now, view.line.clone());
    let title = line.reason.map(|reason| words::report_reason(l, reason)).unwrap_or_default();
    let end = td_string!(l, requests.code, code = line.code.as_str()).to_string();
    let t = time::near(l, line.at, now);
    let by = td_string!(l, abuse.reported_by, who = line.by.as_str(), t = t.as_str()).to_string();
    let others = (line.others > 0).then(|| {
        let words = td_string!(l, abuse.others_n, n = line.others).to_string();
        view! { <p class="meta">{words}</p> }
    });
    let said = Some(line.words).filter(|words| !words.is_empty()).map(|said| {
        let label = td_string!(l, abuse.said);
        view! { <div><dt>{label}</dt><dd>{said} " " {line.money.then(|| view! { <Money/> })}</dd></div> }
    });
    let below = match line.outcome {
        Some((outcome, why)) => view! {
            <section class="card">
                <h2>{words::outcome(l, outcome)}</h2>
                <p>{why}</p>
            </section>
        }
        .into_any(),
        None => view! { <Decide view=view.clone() decide/> }.into_any(),
    };
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/reports" words=td_string!(l, abuse.queue_title) end=end/>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{line.called} " · " {title}</h1>
                    <p>{by}</p>
                </div>
                <section class="card">
                    <dl class="facts">
                        {said}
                        <div>
                            <dt>{td_string!(l, abuse.request)}</dt>
                            <dd>
                                {line.headline}
                                <br/>
                                <span class="meta">{view.village.clone()}</span>
                            </dd>
                        </div>
                    </dl>
                    {others}
                    <a class="btn second small gap-before" href=format!("/requests/{}", line.code)>
                        {td_string!(l, abuse.open_request)}
                    </a>
                </section>
                {below}
            </main>
        </div>
    }
}

#[component]
fn Decide(view: ReportView, decide: Act) -> impl IntoView {
    let l = lang();
    let errors = Signal::derive(move || decide.faults());
    let typed = |name: &str| view.typed.get(name).cloned().unwrap_or_default();
    let (chosen, term, said) = (typed("outcome"), typed("term"), typed("words"));
    let may_block = view.may_block;
    let outcomes = Outcome::ALL.iter().filter(|one| may_block || **one != Outcome::Blocked);
    let outcomes = outcomes.map(|one| (one.key().to_owned(), words::outcome(l, *one).to_owned()));
    let outcomes: Vec<_> = outcomes.collect();
    let terms = Term::ALL.iter().filter(|term| view.for_good || **term != Term::Open);
    let terms = terms.map(|one| (one.key().to_owned(), words::term(l, *one).to_owned()));
    let terms: Vec<_> = terms.collect();
    let reason = view.line.reason.unwrap_or(ReportReason::Other);
    let block = if may_block {
        view! {
            <div class="if-blocked">
                <ChoiceField
                    field=Field::Term
                    name="term"
                    legend=td_string!(l, abuse.term)
                    choices=terms
                    chosen=term
                    errors
                />
            </div>
        }
        .into_any()
    } else {
        view! { <p class="meta">{td_string!(l, abuse.no_block)}</p> }.into_any()
    };
    view! {
        <ErrorSummary errors/>
        <Refused act=decide now=view.now/>
        <ActForm act=decide class="stack" novalidate=true>
            <input type="hidden" name="id" value=view.line.id.to_string()/>
            <input type="hidden" name="reason" value=reason.key()/>
            <ChoiceField
                field=Field::Outcome
                name="outcome"
                legend=td_string!(l, abuse.outcome)
                choices=outcomes
                chosen
                errors
            />
            {block}
            <AreaField
                field=Field::Say
                name="words"
                label=td_string!(l, abuse.answer)
                hint=td_string!(l, abuse.answer_hint)
                value=said
                errors
                most=LONGEST_WORDS
            />
            <button class="btn primary wide">{td_string!(l, abuse.decide)}</button>
        </ActForm>
    }
}

#[component]
fn Hear(
    line: AppealLine,
    now: Millis,
    typed: Fields,
    errors: Signal<FormErrors>,
    hear: Act,
    open: bool,
) -> impl IntoView {
    let l = lang();
    let typed = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let (chosen, before) = (typed("outcome"), typed("words"));
    let t = time::near(l, line.since, now);
    let by = td_string!(l, abuse.placed_by, who = line.by.as_str(), t = t.as_str()).to_string();
    let until = match line.until {
        Some(until) => {
            let t = time::near(l, until, now);
            td_string!(l, abuse.until, t = t.as_str()).to_string()
        }
        None => td_string!(l, abuse.until_open).to_owned(),
    };
    let comma = if l == Locale::en { ". " } else { "，" };
    let said = td_string!(l, abuse.said);
    // Labels belong to one form only; a fault leads to the form that has it.
    let of = if open { String::new() } else { format!("-{}", line.block.simple()) };
    let choices = vec![
        ("lift".to_owned(), td_string!(l, abuse.lift).to_owned()),
        ("uphold".to_owned(), td_string!(l, abuse.uphold).to_owned()),
    ];
    view! {
        <section class="card stack">
            <div>
                <h3>{line.called} " · " {words::block_reason(l, &line.reason)}</h3>
                <p class="meta">{by} {comma} {until}</p>
            </div>
            <dl class="facts">
                <div><dt>{td_string!(l, abuse.why)}</dt><dd>{line.why}</dd></div>
                <div>
                    <dt>{said}</dt>
                    <dd>{line.words} " " {line.money.then(|| view! { <Money/> })}</dd>
                </div>
            </dl>
            <details class="fold" open=open>
                <summary class="btn second">{td_string!(l, abuse.outcome)}<Icon name="down"/></summary>
                <ActForm act=hear class="stack" novalidate=true>
                    <input type="hidden" name="block" value=line.block.to_string()/>
                    <ChoiceField
                        field=Field::Outcome
                        name="outcome"
                        legend=td_string!(l, abuse.outcome)
                        choices
                        chosen
                        errors
                        of=of.clone()
                    />
                    <AreaField
                        field=Field::Say
                        name="words"
                        label=td_string!(l, abuse.answer)
                        value=before
                        errors
                        most=LONGEST_WORDS
                        of
                    />
                    <button class="btn primary wide">{td_string!(l, abuse.hear)}</button>
                </ActForm>
            </details>
        </section>
    }
}
