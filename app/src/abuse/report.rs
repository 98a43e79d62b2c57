//! The form to report something of a request.

use super::api::{ReadReportForm as Ask, ReportForm, SendReport};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        field::ErrorSummary,
        icon::Icon,
        load::{Load, ask, once},
        plain_form::{AreaField, ChoiceField},
        refused::Refused,
    },
    words::{lang, refused, rights as words, td_string},
};
use domain::{
    Refusal,
    abuse::{Hindrance, LONGEST_WORDS, ReportReason},
    forms::Field,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// The page to report something.
#[component]
pub fn Report() -> impl IntoView {
    let params = use_params_map();
    let data = ask(move || Ask { code: params.read().get("code").unwrap_or_default() }, once);
    let send = Act::of::<SendReport>();
    view! { <Load data page=move |form| view! { <Page form send/> }/> }
}

#[component]
fn Page(form: ReportForm, send: Act) -> impl IntoView {
    let l = lang();
    let now = form.now;
    let title = td_string!(l, abuse.report_title);
    let back = format!("/requests/{}", form.code);
    let end = td_string!(l, requests.code, code = form.code.as_str()).to_string();
    let nobody = form.targets.is_empty().then(|| {
        let refusal = Refusal::Abuse(Hindrance::Oneself);
        view! { <p class="meta">{refused::refusal(l, &refusal, now)}</p> }
    });
    let fields = nobody.is_none().then(|| view! { <Fields form=form.clone() send/> });
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href=back words=td_string!(l, clock.back) end=end/>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{form.headline}</p>
                    <p class="meta">{td_string!(l, abuse.report_hint)}</p>
                </div>
                <p class="notice late">
                    <Icon name="warn"/>
                    <span>{td_string!(l, abuse.danger)}</span>
                </p>
                <Refused act=send now/>
                {nobody}
                {fields}
            </main>
        </div>
    }
}

#[component]
fn Fields(form: ReportForm, send: Act) -> impl IntoView {
    let l = lang();
    let errors = Signal::derive(move || send.faults());
    let typed = |name: &str| form.typed.get(name).cloned().unwrap_or_default();
    let target = |(key, called, asks): (String, String, bool)| {
        let words = if asks {
            td_string!(l, abuse.asker, who = called.as_str()).to_string()
        } else {
            td_string!(l, abuse.helper, who = called.as_str()).to_string()
        };
        (key, words)
    };
    let only = form.targets.first().filter(|_| form.targets.len() == 1);
    let chosen = only.map_or(typed("whom"), |(key, ..)| key.clone());
    let targets: Vec<_> = form.targets.clone().into_iter().map(target).collect();
    let (before, said) = (typed("reason"), typed("words"));
    let reasons = ReportReason::ALL.iter();
    let reasons =
        reasons.map(|one| (one.key().to_owned(), words::report_reason(l, *one).to_owned()));
    let reasons: Vec<_> = reasons.collect();
    view! {
        <ErrorSummary errors/>
        <ActForm act=send class="stack gap-before" novalidate=true>
            <input type="hidden" name="code" value=form.code.clone()/>
            <ChoiceField
                field=Field::Whom
                name="whom"
                legend=td_string!(l, abuse.whom)
                choices=targets
                chosen
                errors
            />
            <ChoiceField
                field=Field::Reason
                name="reason"
                legend=td_string!(l, abuse.why)
                choices=reasons
                chosen=before
                errors
            />
            <AreaField
                field=Field::Say
                name="words"
                label=td_string!(l, abuse.say)
                hint=td_string!(l, abuse.say_hint)
                value=said
                errors
                most=LONGEST_WORDS
            />
            <button class="btn primary wide">{td_string!(l, abuse.send)}</button>
        </ActForm>
    }
}
