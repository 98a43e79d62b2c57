//! What no way took, for staff: try again, or give up.

use super::{
    moves::{AskUndelivered as Ask, DecideUndelivered, UndeliveredLine, UndeliveredView},
    words::{channel, topic, why},
};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        load::{Load, ask, once},
        refused::Refused,
    },
    words::{lang, td_string, time},
};
use domain::Millis;
use leptos::prelude::*;
use leptos_meta::Title;

/// The page of what was not delivered.
#[component]
pub fn Undelivered() -> impl IntoView {
    let decide = Act::of::<DecideUndelivered>();
    let data = ask(|| Ask {}, once);
    view! { <Load data page=move |view| view! { <Page view decide/> }/> }
}

#[component]
fn Page(view: UndeliveredView, decide: Act) -> impl IntoView {
    let l = lang();
    let (title, now) = (td_string!(l, ways.undelivered), view.now);
    let none = view.lines.is_empty();
    let rows = view.lines.into_iter().map(|line| view! { <Row line now decide/> });
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/desk" words=td_string!(l, common.desk)/>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{td_string!(l, ways.undelivered_hint)}</p>
                </div>
                <Refused act=decide now/>
                {none.then(|| view! { <p class="meta">{td_string!(l, ways.undelivered_none)}</p> })}
                {(!none).then(|| view! { <ul class="card flush rows">{rows.collect_view()}</ul> })}
            </main>
        </div>
    }
}

#[component]
fn Row(line: UndeliveredLine, now: Millis, decide: Act) -> impl IntoView {
    let l = lang();
    let (what, who, by) = (topic(l, line.topic), line.called.as_str(), channel(l, line.channel));
    let said = td_string!(l, ways.undelivered_line, what = what, who = who, by = by).to_string();
    let t = time::near(l, line.last, now);
    let tried = td_string!(l, ways.tried, n = line.tries, t = t.as_str()).to_string();
    let code = td_string!(l, requests.code, code = line.code.as_str()).to_string();
    let (id, same) = (line.id.to_string(), line.id.to_string());
    view! {
        <li class="part">
            <div class="grow">
                <p><b>{said}</b></p>
                <p class="meta">{format!("{} · {tried} · ", why(l, line.why))}
                    <a href=format!("/requests/{}", line.code)>{code}</a>
                </p>
                <div class="row wrap">
                    <ActForm act=decide>
                        <input type="hidden" name="id" value=id/>
                        <button class="btn second small" name="again" value="true">
                            {td_string!(l, ways.try_again)}
                        </button>
                    </ActForm>
                    <ActForm act=decide>
                        <input type="hidden" name="id" value=same/>
                        <button class="btn quiet small">{td_string!(l, ways.give_up)}</button>
                    </ActForm>
                </div>
            </div>
        </li>
    }
}
