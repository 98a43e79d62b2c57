//! Filters that somebody uses again: their own, named, a few.

use crate::{Db, StoreError, people};
use domain::{
    Millis,
    forms::{Fault, Field, FormErrors},
    people::PersonId,
    requests::filter::{Filter, MOST_SAVED},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// A saved filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Its key.
    pub id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// The filter.
    pub filter: Filter,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    name: String,
    query: String,
}

/// The filters of a person, the oldest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of(db: &Db, who: PersonId) -> Result<Vec<Saved>, StoreError> {
    let mut tx = db.read().await?;
    let rows: Vec<Row> = on!(&mut tx, conn => {
        sqlx::query_as("select id, name, query from saved_filters where person = $1 order by created, id")
            .bind(who.0)
            .fetch_all(conn)
            .await?
    });
    let saved =
        |row: Row| Saved { id: row.id, name: row.name, filter: Filter::of_query(&row.query) };
    Ok(rows.into_iter().map(saved).collect())
}

/// Saves a filter; one of the same name is replaced. Nothing is saved beyond [`MOST_SAVED`].
///
/// # Errors
/// [`StoreError::Database`].
pub async fn save(
    db: &Db,
    who: PersonId,
    name: &str,
    filter: &Filter,
    now: Millis,
) -> Result<Result<(), FormErrors>, StoreError> {
    let mut tx = db.begin().await?;
    people::queue(&mut tx, who).await?;
    let others: i64 = on!(&mut tx, conn => {
        sqlx::query_scalar("select count(*) from saved_filters where person = $1 and name <> $2")
            .bind(who.0)
            .bind(name)
            .fetch_one(conn)
            .await?
    });
    if others >= i64::from(MOST_SAVED) {
        let full = Fault::OutOfRange { least: 1, most: MOST_SAVED };
        return Ok(Err(FormErrors(vec![(Field::Name, full)])));
    }
    on!(&mut tx, conn => {
        sqlx::query(
            "insert into saved_filters (id, person, name, query, created) values ($1, $2, $3, $4, $5)
             on conflict (person, name) do update set query = excluded.query",
        )
        .bind(Uuid::now_v7())
        .bind(who.0)
        .bind(name)
        .bind(filter.query())
        .bind(now)
        .execute(conn)
        .await?;
    });
    tx.commit().await?;
    Ok(Ok(()))
}

/// Forgets a filter of this person; of nobody else. What is gone already is forgotten.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn forget(db: &Db, who: PersonId, id: Uuid) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    on!(&mut tx, conn => {
        sqlx::query("delete from saved_filters where id = $1 and person = $2")
            .bind(id)
            .bind(who.0)
            .execute(conn)
            .await?;
    });
    tx.commit().await
}
