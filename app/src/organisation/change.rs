//! A change before it is confirmed: where it goes, what follows or is in the way, why; then one button.

pub mod reading;

use self::reading::Change as Ask;
use super::{
    api::{ChangeView, Counts},
    moves::{
        AddArea, AddTeam, CloseArea, CloseTeam, MergeArea, MergeTeam, MoveArea, MoveTeam,
        RenameArea, RenameTeam,
    },
    parts::{Filter, MOST, Row, WhyFields, filtered, in_the_way, sentence, typed},
    words,
};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        field::{ErrorSummary, TextField},
        icon::Icon,
        load::{Load, ask, once},
        refused::{Refused, to_proof},
    },
    words::{Locale, lang, td_string},
};
use domain::{
    areas::AreaKind,
    forms::Field,
    organisation::{Kind, Verb},
    teams::TeamKind,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The verb of an area's page, and of a team's.
fn act(verb: Verb, is_area: bool) -> Act {
    match (verb, is_area) {
        (Verb::Add, true) => Act::of::<AddArea>(),
        (Verb::Add, false) => Act::of::<AddTeam>(),
        (Verb::Rename, true) => Act::of::<RenameArea>(),
        (Verb::Rename, false) => Act::of::<RenameTeam>(),
        (Verb::Move, true) => Act::of::<MoveArea>(),
        (Verb::Move, false) => Act::of::<MoveTeam>(),
        (Verb::Merge, true) => Act::of::<MergeArea>(),
        (Verb::Merge, false) => Act::of::<MergeTeam>(),
        (Verb::Close | Verb::Circle, true) => Act::of::<CloseArea>(),
        (Verb::Close | Verb::Circle, false) => Act::of::<CloseTeam>(),
    }
}

/// The page of a change of an area.
#[component]
pub fn ChangeOfArea() -> impl IntoView {
    page_of("areas", "area")
}

/// The page of a change of a team.
#[component]
pub fn ChangeOfTeam() -> impl IntoView {
    page_of("teams", "id")
}

fn page_of(of: &'static str, key: &'static str) -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let param = move |name: &str| params.read().get(name).unwrap_or_default();
    let asked = move |name: &str| query.read().get(name).unwrap_or_default();
    let question = move || Ask {
        of: of.to_owned(),
        id: param(key),
        verb: param("verb"),
        to: asked("to"),
        within: asked("within"),
    };
    let data = ask(question, once);
    let verb = Verb::from_key(&param("verb")).unwrap_or(Verb::Close);
    let act = act(verb, of == "areas");
    let looked_for = move || (asked("q"), asked("within"));
    view! { <Load data page=move |view| view! { <Page view act looked_for=looked_for()/> }/> }
}

/// What the page is about: 撤并 荷花村.
fn title(l: Locale, view: &ChangeView) -> String {
    let verb = match (view.verb, &view.chosen) {
        (Verb::Add, Some((kind, _))) => words::add(l, kind_of(view.is_area, kind)),
        (verb, _) => words::verb(l, verb).to_owned(),
    };
    format!("{verb} · {}", view.name)
}

fn kind_of(is_area: bool, key: &str) -> Kind {
    match is_area {
        true => Kind::Area(AreaKind::from_key(key).unwrap_or(AreaKind::Village)),
        false => Kind::Team(TeamKind::from_key(key).unwrap_or(TeamKind::Squad)),
    }
}

#[component]
fn Page(view: ChangeView, act: Act, looked_for: (String, String)) -> impl IntoView {
    let l = lang();
    let title = title(l, &view);
    let folder = if view.is_area { "areas" } else { "teams" };
    let here = format!("/organisation/{folder}/{}", view.of);
    let failed = if act.failed() { td_string!(l, common.error_prefix) } else { "" };
    let must_choose = matches!(view.verb, Verb::Move | Verb::Merge) && view.chosen.is_none();
    let body = match must_choose {
        true => view! { <Choose view=view.clone() here=here.clone() looked_for/> }.into_any(),
        false => view! { <Confirm view=view.clone() act/> }.into_any(),
    };
    view! {
        <Title text=format!("{failed}{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page organisation">
            <BackBar href=here words=view.name.clone()/>
            <main id="main" class="stack">
                <div class="page-head"><h1>{title}</h1></div>
                <ErrorSummary errors=Signal::derive(move || act.faults())/>
                <Refused act/>
                {body}
            </main>
        </div>
    }
}

/// Where it may go.
#[component]
fn Choose(view: ChangeView, here: String, looked_for: (String, String)) -> impl IntoView {
    let l = lang();
    let (words, within) = looked_for;
    let path = format!("{here}/{}", view.verb.key());
    let all = view.choices.len();
    let choices = filtered(view.choices, &words, |(_, name)| name);
    let none = choices.is_empty();
    let rows = choices.into_iter().take(MOST).map(|(id, name)| {
        view! { <Row href=format!("{path}?to={id}") name/> }
    });
    let townships = view.elsewhere.into_iter().map(|(id, name)| {
        let current = (id.to_string() == within).then_some("true");
        view! { <li><a class="chip" href=format!("{path}?within={id}") aria-current=current>{name}</a></li> }
    });
    let elsewhere = townships.collect::<Vec<_>>();
    let hint = match view.verb {
        Verb::Merge => td_string!(l, organisation.merge_hint),
        _ => td_string!(l, organisation.move_hint),
    };
    view! {
        <p class="meta">{hint}</p>
        {(!elsewhere.is_empty())
            .then(|| {
                view! {
                    <details class="fold card">
                        <summary>{td_string!(l, organisation.other_township)}<Icon name="down"/></summary>
                        <ul class="townships">{elsewhere}</ul>
                    </details>
                }
            })}
        <section aria-labelledby="choose-h">
            <h2 id="choose-h" class="section-title">{td_string!(l, organisation.where_to)}</h2>
            <Filter words all/>
            {none.then(|| view! { <p class="meta">{td_string!(l, organisation.nowhere)}</p> })}
            <ul class="card flush rows">{rows.collect_view()}</ul>
        </section>
    }
}

/// What follows, or is in the way; why; and the button.
#[component]
fn Confirm(view: ChangeView, act: Act) -> impl IntoView {
    let l = lang();
    let dangerous = matches!(view.verb, Verb::Move | Verb::Merge | Verb::Close);
    let blocked = !view.held.is_nothing();
    let preview = view! { <Preview view=view.clone()/> };
    let form = match (blocked, dangerous && !view.fresh) {
        (true, _) => view! { <First view=view.clone()/> }.into_any(),
        (false, true) => view! {
            <p class="notice soon">
                <Icon name="lock"/>
                <span>{td_string!(l, organisation.proof_first)}</span>
            </p>
            <a class="btn primary wide" href=to_proof()>{td_string!(l, security.prove)}</a>
        }
        .into_any(),
        (false, false) => view! { <Form view act/> }.into_any(),
    };
    view! { {preview} {form} }
}

/// Where what is in the way can be moved first, or merged with all the rest.
#[component]
fn First(view: ChangeView) -> impl IntoView {
    let l = lang();
    let folder = if view.is_area { "areas" } else { "teams" };
    let here = format!("/organisation/{folder}/{}", view.of);
    let merge = view.may_merge.then(|| {
        let to = format!("{here}/{}", Verb::Merge.key());
        view! { <a class="btn second wide" href=to>{words::verb(l, Verb::Merge)}</a> }
    });
    view! {
        <a class="btn second wide" href=here>{td_string!(l, organisation.look_inside)}</a>
        {merge}
    }
}

/// In words, before anybody presses anything.
#[component]
fn Preview(view: ChangeView) -> impl IntoView {
    let l = lang();
    let into = view.chosen.as_ref().map(|(_, name)| name.clone()).unwrap_or_default();
    let all = sentence(l, &Counts { posts: 0, ..view.counts });
    let lines: Vec<String> = match view.verb {
        Verb::Merge => vec![
            td_string!(l, organisation.merges, name = view.name.as_str(), into = into.as_str())
                .to_string(),
            follows(l, &all),
            td_string!(l, organisation.posts_end, n = view.counts.posts).to_string(),
            td_string!(l, organisation.merge_stays, name = view.name.as_str()).to_string(),
        ],
        Verb::Move => vec![
            td_string!(l, organisation.moves, name = view.name.as_str(), into = into.as_str())
                .to_string(),
            follows(l, &all),
        ],
        Verb::Close if view.held.is_nothing() => vec![
            td_string!(l, organisation.closes, name = view.name.as_str()).to_string(),
            td_string!(l, organisation.posts_end, n = view.counts.posts).to_string(),
        ],
        Verb::Close => {
            let held = in_the_way(l, &view.held);
            let first = if view.held.ended > 0 {
                td_string!(l, organisation.has_history)
            } else {
                td_string!(l, organisation.first_move)
            };
            vec![
                td_string!(l, organisation.still_there, all = held.as_str()).to_string(),
                first.to_owned(),
            ]
        }
        Verb::Add | Verb::Rename | Verb::Circle => vec![],
    };
    let merges = view.verb == Verb::Merge;
    let (class, icon) = match (view.held.is_nothing(), merges) {
        (false, _) => ("notice late", "info"),
        (true, true) => ("notice soon", "warn"),
        (true, false) => ("notice", "info"),
    };
    (!lines.is_empty()).then(|| {
        // What cannot be taken back is said first.
        let first = merges.then(|| {
            view! { <b class="block">{td_string!(l, organisation.no_way_back)}</b> }
        });
        let rows = lines.into_iter().map(|line| view! { <span class="block">{line}</span> });
        view! { <p class=class id="preview"><Icon name=icon/><span>{first} {rows.collect_view()}</span></p> }
    })
}

fn follows(l: Locale, all: &str) -> String {
    match all.is_empty() {
        true => td_string!(l, organisation.nothing_follows).to_owned(),
        false => td_string!(l, organisation.follows, all = all).to_string(),
    }
}

/// The form that confirms it.
#[component]
fn Form(view: ChangeView, act: Act) -> impl IntoView {
    let l = lang();
    let errors = Signal::derive(move || act.faults());
    let key = if view.is_area { "area" } else { "team" };
    let key = if view.verb == Verb::Add { "parent" } else { key };
    let chosen = view.chosen.clone().map(|(key, _)| {
        let name = if view.verb == Verb::Add { "kind" } else { "to" };
        view! { <input type="hidden" name=name value=key/> }
    });
    let named = matches!(view.verb, Verb::Add | Verb::Rename);
    let coded = view.verb == Verb::Add && view.is_area;
    let before = if view.verb == Verb::Rename { view.name.clone() } else { String::new() };
    let hint = match (view.verb, view.is_area) {
        (Verb::Add, false) => td_string!(l, organisation.name_hint),
        _ => "",
    };
    let name = typed(&view.typed, "name").unwrap_or(before);
    let code = typed(&view.typed, "code").unwrap_or_default();
    let button = match (view.verb, &view.chosen) {
        (Verb::Merge, Some((_, name))) => {
            td_string!(l, organisation.merge_into, into = name.as_str()).to_string()
        }
        (Verb::Move, Some((_, name))) => {
            td_string!(l, organisation.move_to, into = name.as_str()).to_string()
        }
        (verb, _) => words::verb(l, verb).to_owned(),
    };
    view! {
        <ActForm act class="stack" novalidate=true>
            <input type="hidden" name=key value=view.of.clone()/>
            {chosen}
            {named
                .then(|| {
                    view! { <TextField field=Field::Name name="name" label=td_string!(l, organisation.name) hint value=name errors maxlength="40"/> }
                })}
            {coded
                .then(|| {
                    view! {
                        <TextField
                            field=Field::AreaCode
                            name="code"
                            label=td_string!(l, organisation.code)
                            hint=td_string!(l, organisation.code_hint)
                            value=code
                            errors
                            kind="tel"
                            maxlength="16"
                        />
                    }
                })}
            {(!named).then(|| view! { <WhyFields typed=view.typed.clone()/> })}
            <button class="btn primary wide">{button}</button>
        </ActForm>
    }
}
