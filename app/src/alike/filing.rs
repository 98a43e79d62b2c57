//! A step of asking: these look like the same. Follow one of them, or send one's own anyway.

use super::api::{AlikeLine, AlikeView, AskAlike, SendAnyway, Watch};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        icon::{Icon, of_category, tile_of},
        load::{Load, ask, once},
        refused::Refused,
        status::Status,
    },
    words::{self, lang, td_string, time},
};
use domain::{Millis, requests::alike::Alike};
use leptos::prelude::*;
use leptos_meta::Title;

/// The page of the step.
#[component]
pub fn AlikeStep() -> impl IntoView {
    let (send, watch) = (Act::of::<SendAnyway>(), Act::of::<Watch>());
    let data = ask(|| AskAlike {}, once);
    view! { <Load data page=move |view| view! { <Page view send watch/> }/> }
}

#[component]
fn Page(view: AlikeView, send: Act, watch: Act) -> impl IntoView {
    let l = lang();
    let (title, now) = (td_string!(l, alike.title), view.now);
    let body = if view.waits {
        let rows = view.lines.into_iter().map(|line| view! { <Row line now watch/> });
        view! {
            <ul class="req-list">{rows.collect_view()}</ul>
            <ActForm act=send class="stack">
                <button class="btn primary wide">{td_string!(l, alike.anyway)}</button>
            </ActForm>
        }
        .into_any()
    } else {
        view! { <p class="meta">{td_string!(l, alike.nothing)}</p> }.into_any()
    };
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/requests/new" words=td_string!(l, alike.back)/>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{td_string!(l, alike.hint)}</p>
                </div>
                <Refused act=send now/>
                <Refused act=watch now/>
                {body}
            </main>
        </div>
    }
}

#[component]
fn Row(line: AlikeLine, now: Millis, watch: Act) -> impl IntoView {
    let l = lang();
    let (code, mine, may_watch) = (line.code.clone(), line.mine, line.may_watch);
    let look = (mine || !may_watch).then(|| {
        let href = format!("/requests/{}", line.code);
        view! { <a class="btn second wide" href=href>{td_string!(l, alike.look)}</a> }
    });
    view! {
        <li class="card stack">
            <What line now/>
            {look}
            {may_watch
                .then(|| {
                    view! {
                        <ActForm act=watch>
                            <input type="hidden" name="code" value=code/>
                            <button class="btn second wide"><Icon name="users"/>{td_string!(l, alike.me_too)}</button>
                        </ActForm>
                    }
                })}
        </li>
    }
}

/// What somebody asked for, and how far it has come.
#[component]
pub fn What(
    /// Which.
    line: AlikeLine,
    /// The present moment.
    now: Millis,
) -> impl IntoView {
    let l = lang();
    let t = time::near(l, line.created, now);
    let asked = td_string!(l, alike.asked_at, t = t.as_str()).to_string();
    let from = line.alike.map(|alike| match (line.mine, alike) {
        (true, _) => td_string!(l, alike.mine),
        (false, Alike::Household) => td_string!(l, alike.household),
        (false, Alike::Lane) => td_string!(l, alike.lane),
    });
    let far =
        line.distance.map(|at| words::distance(l, at)).filter(|far| Some(far.as_str()) != from);
    let facts = [Some(asked), far].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    view! {
        <div class="row top">
            <span class=tile_of(line.category)><Icon name=of_category(line.category)/></span>
            <div class="grow">
                <p><b>{line.headline}</b></p>
                <p class="row wrap tags">
                    {from.map(|words| view! { <span class="tag lotus">{words}</span> })}
                    <span class="meta">{format!("{}·{}", line.called, words::category(l, line.category))}</span>
                </p>
                <p class="meta">{facts}</p>
                <Status state=line.state more=String::new()/>
            </div>
        </div>
    }
}
