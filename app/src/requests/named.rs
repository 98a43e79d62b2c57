//! What others filed for the reader, with their phone: take it over, or say that it is not theirs.

use super::{
    api::{NamedRequests as Ask, NotMine},
    moves::TakeOverRequest,
    view::{NamedLine, NamedView},
};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        icon::{Icon, of_category, tile_of},
        load::{Load, ask, once},
        refused::Refused,
    },
    words::{self, lang, td_string, time},
};
use domain::Millis;
use leptos::prelude::*;
use leptos_meta::Title;

/// The page of what was filed for the reader.
#[component]
pub fn NamedRequests() -> impl IntoView {
    let (take, not) = (Act::of::<TakeOverRequest>(), Act::of::<NotMine>());
    let data = ask(|| Ask {}, once);
    view! { <Load data page=move |view| view! { <Page view take not/> }/> }
}

#[component]
fn Page(view: NamedView, take: Act, not: Act) -> impl IntoView {
    let l = lang();
    let title = td_string!(l, requests.named_title);
    let now = view.now;
    let hint = match view.lines.is_empty() {
        true => td_string!(l, requests.named_none),
        false => td_string!(l, requests.named_hint),
    };
    let lines = view.lines.into_iter().map(|line| view! { <Line line now take not/> });
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/mine" words=td_string!(l, common.tab_mine)/>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{hint}</p>
                </div>
                <Refused act=take now/>
                <Refused act=not now/>
                {lines.collect_view()}
            </main>
        </div>
    }
}

#[component]
fn Line(line: NamedLine, now: Millis, take: Act, not: Act) -> impl IntoView {
    let l = lang();
    let t = time::near(l, line.created, now);
    let (who, called) = (line.filed_by.as_str(), line.called.as_str());
    let words = td_string!(l, requests.named_line, who = who, called = called).to_string();
    let kind = words::category(l, line.category);
    let (taken, other) = (line.code.clone(), line.code.clone());
    view! {
        <section class="card stack">
            <div class="row top">
                <span class=tile_of(line.category)><Icon name=of_category(line.category)/></span>
                <div class="grow">
                    <h2 class="plain">{words}</h2>
                    <p class="meta">{format!("{kind} · {t}")}</p>
                </div>
            </div>
            <ActForm act=take>
                <input type="hidden" name="code" value=taken/>
                <button class="btn second wide">{td_string!(l, requests.take_over)}</button>
            </ActForm>
            <ActForm act=not>
                <input type="hidden" name="code" value=other/>
                <button class="btn quiet wide">{td_string!(l, requests.not_mine)}</button>
            </ActForm>
        </section>
    }
}
