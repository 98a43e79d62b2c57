//! The links of a request: making one, showing it once, ending one.

use super::moves::{AskLinks as Ask, EndLink, LinkLine, LinksView, MakeLink};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        icon::Icon,
        load::{Load, ask, once},
        refused::Refused,
        square::square,
    },
    words::{lang, td_string, time},
};
use domain::Millis;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// The page of the links of one request.
#[component]
pub fn Share() -> impl IntoView {
    let (make, end) = (Act::of::<MakeLink>(), Act::of::<EndLink>());
    let params = use_params_map();
    let question = move || Ask { code: params.read().get("code").unwrap_or_default() };
    let data = ask(question, once);
    view! { <Load data page=move |view| view! { <Page view make end/> }/> }
}

#[component]
fn Page(view: LinksView, make: Act, end: Act) -> impl IntoView {
    let l = lang();
    let (title, now) = (td_string!(l, family.title), view.now);
    let (code, open) = (view.code.clone(), view.open);
    let none = view.links.is_empty();
    // Where a link has just been made, to send it is the one action of the page.
    let (class, words) = match view.fresh.is_some() {
        true => ("btn second wide", td_string!(l, family.again)),
        false => ("btn primary wide", td_string!(l, family.make)),
    };
    let back = td_string!(l, requests.code, code = code.as_str()).to_string();
    let rows = view.links.into_iter().map(|line| {
        view! { <Row line code=code.clone() now end/> }
    });
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href=format!("/requests/{}", view.code) words=back/>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{td_string!(l, family.hint)}</p>
                </div>
                <Refused act=make now/>
                <Refused act=end now/>
                {view.fresh.map(|address| view! { <Fresh address/> })}
                {(!open).then(|| view! { <p class="meta">{td_string!(l, family.over)}</p> })}
                {open
                    .then(|| {
                        view! {
                            <ActForm act=make>
                                <input type="hidden" name="code" value=view.code.clone()/>
                                <button class=class>{words}</button>
                            </ActForm>
                        }
                    })}
                <section class="section" aria-labelledby="links-h">
                    <div class="section-head"><h2 id="links-h">{td_string!(l, family.links)}</h2></div>
                    {none.then(|| view! { <p class="meta">{td_string!(l, family.none)}</p> })}
                    {(!none).then(|| view! { <ul class="card flush rows">{rows.collect_view()}</ul> })}
                </section>
            </main>
        </div>
    }
}

/// The address of a new link, to copy, and as a square for the phone beside this one. The script shows
/// the button; without it the field can be selected.
#[component]
fn Fresh(address: String) -> impl IntoView {
    let l = lang();
    view! {
        <section class="card stack" aria-labelledby="fresh-h">
            <p class="notice good" role="status">
                <Icon name="check"/>
                <span id="fresh-h">{td_string!(l, family.made)}</span>
            </p>
            <div class="field">
                <label for="fresh">{td_string!(l, family.address)}</label>
                <p class="hint" id="fresh-hint">{td_string!(l, family.once)}</p>
                <input
                    class="input"
                    id="fresh"
                    readonly
                    value=address.clone()
                    aria-describedby="fresh-hint"
                />
            </div>
            <button
                type="button"
                class="btn primary wide"
                hidden
                aria-live="polite"
                data-copy="fresh"
                data-copied=td_string!(l, family.copied)
            >
                {td_string!(l, family.copy)}
            </button>
            <div class="qr-box" role="img" aria-label=td_string!(l, cards.qr) inner_html=square(&address)></div>
        </section>
    }
}

#[component]
fn Row(line: LinkLine, code: String, now: Millis, end: Act) -> impl IntoView {
    let l = lang();
    let t = time::near(l, line.made, now);
    let made =
        td_string!(l, family.made_by, who = line.made_by.as_str(), t = t.as_str()).to_string();
    let used = match line.used {
        Some(at) => {
            let t = time::near(l, at, now);
            td_string!(l, family.used, t = t.as_str()).to_string()
        }
        None => td_string!(l, family.unused).to_owned(),
    };
    view! {
        <li class="rowlink">
            <span class="grow"><b>{made}</b><br/><span class="meta">{used}</span></span>
            <ActForm act=end>
                <input type="hidden" name="code" value=code/>
                <input type="hidden" name="id" value=line.id.to_string()/>
                <button class="btn quiet small">{td_string!(l, family.end)}</button>
            </ActForm>
        </li>
    }
}
