//! Signing in with a phone and six digits.

use super::api::{ReadSignInDraft as Ask, SendCode, SignIn as SignInCall, SignInDraft};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{Prefs, Skip},
        call::{CaptainLine, MyCaptain},
        field::{ErrorSummary, FaultLine, TextField, TickField, described, field_class, invalid},
        icon::{Icon, Logo},
        load::{Load, ask},
        refused::No,
    },
    words::{lang, td_string},
};
use domain::{
    forms::{Field, FormErrors},
    sign_in::Channel,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The page to sign in on.
#[component]
pub fn SignIn() -> impl IntoView {
    let send = Act::of::<SendCode>();
    let enter = Act::of::<SignInCall>();
    let data = ask(|| Ask {}, move || send.version());
    let l = lang();
    view! {
        <Title text=format!("{} · {}", td_string!(l, people.sign_in_title), td_string!(l, common.name))/>
        <Skip/>
        <Load data page=move |draft| view! { <Page draft send enter/> }/>
    }
}

#[component]
fn Page(draft: SignInDraft, send: Act, enter: Act) -> impl IntoView {
    let l = lang();
    let captain = draft.captain.clone();
    view! {
        <div class="page">
            <header class="topbar">
                <a class="brand" href="/"><Logo/>{td_string!(l, common.name)}</a>
                <Prefs/>
            </header>
            <main id="main">
                <div class="page-head hero">
                    <h1>{td_string!(l, common.slogan)}</h1>
                    <p>{td_string!(l, people.sign_in_hint)}</p>
                </div>
                <Forms draft send enter/>
                <Instead captain/>
            </main>
        </div>
    }
}

/// For who has no phone or cannot sign in: the captain to call, or the way to find out which.
#[component]
fn Instead(captain: Option<CaptainLine>) -> impl IntoView {
    let l = lang();
    let (words, way) = match captain.filter(|captain| captain.phone.is_some()) {
        Some(captain) => {
            (td_string!(l, people.no_phone), view! { <MyCaptain captain/> }.into_any())
        }
        None => {
            let pick = td_string!(l, board.pick_place);
            let way = view! { <a class="btn second wide" href="/places">{pick}</a> };
            (td_string!(l, people.no_phone_pick), way.into_any())
        }
    };
    view! {
        <section class="card reed stack gap-before">
            <p>{words}</p>
            {way}
        </section>
    }
}

/// Two steps, each a plain form: send the code, then sign in with it.
#[component]
fn Forms(draft: SignInDraft, send: Act, enter: Act) -> impl IntoView {
    let l = lang();
    let query = use_query_map();
    let next = move || query.read().get("next").unwrap_or_default();
    let errors = Signal::derive(move || {
        let (entering, sending) = (enter.faults(), send.faults());
        if entering.0.is_empty() { sending } else { entering }
    });
    let other = move || {
        let (entering, sending) = (enter.refusal(), send.refusal());
        entering.or(sending)
    };
    let (sent_by, speaks) = (draft.code_sent, draft.speaks);
    let sent = sent_by.is_some();
    let (phone, same) = (draft.phone.clone(), draft.phone);
    let again =
        if sent { td_string!(l, people.send_again) } else { td_string!(l, people.send_code) };
    view! {
        <ErrorSummary errors/>
        {move || other().map(|error| view! { <No error/> })}
        <ActForm act=send class="stack" novalidate=true id="send-code">
            <TextField
                field=Field::Phone
                name="phone"
                label=td_string!(l, people.phone)
                value=phone
                errors
                kind="tel"
                autocomplete="tel-national"
                maxlength="24"
            />
            <button
                class=if sent { "btn second wide" } else { "btn primary wide" }
                aria-busy=move || send.pending().get().then_some("true")
            >
                {again}
            </button>
            {speaks.then(|| view! { <ByVoice/> })}
        </ActForm>
        {sent_by
            .map(|channel| {
                view! {
                    <OnItsWay channel/>
                    <ActForm
                        act=enter
                        class="stack gap-before"
                        novalidate=true
                        id="sign-in"
                    >
                        <input type="hidden" name="phone" value=same.clone()/>
                        <input type="hidden" name="next" value=next/>
                        <CodeField errors/>
                        <TickField field=Field::Agree name="agree" checked=false errors>
                            {td_string!(l, people.agree_a)}
                            <a href="/terms" target="_blank">{td_string!(l, people.terms)}</a>
                        </TickField>
                        <button
                            class="btn primary wide"
                            aria-busy=move || enter.pending().get().then_some("true")
                        >
                            {td_string!(l, people.sign_in)}
                        </button>
                    </ActForm>
                }
            })}
    }
}

/// Another way to send: for eyes that do not read messages. Enter still sends a message, since that
/// button stands first.
#[component]
fn ByVoice() -> impl IntoView {
    view! {
        <button class="btn quiet flush" name="channel" value=Channel::Voice.key()>
            <Icon name="sound"/>
            {td_string!(lang(), people.by_voice)}
        </button>
    }
}

/// What to wait for.
#[component]
fn OnItsWay(channel: Channel) -> impl IntoView {
    let l = lang();
    let words = match channel {
        Channel::Text => td_string!(l, people.code_sent),
        Channel::Voice => td_string!(l, people.code_spoken),
    };
    view! {
        <p class="notice good gap-before" role="status">
            <Icon name="check"/>
            <span>{words}</span>
        </p>
    }
}

/// One input, drawn as six cells.
#[component]
fn CodeField(errors: Signal<FormErrors>) -> impl IntoView {
    let l = lang();
    view! {
        <div class=field_class(Field::Code, errors)>
            <label for="code">{td_string!(l, people.code)}</label>
            <FaultLine field=Field::Code errors/>
            <div class="code-box">
                <input
                    class="code-input"
                    id="code"
                    name="code"
                    inputmode="numeric"
                    autocomplete="one-time-code"
                    maxlength="7"
                    aria-describedby=described(Field::Code, false, errors)
                    aria-invalid=invalid(Field::Code, errors)
                />
            </div>
        </div>
    }
}
