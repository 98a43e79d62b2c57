//! Both trees change, on both engines: everything follows, nothing is lost, nothing points at what closed.

mod doors;
mod following;
mod merging;
mod moving;
mod races;
mod seeing;
mod sequences;

use super::{
    areas, doors as books_of_doors, events::Reason, faults, reading, rename, scale, teams,
};
use crate::{
    Db, StoreError, areas as places,
    example::*,
    people, posts, requests,
    volunteers::{self, Enrolment, enrol},
};
use domain::{
    Millis, Refusal,
    areas::{AreaId, AreaKind, RENQIU},
    clock::DAY,
    organisation::{Key, Why},
    people::{Actor, Place},
    requests::{Step, card::Ring, reasons::WithdrawReason},
    teams::{TeamId, TeamKind},
    volunteers::Standing,
};
use uuid::Uuid;

/// By decree of the county.
fn decreed() -> Reason {
    Reason { why: Why::Decreed, note: Some("任政〔2026〕12 号".into()) }
}

async fn centre(db: &Db) -> Actor {
    staff_of(db, RENQIU).await
}

async fn office(db: &Db) -> Actor {
    staff_of(db, TOWNSHIP).await
}

fn why<T: std::fmt::Debug>(outcome: Result<T, StoreError>) -> Refusal {
    match outcome.unwrap_err() {
        StoreError::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

async fn is_sound(db: &Db) {
    assert_eq!(faults(db).await.unwrap(), [""; 0]);
    let verdict = crate::history::verify(db).await.unwrap();
    assert!(matches!(verdict, crate::history::Verdict::Whole { .. }), "{verdict:?}");
}

/// Another village of the township, with a brigade of its own.
async fn a_new_village(db: &Db, name: &str) -> AreaId {
    let centre = centre(db).await;
    areas::add(db, AreaKind::Village, TOWNSHIP, None, name, &centre, now()).await.unwrap()
}

async fn place_of_request(db: &Db, code: &str) -> Place {
    let centre = centre(db).await;
    let seen = requests::reading::read(db, code, Some(&centre), now()).await.unwrap();
    seen.loaded.request.place
}

/// The codes that somebody at home sees on the board of the whole village.
async fn board_of(db: &Db, home: &Place) -> Vec<String> {
    let (_, found) = requests::lists::board(db, home, Ring::Village, 50).await.unwrap();
    found.into_iter().map(|one| one.request.code).collect()
}

async fn home_of(db: &Db, who: &Actor) -> Place {
    people::actor(db, who.id, now() + DAY).await.unwrap().unwrap().home.unwrap()
}

/// An empty circle of granny's lane.
async fn an_empty_squad(db: &Db) -> TeamId {
    let office = office(db).await;
    teams::add(db, TeamKind::Squad, COMPANY, None, &office, now()).await.unwrap()
}
