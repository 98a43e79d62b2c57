//! The page of lists: bringing in, taking out, templates, what was handed in last.

use super::{
    api::{Lists, ListsView, ReportLine, Stage},
    moves::NotTaken,
};
use crate::{
    components::{
        bars::{BackBar, Skip},
        icon::Icon,
        load::{Load, ask, once},
    },
    mount::{EXPORT, UPLOAD},
    words::{imports as words, lang, td_string, time},
};
use domain::{
    Millis,
    imports::{List, MOST_BYTES, MOST_ROWS},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// Lists in and out.
#[component]
pub fn ListsPage() -> impl IntoView {
    let data = ask(|| Lists {}, once);
    let no = use_query_map().read_untracked().get("no");
    let no = no.and_then(|word| NotTaken::ALL.into_iter().find(|one| one.key() == word));
    view! { <Load data page=move |lists| view! { <Page lists no/> }/> }
}

#[component]
fn Page(lists: ListsView, no: Option<NotTaken>) -> impl IntoView {
    let l = lang();
    let title = td_string!(l, imports.title);
    let ListsView { now, may_import, recent } = lists;
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/teams" words=td_string!(l, teams.title)/>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{title}</h1>
                    {may_import.then(|| view! { <p>{td_string!(l, imports.intro)}</p> })}
                </div>
                {no.map(|why| view! { <No why/> })}
                {may_import.then(|| view! { <BringIn/> })}
                <TakeOut/>
                {may_import.then(|| view! { <Templates/> })}
                {(!recent.is_empty()).then(|| view! { <Recent recent now/> })}
            </main>
        </div>
    }
}

#[component]
fn No(why: NotTaken) -> impl IntoView {
    let l = lang();
    let mb = MOST_BYTES >> 20;
    let words = match why {
        NotTaken::NoFile => td_string!(l, imports.no_file).to_owned(),
        NotTaken::NoList => td_string!(l, imports.choose_list).to_owned(),
        NotTaken::TooLarge => td_string!(l, imports.file_too_large, n = mb).to_string(),
        NotTaken::BrokenOff => td_string!(l, imports.file_damaged).to_owned(),
    };
    view! {
        <p class="notice late" role="alert">
            <Icon name="warn"/>
            <span>{words}</span>
        </p>
    }
}

#[component]
fn BringIn() -> impl IntoView {
    let l = lang();
    let (mb, n) = (MOST_BYTES >> 20, words::many(l, MOST_ROWS));
    let hint = td_string!(l, imports.file_hint, mb = mb, n = n.as_str()).to_string();
    view! {
        <section class="section" aria-labelledby="in-h">
            <div class="section-head"><h2 id="in-h">{td_string!(l, imports.bring_in)}</h2></div>
            <form
                method="post"
                action=UPLOAD
                enctype="multipart/form-data"
                class="card stack list-form"
            >
                <Which name="list" id="in"/>
                <div class="field">
                    <label for="file">{td_string!(l, imports.file)}</label>
                    <p class="hint" id="file-h">{hint}</p>
                    <input
                        class="input"
                        type="file"
                        id="file"
                        name="file"
                        accept=".csv,.xlsx,text/csv"
                        aria-describedby="file-h"
                    />
                </div>
                <button class="btn primary wide" name="dry_run" value="yes">
                    {td_string!(l, imports.try_first)}
                </button>
                <button class="btn second wide" name="dry_run" value="no">
                    {td_string!(l, imports.for_real)}
                </button>
            </form>
        </section>
    }
}

/// The four lists as tiles to choose from; people first, since they come most often.
#[component]
fn Which(name: &'static str, id: &'static str) -> impl IntoView {
    let l = lang();
    let order = [List::People, List::Households, List::Teams, List::Areas];
    let tiles = order.map(|list| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name=name
                    value=list.key()
                    checked=list == List::People
                />
                <Icon name=icon_of(list)/>
                <span>{words::list(l, list)}</span>
            </label>
        }
    });
    view! {
        <fieldset class="field" aria-labelledby=format!("{id}-which")>
            <legend id=format!("{id}-which")>{td_string!(l, imports.which)}</legend>
            <div class="choices two">{tiles.collect_view()}</div>
        </fieldset>
    }
}

const fn icon_of(list: List) -> &'static str {
    match list {
        List::Areas => "rings",
        List::Teams => "users",
        List::Households => "door",
        List::People => "me",
    }
}

#[component]
fn TakeOut() -> impl IntoView {
    let l = lang();
    let button = |format: &'static str, upper: &'static str| {
        let words = td_string!(l, imports.download, format = upper).to_string();
        view! { <button class="btn second" name="format" value=format>{words}</button> }
    };
    view! {
        <section class="section" aria-labelledby="out-h">
            <div class="section-head"><h2 id="out-h">{td_string!(l, imports.take_out)}</h2></div>
            <form method="post" action=EXPORT class="card stack list-form">
                <p class="hint">{td_string!(l, imports.export_hint)}</p>
                <Which name="list" id="out"/>
                <div class="row wrap">{button("xlsx", "XLSX")} {button("csv", "CSV")}</div>
            </form>
        </section>
    }
}

#[component]
fn Templates() -> impl IntoView {
    let l = lang();
    let lists = List::ALL.iter().rev().map(|&list| view! { <Template list/> });
    view! {
        <section class="section" aria-labelledby="templates-h">
            <div class="section-head">
                <h2 id="templates-h">{td_string!(l, imports.templates)}</h2>
            </div>
            <p class="hint">{td_string!(l, imports.template_hint)}</p>
            <div class="stack">{lists.collect_view()}</div>
        </section>
    }
}

#[component]
fn Template(list: List) -> impl IntoView {
    let l = lang();
    let name = words::list(l, list);
    let link = |format: &'static str, upper: &'static str| {
        let words = td_string!(l, imports.download, format = upper).to_string();
        let to = format!("/imports/templates/{}.{format}", list.key());
        // Of four such links each says whose it is.
        view! {
            <a class="btn second small" href=to download="">
                <span class="vh">{name} " "</span>
                {words}
            </a>
        }
    };
    let columns = list.columns().iter().map(|&column| {
        view! {
            <dt>
                <b>{words::column(l, column)}</b>
                " "
                <span class="meta">{words::needed(l, list, column)}</span>
            </dt>
            <dd>{words::hint(l, list, column)}</dd>
        }
    });
    view! {
        <div class="card stack">
            <h3>{name}</h3>
            <p class="row wrap">{link("xlsx", "XLSX")} {link("csv", "CSV")}</p>
            <details class="fold">
                <summary>
                    <span class="vh">{name} " "</span>
                    {td_string!(l, imports.columns)}
                    <Icon name="down"/>
                </summary>
                <dl class="columns">{columns.collect_view()}</dl>
            </details>
        </div>
    }
}

#[component]
fn Recent(recent: Vec<ReportLine>, now: Millis) -> impl IntoView {
    let l = lang();
    let rows = recent.into_iter().map(|one| {
        let who = one.who.unwrap_or_else(|| td_string!(l, imports.command_line).to_owned());
        let t = time::near(l, one.at, now);
        let by = td_string!(l, imports.by_who, who = who.as_str(), t = t.as_str()).to_string();
        let kind =
            if one.dry_run { td_string!(l, imports.dry) } else { td_string!(l, imports.real) };
        let (icon, class) = match one.stage {
            Stage::Running => ("clock", "icon"),
            Stage::Done => ("check", "icon"),
            Stage::Refused | Stage::Failed => ("warn", "icon"),
        };
        view! {
            <li>
                <a class="rowlink" href=format!("/imports/{}", one.id)>
                    <Icon name=icon class=class/>
                    <span class="grow">
                        <b>{words::list(l, one.list)}</b>
                        " "
                        {kind}
                        <br/>
                        <span class="meta">{by}</span>
                    </span>
                    <Icon name="go" class="go"/>
                </a>
            </li>
        }
    });
    view! {
        <section class="section" aria-labelledby="recent-h">
            <div class="section-head"><h2 id="recent-h">{td_string!(l, imports.recent)}</h2></div>
            <ul class="card flush rows">{rows.collect_view()}</ul>
        </section>
    }
}
