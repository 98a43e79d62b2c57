//! The page that a phone keeps for when there is no net. With the net it is a page like others, and
//! its form files a request at once.

use super::api::{AskOffline, OfflineView};
use crate::{
    components::{
        asking::{Emergency, HowSoon, Kinds, NeedWords},
        bars::{BackBar, Skip},
        call::MyCaptain,
        field::TextField,
        icon::Icon,
        load::{Load, ask, once},
    },
    words::{lang, td_string},
};
use domain::forms::{Field, FormErrors};
use leptos::prelude::*;
use leptos_meta::Title;

/// The page for when there is no net.
#[component]
pub fn Offline() -> impl IntoView {
    let data = ask(|| AskOffline {}, once);
    view! { <Load data page=move |view| view! { <Page view/> }/> }
}

#[component]
fn Page(view: OfflineView) -> impl IntoView {
    let l = lang();
    let title = td_string!(l, offline.title);
    let (key, may_ask) = (view.key, view.may_ask);
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/" words=td_string!(l, common.tab_board)/>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{td_string!(l, offline.hint)}</p>
                </div>
                {view.captain.map(|captain| view! { <div class="card"><MyCaptain captain/></div> })}
                <Waiting/>
                <Emergency/>
                {may_ask.then(|| view! { <AskLater key=key.to_string()/> })}
                {(!may_ask)
                    .then(|| {
                        view! {
                            <p class="notice plain">
                                <Icon name="info"/>
                                <span>{td_string!(l, offline.sign_in)}</span>
                            </p>
                        }
                    })}
            </main>
        </div>
    }
}

/// What waits on this phone: filled by the page's script, from this row.
#[component]
fn Waiting() -> impl IntoView {
    let l = lang();
    let row = format!(
        "<li class=\"stack\"><b data-words></b>\
         <p class=\"meta\" data-waits>{} <span data-at></span></p>\
         <p class=\"err\" data-refused>{}</p>\
         <div class=\"row wrap\"><a class=\"btn second small\" rel=\"external\" data-mend>{}</a>\
         <button type=\"button\" class=\"btn second small\" data-again>{}</button>\
         <button type=\"button\" class=\"btn second small\" data-drop>{}</button></div></li>",
        td_string!(l, offline.waits),
        td_string!(l, offline.refused),
        td_string!(l, offline.mend),
        td_string!(l, offline.send_again),
        td_string!(l, offline.drop),
    );
    view! {
        <section class="card stack" data-waiting="" hidden="">
            <h2 class="plain" tabindex="-1"></h2>
            <ul class="rows waiting"></ul>
            <template inner_html=row></template>
        </section>
    }
}

/// The form whose words wait on the phone.
#[component]
fn AskLater(key: String) -> impl IntoView {
    let l = lang();
    let errors = Signal::derive(FormErrors::default);
    view! {
        <form
            id="ask-later"
            class="stack"
            method="post"
            action="/api/photos/submit"
            enctype="multipart/form-data"
            novalidate=""
        >
            <h2>{td_string!(l, requests.new_heading)}</h2>
            <input type="hidden" name="key" value=key/>
            <input type="hidden" name="draft[needed]" value="1"/>
            <fieldset class="field">
                <legend class="label">{td_string!(l, requests.step_1)}</legend>
                <Kinds chosen=String::new() errors/>
            </fieldset>
            <NeedWords typed=String::new() errors/>
            <fieldset class="field">
                <legend class="label">{td_string!(l, cards.how_soon)}</legend>
                <HowSoon chosen=String::new() errors/>
            </fieldset>
            <TextField
                field=Field::Door
                name="draft[door]"
                label=td_string!(l, requests.door)
                hint=td_string!(l, requests.door_hint)
                value=String::new()
                errors
            />
            <TextField
                field=Field::Phone
                name="draft[phone]"
                label=td_string!(l, requests.phone)
                value=String::new()
                errors
                kind="tel"
                autocomplete="tel"
                maxlength="24"
            />
            <button class="btn primary wide">{td_string!(l, requests.send)}</button>
        </form>
    }
}
