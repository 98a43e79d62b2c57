//! The address for letters: proved by six digits.

use super::moves::{AskMail as Ask, ForgetMail, MailView, ProveMail, SendMailCode};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        field::{ErrorSummary, TextField},
        icon::Icon,
        load::{Load, ask, once},
        refused::Refused,
    },
    words::{lang, td_string},
};
use domain::forms::{Field, FormErrors};
use leptos::prelude::*;
use leptos_meta::Title;

/// The page of the address.
#[component]
pub fn Mailbox() -> impl IntoView {
    let acts = Acts {
        send: Act::of::<SendMailCode>(),
        prove: Act::of::<ProveMail>(),
        forget: Act::of::<ForgetMail>(),
    };
    let data = ask(|| Ask {}, once);
    view! { <Load data page=move |view| view! { <Page view acts/> }/> }
}

#[derive(Clone, Copy)]
struct Acts {
    send: Act,
    prove: Act,
    forget: Act,
}

#[component]
fn Page(view: MailView, acts: Acts) -> impl IntoView {
    let l = lang();
    let (title, now) = (td_string!(l, ways.mail_title), view.now);
    let errors = Signal::derive(move || {
        let (proving, sending) = (acts.prove.faults(), acts.send.faults());
        if proving.0.is_empty() { sending } else { proving }
    });
    let failed = acts.prove.failed() || acts.send.failed();
    let prefix = if failed { td_string!(l, common.error_prefix) } else { "" };
    let there = view.there;
    view! {
        <Title text=format!("{prefix}{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/me/notices" words=td_string!(l, ways.title)/>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{td_string!(l, ways.mail_hint)}</p>
                </div>
                <ErrorSummary errors/>
                <Refused act=acts.send now/>
                <Refused act=acts.prove now/>
                <Refused act=acts.forget now/>
                {(!there).then(|| view! { <p class="meta">{td_string!(l, ways.mail_off)}</p> })}
                <Now address=view.address.clone() forget=acts.forget/>
                {there.then(|| view! { <Forms view acts errors/> })}
            </main>
        </div>
    }
}

/// The address that is written to.
#[component]
fn Now(address: Option<String>, forget: Act) -> impl IntoView {
    let l = lang();
    address.map(|address| {
        let line = td_string!(l, ways.mail_now, a = address.as_str()).to_string();
        view! {
            <div class="row wrap turn">
                <p>{line}</p>
                <ActForm act=forget>
                    <button class="btn quiet small">{td_string!(l, ways.mail_forget)}</button>
                </ActForm>
            </div>
        }
    })
}

#[component]
fn Forms(view: MailView, acts: Acts, errors: Signal<FormErrors>) -> impl IntoView {
    let l = lang();
    let sent = view.wanted.clone();
    let typed = view.typed.get("address").cloned().or(view.wanted).unwrap_or_default();
    let again = match sent {
        Some(_) => td_string!(l, ways.mail_again),
        None => td_string!(l, ways.mail_send),
    };
    let class = if sent.is_some() { "btn second wide" } else { "btn primary wide" };
    view! {
        {sent.map(|sent| view! { <WithCode sent errors prove=acts.prove/> })}
        <ActForm act=acts.send class="stack" novalidate=true>
            <TextField
                field=Field::Mail
                name="address"
                label=td_string!(l, ways.mail_address)
                value=typed
                errors
                kind="email"
                autocomplete="email"
                maxlength="254"
            />
            <button class=class>{again}</button>
        </ActForm>
    }
}

#[component]
fn WithCode(sent: String, errors: Signal<FormErrors>, prove: Act) -> impl IntoView {
    let l = lang();
    let line = td_string!(l, ways.mail_sent, a = sent.as_str()).to_string();
    view! {
        <p class="notice good" role="status">
            <Icon name="check"/>
            <span>{line}</span>
        </p>
        <ActForm act=prove class="stack" novalidate=true>
            <TextField
                field=Field::Code
                name="code"
                label=td_string!(l, people.code)
                value=String::new()
                errors
                kind="tel"
                autocomplete="one-time-code"
                maxlength="7"
            />
            <button class="btn primary wide">{td_string!(l, ways.mail_prove)}</button>
        </ActForm>
    }
}
