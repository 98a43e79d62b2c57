//! Where one lives, and how neighbours address one.

use super::account::{Home as Ask, HomeView, Settle};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        field::{ErrorSummary, FaultLine, TextField, field_class},
        load::{Load, ask, once},
        refused::Refused,
    },
    words::{lang, td_string},
};
use domain::forms::Field;
use leptos::prelude::*;
use leptos_meta::Title;

/// The page about one's home.
#[component]
pub fn Home() -> impl IntoView {
    let settle = Act::of::<Settle>();
    let data = ask(|| Ask {}, once);
    let l = lang();
    view! {
        <Title text=format!("{} · {}", td_string!(l, people.home_title), td_string!(l, common.name))/>
        <Skip/>
        <Load data page=move |form| view! { <Page form settle/> }/>
    }
}

#[component]
fn Page(form: HomeView, settle: Act) -> impl IntoView {
    let l = lang();
    let errors = Signal::derive(move || settle.faults());
    let chosen = form.place.is_some();
    let change =
        if chosen { td_string!(l, board.change_place) } else { td_string!(l, board.pick_place) };
    view! {
        <div class="page">
            <BackBar href="/me" words=td_string!(l, common.tab_me)/>
            <main id="main">
                <div class="page-head">
                    <h1>{td_string!(l, people.home_title)}</h1>
                    <p>{td_string!(l, people.home_hint)}</p>
                </div>
                <ErrorSummary errors/>
                <ActForm act=settle class="stack" novalidate=true>
                    <div class=field_class(Field::Village, errors)>
                        {chosen
                            .then(|| {
                                view! {
                                    <span class="label" id="place-l">{td_string!(l, people.chosen)}</span>
                                }
                            })}
                        <FaultLine field=Field::Village errors/>
                        <Refused act=settle/>
                        <p class="row wrap place">
                            {form.place.map(|place| view! { <b>{place}</b> })}
                            <a
                                class="btn second small"
                                id="village"
                                href="/places?next=home"
                                aria-describedby=chosen.then_some("place-l")
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
                </ActForm>
            </main>
        </div>
    }
}
