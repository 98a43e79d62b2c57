//! The deadline of a request: until when, whose turn it is, and for captains handing it up and
//! extending it.

use super::{
    api::{Ladder as Ask, LadderView, Stands},
    moves::{ExtendRequest, RaiseRequest},
};
use crate::{
    components::{
        act::{Act, ActForm},
        beside::Beside,
        call::{Call, CaptainLine},
        field::ErrorSummary,
        icon::Icon,
        load::{Load, ask, once},
        plain_form::{AreaField, ChoiceField},
        refused::Refused,
    },
    kept::Fields,
    words::{self, clock as said, lang, refused, td_string, time},
};
use domain::{
    Millis, Refusal,
    forms::{Field, FormErrors},
    requests::{
        LONGEST_NOTE,
        reasons::{ExtendReason, RaiseReason},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The page of a request's deadline.
#[component]
pub fn Ladder() -> impl IntoView {
    let params = use_params_map();
    let data = ask(move || Ask { code: params.read().get("code").unwrap_or_default() }, once);
    let (raise, extend) = (Act::of::<RaiseRequest>(), Act::of::<ExtendRequest>());
    view! { <Load data page=move |view| view! { <Page view raise extend/> }/> }
}

#[component]
fn Page(view: LadderView, raise: Act, extend: Act) -> impl IntoView {
    let l = lang();
    let (title, now) = (td_string!(l, clock.title), view.now);
    let failed = raise.failed() || extend.failed();
    let errors = Signal::derive(move || {
        let faults = raise.faults();
        if faults.0.is_empty() { extend.faults() } else { faults }
    });
    let above = view.rungs.iter().find(|(_, stands)| *stands == Stands::Above);
    let above = above.map(|(captain, _)| captain.clone());
    let quiet = td_string!(l, clock.quiet, a = view.quiet.0, b = view.quiet.1).to_string();
    view! {
        <Beside title failed code=view.code.clone() headline=view.headline.clone()>
            <ErrorSummary errors/>
            <Refused act=raise now/>
            <Refused act=extend now/>
            <Runs view=view.clone()/>
            <Rungs rungs=view.rungs.clone()/>
            <Extend
                code=view.code.clone()
                may=view.extend.clone()
                typed=view.typed_extend.clone()
                extend
                now
            />
            <Raise code=view.code may=view.raise typed=view.typed_raise above raise now/>
            <p class="faint">{quiet}</p>
        </Beside>
    }
}

/// Until when, and how late it is.
#[component]
fn Runs(view: LadderView) -> impl IntoView {
    let l = lang();
    let now = view.now;
    let state = words::state(l, view.state);
    let late = view.late.map(|late| {
        let (t, s) = (time::near(l, late, now), time::span(l, late, now));
        let words = td_string!(l, clock.was_due, t = t.as_str(), s = s.as_str()).to_string();
        view! {
            <p class="due late">
                <Icon name="up"/>
                <span><time datetime=time::machine(late)>{words}</time></span>
            </p>
        }
    });
    let due = view.due.map(|due| {
        let t = time::near(l, due, now);
        let words = td_string!(l, clock.runs_until, t = t.as_str()).to_string();
        view! {
            <p class="due">
                <Icon name="clock"/>
                <span>
                    <b>{state}</b> " " <time datetime=time::machine(due)>{words}</time>
                </span>
            </p>
        }
    });
    let start = view.start_by.map(|at| {
        let t = time::near(l, at, now);
        view! { <p class="meta">{td_string!(l, clock.start_by, t = t.as_str()).to_string()}</p> }
    });
    view! { {late} {due} {start} }
}

/// The captains, whose turn it is marked.
#[component]
fn Rungs(rungs: Vec<(CaptainLine, Stands)>) -> impl IntoView {
    let l = lang();
    let none = rungs.is_empty();
    let rows = rungs.into_iter().map(|(captain, stands)| {
        let who = words::captain(l, &captain.surname);
        let mark = match stands {
            Stands::Told => {
                view! { <span class="meta">{td_string!(l, clock.told_before)}</span> }.into_any()
            }
            Stands::Here => {
                view! { <span class="tag lotus">{td_string!(l, clock.here)}</span> }.into_any()
            }
            Stands::Above => {
                view! { <span class="meta">{td_string!(l, clock.above)}</span> }.into_any()
            }
        };
        view! {
            <li class="rowlink" aria-current=(stands == Stands::Here).then_some("true")>
                <span class="grow">
                    <b>{who.clone()}</b> " "
                    <span class="meta">{words::team(l, captain.kind, captain.number)}</span>
                    <br/>
                    {mark}
                </span>
                <Call phone=captain.phone who/>
            </li>
        }
    });
    view! {
        <section class="section" aria-labelledby="ladder-h">
            <div class="section-head"><h2 id="ladder-h">{td_string!(l, clock.ladder)}</h2></div>
            {none.then(|| view! { <p class="meta">{td_string!(l, clock.nobody)}</p> })}
            {(!none).then(|| view! { <ol class="card flush rows people-found">{rows.collect_view()}</ol> })}
        </section>
    }
}

#[component]
fn Extend(
    code: String,
    may: Option<Result<Millis, Refusal>>,
    typed: Fields,
    extend: Act,
    now: Millis,
) -> impl IntoView {
    let l = lang();
    let to = match may? {
        Ok(to) => time::near(l, to, now),
        Err(refusal) => return Some(why_not(td_string!(l, clock.extend), &refusal, now)),
    };
    let t = to.as_str();
    let reasons = ExtendReason::ALL.iter().map(|one| one.key());
    let (hint, button) = (
        td_string!(l, clock.extend_hint, t = t).to_string(),
        td_string!(l, clock.extend_do, t = t).to_string(),
    );
    let fields = WhyFields { of: "-extend", reasons: reasons.collect(), typed };
    Some(
        view! {
            <section class="card stack" aria-labelledby="extend-h">
                <h2 id="extend-h" class="plain">{td_string!(l, clock.extend)}</h2>
                <p class="meta">{hint}</p>
                <ActForm act=extend class="stack" novalidate=true>
                    <input type="hidden" name="code" value=code/>
                    {fields.view(Signal::derive(move || extend.faults()))}
                    <button class="btn second wide">{button}</button>
                </ActForm>
            </section>
        }
        .into_any(),
    )
}

#[component]
fn Raise(
    code: String,
    may: Option<Result<(), Refusal>>,
    typed: Fields,
    above: Option<CaptainLine>,
    raise: Act,
    now: Millis,
) -> impl IntoView {
    let l = lang();
    if let Err(refusal) = may? {
        return Some(why_not(td_string!(l, clock.raise), &refusal, now));
    }
    let button = match above {
        Some(captain) => {
            let who = said::captain_of(l, captain.kind, captain.number, &captain.surname);
            td_string!(l, clock.raise_to, who = who.as_str()).to_string()
        }
        None => td_string!(l, clock.raise_do).to_owned(),
    };
    let reasons = RaiseReason::ALL.iter().map(|one| one.key());
    let fields = WhyFields { of: "-raise", reasons: reasons.collect(), typed };
    Some(
        view! {
            <section class="card stack" aria-labelledby="raise-h">
                <h2 id="raise-h" class="plain">{td_string!(l, clock.raise)}</h2>
                <p class="meta">{td_string!(l, clock.raise_hint)}</p>
                <ActForm act=raise class="stack" novalidate=true>
                    <input type="hidden" name="code" value=code/>
                    {fields.view(Signal::derive(move || raise.faults()))}
                    <button class="btn second wide">{button}</button>
                </ActForm>
            </section>
        }
        .into_any(),
    )
}

/// The typed reason of a form, and a word more.
struct WhyFields {
    /// Tells this form from the other.
    of: &'static str,
    reasons: Vec<&'static str>,
    typed: Fields,
}

impl WhyFields {
    fn view(self, errors: Signal<FormErrors>) -> AnyView {
        let l = lang();
        let typed = |name: &str| self.typed.get(name).cloned().unwrap_or_default();
        let choice = |key: &&'static str| ((*key).to_owned(), said::why(l, key).to_owned());
        let choices = self.reasons.iter().map(choice).collect();
        view! {
            <ChoiceField
                field=Field::Reason
                name="reason"
                legend=td_string!(l, clock.why)
                choices
                chosen=typed("reason")
                errors
                of=self.of.to_owned()
            />
            <AreaField
                field=Field::Say
                name="note"
                label=td_string!(l, clock.note)
                value=typed("note")
                errors
                most=LONGEST_NOTE
                of=self.of.to_owned()
            />
        }
        .into_any()
    }
}

fn why_not(heading: &'static str, refusal: &Refusal, now: Millis) -> AnyView {
    let words = refused::refusal(lang(), refusal, now);
    view! { <p class="meta"><b>{heading}</b> " " {words}</p> }.into_any()
}
