//! Where one lives, and how neighbours address one.

use super::account::{HomeView, Settle, home};
use crate::{
    components::{
        bars::{BackBar, Skip},
        field::{ErrorSummary, FaultLine, TextField, field_class},
        load::Load,
        refused::No,
    },
    error::AppError,
    words::{lang, td_string},
};
use domain::forms::{Field, FormErrors};
use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;

/// The page about one's home.
#[component]
pub fn Home() -> impl IntoView {
    let settle = ServerAction::<Settle>::new();
    let data = Resource::new(|| (), |()| home());
    let l = lang();
    view! {
        <Title text=format!("{} · {}", td_string!(l, people.home_title), td_string!(l, common.name))/>
        <Skip/>
        <Load data page=move |form| view! { <Page form settle/> }/>
    }
}

#[component]
fn Page(form: HomeView, settle: ServerAction<Settle>) -> impl IntoView {
    let l = lang();
    let errors = Signal::derive(move || match settle.value().get() {
        Some(Err(AppError::Invalid(errors))) => errors,
        _ => FormErrors::default(),
    });
    let other = move || match settle.value().get() {
        Some(Err(AppError::Invalid(_))) | None | Some(Ok(())) => None,
        Some(Err(error)) => Some(error),
    };
    let change = if form.place.is_some() {
        td_string!(l, board.change_place)
    } else {
        td_string!(l, board.pick_place)
    };
    view! {
        <div class="page">
            <BackBar href="/me" words=td_string!(l, common.tab_me)/>
            <main id="main">
                <div class="page-head">
                    <h1>{td_string!(l, people.home_title)}</h1>
                    <p>{td_string!(l, people.home_hint)}</p>
                </div>
                <ErrorSummary errors/>
                {move || other().map(|error| view! { <No error/> })}
                <ActionForm action=settle attr:class="stack" attr:novalidate="">
                    <div class=field_class(Field::Village, errors)>
                        <span class="label" id="place-l">{td_string!(l, people.chosen)}</span>
                        <FaultLine field=Field::Village errors/>
                        <p class="row wrap place">
                            <b>{form.place}</b>
                            <a
                                class="btn second small"
                                id="village"
                                href="/places?next=home"
                                aria-describedby="place-l"
                            >
                                {change}
                            </a>
                        </p>
                    </div>
                    <TextField
                        field=Field::Surname
                        name="surname"
                        label=td_string!(l, people.surname)
                        hint=td_string!(l, people.surname_hint)
                        value=form.surname
                        errors
                        autocomplete="family-name"
                        maxlength="8"
                    />
                    <TextField
                        field=Field::Title
                        name="title"
                        label=td_string!(l, people.title)
                        hint=td_string!(l, people.title_hint)
                        value=form.title
                        errors
                        maxlength="16"
                    />
                    <button class="btn primary wide">{td_string!(l, people.save_home)}</button>
                </ActionForm>
            </main>
        </div>
    }
}
