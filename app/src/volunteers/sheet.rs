//! One who waits for a team, or is a member of it, for those in charge.

use super::{
    api::{SheetView, Volunteer as Ask},
    moves::{ApproveVolunteer, RefuseVolunteer, RemoveVolunteer},
    parts::{Decision, Fact, History, Standings, tag},
};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        call::Call,
        icon::Icon,
        load::{Load, ask, once},
        refused::Refused,
    },
    words::{lang, td_string, time, volunteers as words},
};
use domain::volunteers::{
    Move, Standing,
    reasons::{RefuseReason, RemoveReason},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// The verbs of the page.
#[derive(Clone, Copy)]
struct Acts {
    approve: Act,
    refuse: Act,
    remove: Act,
}

/// The page.
#[component]
pub fn OneVolunteer() -> impl IntoView {
    let params = use_params_map();
    let of = move |key| params.read().get(key).unwrap_or_default();
    let data = ask(move || Ask { team: of("team"), person: of("person") }, once);
    let acts = Acts {
        approve: Act::of::<ApproveVolunteer>(),
        refuse: Act::of::<RefuseVolunteer>(),
        remove: Act::of::<RemoveVolunteer>(),
    };
    view! { <Load data page=move |view| view! { <Page view acts/> }/> }
}

#[component]
fn Page(view: SheetView, acts: Acts) -> impl IntoView {
    let l = lang();
    let now = view.now;
    let (href, back) = match view.standing {
        Standing::Applied => ("/volunteers".to_owned(), td_string!(l, volunteers.waiting_title)),
        _ => (format!("/teams/{}/members", view.team), td_string!(l, volunteers.members)),
    };
    let refusals = [acts.approve, acts.refuse, acts.remove].map(|act| view! { <Refused act now/> });
    view! {
        <Title text=format!("{} · {} · {}", view.called, view.name, td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href words=back/>
            <main id="main" class="stack">
                {refusals.collect_view()}
                <Head view=view.clone()/>
                <Decide view=view.clone() acts/>
                <About view=view.clone()/>
                <Guardian view=view.clone()/>
                <section class="section" aria-labelledby="teams-h">
                    <div class="section-head">
                        <h2 id="teams-h">{td_string!(l, volunteers.teams)}</h2>
                    </div>
                    <Standings teams=view.teams now/>
                </section>
                <History events=view.events now/>
                <p class="faint">{td_string!(l, volunteers.look_noted)}</p>
            </main>
        </div>
    }
}

#[component]
fn Head(view: SheetView) -> impl IntoView {
    let l = lang();
    let first: String = view.called.chars().take(1).collect();
    let since = time::near(l, view.since, view.now);
    let age = match view.minor {
        Some(true) => Some(("tag today", td_string!(l, volunteers.minor))),
        Some(false) => Some(("tag", td_string!(l, volunteers.adult))),
        None => None,
    };
    view! {
        <section class="person">
            <span class="avatar" aria-hidden="true">{first}</span>
            <div class="grow">
                <h1 class="name">{view.called.clone()}</h1>
                <p class="meta">{view.name} " " <span class="nowrap">{since}</span></p>
                <p class="row wrap tags">
                    <span class=tag(view.standing)>{words::standing(l, view.standing)}</span>
                    {age.map(|(class, words)| view! { <span class=class>{words}</span> })}
                </p>
            </div>
            <Call phone=view.phone who=view.called words=td_string!(l, common.call)/>
        </section>
    }
}

/// What may be done now.
#[component]
fn Decide(view: SheetView, acts: Acts) -> impl IntoView {
    let l = lang();
    let (team, person) = (view.team, view.person);
    let may = |mv| view.moves.contains(&mv);
    let open = !view.typed.is_empty();
    let typed = view.typed.clone();
    let refusing = RefuseReason::ALL.iter().map(|one| (one.key(), words::reason(l, one.key())));
    let removing = RemoveReason::ALL.iter().map(|one| (one.key(), words::reason(l, one.key())));
    let approve = may(Move::Approve).then(|| {
        view! {
            <ActForm act=acts.approve>
                <input type="hidden" name="team" value=team.to_string()/>
                <input type="hidden" name="person" value=person.to_string()/>
                <button class="btn primary wide">{td_string!(l, volunteers.approve)}</button>
            </ActForm>
        }
    });
    let (act, form, reasons, words) = if may(Move::Remove) {
        (acts.remove, "remove", removing.collect::<Vec<_>>(), td_string!(l, volunteers.remove))
    } else {
        (acts.refuse, "refuse", refusing.collect(), td_string!(l, volunteers.refuse))
    };
    let against = (may(Move::Refuse) || may(Move::Remove)).then(|| {
        view! {
            <details class="fold card danger" open=open>
                <summary>{words}<Icon name="down"/></summary>
                <Decision act team person form reasons typed words/>
            </details>
        }
    });
    view! {
        {approve}
        {against}
    }
}

#[component]
fn About(view: SheetView) -> impl IntoView {
    let l = lang();
    let said = words::Said::of(l, &view.profile, view.now);
    let insured = match view.insured {
        Some(true) => said.insurance,
        Some(false) => format!("{} · {}", said.insurance, td_string!(l, volunteers.not_covered)),
        None => td_string!(l, volunteers.uninsured).to_owned(),
    };
    view! {
        <section class="card" aria-labelledby="about-h">
            <h2 id="about-h" class="plain">{td_string!(l, volunteers.about)}</h2>
            <dl class="facts">
                <Fact name=td_string!(l, volunteers.number) value=view.number.unwrap_or_default()/>
                <Fact name=td_string!(l, volunteers.home) value=view.home.unwrap_or_default()/>
                <Fact name=td_string!(l, volunteers.skills) value=said.skills/>
                <Fact name=td_string!(l, volunteers.languages) value=said.languages/>
                <Fact name=td_string!(l, volunteers.free) value=said.free/>
                <Fact name=td_string!(l, volunteers.insurance_short) value=insured class="keep"/>
            </dl>
        </section>
    }
}

/// For a child: who agreed, how and when.
#[component]
fn Guardian(view: SheetView) -> impl IntoView {
    let l = lang();
    view.guardian.map(|(guardian, at)| {
        let when = time::near(l, at, view.now);
        let how = format!("{} · {when}", words::how(l, guardian.how));
        let name = format!("{} · {}", guardian.name, words::relation(l, guardian.relation));
        view! {
            <section class="card" aria-labelledby="guardian-h">
                <h2 id="guardian-h" class="plain">{td_string!(l, volunteers.guardian_said)}</h2>
                <dl class="facts">
                    <Fact name=td_string!(l, volunteers.guardian_name) value=name/>
                    <Fact name=td_string!(l, volunteers.how) value=how class="keep"/>
                </dl>
                <p class="gap-before">
                    <Call
                        phone=Some(guardian.phone)
                        who=guardian.name
                        words=td_string!(l, volunteers.call_guardian)
                    />
                </p>
            </section>
        }
    })
}
