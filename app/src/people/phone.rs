//! Another phone for the account: proved by a code to the new one, told to the old one.

use super::moves::{ChangePhone, PhoneForm, PhoneView, SendPhoneCode};
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
use leptos_router::hooks::use_query_map;

/// The page of another phone.
#[component]
pub fn Phone() -> impl IntoView {
    let send = Act::of::<SendPhoneCode>();
    let change = Act::of::<ChangePhone>();
    let data = ask(|| PhoneForm {}, once);
    view! { <Load data page=move |view| view! { <Page view send change/> }/> }
}

#[component]
fn Page(view: PhoneView, send: Act, change: Act) -> impl IntoView {
    let l = lang();
    let now = view.now;
    let title = td_string!(l, rights.phone_title);
    let done = use_query_map().read_untracked().get("done").is_some();
    let errors = Signal::derive(move || {
        let (changing, sending) = (change.faults(), send.faults());
        if changing.0.is_empty() { sending } else { changing }
    });
    let here = td_string!(l, rights.phone_now, p = view.phone.as_str()).to_string();
    let (sent, typed, same) = (view.sent, view.typed.clone(), view.typed);
    let again = if sent { td_string!(l, people.send_again) } else { td_string!(l, rights.send) };
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/me/data" words=td_string!(l, rights.title)/>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{td_string!(l, rights.phone_hint)}</p>
                </div>
                {done
                    .then(|| {
                        view! {
                            <p class="notice good" role="status">
                                <Icon name="check"/>
                                <span>{td_string!(l, rights.phone_changed)}</span>
                            </p>
                        }
                    })}
                <p>{here}</p>
                <ErrorSummary errors/>
                <Refused act=send now/>
                <Refused act=change now/>
                <ActForm act=send class="stack" novalidate=true>
                    <TextField
                        field=Field::Phone
                        name="phone"
                        label=td_string!(l, rights.new_phone)
                        value=typed
                        errors
                        kind="tel"
                        maxlength="24"
                    />
                    <button class=if sent { "btn second wide" } else { "btn primary wide" }>
                        {again}
                    </button>
                </ActForm>
                {sent.then(|| view! { <WithCode phone=same errors change/> })}
            </main>
        </div>
    }
}

#[component]
fn WithCode(phone: String, errors: Signal<FormErrors>, change: Act) -> impl IntoView {
    let l = lang();
    view! {
        <p class="notice good" role="status">
            <Icon name="check"/>
            <span>{td_string!(l, people.code_sent)}</span>
        </p>
        <ActForm act=change class="stack" novalidate=true>
            <input type="hidden" name="phone" value=phone/>
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
            <button class="btn primary wide">{td_string!(l, rights.change_phone)}</button>
        </ActForm>
    }
}
