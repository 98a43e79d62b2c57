//! Whether the books answer, and whether anybody lives in them yet.

use crate::{Db, StoreError};

/// Asks the smallest question there is.
///
/// # Errors
/// [`StoreError::Database`] when there is no answer.
pub async fn ping(db: &Db) -> Result<(), StoreError> {
    let mut tx = db.read().await?;
    on!(&mut tx, conn => {
        sqlx::query("select id from areas limit 1").fetch_optional(conn).await?;
    });
    tx.commit().await
}

/// Whether anybody has an account.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn has_people(db: &Db) -> Result<bool, StoreError> {
    let mut tx = db.read().await?;
    let anybody = on!(&mut tx, conn => {
        sqlx::query("select id from people limit 1").fetch_optional(conn).await?.is_some()
    });
    tx.commit().await?;
    Ok(anybody)
}

#[cfg(test)]
mod tests {
    use super::*;

    both_engines! {
        async fn a_new_house_answers_and_nobody_lives_in_it(db: Db) {
            ping(&db).await.unwrap();

            assert!(!has_people(&db).await.unwrap());
        }
    }
}
