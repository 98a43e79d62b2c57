//! All photos of a request: who sent each and when; adding some, taking one down.

use super::{
    api::{AddPhotos, AskPhotos as Ask, DropPhoto, PhotoLine, PhotosView},
    moves::ADD,
};
use crate::{
    components::{
        act::{Act, ActForm},
        beside::Beside,
        field::{ErrorSummary, PhotoField},
        icon::Icon,
        load::{Load, ask, once},
        plain_form::{AreaField, ChoiceField},
        refused::Refused,
    },
    kept::Fields,
    words::{lang, photos as words, td_string, time},
};
use domain::{
    Millis,
    forms::{Field, FormErrors},
    requests::{LONGEST_NOTE, photos::Shows, reasons::DropReason},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The page of a request's photos.
#[component]
pub fn Photos() -> impl IntoView {
    let params = use_params_map();
    let data = ask(move || Ask { code: params.read().get("code").unwrap_or_default() }, once);
    let (add, drop) = (Act::of::<AddPhotos>(), Act::of::<DropPhoto>());
    view! { <Load data page=move |view| view! { <Page view add drop/> }/> }
}

#[component]
fn Page(view: PhotosView, add: Act, drop: Act) -> impl IntoView {
    let l = lang();
    let (title, now) = (td_string!(l, photos.label), view.now);
    let failed = add.failed() || drop.failed();
    let errors = Signal::derive(move || {
        let faults = add.faults();
        if faults.0.is_empty() { drop.faults() } else { faults }
    });
    let PhotosView { code, headline, photos, field, typed, .. } = view;
    let none = photos.is_empty();
    let (of_need, of_result): (Vec<_>, Vec<_>) =
        photos.into_iter().partition(|one| one.shows == Shows::Need);
    let side = |photos: Vec<PhotoLine>, words: &'static str| {
        let (code, typed) = (code.clone(), typed.clone());
        view! { <Side photos words code typed drop now/> }
    };
    let need = side(of_need, td_string!(l, photos.of_need));
    let result = side(of_result, td_string!(l, photos.of_result));
    let more = field.map(|field| view! { <More field code=code.clone() add errors/> });
    view! {
        <Beside title failed code headline>
            <ErrorSummary errors/>
            <Refused act=add now/>
            <Refused act=drop now/>
            {none.then(|| view! { <p class="meta">{td_string!(l, photos.none)}</p> })}
            {need}
            {result}
            {more}
            <p class="faint row">
                <Icon name="lock"/>
                {td_string!(l, photos.who_sees)}
            </p>
        </Beside>
    }
}

/// The form with which the asker shows more.
#[component]
fn More(field: String, code: String, add: Act, errors: Signal<FormErrors>) -> impl IntoView {
    view! {
        <ActForm act=add upload=ADD class="card stack" novalidate=true>
            <input type="hidden" name="code" value=code/>
            <PhotoField field errors/>
            <button class="btn primary wide">{td_string!(lang(), photos.send)}</button>
        </ActForm>
    }
}

#[component]
fn Side(
    photos: Vec<PhotoLine>,
    words: &'static str,
    code: String,
    typed: Fields,
    drop: Act,
    now: Millis,
) -> impl IntoView {
    (!photos.is_empty()).then(|| {
        let rows = photos.into_iter().enumerate().map(|(at, photo)| {
            view! { <One photo at code=code.clone() typed=typed.clone() drop now/> }
        });
        view! {
            <section class="section">
                <div class="section-head"><h2>{words}</h2></div>
                <ul class="photo-list">{rows.collect_view()}</ul>
            </section>
        }
    })
}

#[component]
fn One(
    photo: PhotoLine,
    at: usize,
    code: String,
    typed: Fields,
    drop: Act,
    now: Millis,
) -> impl IntoView {
    let l = lang();
    let id = photo.id;
    let (who, t) = (photo.called.as_str(), time::near(l, photo.at, now));
    let by = td_string!(l, photos.by_line, who = who, t = t.as_str()).to_string();
    let n = at + 1;
    let alt = match photo.shows {
        Shows::Need => td_string!(l, photos.alt_need, n = n).to_string(),
        Shows::Result => td_string!(l, photos.alt_result, n = n).to_string(),
    };
    view! {
        <li class="card stack">
            <a class="photo-link" rel="external" href=format!("/photos/{id}")>
                <img class="photo" src=format!("/photos/{id}/small") alt=alt/>
            </a>
            <p class="meta">{by}</p>
            {photo.may_drop.then(|| view! { <TakeDown photo=id.to_string() code typed drop/> })}
        </li>
    }
}

#[component]
fn TakeDown(photo: String, code: String, typed: Fields, drop: Act) -> impl IntoView {
    let l = lang();
    let mine = typed.get("photo") == Some(&photo);
    let said = |name: &str| typed.get(name).filter(|_| mine).cloned().unwrap_or_default();
    let (reason, note) = (said("reason"), said("note"));
    let choices = DropReason::ALL.iter();
    let choices =
        choices.map(|one| (one.key().to_owned(), words::reason(l, one.key()).to_owned())).collect();
    // A fault is told at the photo that it is about.
    let errors = Signal::derive(move || if mine { drop.faults() } else { Default::default() });
    let of = if mine { String::new() } else { format!("-{photo}") };
    view! {
        <details class="fold" open=mine>
            <summary>{td_string!(l, photos.drop)}<Icon name="down"/></summary>
            <ActForm act=drop class="stack" novalidate=true>
                <input type="hidden" name="code" value=code/>
                <input type="hidden" name="photo" value=photo/>
                <ChoiceField
                    field=Field::Reason
                    name="reason"
                    legend=td_string!(l, photos.why)
                    choices
                    chosen=reason
                    errors
                    of=of.clone()
                />
                <AreaField
                    field=Field::Say
                    name="note"
                    label=td_string!(l, clock.note)
                    value=note
                    errors
                    most=LONGEST_NOTE
                    of
                />
                <button class="btn second wide">{td_string!(l, photos.drop_do)}</button>
            </ActForm>
        </details>
    }
}
