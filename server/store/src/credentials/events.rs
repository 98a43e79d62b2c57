//! What was set up, changed and used, in a chain of hashes.

use crate::{
    StoreError, Tx,
    chain::{self, Chain},
};
use domain::{Millis, people::PersonId};
use uuid::Uuid;

/// What happened to somebody's credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A password, the first or another.
    PasswordSet,
    /// An app, with new recovery codes.
    AppSet,
    /// New recovery codes.
    CodesMade,
    /// A recovery code stood for password and digits.
    CodeUsed,
    /// Everything forgotten, at the person's own wish.
    TurnedOff,
    /// Everything forgotten, from the command line.
    Reset,
}

impl What {
    const fn key(self) -> &'static str {
        match self {
            Self::PasswordSet => "password_set",
            Self::AppSet => "app_set",
            Self::CodesMade => "codes_made",
            Self::CodeUsed => "code_used",
            Self::TurnedOff => "turned_off",
            Self::Reset => "reset",
        }
    }
}

/// What the hash of a row covers.
pub fn fields(person: Uuid, at: Millis, what: &str) -> Vec<Option<String>> {
    vec![Some(person.to_string()), Some(at.to_string()), Some(what.to_owned())]
}

/// Writes an event down. Call it last in the transaction: writers queue here.
pub async fn note(tx: &mut Tx, person: PersonId, what: What, at: Millis) -> Result<(), StoreError> {
    let fields = fields(person.0, at, what.key());
    let link = chain::append(tx, Chain::Credentials, &fields).await?;
    on!(tx, conn => {
        sqlx::query(
            "insert into credential_events (seq, person, at, what, prev, hash)
             values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(link.seq)
        .bind(person.0)
        .bind(at)
        .bind(what.key())
        .bind(&link.prev)
        .bind(&link.hash)
        .execute(conn)
        .await?;
    });
    Ok(())
}
