//! The numbers of the centre: how long each step may take, when the clock stands still.

use super::{
    api::{NumberLine, Numbers as Ask, NumbersView, SetLine},
    moves::SetNumbers,
};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        field::{ErrorSummary, TextField},
        icon::Icon,
        load::{Load, ask, once},
        refused::Refused,
    },
    words::{clock as said, lang, td_string, time},
};
use domain::{Millis, forms::Field, requests::deadlines::Number};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The page of the numbers.
#[component]
pub fn Numbers() -> impl IntoView {
    let set = Act::of::<SetNumbers>();
    let data = ask(|| Ask {}, once);
    view! { <Load data page=move |view| view! { <Page view set/> }/> }
}

#[component]
fn Page(view: NumbersView, set: Act) -> impl IntoView {
    let l = lang();
    let (title, now) = (td_string!(l, clock.numbers), view.now);
    let failed = if set.failed() { td_string!(l, common.error_prefix) } else { "" };
    let saved = use_query_map().read_untracked().get("saved").map(|saved| {
        let words =
            if saved == "0" { td_string!(l, clock.same) } else { td_string!(l, clock.saved) };
        view! {
            <p class="notice good" role="status">
                <Icon name="check"/>
                <span>{words}</span>
            </p>
        }
    });
    let errors = Signal::derive(move || set.faults());
    let groups = groups(view.lines).into_iter().map(|(heading, lines)| {
        view! { <Group heading lines/> }
    });
    view! {
        <Title text=format!("{failed}{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/desk" words=td_string!(l, common.desk)/>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{td_string!(l, clock.numbers_hint)}</p>
                </div>
                {saved}
                <ErrorSummary errors/>
                <Refused act=set now/>
                <ActForm act=set class="stack" novalidate=true>
                    <div id="number" class="stack" tabindex="-1">{groups.collect_view()}</div>
                    <TextField
                        field=Field::From
                        name="from"
                        label=td_string!(l, clock.from)
                        hint=td_string!(l, clock.from_hint)
                        value=view.from
                        errors
                        maxlength="12"
                    />
                    <button class="btn primary wide">{td_string!(l, clock.save)}</button>
                </ActForm>
                <History history=view.history now/>
            </main>
        </div>
    }
}

/// The numbers of one step together; the hours of the day at the end.
fn groups(lines: Vec<NumberLine>) -> Vec<(&'static str, Vec<NumberLine>)> {
    let l = lang();
    let mut groups: Vec<(&'static str, Vec<NumberLine>)> = vec![];
    for line in lines {
        let heading = match said::urgency_of(l, line.number) {
            "" => td_string!(l, clock.day),
            _ => said::number(l, line.number),
        };
        match groups.iter_mut().find(|(known, _)| *known == heading) {
            Some((_, lines)) => lines.push(line),
            None => groups.push((heading, vec![line])),
        }
    }
    groups
}

#[component]
fn Group(heading: &'static str, lines: Vec<NumberLine>) -> impl IntoView {
    let fields = lines.into_iter().map(|line| view! { <NumberField line/> });
    view! {
        <section class="card" aria-label=heading>
            <h2 class="plain">{heading}</h2>
            <div class="pair">{fields.collect_view()}</div>
        </section>
    }
}

/// One number with its unit; what is wrong with it stands above it.
#[component]
fn NumberField(line: NumberLine) -> impl IntoView {
    let l = lang();
    let NumberLine { number, value, was, now, wrong } = line;
    let key = number.key();
    let (least, most) = number.bounds();
    let unit = said::unit(l, number.unit());
    let label = match said::urgency_of(l, number) {
        "" => said::number(l, number),
        words => words,
    };
    let mut hint = td_string!(l, clock.between, u = unit, a = least, b = most).to_string();
    if let Some(now) = now {
        hint += &td_string!(l, clock.now_is, n = now.as_str()).to_string();
    }
    let fault = wrong.then(|| {
        let words = td_string!(l, faults.out_of_range, a = least, b = most).to_string();
        view! {
            <p class="err" id=format!("{key}-e")>
                <Icon name="warn"/>
                <span>{words}</span>
            </p>
        }
    });
    view! {
        <div class=if wrong { "field bad" } else { "field" }>
            <label for=key>{label}</label>
            <p class="hint" id=format!("{key}-h")>{hint}</p>
            {fault}
            <input type="hidden" name=format!("was[{key}]") value=was/>
            <input
                class="input num"
                id=key
                name=format!("numbers[{key}]")
                inputmode="numeric"
                autocomplete="off"
                maxlength="4"
                value=value
                aria-describedby=if wrong { format!("{key}-h {key}-e") } else { format!("{key}-h") }
                aria-invalid=wrong.then_some("true")
            />
        </div>
    }
}

/// What was changed, by whom, from when.
#[component]
fn History(history: Vec<SetLine>, now: Millis) -> impl IntoView {
    let l = lang();
    let none = history.is_empty();
    let rows = history.into_iter().map(|one| {
        let value = format!("{} {}", one.value, said::unit(l, one.number.unit()));
        let name = name_of(one.number);
        let line = td_string!(l, clock.set_line, n = name.as_str(), v = value.as_str()).to_string();
        let (a, b) = (time::near(l, one.set_at, now), time::day(l, one.since, now));
        let (who, a, b) = (one.by.as_str(), a.as_str(), b.as_str());
        let by = td_string!(l, clock.set_by, who = who, a = a, b = b).to_string();
        view! {
            <li class="rowlink">
                <span class="grow"><b>{line}</b><br/><span class="meta">{by}</span></span>
            </li>
        }
    });
    view! {
        <section class="section" aria-labelledby="history-h">
            <div class="section-head"><h2 id="history-h">{td_string!(l, clock.history)}</h2></div>
            {none.then(|| view! { <p class="meta">{td_string!(l, clock.history_none)}</p> })}
            {(!none).then(|| view! { <ul class="card flush rows">{rows.collect_view()}</ul> })}
        </section>
    }
}

/// 队长受理 · 紧急.
fn name_of(number: Number) -> String {
    let l = lang();
    match said::urgency_of(l, number) {
        "" => said::number(l, number).to_owned(),
        urgency => format!("{} · {urgency}", said::number(l, number)),
    }
}
