//! Giving the second proof: after signing in, and again before dangerous acts.

use super::{
    api::CanProve,
    moves::{Prove, Recover},
};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        field::{ErrorSummary, TextField},
        icon::Icon,
        load::{Load, ask, once},
        refused::No,
    },
    session::services,
    words::{lang, td_string},
};
use domain::{forms::Field, sign_in::way_back};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The page of the second proof.
#[component]
pub fn SecondProof() -> impl IntoView {
    let prove = Act::of::<Prove>();
    let recover = Act::of::<Recover>();
    let data = ask(|| CanProve {}, once);
    let l = lang();
    view! {
        <Title text=format!(
            "{} · {}",
            td_string!(l, security.proof_title),
            td_string!(l, common.name),
        )/>
        <Skip/>
        <Load data page=move |can| view! { <Page can prove recover/> }/>
    }
}

#[component]
fn Page(can: bool, prove: Act, recover: Act) -> impl IntoView {
    let l = lang();
    let hint = match can {
        true => td_string!(l, security.proof_hint),
        false => td_string!(l, security.must),
    };
    let way = match can {
        true => view! { <Ways prove recover/> }.into_any(),
        false => view! {
            <a class="btn primary wide" href="/me/security">{td_string!(l, security.set_up)}</a>
        }
        .into_any(),
    };
    view! {
        <div class="page">
            <BackBar href="/" words=td_string!(l, common.tab_board)/>
            <main id="main">
                <div class="page-head">
                    <h1>{td_string!(l, security.proof_title)}</h1>
                    <p>{hint}</p>
                </div>
                {way}
            </main>
        </div>
    }
}

#[component]
fn Ways(prove: Act, recover: Act) -> impl IntoView {
    let l = lang();
    let query = use_query_map();
    let next = way_back(&query.read_untracked().get("next").unwrap_or_default()).to_owned();
    let same = next.clone();
    let now = services().now();
    let refusal = prove.refusal().or(recover.refusal());
    let errors = Signal::derive(move || {
        let (digits, code) = (prove.faults(), recover.faults());
        if digits.0.is_empty() { code } else { digits }
    });
    view! {
        <ErrorSummary errors/>
        {refusal.map(|error| view! { <No error now/> })}
        <ActForm act=prove class="stack first-tight" novalidate=true>
            <input type="hidden" name="next" value=next/>
            <TextField
                field=Field::Password
                name="password"
                label=td_string!(l, security.password)
                value=String::new()
                errors
                kind="password"
                autocomplete="current-password"
                maxlength="256"
            />
            <TextField
                field=Field::Digits
                name="code"
                label=td_string!(l, security.digits)
                value=String::new()
                errors
                kind="tel"
                autocomplete="one-time-code"
                maxlength="7"
            />
            <button class="btn primary wide">{td_string!(l, security.enter)}</button>
        </ActForm>
        <ByRecovery recover next=same/>
    }
}

#[component]
fn ByRecovery(recover: Act, next: String) -> impl IntoView {
    let l = lang();
    let errors = Signal::derive(move || recover.faults());
    view! {
        <details class="card fold gap-before" open=recover.failed()>
            <summary>{td_string!(l, security.no_phone)}<Icon name="down"/></summary>
            <ActForm act=recover class="stack" novalidate=true>
                <input type="hidden" name="next" value=next/>
                <TextField
                    field=Field::Recovery
                    name="recovery"
                    label=td_string!(l, security.recovery)
                    hint=td_string!(l, security.recovery_hint)
                    value=String::new()
                    errors
                    maxlength="40"
                />
                <button class="btn second wide">{td_string!(l, security.use_recovery)}</button>
                <p class="meta">{td_string!(l, security.all_lost)}</p>
            </ActForm>
        </details>
    }
}
