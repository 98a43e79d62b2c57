//! Asking for help: three steps on one page. What is typed is never lost.

mod who;

use super::{
    api::{NewForm, SubmitRequest},
    forms::{ActionBar, Primary},
    view::NewView,
};
use crate::{
    components::{
        act::{Act, ActForm},
        asking::{Emergency, HowSoon, Kinds, NeedWords},
        bars::{BackBar, Skip},
        call::Call,
        field::{ErrorSummary, PhotoField, TextField, field_class},
        icon::Icon,
        load::{Load, ask, once},
        refused::Refused,
    },
    words::{self, Locale, lang, td_string},
};
use domain::{
    forms::{Field, FormErrors},
    requests::submission::Draft,
};
use leptos::prelude::*;
use leptos_meta::Title;
use who::StepWho;

/// The page of the form.
#[component]
pub fn NewRequest() -> impl IntoView {
    let submit = Act::of::<SubmitRequest>();
    let data = ask(|| NewForm {}, once);
    let l = lang();
    let title = move || {
        let prefix = if submit.failed() { td_string!(l, common.error_prefix) } else { "" };
        format!("{prefix}{} · {}", td_string!(l, requests.new_title), td_string!(l, common.name))
    };
    view! {
        <Title text=title/>
        <Skip/>
        <Load data page=move |form| view! { <Page form submit/> }/>
    }
}

#[component]
fn Page(form: NewView, submit: Act) -> impl IntoView {
    let l = lang();
    let call = form.captain.clone();
    let who = call.as_ref().map(|captain| words::captain(l, &captain.surname)).unwrap_or_default();
    let phone = call.and_then(|captain| captain.phone);
    let callable = phone.is_some();
    let end = if callable { td_string!(l, requests.or_call) } else { "" };
    let (named, blocked) = (form.named, form.blocked);
    let ready = form.signed_in && form.home.is_some() && named && !blocked;
    let first = form.goes_to.clone();
    let signed_in = form.signed_in;
    view! {
        <div class="page">
            <BackBar href="/" words=td_string!(l, common.tab_board) end=end/>
            <main id="main">
                <div class="page-head">
                    <h1>{td_string!(l, requests.new_heading)}</h1>
                    <p>{td_string!(l, requests.new_hint)}</p>
                    {first.map(|words| view! { <p class="meta">{words}</p> })}
                    {form.measure.clone().map(|to| view! { <a class="more" href=to>{td_string!(l, requests.measure)}</a> })}
                </div>
                {if ready {
                    view! { <Form form submit/> }.into_any()
                } else {
                    view! { <NotYet signed_in named blocked callable/> }.into_any()
                }}
            </main>
        </div>
        {(ready || callable)
            .then(|| {
                view! {
                    <ActionBar>
                        <Call phone who class="side"/>
                        {ready
                            .then(|| {
                                view! {
                                    <Primary
                                        form="ask"
                                        words=td_string!(l, requests.send)
                                        pending=submit.pending()
                                    />
                                }
                            })}
                    </ActionBar>
                }
            })}
    }
}

/// Sign in, or say where home is, before asking; the captain can be called all the same, also by who
/// is blocked. Where nobody knows yet whose captain, a place to choose stands for the call.
#[component]
fn NotYet(signed_in: bool, named: bool, blocked: bool, callable: bool) -> impl IntoView {
    let l = lang();
    let (words, href, button) = if blocked {
        (td_string!(l, refusals.blocked_open), "/me/reports", td_string!(l, refusals.see_why))
    } else if signed_in {
        (td_string!(l, requests.need_home), "/me/home", td_string!(l, requests.need_home_button))
    } else {
        let words = match callable {
            true => td_string!(l, requests.sign_in_to_ask),
            false => td_string!(l, requests.sign_in_or_pick),
        };
        (words, "/sign-in?next=/requests/new", td_string!(l, common.sign_in))
    };
    view! {
        <section class="card stack">
            <p>{words}</p>
            <a class="btn primary wide" href=href>{button}</a>
            {(!signed_in && !callable)
                .then(|| {
                    view! {
                        <a class="btn second wide" href="/places?next=ask">
                            {td_string!(l, board.pick_place)}
                        </a>
                    }
                })}
            {blocked.then(|| view! { <Emergency/> })}
            {(named && !blocked)
                .then(|| {
                    view! {
                        <a class="btn second wide" href="/places?next=ask">
                            {td_string!(l, requests.for_elsewhere)}
                        </a>
                    }
                })}
        </section>
    }
}

#[component]
fn Form(form: NewView, submit: Act) -> impl IntoView {
    let errors = Signal::derive(move || submit.faults());
    let now = form.now;
    view! {
        <ErrorSummary errors unsent=true/>
        <Refused act=submit now/>
        <ActForm act=submit upload="/api/photos/submit" id="ask" novalidate=true>
            <input type="hidden" name="key" value=form.key.to_string()/>
            <StepWhat draft=form.draft.clone() photos=form.photo_field.clone() errors/>
            <StepWhere form=form.clone() errors/>
            <StepWho draft=form.draft errors/>
        </ActForm>
    }
}

#[component]
fn StepWhat(draft: Draft, photos: String, errors: Signal<FormErrors>) -> impl IntoView {
    let l = lang();
    view! {
        <fieldset class="step">
            <legend><span class="step-no">"1"</span>{td_string!(l, requests.step_1)}</legend>
            <div class=field_class(Field::Category, errors)>
                <Kinds chosen=draft.category errors/>
            </div>
            <NeedWords typed=draft.words errors/>
            <PhotoField field=photos errors/>
            <label class="check share" for="share">
                <input type="checkbox" id="share" name="draft[share]" value="true" checked=draft.share/>
                <span>
                    {td_string!(l, requests.share)}
                    <span class="hint block">{td_string!(l, requests.private_hint)}</span>
                </span>
            </label>
        </fieldset>
    }
}

#[component]
fn StepWhere(form: NewView, errors: Signal<FormErrors>) -> impl IntoView {
    let l = lang();
    let draft = form.draft;
    let at_home = form.door_known.then(|| td_string!(l, requests.at_home));
    let hint = if form.door_known {
        td_string!(l, requests.door_hint)
    } else {
        td_string!(l, requests.door_hint_needed)
    };
    let comma = if l == Locale::en { ", " } else { "，" };
    let place = [form.home.as_deref(), at_home].into_iter().flatten().collect::<Vec<_>>();
    view! {
        <fieldset class="step">
            <legend><span class="step-no">"2"</span>{td_string!(l, requests.step_2)}</legend>
            <Emergency/>
            <p class="hint gap">{td_string!(l, requests.raise_hint)}</p>
            <div class=field_class(Field::Urgency, errors)>
                <HowSoon chosen=draft.urgency upright=true errors/>
            </div>
            <dl class="facts">
                <div>
                    <dt>{td_string!(l, requests.place)}</dt>
                    <dd>
                        {place.join(comma)}
                        <br/>
                        <span class="meta">
                            <Icon name="lock" class="inl"/>
                            {td_string!(l, requests.door_hidden)}
                        </span>
                    </dd>
                </div>
            </dl>
            <div class="stack">
                <TextField
                    field=Field::Door
                    name="draft[door]"
                    label=td_string!(l, requests.door)
                    hint=hint
                    value=draft.door
                    errors
                />
                <TextField
                    field=Field::Wanted
                    name="draft[wanted]"
                    label=td_string!(l, requests.wanted)
                    hint=td_string!(l, requests.wanted_hint)
                    value=draft.wanted
                    errors
                />
                <TextField
                    field=Field::Risks
                    name="draft[risks]"
                    label=td_string!(l, requests.risks)
                    hint=td_string!(l, requests.risks_hint)
                    value=draft.risks
                    errors
                />
            </div>
            <div inner_html=form.repeat></div>
        </fieldset>
    }
}
