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

    /// Whether a named uniqueness rule of the tables refused the row.
    pub fn is_unique_violation(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(cause)) if cause.is_unique_violation())
    }
}
