//! What became of a file: counts, the first mistakes, and the rest of them as a file.

use super::api::{Report, ReportLine, ReportView, Stage};
use crate::{
    components::{
        bars::{BackBar, Skip},
        icon::Icon,
        load::{Load, ask, once},
    },
    words::{grouped, imports as words, lang, td_string},
};
use domain::imports::RowFault;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

/// What became of a file.
#[component]
pub fn ReportPage() -> impl IntoView {
    let params = use_params_map();
    let data = ask(move || Report { id: params.read().get("id").unwrap_or_default() }, once);
    view! { <Load data page=move |report| view! { <Page report/> }/> }
}

#[component]
fn Page(report: ReportView) -> impl IntoView {
    let l = lang();
    let ReportView { report, faults, .. } = report;
    let kind =
        if report.dry_run { td_string!(l, imports.dry) } else { td_string!(l, imports.real) };
    let title = format!("{} · {kind}", words::list(l, report.list));
    let waits = (report.stage == Stage::Running)
        .then(|| view! { <Meta http_equiv="refresh" content="3"/> });
    let counted = report.file_fault.is_none() && report.stage != Stage::Running;
    let (id, counts) = (report.id, report.counts);
    view! {
        {waits}
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/imports" words=td_string!(l, imports.title)/>
            <main id="main" class="stack">
                <div class="page-head"><h1>{title}</h1></div>
                <Verdict report/>
                {counted.then(|| view! { <Counts counts/> })}
                {(!faults.is_empty()).then(|| view! { <Faults id faults/> })}
                <p class="center">
                    <a class="btn second wide" href="/imports">{td_string!(l, imports.again)}</a>
                </p>
            </main>
        </div>
    }
}

#[component]
fn Verdict(report: ReportLine) -> impl IntoView {
    let l = lang();
    let (class, icon, words) = match (report.stage, report.file_fault) {
        (Stage::Running, _) => ("notice plain", "clock", td_string!(l, imports.running).to_owned()),
        (Stage::Done, _) if report.dry_run => {
            ("notice good", "check", td_string!(l, imports.done_dry).to_owned())
        }
        (Stage::Done, _) => ("notice good", "check", td_string!(l, imports.done).to_owned()),
        (Stage::Refused, Some(fault)) => ("notice late", "warn", words::file_fault(l, fault)),
        (Stage::Refused, None) => {
            let n = report.counts[3];
            ("notice late", "warn", td_string!(l, imports.refused, n = n).to_string())
        }
        (Stage::Failed, _) => ("notice late", "warn", td_string!(l, imports.failed).to_owned()),
    };
    view! {
        <p class=class role="status">
            <Icon name=icon/>
            <span>{words}</span>
        </p>
    }
}

#[component]
fn Counts(counts: [u32; 4]) -> impl IntoView {
    let l = lang();
    let [added, changed, same, faults] = counts;
    let stat = |k: &'static str, v: u32| {
        view! { <div class="stat"><dt>{k}</dt><dd>{grouped(v.into())}</dd></div> }
    };
    view! {
        <dl class="card stats">
            {stat(td_string!(l, imports.added), added)}
            {stat(td_string!(l, imports.changed), changed)}
            {stat(td_string!(l, imports.same), same)}
            {stat(td_string!(l, imports.faults), faults)}
        </dl>
    }
}

#[component]
fn Faults(id: Uuid, faults: Vec<RowFault>) -> impl IntoView {
    let l = lang();
    let n = faults.len();
    let rows = faults.into_iter().map(|fault| {
        view! {
            <li class="rowlink">
                <span class="grow">
                    <b>{td_string!(l, imports.row_n, n = fault.row).to_string()}</b>
                    " · "
                    {words::column(l, fault.column)}
                    <br/>
                    {words::cell_fault(l, fault.fault)}
                </span>
            </li>
        }
    });
    view! {
        <section class="section" aria-labelledby="faults-h">
            <div class="section-head">
                <h2 id="faults-h">{td_string!(l, imports.first_faults, n = n).to_string()}</h2>
            </div>
            <p>
                <a class="btn second small" href=format!("/imports/{id}/faults.csv") download="">
                    {td_string!(l, imports.all_faults)}
                </a>
            </p>
            <ol class="card flush rows">{rows.collect_view()}</ol>
        </section>
    }
}
