//! Photos that go, and the files that no row wants.

use crate::{Db, StoreError, Tx};
use domain::{
    Millis,
    clock::{DAY, HOUR},
    people::PersonId,
};
use uuid::Uuid;

/// A photo waits so long with a form that was not taken.
const WAITS: Millis = DAY;
/// So long a picture that was written may be without its row.
const UNCLAIMED: Millis = HOUR;
/// At most so many go in one transaction, so that nobody waits long behind it.
const BATCH: i64 = 500;

/// Says that files of this name are about to be written.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn expect(db: &Db, now: Millis) -> Result<Uuid, StoreError> {
    let id = Uuid::new_v4();
    let mut tx = db.begin().await?;
    leave(&mut tx, id, now + UNCLAIMED).await?;
    tx.commit().await?;
    Ok(id)
}

/// Files of this name are to be deleted, from that moment on.
pub(super) async fn leave(tx: &mut Tx, id: Uuid, due: Millis) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query("insert into photo_leftovers (id, due) values ($1, $2) on conflict (id) do nothing")
            .bind(id)
            .bind(due)
            .execute(conn)
            .await?;
    });
    Ok(())
}

/// The photos in the copy of somebody's data, in its order: those that they sent, and those of what
/// they asked for.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn in_copy(db: &Db, who: PersonId) -> Result<Vec<Uuid>, StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_scalar(
            "select ph.id from photos ph left join requests r on r.id = ph.request
             where ph.added_by = $1 or r.asked_by = $1 order by ph.at, ph.id",
        )
        .bind(who.0)
        .fetch_all(conn)
        .await?
    }))
}

/// Forgets what waited for a day with a form that was not taken, and the photos of requests that
/// ended at `ended` or earlier; says how many.
///
/// # Errors
/// [`StoreError::Database`]; then nothing happened.
pub async fn forget(db: &Db, now: Millis, ended: Millis) -> Result<u64, StoreError> {
    let mut tx = db.begin().await?;
    let going: Vec<Uuid> = on!(&mut tx, conn => {
        sqlx::query_scalar(
            "select ph.id from photos ph left join requests r on r.id = ph.request
             where (ph.waits and ph.at <= $1) or (r.due is null and r.since <= $2)
             order by ph.id limit $3",
        )
        .bind(now - WAITS)
        .bind(ended)
        .bind(BATCH)
        .fetch_all(conn)
        .await?
    });
    for id in &going {
        on!(&mut tx, conn => {
            sqlx::query("delete from photos where id = $1").bind(id).execute(conn).await?;
        });
        leave(&mut tx, *id, now).await?;
    }
    tx.commit().await?;
    Ok(u64::try_from(going.len()).unwrap_or(u64::MAX))
}

/// Files of the album that are to be deleted now, at most so many.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn leftovers(db: &Db, now: Millis, most: i64) -> Result<Vec<Uuid>, StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_scalar("select id from photo_leftovers where due <= $1 order by due, id limit $2")
            .bind(now)
            .bind(most)
            .fetch_all(conn)
            .await?
    }))
}

/// These files are gone.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn cleared(db: &Db, id: Uuid) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    on!(&mut tx, conn => {
        sqlx::query("delete from photo_leftovers where id = $1").bind(id).execute(conn).await?;
    });
    tx.commit().await
}
