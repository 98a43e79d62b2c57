//! Every door of the house × everybody: let in exactly where the rules say. A page or server
//! function that is not in the table of doors fails the first test.

use crate::{
    browser::Answer,
    county::{CAPTAIN, County, PARTS, RESIDENT, STAFF, VOLUNTEER},
    reader::Reader,
};
use app::error::AppError;
use domain::{
    Refusal,
    abuse::Case,
    people::{Actor, PersonId, Reach},
    permissions::{Act, Subject, can},
    requests::{Move, Request, State, Step},
};
use std::collections::BTreeSet;

/// A door and what is asked of whoever comes through it.
struct Door {
    path: &'static str,
    act: Act,
    /// A form that is filled in well. `CODE` is the request's code, `ZHAI` its helper, `WHOM` a
    /// volunteer to ask, `TEAM` the squad, `PHONE` a volunteer's.
    form: &'static str,
}

const fn door(path: &'static str, act: Act, form: &'static str) -> Door {
    Door { path, act, form }
}

const fn step(path: &'static str, mv: Move, form: &'static str) -> Door {
    Door { path, act: Act::Make(mv), form }
}

/// The table of doors: server functions are called, pages are opened.
const DOORS: &[Door] = &[
    door("/", Act::LookAround, ""),
    door("/places", Act::LookAround, ""),
    door("/terms", Act::LookAround, ""),
    door("/sign-in", Act::ComeIn, ""),
    // Says that one signs in first, and lets ring the captain.
    door("/requests/new", Act::LookAround, ""),
    door("/requests/{code}", Act::SeeRequest, ""),
    door("/mine", Act::ReadOwn, ""),
    door("/helping", Act::ReadOwn, ""),
    door("/me", Act::ReadOwn, ""),
    door("/me/home", Act::ReadOwn, ""),
    door("/desk", Act::ReadDesk, ""),
    door("/looks", Act::ReadLooks, ""),
    door("/me/looks", Act::ReadOwn, ""),
    door("/api/people/looks", Act::ReadLooks, "before=9"),
    door("/api/people/my_looks", Act::ReadOwn, "before=9"),
    door("/teams", Act::ReadDesk, ""),
    door("/teams/{id}", Act::SeeTeam, ""),
    door("/api/teams/mine", Act::ReadDesk, ""),
    door("/api/teams/read", Act::SeeTeam, "id=TEAM"),
    door("/api/teams/hand_over", Act::Appoint, "team=TEAM&phone=PHONE"),
    door("/terms/{version}", Act::LookAround, ""),
    door("/me/data", Act::ReadOwn, ""),
    door("/me/data/phone", Act::ReadOwn, ""),
    door("/me/data/correct", Act::ReadOwn, ""),
    door("/me/data/delete", Act::Stay, ""),
    door("/me/data/delete/confirm", Act::Stay, ""),
    door("/me/terms", Act::Agree, ""),
    door("/me/reports", Act::ReadOwn, ""),
    door("/corrections", Act::ReadDesk, ""),
    door("/reports", Act::ReadReports, ""),
    door("/reports/{id}", Act::Judge, ""),
    door("/requests/{code}/report", Act::Report, ""),
    door("/api/rights/data", Act::ReadOwn, ""),
    door("/api/rights/phone", Act::ReadOwn, ""),
    door("/api/rights/corrections", Act::ReadOwn, ""),
    door("/api/rights/leaving", Act::Stay, ""),
    door("/api/rights/asked_again", Act::Agree, ""),
    door("/api/rights/agree", Act::Agree, "next=/me"),
    door("/api/rights/copy", Act::Export, ""),
    door("/api/rights/correct", Act::Correct, "field=door&words=x"),
    door("/api/rights/corrections_waiting", Act::ReadDesk, ""),
    door("/api/abuse/mine", Act::ReadOwn, ""),
    door("/api/abuse/queue", Act::ReadReports, ""),
    door("/api/abuse/read", Act::Judge, "id=REPORT"),
    door("/api/abuse/decide", Act::Judge, "id=REPORT&outcome=nothing&words=x"),
    door("/api/abuse/form", Act::Report, "code=CODE"),
    door("/api/abuse/report", Act::Report, "code=CODE&whom=WHOSE&reason=other&words=x"),
    door("/api/requests/board", Act::LookAround, "ring=1&show=5"),
    door("/api/places", Act::LookAround, "township=&village="),
    door("/api/requests/form", Act::LookAround, ""),
    door("/api/people/sign_in_draft", Act::ComeIn, ""),
    door("/api/requests/read", Act::SeeRequest, "code=CODE"),
    door("/api/requests/mine", Act::ReadOwn, ""),
    door("/api/requests/helping", Act::ReadOwn, ""),
    door("/api/people/me", Act::ReadOwn, ""),
    door("/api/people/home", Act::ReadOwn, ""),
    door("/api/desk", Act::ReadDesk, "post=0&tab=todo"),
    step("/api/requests/accept", Move::Accept, "code=CODE"),
    step("/api/requests/decline", Move::Decline, "code=CODE&reason=money"),
    step("/api/requests/withdraw", Move::Withdraw, "code=CODE&reason=no_longer_needed"),
    step("/api/requests/claim", Move::Claim, "code=CODE"),
    step("/api/requests/dispatch", Move::Dispatch, "code=CODE&volunteer=WHOM"),
    step("/api/requests/take_up", Move::TakeUp, "code=CODE"),
    step("/api/requests/turn_down", Move::TurnDown, "code=CODE"),
    step("/api/requests/start", Move::Start, "code=CODE"),
    step("/api/requests/release", Move::Release, "code=CODE&helper=ZHAI&reason=did_not_come"),
    step("/api/requests/finish", Move::Finish, "code=CODE&minutes[of-ZHAI]=35"),
    step("/api/requests/cannot", Move::Cannot, "code=CODE&reason=unsafe"),
    step("/api/requests/approve", Move::Approve, "code=CODE&minutes[of-ZHAI]=35"),
    step("/api/requests/return", Move::Return, "code=CODE&reason=not_finished"),
    step("/api/requests/rate", Move::Rate, "code=CODE&stars=5"),
    step("/api/requests/reopen", Move::Reopen, "code=CODE&reason=not_solved"),
];

/// A phone that nobody has: whoever may hand a team over is told so.
const NOBODYS: &str = "15400007777";

/// Doors that other tests walk: signing in and out and asking change who stands there, and the
/// demo's are shut outside the demo.
const ELSEWHERE: &[&str] = &[
    "/demo",
    "/api/people/demo",
    "/api/people/try_as",
    "/api/people/send_code",
    "/api/people/sign_in",
    "/api/people/sign_out",
    "/api/people/settle",
    "/api/requests/submit",
    "/api/teams/vacate",
    // Once for each person or block: `rights` and `abuse` walk them.
    "/api/rights/answer",
    "/api/rights/change_phone",
    "/api/rights/leave",
    "/api/rights/send_phone_code",
    "/api/rights/stay",
    "/api/abuse/appeal",
    "/api/abuse/hear",
    // One's own second proof and sessions: `second_proof` and `own_sessions` walk them.
    "/me/security",
    "/me/security/app",
    "/me/security/codes",
    "/me/security/password",
    "/proof",
    "/sign-in/proof",
    "/api/security",
    "/api/security/app",
    "/api/security/begin_app",
    "/api/security/can_prove",
    "/api/security/codes",
    "/api/security/confirm_app",
    "/api/security/end_others",
    "/api/security/end_session",
    "/api/security/new_codes",
    "/api/security/prove",
    "/api/security/recover",
    "/api/security/set_password",
    "/api/security/turn_off",
];

#[test]
fn every_page_and_every_server_function_stands_in_the_table_of_doors() {
    let table: BTreeSet<&str> =
        DOORS.iter().map(|door| door.path).chain(ELSEWHERE.iter().copied()).collect();

    let built = app::mount::paths();

    let built: BTreeSet<&str> = built.iter().map(String::as_str).collect();
    assert_eq!(built.difference(&table).collect::<Vec<_>>(), [&""; 0], "not in the table");
    assert_eq!(table.difference(&built).collect::<Vec<_>>(), [&""; 0], "no such door");
}

/// Everybody who is told apart, with the name of their part; nobody comes first.
async fn everybody(county: &County) -> Vec<(String, Option<PersonId>)> {
    let home = county.home().await;
    let now = county.house.now();
    let db = &county.house.db;
    let mut all = vec![
        ("nobody".to_owned(), None),
        ("a neighbour".to_owned(), Some(county.another_volunteer().await)),
        ("somebody from elsewhere".to_owned(), Some(county.somebody_from_elsewhere().await)),
    ];
    all.push(("blocked".to_owned(), Some(county.somebody_blocked().await)));
    all.push(("leaving".to_owned(), Some(county.somebody_leaving().await)));
    all.extend(PARTS.iter().map(|part| ((*part).to_owned(), Some(county.person(part)))));
    // The captains beside it: over the other circles of the village, as high as a company.
    for circle in store::areas::circles(db, home.village, now).await.unwrap() {
        let squad = Some(domain::teams::TeamId(circle.squad));
        let there = store::areas::place(db, home.village, squad).await.unwrap().unwrap();
        if there.company == home.company {
            continue;
        }
        let captains = store::people::captains_over(db, &there, now).await.unwrap();
        for captain in captains.into_iter().take(2) {
            all.push((format!("{:?} of the next lane", captain.kind), captain.person));
        }
        break;
    }
    all
}

/// A request in a state from which this move can be made, of 佟大娘, helped by 翟师傅.
async fn ready_for(county: &County, mv: Move) -> String {
    match mv {
        Move::Accept | Move::Decline | Move::Withdraw => county.a_submitted_request().await,
        Move::Claim | Move::Dispatch => county.an_open_request_for(2).await,
        Move::TakeUp | Move::TurnDown => county.an_offered_request().await,
        Move::Start | Move::Release => county.a_claimed_request().await,
        Move::Finish | Move::Cannot => county.a_serving_request().await,
        Move::Approve | Move::Return => county.a_done_request().await,
        Move::Rate | Move::Reopen => county.a_closed_request().await,
    }
}

async fn request(county: &County, code: &str) -> Request {
    let captain = county.actor(CAPTAIN).await;
    let db = &county.house.db;
    let seen = store::requests::reading::read(db, code, Some(&captain), county.house.now()).await;
    seen.unwrap().loaded.request
}

/// What stands in the addresses and forms of this walk.
struct Names<'a> {
    code: &'a str,
    squad: &'a str,
    report: &'a str,
}

async fn knocks(door: &Door, reader: &Reader<'_>, form: &str, names: &Names<'_>) -> Answer {
    if door.path.starts_with("/api/") {
        reader.0.call(door.path, form).await
    } else {
        let id = if door.path.starts_with("/reports") { names.report } else { names.squad };
        let path = door.path.replace("{code}", names.code).replace("{id}", id);
        let path = path.replace("{version}", "1");
        reader.0.visit(&path).await
    }
}

/// Whether somebody was let in: done, or refused for a reason that is not about who they are.
fn was_let_in(answer: &Answer) -> bool {
    match answer.status.as_u16() {
        200 => true,
        401 | 403 | 404 => false,
        409 => match answer.error() {
            AppError::Refused(refusal) => !is_about_who(&refusal),
            other => panic!("{other:?}"),
        },
        other => panic!("{other}: {answer:?}"),
    }
}

fn is_about_who(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::NotForYou
            | Refusal::OutOfReach
            | Refusal::NotAVolunteer
            | Refusal::NotFromHere
            | Refusal::OwnRequest
            | Refusal::NotAsked
            | Refusal::OwnWork
            | Refusal::AgreeFirst
            | Refusal::Blocked { .. }
            | Refusal::Leaving { .. }
    )
}

#[tokio::test]
async fn everybody_is_let_in_exactly_where_the_rules_say() {
    let county = County::open().await;
    let (zhai, whom) = (county.person(VOLUNTEER), county.another_volunteer().await);
    let everybody = everybody(&county).await;
    assert!(everybody.len() > PARTS.len() + 3, "{everybody:?}");
    let home = county.home().await;
    let squad = home.squad.expect("a circle").0.to_string();
    let only_looked_at = county.a_claimed_request().await;
    let report = county.reports(whom, &only_looked_at, true).await.to_string();
    let against = county.actor(RESIDENT).await;
    let mut wrong = vec![];
    for door in DOORS {
        for (name, person) in &everybody {
            let code = match door.act {
                Act::Make(mv) => ready_for(&county, mv).await,
                _ => only_looked_at.clone(),
            };
            let request = request(&county, &code).await;
            let who = known(&county, *person).await;
            let subject = match door.act {
                Act::SeeRequest | Act::SeeContact | Act::Report | Act::Make(_) => {
                    Subject::Request(&request)
                }
                Act::Judge => {
                    Subject::Case(Case { at: &request.place, against: &against, by: whom })
                }
                Act::SeeTeam | Act::Appoint => {
                    let squad = home.squad.expect("a circle");
                    Subject::Over { reach: Reach::Squad(squad), at: &home }
                }
                Act::ReadOwn => Subject::Of(person.unwrap_or(whom)),
                _ => Subject::House,
            };
            let may = can(who.as_ref(), door.act, subject).is_ok();
            let form = door.form.replace("CODE", &code);
            let form =
                form.replace("ZHAI", &zhai.0.to_string()).replace("WHOM", &whom.0.to_string());
            let form = form.replace("TEAM", &squad).replace("PHONE", NOBODYS);
            let helper = *person == Some(county.person(RESIDENT));
            let target = match door.form.contains("WHOSE") {
                true => county.key_to_report(&code, zhai, helper).await,
                false => String::new(),
            };
            let form = form.replace("REPORT", &report).replace("WHOSE", &target);
            let reader = match person {
                Some(person) => county.before_a_browser(*person).await,
                None => county.nobody().await,
            };

            let names = Names { code: &code, squad: &squad, report: &report };
            let answer = knocks(door, &reader, &form, &names).await;

            if was_let_in(&answer) != may {
                wrong.push(format!("{name} at {}: {}, may: {may}", door.path, answer.status));
            }
            if code != only_looked_at {
                gives_up(&county, &code).await;
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

async fn known(county: &County, person: Option<PersonId>) -> Option<Actor> {
    let now = county.house.now();
    store::people::actor(&county.house.db, person?, now).await.unwrap()
}

/// Everybody holds at most three claims at a time: what was only opened for one knock ends.
async fn gives_up(county: &County, code: &str) {
    use domain::requests::reasons::{CannotReason, ReleaseReason};
    let request = request(county, code).await;
    for helper in &request.helpers {
        let who = known(county, Some(helper.person)).await.unwrap();
        let step = match request.state {
            State::Claimed => Step::Release(helper.person, ReleaseReason::CannotCome),
            State::Serving => Step::Cannot(CannotReason::Unsafe, None),
            _ => return,
        };
        let (db, now) = (&county.house.db, county.house.now());
        store::requests::apply(db, code, &step, &who, now).await.unwrap();
    }
}

#[tokio::test]
async fn staff_look_at_the_desk_of_their_own_reach_and_residents_at_none() {
    let county = County::open().await;

    let staff = county.of(STAFF).await.opens("/desk").await;
    let resident = county.of(RESIDENT).await.opens("/desk").await;

    assert_eq!((staff.status.as_u16(), resident.status.as_u16()), (200, 403));
}
