//! The bars: brand and preferences above, the tabs below, the top navigation on wide screens.

use super::icon::{Icon, Logo};
use crate::ring::RingCaptain;
use crate::words::{Locale, lang, td_string};
use leptos::prelude::*;

/// The root pages, each with its tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// The board.
    Board,
    /// One's own requests.
    Mine,
    /// What one helps with.
    Helping,
    /// The account.
    Me,
}

impl Tab {
    const fn href(self) -> &'static str {
        match self {
            Self::Board => "/",
            Self::Mine => "/mine",
            Self::Helping => "/helping",
            Self::Me => "/me",
        }
    }

    const fn icon(self) -> &'static str {
        match self {
            Self::Board => "rings",
            Self::Mine => "door",
            Self::Helping => "heart",
            Self::Me => "me",
        }
    }

    fn words(self, l: Locale) -> &'static str {
        match self {
            Self::Board => td_string!(l, common.tab_board),
            Self::Mine => td_string!(l, common.tab_mine),
            Self::Helping => td_string!(l, common.tab_helping),
            Self::Me => td_string!(l, common.tab_me),
        }
    }
}

/// The way past the bars for keyboards and screen readers; first in the page.
#[component]
pub fn Skip() -> impl IntoView {
    view! { <a class="skip" href="#main">{td_string!(lang(), common.skip)}</a> }
}

/// The bar of a root page: brand, top navigation on wide screens, preferences.
#[component]
pub fn TopBar(
    /// The page that we are on.
    #[prop(optional_no_strip)]
    at: Option<Tab>,
) -> impl IntoView {
    let l = lang();
    let links = [Tab::Board, Tab::Mine, Tab::Helping, Tab::Me].map(|tab| {
        let current = (Some(tab) == at).then_some("page");
        view! { <a href=tab.href() aria-current=current>{tab.words(l)}</a> }
    });
    view! {
        <header class="topbar">
            <a class="brand" href="/"><Logo/>{td_string!(l, common.name)}</a>
            <nav class="topnav" aria-label=td_string!(l, common.main_nav)>
                {links.collect_view()}
            </nav>
            <a class="btn primary small only-wide" href="/requests/new">
                <Icon name="plus"/>{td_string!(l, common.ask_for_help)}
            </a>
            // The board shows the captain with a button of its own.
            {(at != Some(Tab::Board)).then(|| view! { <RingCaptain/> })}
            <Prefs/>
        </header>
    }
}

/// Large text and language, one tap each, as a plain form.
#[component]
pub fn Prefs() -> impl IntoView {
    let l = lang();
    let (other, label) = match l {
        Locale::en => ("zh-CN", "中文"),
        Locale::zh_CN => ("en", "EN"),
    };
    view! {
        <form method="post" action="/prefs" class="row prefs">
            <button class="pref only-std" name="size" value="elder">
                <Icon name="big"/>
                <span class="pref-word">{td_string!(l, common.elder)}</span>
            </button>
            <button class="pref only-elder" name="size" value="std" aria-pressed="true">
                <Icon name="big"/>
                <span class="pref-word">{td_string!(l, common.standard)}</span>
            </button>
            <button class="pref only-std" name="lang" value=other lang=other>
                {label}
            </button>
        </form>
    }
}

/// The bar of an inner page: the way back, and a word at the end.
#[component]
pub fn BackBar(
    /// Where back leads.
    #[prop(into)]
    href: String,
    /// The name of the page there.
    #[prop(into)]
    words: String,
    /// A word at the end: the number of the request.
    #[prop(optional, into)]
    end: String,
) -> impl IntoView {
    view! {
        <header class="topbar">
            <a class="back" href=href><Icon name="back"/>{words}</a>
            <span class="end-slot">{end}</span>
            <RingCaptain/>
        </header>
    }
}

/// The tabs at the foot of root pages; the red circle is the one action.
#[component]
pub fn TabBar(
    /// The page that we are on.
    #[prop(optional_no_strip)]
    at: Option<Tab>,
) -> impl IntoView {
    let l = lang();
    let tab = move |tab: Tab| {
        let current = (Some(tab) == at).then_some("page");
        view! {
            <li>
                <a href=tab.href() aria-current=current><Icon name=tab.icon()/>{tab.words(l)}</a>
            </li>
        }
    };
    view! {
        <nav class="tabbar" aria-label=td_string!(l, common.main_nav)>
            <ul>
                {tab(Tab::Board)}
                {tab(Tab::Mine)}
                <li class="tab-add">
                    <a href="/requests/new">
                        <span class="disc"><Icon name="plus"/></span>
                        {td_string!(l, common.tab_ask)}
                    </a>
                </li>
                {tab(Tab::Helping)}
                {tab(Tab::Me)}
            </ul>
        </nav>
    }
}
