//! Parts of the organisation's pages: filter, counts, history, the typed reason.

use super::{
    api::{Counts, EventLine},
    words,
};
use crate::{
    components::icon::Icon,
    kept::Fields,
    words::{Locale, captain, escaped_on_server, grouped, lang, td_string, time},
};
use domain::{Millis, organisation::Why};
use leptos::prelude::*;

/// As many rows stand on a page before a filter helps.
const MANY: usize = 8;
/// As many rows are shown at most; the filter finds the others.
pub const MOST: usize = 100;

/// What was typed into a field, if anything.
pub fn typed(fields: &Fields, name: &str) -> Option<String> {
    fields.get(name).cloned()
}

/// Those whose names hold the filter's words.
pub fn filtered<T>(all: Vec<T>, words: &str, name: impl Fn(&T) -> &str) -> Vec<T> {
    all.into_iter().filter(|one| name(one).contains(words.trim())).collect()
}

/// Finds some of many by a part of their name: a plain form, for names of places and teams.
#[component]
pub fn Filter(
    /// What is looked for now.
    words: String,
    /// How many there are.
    all: usize,
) -> impl IntoView {
    let l = lang();
    (all > MANY || !words.is_empty()).then(|| {
        view! {
            <form method="get" role="search" class="with-btn gap">
                <label class="vh" for="q">{td_string!(l, organisation.filter)}</label>
                <input
                    class="input"
                    id="q"
                    name="q"
                    value=words
                    maxlength="30"
                    autocomplete="off"
                    placeholder=td_string!(l, organisation.filter)
                />
                <button class="btn second">{td_string!(l, organisation.find)}</button>
            </form>
        }
    })
}

/// A captain, or that there is none.
#[component]
pub fn Lead(
    /// The captain's surname.
    surname: Option<String>,
) -> impl IntoView {
    let l = lang();
    match surname {
        Some(surname) => view! { <span>{captain(l, &surname)}</span> }.into_any(),
        None => {
            view! { <span class="tag today">{td_string!(l, organisation.vacant)}</span> }.into_any()
        }
    }
}

/// Figures, those that are not nothing; of people with the word for who is counted.
fn figures(l: Locale, counts: &Counts, people: &'static str) -> Vec<(&'static str, String)> {
    let all = [
        (td_string!(l, organisation.areas), counts.areas),
        (td_string!(l, organisation.teams), counts.teams),
        (td_string!(l, organisation.doors), counts.doors),
        (people, counts.people),
        (td_string!(l, organisation.running), counts.running),
        (td_string!(l, organisation.ended), counts.ended),
    ];
    let some = all.into_iter().filter(|(_, count)| *count > 0);
    some.map(|(word, count)| (word, grouped(count))).collect()
}

/// How much is in something.
#[component]
pub fn Figures(
    /// How much.
    counts: Counts,
) -> impl IntoView {
    let l = lang();
    let figures = figures(l, &counts, td_string!(l, organisation.people));
    (!figures.is_empty()).then(|| {
        let cells = figures.into_iter().map(|(word, count)| {
            view! { <div class="stat"><dt>{word}</dt><dd>{count}</dd></div> }
        });
        view! { <dl class="card stats">{cells.collect_view()}</dl> }
    })
}

/// The same in one sentence: 门牌 48、住这儿的人 312.
pub fn sentence(l: Locale, counts: &Counts) -> String {
    joined(l, figures(l, counts, td_string!(l, organisation.people)))
}

/// What is in the way, in one sentence. Its people are who lives right here and who is or wants to be a
/// member; the figures of the page count who lives here and below.
pub fn in_the_way(l: Locale, held: &Counts) -> String {
    joined(l, figures(l, held, td_string!(l, organisation.people_held)))
}

fn joined(l: Locale, figures: Vec<(&'static str, String)>) -> String {
    let comma = if l == Locale::en { ", " } else { "、" };
    let parts = figures.into_iter().map(|(word, count)| format!("{word}\u{a0}{count}"));
    parts.collect::<Vec<_>>().join(comma)
}

/// Why it is done, and a word more.
#[component]
pub fn WhyFields(
    /// What was typed before.
    typed: Fields,
) -> impl IntoView {
    let l = lang();
    let before = self::typed(&typed, "why").unwrap_or_default();
    let note = self::typed(&typed, "note").unwrap_or_default();
    let choices = Why::ALL.iter().map(|&why| {
        view! {
            <label class="choice">
                <input type="radio" name="why" value=why.key() checked=why.key() == before/>
                <span>{words::why(l, why)}</span>
            </label>
        }
    });
    view! {
        <fieldset class="field">
            <legend>{td_string!(l, organisation.why)}</legend>
            <div class="choices">{choices.collect_view()}</div>
        </fieldset>
        <div class="field">
            <label for="note">{td_string!(l, organisation.note)}</label>
            <p class="hint" id="note-h">{td_string!(l, organisation.note_hint)}</p>
            <textarea class="textarea short" id="note" name="note" maxlength="300" aria-describedby="note-h">
                {escaped_on_server(&note)}
            </textarea>
        </div>
    }
}

/// What happened to it, the newest first.
#[component]
pub fn Events(
    /// The changes.
    events: Vec<EventLine>,
    /// The present moment.
    now: Millis,
) -> impl IntoView {
    let l = lang();
    (!events.is_empty()).then(|| {
        let rows = events.into_iter().map(|event| view! { <Happened event now/> });
        view! {
            <section class="section" aria-labelledby="events-h">
                <div class="section-head"><h2 id="events-h">{td_string!(l, organisation.history)}</h2></div>
                <ul class="card flush rows">{rows.collect_view()}</ul>
            </section>
        }
    })
}

#[component]
fn Happened(event: EventLine, now: Millis) -> impl IntoView {
    let l = lang();
    let what = words::happened(l, &event.what);
    let mut line = format!("{} · {what}", event.name.unwrap_or_default());
    if let Some(went) = event.went {
        line += &format!(" → {went}");
    }
    if let Some(detail) = event.detail.filter(|_| event.what != "add" && event.what != "point") {
        line += &words::aside(l, &detail);
    }
    let why = event.why.map(|why| format!(" · {}", words::why(l, why))).unwrap_or_default();
    let note = event.note.map(|note| format!(" · {note}")).unwrap_or_default();
    let when = time::near(l, event.at, now);
    view! {
        <li class="rowlink">
            <span class="grow">
                <span class="block">{line}</span>
                <span class="meta">{when} " · " {event.who} {why} {note}</span>
            </span>
        </li>
    }
}

/// A row that leads on: a name, a line under it, and what stands at its end.
#[component]
pub fn Row(
    /// Where it leads.
    href: String,
    /// Its name.
    name: String,
    /// A line under it.
    #[prop(optional, into)]
    note: String,
    /// What stands at its end.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <li>
            <a class="rowlink" href=href>
                <span class="grow">
                    <span class="block">{name}</span>
                    {(!note.is_empty()).then(|| view! { <span class="meta">{parted(&note)}</span> })}
                </span>
                <span class="val">{children.map(|children| children())}</span>
                <Icon name="go" class="go"/>
            </a>
        </li>
    }
}

/// The parts of a line under a name: it breaks between them, and inside one only where that has no room
/// on a line.
fn parted(note: &str) -> impl IntoView + use<> {
    let parts = note.split(" · ").enumerate().map(|(at, part)| {
        let dot = (at > 0).then_some(" · ");
        view! { {dot} <span class="bit">{part.to_owned()}</span> }
    });
    parts.collect_view()
}

/// What is no longer there, and where it went.
#[component]
pub fn Gone(
    /// It is still there.
    open: bool,
    /// What it was merged into: its address and name.
    survivor: Option<(String, String)>,
) -> impl IntoView {
    let l = lang();
    (!open).then(|| {
        let words = match survivor {
            Some((href, name)) => view! {
                <span>{td_string!(l, organisation.gone_into)} <a href=href>{name}</a></span>
            }
            .into_any(),
            None => view! { <span>{td_string!(l, organisation.gone)}</span> }.into_any(),
        };
        view! { <p class="notice soon"><Icon name="info"/>{words}</p> }
    })
}
