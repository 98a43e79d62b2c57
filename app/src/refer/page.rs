//! The page of what is not for neighbours: the same as another, for another place, or a deed of the
//! village.

use super::api::{AskRefer, ReferOn, ReferRequest, ReferView, ToDeeds};
use crate::{
    components::{
        act::{Act, ActForm},
        beside::Beside,
        deed_fields::DeedFields,
        field::ErrorSummary,
        icon::Icon,
        load::{Load, ask, once},
        plain_form::{AreaField, ChoiceField},
        refused::Refused,
    },
    kept::Fields,
    words::{lang, referral, td_string},
};
use domain::{
    forms::{Field, FormErrors},
    requests::{LONGEST_NOTE, referral::Office},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The page of one request.
#[component]
pub fn Refer() -> impl IntoView {
    let params = use_params_map();
    let data = ask(move || AskRefer { code: params.read().get("code").unwrap_or_default() }, once);
    let acts = (Act::of::<ReferRequest>(), Act::of::<ReferOn>(), Act::of::<ToDeeds>());
    view! { <Load data page=move |view| view! { <Page view acts/> }/> }
}

#[component]
fn Page(view: ReferView, acts: (Act, Act, Act)) -> impl IntoView {
    let l = lang();
    let (refer, refer_on, to_deeds) = acts;
    let (title, now) = (td_string!(l, refer.title), view.now);
    let failed = [refer, refer_on, to_deeds].into_iter().any(Act::failed);
    let errors = Signal::derive(move || {
        let all = [refer, refer_on, to_deeds].map(Act::faults);
        FormErrors(all.into_iter().flat_map(|faults| faults.0).collect())
    });
    let nothing = !(view.merge || view.decline || view.cannot || view.deed);
    let merge = view.merge.then(|| {
        let href = format!("/requests/{}/merge", view.code);
        view! {
            <ul class="card flush rows">
                <li>
                    <a class="rowlink" href=href>
                        <span class="grow">{td_string!(l, refer.merge_row)}</span>
                        <Icon name="go" class="go"/>
                    </a>
                </li>
            </ul>
        }
    });
    let (code, typed) = (view.code.clone(), view.typed.clone());
    let (same, again) = (code.clone(), typed.clone());
    view! {
        <Beside title failed code=view.code.clone() headline=view.headline.clone()>
            <ErrorSummary errors/>
            <Refused act=refer now/>
            <Refused act=refer_on now/>
            <Refused act=to_deeds now/>
            {nothing.then(|| view! { <p class="meta">{td_string!(l, refer.nothing)}</p> })}
            {merge}
            {view.decline.then(|| view! { <Places code typed act=refer errors on=false/> })}
            {view.cannot.then(|| view! { <Places code=same typed=again act=refer_on errors on=true/> })}
            {view.deed.then(|| view! { <Deed view=view.clone() act=to_deeds errors/> })}
        </Beside>
    }
}

/// To a place.
#[component]
fn Places(
    code: String,
    typed: Fields,
    act: Act,
    errors: Signal<FormErrors>,
    /// The helper says so, on the spot.
    on: bool,
) -> impl IntoView {
    let l = lang();
    let value = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let (place, note) = (value("place"), value("note"));
    let choice = |one: &Office| (one.key().to_owned(), referral::office(l, *one).to_owned());
    let places: Vec<_> = Office::ALL.iter().map(choice).collect();
    let (heading, hint, button) = match on {
        true => (
            td_string!(l, refer.refer_on),
            td_string!(l, refer.refer_on_hint),
            td_string!(l, refer.send_on),
        ),
        false => {
            (td_string!(l, refer.refer), td_string!(l, refer.refer_hint), td_string!(l, refer.send))
        }
    };
    view! {
        <section class="card stack" aria-labelledby="refer-h">
            <h2 id="refer-h" class="plain">{heading}</h2>
            <p class="meta">{hint} " " {td_string!(l, refer.hint)}</p>
            <ActForm act=act class="stack" novalidate=true>
                <input type="hidden" name="code" value=code/>
                <ChoiceField
                    field=Field::Place
                    name="place"
                    legend=td_string!(l, refer.place)
                    choices=places
                    chosen=place
                    errors
                />
                <AreaField
                    field=Field::Say
                    name="note"
                    label=td_string!(l, refer.note)
                    hint=td_string!(l, refer.note_hint)
                    value=note
                    errors
                    most=LONGEST_NOTE
                />
                <button class="btn second wide">{button}</button>
            </ActForm>
        </section>
    }
}

/// To the long-term deeds of the village.
#[component]
fn Deed(view: ReferView, act: Act, errors: Signal<FormErrors>) -> impl IntoView {
    let l = lang();
    let mut typed = view.typed_deed;
    typed.entry("words".to_owned()).or_insert(view.headline);
    view! {
        <section class="card stack" aria-labelledby="deed-h">
            <h2 id="deed-h" class="plain">{td_string!(l, deeds.to_deeds)}</h2>
            <p class="meta">{td_string!(l, deeds.to_deeds_hint)}</p>
            <ActForm act=act class="stack" novalidate=true>
                <input type="hidden" name="code" value=view.code/>
                <DeedFields typed errors/>
                <button class="btn second wide">{td_string!(l, deeds.to_deeds_do)}</button>
            </ActForm>
        </section>
    }
}
