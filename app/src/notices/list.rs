//! The list of what the reader is told.

use super::api::{AskNotices as Ask, NoticeLine, NoticesView, ReadNotices};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        icon::{Icon, of_category, tile_of},
        load::{Load, ask, once},
        refused::Refused,
    },
    words::{self, clock as said, lang, td_string, time},
};
use domain::{Millis, notices::Notice};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The page of one's notices.
#[component]
pub fn Notices() -> impl IntoView {
    let page = use_query_map().read_untracked().get("page");
    let page = page.and_then(|typed| typed.parse().ok()).unwrap_or(0);
    let read = Act::of::<ReadNotices>();
    let data = ask(move || Ask { page }, once);
    view! { <Load data page=move |view| view! { <Page view read/> }/> }
}

#[component]
fn Page(view: NoticesView, read: Act) -> impl IntoView {
    let l = lang();
    let (title, now, page) = (td_string!(l, notices.title), view.now, view.page);
    let none = view.lines.is_empty();
    let unread = match view.unread {
        0 => td_string!(l, notices.all_read).to_owned(),
        n => td_string!(l, notices.unread_n, n = n).to_string(),
    };
    let mark = (view.unread > 0).then(|| {
        view! {
            <ActForm act=read>
                <input type="hidden" name="until" value=now.to_string()/>
                <button class="btn second small">
                    <Icon name="check"/>{td_string!(l, notices.mark)}
                </button>
            </ActForm>
        }
    });
    let staff = view.staff.then(|| {
        view! {
            <a class="btn quiet flush" href="/notices/undelivered">
                {td_string!(l, ways.undelivered)}
            </a>
        }
    });
    let rows = view.lines.into_iter().map(|line| view! { <Row line now/> });
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/me" words=td_string!(l, common.tab_me)/>
            <main id="main" class="stack">
                <div class="page-head"><h1>{title}</h1></div>
                <Refused act=read now/>
                <div class="row wrap turn">
                    <p role="status">{unread}</p>
                    {mark}
                </div>
                {none.then(|| view! { <p class="meta">{td_string!(l, notices.none)}</p> })}
                {(!none).then(|| view! { <ul class="card flush rows people-found">{rows.collect_view()}</ul> })}
                {(page > 0 || view.more).then(|| view! { <Turn page more=view.more/> })}
                <p class="row wrap">
                    <a class="btn quiet flush" href="/me/notices">{td_string!(l, ways.title)}</a>
                    {staff}
                </p>
            </main>
        </div>
    }
}

/// To the pages before and after.
#[component]
fn Turn(page: u16, more: bool) -> impl IntoView {
    let l = lang();
    view! {
        <p class="row turn">
            {(page > 0)
                .then(|| {
                    let href = format!("/notices?page={}", page - 1);
                    view! { <a class="btn quiet" href=href>{td_string!(l, notices.newer)}</a> }
                })}
            {more
                .then(|| {
                    let href = format!("/notices?page={}", page.saturating_add(1));
                    view! { <a class="btn quiet" href=href>{td_string!(l, notices.older)}</a> }
                })}
        </p>
    }
}

#[component]
fn Row(line: NoticeLine, now: Millis) -> impl IntoView {
    let l = lang();
    let unread = line.unread;
    let words = said::notice(l, line.notice, line.mv, line.became, line.asked);
    let about = line.headline.unwrap_or_else(|| words::category(l, line.category).to_owned());
    let late = matches!(line.notice, Notice::Raised | Notice::Near);
    let href = match line.notice {
        Notice::After | Notice::Said => format!("/requests/{}/after", line.code),
        Notice::Stopped => "/mine/recurring".to_owned(),
        _ => format!("/requests/{}", line.code),
    };
    view! {
        <li>
            <a class="rowlink" href=href>
                <span class=tile_of(line.category)><Icon name=of_category(line.category)/></span>
                <span class="grow">
                    <b>
                        {late.then(|| view! { <Icon name="up" class="inl"/> " " })}
                        {words}
                    </b>
                    " "
                    {unread.then(|| view! { <span class="tag today">{td_string!(l, notices.new_tag)}</span> })}
                    <br/>
                    <span class="meta">
                        <span class="bit">{about}</span>
                        " "
                        <time class="nowrap" datetime=time::machine(line.at)>
                            {time::near(l, line.at, now)}
                        </time>
                    </span>
                </span>
            </a>
        </li>
    }
}
