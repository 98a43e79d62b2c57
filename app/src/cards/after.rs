//! A week after an escort or care was closed: the question for the household, or what it said.

use super::view::AfterLine;
use crate::{
    components::{act::Act, answers::Answers, field::ErrorSummary, icon::Icon},
    words::{self, lang, td_string, time},
};
use domain::{Millis, requests::Category};
use leptos::prelude::*;

/// The question with its three answers; once it is answered, the answer.
#[component]
pub fn After(
    /// Of which request.
    code: String,
    /// What kind of help it was.
    category: Category,
    /// How far it is with the question.
    line: AfterLine,
    /// The present moment.
    now: Millis,
    /// The verb.
    act: Act,
) -> impl IntoView {
    let l = lang();
    if let Some((answer, at)) = line.answer {
        let (t, what) = (time::near(l, at, now), words::after::answer(l, answer));
        let words = td_string!(l, after.answered, t = t.as_str(), what = what).to_string();
        return view! {
            <p class="notice good">
                <Icon name="check"/>
                <span>{words}</span>
            </p>
            {line.said.map(|said| view! { <p class="card words">{said}</p> })}
        }
        .into_any();
    }
    let errors = Signal::derive(move || act.faults());
    let hint = td_string!(l, after.hint, what = words::category(l, category)).to_string();
    view! {
        <section class="stack">
            <ErrorSummary errors/>
            <h2 class="section-title">{td_string!(l, after.title)}</h2>
            <p>{hint}</p>
            <Answers code typed=line.typed act/>
        </section>
    }
    .into_any()
}
