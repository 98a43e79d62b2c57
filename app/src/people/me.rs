//! My page: who I am, my hours, my lists, how I want it shown.

use super::{
    account::{Me as Ask, MeView},
    api::SignOut,
};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{Skip, Tab, TabBar, TopBar},
        icon::Icon,
        load::{Load, ask, once},
    },
    words::{self, Locale, lang, td_string, time},
};
use leptos::prelude::*;
use leptos_meta::Title;

/// The page of the account.
#[component]
pub fn Me() -> impl IntoView {
    let sign_out = Act::of::<SignOut>();
    let data = ask(|| Ask {}, once);
    let l = lang();
    view! {
        <Title text=format!("{} · {}", td_string!(l, people.me), td_string!(l, common.name))/>
        <Load data page=move |me| view! { <Page me sign_out/> }/>
    }
}

#[component]
fn Page(me: MeView, sign_out: Act) -> impl IntoView {
    let l = lang();
    let volunteer = me.volunteer_no.is_some();
    let demo = me.demo;
    let shown = me.shown.clone();
    view! {
        <Skip/>
        <div class="page">
            <TopBar at=Some(Tab::Me)/>
            <main id="main">
                <h1 class="vh">{td_string!(l, people.me)}</h1>
                <Who me=me.clone()/>
                {me.waits.then(|| view! { <Waits/> })}
                {volunteer.then(|| view! { <Hours minutes=me.minutes helped=me.helped/> })}
                <Lists me=me/>
                <Display shown/>
                <ActForm act=sign_out class="center gap-before">
                    <button class="btn quiet"><Icon name="out"/>{td_string!(l, people.sign_out)}</button>
                </ActForm>
                {demo
                    .then(|| {
                        view! {
                            <p class="foot">
                                {td_string!(l, common.demo_note)} " "
                                <a href="/demo">{td_string!(l, common.demo_people)}</a>
                            </p>
                        }
                    })}
            </main>
        </div>
        <TabBar at=Some(Tab::Me)/>
    }
}

#[component]
fn Who(me: MeView) -> impl IntoView {
    let l = lang();
    let first: String = me.called.chars().take(1).collect();
    let number = me
        .volunteer_no
        .as_ref()
        .map(|no| td_string!(l, people.volunteer_no, no = no.as_str()).to_string());
    let posts = me
        .posts
        .iter()
        .map(|(kind, _)| view! { <span class="tag calm">{words::post(l, *kind)}</span> })
        .collect_view();
    view! {
        <div class="person who-me">
            <span class="avatar big" aria-hidden="true">{first}</span>
            <div class="grow">
                <p class="name">
                    {me.called.clone()}
                    {number
                        .is_some()
                        .then(|| {
                            view! { <span class="tag lotus">{td_string!(l, people.volunteer)}</span> }
                        })}
                    {posts}
                </p>
                <p class="meta">
                    {me.phone}
                    {number.map(|number| view! { <br/> {number} })}
                </p>
            </div>
        </div>
    }
}

/// The desk is shut until the second proof; the page there knows whether there is one to give.
#[component]
fn Waits() -> impl IntoView {
    let l = lang();
    view! {
        <div class="notice soon gap">
            <Icon name="lock"/>
            <p>
                {td_string!(l, security.waits)} " "
                <a href="/sign-in/proof?next=/me">{td_string!(l, security.prove)}</a>
            </p>
        </div>
    }
}

/// Coins and hours: 60 minutes make one coin.
#[component]
fn Hours(minutes: i64, helped: i64) -> impl IntoView {
    let l = lang();
    let coins = minutes / 60;
    let toward = minutes % 60;
    // The circle's length is 2π·55.
    let dash = format!("{:.1} 400", toward as f64 / 60.0 * 345.6);
    let times = td_string!(l, people.times_n, n = helped).to_string();
    let next = td_string!(l, people.next_coin, n = 60 - toward, k = coins + 1).to_string();
    view! {
        <section class="card lotus" aria-labelledby="coin">
            <h2 id="coin" class="vh">{td_string!(l, people.coins)}</h2>
            <div class="row">
                <div class="coin-ring">
                    <svg viewBox="0 0 124 124" aria-hidden="true">
                        <circle cx="62" cy="62" r="55" stroke="var(--lotus-line)" stroke-width="9"></circle>
                        <circle
                            cx="62"
                            cy="62"
                            r="55"
                            stroke="var(--lotus)"
                            stroke-width="9"
                            stroke-linecap="round"
                            stroke-dasharray=dash
                            transform="rotate(-90 62 62)"
                        ></circle>
                    </svg>
                    <span><b class="num">{coins}</b>{td_string!(l, people.coin_unit)}</span>
                </div>
                <dl class="grow stack figures">
                    <div>
                        <dt class="meta">{td_string!(l, people.served)}</dt>
                        <dd><b>{time::minutes(l, minutes)}</b></dd>
                    </div>
                    <div>
                        <dt class="meta">{td_string!(l, people.helped)}</dt>
                        <dd><b>{times}</b></dd>
                    </div>
                </dl>
            </div>
            <p class="meta">{next}</p>
            <p class="faint">{td_string!(l, people.coin_note)}</p>
        </section>
    }
}

#[component]
fn Lists(me: MeView) -> impl IntoView {
    let l = lang();
    let none = || td_string!(l, people.none).to_owned();
    let asking = match me.asking {
        0 => none(),
        n => td_string!(l, people.running_n, n = n).to_string(),
    };
    let helping = match me.helping {
        0 => none(),
        n => td_string!(l, people.in_hand_n, n = n).to_string(),
    };
    let news = match me.unread {
        0 => none(),
        n => td_string!(l, notices.unread_n, n = n).to_string(),
    };
    let home = me.home.unwrap_or_else(|| td_string!(l, people.home_none).to_owned());
    let desk = (!me.posts.is_empty()).then(|| {
        let posts = match me.waiting {
            None => me.posts.into_iter().map(|(_, name)| name).collect::<Vec<_>>().join("、"),
            Some(n) => td_string!(l, people.waiting_n, n = n).to_string(),
        };
        view! { <Line href="/desk" icon="list" words=td_string!(l, common.desk) value=posts/> }
    });
    view! {
        <section class="section stack">
            <ul class="card flush rows">
                {desk}
                <Line href="/notices" icon="bell" words=td_string!(l, people.news_row) value=news/>
                <Line href="/mine" icon="door" words=td_string!(l, people.my_requests) value=asking/>
                <Line href="/helping" icon="heart" words=td_string!(l, people.my_claims) value=helping/>
                <Line href="/me/volunteer" icon="star" words=td_string!(l, people.volunteer)/>
                <Line href="/deeds" icon="check" words=td_string!(l, deeds.title)/>
            </ul>
            <ul class="card flush rows">
                <Line href="/me/home" icon="me" words=td_string!(l, people.home) value=home/>
                <Line href="/me/door" icon="rings" words=td_string!(l, people.door_row)/>
                <Line href="/mine/recurring" icon="cal" words=td_string!(l, recurring.row)/>
                <Line href="/mine/watched" icon="users" words=td_string!(l, people.watched_row)/>
                <Line href="/me/notices" icon="sound" words=td_string!(l, ways.title)/>
            </ul>
            <ul class="card flush rows">
                <Line href="/me/data" icon="c-proof" words=td_string!(l, people.data_row)/>
                <Line href="/me/looks" icon="search" words=td_string!(l, people.looks_row)/>
                <Line href="/me/reports" icon="warn" words=td_string!(l, people.reports_row)/>
                <Line href="/me/security" icon="lock" words=td_string!(l, security.title)/>
            </ul>
        </section>
    }
}

#[component]
fn Line(
    href: &'static str,
    icon: &'static str,
    words: &'static str,
    #[prop(optional)] value: String,
) -> impl IntoView {
    view! {
        <li>
            <a class="rowlink" href=href>
                <Icon name=icon/>
                <span class="nowrap">{words}</span>
                <span class="val">{value}</span>
                <Icon name="go" class="go"/>
            </a>
        </li>
    }
}

/// How the reader wants it: plain buttons of one form, the chosen ones pressed.
#[component]
fn Display(shown: [String; 3]) -> impl IntoView {
    let l = lang();
    let [size, theme, contrast] = shown;
    let language = if l == Locale::en { "en" } else { "zh-CN" };
    let sizes =
        vec![("std", td_string!(l, people.size_std)), ("elder", td_string!(l, people.size_elder))];
    let themes = vec![
        ("light", td_string!(l, people.theme_light)),
        ("dark", td_string!(l, people.theme_dark)),
        ("auto", td_string!(l, people.theme_auto)),
    ];
    let contrasts = vec![
        ("std", td_string!(l, people.contrast_std)),
        ("more", td_string!(l, people.contrast_more)),
    ];
    let languages = vec![("zh-CN", "中文"), ("en", "English")];
    view! {
        <section class="section" aria-labelledby="display-h">
            <h2 id="display-h">{td_string!(l, people.display)}</h2>
            <form method="post" action="/prefs" class="card stack display">
                <Choices words=td_string!(l, people.size) name="size" values=sizes chosen=size/>
                <Choices words=td_string!(l, people.theme) name="theme" values=themes chosen=theme/>
                <Choices
                    words=td_string!(l, people.language)
                    name="lang"
                    values=languages
                    chosen=language.to_owned()
                />
                <Choices
                    words=td_string!(l, people.contrast)
                    name="contrast"
                    values=contrasts
                    chosen=contrast
                />
            </form>
        </section>
    }
}

#[component]
fn Choices(
    words: &'static str,
    name: &'static str,
    values: Vec<(&'static str, &'static str)>,
    chosen: String,
) -> impl IntoView {
    let buttons = values
        .into_iter()
        .map(|(value, words)| {
            let lang = (name == "lang").then_some(value);
            let pressed = (value == chosen).to_string();
            view! {
                <button class="seg-btn" name=name value=value lang=lang aria-pressed=pressed>
                    {words}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="row wrap choice-row" role="group" aria-label=words>
            <span class="label">{words}</span>
            <span class="seg">{buttons}</span>
        </div>
    }
}
