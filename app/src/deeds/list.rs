//! The list of a village's deeds: counts, filter, each with who sees to it and by when; for those in
//! charge, listing and moving on.

use super::api::{AddDeed, AskDeeds, DeedLine, DeedsView, MoveDeed};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        deed_fields::{DeedFields, kind, state},
        field::ErrorSummary,
        icon::{Icon, Sign},
        load::{Load, ask, once},
        refused::Refused,
    },
    words::{Locale, lang, td_string, time},
};
use domain::{
    Millis,
    deeds::{DeedMove, DeedState},
    forms::FormErrors,
    requests::LONGEST_NOTE,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The page of a village's deeds.
#[component]
pub fn Deeds() -> impl IntoView {
    let query = use_query_map();
    let question = move || {
        let query = query.read();
        let of = |key| query.get(key).unwrap_or_default();
        AskDeeds { village: of("village"), state: of("state") }
    };
    let data = ask(question, once);
    let (add, go_on) = (Act::of::<AddDeed>(), Act::of::<MoveDeed>());
    view! { <Load data page=move |view| view! { <Page view add go_on/> }/> }
}

#[component]
fn Page(view: DeedsView, add: Act, go_on: Act) -> impl IntoView {
    let l = lang();
    let (title, now) = (td_string!(l, deeds.title), view.now);
    let failed =
        if add.failed() || go_on.failed() { td_string!(l, common.error_prefix) } else { "" };
    let errors = Signal::derive(move || {
        let all = [add, go_on].map(Act::faults);
        FormErrors(all.into_iter().flat_map(|faults| faults.0).collect())
    });
    let name = view.village.as_ref().map(|(_, name)| name.clone());
    let body = match view.village.clone() {
        Some((village, _)) => {
            view! { <List view=view.clone() village add go_on errors/> }.into_any()
        }
        None => view! { <p class="meta">{td_string!(l, deeds.pick)}</p> }.into_any(),
    };
    view! {
        <Title text=format!("{failed}{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/" words=td_string!(l, common.tab_board)/>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{name}</p>
                    <p class="meta">{td_string!(l, deeds.hint)}</p>
                </div>
                <ErrorSummary errors/>
                <Refused act=add now/>
                <Refused act=go_on now/>
                {body}
                <p class="center"><a class="more" href="/places?next=deeds">{td_string!(l, deeds.other_village)}</a></p>
            </main>
        </div>
    }
}

#[component]
fn List(
    view: DeedsView,
    village: i64,
    add: Act,
    go_on: Act,
    errors: Signal<FormErrors>,
) -> impl IntoView {
    let l = lang();
    let now = view.now;
    let all: i64 = view.counts.iter().map(|(_, count)| count).sum();
    let state_now = view.state;
    let chip = move |of: Option<DeedState>, words: &'static str, count: i64| {
        let query = of.map(|of| format!("&state={}", of.key())).unwrap_or_default();
        let href = format!("/deeds?village={village}{query}");
        let current = (state_now == of).then_some("true");
        view! { <a class="chip" href=href aria-current=current>{format!("{words} {count}")}</a> }
    };
    let whole = chip(None, td_string!(l, deeds.all), all);
    let each = view.counts.iter().map(|(of, count)| chip(Some(*of), state(l, *of), *count));
    let chips = each.collect_view();
    let none = view.lines.is_empty();
    let rows = view.lines.clone().into_iter().map(|line| view! { <Row line now go_on/> });
    let typed = view.typed.clone();
    let open = !typed.is_empty();
    view! {
        <nav class="chips wrap" aria-label=td_string!(l, deeds.filter)>
            {whole}
            {chips}
        </nav>
        {none.then(|| view! { <p class="meta">{td_string!(l, deeds.none)}</p> })}
        {(!none).then(|| view! { <ul class="card flush rows deeds">{rows.collect_view()}</ul> })}
        {view
            .keeps
            .then(|| {
                view! {
                    <details class="fold card" open=open>
                        <summary>{td_string!(l, deeds.add)}<Icon name="down"/></summary>
                        <ActForm act=add class="stack" novalidate=true>
                            <input type="hidden" name="village" value=village.to_string()/>
                            <DeedFields typed errors/>
                            <button class="btn primary wide">{td_string!(l, deeds.list_it)}</button>
                        </ActForm>
                    </details>
                }
            })}
    }
}

/// When it is due, or since when it is so.
fn when(l: Locale, line: &DeedLine, now: Millis) -> String {
    let day = match line.due {
        Some(due) if line.state != DeedState::Done => due,
        _ => line.since,
    };
    let t = time::day(l, day, now);
    let t = t.as_str();
    match (line.state, line.due) {
        (DeedState::Done, _) => td_string!(l, deeds.done_on, t = t).to_string(),
        (_, Some(_)) => td_string!(l, deeds.by_day, t = t).to_string(),
        (_, None) => td_string!(l, deeds.since, t = t).to_string(),
    }
}

#[component]
fn Row(line: DeedLine, now: Millis, go_on: Act) -> impl IntoView {
    let l = lang();
    let (sign, look) = match line.state {
        DeedState::Listed => ("s1", "wait"),
        DeedState::Doing => ("s4", "run"),
        DeedState::Done => ("s6", "done"),
        DeedState::LongTerm => ("s2", "stop"),
    };
    let facts = format!("{} · {} · {}", kind(l, line.kind), when(l, &line, now), line.owner);
    let moves = line.moves.clone();
    view! {
        <li class="rowlink">
            <span class="grow stack">
                <b>{line.words.clone()}</b>
                <span class="row wrap">
                    <span class=format!("status {look}")><Sign name=sign.to_owned()/>{state(l, line.state)}</span>
                    <span class="meta">{facts}</span>
                    {line.was_request.then(|| view! { <span class="tag lotus">{td_string!(l, deeds.was_request)}</span> })}
                </span>
                {line.said.clone().map(|said| view! { <span class="meta">{said}</span> })}
                {(!moves.is_empty()).then(|| view! { <Moves id=line.id.to_string() moves go_on/> })}
            </span>
        </li>
    }
}

#[component]
fn Moves(id: String, moves: Vec<DeedMove>, go_on: Act) -> impl IntoView {
    let l = lang();
    let buttons = moves.into_iter().map(|mv| {
        let words = match mv {
            DeedMove::Begin => td_string!(l, deeds.begin),
            DeedMove::Finish => td_string!(l, deeds.finish),
            DeedMove::Postpone => td_string!(l, deeds.postpone),
        };
        view! { <button class="btn second small" name="to" value=mv.key()>{words}</button> }
    });
    let buttons = buttons.collect_view();
    let field = format!("said-{id}");
    view! {
        <details class="fold">
            <summary>{td_string!(l, deeds.move_on)}<Icon name="down"/></summary>
            <ActForm act=go_on class="stack" novalidate=true>
                <input type="hidden" name="id" value=id/>
                <div class="field">
                    <label for=field.clone()>{td_string!(l, deeds.said)}</label>
                    <input class="input" id=field name="said" maxlength=LONGEST_NOTE.to_string() autocomplete="off"/>
                </div>
                <div class="row wrap">{buttons}</div>
            </ActForm>
        </details>
    }
}
