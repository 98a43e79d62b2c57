//! What the clock did with the requests of the demo county, and what captains did about deadlines.

use super::areas::LOTUS;
use crate::{Db, StoreError, clock, people, requests};
use domain::{
    Millis,
    clock::{DAY, HOUR},
    people::PersonId,
    requests::{
        Step,
        reasons::{ExtendReason, RaiseReason},
    },
};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// An open request that has time, with who leads its circle.
#[derive(FromRow)]
struct Waits {
    code: String,
    leader: Uuid,
}

/// One request has more time, one was handed up; then everything that is late by now goes up. What
/// happened before yesterday has been read.
pub(super) async fn tell(db: &Db, now: Millis) -> Result<(), StoreError> {
    let mut waiting = waiting(db, now).await?.into_iter();
    if let Some(one) = waiting.next() {
        let step = Step::Extend(ExtendReason::Agreed, Some("跟她说好了，不急，周末来".to_owned()));
        let who = actor(db, &one, now).await?;
        requests::apply(db, &one.code, &step, &who, now).await?;
    }
    if let Some(one) = waiting.next() {
        let note = Some("队里都下地了，抽不出人".to_owned());
        let who = actor(db, &one, now).await?;
        requests::raise(db, &one.code, RaiseReason::NobodyFree, note, &who, now).await?;
    }
    clock::tick(db, now).await?;
    let mut tx = db.begin().await?;
    on!(&mut tx, conn => {
        sqlx::query("update notices set read = at where at < $1").bind(now - DAY).execute(conn).await?;
    });
    tx.commit().await
}

async fn waiting(db: &Db, now: Millis) -> Result<Vec<Waits>, StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_as(
            "select r.code, po.person as leader from requests r
             join posts po on po.team = r.squad and po.kind = 'captain'
             where r.village = $1 and r.state = 'open' and r.on_board and r.urgency = 'normal'
               and r.due > $2 order by r.due desc, r.code limit 2",
        )
        .bind(LOTUS.0)
        .bind(now + HOUR)
        .fetch_all(conn)
        .await?
    }))
}

async fn actor(db: &Db, one: &Waits, now: Millis) -> Result<domain::people::Actor, StoreError> {
    people::actor(db, PersonId(one.leader), now).await?.ok_or(StoreError::NotFound)
}
