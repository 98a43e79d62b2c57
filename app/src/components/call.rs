//! A phone call always works: the captain and the button that calls.

use super::icon::Icon;
use crate::words::{self, lang, td_string};
use domain::teams::TeamKind;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A captain as pages show them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaptainLine {
    /// Which team's.
    pub kind: TeamKind,
    /// The team's number, or 0.
    pub number: i32,
    /// The surname, as in 梁队长.
    pub surname: String,
    /// Eleven digits: captains' phones are public.
    pub phone: Option<String>,
}

/// The captain of the reader's circle, with the button that calls.
#[component]
pub fn MyCaptain(
    /// Who.
    captain: CaptainLine,
) -> impl IntoView {
    let l = lang();
    let name = words::captain(l, &captain.surname);
    view! {
        <section class="person captain" aria-label=td_string!(l, board.my_captain)>
            <span class="avatar cap" aria-hidden="true">{captain.surname.clone()}</span>
            <div class="grow">
                <p class="name">{name.clone()}</p>
                <p class="meta">{words::team(l, captain.kind, captain.number)}</p>
            </div>
            <Call phone=captain.phone who=name words=td_string!(l, common.call)/>
        </section>
    }
}

/// The button that calls somebody; nothing when there is no phone.
#[component]
pub fn Call(
    /// Eleven digits.
    phone: Option<String>,
    /// Whom, for screen readers.
    who: String,
    /// The word on the button; the sign alone when empty.
    #[prop(optional)]
    words: &'static str,
    /// More classes than `btn call`.
    #[prop(default = "small")]
    class: &'static str,
) -> impl IntoView {
    let l = lang();
    let label = td_string!(l, common.call_person, who = who.as_str()).to_string();
    // Whoever steers by voice says what they read on the button.
    let label = if label.starts_with(words) { label } else { format!("{words} {who}") };
    phone.map(|phone| {
        view! {
            <a class=format!("btn call {class}") href=format!("tel:{phone}") aria-label=label>
                <Icon name="phone"/>{words}
            </a>
        }
    })
}
