//! What a second proof is made of: a password, the secret of an app, ten recovery codes. Kept so
//! that a stolen copy of the books proves nothing.

mod digits;
mod events;
mod proving;
mod vault;
mod work;

#[cfg(test)]
mod tests;

use crate::{Db, StoreError, Tx};
use domain::{
    Millis,
    clock::MINUTE,
    credentials::{MEMORY, ProofFault, RECOVERY_CODES, RECOVERY_LENGTH, RECOVERY_LETTERS, step_of},
    forms,
    password::Password,
    people::PersonId,
};
use events::What;
use rand::Rng;
use sqlx_macros::FromRow;
use uuid::Uuid;

pub use digits::Secret;
pub(crate) use events::fields as event_fields;
pub use proving::{Given, prove};
pub use vault::Vault;

/// How long a secret that was shown waits for its first digits.
const TO_CONFIRM: Millis = 30 * MINUTE;

/// What somebody has set up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Kept {
    /// When the password was set.
    pub password_set: Option<Millis>,
    /// When the app was set up.
    pub secret_set: Option<Millis>,
    /// How many recovery codes are left.
    pub codes_left: i64,
}

impl Kept {
    /// Whether there is everything that a second proof needs.
    pub const fn is_set_up(&self) -> bool {
        self.password_set.is_some() && self.secret_set.is_some()
    }
}

/// What a person has set up.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn kept(db: &Db, person: PersonId) -> Result<Kept, StoreError> {
    let mut tx = db.read().await?;
    let found: Option<Kept> = on!(&mut tx, conn => {
        sqlx::query_as(
            "select password_set, secret_set,
                    (select count(*) from recovery_codes r where r.person = c.person and r.used is null)
                    as codes_left
             from credentials c where person = $1",
        )
        .bind(person.0)
        .fetch_optional(conn)
        .await?
    });
    Ok(found.unwrap_or_default())
}

/// Sets a password, the first or another.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn set_password(
    db: &Db,
    person: PersonId,
    password: &Password,
    now: Millis,
) -> Result<(), StoreError> {
    let hash = work::hash(password.clone()).await?;
    let mut tx = db.begin().await?;
    queue(&mut tx, person).await?;
    on!(&mut tx, conn => {
        sqlx::query("update credentials set password = $2, password_set = $3 where person = $1")
            .bind(person.0)
            .bind(hash)
            .bind(now)
            .execute(conn)
            .await?;
    });
    events::note(&mut tx, person, What::PasswordSet, now).await?;
    tx.commit().await
}

/// Makes the secret of an app, to be shown and confirmed; the one in use stays until then.
///
/// # Errors
/// [`ProofFault::NotSetUp`] before there is a password, [`ProofFault::NoKey`].
pub async fn begin_app(
    db: &Db,
    vault: &Vault,
    person: PersonId,
    now: Millis,
) -> Result<(), StoreError> {
    let sealed = vault.seal(person, Secret::random().bytes())?;
    let mut tx = db.begin().await?;
    let begun = on!(&mut tx, conn => {
        sqlx::query(
            "update credentials set begun = $2, begun_at = $3, version = version + 1
             where person = $1 and password is not null",
        )
        .bind(person.0)
        .bind(sealed)
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected()
    });
    if begun == 0 {
        return Err(ProofFault::NotSetUp.into());
    }
    tx.commit().await
}

/// The secret that waits for its first digits, if any.
///
/// # Errors
/// [`StoreError::Corrupt`] when it cannot be opened with this key.
pub async fn begun_app(
    db: &Db,
    vault: &Vault,
    person: PersonId,
    now: Millis,
) -> Result<Option<Secret>, StoreError> {
    let mut tx = db.read().await?;
    let sealed = begun(&mut tx, person, now).await?;
    sealed.map(|sealed| vault.open(person, &sealed).map(Secret::from)).transpose()
}

/// Takes the app into use when its digits are right; gives the recovery codes, this once.
///
/// # Errors
/// [`ProofFault::NotBegun`] or [`ProofFault::Wrong`].
pub async fn confirm_app(
    db: &Db,
    vault: &Vault,
    person: PersonId,
    code: &str,
    now: Millis,
) -> Result<Vec<String>, StoreError> {
    let mut tx = db.begin().await?;
    // Nothing is counted: whoever is here has the secret before their eyes.
    queue(&mut tx, person).await?;
    let sealed = begun(&mut tx, person, now).await?.ok_or(ProofFault::NotBegun)?;
    let secret = Secret::from(vault.open(person, &sealed)?);
    let step = step_of(now, 0, |step| secret.is(code, step)).ok_or(ProofFault::Wrong)?;
    on!(&mut tx, conn => {
        sqlx::query(
            "update credentials set secret = begun, secret_set = $2, last_step = $3,
                    begun = null, begun_at = null
             where person = $1",
        )
        .bind(person.0)
        .bind(now)
        .bind(step)
        .execute(conn)
        .await?;
    });
    let codes = replace_codes(&mut tx, vault, person).await?;
    events::note(&mut tx, person, What::AppSet, now).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Makes new recovery codes, this once to be seen; those before are worth nothing any more.
///
/// # Errors
/// [`ProofFault::NotSetUp`], [`ProofFault::NoKey`].
pub async fn new_codes(
    db: &Db,
    vault: &Vault,
    person: PersonId,
    now: Millis,
) -> Result<Vec<String>, StoreError> {
    if !kept(db, person).await?.is_set_up() {
        return Err(ProofFault::NotSetUp.into());
    }
    let mut tx = db.begin().await?;
    queue(&mut tx, person).await?;
    let codes = replace_codes(&mut tx, vault, person).await?;
    events::note(&mut tx, person, What::CodesMade, now).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Forgets everything, at the person's own wish.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn turn_off(db: &Db, person: PersonId, now: Millis) -> Result<(), StoreError> {
    forget(db, person, What::TurnedOff, now).await
}

/// Forgets the second proof of whoever has this phone and ends their sessions: the way back for
/// somebody who lost phone, app and codes. Only the command line may do this.
///
/// # Errors
/// [`StoreError::NotFound`] when nobody has the phone.
pub async fn reset(db: &Db, phone: &str, now: Millis) -> Result<(), StoreError> {
    let mut tx = db.read().await?;
    let person: Uuid = on!(&mut tx, conn => {
        sqlx::query_scalar("select id from people where phone = $1").bind(phone).fetch_one(conn).await?
    });
    tx.commit().await?;
    forget(db, PersonId(person), What::Reset, now).await?;
    crate::sessions::end_others(db, PersonId(person), "").await.map(drop)
}

/// Clears away tries that count for nothing any more; says how many.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn delete_old(db: &Db, now: Millis) -> Result<u64, StoreError> {
    let mut tx = db.begin().await?;
    let gone = on!(&mut tx, conn => {
        sqlx::query("delete from proof_tries where at <= $1")
            .bind(now - MEMORY)
            .execute(conn)
            .await?
            .rows_affected()
    });
    tx.commit().await?;
    Ok(gone)
}

async fn forget(db: &Db, person: PersonId, what: What, now: Millis) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    for text in [
        "delete from credentials where person = $1",
        "delete from recovery_codes where person = $1",
        "delete from proof_tries where person = $1",
    ] {
        on!(&mut tx, conn => {
            sqlx::query(text).bind(person.0).execute(conn).await?;
        });
    }
    events::note(&mut tx, person, what, now).await?;
    tx.commit().await
}

/// Makes two verbs about one person's credentials wait for each other.
async fn queue(tx: &mut Tx, person: PersonId) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query(
            "insert into credentials (person) values ($1)
             on conflict (person) do update set version = credentials.version + 1",
        )
        .bind(person.0)
        .execute(conn)
        .await?;
    });
    Ok(())
}

async fn begun(tx: &mut Tx, person: PersonId, now: Millis) -> Result<Option<String>, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_scalar(
            "select begun from credentials
             where person = $1 and begun is not null and begun_at > $2",
        )
        .bind(person.0)
        .bind(now - TO_CONFIRM)
        .fetch_optional(conn)
        .await?
    }))
}

async fn replace_codes(
    tx: &mut Tx,
    vault: &Vault,
    person: PersonId,
) -> Result<Vec<String>, StoreError> {
    on!(&mut *tx, conn => {
        sqlx::query("delete from recovery_codes where person = $1").bind(person.0).execute(conn).await?;
    });
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| random_code()).collect();
    for code in &codes {
        let tag = vault.tag(person, code)?;
        on!(&mut *tx, conn => {
            sqlx::query("insert into recovery_codes (person, tag) values ($1, $2)")
                .bind(person.0)
                .bind(tag)
                .execute(conn)
                .await?;
        });
    }
    Ok(codes.iter().map(|code| forms::in_fours(code)).collect())
}

fn random_code() -> String {
    let mut chance = rand::rng();
    let letters = RECOVERY_LETTERS.as_bytes();
    (0..RECOVERY_LENGTH)
        .map(|_| char::from(letters[chance.random_range(..letters.len())]))
        .collect()
}
