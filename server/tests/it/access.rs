//! Every door of the house × everybody: let in exactly where the rules say. A page or server
//! function that is not in the table of doors fails the first test.

mod doors;

use doors::{DOORS, Door, ELSEWHERE};

use crate::{
    browser::Answer,
    county::{CAPTAIN, County, PARTS, RESIDENT, STAFF, VOLUNTEER},
    reader::Reader,
};
use app::error::AppError;
use domain::{
    Refusal,
    abuse::Case,
    imports::List,
    people::{Actor, PersonId, Reach},
    permissions::{Act, Subject, can},
    requests::{Move, Request, State, Step},
    teams::TeamId,
};
use std::collections::BTreeSet;
use store::imports::Order;

/// A phone that nobody has: whoever may hand a team over is told so.
const NOBODYS: &str = "15400007777";

/// Nobody has signed in, but the card of a household was scanned: at the doors of others that is no
/// more than nobody.
const BY_CARD: &str = "a household's card";

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
    all.push(("blocked".to_owned(), Some(county.somebody_blocked().await)));
    all.push(("leaving".to_owned(), Some(county.somebody_leaving().await)));
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
        Move::Accept | Move::Decline | Move::Withdraw | Move::Merge | Move::ToDeeds => {
            county.a_submitted_request().await
        }
        Move::Claim | Move::Dispatch => county.an_open_request_for(2).await,
        Move::TakeUp | Move::TurnDown => county.an_offered_request().await,
        Move::Start | Move::Release => county.a_claimed_request().await,
        Move::Finish | Move::Cannot => county.a_serving_request().await,
        Move::Approve | Move::Return => county.a_done_request().await,
        // Filed for nobody else: `taking_over` walks it for whom it was filed.
        Move::Rate | Move::Reopen | Move::TakeOver => county.a_closed_request().await,
        // Photos come and go with files: `photos` walks them.
        Move::Raise | Move::Extend | Move::AddPhotos | Move::DropPhoto => {
            county.an_open_request().await
        }
        Move::Record => county.a_claimed_request().await,
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
    assert!(everybody.len() > PARTS.len() + 4, "{everybody:?}");
    let home = county.home().await;
    let circle = home.squad.expect("a circle");
    let (squad, village) = (circle.0.to_string(), home.village.0.to_string());
    let her_door = her_door(&county, circle).await;
    let waits = county.who_waits().await.0.to_string();
    let only_looked_at = county.a_claimed_request().await;
    let report = county.reports(whom, &only_looked_at, true).await.to_string();
    let against = county.actor(RESIDENT).await;
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
                Act::SeeRequest
                | Act::SeeContact
                | Act::SeePhotos
                | Act::Report
                | Act::Share
                | Act::HideThanks
                | Act::Make(_) => Subject::Request(&request),
                Act::Judge => {
                    Subject::Case(Case { at: &request.place, against: &against, by: whom })
                }
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
                Act::KeepDeeds => Subject::Over { reach: Reach::Village(home.village), at: &home },
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
                ("{id}", if door.act == Act::Judge { report.clone() } else { key.clone() }),
                ("{area}", village.clone()),
                ("{door}", her_door.clone()),
                ("{verb}", "close".to_owned()),
                ("{team}", squad.clone()),
                ("{version}", "1".to_owned()),
                ("{name}", "people.csv".to_owned()),
                ("{person}", waits.clone()),
            ];
            let form = form.replace("GRANNY", &key).replace("HANDED_IN", &key);
            let helper = *person == Some(county.person(RESIDENT));
            let target = match door.form.contains("WHOSE") {
                true => county.key_to_report(&code, zhai, helper).await,
                false => String::new(),
            };
            let form = form.replace("REPORT", &report).replace("WHOSE", &target);
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
