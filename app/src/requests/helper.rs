//! What volunteers can do: claim, answer the captain, arrive, give back, report.

use super::{
    forms::{ActionBar, Acts, Fold, Note, Primary, Reasons, Wrong},
    requester::FinishForm,
    view::{BeforeRefusal, RequestView},
};
use crate::{
    components::{act::ActForm, icon::Icon},
    words::{lang, refused, td_string},
};
use domain::requests::{
    Move, State,
    reasons::{CannotReason, ReleaseReason},
};
use leptos::prelude::*;

/// For whoever looks at an open request: claim it, or why that is not possible.
#[component]
pub fn ClaimPart(
    /// The request.
    view: RequestView,
    /// The actions of the page.
    acts: Acts,
) -> impl IntoView {
    let l = lang();
    let open = matches!(view.state, State::Open | State::Claimed);
    let more = !view.helpers.is_empty();
    let words = if more { td_string!(l, steps.claim_more) } else { td_string!(l, steps.claim) };
    let may = view.may(Move::Claim);
    let sign_in = !view.signed_in && open;
    let why_not = view.why_not.as_ref().map(|refusal| refused::refusal(l, refusal, view.now));
    let next = format!("/sign-in?next=/requests/{}", view.code);
    view! {
        {move || {
            let refused = acts.claim.failed();
            why_not
                .clone()
                .filter(|_| !refused)
                .map(|words| {
                    view! {
                        <p class="notice plain">
                            <Icon name="info"/>
                            <span>{words}</span>
                        </p>
                    }
                })
        }}
        {may
            .then(|| {
                view! {
                    <ActForm act=acts.claim id="claim">
                        <input type="hidden" name="code" value=view.code.clone()/>
                        {view.minor.then(|| view! { <Along/> })}
                        <p class="meta">{td_string!(l, requests.unpaid)}</p>
                    </ActForm>
                    <ActionBar>
                        <Primary form="claim" words pending=acts.claim.pending()/>
                    </ActionBar>
                }
            })}
        {sign_in
            .then(|| {
                view! {
                    <ActionBar>
                        <a class="btn primary" href=next>{td_string!(l, requests.to_sign_in)}</a>
                    </ActionBar>
                }
            })}
    }
}

/// Who is not yet eighteen says that a guardian comes along.
#[component]
fn Along() -> impl IntoView {
    view! {
        <label class="check">
            <input type="checkbox" name="along" value="true"/>
            <span>{td_string!(lang(), requests.along)}</span>
        </label>
    }
}

/// Why the reader is here at all: the captain asks.
#[component]
pub fn AskedNote(
    /// The request.
    view: RequestView,
) -> impl IntoView {
    view.may(Move::TurnDown).then(|| {
        view! {
            <p class="notice soon">
                <Icon name="bell"/>
                <span>{td_string!(lang(), requests.asked_you)}</span>
            </p>
        }
    })
}

/// The captain asks: yes or no, without penalty.
#[component]
pub fn AskedPart(
    /// The request.
    view: RequestView,
    /// The actions of the page.
    acts: Acts,
) -> impl IntoView {
    let l = lang();
    let take_up = view.may(Move::TakeUp);
    let (code, same) = (view.code.clone(), view.code.clone());
    view! {
        <ActForm act=acts.take_up id="take-up">
            <input type="hidden" name="code" value=code/>
            {view.minor.then(|| view! { <Along/> })}
        </ActForm>
        <ActForm act=acts.turn_down id="turn-down">
            <input type="hidden" name="code" value=same/>
        </ActForm>
        <ActionBar>
            <button class="btn second side" form="turn-down">{td_string!(l, steps.turn_down)}</button>
            {take_up
                .then(|| {
                    let words = td_string!(l, steps.take_up);
                    view! { <Primary form="take-up" words pending=acts.take_up.pending()/> }
                })}
        </ActionBar>
    }
}

/// For who is on it: arrive or give back; report or say that it cannot be done.
#[component]
pub fn HelperPart(
    /// The request.
    view: RequestView,
    /// The actions of the page.
    acts: Acts,
) -> impl IntoView {
    let start = view.may(Move::Start);
    let finish = !start && view.may(Move::Finish);
    let cannot = view.may(Move::Cannot);
    view! {
        {start.then(|| view! { <OnTheWay view=view.clone() acts/> })}
        {finish.then(|| view! { <FinishForm view=view.clone() acts/> })}
        {cannot.then(|| view! { <CannotForm view=view.clone() acts/> })}
    }
}

#[component]
fn OnTheWay(view: RequestView, acts: Acts) -> impl IntoView {
    let l = lang();
    let now = view.now;
    let release = view.may(Move::Release);
    let typed = view.typed_for(Move::Release).cloned();
    let (code, same) = (view.code.clone(), view.code);
    let me = view.me.map(|me| me.0.to_string());
    let keys = [ReleaseReason::CannotCome, ReleaseReason::LacksSkill].map(ReleaseReason::key);
    view! {
        <ActForm act=acts.start id="start">
            <input type="hidden" name="code" value=code/>
        </ActForm>
        {release
            .then(|| {
                view! {
                    <Fold words=td_string!(l, steps.release) act=acts.release acts open=typed.is_some()>
                        <ActForm act=acts.release class="stack">
                            <input type="hidden" name="code" value=same/>
                            <input type="hidden" name="helper" value=me/>
                            <Wrong act=acts.release acts now/>
                            <Reasons form="release" keys=keys.to_vec() chosen=typed.reason()/>
                            <button class="btn second wide">
                                {td_string!(l, steps.release_do)}
                            </button>
                        </ActForm>
                    </Fold>
                }
            })}
        <ActionBar>
            <Primary form="start" words=td_string!(l, steps.start) pending=acts.start.pending()/>
        </ActionBar>
    }
}

#[component]
fn CannotForm(view: RequestView, acts: Acts) -> impl IntoView {
    let l = lang();
    let now = view.now;
    let typed = view.typed_for(Move::Cannot).cloned();
    let keys = CannotReason::ALL.iter().map(|reason| reason.key()).collect();
    view! {
        <Fold words=td_string!(l, steps.cannot) act=acts.cannot acts open=typed.is_some()>
            <ActForm act=acts.cannot class="stack">
                <input type="hidden" name="code" value=view.code/>
                <Wrong act=acts.cannot acts now/>
                <Reasons form="cannot" keys=keys chosen=typed.reason()/>
                <Note form="cannot" label=td_string!(l, requests.note) value=typed.note()/>
                <button class="btn second wide">{td_string!(l, steps.cannot_do)}</button>
            </ActForm>
        </Fold>
    }
}
