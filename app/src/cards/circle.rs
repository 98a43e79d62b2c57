//! The doors of a circle with their cards: making, replacing and revoking one, printing them.

use super::{
    api::{CardCircle, MakeCard, MakeMissingCards, RevokeCard},
    view::{CardLine, CircleView, DoorLine},
};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        icon::Icon,
        load::{Load, ask, once},
        refused::Refused,
    },
    words::{Locale, lang, td_string, time},
};
use domain::Millis;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

/// The verbs of the page.
#[derive(Clone, Copy)]
struct Acts {
    make: Act,
    all: Act,
    revoke: Act,
}

/// The cards of a circle.
#[component]
pub fn Cards() -> impl IntoView {
    let params = use_params_map();
    let data = ask(move || CardCircle { id: params.read().get("id").unwrap_or_default() }, once);
    let acts = Acts {
        make: Act::of::<MakeCard>(),
        all: Act::of::<MakeMissingCards>(),
        revoke: Act::of::<RevokeCard>(),
    };
    view! { <Load data page=move |view| view! { <Page view acts/> }/> }
}

#[component]
fn Page(view: CircleView, acts: Acts) -> impl IntoView {
    let l = lang();
    let failed = [acts.make, acts.all, acts.revoke].into_iter().any(Act::failed);
    let failed = if failed { td_string!(l, common.error_prefix) } else { "" };
    let title = td_string!(l, cards.title);
    let (now, team) = (view.now, view.id);
    let have = view.doors.iter().filter(|door| door.card.is_some()).count();
    let doors = view.doors.len();
    let count = td_string!(l, cards.count, n = have, all = doors).to_string();
    let rows = view.doors.into_iter().map(|door| view! { <Door door team now acts/> });
    let rows = rows.collect_view();
    view! {
        <Title text=format!("{failed}{title} {} · {}", view.name, td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href=format!("/teams/{team}") words=view.name.clone()/>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{count}</p>
                </div>
                <Refused act=acts.make now/>
                <Refused act=acts.all now/>
                <Refused act=acts.revoke now/>
                {(have > 0)
                    .then(|| {
                        view! {
                            <a class="btn primary wide" href=format!("/teams/{team}/cards/print")>
                                {td_string!(l, cards.print_all)}
                            </a>
                        }
                    })}
                {(have < doors)
                    .then(|| {
                        view! {
                            <ActForm act=acts.all>
                                <input type="hidden" name="team" value=team.to_string()/>
                                <button class="btn second wide">{td_string!(l, cards.make_missing)}</button>
                            </ActForm>
                        }
                    })}
                <a class="btn second wide" href="/cards/said">{td_string!(l, cards.said_title)}</a>
                {(doors == 0).then(|| view! { <p class="notice soon"><Icon name="info"/><span>{td_string!(l, cards.no_doors)}</span></p> })}
                <ul class="card flush rows doors">{rows}</ul>
            </main>
        </div>
    }
}

/// One door: its card in a line, what can be done with it in the fold.
#[component]
fn Door(door: DoorLine, team: Uuid, now: Millis, acts: Acts) -> impl IntoView {
    let l = lang();
    let DoorLine { id, label, card } = door;
    let Some(card) = card else {
        return view! {
            <li class="part">
                <span class="grow"><b>{label}</b><span class="meta block">{td_string!(l, cards.none)}</span></span>
                <ActForm act=acts.make>
                    <input type="hidden" name="door" value=id.to_string()/>
                    <button class="btn second small">{td_string!(l, cards.make)}</button>
                </ActForm>
            </li>
        }
        .into_any();
    };
    let use_line = use_line(l, &card, now);
    let refused = refused_line(l, &card, now);
    view! {
        <li>
            <details class="door">
                <summary class="rowlink">
                    <span class="grow">
                        <b>{label}</b>
                        <span class="meta block" translate="no">{card.spoken.clone()}</span>
                        <span class="meta block">{use_line}</span>
                        {refused
                            .map(|words| {
                                view! { <span class="tag late"><Icon name="warn"/>{words}</span> }
                            })}
                    </span>
                    <Icon name="down" class="go"/>
                </summary>
                <div class="doing stack">
                    <a class="btn second wide" href=format!("/cards/{}/new", card.id)>
                        {td_string!(l, cards.file_title)}
                    </a>
                    <a class="btn second wide" href=format!("/teams/{team}/cards/print?only={}", card.id)>
                        {td_string!(l, cards.print_one)}
                    </a>
                    <ActForm act=acts.make>
                        <input type="hidden" name="door" value=id.to_string()/>
                        <button class="btn second wide">{td_string!(l, cards.replace)}</button>
                    </ActForm>
                    <p class="meta">{td_string!(l, cards.replace_hint)}</p>
                    <ActForm act=acts.revoke>
                        <input type="hidden" name="card" value=card.id.to_string()/>
                        <button class="btn quiet wide">{td_string!(l, cards.revoke)}</button>
                    </ActForm>
                </div>
            </details>
        </li>
    }
    .into_any()
}

/// Whether it was printed, when it was used, how often it asked.
fn use_line(l: Locale, card: &CardLine, now: Millis) -> String {
    match card.used {
        Some(used) => {
            let t = time::near(l, used, now);
            td_string!(l, cards.used, t = t.as_str(), n = card.filed).to_string()
        }
        None if card.printed => td_string!(l, cards.unused).to_owned(),
        None => td_string!(l, cards.unprinted).to_owned(),
    }
}

fn refused_line(l: Locale, card: &CardLine, now: Millis) -> Option<String> {
    let t = time::near(l, card.refused_at?, now);
    Some(td_string!(l, cards.refused, n = card.refused, t = t.as_str()).to_string())
}
