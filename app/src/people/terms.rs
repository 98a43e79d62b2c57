//! What people agree to, and what happens with what they write. Plain words, one page for each version;
//! who agreed to an older one is shown what is new.

use super::moves::{AgreeToTerms, AskedAgain};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        load::{Load, ask, once},
        missing::Missing,
        refused::Refused,
    },
    words::{Locale, lang, td_string, time},
};
use domain::{
    consent::{NEWEST, TERMS, Version},
    sign_in::way_back,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The terms and the privacy notice of one version.
pub struct Words {
    /// What people agree to.
    pub terms: Vec<&'static str>,
    /// What happens with what they write.
    pub privacy: Vec<&'static str>,
}

/// The words of a version. A new version adds an arm and keeps the others.
pub fn words(l: Locale, version: i64) -> Words {
    let mut terms = vec![
        td_string!(l, terms.t1),
        td_string!(l, terms.t2),
        td_string!(l, terms.t3),
        td_string!(l, terms.t4),
        td_string!(l, terms.t5),
    ];
    let mut privacy = vec![
        td_string!(l, terms.p1),
        td_string!(l, terms.p2),
        td_string!(l, terms.p3),
        td_string!(l, terms.p4),
        td_string!(l, terms.p5),
    ];
    if version >= 2 {
        terms.push(td_string!(l, terms.t6));
        privacy.extend([td_string!(l, terms.p6), td_string!(l, terms.p7)]);
    }
    Words { terms, privacy }
}

/// What a version has that the one before had not.
pub fn changed(l: Locale, version: i64) -> Vec<&'static str> {
    let (new, old) = (words(l, version), words(l, version - 1));
    let had = |line: &&str| !old.terms.contains(line) && !old.privacy.contains(line);
    new.terms.into_iter().chain(new.privacy).filter(had).collect()
}

/// The terms that hold.
#[component]
pub fn Terms() -> impl IntoView {
    let newest = TERMS[TERMS.len() - 1];
    view! { <Page version=newest/> }
}

/// One version of the terms.
#[component]
pub fn OldTerms() -> impl IntoView {
    let asked = use_params_map().read_untracked().get("version").unwrap_or_default();
    match TERMS.into_iter().find(|version| version.number.to_string() == asked) {
        Some(version) => view! { <Page version/> }.into_any(),
        None => view! { <Missing/> }.into_any(),
    }
}

#[component]
fn Page(version: Version) -> impl IntoView {
    let l = lang();
    let Words { terms, privacy } = words(l, version.number);
    let since = time::full_day(l, version.since);
    let told = td_string!(l, terms.version, n = version.number, t = since.as_str()).to_string();
    let old = version.number < NEWEST;
    let others = TERMS.into_iter().filter(|one| one.number != version.number).map(|one| {
        let (href, words) = if one.number == NEWEST {
            ("/terms".to_owned(), td_string!(l, terms.newest).to_owned())
        } else {
            let words = td_string!(l, terms.older, n = one.number).to_string();
            (format!("/terms/{}", one.number), words)
        };
        view! { <a class="btn quiet flush" href=href>{words}</a> }
    });
    view! {
        <Title text=format!("{} · {}", td_string!(l, terms.title), td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/sign-in" words=td_string!(l, common.sign_in)/>
            <main id="main" class="prose">
                <h1>{td_string!(l, terms.title)}</h1>
                <p class="meta">{told}</p>
                {old.then(|| view! { <p class="notice soon">{td_string!(l, terms.old_note)}</p> })}
                <section class="section">
                    <h2>{td_string!(l, terms.terms)}</h2>
                    <Lines lines=terms/>
                </section>
                <section class="section" id="privacy">
                    <h2>{td_string!(l, terms.privacy)}</h2>
                    <Lines lines=privacy/>
                </section>
                <p class="row wrap gap-before">{others.collect_view()}</p>
            </main>
        </div>
    }
}

#[component]
fn Lines(lines: Vec<&'static str>) -> impl IntoView {
    lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()
}

/// What is new in the terms, and agreeing to it.
#[component]
pub fn NewTerms() -> impl IntoView {
    let agree = Act::of::<AgreeToTerms>();
    let data = ask(|| AskedAgain {}, once);
    view! { <Load data page=move |asked| view! { <Changed asked agree/> }/> }
}

#[component]
fn Changed(asked: bool, agree: Act) -> impl IntoView {
    let l = lang();
    let next =
        way_back(&use_query_map().read_untracked().get("next").unwrap_or_default()).to_owned();
    let title = match asked {
        true => td_string!(l, terms.changed_title),
        false => td_string!(l, terms.agreed_title),
    };
    let form = if asked {
        view! {
            <ActForm act=agree class="stack">
                <input type="hidden" name="next" value=next/>
                <button class="btn primary wide">{td_string!(l, terms.agree)}</button>
            </ActForm>
        }
        .into_any()
    } else {
        view! { <p class="notice good">{td_string!(l, terms.agreed)}</p> }.into_any()
    };
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/me" words=td_string!(l, common.tab_me)/>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{title}</h1>
                    {asked.then(|| view! { <p>{td_string!(l, terms.changed_hint)}</p> })}
                </div>
                <Refused act=agree/>
                <section class="card prose" aria-labelledby="changed-h">
                    <h2 id="changed-h">{td_string!(l, terms.changed)}</h2>
                    <Lines lines=changed(l, NEWEST)/>
                </section>
                {form}
                <a class="btn second wide" href="/terms">{td_string!(l, terms.whole)}</a>
            </main>
        </div>
    }
}
