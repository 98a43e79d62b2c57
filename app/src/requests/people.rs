//! Who is there: the helpers, the captain, and for those who may know, door and phone.

use super::view::{HelperLine, RequestView};
use crate::{
    components::{call::Call, icon::Icon},
    words::{self, Locale, lang, td_string, time},
};
use domain::{Millis, requests::privacy::Sight};
use leptos::prelude::*;

/// Helpers, captain and contact.
#[component]
pub fn People(
    /// The request.
    view: RequestView,
) -> impl IntoView {
    let l = lang();
    let now = view.now;
    let knows = view.sight >= Sight::Words;
    let helpers = if knows { view.helpers.clone() } else { vec![] };
    let captain = view.captain.clone().filter(|_| knows && !view.parts.in_charge);
    let contact = view.contact.clone().filter(|_| !view.parts.requester);
    let called = view.called.clone();
    if helpers.is_empty() && captain.is_none() && contact.is_none() && !view.erased {
        return None;
    }
    let me = view.me;
    let helpers = helpers
        .into_iter()
        .map(|helper| {
            let own = me == Some(helper.person);
            view! { <HelperRow helper now own/> }
        })
        .collect_view();
    Some(view! {
        <section class="card flush" aria-label=td_string!(l, requests.helpers)>
            <ul class="rows">
                {contact
                    .map(|contact| {
                        let door = contact.door.clone();
                        let filed = contact.filed_by.clone();
                        view! {
                            <li class="rowlink">
                                <span class="avatar" aria-hidden="true">{first(&called)}</span>
                                <span class="grow">
                                    <b>{called.clone()}</b>
                                    <br/>
                                    <span class="meta">
                                        {door.map(|door| view! { <Icon name="door" class="inl"/> {door} })}
                                        {filed
                                            .map(|who| {
                                                let words = td_string!(l, requests.filed_by);
                                                view! { <br/> {format!("{words}：{who}")} }
                                            })}
                                    </span>
                                </span>
                                <Call phone=contact.phone who=called.clone()/>
                            </li>
                        }
                    })}
                {view
                    .erased
                    .then(|| {
                        view! {
                            <li class="rowlink">
                                <Icon name="lock"/>
                                <span class="meta">{td_string!(l, requests.contact_erased)}</span>
                            </li>
                        }
                    })}
                {helpers}
                {captain
                    .map(|captain| {
                        let name = words::captain(l, &captain.surname);
                        view! {
                            <li class="rowlink">
                                <span class="avatar cap" aria-hidden="true">{captain.surname.clone()}</span>
                                <span class="grow">
                                    <b>{name.clone()}</b>
                                    <br/>
                                    <span class="meta">
                                        {words::team(l, captain.kind, captain.number)}
                                    </span>
                                </span>
                                <Call phone=captain.phone who=name/>
                            </li>
                        }
                    })}
            </ul>
        </section>
    })
}

#[component]
fn HelperRow(helper: HelperLine, now: Millis, own: bool) -> impl IntoView {
    let l = lang();
    let line = helper_line(l, &helper, now);
    let name = if own { td_string!(l, steps.you).to_owned() } else { helper.called.clone() };
    view! {
        <li class="rowlink">
            <span class="avatar" aria-hidden="true">{first(&helper.called)}</span>
            <span class="grow">
                <b>{name}</b>
                <br/>
                <span class="meta">{line}</span>
            </span>
            <Call phone=helper.phone.filter(|_| !own) who=helper.called/>
        </li>
    }
}

fn helper_line(l: Locale, helper: &HelperLine, now: Millis) -> String {
    let t = |at| time::short(l, at, now);
    match (helper.minutes, helper.started_at) {
        (Some(n), _) => td_string!(l, requests.helper_minutes, n = n).to_string(),
        (None, Some(at)) => {
            let t = t(at);
            td_string!(l, requests.helper_there, t = t.as_str()).to_string()
        }
        (None, None) => {
            let t = t(helper.claimed_at);
            td_string!(l, requests.helper_since, t = t.as_str()).to_string()
        }
    }
}

/// The surname, for the round picture.
pub fn first(called: &str) -> String {
    called.chars().take(1).collect()
}
