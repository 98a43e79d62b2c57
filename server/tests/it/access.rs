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
    imports::List,
    people::{Actor, PersonId, Reach},
    permissions::{Act, Subject, can},
    requests::{Move, Request, State, Step},
    teams::TeamId,
};
use std::collections::BTreeSet;
use store::imports::Order;

/// A door and what is asked of whoever comes through it.
struct Door {
    path: &'static str,
    act: Act,
    /// A form that is filled in well. `CODE` is the request's code, `ZHAI` its helper, `WHOM` a
    /// volunteer to ask, `TEAM` the squad, `PHONE` a volunteer's, `WAITS` who applies to the squad,
    /// `VILLAGE` where 佟大娘 lives, `DOOR` hers, `FRESH` a name that nothing has, `GRANNY` her key,
    /// `HANDED_IN` that of a file.
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
    door("/mine/named", Act::ReadOwn, ""),
    door("/api/requests/named", Act::ReadOwn, ""),
    door("/helping", Act::ReadOwn, ""),
    door("/me", Act::ReadOwn, ""),
    door("/me/home", Act::ReadOwn, ""),
    door("/desk", Act::ReadDesk, ""),
    door("/looks", Act::ReadLooks, ""),
    door("/me/looks", Act::ReadOwn, ""),
    door("/api/people/looks", Act::ReadLooks, "before=9"),
    door("/api/people/my_looks", Act::ReadOwn, "before=9"),
    door("/looks/data", Act::ReadLooks, ""),
    door("/api/imports/log", Act::ReadLooks, "before=9"),
    door("/people", Act::SeePeople, ""),
    door("/people/{id}", Act::SeePeople, ""),
    door("/api/people/search", Act::SeePeople, "words=wxl"),
    door("/api/people/found", Act::SeePeople, "page=1"),
    door("/api/people/open", Act::SeePeople, "id=GRANNY"),
    door("/imports", Act::Export, ""),
    door("/api/imports", Act::Export, ""),
    door("/api/imports/export", Act::Export, "list=teams&format=csv"),
    door("/imports/{id}", Act::Import, ""),
    door("/imports/{id}/faults.csv", Act::Import, ""),
    door("/imports/templates/{name}", Act::Import, ""),
    door("/api/imports/read", Act::Import, "id=HANDED_IN"),
    door("/teams", Act::ReadDesk, ""),
    door("/teams/{id}", Act::SeeTeam, ""),
    door("/api/teams/mine", Act::ReadDesk, ""),
    door("/api/teams/read", Act::SeeTeam, "id=TEAM"),
    door("/api/teams/hand_over", Act::Appoint, "team=TEAM&phone=PHONE"),
    door("/volunteers", Act::ReadDesk, ""),
    door("/teams/{id}/members", Act::Admit, ""),
    door("/volunteers/{team}/{person}", Act::Admit, ""),
    door("/me/volunteer", Act::ReadOwn, ""),
    door("/me/volunteer/edit", Act::ReadOwn, ""),
    door("/api/volunteers/me", Act::ReadOwn, ""),
    door("/api/volunteers/count", Act::ReadDesk, ""),
    door("/api/volunteers/waiting", Act::ReadDesk, ""),
    door("/api/volunteers/members", Act::Admit, "team=TEAM&after="),
    door("/api/volunteers/read", Act::Admit, "team=TEAM&person=WAITS"),
    door("/organisation", Act::SeeOrganisation, ""),
    door("/organisation/leads", Act::SeeOrganisation, ""),
    door("/organisation/areas/{area}", Act::SeeOrganisation, ""),
    door("/organisation/areas/{area}/{verb}", Act::ArrangeAreas, ""),
    door("/organisation/teams/{id}", Act::SeeOrganisation, ""),
    door("/organisation/teams/{id}/{verb}", Act::ArrangeTeams, ""),
    door("/organisation/doors/{door}", Act::KeepCircle, ""),
    door("/api/organisation/area", Act::SeeOrganisation, "id="),
    door("/api/organisation/team", Act::SeeOrganisation, "id=TEAM"),
    door("/api/organisation/leads", Act::SeeOrganisation, "area=&name=&only=&page="),
    door("/api/organisation/door", Act::KeepCircle, "id=DOOR"),
    door(
        "/api/organisation/change",
        Act::ArrangeAreas,
        "of=areas&id=VILLAGE&verb=close&to=&within=",
    ),
    // Whoever may is told that it cannot be: nothing changes for who knocks next.
    door("/api/organisation/add_area", Act::ArrangeAreas, "parent=VILLAGE&kind=village&name=x"),
    door("/api/organisation/add_team", Act::ArrangeTeams, "parent=TEAM&kind=squad&name=x"),
    door("/api/organisation/rename_area", Act::ArrangeAreas, "area=VILLAGE&name=lotus"),
    door("/api/organisation/rename_team", Act::KeepCircle, "team=TEAM&name=lotus"),
    door("/api/organisation/move_area", Act::ArrangeAreas, "area=VILLAGE&to=VILLAGE&why=mistake"),
    door("/api/organisation/move_team", Act::ArrangeTeams, "team=TEAM&to=TEAM&why=mistake"),
    door("/api/organisation/merge_area", Act::ArrangeAreas, "area=VILLAGE&to=VILLAGE&why=mistake"),
    door("/api/organisation/merge_team", Act::ArrangeTeams, "team=TEAM&to=TEAM&why=mistake"),
    door("/api/organisation/close_area", Act::ArrangeAreas, "area=VILLAGE&why=mistake"),
    door("/api/organisation/close_team", Act::ArrangeTeams, "team=TEAM&why=mistake"),
    door("/api/organisation/set_point", Act::KeepCircle, "team=TEAM&latitude=38.7&longitude=116.1"),
    door("/api/organisation/add_door", Act::KeepCircle, "team=TEAM&label=FRESH"),
    door("/api/organisation/add_doors", Act::KeepCircle, "team=TEAM&lane=FRESH&first=1&last=2"),
    door(
        "/api/organisation/change_door",
        Act::KeepCircle,
        "door=DOOR&team=TEAM&label=FRESH&position=7",
    ),
    door("/api/organisation/move_door", Act::KeepCircle, "door=DOOR&to=TEAM"),
    door("/api/organisation/remove_door", Act::KeepCircle, "door=DOOR&team=TEAM"),
    door("/cards/said", Act::LookAround, ""),
    door("/teams/{id}/cards", Act::KeepCards, ""),
    door("/teams/{id}/cards/print", Act::KeepCards, ""),
    door("/api/cards/circle", Act::KeepCards, "id=TEAM"),
    door("/api/cards/print", Act::KeepCards, "id=TEAM"),
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
    step("/api/requests/take_over", Move::TakeOver, "code=CODE"),
    // Last, because they change who is a volunteer.
    door("/api/volunteers/approve", Act::Admit, "team=TEAM&person=WAITS"),
    door("/api/volunteers/refuse", Act::Admit, "team=TEAM&person=WAITS&reason=full"),
    door("/api/volunteers/remove", Act::Admit, "team=TEAM&person=WAITS&reason=moved_away"),
    door(
        "/api/volunteers/register",
        Act::ChangeOwn,
        "draft[birth]=1980-05-01&draft[team]=TEAM&draft[agree]=true",
    ),
    door("/api/volunteers/save", Act::ChangeOwn, "draft[skills][plumbing]=true"),
    door("/api/volunteers/pause", Act::ChangeOwn, "back="),
    door("/api/volunteers/resume", Act::ChangeOwn, ""),
    door("/api/volunteers/join", Act::ChangeOwn, "team=TEAM"),
];

/// Nobody has signed in, but the card of a household was scanned: at the doors of others that is no
/// more than nobody.
const BY_CARD: &str = "a household's card";

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
    // Only for whom something was filed: `taking_over` walks it.
    "/api/requests/not_mine",
    "/api/teams/vacate",
    // For members and applicants: `volunteers` walks them.
    "/api/volunteers/leave",
    "/api/volunteers/take_back",
    // Door cards: `cards` walks those of households and of captains.
    "/card",
    "/card/choose",
    "/card/new",
    "/card/requests/{code}",
    "/card/unknown",
    "/cards/{id}/new",
    "/api/cards/choice",
    "/api/cards/file_for",
    "/api/cards/find",
    "/api/cards/finish",
    "/api/cards/follow",
    "/api/cards/form",
    "/api/cards/form_for",
    "/api/cards/leave",
    "/api/cards/make",
    "/api/cards/make_missing",
    "/api/cards/rate",
    "/api/cards/reopen",
    "/api/cards/revoke",
    "/api/cards/submit",
    "/api/cards/use",
    "/api/cards/visit",
    "/api/cards/withdraw",
    // A file is handed in: `county_data` walks it.
    "/api/imports/upload",
    "/d/{token}",
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
        (BY_CARD.to_owned(), None),
        ("a neighbour".to_owned(), Some(county.another_volunteer().await)),
        ("somebody from elsewhere".to_owned(), Some(county.somebody_from_elsewhere().await)),
    ];
    all.extend(PARTS.iter().map(|part| ((*part).to_owned(), Some(county.person(part)))));
    // The captains beside it: over the other circles of the village, as high as a company.
    for circle in store::areas::circles(db, home.village, now).await.unwrap() {
        let squad = Some(TeamId(circle.squad));
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
        // Filed for nobody else: `taking_over` walks it for whom it was filed.
        Move::Rate | Move::Reopen | Move::TakeOver => county.a_closed_request().await,
    }
}

async fn request(county: &County, code: &str) -> Request {
    let captain = county.actor(CAPTAIN).await;
    let db = &county.house.db;
    let seen = store::requests::reading::read(db, code, Some(&captain), county.house.now()).await;
    seen.unwrap().loaded.request
}

async fn knocks(door: &Door, reader: &Reader<'_>, form: &str, keys: &[(&str, String)]) -> Answer {
    if door.path.starts_with("/api/") {
        reader.0.call(door.path, form).await
    } else {
        let fill = |path: String, (name, key): &(&str, String)| path.replace(name, key);
        let path = keys.iter().fold(door.path.to_owned(), fill);
        // A file has no page to lead to: whoever may not have it is told by the status.
        match path.ends_with(".csv") {
            true => reader.0.asks(&path).await,
            false => reader.0.visit(&path).await,
        }
    }
}

/// What stands for the key in the address of a door.
async fn key_for(county: &County, door: &Door) -> String {
    match door.act {
        Act::SeePeople => county.person(RESIDENT).0.to_string(),
        Act::Import => {
            let (db, at) = (&county.house.db, county.house.now());
            let order = Order { list: List::Teams, dry_run: true, who: None, at };
            store::imports::begin(db, &order).await.unwrap().to_string()
        }
        _ => county.home().await.squad.expect("a circle").0.to_string(),
    }
}

/// The door behind which 佟大娘 lives.
async fn her_door(county: &County, squad: TeamId) -> String {
    let sheet =
        store::organisation::reading::team(&county.house.db, squad, county.house.now()).await;
    let doors = sheet.unwrap().doors;
    doors.iter().find(|door| door.people > 0).expect("a door with people").id.to_string()
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
    )
}

#[tokio::test]
async fn everybody_is_let_in_exactly_where_the_rules_say() {
    let county = County::open().await;
    let (zhai, whom) = (county.person(VOLUNTEER), county.another_volunteer().await);
    let everybody = everybody(&county).await;
    assert!(everybody.len() > PARTS.len() + 4, "{everybody:?}");
    let home = county.home().await;
    let circle = home.squad.expect("a circle");
    let (squad, village) = (circle.0.to_string(), home.village.0.to_string());
    let her_door = her_door(&county, circle).await;
    let waits = county.who_waits().await.0.to_string();
    let only_looked_at = county.a_claimed_request().await;
    let mut wrong = vec![];
    for door in DOORS {
        let key = key_for(&county, door).await;
        for (name, person) in &everybody {
            let code = match door.act {
                Act::Make(mv) => ready_for(&county, mv).await,
                _ => only_looked_at.clone(),
            };
            let request = request(&county, &code).await;
            let who = known(&county, *person).await;
            let subject = match door.act {
                Act::SeeRequest | Act::SeeContact | Act::Make(_) => Subject::Request(&request),
                Act::SeeTeam
                | Act::Appoint
                | Act::Admit
                | Act::KeepCards
                | Act::ArrangeAreas
                | Act::ArrangeTeams
                | Act::KeepCircle => Subject::Over { reach: Reach::Squad(circle), at: &home },
                Act::SeePeople if door.path.contains("{id}") || door.form.contains("GRANNY") => {
                    Subject::At(&home)
                }
                Act::ReadOwn => Subject::Of(person.unwrap_or(whom)),
                _ => Subject::House,
            };
            let may = can(who.as_ref(), door.act, subject).is_ok();
            let form = door.form.replace("CODE", &code);
            let form =
                form.replace("ZHAI", &zhai.0.to_string()).replace("WHOM", &whom.0.to_string());
            let form = form.replace("TEAM", &squad).replace("PHONE", NOBODYS);
            let form = form.replace("WAITS", &waits);
            let form = form.replace("VILLAGE", &village).replace("DOOR", &her_door);
            let form = form.replace("FRESH", &uuid::Uuid::new_v4().simple().to_string()[..20]);
            let keys = [
                ("{code}", code.clone()),
                ("{id}", key.clone()),
                ("{area}", village.clone()),
                ("{door}", her_door.clone()),
                ("{verb}", "close".to_owned()),
                ("{team}", squad.clone()),
                ("{name}", "people.csv".to_owned()),
                ("{person}", waits.clone()),
            ];
            let form = form.replace("GRANNY", &key).replace("HANDED_IN", &key);
            let reader = match person {
                Some(person) => county.before_a_browser(*person).await,
                None if name == BY_CARD => crate::cards::a_household(&county).await,
                None => county.nobody().await,
            };

            let answer = knocks(door, &reader, &form, &keys).await;

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
