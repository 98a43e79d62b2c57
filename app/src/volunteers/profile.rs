//! Changing what a volunteer has said of themselves.

use super::{
    api::{MyVolunteering, OwnView},
    fields::{Insurance, What},
    moves::SaveProfile,
};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        field::ErrorSummary,
        load::{Load, ask, once},
        refused::Refused,
    },
    words::{lang, td_string},
};
use leptos::prelude::*;
use leptos_meta::Title;

/// The page.
#[component]
pub fn EditProfile() -> impl IntoView {
    let save = Act::of::<SaveProfile>();
    let data = ask(|| MyVolunteering {}, once);
    let l = lang();
    view! {
        <Title text=format!("{} · {}", td_string!(l, volunteers.edit), td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/me/volunteer" words=td_string!(l, volunteers.own_title)/>
            <Load data page=move |view| view! { <Page view save/> }/>
        </div>
    }
}

#[component]
fn Page(view: OwnView, save: Act) -> impl IntoView {
    let l = lang();
    let errors = Signal::derive(move || save.faults());
    let draft = view.draft;
    view! {
        <main id="main">
            <div class="page-head"><h1>{td_string!(l, volunteers.edit)}</h1></div>
            <ErrorSummary errors/>
            <Refused act=save now=view.now/>
            <ActForm act=save novalidate=true>
                <What draft=draft.clone() no="1"/>
                <fieldset class="step">
                    <legend>
                        <span class="step-no">"2"</span>
                        {td_string!(l, volunteers.insurance_short)}
                    </legend>
                    <Insurance draft errors/>
                </fieldset>
                <button class="btn primary wide">{td_string!(l, volunteers.save)}</button>
            </ActForm>
        </main>
    }
}
