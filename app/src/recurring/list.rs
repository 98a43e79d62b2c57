//! What comes again for the reader: when next, pause, go on, end.

use super::api::{AskRecurring, EndSeries, PauseSeries, RecurringView, ResumeSeries, SeriesLine};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        icon::{Icon, of_category, tile_of},
        load::{Load, ask, once},
        refused::Refused,
    },
    words::{self, lang, recurring, td_string, time},
};
use domain::{Millis, requests::recurring::SeriesState};
use leptos::prelude::*;
use leptos_meta::Title;

/// The page of what comes again.
#[component]
pub fn Recurring() -> impl IntoView {
    let acts = (Act::of::<PauseSeries>(), Act::of::<ResumeSeries>(), Act::of::<EndSeries>());
    let data = ask(|| AskRecurring {}, once);
    view! { <Load data page=move |view| view! { <Page view acts/> }/> }
}

#[component]
fn Page(view: RecurringView, acts: (Act, Act, Act)) -> impl IntoView {
    let l = lang();
    let (pause, resume, end) = acts;
    let (title, now) = (td_string!(l, recurring.title), view.now);
    let none = view.lines.is_empty();
    let rows = view.lines.into_iter().map(|line| view! { <Row line now acts/> });
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/mine" words=td_string!(l, common.tab_mine)/>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{td_string!(l, recurring.hint)}</p>
                </div>
                <Refused act=pause now/>
                <Refused act=resume now/>
                <Refused act=end now/>
                {none.then(|| view! { <p class="meta">{td_string!(l, recurring.none)}</p> })}
                <ul class="req-list">{rows.collect_view()}</ul>
            </main>
        </div>
    }
}

#[component]
fn Row(line: SeriesLine, now: Millis, acts: (Act, Act, Act)) -> impl IntoView {
    let l = lang();
    let (pause, resume, end) = acts;
    let t = time::day(l, line.next, now);
    let next = td_string!(l, recurring.next, t = t.as_str()).to_string();
    let why = match line.why.as_deref() {
        Some("declined") => Some(td_string!(l, recurring.why_declined)),
        Some("may_not") => Some(td_string!(l, recurring.why_may_not)),
        _ => None,
    };
    let goes_on = line.state == SeriesState::Active;
    let rule = recurring::repeats(l, &line.repeats);
    let tile = line.category.map(|kind| {
        view! { <span class=tile_of(kind)><Icon name=of_category(kind)/></span> }
    });
    let heading =
        line.headline.clone().or(line.category.map(|kind| words::category(l, kind).to_owned()));
    let state = recurring::state(l, line.state);
    let facts = if goes_on { format!("{state} · {next}") } else { state.to_owned() };
    let last = line.last.clone().map(|code| {
        view! { <a class="btn second" href=format!("/requests/{code}")>{td_string!(l, recurring.last)}</a> }
    });
    let button = move |act: Act, words: &'static str, class: &'static str| {
        view! {
            <ActForm act=act>
                <input type="hidden" name="id" value=line.id.to_string()/>
                <button class=class>{words}</button>
            </ActForm>
        }
    };
    let buttons = match line.state {
        SeriesState::Active => Some((
            button(pause, td_string!(l, recurring.pause), "btn second"),
            button(end, td_string!(l, recurring.end), "btn quiet"),
        )),
        SeriesState::Paused => Some((
            button(resume, td_string!(l, recurring.resume), "btn primary"),
            button(end, td_string!(l, recurring.end), "btn quiet"),
        )),
        SeriesState::Ended => None,
    };
    view! {
        <li class="card stack">
            <div class="row top">
                {tile}
                <div class="grow">
                    <p><b>{heading}</b></p>
                    <p class="row wrap tags"><span class="tag lotus">{rule}</span> <span class="meta">{facts}</span></p>
                    {why.map(|words| view! { <p class="notice soon"><Icon name="info"/><span>{words}</span></p> })}
                </div>
            </div>
            <div class="row wrap">{last} {buttons.map(|(one, two)| view! { {one} {two} })}</div>
        </li>
    }
}
