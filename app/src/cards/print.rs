//! Cards on paper: A6 landscape, one on each page; on the screen the same sheets, smaller.

use super::{
    api::PrintCards as Ask,
    view::{PrintView, Sheet},
};
use crate::{
    components::{
        bars::{BackBar, Skip},
        call::CaptainLine,
        icon::{Icon, Logo},
        load::{Load, ask, once},
        print::PrintScript,
        square::square,
    },
    words::{self, lang, td_string},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The cards of a circle, or one of them with `?only=`.
#[component]
pub fn PrintCards() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let question = move || Ask {
        id: params.read().get("id").unwrap_or_default(),
        only: query.read().get("only").unwrap_or_default(),
    };
    let data = ask(question, once);
    view! { <Load data page=move |view| view! { <Page view/> }/> }
}

#[component]
fn Page(view: PrintView) -> impl IntoView {
    let l = lang();
    let title = td_string!(l, cards.title);
    let back = format!("/teams/{}/cards", view.id);
    let hint = td_string!(l, cards.print_hint, n = view.sheets.len()).to_string();
    let stale = (!view.stale.is_empty()).then(|| {
        let doors = view.stale.join("、");
        td_string!(l, cards.stale, doors = doors.as_str()).to_string()
    });
    let unreachable = (!view.reachable).then(|| td_string!(l, cards.unreachable).to_owned());
    let warnings = [stale, unreachable].into_iter().flatten().map(|words| {
        view! { <p class="notice soon"><Icon name="warn"/><span>{words}</span></p> }
    });
    let warnings = warnings.collect_view();
    let (name, captain) = (view.name, view.captain);
    let heading = format!("{title} {name}");
    let some = !view.sheets.is_empty();
    let sheets = view.sheets.into_iter();
    let sheets =
        sheets.map(|sheet| view! { <DoorCard sheet circle=name.clone() captain=captain.clone()/> });
    let sheets = sheets.collect_view();
    view! {
        <Title text=format!("{heading} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page wide print-cards">
            <div class="no-print">
                <BackBar href=back words=title/>
            </div>
            <main id="main">
                <div class="no-print stack">
                    <div class="page-head">
                        <h1>{heading.clone()}</h1>
                        <p>{hint}</p>
                    </div>
                    {warnings}
                    {some
                        .then(|| {
                            view! {
                                <button class="btn primary wide" id="print" hidden>{td_string!(l, cards.print)}</button>
                            }
                        })}
                </div>
                <div class="sheets">{sheets}</div>
            </main>
        </div>
        <PrintScript/>
    }
}

/// One card, as it hangs at the door.
#[component]
fn DoorCard(sheet: Sheet, circle: String, captain: Option<CaptainLine>) -> impl IntoView {
    let l = lang();
    let label = td_string!(l, cards.card_of, door = sheet.label.as_str()).to_string();
    let captain = captain.map(|captain| {
        view! { <p class="dc-cap">{words::captain(l, &captain.surname)}<b>{captain.phone}</b></p> }
    });
    view! {
        <section class="door-card" aria-label=label>
            <Rings/>
            <div class="dc-left">
                <div class="dc-qr" role="img" aria-label=td_string!(l, cards.qr) inner_html=square(&sheet.address)></div>
                <p class="dc-code">{td_string!(l, cards.say)}<b translate="no">{sheet.spoken}</b></p>
            </div>
            <div class="dc-right">
                <p class="dc-brand"><Logo/>{td_string!(l, common.name)}</p>
                <h2>{td_string!(l, cards.slogan_1)}<br/>{td_string!(l, cards.slogan_2)}</h2>
                {captain}
                <ol>
                    <li>{td_string!(l, cards.step_1)}</li>
                    <li>{td_string!(l, cards.step_2)}</li>
                    <li>{td_string!(l, cards.step_3)}</li>
                </ol>
                <p class="dc-sos">
                    {td_string!(l, requests.call_ill)}" "<b>"120"</b>
                    {td_string!(l, requests.call_fire)}" "<b>"119"</b>
                    {td_string!(l, requests.call_police)}" "<b>"110"</b>
                </p>
            </div>
            <p class="dc-foot">
                <span>{circle}</span>
                <span>{sheet.label}</span>
                <span>{td_string!(l, cards.lost)}</span>
            </p>
        </section>
    }
}

#[component]
fn Rings() -> impl IntoView {
    view! {
        <svg class="dc-rings" viewBox="0 0 200 200" aria-hidden="true">
            <circle class="r1" cx="200" cy="0" r="54"></circle>
            <circle class="r2" cx="200" cy="0" r="94"></circle>
            <circle class="r3" cx="200" cy="0" r="134"></circle>
        </svg>
    }
}
