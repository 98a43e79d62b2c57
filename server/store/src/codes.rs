//! Sign-in codes: kept as salted hashes, tried and sent a limited number of times. The counts are
//! rows, so neither a restart nor many processes at once get around them.

use crate::{Db, StoreError, Tx};
use domain::{
    Millis,
    clock::DAY,
    sign_in::{CodeFault, Issued, may_send},
};
use sha2::{Digest, Sha256};
use sqlx::FromRow;
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// Notes a code that is about to be sent; the code before it opens nothing any more.
///
/// # Errors
/// [`CodeFault::TooMany`], and then the code before it still counts.
pub async fn issue(
    db: &Db,
    phone: &str,
    ip_hash: &str,
    code: &str,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    // Both rows are written before anything is counted: whoever asks at the same moment waits.
    replace(&mut tx, phone, code, now).await?;
    queue(&mut tx, ip_hash, now).await?;
    let to_phone = sent_to(&mut tx, phone, now).await?;
    let from_address = sent_from(&mut tx, ip_hash, now).await?;
    may_send(&to_phone, &from_address, now)?;
    note(&mut tx, phone, ip_hash, now).await?;
    tx.commit().await
}

/// Tries a code. Every try counts, and a code that opened the door is used up.
///
/// # Errors
/// [`CodeFault::Wrong`], [`CodeFault::Old`] or [`CodeFault::Spent`].
pub async fn check(db: &Db, phone: &str, code: &str, now: Millis) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    // Counting first takes the row, so guesses at the same moment come one after the other.
    let kept: Option<Kept> = on!(&mut tx, conn => {
        sqlx::query_as(
            "update sign_in_codes set tries = tries + 1 where phone = $1
             returning salt, hash, sent, tries",
        )
        .bind(phone)
        .fetch_optional(conn)
        .await?
    });
    let Some(kept) = kept else { return Err(CodeFault::Old.into()) };
    let outcome = kept.issued().tried(kept.is(phone, code), now);
    if outcome.is_ok() {
        on!(&mut tx, conn => {
            sqlx::query("delete from sign_in_codes where phone = $1")
                .bind(phone)
                .execute(conn)
                .await?;
        });
    }
    tx.commit().await?;
    Ok(outcome?)
}

/// Clears away codes and sendings that count for nothing any more; says how many.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn delete_old(db: &Db, now: Millis) -> Result<u64, StoreError> {
    let mut tx = db.begin().await?;
    let mut gone = 0;
    for text in [
        "delete from sign_in_codes where sent <= $1",
        "delete from sign_in_sendings where at <= $1",
        "delete from sign_in_addresses where last <= $1",
    ] {
        gone += on!(&mut tx, conn => {
            sqlx::query(text).bind(now - DAY).execute(conn).await?.rows_affected()
        });
    }
    tx.commit().await?;
    Ok(gone)
}

#[derive(FromRow)]
struct Kept {
    salt: String,
    hash: String,
    sent: Millis,
    tries: i64,
}

impl Kept {
    fn issued(&self) -> Issued {
        Issued { at: self.sent, tries: u8::try_from(self.tries).unwrap_or(u8::MAX) }
    }

    fn is(&self, phone: &str, code: &str) -> bool {
        hash(&self.salt, phone, code).as_bytes().ct_eq(self.hash.as_bytes()).into()
    }
}

fn hash(salt: &str, phone: &str, code: &str) -> String {
    let mut sha = Sha256::new();
    for part in [salt, phone, code] {
        sha.update(part);
        sha.update([0]);
    }
    format!("{:x}", sha.finalize())
}

async fn replace(tx: &mut Tx, phone: &str, code: &str, now: Millis) -> Result<(), StoreError> {
    let salt = Uuid::new_v4().simple().to_string();
    let hash = hash(&salt, phone, code);
    on!(tx, conn => {
        sqlx::query(
            "insert into sign_in_codes (phone, salt, hash, sent, tries) values ($1, $2, $3, $4, 0)
             on conflict (phone) do update
             set salt = excluded.salt, hash = excluded.hash, sent = excluded.sent, tries = 0",
        )
        .bind(phone)
        .bind(salt)
        .bind(hash)
        .bind(now)
        .execute(conn)
        .await?;
    });
    Ok(())
}

/// Makes those who come from one address at once wait for each other.
pub(crate) async fn queue(tx: &mut Tx, ip_hash: &str, now: Millis) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query(
            "insert into sign_in_addresses (ip_hash, last) values ($1, $2)
             on conflict (ip_hash) do update set last = excluded.last",
        )
        .bind(ip_hash)
        .bind(now)
        .execute(conn)
        .await?;
    });
    Ok(())
}

async fn sent_to(tx: &mut Tx, phone: &str, now: Millis) -> Result<Vec<Millis>, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_scalar("select at from sign_in_sendings where phone = $1 and at > $2")
            .bind(phone)
            .bind(now - DAY)
            .fetch_all(conn)
            .await?
    }))
}

async fn sent_from(tx: &mut Tx, ip_hash: &str, now: Millis) -> Result<Vec<Millis>, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_scalar("select at from sign_in_sendings where ip_hash = $1 and at > $2")
            .bind(ip_hash)
            .bind(now - DAY)
            .fetch_all(conn)
            .await?
    }))
}

async fn note(tx: &mut Tx, phone: &str, ip_hash: &str, now: Millis) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query(
            "insert into sign_in_sendings (id, phone, ip_hash, at) values ($1, $2, $3, $4)",
        )
        .bind(Uuid::now_v7())
        .bind(phone)
        .bind(ip_hash)
        .bind(now)
        .execute(conn)
        .await?;
    });
    Ok(())
}

#[cfg(test)]
mod tests;
