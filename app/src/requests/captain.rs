//! What captains and staff can do: accept or decline, ask a volunteer, take somebody off, approve
//! or return.

use super::{
    forms::{ActionBar, Acts, Fold, MinutesField, Note, Primary, Reasons, Wrong, is_of_the_note},
    view::{BeforeRefusal, HelperLine, RequestView, Typed},
};
use crate::{
    components::{act::ActForm, icon::Icon},
    words::{Locale, lang, refused, td_string, time},
};
use domain::requests::{
    Move,
    reasons::{DeclineReason, ReleaseReason, ReturnReason},
};
use leptos::prelude::*;

/// 受理 or 不予受理.
#[component]
pub fn AcceptPart(
    /// The request.
    view: RequestView,
    /// The actions of the page.
    acts: Acts,
) -> impl IntoView {
    let l = lang();
    let typed = view.typed_for(Move::Decline).cloned();
    // What is the same or goes elsewhere has a page of its own.
    let keys = [DeclineReason::NotSuitable, DeclineReason::Money, DeclineReason::Emergency];
    let keys = keys.map(DeclineReason::key).to_vec();
    let (code, same) = (view.code.clone(), view.code.clone());
    let words = if view.on_board {
        td_string!(l, steps.accept)
    } else {
        td_string!(l, steps.accept_private)
    };
    view! {
        <ActForm act=acts.accept id="accept">
            <input type="hidden" name="code" value=code/>
        </ActForm>
        <Fold words=td_string!(l, steps.decline) act=acts.decline acts open=typed.is_some() danger=true>
            <ActForm act=acts.decline class="stack">
                <input type="hidden" name="code" value=same/>
                <Wrong act=acts.decline acts now=view.now/>
                <Reasons form="decline" keys=keys chosen=typed.reason()/>
                <Note
                    form="decline"
                    label=td_string!(l, requests.refer_note)
                    value=typed.note()
                />
                <button class="btn second wide">{td_string!(l, steps.decline)}</button>
            </ActForm>
        </Fold>
        <ActionBar>
            <Primary form="accept" words pending=acts.accept.pending()/>
        </ActionBar>
    }
}

/// 派单, and taking off who does not come.
#[component]
pub fn DispatchPart(
    /// The request.
    view: RequestView,
    /// The actions of the page.
    acts: Acts,
) -> impl IntoView {
    let l = lang();
    let code = view.code.clone();
    let waiting = view
        .offers
        .iter()
        .map(|words| {
            view! {
                <p class="notice plain">
                    <Icon name="bell"/>
                    <span>{words.clone()}</span>
                </p>
            }
        })
        .collect_view();
    let helpers =
        if view.may(Move::Release) && !view.parts.helper { view.helpers.clone() } else { vec![] };
    let releases = helpers
        .into_iter()
        .map(|helper| view! { <TakeOff helper code=code.clone() acts/> })
        .collect_view();
    view! {
        {waiting}
        <a class="btn second wide" href=format!("/requests/{code}/dispatch")>
            <Icon name="users"/>{td_string!(l, requests.candidates)}
        </a>
        {releases}
    }
}

#[component]
fn TakeOff(helper: HelperLine, code: String, acts: Acts) -> impl IntoView {
    let l = lang();
    let words = td_string!(l, steps.release_captain, who = helper.called.as_str()).to_string();
    view! {
        <ActForm act=acts.release class="center">
            <input type="hidden" name="code" value=code/>
            <input type="hidden" name="helper" value=helper.person.0.to_string()/>
            <input type="hidden" name="reason" value=ReleaseReason::DidNotCome.key()/>
            <button class="btn quiet">{words}</button>
        </ActForm>
    }
}

/// 同意办结 with the minutes, or 退回补充.
#[component]
pub fn ApprovePart(
    /// The request.
    view: RequestView,
    /// The actions of the page.
    acts: Acts,
) -> impl IntoView {
    let l = lang();
    let (code, same) = (view.code.clone(), view.code.clone());
    let typed = view.typed_for(Move::Approve).cloned();
    let returned = view.typed_for(Move::Return).cloned();
    let keys = ReturnReason::ALL.iter().map(|reason| reason.key()).collect();
    let now = view.now;
    let wrong = Signal::derive(move || {
        let missing = acts.no_of(acts.approve).filter(is_of_the_note)?;
        Some(refused::error(l, &missing, now))
    });
    let fields = view
        .helpers
        .iter()
        .map(|helper| {
            let value = helper.minutes.unwrap_or_default();
            let total = total(l, helper, typed.as_ref());
            view! {
                <MinutesField
                    person=helper.person
                    called=helper.called.clone()
                    value
                    typed=typed.clone()
                    may_be_none=helper.started_at.is_none()
                />
                <p class="notice plain coin">
                    <Icon name="coin"/>
                    <span>{total}</span>
                </p>
            }
        })
        .collect_view();
    view! {
        <Accounts view=view.clone()/>
        <ActForm act=acts.approve class="card stack" id="approve">
            <input type="hidden" name="code" value=code/>
            <Wrong act=acts.approve acts now=view.now/>
            {fields}
            <Note
                form="approve"
                label=td_string!(l, requests.change_reason)
                hint=td_string!(l, requests.change_reason_hint)
                value=typed.note()
                wrong
            />
        </ActForm>
        <Fold words=td_string!(l, steps.return_it) act=acts.give_back acts open=returned.is_some()>
            <ActForm act=acts.give_back class="stack">
                <input type="hidden" name="code" value=same/>
                <Wrong act=acts.give_back acts now=view.now/>
                <Reasons form="return" keys=keys chosen=returned.reason()/>
                <Note form="return" label=td_string!(l, requests.note) value=returned.note()/>
                <button class="btn second wide">{td_string!(l, steps.return_it)}</button>
            </ActForm>
        </Fold>
        <ActionBar>
            <Primary form="approve" words=td_string!(l, steps.approve) pending=acts.approve.pending()/>
        </ActionBar>
    }
}

/// What a helper has served in all, before this request and with the minutes that stand in the field.
fn total(l: Locale, helper: &HelperLine, typed: Option<&Typed>) -> String {
    let typed = typed.and_then(|typed| typed.minutes.get(&format!("of-{}", helper.person.0)));
    let typed = typed.and_then(|minutes| minutes.parse().ok());
    let minutes: u16 = typed.or(helper.minutes).unwrap_or_default();
    let before = time::minutes(l, helper.served);
    let after = time::minutes(l, helper.served.saturating_add(minutes.into()));
    let (t, u) = (before.as_str(), after.as_str());
    td_string!(l, requests.total_before, t = t, u = u).to_string()
}

/// What they say: when each helper arrived and reported, drawn on one line, with the words.
#[component]
fn Accounts(view: RequestView) -> impl IntoView {
    let l = lang();
    let (report, now) = (view.report.clone()?, view.now);
    let done = report.at;
    let start = view.helpers.iter().filter_map(|helper| helper.started_at).min().unwrap_or(done);
    let at = |moment| time::short(l, moment, now);
    let who = view.helper_names();
    let label = {
        let (a, b) = (at(start), at(done));
        let (who, a, b) = (who.as_str(), a.as_str(), b.as_str());
        td_string!(l, requests.chart_label, who = who, a = a, b = b).to_string()
    };
    let rows = view
        .helpers
        .iter()
        .map(|helper| {
            let who = helper.called.as_str();
            let said = td_string!(l, requests.reports, who = who).to_string();
            let minutes = time::minutes(l, helper.minutes.map_or(0, i64::from));
            view! {
                <div>
                    <dt>{said}</dt>
                    <dd><b class="num">{minutes}</b></dd>
                </div>
            }
        })
        .collect_view();
    Some(view! {
        <section class="card" aria-labelledby="accounts-h">
            <h2 id="accounts-h" class="plain">{td_string!(l, requests.accounts)}</h2>
            <figure class="plot">
                <svg class="chart" viewBox="0 0 326 78" role="img" aria-label=label>
                    <line class="grid" x1="8" x2="318" y1="42" y2="42" stroke-width="2"></line>
                    <rect x="62" y="34" width="202" height="16" rx="8" fill="var(--lake)"></rect>
                    <circle class="end" cx="62" cy="42" r="9"></circle>
                    <circle class="end" cx="264" cy="42" r="9"></circle>
                    <text x="62" y="20" text-anchor="middle" class="strong">{at(start)}</text>
                    <text x="264" y="20" text-anchor="middle" class="strong">{at(done)}</text>
                    <text x="62" y="73" text-anchor="middle">{td_string!(l, requests.arrived)}</text>
                    <text x="264" y="73" text-anchor="middle">{td_string!(l, requests.left)}</text>
                </svg>
            </figure>
            <dl class="facts">
                {rows}
                {report
                    .note
                    .map(|note| {
                        view! {
                            <div>
                                <dt>{td_string!(l, requests.done_words)}</dt>
                                <dd>{note}</dd>
                            </div>
                        }
                    })}
            </dl>
        </section>
    })
}
