//! What those are told who reported, and who was warned: nothing about each other.

use crate::{Db, StoreError};
use domain::{Millis, people::PersonId};
use sqlx_macros::FromRow;

/// A report in the list of who made it.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Own {
    /// The request's code.
    pub code: String,
    /// Surname and title of who is reported.
    pub called: String,
    /// The key of the reason.
    pub reason: String,
    /// When.
    pub at: Millis,
    /// The key of what it led to; none while it waits.
    pub outcome: Option<String>,
    /// Why.
    pub answer: Option<String>,
}

/// What somebody reported, the newest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn made_by(db: &Db, who: PersonId) -> Result<Vec<Own>, StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_as(
            "select q.code, p.surname || p.title as called, r.reason, r.at, r.outcome, r.answer
             from reports r join requests q on q.id = r.request join people p on p.id = r.against
             where r.reporter = $1 order by r.at desc, r.id desc limit 50",
        )
        .bind(who.0)
        .fetch_all(conn)
        .await?
    }))
}

/// A warning, as who was warned reads it: nothing about who reported.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Warning {
    /// The key of the reason.
    pub reason: String,
    /// Why.
    pub answer: String,
    /// When.
    pub at: Millis,
}

/// The warnings of a person, the newest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn warnings(db: &Db, who: PersonId) -> Result<Vec<Warning>, StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_as(
            "select reason, answer, decided_at as at from reports
             where against = $1 and outcome = 'warned' order by decided_at desc limit 20",
        )
        .bind(who.0)
        .fetch_all(conn)
        .await?
    }))
}
