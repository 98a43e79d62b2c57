//! Saved filters: chips that lead to them, the form that saves one, and the list that forgets one.

use super::api::{ForgetFilter, SaveFilter, SavedLine};
use crate::{
    components::{
        act::{Act, ActForm},
        field::{ErrorSummary, TextField},
        icon::Icon,
        refused::Refused,
    },
    kept::Fields,
    words::{lang, td_string},
};
use domain::{forms::Field, requests::filter::Filter};
use leptos::prelude::*;

/// The saved filters as chips.
#[component]
pub fn SavedChips(
    /// The filters.
    saved: Vec<SavedLine>,
    /// The one in force, as part of an address.
    now: String,
) -> impl IntoView {
    let l = lang();
    (!saved.is_empty()).then(|| {
        let chips = saved.into_iter().map(|one| {
            let current = (one.query == now).then_some("true");
            let to = format!("/board?{}", one.query);
            view! {
                <a class="chip" href=to aria-current=current><Icon name="star"/>{one.name}</a>
            }
        });
        view! {
            <nav class="chips" aria-label=td_string!(l, board.saved_label)>{chips.collect_view()}</nav>
        }
    })
}

/// Saves what narrows the board now under a name.
#[component]
pub fn SaveForm(
    /// The filter in force.
    filter: Filter,
    /// One more can be saved.
    room: bool,
    /// What was typed before.
    typed: Fields,
) -> impl IntoView {
    let l = lang();
    let save = Act::of::<SaveFilter>();
    let errors = Signal::derive(move || save.faults());
    let open = save.failed();
    let name = typed.get("name").cloned().unwrap_or_default();
    let query = filter.query();
    let hint = if room { td_string!(l, board.name_hint) } else { td_string!(l, board.saved_full) };
    (filter.in_force() > 0 || open).then(|| {
        view! {
            <details class="fold card" open=open>
                <summary>{td_string!(l, board.save)}<Icon name="down"/></summary>
                <ErrorSummary errors/>
                <Refused act=save/>
                <ActForm act=save class="stack" novalidate=true>
                    <input type="hidden" name="query" value=query/>
                    <TextField
                        field=Field::Name
                        name="name"
                        label=td_string!(l, board.filter_name)
                        hint=hint
                        value=name
                        errors
                        maxlength="16"
                    />
                    <button class="btn second wide">{td_string!(l, board.save_now)}</button>
                </ActForm>
            </details>
        }
    })
}

/// The saved filters, each to be forgotten.
#[component]
pub fn SavedList(
    /// The filters.
    saved: Vec<SavedLine>,
) -> impl IntoView {
    let l = lang();
    let forget = Act::of::<ForgetFilter>();
    (!saved.is_empty()).then(|| {
        let lines = saved.into_iter().map(|one| {
            let label = td_string!(l, board.forget_it, name = one.name.as_str()).to_string();
            view! {
                <li class="rowlink">
                    <a class="grow" href=format!("/board?{}", one.query)>{one.name}</a>
                    <ActForm act=forget>
                        <input type="hidden" name="id" value=one.id.to_string()/>
                        <button class="btn quiet small" aria-label=label>
                            {td_string!(l, board.forget)}
                        </button>
                    </ActForm>
                </li>
            }
        });
        view! {
            <details class="fold card">
                <summary>{td_string!(l, board.saved_mine)}<Icon name="down"/></summary>
                <Refused act=forget/>
                <ul class="rows">{lines.collect_view()}</ul>
            </details>
        }
    })
}
