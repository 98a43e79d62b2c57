//! Sign-in codes: kept as salted hashes, tried and sent a limited number of times. The counts are
//! rows, so neither a restart nor many processes at once get around them.

use crate::{
    Db, StoreError, Tx,
    limits::{self, What},
};
use domain::{
    Millis,
    clock::DAY,
    sign_in::{CodeFault, Issued, may_send, may_try},
};
use sha2::{Digest, Sha256};
use sqlx_macros::FromRow;
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// A code that counts as sent.
#[derive(Clone, Copy, Debug)]
pub struct Sending(Uuid);

/// Notes a code that is about to be sent to a phone for a browser, by the name that its session gave
/// it; the browser's code before it opens nothing any more.
///
/// # Errors
/// [`CodeFault::TooMany`], and then the code before it still counts.
pub async fn issue(
    db: &Db,
    phone: &str,
    browser: &str,
    ip_hash: &str,
    code: &str,
    now: Millis,
) -> Result<Sending, StoreError> {
    let mut tx = db.begin().await?;
    // Both rows are written before anything is counted: whoever asks at the same moment waits.
    replace(&mut tx, phone, browser, code, now).await?;
    queue(&mut tx, ip_hash, now).await?;
    let to_phone = sent_to(&mut tx, phone, now).await?;
    let from_address = sent_from(&mut tx, ip_hash, now).await?;
    may_send(&to_phone, &from_address, now)?;
    let sending = note(&mut tx, phone, ip_hash, now).await?;
    tx.commit().await?;
    Ok(sending)
}

/// A code that no gateway took does not count for its phone. It still counts for the address, so
/// that nobody can make us ask a gateway without end that refuses.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn give_back(db: &Db, Sending(id): Sending) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    on!(&mut tx, conn => {
        // No phone is empty.
        sqlx::query("update sign_in_sendings set phone = '' where id = $1")
            .bind(id)
            .execute(conn)
            .await?;
    });
    tx.commit().await
}

/// Tries a code in a browser. Every try counts, and a code that opened the door is used up. A
/// browser that did not ask for it learns nothing and spends nothing but its address's patience.
///
/// # Errors
/// [`CodeFault::Wrong`], [`CodeFault::Old`], [`CodeFault::Spent`] or [`CodeFault::TriedTooOften`].
pub async fn check(
    db: &Db,
    phone: &str,
    browser: &str,
    ip_hash: &str,
    code: &str,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    may_try(limits::add(&mut tx, What::WrongCode, ip_hash, now, 0).await?, now)?;
    // Counting first takes the row, so guesses at the same moment come one after the other.
    let kept: Option<Kept> = on!(&mut tx, conn => {
        sqlx::query_as(
            "update sign_in_codes set tries = tries + 1 where phone = $1 and browser = $2
             returning salt, hash, sent, tries",
        )
        .bind(phone)
        .bind(browser)
        .fetch_optional(conn)
        .await?
    });
    let outcome = match kept {
        Some(kept) => kept.issued().tried(kept.is(phone, code), now),
        None => Err(CodeFault::Old),
    };
    if outcome.is_ok() {
        use_up(&mut tx, phone, browser).await?;
    } else {
        limits::add(&mut tx, What::WrongCode, ip_hash, now, 1).await?;
    }
    tx.commit().await?;
    Ok(outcome?)
}

async fn use_up(tx: &mut Tx, phone: &str, browser: &str) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query("delete from sign_in_codes where phone = $1 and browser = $2")
            .bind(phone)
            .bind(browser)
            .execute(conn)
            .await?;
    });
    Ok(())
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

async fn replace(
    tx: &mut Tx,
    phone: &str,
    browser: &str,
    code: &str,
    now: Millis,
) -> Result<(), StoreError> {
    let salt = Uuid::new_v4().simple().to_string();
    let hash = hash(&salt, phone, code);
    on!(tx, conn => {
        sqlx::query(
            "insert into sign_in_codes (phone, browser, salt, hash, sent, tries)
             values ($1, $2, $3, $4, $5, 0)
             on conflict (phone, browser) do update
             set salt = excluded.salt, hash = excluded.hash, sent = excluded.sent, tries = 0",
        )
        .bind(phone)
        .bind(browser)
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

async fn note(tx: &mut Tx, phone: &str, ip_hash: &str, now: Millis) -> Result<Sending, StoreError> {
    let id = Uuid::now_v7();
    on!(tx, conn => {
        sqlx::query(
            "insert into sign_in_sendings (id, phone, ip_hash, at) values ($1, $2, $3, $4)",
        )
        .bind(id)
        .bind(phone)
        .bind(ip_hash)
        .bind(now)
        .execute(conn)
        .await?;
    });
    Ok(Sending(id))
}

#[cfg(test)]
mod tests;
