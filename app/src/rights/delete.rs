//! Being erased: what goes and what stays, a second page with one big button, and for seven days the way
//! back.

use super::api::{Leave, Leaving, LeavingView, Stay};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        icon::Icon,
        load::{Load, ask, once},
        refused::Refused,
    },
    words::{Locale, lang, refused, td_string, time},
};
use domain::{Refusal, rights::Hindrance};
use leptos::prelude::*;
use leptos_meta::Title;

/// The page that says what goes and what stays; for who leaves, until when they can stay.
#[component]
pub fn Delete() -> impl IntoView {
    let stay = Act::of::<Stay>();
    let data = ask(|| Leaving {}, once);
    let page = move |view: LeavingView| match view.on {
        Some(on) => view! { <OnTheirWay on now=view.now stay/> }.into_any(),
        None => view! { <Think view/> }.into_any(),
    };
    view! { <Load data page/> }
}

/// The page with the button.
#[component]
pub fn ConfirmDelete() -> impl IntoView {
    let leave = Act::of::<Leave>();
    let data = ask(|| Leaving {}, once);
    view! { <Load data page=move |view| view! { <Sure view leave/> }/> }
}

#[component]
fn Frame(title: &'static str, hint: String, children: Children) -> impl IntoView {
    let l = lang();
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/me/data" words=td_string!(l, rights.title)/>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{hint}</p>
                </div>
                {children()}
            </main>
        </div>
    }
}

#[component]
fn Think(view: LeavingView) -> impl IntoView {
    let l = lang();
    let now = view.now;
    let goes = [
        td_string!(l, rights.g1),
        td_string!(l, rights.g2),
        td_string!(l, rights.g3),
        td_string!(l, rights.g4),
    ];
    let stays = [td_string!(l, rights.s1), td_string!(l, rights.s2)];
    let next = match view.first {
        Some(first) => {
            let words = refused::refusal(l, &first, now);
            let way = way(l, &first).map(|(to, words)| view! { <a href=to>{words}</a> });
            view! {
                <div class="notice soon">
                    <Icon name="warn"/>
                    <p><b>{td_string!(l, rights.first)}</b><br/>{words} " " {way}</p>
                </div>
            }
            .into_any()
        }
        None => view! {
            <a class="btn second wide" href="/me/data/delete/confirm">
                {td_string!(l, rights.next_step)}
            </a>
        }
        .into_any(),
    };
    view! {
        <Frame
            title=td_string!(l, rights.delete_title)
            hint=td_string!(l, rights.delete_hint).to_owned()
        >
            <Lines id="goes-h" heading=td_string!(l, rights.goes) lines=goes.to_vec()/>
            <Lines id="stays-h" heading=td_string!(l, rights.stays) lines=stays.to_vec()/>
            <p>{td_string!(l, rights.takes_back)}</p>
            <p><b>{td_string!(l, rights.way_back)}</b></p>
            {next}
            <a class="btn quiet wide" href="/me/data">{td_string!(l, rights.not_now_keep)}</a>
        </Frame>
    }
}

/// Where it is done, and the words of the way there; a post is taken back by somebody else.
fn way(l: Locale, first: &Refusal) -> Option<(&'static str, &'static str)> {
    match first {
        Refusal::Right(Hindrance::ClaimRunning) => {
            Some(("/helping", td_string!(l, common.tab_helping)))
        }
        Refusal::Right(Hindrance::BeingHelped) => Some(("/mine", td_string!(l, common.tab_mine))),
        Refusal::Right(Hindrance::WhileBlocked) => {
            Some(("/me/reports", td_string!(l, refusals.see_why)))
        }
        _ => None,
    }
}

#[component]
fn Lines(id: &'static str, heading: &'static str, lines: Vec<&'static str>) -> impl IntoView {
    let lines = lines.into_iter().map(|line| view! { <li class="part">{line}</li> });
    view! {
        <section aria-labelledby=id>
            <div class="section-head"><h2 id=id>{heading}</h2></div>
            <ul class="card flush rows">{lines.collect_view()}</ul>
        </section>
    }
}

#[component]
fn Sure(view: LeavingView, leave: Act) -> impl IntoView {
    let l = lang();
    view! {
        <Frame title=td_string!(l, rights.sure_title) hint=td_string!(l, rights.sure_hint).to_owned()>
            <Refused act=leave now=view.now/>
            <ActForm act=leave class="stack">
                <button class="btn primary wide">{td_string!(l, rights.delete_do)}</button>
            </ActForm>
            <a class="btn second wide" href="/me/data">{td_string!(l, rights.not_now_keep)}</a>
        </Frame>
    }
}

#[component]
fn OnTheirWay(on: domain::Millis, now: domain::Millis, stay: Act) -> impl IntoView {
    let l = lang();
    let t = time::near(l, on, now);
    let hint = td_string!(l, rights.leaving_on, t = t.as_str()).to_string();
    let title = td_string!(l, rights.leaving_title);
    let out = Act::of::<crate::people::api::SignOut>();
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/" words=td_string!(l, common.tab_board)/>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{hint}</p>
                </div>
                <Refused act=stay now/>
                <ActForm act=stay class="stack">
                    <button class="btn primary wide">{td_string!(l, rights.keep)}</button>
                </ActForm>
                <form method="post" action=super::moves::PATH class="card stack">
                    <p>{td_string!(l, rights.take_along)}</p>
                    <button class="btn second wide">{td_string!(l, rights.download)}</button>
                </form>
                <ActForm act=out class="center">
                    <button class="btn quiet"><Icon name="out"/>{td_string!(l, people.sign_out)}</button>
                </ActForm>
            </main>
        </div>
    }
}
