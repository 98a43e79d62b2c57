//! Whether all is well a week later: the three answers, for an account and for a door card.

use super::{
    act::{Act, ActForm},
    plain_form::AreaField,
};
use crate::words::{lang, td_string};
use domain::{
    forms::Field,
    requests::after::{Answer, LONGEST_SAID},
};
use leptos::prelude::*;

/// All well, more help, or a word for the captain.
#[component]
pub fn Answers(
    /// Of which request.
    code: String,
    /// The word for the captain as it was typed.
    typed: String,
    /// The verb.
    act: Act,
) -> impl IntoView {
    let l = lang();
    let errors = Signal::derive(move || act.faults());
    let same = code.clone();
    view! {
        <ActForm act class="stack">
            <input type="hidden" name="code" value=code/>
            <button class="btn primary wide huge" name="answer" value=Answer::Well.key()>
                {td_string!(l, after.well)}
            </button>
            <button class="btn second wide" name="answer" value=Answer::More.key()>
                {td_string!(l, after.more)}
            </button>
            <p class="hint">{td_string!(l, after.more_hint)}</p>
        </ActForm>
        <ActForm act class="card stack" novalidate=true>
            <input type="hidden" name="code" value=same/>
            <AreaField
                field=Field::Say
                name="words"
                label=td_string!(l, after.say)
                value=typed
                errors
                most=LONGEST_SAID
            />
            <button class="btn second wide" name="answer" value=Answer::Tell.key()>
                {td_string!(l, after.tell)}
            </button>
        </ActForm>
    }
}
