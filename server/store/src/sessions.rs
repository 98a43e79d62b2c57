//! Sessions: what the server remembers of a browser. The id is hashed before it comes here, so a
//! stolen copy of the books opens no session.

use crate::{Db, StoreError};
use domain::Millis;

/// Makes a session; false when the id is taken.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn create(
    db: &Db,
    id_hash: &str,
    data: &str,
    expires: Millis,
) -> Result<bool, StoreError> {
    let mut tx = db.begin().await?;
    let made = on!(&mut tx, conn => {
        sqlx::query(
            "insert into sessions (id_hash, data, expires) values ($1, $2, $3)
             on conflict (id_hash) do nothing",
        )
        .bind(id_hash)
        .bind(data)
        .bind(expires)
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
pub async fn save(db: &Db, id_hash: &str, data: &str, expires: Millis) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    on!(&mut tx, conn => {
        sqlx::query("update sessions set data = $2, expires = $3 where id_hash = $1")
            .bind(id_hash)
            .bind(data)
            .bind(expires)
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

#[cfg(test)]
mod tests {
    use super::*;

    both_engines! {
        async fn a_session_holds_what_was_put_in_until_it_ends(db: Db) {
            assert!(create(&db, "a", "{}", 100).await.unwrap());
            save(&db, "a", r#"{"person":1}"#, 200).await.unwrap();

            let before = load(&db, "a", 199).await.unwrap();
            let after = load(&db, "a", 200).await.unwrap();

            assert_eq!(before, Some((r#"{"person":1}"#.to_owned(), 200)));
            assert_eq!(after, None);
        }

        async fn an_id_is_given_to_one_browser_only(db: Db) {
            create(&db, "a", "first", 100).await.unwrap();

            assert!(!create(&db, "a", "second", 100).await.unwrap());
            assert_eq!(load(&db, "a", 1).await.unwrap().unwrap().0, "first");
        }

        async fn a_session_that_was_ended_is_not_brought_back_by_a_late_save(db: Db) {
            create(&db, "a", "{}", 100).await.unwrap();
            delete(&db, "a").await.unwrap();
            save(&db, "a", "{}", 100).await.unwrap();

            assert_eq!(load(&db, "a", 1).await.unwrap(), None);
        }

        async fn ended_sessions_are_cleared_away_and_living_ones_stay(db: Db) {
            create(&db, "ended", "{}", 100).await.unwrap();
            create(&db, "living", "{}", 101).await.unwrap();

            assert_eq!(delete_expired(&db, 100).await.unwrap(), 1);
            assert!(load(&db, "living", 100).await.unwrap().is_some());
        }
    }
}
