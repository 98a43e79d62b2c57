//! Requests on both engines: every verb once as it should go and once refused, and what must hold
//! when many come at once.

mod board;
mod claiming;
mod closing;
mod damage;
mod deciding;
mod filing;
mod finding;
mod helping;
mod lists;
mod naming;
mod photos;
mod races;
mod reading;
mod recurring;
mod saved;
mod watching;

use super::*;
use crate::example::*;
use domain::{
    Refusal,
    requests::{Move, State},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// A request as the books hold it now.
async fn found(db: &Db, code: &str) -> Request {
    load(&mut db.read().await.unwrap(), code).await.unwrap().request
}

/// A line of the history as it is written.
#[derive(Clone, Debug, Default, PartialEq, FromRow)]
struct Line {
    at: Millis,
    who: Option<Uuid>,
    mv: String,
    was: Option<String>,
    became: String,
    about: Option<Uuid>,
    reason: Option<String>,
    note: Option<String>,
}

/// The line of a move that says nothing more.
fn line(at: Millis, who: &Actor, mv: Move, was: State, became: State) -> Line {
    Line {
        at,
        who: Some(who.id.0),
        mv: mv.key().into(),
        was: Some(was.key().into()),
        became: became.key().into(),
        ..Line::default()
    }
}

/// The history of a request, oldest first.
async fn lines(db: &Db, code: &str) -> Vec<Line> {
    let mut tx = db.read().await.unwrap();
    on!(&mut tx, conn => {
        sqlx::query_as(
            "select h.at, h.who, h.move as mv, h.was, h.became, h.about, h.reason, h.note
             from history h join requests r on r.id = h.request where r.code = $1 order by h.seq",
        )
        .bind(code)
        .fetch_all(conn)
        .await
        .unwrap()
    })
}

async fn last_line(db: &Db, code: &str) -> Line {
    lines(db, code).await.pop().unwrap()
}

/// All that a move of a request may touch.
#[derive(Debug, PartialEq)]
struct Books {
    loaded: Loaded,
    version: i64,
    helpers_in_all_rounds: i64,
    moves: i64,
    newest: (i64, String),
    queued: i64,
}

async fn books(db: &Db, code: &str) -> Books {
    Books {
        loaded: load(&mut db.read().await.unwrap(), code).await.unwrap(),
        version: value!(db, "select version from requests where code = $1", code),
        helpers_in_all_rounds: value!(db, "select count(*) from helpers"),
        moves: value!(db, "select count(*) from history"),
        newest: (
            value!(db, "select seq from chains where name = 'history'"),
            value!(db, "select hash from chains where name = 'history'"),
        ),
        queued: value!(db, "select cast(sum(version) as bigint) from people"),
    }
}

/// Tries a move that must be refused, and must leave the books as they were.
async fn refused(db: &Db, code: &str, step: Step, who: &Actor, at: Millis) -> Refusal {
    let before = books(db, code).await;

    let outcome = apply(db, code, &step, who, at).await;

    assert_eq!(books(db, code).await, before, "a refused move left a trace");
    match outcome {
        Err(StoreError::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

/// Tries a move of somebody who may not even know of the request.
async fn unknown(db: &Db, code: &str, step: Step, who: &Actor, at: Millis) {
    let before = books(db, code).await;

    let outcome = apply(db, code, &step, who, at).await;

    assert_eq!(books(db, code).await, before, "a refused move left a trace");
    assert!(matches!(outcome, Err(StoreError::NotFound)), "{outcome:?}");
}

fn helpers(request: &Request) -> Vec<PersonId> {
    request.helpers.iter().map(|helper| helper.person).collect()
}

fn offered(request: &Request) -> Vec<PersonId> {
    request.offers.iter().map(|offer| offer.person).collect()
}

/// The deadline of what is not urgent.
fn due(state: State, since: Millis) -> Option<Millis> {
    domain::requests::deadlines::due(state, domain::requests::Urgency::Normal, since)
}
