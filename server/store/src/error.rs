//! What can go wrong in the books.

use domain::{Refusal, credentials::ProofFault, sign_in::CodeFault};

/// The outcome of a store function that did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The rules said no; the person can act on it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A sign-in code was not sent or not taken.
    #[error(transparent)]
    Code(#[from] CodeFault),
    /// A second proof was not taken.
    #[error(transparent)]
    Proof(#[from] ProofFault),
    /// No such record, or not one that this person may know of.
    #[error("no such record")]
    NotFound,
    /// A row that the checks of the tables should have kept out.
    #[error("a damaged record: {0}")]
    Corrupt(String),
    /// The database failed; the cause is for the log and never for the screen.
    #[error("the database failed")]
    Database(#[source] sqlx::Error),
    /// The tables could not be brought to the version of this program.
    #[error("the migrations failed")]
    Migration(#[from] sqlx::migrate::MigrateError),
}

impl From<domain::beside::Hindrance> for StoreError {
    fn from(hindrance: domain::beside::Hindrance) -> Self {
        Self::Refused(hindrance.into())
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::RowNotFound => Self::NotFound,
            sqlx::Error::ColumnDecode { index, .. } => {
                Self::Corrupt(format!("column {index} holds something else"))
            }
            other => Self::Database(other),
        }
    }
}

impl StoreError {
    /// Whether the same transaction may simply be tried again: PostgreSQL's serialization failure
    /// and deadlock, SQLite's busy.
    pub fn may_be_retried(&self) -> bool {
        let Self::Database(sqlx::Error::Database(cause)) = self else { return false };
        matches!(cause.code().as_deref(), Some("40001" | "40P01" | "5" | "517"))
    }

    /// The cause for the log: what kind of failure, the engine's code, the constraint. The engine's
    /// own words are left out where they may quote a row.
    pub fn cause(&self) -> String {
        use sqlx::Error as E;
        match self {
            Self::Database(E::Database(cause)) => {
                let code = cause.code().unwrap_or_default();
                let constraint = cause.constraint().unwrap_or_default();
                let said = if quotes_no_row(cause.as_ref()) { cause.message() } else { "" };
                format!("{:?} {code} {constraint} {said}", cause.kind()).trim_end().to_owned()
            }
            Self::Database(
                error @ (E::Configuration(_)
                | E::Io(_)
                | E::Tls(_)
                | E::PoolTimedOut
                | E::PoolClosed
                | E::WorkerCrashed),
            ) => error.to_string(),
            Self::Database(_) => "the driver".to_owned(),
            Self::Migration(error) => error.to_string(),
            Self::Refused(_)
            | Self::Code(_)
            | Self::Proof(_)
            | Self::NotFound
            | Self::Corrupt(_) => self.to_string(),
        }
    }

    /// Whether a named uniqueness rule of the tables refused the row.
    pub fn is_unique_violation(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(cause)) if cause.is_unique_violation())
    }
}

/// SQLite names tables and columns, never values. PostgreSQL quotes values, but not while a
/// connection is made or cut (SQLSTATE classes 08, 28, 3D, 53, 57).
fn quotes_no_row(cause: &(dyn sqlx::error::DatabaseError + 'static)) -> bool {
    let code = cause.code().unwrap_or_default();
    let of_the_connection = ["08", "28", "3D", "53", "57"].iter().any(|it| code.starts_with(it));
    of_the_connection || cause.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Db, example::granny};
    use uuid::Uuid;

    async fn fails(db: &Db, text: &'static str, value: &str) -> StoreError {
        let mut tx = db.begin().await.unwrap();
        let outcome = on!(&mut tx, conn => {
            sqlx::query(text).bind(Uuid::now_v7()).bind(value).execute(conn).await.map(|_| ())
        });
        outcome.unwrap_err().into()
    }

    both_engines! {
        async fn the_log_learns_which_rule_was_broken_and_not_by_which_words(db: Db) {
            granny(&db).await;
            let phone = "15400000001";
            let twice = fails(
                &db,
                "insert into people (id, phone, surname, title, created) values ($1, $2, '', '', 0)",
                phone,
            )
            .await;
            let odd = fails(
                &db,
                "insert into posts (id, person, kind, since) values ($1, $1, $2, 0)",
                "a secret word",
            )
            .await;

            for (error, kind) in [(twice, "UniqueViolation"), (odd, "CheckViolation")] {
                let cause = error.cause();
                assert!(cause.starts_with(kind), "{cause}");
                assert!(!cause.contains(phone) && !cause.contains("secret"), "{cause}");
                assert!(cause.contains("people") || cause.contains("posts"), "{cause}");
            }
        }
    }
}
