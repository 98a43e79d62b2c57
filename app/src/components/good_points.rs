//! What was good about the help: as many as one likes, or none.

use crate::words::{self, lang, td_string};
use domain::requests::Good;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The choice, as the form of a rating has it.
#[component]
pub fn GoodPoints(
    /// The keys that were ticked before.
    ticked: BTreeMap<String, String>,
) -> impl IntoView {
    let l = lang();
    let points = Good::ALL.iter().map(|good| {
        let key = good.key();
        view! {
            <label class="choice">
                <input
                    type="checkbox"
                    name=format!("good[{key}]")
                    value="on"
                    checked=ticked.contains_key(key)
                />
                <span>{words::after::good_point(l, *good)}</span>
            </label>
        }
    });
    view! {
        <fieldset class="field">
            <legend class="label">
                {td_string!(l, after.good)}
                <span class="hint">{td_string!(l, after.good_hint)}</span>
            </legend>
            <div class="choices two">{points.collect_view()}</div>
        </fieldset>
    }
}

/// Whether the village may read it.
#[component]
pub fn Agree(
    /// It was ticked before.
    shown: bool,
) -> impl IntoView {
    view! {
        <label class="check">
            <input type="checkbox" name="shown" value="true" checked=shown/>
            <span>{td_string!(lang(), after.agree)}</span>
        </label>
    }
}
