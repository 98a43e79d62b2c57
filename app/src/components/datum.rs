//! In which coordinates a point is typed: what phones say, or what Chinese maps show.

use crate::words::{lang, td_string};
use domain::organisation::datum::Datum;
use leptos::prelude::*;

/// In which coordinates a point is typed.
#[component]
pub fn DatumField(
    /// What was chosen before.
    chosen: String,
) -> impl IntoView {
    let l = lang();
    let choices = [
        (Datum::Wgs84, td_string!(l, near.datum_wgs84)),
        (Datum::Gcj02, td_string!(l, near.datum_gcj02)),
    ];
    let options = choices.map(|(datum, words)| {
        view! { <option value=datum.key() selected=chosen == datum.key()>{words}</option> }
    });
    view! {
        <div class="field">
            <label for="datum">{td_string!(l, near.datum)}</label>
            <p class="hint" id="datum-h">{td_string!(l, near.datum_hint)}</p>
            <select class="select" id="datum" name="datum" aria-describedby="datum-h">
                {options.collect_view()}
            </select>
        </div>
    }
}
