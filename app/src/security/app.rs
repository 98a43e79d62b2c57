//! Setting up the authenticator: scan or type its secret, then its first digits.

use super::{
    api::{AppBegun, AppView},
    moves::{BeginApp, ConfirmApp},
};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        field::{ErrorSummary, TextField},
        load::{Load, ask, once},
        refused::Refused,
    },
    words::{lang, td_string},
};
use domain::forms::{Field, in_fours};
use fast_qr::{ECL, QRBuilder, convert::svg::SvgBuilder};
use leptos::prelude::*;
use leptos_meta::Title;

/// The page of the authenticator.
#[component]
pub fn Authenticator() -> impl IntoView {
    let begin = Act::of::<BeginApp>();
    let confirm = Act::of::<ConfirmApp>();
    let data = ask(|| AppBegun {}, once);
    let l = lang();
    view! {
        <Title text=format!(
            "{} · {}",
            td_string!(l, security.app_title),
            td_string!(l, common.name),
        )/>
        <Skip/>
        <Load data page=move |view| view! { <Page view begin confirm/> }/>
    }
}

#[component]
fn Page(view: AppView, begin: Act, confirm: Act) -> impl IntoView {
    let l = lang();
    let hint = match view.password {
        true => td_string!(l, security.app_hint),
        false => td_string!(l, security.app_first),
    };
    let step = match (view.password, view.secret) {
        (false, _) => view! {
            <a class="btn primary wide" href="/me/security/password">
                {td_string!(l, security.set_password)}
            </a>
        }
        .into_any(),
        (true, None) => view! { <Begin begin first=true/> }.into_any(),
        (true, Some((letters, address))) => {
            view! { <Scan letters address confirm/> <Begin begin first=false/> }.into_any()
        }
    };
    view! {
        <div class="page">
            <BackBar href="/me/security" words=td_string!(l, security.title)/>
            <main id="main">
                <div class="page-head">
                    <h1>{td_string!(l, security.app_title)}</h1>
                    <p>{hint}</p>
                </div>
                <Refused act=begin/>
                {step}
            </main>
        </div>
    }
}

#[component]
fn Begin(begin: Act, first: bool) -> impl IntoView {
    let l = lang();
    let (place, class, words) = match first {
        true => ("onward", "btn primary wide", td_string!(l, security.begin)),
        false => ("gap-before", "btn quiet flush", td_string!(l, security.begin_again)),
    };
    view! { <ActForm act=begin class=place><button class=class>{words}</button></ActForm> }
}

#[component]
fn Scan(letters: String, address: String, confirm: Act) -> impl IntoView {
    let l = lang();
    let errors = Signal::derive(move || confirm.faults());
    view! {
        <ErrorSummary errors/>
        <Refused act=confirm/>
        <section class="card stack" aria-labelledby="scan-h">
            <h2 id="scan-h" class="section-title">{td_string!(l, security.scan)}</h2>
            <div class="qr" role="img" aria-label=td_string!(l, security.qr) inner_html=svg(&address)></div>
            <p>{td_string!(l, security.or_type)}</p>
            <p class="secret" translate="no">{in_fours(&letters).replace('-', " ")}</p>
        </section>
        <ActForm act=confirm class="stack gap-before" novalidate=true>
            <TextField
                field=Field::Digits
                name="code"
                label=td_string!(l, security.then_code)
                value=String::new()
                errors
                kind="tel"
                autocomplete="one-time-code"
                maxlength="7"
            />
            <button class="btn primary wide">{td_string!(l, security.confirm)}</button>
        </ActForm>
    }
}

/// The code to scan, black on white in every look: cameras expect it so.
fn svg(address: &str) -> String {
    let code = QRBuilder::new(address).ecl(ECL::M).build();
    // What it is, is said by the box around it.
    let hidden = |svg: String| svg.replacen("<svg ", "<svg aria-hidden=\"true\" ", 1);
    code.map(|code| hidden(SvgBuilder::default().to_str(&code))).unwrap_or_default()
}
