//! The page of a person. Opening it is written down, and says so.

use super::{
    api::{Person as Ask, PersonView},
    list::Marks,
};
use crate::{
    components::{
        bars::{BackBar, Skip},
        icon::Icon,
        load::{Load, ask, once},
    },
    words::{lang, td_string, time},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// A person within reach.
#[component]
pub fn PersonPage() -> impl IntoView {
    let params = use_params_map();
    let data = ask(move || Ask { id: params.read().get("id").unwrap_or_default() }, once);
    view! { <Load data page=move |person| view! { <Page person/> }/> }
}

#[component]
fn Page(person: PersonView) -> impl IntoView {
    let l = lang();
    let PersonView { now, person, volunteer_no, door, since } = person;
    let name = person.name.clone();
    let first: String = name.chars().take(1).collect();
    let home = match (person.place.clone(), door) {
        (Some(place), Some(door)) => format!("{place}，{door}"),
        (Some(place), None) => place,
        (None, _) => td_string!(l, search.nowhere).to_owned(),
    };
    let row = |k: &'static str, v: String| {
        view! { <div class="rowlink"><dt class="grow">{k}</dt><dd class="val">{v}</dd></div> }
    };
    // Whom neighbours call by the name is not named again.
    let card = (person.called != name).then(|| {
        view! {
            <section class="card person" aria-label=name.clone()>
                <span class="avatar" aria-hidden="true">{first}</span>
                <div class="grow">
                    <p class="name">{person.called.clone()}</p>
                    <Marks person=person.clone()/>
                </div>
            </section>
        }
    });
    let marks = card.is_none().then(|| view! { <Marks person=person.clone()/> });
    view! {
        <Title text=format!("{name} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/people" words=td_string!(l, search.title)/>
            <main id="main" class="stack">
                <div class="page-head"><h1>{name}</h1>{marks}</div>
                {card}
                <Phone phone=person.phone/>
                <dl class="card flush rows">
                    {row(td_string!(l, search.home), home)}
                    {volunteer_no.map(|number| row(td_string!(l, search.volunteer_no), number))}
                    {row(td_string!(l, search.since), time::near(l, since, now))}
                </dl>
                <p class="meta row"><Icon name="lock"/>{td_string!(l, search.logged)}</p>
            </main>
        </div>
    }
}

#[component]
fn Phone(phone: Option<String>) -> impl IntoView {
    let l = lang();
    match phone {
        Some(phone) => {
            let to = format!("tel:{phone}");
            view! {
            <a class="btn call wide" href=to>
                <Icon name="phone"/>
                <span class="num">{phone}</span>
            </a>
            }
            .into_any()
        }
        None => view! { <p class="meta">{td_string!(l, search.no_phone)}</p> }.into_any(),
    }
}
