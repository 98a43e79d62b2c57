//! What the requester can do: withdraw, say that it is done, rate, reopen.

use super::{
    forms::{ActionBar, Acts, Fold, MinutesField, Note, Primary, Reasons, Wrong},
    view::{BeforeRefusal, HelperLine, RequestView},
};
use crate::{
    components::{
        act::ActForm,
        field::PhotoField,
        good_points::{Agree, GoodPoints},
        icon::Icon,
    },
    words::{self, lang, td_string},
};
use domain::{
    Millis,
    clock::MINUTE,
    requests::{
        LEAST_MINUTES, MOST_MINUTES, Move,
        reasons::{ReopenReason, WithdrawReason},
    },
};
use leptos::prelude::*;

/// While it runs: withdraw, or say that it is done.
#[component]
pub fn RequesterPart(
    /// The request.
    view: RequestView,
    /// The actions of the page.
    acts: Acts,
) -> impl IntoView {
    let finish = view.may(Move::Finish);
    let withdraw = view.may(Move::Withdraw);
    view! {
        {finish.then(|| view! { <FinishForm view=view.clone() acts/> })}
        {withdraw.then(|| view! { <WithdrawForm view=view.clone() acts/> })}
    }
}

#[component]
fn WithdrawForm(view: RequestView, acts: Acts) -> impl IntoView {
    let l = lang();
    let now = view.now;
    let typed = view.typed_for(Move::Withdraw).cloned();
    let keys = WithdrawReason::ALL.iter().map(|reason| reason.key()).collect();
    view! {
        <Fold words=td_string!(l, steps.withdraw) act=acts.withdraw acts open=typed.is_some() danger=true>
            <ActForm act=acts.withdraw class="stack">
                <input type="hidden" name="code" value=view.code/>
                <Wrong act=acts.withdraw acts now/>
                <Reasons form="withdraw" keys=keys chosen=typed.reason()/>
                <button class="btn second wide">{td_string!(l, steps.withdraw_do)}</button>
            </ActForm>
        </Fold>
    }
}

/// Done: every helper's minutes, and what was done. For the helpers and the requester alike.
#[component]
pub fn FinishForm(
    /// The request.
    view: RequestView,
    /// The actions of the page.
    acts: Acts,
) -> impl IntoView {
    let l = lang();
    let now = view.now;
    let typed = view.typed_for(Move::Finish).cloned();
    let errors = Signal::derive(move || acts.finish.faults());
    let photos = view.photo_field.clone();
    let called = |helper: &HelperLine| match view.me == Some(helper.person) {
        true => td_string!(l, requests.yourself).to_owned(),
        false => helper.called.clone(),
    };
    let fields = view
        .helpers
        .iter()
        .map(|helper| {
            view! {
                <MinutesField
                    person=helper.person
                    called=called(helper)
                    value=minutes_so_far(helper, now)
                    typed=typed.clone()
                    may_be_none=helper.started_at.is_none()
                />
            }
        })
        .collect_view();
    view! {
        <ActForm act=acts.finish upload="/api/photos/finish" class="card stack" id="finish">
            <input type="hidden" name="code" value=view.code/>
            <Wrong act=acts.finish acts now/>
            <p class="meta">{td_string!(l, requests.minutes_shared_hint)}</p>
            {fields}
            <Note
                form="finish"
                label=td_string!(l, requests.done_words)
                hint=td_string!(l, requests.done_words_hint)
                value=typed.note()
            />
            <PhotoField field=photos errors/>
        </ActForm>
        <ActionBar>
            <Primary form="finish" words=td_string!(l, steps.finish) pending=acts.finish.pending()/>
        </ActionBar>
    }
}

/// Minutes since the helper arrived, within the bounds; what was reported before, if anything; none
/// for who has not arrived.
fn minutes_so_far(helper: &HelperLine, now: Millis) -> u16 {
    let Some(since) = helper.started_at else { return 0 };
    let passed = u16::try_from((now - since) / MINUTE).unwrap_or(MOST_MINUTES);
    helper.minutes.unwrap_or(passed).clamp(LEAST_MINUTES, MOST_MINUTES)
}

/// Once closed: rate it, or say that it was not solved.
#[component]
pub fn RatePart(
    /// The request.
    view: RequestView,
    /// The actions of the page.
    acts: Acts,
) -> impl IntoView {
    let rate = view.may(Move::Rate);
    let reopen = view.may(Move::Reopen);
    view! {
        {rate.then(|| view! { <RateForm view=view.clone() acts/> })}
        {reopen.then(|| view! { <ReopenForm view=view.clone() acts/> })}
    }
}

#[component]
fn RateForm(view: RequestView, acts: Acts) -> impl IntoView {
    let l = lang();
    let now = view.now;
    let typed = view.typed_for(Move::Rate).cloned();
    let stars = (1..=5)
        .map(|n| {
            let value = n.to_string();
            let words = words::stars(l, n);
            view! {
                <label class="choice v" for=format!("star-{value}")>
                    <input
                        type="radio"
                        name="stars"
                        id=format!("star-{value}")
                        value=value.clone()
                        checked=typed.as_ref().is_some_and(|typed| typed.stars == value)
                    />
                    <Icon name="star"/>
                    <span>{words}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <ActForm act=acts.rate class="stack" id="rate">
            <input type="hidden" name="code" value=view.code/>
            <fieldset class="field">
                <legend><h2 class="section-title">{td_string!(l, requests.rate_heading)}</h2></legend>
                <Wrong act=acts.rate acts now/>
                <div class="rate">{stars}</div>
            </fieldset>
            <GoodPoints ticked=typed.as_ref().map(|typed| typed.good.clone()).unwrap_or_default()/>
            <Note form="rate" label=td_string!(l, requests.rate_words) value=typed.note()/>
            {view.on_board
                .then(|| view! { <Agree shown=typed.as_ref().is_some_and(|typed| typed.shown)/> })}
        </ActForm>
        <ActionBar>
            <Primary form="rate" words=td_string!(l, steps.rate) pending=acts.rate.pending()/>
        </ActionBar>
    }
}

#[component]
fn ReopenForm(view: RequestView, acts: Acts) -> impl IntoView {
    let l = lang();
    let now = view.now;
    let typed = view.typed_for(Move::Reopen).cloned();
    let keys = ReopenReason::ALL.iter().map(|reason| reason.key()).collect();
    view! {
        <Fold words=td_string!(l, steps.reopen) act=acts.reopen acts open=typed.is_some()>
            <ActForm act=acts.reopen class="stack">
                <input type="hidden" name="code" value=view.code/>
                <Wrong act=acts.reopen acts now/>
                <Reasons form="reopen" keys=keys chosen=typed.reason()/>
                <button class="btn second wide">{td_string!(l, steps.reopen_do)}</button>
            </ActForm>
        </Fold>
    }
}
