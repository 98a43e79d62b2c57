//! For who is in charge: this request is the same as another, which goes on.

use super::api::{AskMerge, MergeRequest, MergeView};
use crate::{
    components::{
        act::{Act, ActForm},
        beside::Beside,
        field::{ErrorSummary, FaultLine, field_class},
        icon::Icon,
        load::{Load, ask, once},
        refused::Refused,
    },
    words::{self, lang, refused, td_string},
};
use domain::{forms::Field, requests::alike::Alike};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The page of merging.
#[component]
pub fn Merge() -> impl IntoView {
    let params = use_params_map();
    let data = ask(move || AskMerge { code: params.read().get("code").unwrap_or_default() }, once);
    let merge = Act::of::<MergeRequest>();
    view! { <Load data page=move |view| view! { <Page view merge/> }/> }
}

#[component]
fn Page(view: MergeView, merge: Act) -> impl IntoView {
    let l = lang();
    let (title, now) = (td_string!(l, alike.merge), view.now);
    let failed = merge.failed();
    let errors = Signal::derive(move || merge.faults());
    let body = match &view.may {
        Ok(()) => view! { <Form view=view.clone() merge/> }.into_any(),
        Err(refusal) => {
            let words = refused::refusal(l, refusal, now);
            view! { <p class="notice plain"><Icon name="info"/><span>{words}</span></p> }.into_any()
        }
    };
    view! {
        <Beside title failed code=view.code.clone() headline=view.headline.clone()>
            <ErrorSummary errors/>
            <Refused act=merge now/>
            {body}
        </Beside>
    }
}

#[component]
fn Form(view: MergeView, merge: Act) -> impl IntoView {
    let l = lang();
    let errors = Signal::derive(move || merge.faults());
    let value = |name: &str| view.typed.get(name).cloned().unwrap_or_default();
    let (chosen, typed) = (value("into"), value("typed"));
    let none = view.lines.is_empty();
    let choices = view.lines.into_iter().enumerate().map(|(at, line)| {
        let id = if at == 0 { Field::Whom.key().to_owned() } else { format!("into-{at}") };
        let names = id.clone();
        let from = match line.alike {
            Some(Alike::Household) => td_string!(l, alike.household),
            _ => td_string!(l, alike.lane),
        };
        let about = format!("{} · {} · {from} · {}", line.code, line.called, words::state(l, line.state));
        view! {
            <label class="choice" for=names>
                <input type="radio" id=id name="into" value=line.code.clone() checked=chosen == line.code/>
                <span>
                    {line.headline}
                    <span class="hint block">{about}</span>
                </span>
            </label>
        }
    });
    let choices = choices.collect_view();
    let of_typed = if none { Field::Whom.key() } else { "typed" };
    view! {
        <p>{td_string!(l, alike.merge_hint)}</p>
        <ActForm act=merge class="card stack" novalidate=true>
            <input type="hidden" name="code" value=view.code/>
            <fieldset class=field_class(Field::Whom, errors)>
                <legend class="label">{td_string!(l, alike.merge_which)}</legend>
                <FaultLine field=Field::Whom errors/>
                {none.then(|| view! { <p class="meta">{td_string!(l, alike.merge_none)}</p> })}
                <div class="choices">{choices}</div>
            </fieldset>
            <div class="field">
                <label for=of_typed>{td_string!(l, alike.merge_code)}</label>
                <p class="hint" id="typed-h">{td_string!(l, alike.merge_code_hint)}</p>
                <input class="input num" id=of_typed name="typed" value=typed maxlength="20" inputmode="numeric" autocomplete="off" aria-describedby="typed-h"/>
            </div>
            <button class="btn primary wide">{td_string!(l, alike.merge_do)}</button>
        </ActForm>
    }
}
