//! Setting a password.

use super::{
    api::{Security, SecurityView},
    moves::SetPassword,
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
use domain::forms::Field;
use leptos::prelude::*;
use leptos_meta::Title;

/// The page with the new password.
#[component]
pub fn NewPassword() -> impl IntoView {
    let set = Act::of::<SetPassword>();
    let data = ask(|| Security {}, once);
    let l = lang();
    view! {
        <Title text=format!(
            "{} · {}",
            td_string!(l, security.password_title),
            td_string!(l, common.name),
        )/>
        <Skip/>
        <Load data page=move |view| view! { <Page view set/> }/>
    }
}

#[component]
fn Page(view: SecurityView, set: Act) -> impl IntoView {
    let l = lang();
    let errors = Signal::derive(move || set.faults());
    view! {
        <div class="page">
            <BackBar href="/me/security" words=td_string!(l, security.title)/>
            <main id="main">
                <div class="page-head">
                    <h1>{td_string!(l, security.password_title)}</h1>
                    <p>{td_string!(l, security.others_end)}</p>
                </div>
                <ErrorSummary errors/>
                <Refused act=set now=view.now/>
                <ActForm act=set class="stack first-tight" novalidate=true>
                    <TextField
                        field=Field::Password
                        name="password"
                        label=td_string!(l, security.password)
                        hint=td_string!(l, security.password_hint)
                        value=String::new()
                        errors
                        kind="password"
                        autocomplete="new-password"
                        maxlength="256"
                    />
                    <TextField
                        field=Field::Again
                        name="again"
                        label=td_string!(l, security.again)
                        value=String::new()
                        errors
                        kind="password"
                        autocomplete="new-password"
                        maxlength="256"
                    />
                    <button class="btn primary wide">{td_string!(l, security.save_password)}</button>
                </ActForm>
            </main>
        </div>
    }
}
