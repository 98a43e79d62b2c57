//! What proves who I am, and where I am signed in.

use super::{
    api::{Security, SecurityView, SessionLine},
    moves::{EndOthers, EndSession, NewCodes, TurnOff},
};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        icon::Icon,
        load::{Load, ask, once},
        refused::Refused,
    },
    words::{lang, td_string, time},
};
use domain::Millis;
use leptos::prelude::*;
use leptos_meta::Title;

/// The verbs of the page.
#[derive(Clone, Copy)]
struct Acts {
    codes: Act,
    off: Act,
    end: Act,
    others: Act,
}

/// The page about security.
#[component]
pub fn Overview() -> impl IntoView {
    let acts = Acts {
        codes: Act::of::<NewCodes>(),
        off: Act::of::<TurnOff>(),
        end: Act::of::<EndSession>(),
        others: Act::of::<EndOthers>(),
    };
    let data = ask(|| Security {}, once);
    let l = lang();
    view! {
        <Title text=format!("{} · {}", td_string!(l, security.title), td_string!(l, common.name))/>
        <Skip/>
        <Load data page=move |view| view! { <Page view acts/> }/>
    }
}

#[component]
fn Page(view: SecurityView, acts: Acts) -> impl IntoView {
    let l = lang();
    let (sessions, now) = (view.sessions.clone(), view.now);
    view! {
        <div class="page">
            <BackBar href="/me" words=td_string!(l, common.tab_me)/>
            <main id="main">
                <div class="page-head">
                    <h1>{td_string!(l, security.title)}</h1>
                    {view.posts.then(|| view! { <p>{why(&view)}</p> })}
                </div>
                <Refused act=acts.codes now/>
                <Refused act=acts.off now/>
                <Refused act=acts.end now/>
                {view.posts.then(|| view! { <Second view=view.clone() acts/> })}
                <Sessions sessions now acts/>
            </main>
        </div>
    }
}

fn why(view: &SecurityView) -> &'static str {
    let l = lang();
    match (view.is_set_up(), view.must) {
        (true, _) => td_string!(l, security.done),
        (false, true) => td_string!(l, security.must),
        (false, false) => td_string!(l, security.may),
    }
}

/// Password, authenticator, recovery codes: each what it is and how to change it.
#[component]
fn Second(view: SecurityView, acts: Acts) -> impl IntoView {
    let l = lang();
    let now = view.now;
    let may = view.may_change && view.has_key;
    let password = view
        .password_set
        .map_or(td_string!(l, security.set_password), |_| td_string!(l, security.change_password));
    let app = view
        .app_set
        .map_or(td_string!(l, security.set_app), |_| td_string!(l, security.change_app));
    let left = td_string!(l, security.codes_left, n = view.codes_left).to_string();
    let set_up = view.is_set_up();
    let waits = may && view.password_set.is_none() && view.app_set.is_none();
    let app_state = match waits {
        true => td_string!(l, security.unset_first).to_owned(),
        false => set_on(view.app_set, now),
    };
    view! {
        <section class="section" aria-labelledby="second-h">
            <div class="section-head"><h2 id="second-h">{td_string!(l, security.second)}</h2></div>
            <Hurdle view=view.clone()/>
            <ul class="card flush rows">
                <Part
                    name=td_string!(l, security.password)
                    state=set_on(view.password_set, now)
                    change=may.then_some(("/me/security/password", password))
                />
                <Part
                    name=td_string!(l, security.app)
                    state=app_state
                    change=(may && view.password_set.is_some())
                        .then_some(("/me/security/app", app))
                />
                {set_up
                    .then(|| {
                        view! {
                            <Part name=td_string!(l, security.codes) state=left>
                                {may.then(|| view! { <NewOnes codes=acts.codes/> })}
                            </Part>
                        }
                    })}
            </ul>
            {(may && set_up && !view.must).then(|| view! { <Without off=acts.off/> })}
        </section>
    }
}

/// Why nothing can be changed now, and what to do about it.
#[component]
fn Hurdle(view: SecurityView) -> impl IntoView {
    let l = lang();
    let (words, door) = match (view.has_key, view.may_change, view.is_set_up()) {
        (false, _, _) => (td_string!(l, security.no_key), None),
        (true, true, _) => return ().into_any(),
        (true, false, true) => (
            td_string!(l, security.to_change),
            Some(("/proof?next=/me/security", td_string!(l, security.prove))),
        ),
        (true, false, false) => (
            td_string!(l, security.too_late),
            Some(("/sign-in?next=/me/security", td_string!(l, security.again_by_phone))),
        ),
    };
    let door = door.map(|(to, words)| view! { " " <a href=to>{words}</a> });
    view! {
        <div class="notice plain gap"><Icon name="lock"/><p>{words} {door}</p></div>
    }
    .into_any()
}

#[component]
fn Part(
    name: &'static str,
    state: String,
    #[prop(optional_no_strip)] change: Option<(&'static str, &'static str)>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let door = change.map(|(to, words)| view! { <a class="btn second small" href=to>{words}</a> });
    view! {
        <li class="part">
            <div class="grow"><b>{name}</b><p class="meta">{state}</p></div>
            {door}
            {children.map(|children| children())}
        </li>
    }
}

#[component]
fn NewOnes(codes: Act) -> impl IntoView {
    view! {
        <ActForm act=codes>
            <button class="btn second small">{td_string!(lang(), security.new_codes)}</button>
        </ActForm>
    }
}

#[component]
fn Without(off: Act) -> impl IntoView {
    view! {
        <ActForm act=off class="onward">
            <button class="btn quiet flush">{td_string!(lang(), security.turn_off)}</button>
        </ActForm>
    }
}

fn set_on(at: Option<Millis>, now: Millis) -> String {
    let l = lang();
    match at {
        None => td_string!(l, security.unset).to_owned(),
        Some(at) => {
            let t = time::near(l, at, now);
            td_string!(l, security.set_on, t = t.as_str()).to_string()
        }
    }
}

/// Where I am signed in.
#[component]
fn Sessions(sessions: Vec<SessionLine>, now: Millis, acts: Acts) -> impl IntoView {
    let l = lang();
    let many = sessions.len() > 1;
    let rows =
        sessions.into_iter().map(|line| view! { <Row line now end=acts.end/> }).collect_view();
    let others = if many {
        view! {
            <ActForm act=acts.others class="onward">
                <button class="btn second">{td_string!(l, security.end_others)}</button>
            </ActForm>
        }
        .into_any()
    } else {
        view! { <p class="meta onward">{td_string!(l, security.only_here)}</p> }.into_any()
    };
    view! {
        <section class="section" id="sessions" aria-labelledby="sessions-h">
            <div class="section-head"><h2 id="sessions-h">{td_string!(l, security.sessions)}</h2></div>
            <ul class="card flush rows">{rows}</ul>
            {others}
        </section>
    }
}

#[component]
fn Row(line: SessionLine, now: Millis, end: Act) -> impl IntoView {
    let l = lang();
    let device = match line.device.is_empty() {
        true => td_string!(l, security.unknown_device).to_owned(),
        false => line.device,
    };
    let (since, seen) = (time::near(l, line.since, now), time::near(l, line.seen, now));
    let when = td_string!(l, security.session_line, since = since.as_str(), seen = seen.as_str());
    let when = when.to_string();
    let label = td_string!(l, security.end_this, device = device.as_str()).to_string();
    let last = if line.here {
        view! { <span class="tag calm">{td_string!(l, security.here)}</span> }.into_any()
    } else {
        view! {
            <ActForm act=end>
                <input type="hidden" name="key" value=line.key/>
                <button class="btn second small" aria-label=label>{td_string!(l, security.end)}</button>
            </ActForm>
        }
        .into_any()
    };
    view! {
        <li class="part">
            <div class="grow"><b>{device}</b><p class="meta">{when}</p></div>
            {last}
        </li>
    }
}
