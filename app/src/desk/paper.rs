//! Results that come back on paper: the code on the sheet, who helped and for how long, one after the
//! other.

pub mod api;

use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        field::{ErrorSummary, TextField, TickField},
        icon::Icon,
        load::{Load, ask, once},
        plain_form::{AreaField, SelectField},
        refused::Refused,
        status::Status,
    },
    words::{lang, refused, td_string},
};
use api::{DeskPaper, MOST_ROWS, OF, PaperView, RecordRequest, SheetView};
use domain::{
    Millis,
    forms::{self, Field, FormErrors},
    requests::LONGEST_NOTE,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The page.
#[component]
pub fn Paper() -> impl IntoView {
    let map = use_query_map().read_untracked().clone();
    let post = map.get("post").and_then(|post| post.parse().ok()).unwrap_or_default();
    let code = map.get("code").unwrap_or_default();
    let done = map.get("done").and_then(|code| forms::request_code(&code));
    let data = ask(move || DeskPaper { post, code: code.clone() }, once);
    let act = Act::of::<RecordRequest>();
    let done = StoredValue::new(done);
    view! { <Load data page=move |view| view! { <Page view done=done.get_value() act/> }/> }
}

#[component]
fn Page(view: PaperView, done: Option<String>, act: Act) -> impl IntoView {
    let l = lang();
    let (title, now) = (td_string!(l, paper.title), view.now);
    let failed = if act.failed() { td_string!(l, common.error_prefix) } else { "" };
    let errors = Signal::derive(move || act.faults());
    let done = done.filter(|_| !act.failed()).map(|code| {
        let words = td_string!(l, paper.done, code = code.as_str()).to_string();
        view! {
            <p class="notice good" role="status">
                <Icon name="check"/>
                <span>{words}</span>
            </p>
        }
    });
    let unknown = (view.sheet.is_none() && !view.typed.is_empty()).then(|| {
        view! {
            <p class="notice late" role="alert">
                <Icon name="warn"/>
                <span>{td_string!(l, paper.unknown)}</span>
            </p>
        }
    });
    let post = view.post;
    view! {
        <Title text=format!("{failed}{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href=format!("/desk?post={post}") words=td_string!(l, desk.title)/>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{td_string!(l, paper.hint)}</p>
                </div>
                {done}
                {unknown}
                <ErrorSummary errors/>
                <Refused act now/>
                <form method="get" action="/desk/paper" class="card stack" role="search">
                    <input type="hidden" name="post" value=post.to_string()/>
                    <TextField
                        field=Field::Code
                        name="code"
                        label=td_string!(l, paper.code)
                        hint=td_string!(l, paper.code_hint)
                        value=view.typed
                        errors=Signal::stored(FormErrors::default())
                        kind="tel"
                        maxlength="20"
                    />
                    <button class="btn second wide">{td_string!(l, paper.find)}</button>
                </form>
                {view.sheet.map(|sheet| view! { <Sheet sheet post now act/> })}
            </main>
        </div>
    }
}

/// The sheet of one request.
#[component]
fn Sheet(sheet: SheetView, post: u32, now: Millis, act: Act) -> impl IntoView {
    let l = lang();
    let wanted = td_string!(l, paper.wanted, n = sheet.needed).to_string();
    let head = view! {
        <div>
            <h2 class="plain">
                <a href=format!("/requests/{}", sheet.code)>{sheet.headline.clone()}</a>
            </h2>
            <p class="row wrap tags"><Status state=sheet.state more=wanted/></p>
        </div>
    };
    if let Some(refusal) = sheet.why_not {
        let words = refused::refusal(l, &refusal, now);
        return view! {
            <section class="card stack">
                {head}
                <p class="notice plain"><span>{words}</span></p>
            </section>
        }
        .into_any();
    }
    let errors = Signal::derive(move || act.faults());
    let typed = |name: &str| sheet.typed.get(name).cloned().unwrap_or_default();
    let words = typed("words");
    let left = usize::from(sheet.needed).saturating_sub(sheet.helpers.len());
    let rows: Vec<_> = (1..=left.clamp(1, MOST_ROWS))
        .map(|nth| (nth, typed(&format!("whom-{nth}")), typed(&format!("other-{nth}"))))
        .collect();
    let helpers = sheet.helpers.into_iter().map(|(person, called)| {
        let key = format!("{OF}{}", person.0);
        let label = td_string!(l, requests.minutes_for, who = called.as_str()).to_string();
        let value = sheet.typed.get(&key).cloned().unwrap_or_default();
        view! { <Minutes id=format!("m-{}", person.0) name=format!("minutes[{key}]") label value/> }
    }).collect_view();
    let members = sheet.members.into_iter().map(|(id, called)| (id.to_string(), called));
    let choices: Vec<(String, String)> = members.collect();
    // Where nobody is left to choose, there is nothing to ask.
    let others = (!choices.is_empty()).then(|| {
        let rows = rows.into_iter().map(|(nth, whom, other)| {
            view! { <Another nth choices=choices.clone() whom other/> }
        });
        rows.collect_view()
    });
    view! {
        <ActForm act class="card stack" novalidate=true>
            {head}
            <input type="hidden" name="code" value=sheet.code/>
            <input type="hidden" name="post" value=post.to_string()/>
            {helpers}
            {others}
            <AreaField
                field=Field::Say
                name="words"
                label=td_string!(l, requests.done_words)
                hint=td_string!(l, requests.done_words_hint)
                value=words
                errors
                most=LONGEST_NOTE
            />
            <TickField field=Field::Outcome name="agreed" checked=false errors>
                {td_string!(l, paper.agreed)}
            </TickField>
            <p class="meta">{td_string!(l, paper.eyes)}</p>
            <button class="btn primary wide">{td_string!(l, paper.enter)}</button>
        </ActForm>
    }
    .into_any()
}

/// Somebody else who helped, and for how long.
#[component]
fn Another(
    nth: usize,
    choices: Vec<(String, String)>,
    whom: String,
    other: String,
) -> impl IntoView {
    let l = lang();
    let (label, minutes, hint, of) = if nth == 1 {
        let (label, minutes) = (td_string!(l, paper.whom), td_string!(l, paper.minutes));
        let hint = td_string!(l, paper.whom_hint);
        (label.to_owned(), minutes.to_owned(), hint, String::new())
    } else {
        let label = td_string!(l, paper.whom_n, n = nth).to_string();
        let minutes = td_string!(l, paper.minutes_n, n = nth).to_string();
        (label, minutes, "", format!("-{nth}"))
    };
    view! {
        <SelectField
            field=Field::Whom
            name=format!("others[whom-{nth}]")
            label
            hint
            choices
            chosen=whom
            errors=Signal::stored(FormErrors::default())
            of=of.clone()
        />
        <Minutes id=format!("m-other{of}") name=format!("others[other-{nth}]") label=minutes value=other/>
    }
}

/// Minutes as the sheet has them.
#[component]
fn Minutes(id: String, name: String, label: String, value: String) -> impl IntoView {
    let l = lang();
    view! {
        <div class="field">
            <label for=id.clone()>{label} " " <span class="hint">{td_string!(l, requests.minutes_unit)}</span></label>
            <input class="input num" id=id name=name inputmode="numeric" maxlength="4" value=value/>
        </div>
    }
}
