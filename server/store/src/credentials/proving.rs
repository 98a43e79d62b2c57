//! Trying a second proof. Each try is written down as wrong before it is looked at, so guesses at
//! the same moment, many processes and restarts get around no limit.

use super::{
    Secret, Vault,
    events::{self, What},
    work,
};
use crate::{Db, StoreError, Tx, codes};
use domain::{
    Millis,
    credentials::{MEMORY, PER_ADDRESS, ProofFault, may_recover, may_try, step_of},
    password::Password,
    people::PersonId,
};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// What somebody proves with.
#[derive(Clone, Debug)]
pub enum Given {
    /// The password and the six digits of the app.
    Digits {
        /// As it was typed.
        password: Password,
        /// Six digits.
        code: String,
    },
    /// A recovery code, without dashes: it stands for both, once.
    Recovery(String),
}

/// Proves that it is them; the digits of a step and a recovery code count once.
///
/// # Errors
/// [`ProofFault::Wrong`], whatever of it was; [`ProofFault::Wait`], and then nothing was looked
/// at; [`ProofFault::NotSetUp`].
pub async fn prove(
    db: &Db,
    vault: &Vault,
    person: PersonId,
    given: &Given,
    ip_hash: &str,
    now: Millis,
) -> Result<(), StoreError> {
    let recovery = matches!(given, Given::Recovery(_));
    let kept = counted(db, person, recovery, ip_hash, now).await?;
    let outcome = match given {
        Given::Digits { password, code } => {
            let known = work::is(kept.password.clone(), password.clone()).await?;
            let sealed = kept.secret.as_ref().filter(|_| kept.password.is_some());
            let sealed = sealed.ok_or(ProofFault::NotSetUp)?;
            let secret = Secret::from(vault.open(person, sealed)?);
            let step = step_of(now, kept.last_step, |step| secret.is(code, step));
            Outcome::Step(step.filter(|_| known).ok_or(ProofFault::Wrong)?)
        }
        Given::Recovery(code) => Outcome::Code(vault.tag(person, code)?),
    };
    taken(db, person, &outcome, now).await
}

enum Outcome {
    Step(i64),
    Code(String),
}

#[derive(FromRow)]
pub(super) struct Kept {
    password: Option<String>,
    secret: Option<String>,
    last_step: i64,
}

/// Writes a try down as wrong, when one more may be tried.
pub(super) async fn counted(
    db: &Db,
    person: PersonId,
    recovery: bool,
    ip_hash: &str,
    now: Millis,
) -> Result<Kept, StoreError> {
    let mut tx = db.begin().await?;
    // Both rows are taken before anything is counted: whoever tries at the same moment waits.
    let kept = locked(&mut tx, person).await?;
    codes::queue(&mut tx, ip_hash, now).await?;
    let address = wrong_from(&mut tx, ip_hash, now).await?;
    let wrong = wrong_for(&mut tx, person, recovery, now).await?;
    if recovery {
        let here = wrong.iter().filter(|one| one.ip_hash == ip_hash).map(|one| one.at);
        may_recover(&here.collect::<Vec<_>>(), &address, now)?;
    } else {
        may_try(&wrong.iter().map(|one| one.at).collect::<Vec<_>>(), &address, now)?;
    }
    on!(&mut tx, conn => {
        sqlx::query(
            "insert into proof_tries (id, person, ip_hash, recovery, at) values ($1, $2, $3, $4, $5)",
        )
        .bind(Uuid::now_v7())
        .bind(person.0)
        .bind(ip_hash)
        .bind(recovery)
        .bind(now)
        .execute(conn)
        .await?;
    });
    tx.commit().await?;
    Ok(kept)
}

/// It was right: it is used up, and what was wrong before is forgotten.
async fn taken(
    db: &Db,
    person: PersonId,
    outcome: &Outcome,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let used = match outcome {
        Outcome::Step(step) => use_step(&mut tx, person, *step).await?,
        Outcome::Code(tag) => use_code(&mut tx, person, tag, now).await?,
    };
    // Somebody was quicker with the same digits: whoever is second is wrong.
    if used == 0 {
        return Err(ProofFault::Wrong.into());
    }
    on!(&mut tx, conn => {
        sqlx::query("delete from proof_tries where person = $1").bind(person.0).execute(conn).await?;
    });
    if matches!(outcome, Outcome::Code(_)) {
        events::note(&mut tx, person, What::CodeUsed, now).await?;
    }
    tx.commit().await
}

async fn use_step(tx: &mut Tx, person: PersonId, step: i64) -> Result<u64, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query("update credentials set last_step = $2 where person = $1 and last_step < $2")
            .bind(person.0)
            .bind(step)
            .execute(conn)
            .await?
            .rows_affected()
    }))
}

async fn use_code(
    tx: &mut Tx,
    person: PersonId,
    tag: &str,
    now: Millis,
) -> Result<u64, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query(
            "update recovery_codes set used = $3 where person = $1 and tag = $2 and used is null",
        )
        .bind(person.0)
        .bind(tag)
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected()
    }))
}

async fn locked(tx: &mut Tx, person: PersonId) -> Result<Kept, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_as(
            "insert into credentials (person) values ($1)
             on conflict (person) do update set version = credentials.version + 1
             returning password, secret, last_step",
        )
        .bind(person.0)
        .fetch_one(conn)
        .await?
    }))
}

#[derive(FromRow)]
struct Wrong {
    ip_hash: String,
    at: Millis,
}

async fn wrong_for(
    tx: &mut Tx,
    person: PersonId,
    recovery: bool,
    now: Millis,
) -> Result<Vec<Wrong>, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_as(
            "select ip_hash, at from proof_tries where person = $1 and recovery = $2 and at > $3",
        )
        .bind(person.0)
        .bind(recovery)
        .bind(now - MEMORY)
        .fetch_all(conn)
        .await?
    }))
}

async fn wrong_from(tx: &mut Tx, ip_hash: &str, now: Millis) -> Result<Vec<Millis>, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_scalar("select at from proof_tries where ip_hash = $1 and at > $2")
            .bind(ip_hash)
            .bind(now - PER_ADDRESS.1)
            .fetch_all(conn)
            .await?
    }))
}
