//! Requests that somebody filed for a neighbour with a phone: whoever has that phone may take them over.

use super::{load, load_for_move};
use crate::{Db, StoreError};
use domain::{
    Millis, Refusal,
    people::Actor,
    requests::{Category, Facts, Move, moves::Part},
};
use uuid::Uuid;

/// At most so many at once.
const MOST: i64 = 30;

/// As much of a request as may be told before it is taken over: a phone may have been mistyped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its code.
    pub code: String,
    /// What kind of help.
    pub category: Category,
    /// Whom it is for, as the filer said.
    pub called: String,
    /// Surname and title of who filed it.
    pub filed_by: String,
    /// When.
    pub created: Millis,
}

/// What was filed for this person and can be taken over now, the newest first.
///
/// # Errors
/// [`StoreError::Corrupt`] for a damaged row.
pub async fn named(db: &Db, who: &Actor, now: Millis) -> Result<Vec<Named>, StoreError> {
    let mut tx = db.read().await?;
    let found: Vec<(String, String)> = on!(&mut tx, conn => {
        sqlx::query_as(
            "select r.code, f.surname || f.title
             from people p
             join contacts c on c.phone = p.phone and c.theirs
             join requests r on r.id = c.request and r.asked_by <> p.id
             join people f on f.id = coalesce(r.filed_by, r.asked_by)
             where p.id = $1 order by r.created desc, r.id limit $2",
        )
        .bind(who.id.0)
        .bind(MOST)
        .fetch_all(conn)
        .await?
    });
    let facts = Facts::of(now, 0);
    let mut all = vec![];
    for (code, filed_by) in found {
        let one = load(&mut tx, &code).await?;
        if one.request.may(Move::TakeOver, who, facts).is_ok() {
            let (category, called, created) = (one.request.category, one.called, one.created);
            all.push(Named { code, category, called, filed_by, created });
        }
    }
    Ok(all)
}

/// Whoever has the phone says that it is not for them: it was mistyped, or is somebody else's now. They
/// are not asked again, and nothing else changes.
///
/// # Errors
/// [`StoreError::NotFound`], [`StoreError::Refused`] for whom it was not offered to.
pub async fn not_mine(db: &Db, code: &str, who: &Actor) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let request = load_for_move(&mut tx, code).await?.request;
    if !request.plays(Part::Named, who) {
        return Err(Refusal::NotForYou.into());
    }
    let id: Uuid = request.id.0;
    on!(&mut tx, conn => {
        sqlx::query("update contacts set theirs = false where request = $1")
            .bind(id)
            .execute(conn)
            .await?;
    });
    tx.commit().await
}
