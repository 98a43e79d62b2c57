//! One request: how far it has come, who is on it, what happened, and just the buttons that the
//! table of moves allows this reader.

use super::{
    api::Request as Ask,
    captain::{AcceptPart, ApprovePart, DispatchPart},
    foot::Foot,
    forms::{Acts, Refusals},
    helper::{AskedNote, AskedPart, ClaimPart, HelperPart},
    notes::Notes,
    people::People,
    requester::{RatePart, RequesterPart},
    view::{DueLine, RequestView},
};
use crate::{
    components::{
        bars::{BackBar, Skip},
        clauses::clauses,
        icon::{Icon, of_category, tile_of},
        load::{Data, Load, ask},
        status::{StateHead, UrgencyTag},
    },
    words::{self, Locale, lang, td_string, time},
};
use domain::requests::{Move, card::Ring, privacy::Sight};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The page of one request.
#[component]
pub fn Detail() -> impl IntoView {
    let params = use_params_map();
    let question = move || Ask { code: params.read().get("code").unwrap_or_default() };
    let acts = Acts::new();
    let data = ask(question, move || acts.version());
    keep_focus(acts, data);
    view! { <Load data page=move |view| view! { <Page view acts/> }/> }
}

/// After a move its button is gone or stands for something else, and with it the place of whoever
/// reads by ear or keyboard: the head of the page takes the focus, without a jump. After a refusal
/// its words do, in view.
fn keep_focus(acts: Acts, data: Data<RequestView>) {
    Effect::new(move |before: Option<usize>| {
        let version = acts.version();
        data.track();
        if before.is_some() && version > 0 {
            let (id, stays) = if acts.failed() { ("refused", false) } else { ("state", true) };
            request_animation_frame(move || focus(id, stays));
        }
        version
    });
}

/// The focus is a convenience: a browser that refuses loses nothing.
fn focus(id: &str, stays: bool) {
    use leptos::wasm_bindgen::JsCast;
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(stays);
    let place = document().get_element_by_id(id);
    if let Some(place) = place.as_ref().and_then(|place| place.dyn_ref::<web_sys::HtmlElement>()) {
        let _ = place.focus_with_options(&options);
    }
}

#[component]
fn Page(view: RequestView, acts: Acts) -> impl IntoView {
    let l = lang();
    let title = {
        let headline = words::escaped_on_server(&view.headline);
        move || {
            let prefix = if acts.failed() { td_string!(l, common.error_prefix) } else { "" };
            format!("{prefix}{headline} · {}", td_string!(l, common.name))
        }
    };
    let ring = use_query_map().read_untracked().get("ring").and_then(|key| Ring::from_key(&key));
    let (back, words) = if let Some(ring) = ring {
        (format!("/?ring={}", ring.key()), td_string!(l, common.tab_board))
    } else if view.parts.requester {
        ("/mine".to_owned(), td_string!(l, common.tab_mine))
    } else if view.parts.in_charge {
        ("/desk".to_owned(), td_string!(l, common.desk))
    } else {
        ("/".to_owned(), td_string!(l, common.tab_board))
    };
    let end = td_string!(l, requests.code, code = view.code.as_str()).to_string();
    view! {
        <Title text=title/>
        <Skip/>
        <div class="page">
            <BackBar href=back words=words end=end/>
            <main id="main" class="stack">
                <Refusals acts now=view.now/>
                <StateHead state=view.state line=view.told.line.clone()/>
                {view.told.due.clone().map(|due| view! { <Due due/> })}
                <AskedNote view=view.clone()/>
                <Notes view=view.clone() acts/>
                {view.may(Move::Rate).then(|| view! { <RatePart view=view.clone() acts/> })}
                <People view=view.clone()/>
                <What view=view.clone()/>
                <div class="drawn" inner_html=view.photos.clone()></div>
                <Parts view=view.clone() acts/>
                <div class="drawn" inner_html=view.told.steps.clone()></div>
                <Foot view/>
            </main>
        </div>
    }
}

/// The forms for this reader. At most one of them brings the action bar; the stars stand above, right
/// under the state.
#[component]
fn Parts(view: RequestView, acts: Acts) -> impl IntoView {
    let may = |mv| view.may(mv);
    let claim = !view.parts.requester
        && !view.parts.asked
        && (may(Move::Claim) || view.why_not.is_some() || !view.signed_in);
    let helper = view.parts.helper && (may(Move::Start) || may(Move::Cannot));
    let requester = !helper && (may(Move::Withdraw) || (may(Move::Finish) && view.parts.requester));
    let reopen = may(Move::Reopen) && !may(Move::Rate);
    let part = |shown: bool, part: AnyView| shown.then_some(part);
    view! {
        {part(may(Move::Accept), view! { <AcceptPart view=view.clone() acts/> }.into_any())}
        {part(may(Move::Approve), view! { <ApprovePart view=view.clone() acts/> }.into_any())}
        {part(helper, view! { <HelperPart view=view.clone() acts/> }.into_any())}
        {part(may(Move::TurnDown), view! { <AskedPart view=view.clone() acts/> }.into_any())}
        {reopen.then(|| view! { <RatePart view=view.clone() acts/> })}
        {part(requester, view! { <RequesterPart view=view.clone() acts/> }.into_any())}
        {part(may(Move::Dispatch), view! { <DispatchPart view=view.clone() acts/> }.into_any())}
        {part(claim, view! { <ClaimPart view=view.clone() acts/> }.into_any())}
    }
}

/// By when, and who is told otherwise.
#[component]
fn Due(due: DueLine) -> impl IntoView {
    let l = lang();
    let late = due.late;
    let comma = if l == Locale::en { ", " } else { "，" };
    // What is late ends with its full stop.
    let between = match (late, l) {
        (true, Locale::en) => " ",
        (true, _) => "",
        _ => comma,
    };
    view! {
        <p class=if late { "due late" } else { "due" }>
            <Icon name=if late { "warn" } else { "clock" }/>
            <span>
                <b>{if late { td_string!(l, kinds.late) } else { "" }}</b>
                {if late { comma } else { "" }}
                <time datetime=time::machine(due.at)>{due.words}</time>
                {due.more.map(|more| format!("{between}{more}"))}
            </span>
        </p>
    }
}

/// What it is about, and the facts that the reader may know.
#[component]
fn What(view: RequestView) -> impl IntoView {
    let l = lang();
    let kind = words::category(l, view.category);
    let people = if view.helpers.is_empty() {
        td_string!(l, requests.nobody_yet, n = view.needed).to_string()
    } else {
        td_string!(l, requests.some_came, n = view.needed, m = view.helpers.len()).to_string()
    };
    let last = ['。', '！', '？', '.', '!', '?'];
    let whole = view.words.trim().trim_end_matches(last) != view.headline;
    let hidden = view.sight < Sight::Contact && view.state.is_on_board();
    let distance = view.distance.map(|at| words::distance(l, at));
    view! {
        <section class="card" aria-labelledby="what-h">
            <div class="row top">
                <span class=tile_of(view.category)><Icon name=of_category(view.category)/></span>
                <div class="grow">
                    <h2 id="what-h" class="plain">{clauses(&view.headline)}</h2>
                    <p class="row wrap tags">
                        <UrgencyTag urgency=view.urgency/>
                        <span class="meta">{kind}</span>
                        {(!view.on_board)
                            .then(|| {
                                view! {
                                    <span class="tag lotus">
                                        <Icon name="lock"/>{td_string!(l, requests.private_tag)}
                                    </span>
                                }
                            })}
                    </p>
                </div>
            </div>
            {whole.then(|| view! { <p class="words">{view.words.clone()}</p> })}
            <dl class="facts">
                <Fact words=td_string!(l, requests.who) value=Some(view.called.clone())/>
                <Fact words=td_string!(l, requests.distance) value=distance.filter(|_| !view.parts.requester)/>
                <Fact words=td_string!(l, requests.when) value=view.wanted.clone()/>
                <Fact words=td_string!(l, requests.people) value=Some(people)/>
                <Own view=view.clone()/>
                <Fact words=td_string!(l, requests.risks) value=view.risks.clone()/>
                <Fact words=td_string!(l, requests.result) value=view.result.clone().filter(|_| !view.may(Move::Approve))/>
                <Fact
                    words=td_string!(l, requests.rating_given)
                    value=view.rating.clone()
                />
            </dl>
            {hidden
                .then(|| {
                    view! {
                        <p class="meta row gap-before">
                            <Icon name="lock"/>{td_string!(l, requests.contact_later)}
                        </p>
                    }
                })}
        </section>
    }
}

/// What the asker gave, so that a mistake can be seen.
#[component]
fn Own(view: RequestView) -> impl IntoView {
    let l = lang();
    let contact = view.contact.filter(|_| view.parts.requester)?;
    Some(view! {
        <Fact words=td_string!(l, requests.door_given) value=contact.door/>
        <Fact words=td_string!(l, requests.phone) value=contact.phone/>
        <Fact words=td_string!(l, requests.filed_by) value=contact.filed_by/>
    })
}

/// One fact; nothing when it is not known.
#[component]
fn Fact(words: &'static str, value: Option<String>) -> impl IntoView {
    value.map(|value| {
        view! {
            <div>
                <dt>{words}</dt>
                <dd>{value}</dd>
            </div>
        }
    })
}
