//! A household's own request: how far it has come, who comes, whom to call, and what it can say.

use super::{
    account::CardFollow,
    after::After,
    home::{CardPage, Shut},
    moves::{AnswerByCard, FinishByCard, RateByCard, ReopenByCard, WithdrawByCard},
    view::{Behind, FollowView},
};
use crate::{
    components::{
        act::{Act, ActForm},
        call::{Call, MyCaptain},
        field::ErrorSummary,
        good_points::{Agree, GoodPoints},
        icon::Icon,
        load::{Load, ask, once},
        plain_form::AreaField,
        refused::Refused,
        status::StateHead,
        timeline::Timeline,
    },
    words::{self, Locale, lang, td_string, time},
};
use domain::{
    forms::Field,
    requests::{
        LONGEST_NOTE, Move, State,
        reasons::{ReopenReason, WithdrawReason},
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// The page of one of its requests.
#[component]
pub fn Follow() -> impl IntoView {
    let params = use_params_map();
    let data =
        ask(move || CardFollow { code: params.read().get("code").unwrap_or_default() }, once);
    let acts = Acts {
        finish: Act::of::<FinishByCard>(),
        withdraw: Act::of::<WithdrawByCard>(),
        rate: Act::of::<RateByCard>(),
        reopen: Act::of::<ReopenByCard>(),
        answer: Act::of::<AnswerByCard>(),
    };
    let l = lang();
    let failed = acts.all().into_iter().any(Act::failed);
    let prefix = if failed { td_string!(l, common.error_prefix) } else { "" };
    view! {
        <Title text=format!("{prefix}{} · {}", td_string!(l, cards.follow), td_string!(l, common.name))/>
        <Load
            data
            page=move |behind| {
                match behind {
                    Behind::Open(view) => view! { <CardPage><One view acts/></CardPage> }.into_any(),
                    Behind::Shut(view) => view! { <Shut view/> }.into_any(),
                }
            }
        />
    }
}

/// The verbs of the page.
#[derive(Clone, Copy)]
struct Acts {
    finish: Act,
    withdraw: Act,
    rate: Act,
    reopen: Act,
    answer: Act,
}

impl Acts {
    fn all(self) -> [Act; 5] {
        [self.finish, self.withdraw, self.rate, self.reopen, self.answer]
    }
}

#[component]
fn One(view: FollowView, acts: Acts) -> impl IntoView {
    let l = lang();
    let line = line(l, &view);
    let code = td_string!(l, requests.code, code = view.code.as_str()).to_string();
    view! {
        <main id="main" class="stack">
            {acts.all().map(|act| view! { <Refused act now=view.now/> }).collect_view()}
            <StateHead state=view.state line=line/>
            <Finish view=view.clone() act=acts.finish/>
            <Helpers view=view.clone()/>
            {view.captain.clone().map(|captain| view! { <div class="card"><MyCaptain captain/></div> })}
            {view
                .after
                .clone()
                .map(|line| {
                    let (code, category, now) = (view.code.clone(), view.category, view.now);
                    view! { <After code category line now act=acts.answer/> }
                })}
            <Rate view=view.clone() act=acts.rate/>
            <section class="card stack">
                <h2 class="plain">{words::category(l, view.category)}</h2>
                <p class="words">{view.words.clone()}</p>
                <p class="meta">{format!("{} · {code}", view.called)}</p>
                {view
                    .filed_by
                    .clone()
                    .map(|who| {
                        let filed = td_string!(l, cards.filed_by, who = who.as_str()).to_string();
                        view! { <p class="meta">{filed}</p> }
                    })}
            </section>
            <div class="drawn" inner_html=view.photos.clone()></div>
            {(!view.photos.is_empty())
                .then(|| view! { <p class="hint">{td_string!(l, cards.photo_wrong)}</p> })}
            <Timeline events=view.events.clone() state=view.state on_board=view.on_board asked=true now=view.now/>
            <Withdraw view=view.clone() act=acts.withdraw/>
            <Reopen view=view.clone() act=acts.reopen/>
            <a class="btn second wide" href="/card">{td_string!(l, cards.back)}</a>
        </main>
    }
}

/// The line under the state, as a neighbour would say it.
fn line(l: Locale, view: &FollowView) -> String {
    let captain = view.captain.as_ref().map(|captain| words::captain(l, &captain.surname));
    let captain = captain.unwrap_or_else(|| td_string!(l, requests.my_captain).to_owned());
    let names = view.helpers.iter().map(|helper| helper.called.as_str()).collect::<Vec<_>>();
    let names = names.join("、");
    let t = |at| time::near(l, at, view.now);
    match view.state {
        State::Submitted => {
            let t = view.due.map(t).unwrap_or_default();
            let (who, t) = (captain.as_str(), t.as_str());
            td_string!(l, requests.line_submitted, who = who, t = t).to_string()
        }
        State::Open if view.on_board => td_string!(l, requests.line_open).to_owned(),
        State::Open => td_string!(l, requests.line_open_private).to_owned(),
        State::Claimed => td_string!(l, requests.line_claimed, who = names.as_str()).to_string(),
        State::Serving => {
            let t = time::short(l, view.since, view.now);
            let there = if view.there.is_empty() { names.as_str() } else { view.there.as_str() };
            td_string!(l, requests.line_serving, who = there, t = t.as_str()).to_string()
        }
        State::Done => td_string!(l, requests.line_done).to_owned(),
        State::Closed if view.minutes == 0 => td_string!(l, requests.line_over).to_owned(),
        State::Closed => td_string!(l, requests.line_closed, n = view.minutes).to_string(),
        State::Declined => {
            let why = view.declined.as_deref().unwrap_or_default();
            td_string!(l, requests.line_declined, why = why).to_string()
        }
        State::Withdrawn => {
            let t = t(view.since);
            td_string!(l, requests.line_withdrawn, t = t.as_str()).to_string()
        }
    }
}

/// Who comes, each with the button that calls.
#[component]
fn Helpers(view: FollowView) -> impl IntoView {
    let l = lang();
    let running = view.state.is_running() && !view.helpers.is_empty();
    running.then(|| {
        let rows = view.helpers.into_iter().map(|helper| {
            let first: String = helper.called.chars().take(1).collect();
            let who = helper.called.clone();
            view! {
                <section class="card person" aria-label=td_string!(l, requests.helpers)>
                    <span class="avatar" aria-hidden="true">{first}</span>
                    <div class="grow"><p class="name">{helper.called}</p></div>
                    <Call phone=helper.phone who=who words=td_string!(l, common.call)/>
                </section>
            }
        });
        rows.collect_view()
    })
}

#[component]
fn Finish(view: FollowView, act: Act) -> impl IntoView {
    let l = lang();
    view.may(Move::Finish).then(|| {
        view! {
            <ActForm act class="stack">
                <input type="hidden" name="code" value=view.code/>
                <button class="btn primary wide huge">{td_string!(l, steps.finish)}</button>
            </ActForm>
        }
    })
}

#[component]
fn Withdraw(view: FollowView, act: Act) -> impl IntoView {
    let l = lang();
    view.may(Move::Withdraw).then(|| {
        let why = WithdrawReason::ALL.iter().map(|reason| reason.key()).collect::<Vec<_>>();
        view! {
            <details class="fold card danger">
                <summary>{td_string!(l, steps.withdraw)}<Icon name="down"/></summary>
                <ActForm act class="stack">
                    <input type="hidden" name="code" value=view.code/>
                    <Why keys=why form="withdraw"/>
                    <button class="btn second wide">{td_string!(l, steps.withdraw_do)}</button>
                </ActForm>
            </details>
        }
    })
}

#[component]
fn Reopen(view: FollowView, act: Act) -> impl IntoView {
    let l = lang();
    view.may(Move::Reopen).then(|| {
        let why = ReopenReason::ALL.iter().map(|reason| reason.key()).collect::<Vec<_>>();
        view! {
            <details class="fold card">
                <summary>{td_string!(l, steps.reopen)}<Icon name="down"/></summary>
                <ActForm act class="stack">
                    <input type="hidden" name="code" value=view.code/>
                    <Why keys=why form="reopen"/>
                    <button class="btn second wide">{td_string!(l, steps.reopen_do)}</button>
                </ActForm>
            </details>
        }
    })
}

/// A typed reason.
#[component]
fn Why(keys: Vec<&'static str>, form: &'static str) -> impl IntoView {
    let l = lang();
    let tiles = keys.into_iter().map(|key| {
        let id = format!("{form}-{key}");
        let names = id.clone();
        view! {
            <label class="choice" for=names>
                <input type="radio" name="reason" id=id value=key/>
                <span>{words::reason(l, key)}</span>
            </label>
        }
    });
    view! {
        <fieldset class="field">
            <legend>{td_string!(l, requests.why)}</legend>
            <div class="choices">{tiles.collect_view()}</div>
        </fieldset>
    }
}

/// Five stars, each a button of its own: one tap says it. Who likes to say more opens the fold above.
#[component]
fn Rate(view: FollowView, act: Act) -> impl IntoView {
    let l = lang();
    if let Some(rating) = view.rating {
        let said = words::after::rating(l, &rating);
        let colon = if l == Locale::en { ": " } else { "：" };
        let asked = td_string!(l, requests.rating_given);
        return view! {
            <p class="notice good">
                <Icon name="check"/>
                <span>{format!("{asked}{colon}{said}")}</span>
            </p>
        }
        .into_any();
    }
    if !view.may(Move::Rate) {
        return ().into_any();
    }
    let buttons = (1..=5).rev().map(move |stars: u8| {
        let words = words::stars(l, stars);
        view! {
            <button class="btn second wide" name="stars" value=stars.to_string()>
                <Icon name="star"/>{words}
            </button>
        }
    });
    let mut typed = view.typed;
    let note = typed.remove("note").unwrap_or_default();
    let shown = typed.remove("shown").is_some_and(|shown| !shown.is_empty());
    let open = !note.is_empty() || !typed.is_empty();
    let errors = Signal::derive(move || act.faults());
    view! {
        <ActForm act class="stack">
            <input type="hidden" name="code" value=view.code/>
            // Enter in a field presses the first button: it must not be five stars.
            <button disabled hidden></button>
            <ErrorSummary errors/>
            <h2 class="section-title">{td_string!(l, requests.rate_heading)}</h2>
            <details class="fold" open=open>
                <summary>{td_string!(l, after.good_more)}</summary>
                <div class="stack">
                    <GoodPoints ticked=typed/>
                    <AreaField
                        field=Field::Words
                        name="note"
                        label=td_string!(l, requests.rate_words)
                        value=note
                        errors
                        most=LONGEST_NOTE
                    />
                    {view.on_board.then(|| view! { <Agree shown/> })}
                </div>
            </details>
            {buttons.collect_view()}
        </ActForm>
    }
    .into_any()
}
