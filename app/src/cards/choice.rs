//! Somebody who is signed in scanned a card: they choose. And the page for what is no card's.

use super::{
    account::{CardChoice, LeaveCard, UseCard},
    home::CardPage,
    view::ChoiceView,
};
use crate::{
    components::{
        act::{Act, ActForm},
        load::{Load, ask, once},
        refused::Refused,
    },
    words::{lang, td_string},
};
use leptos::prelude::*;
use leptos_meta::Title;

/// Keep one's own account, or use the card.
#[component]
pub fn Choose() -> impl IntoView {
    let (take, leave) = (Act::of::<UseCard>(), Act::of::<LeaveCard>());
    let data = ask(|| CardChoice {}, once);
    let l = lang();
    view! {
        <Title text=format!("{} · {}", td_string!(l, cards.title), td_string!(l, common.name))/>
        <Load data page=move |view| view! { <CardPage><Two view take leave/></CardPage> }/>
    }
}

#[component]
fn Two(view: ChoiceView, take: Act, leave: Act) -> impl IntoView {
    let l = lang();
    let (who, door) = (view.called.as_str(), view.label.as_str());
    let heading = td_string!(l, cards.choose, door = door).to_string();
    let hint = td_string!(l, cards.choose_hint, who = who).to_string();
    let keep = td_string!(l, cards.keep, who = who).to_string();
    view! {
        <main id="main" class="stack">
            <div class="page-head">
                <h1>{heading}</h1>
                <p>{hint}</p>
            </div>
            <Refused act=take/>
            <ActForm act=leave>
                <button class="btn primary wide">{keep}</button>
            </ActForm>
            <ActForm act=take>
                <button class="btn second wide">{td_string!(l, cards.use_card)}</button>
            </ActForm>
        </main>
    }
}

/// A square that is no card's.
#[component]
pub fn NoCard() -> impl IntoView {
    let l = lang();
    view! {
        <Title text=format!("{} · {}", td_string!(l, cards.unknown), td_string!(l, common.name))/>
        <CardPage>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{td_string!(l, cards.unknown)}</h1>
                    <p>{td_string!(l, cards.unknown_hint)}</p>
                </div>
                <a class="btn second wide" href="/">{td_string!(l, common.to_board)}</a>
            </main>
        </CardPage>
    }
}
