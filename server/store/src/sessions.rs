//! Sessions: what the server remembers of a browser. The id is hashed before it comes here, so a
//! stolen copy of the books opens no session.

#[cfg(test)]
mod tests;

use crate::{Db, StoreError, chain};
use domain::{Millis, people::PersonId};
use sha2::{Digest, Sha256};
use sqlx_macros::FromRow;

/// The key of a session's row: a hash, so that a copy of the books opens no session.
pub fn key(id: i128) -> String {
    chain::hex(&Sha256::digest(id.to_be_bytes()))
}

/// What is kept of a session.
#[derive(Clone, Copy, Debug)]
pub struct Kept<'a> {
    /// Opaque JSON.
    pub data: &'a str,
    /// When it ends.
    pub expires: Millis,
    /// Whose it is; none while nobody has signed in.
    pub owner: Option<Owner<'a>>,
}

/// Whose a session is, so that they can list and end it.
#[derive(Clone, Copy, Debug)]
pub struct Owner<'a> {
    /// Who signed in.
    pub person: PersonId,
    /// When they did.
    pub since: Millis,
    /// The last use.
    pub seen: Millis,
    /// System and browser, coarse: `Android · WeChat`.
    pub device: &'a str,
}

/// Makes a session; false when the id is taken.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn create(db: &Db, id_hash: &str, kept: &Kept<'_>) -> Result<bool, StoreError> {
    let owner = kept.owner;
    let mut tx = db.begin().await?;
    let made = on!(&mut tx, conn => {
        sqlx::query(
            "insert into sessions (id_hash, data, expires, person, since, seen, device)
             values ($1, $2, $3, $4, $5, $6, $7) on conflict (id_hash) do nothing",
        )
        .bind(id_hash)
        .bind(kept.data)
        .bind(kept.expires)
        .bind(owner.map(|owner| owner.person.0))
        .bind(owner.map(|owner| owner.since))
        .bind(owner.map(|owner| owner.seen))
        .bind(owner.map(|owner| owner.device))
        .execute(conn)
        .await?
        .rows_affected()
    });
    tx.commit().await?;
    Ok(made == 1)
}

/// Keeps what a session holds and renews it. A session that was ended meanwhile stays ended.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn save(db: &Db, id_hash: &str, kept: &Kept<'_>) -> Result<(), StoreError> {
    let owner = kept.owner;
    let mut tx = db.begin().await?;
    on!(&mut tx, conn => {
        sqlx::query(
            "update sessions set data = $2, expires = $3, person = $4, since = $5, seen = $6, device = $7
             where id_hash = $1",
        )
        .bind(id_hash)
        .bind(kept.data)
        .bind(kept.expires)
        .bind(owner.map(|owner| owner.person.0))
        .bind(owner.map(|owner| owner.since))
        .bind(owner.map(|owner| owner.seen))
        .bind(owner.map(|owner| owner.device))
        .execute(conn)
        .await?;
    });
    tx.commit().await
}

/// What a living session holds, and when it ends.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn load(
    db: &Db,
    id_hash: &str,
    now: Millis,
) -> Result<Option<(String, Millis)>, StoreError> {
    let mut tx = db.read().await?;
    let found = on!(&mut tx, conn => {
        sqlx::query_as("select data, expires from sessions where id_hash = $1 and expires > $2")
            .bind(id_hash)
            .bind(now)
            .fetch_optional(conn)
            .await?
    });
    tx.commit().await?;
    Ok(found)
}

/// Ends a session.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn delete(db: &Db, id_hash: &str) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    on!(&mut tx, conn => {
        sqlx::query("delete from sessions where id_hash = $1").bind(id_hash).execute(conn).await?;
    });
    tx.commit().await
}

/// A session in the list of one's own.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Line {
    /// Its key: the hash of its id.
    pub id_hash: String,
    /// When its owner signed in.
    pub since: Millis,
    /// The last use.
    pub seen: Millis,
    /// System and browser; empty when unknown.
    pub device: String,
}

/// The living sessions of a person, the last used first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of(db: &Db, person: PersonId, now: Millis) -> Result<Vec<Line>, StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_as(
            "select id_hash, since, seen, device from sessions
             where person = $1 and expires > $2 order by seen desc, id_hash limit 100",
        )
        .bind(person.0)
        .bind(now)
        .fetch_all(conn)
        .await?
    }))
}

/// Ends one of a person's own sessions. Somebody else's is not there for them.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn end(db: &Db, person: PersonId, id_hash: &str) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let gone = on!(&mut tx, conn => {
        sqlx::query("delete from sessions where id_hash = $1 and person = $2")
            .bind(id_hash)
            .bind(person.0)
            .execute(conn)
            .await?
            .rows_affected()
    });
    tx.commit().await?;
    if gone == 0 { Err(StoreError::NotFound) } else { Ok(()) }
}

/// Ends all sessions of a person but this one; says how many.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn end_others(db: &Db, person: PersonId, id_hash: &str) -> Result<u64, StoreError> {
    let mut tx = db.begin().await?;
    let gone = on!(&mut tx, conn => {
        sqlx::query("delete from sessions where person = $1 and id_hash <> $2")
            .bind(person.0)
            .bind(id_hash)
            .execute(conn)
            .await?
            .rows_affected()
    });
    tx.commit().await?;
    Ok(gone)
}

/// Clears away the sessions that have ended; says how many.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn delete_expired(db: &Db, now: Millis) -> Result<u64, StoreError> {
    let mut tx = db.begin().await?;
    let gone = on!(&mut tx, conn => {
        sqlx::query("delete from sessions where expires <= $1")
            .bind(now)
            .execute(conn)
            .await?
            .rows_affected()
    });
    tx.commit().await?;
    Ok(gone)
}

/// The mark of a person for their own browser: the same for the same person, and nothing to anybody
/// else. By it a phone knows that somebody else has signed in, and clears what it kept.
pub fn mark(person: PersonId) -> String {
    let mut mark = chain::text_hash(&format!("this phone is used by {}", person.0));
    mark.truncate(16);
    mark
}
