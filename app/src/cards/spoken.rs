//! An old neighbour rings and reads the code of the card: the captain types it here.

use super::api::FindCard;
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        field::{ErrorSummary, TextField},
        refused::Refused,
    },
    words::{lang, td_string},
};
use domain::forms::Field;
use leptos::prelude::*;
use leptos_meta::Title;

/// The page for the code.
#[component]
pub fn SaidCode() -> impl IntoView {
    let find = Act::of::<FindCard>();
    let errors = Signal::derive(move || find.faults());
    let l = lang();
    let failed = if find.failed() { td_string!(l, common.error_prefix) } else { "" };
    let title = td_string!(l, cards.said_title);
    view! {
        <Title text=format!("{failed}{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/desk" words=td_string!(l, common.desk)/>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{td_string!(l, cards.said_hint)}</p>
                </div>
                <ErrorSummary errors/>
                <Refused act=find/>
                <ActForm act=find class="stack" novalidate=true>
                    <TextField
                        field=Field::Spoken
                        name="code"
                        label=td_string!(l, cards.code)
                        hint=td_string!(l, cards.code_hint)
                        value=String::new()
                        errors
                        maxlength="20"
                    />
                    <button class="btn primary wide">{td_string!(l, cards.find)}</button>
                </ActForm>
            </main>
        </div>
    }
}
