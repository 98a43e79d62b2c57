//! What people agree to, and what happens with what they write. Plain words, one page.

use crate::{
    components::bars::{BackBar, Skip},
    words::{lang, td_string},
};
use leptos::prelude::*;
use leptos_meta::Title;

/// The terms and the privacy notice.
#[component]
pub fn Terms() -> impl IntoView {
    let l = lang();
    let terms = [
        td_string!(l, terms.t1),
        td_string!(l, terms.t2),
        td_string!(l, terms.t3),
        td_string!(l, terms.t4),
        td_string!(l, terms.t5),
    ];
    let privacy = [
        td_string!(l, terms.p1),
        td_string!(l, terms.p2),
        td_string!(l, terms.p3),
        td_string!(l, terms.p4),
        td_string!(l, terms.p5),
    ];
    let lines = |lines: [&'static str; 5]| lines.map(|line| view! { <p>{line}</p> }).collect_view();
    view! {
        <Title text=format!("{} · {}", td_string!(l, terms.title), td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/sign-in" words=td_string!(l, common.sign_in)/>
            <main id="main" class="prose">
                <h1>{td_string!(l, terms.title)}</h1>
                <section class="section">
                    <h2>{td_string!(l, terms.terms)}</h2>
                    {lines(terms)}
                </section>
                <section class="section" id="privacy">
                    <h2>{td_string!(l, terms.privacy)}</h2>
                    {lines(privacy)}
                </section>
            </main>
        </div>
    }
}
