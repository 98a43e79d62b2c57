//! The demo county's people to try, one tap each.

use super::{
    account::{DemoPeople, TryLine},
    api::TryAs,
};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        icon::Icon,
        load::{Load, ask, once},
        refused::Refused,
    },
    words::{Locale, lang, td_string},
};
use leptos::prelude::*;
use leptos_meta::Title;

/// The page of people to try; not there outside the demo.
#[component]
pub fn TryOut() -> impl IntoView {
    let try_as = Act::of::<TryAs>();
    let data = ask(|| DemoPeople {}, once);
    view! { <Load data page=move |people| view! { <Page people try_as/> }/> }
}

#[component]
fn Page(people: Vec<TryLine>, try_as: Act) -> impl IntoView {
    let l = lang();
    let mut people = people;
    people.sort_by_key(|one| ORDER.iter().position(|part| *part == one.part));
    let rows = people.into_iter().map(|one| view! { <Row one try_as/> }).collect_view();
    view! {
        <Title text=format!("{} · {}", td_string!(l, people.demo_title), td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/" words=td_string!(l, common.tab_board)/>
            <main id="main">
                <div class="page-head">
                    <h1>{td_string!(l, people.demo_title)}</h1>
                    <p>{td_string!(l, people.demo_hint)}</p>
                </div>
                <Refused act=try_as/>
                <ul class="card flush rows">{rows}</ul>
                <p class="foot">{td_string!(l, common.demo_note)}</p>
            </main>
        </div>
    }
}

/// From who asks to who looks after all.
const ORDER: [&str; 7] = [
    "resident",
    "volunteer",
    "squad_captain",
    "company_captain",
    "brigade_captain",
    "office_staff",
    "centre_staff",
];

#[component]
fn Row(one: TryLine, try_as: Act) -> impl IntoView {
    let l = lang();
    let first: String = one.called.chars().take(1).collect();
    view! {
        <li>
            <ActForm act=try_as>
                <input type="hidden" name="person" value=one.person.0.to_string()/>
                <button class="rowlink" data-part=one.part.clone()>
                    <span class="avatar" aria-hidden="true">{first}</span>
                    <span class="grow">
                        <b>{one.called}</b>
                        <br/>
                        <span class="meta">{part_words(l, &one.part)}</span>
                    </span>
                    <Icon name="go" class="go"/>
                </button>
            </ActForm>
        </li>
    }
}

fn part_words(l: Locale, part: &str) -> &'static str {
    match part {
        "resident" => td_string!(l, people.p_resident),
        "volunteer" => td_string!(l, people.p_volunteer),
        "squad_captain" => td_string!(l, people.p_squad_captain),
        "company_captain" => td_string!(l, people.p_company_captain),
        "brigade_captain" => td_string!(l, people.p_brigade_captain),
        "office_staff" => td_string!(l, people.p_office_staff),
        "centre_staff" => td_string!(l, people.p_centre_staff),
        _ => "",
    }
}
