//! How somebody wants to be told, and where: choices, browsers, an address for letters.

use crate::{Db, StoreError, Tx, people};
use domain::{
    Millis,
    clock::{DAY, MINUTE},
    notices::delivery::{Channel, Choices, Topic},
    people::PersonId,
    sign_in::{CodeFault, Issued},
};
use sha2::{Digest, Sha256};
use sqlx_macros::FromRow;
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// So many browsers of one person are told; the oldest goes first.
const MOST_DEVICES: i64 = 5;

/// So many codes are sent to addresses for one person within a day, one a minute.
const MOST_CODES: i64 = 10;

/// What somebody chose.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn choices(db: &Db, person: PersonId) -> Result<Choices, StoreError> {
    let mut tx = db.read().await?;
    let rows: Vec<(String, String, bool)> = on!(&mut tx, conn => {
        sqlx::query_as("select topic, channel, wanted from notice_choices where person = $1")
            .bind(person.0)
            .fetch_all(conn)
            .await?
    });
    let mut choices = Choices::default();
    for (topic, channel, wanted) in rows {
        if let (Some(topic), Some(channel)) = (Topic::from_key(&topic), Channel::from_key(&channel))
        {
            choices.set(topic, channel, wanted);
        }
    }
    Ok(choices)
}

/// Notes what somebody chose; only what differs from what holds for everybody is kept.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn choose(db: &Db, person: PersonId, choices: &Choices) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    people::queue(&mut tx, person).await?;
    on!(&mut tx, conn => {
        sqlx::query("delete from notice_choices where person = $1")
            .bind(person.0)
            .execute(conn)
            .await?;
    });
    let all = Topic::ALL.iter().flat_map(|topic| Channel::ALL.iter().map(move |by| (*topic, *by)));
    let all = all.map(|(topic, channel)| (topic, channel, choices.wants(topic, channel)));
    let differs = |one: &(Topic, Channel, bool)| one.2 != one.0.goes_by(one.1);
    let chosen: Vec<_> = all.filter(differs).collect();
    for (topic, channel, wanted) in chosen {
        on!(&mut tx, conn => {
            sqlx::query(
                "insert into notice_choices (person, topic, channel, wanted) values ($1, $2, $3, $4)",
            )
            .bind(person.0)
            .bind(topic.key())
            .bind(channel.key())
            .bind(wanted)
            .execute(conn)
            .await?;
        });
    }
    tx.commit().await
}

/// A browser that is told.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Device {
    /// Its key.
    pub id: Uuid,
    /// System and browser.
    pub device: String,
    /// Since when.
    pub since: Millis,
}

/// What a browser gave when it asked to be told.
#[derive(Clone, Copy, Debug)]
pub struct Subscription<'a> {
    /// Where its maker takes messages for it.
    pub endpoint: &'a str,
    /// Its public key.
    pub key: &'a str,
    /// What it shares with us alone.
    pub secret: &'a str,
    /// System and browser.
    pub device: &'a str,
    /// The reader's language.
    pub lang: &'a str,
}

/// The browsers of a person, the newest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn devices(db: &Db, person: PersonId) -> Result<Vec<Device>, StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_as(
            "select id, device, since from push_devices where person = $1 order by since desc, id",
        )
        .bind(person.0)
        .fetch_all(conn)
        .await?
    }))
}

/// Has a browser told. Whoever asked in it before is told there no more.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn add_device(
    db: &Db,
    person: PersonId,
    subscription: Subscription<'_>,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    people::queue(&mut tx, person).await?;
    let Subscription { endpoint, key, secret, device, lang } = subscription;
    on!(&mut tx, conn => {
        sqlx::query("delete from push_devices where endpoint = $1")
            .bind(endpoint)
            .execute(conn)
            .await?;
    });
    on!(&mut tx, conn => {
        sqlx::query(
            "insert into push_devices (id, person, endpoint, key, secret, device, lang, since)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(Uuid::now_v7())
        .bind(person.0)
        .bind(endpoint)
        .bind(key)
        .bind(secret)
        .bind(device)
        .bind(lang)
        .bind(now)
        .execute(conn)
        .await?;
    });
    on!(&mut tx, conn => {
        sqlx::query(
            "delete from push_devices where person = $1 and id not in
                 (select id from push_devices where person = $1 order by since desc, id desc limit $2)",
        )
        .bind(person.0)
        .bind(MOST_DEVICES)
        .execute(conn)
        .await?;
    });
    tx.commit().await
}

/// A browser is told no more.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn remove_device(db: &Db, person: PersonId, id: Uuid) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    on!(&mut tx, conn => {
        sqlx::query("delete from push_devices where id = $1 and person = $2")
            .bind(id)
            .bind(person.0)
            .execute(conn)
            .await?;
    });
    tx.commit().await
}

/// The addresses of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Mailbox {
    /// The one that is written to.
    pub address: Option<String>,
    /// The one that waits for its code.
    pub wanted: Option<String>,
}

/// The addresses of a person.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn mailbox(db: &Db, person: PersonId) -> Result<Mailbox, StoreError> {
    let mut tx = db.read().await?;
    let found: Option<Mailbox> = on!(&mut tx, conn => {
        sqlx::query_as("select address, wanted from mail_addresses where person = $1")
            .bind(person.0)
            .fetch_optional(conn)
            .await?
    });
    Ok(found.unwrap_or_default())
}

#[derive(Default, FromRow)]
struct Waiting {
    wanted: Option<String>,
    salt: Option<String>,
    hash: Option<String>,
    sent: Option<Millis>,
    tries: i64,
    sendings: i64,
    sent_first: Option<Millis>,
}

const WAITING: &str = "select wanted, salt, hash, sent, tries, sendings, sent_first
     from mail_addresses where person = $1";

/// Notes a code that is about to be sent to an address; the one before it opens nothing any more.
///
/// # Errors
/// [`StoreError::Code`] beyond the limits.
pub async fn want_mail(
    db: &Db,
    person: PersonId,
    address: &str,
    code: &str,
    lang: &str,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    people::queue(&mut tx, person).await?;
    let before = waiting(&mut tx, person).await?.unwrap_or_default();
    let first = before.sent_first.filter(|first| now - first < DAY);
    if let Some(until) = before.sent.map(|sent| sent + MINUTE).filter(|until| *until > now) {
        return Err(CodeFault::TooMany { until }.into());
    }
    if let Some(first) = first.filter(|_| before.sendings >= MOST_CODES) {
        return Err(CodeFault::TooMany { until: first + DAY }.into());
    }
    let sendings = if first.is_some() { before.sendings + 1 } else { 1 };
    let salt = Uuid::new_v4().simple().to_string();
    on!(&mut tx, conn => {
        sqlx::query(
            "insert into mail_addresses (person, lang, wanted, salt, hash, sent, sendings, sent_first)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (person) do update set wanted = excluded.wanted, salt = excluded.salt,
                 hash = excluded.hash, sent = excluded.sent, tries = 0, lang = excluded.lang,
                 sendings = excluded.sendings, sent_first = excluded.sent_first",
        )
        .bind(person.0)
        .bind(lang)
        .bind(address)
        .bind(&salt)
        .bind(hash(&salt, address, code))
        .bind(now)
        .bind(sendings)
        .bind(first.unwrap_or(now))
        .execute(conn)
        .await?;
    });
    tx.commit().await
}

/// Tries a code: with the right one the address that waited is written to from now on.
///
/// # Errors
/// [`StoreError::Code`].
pub async fn prove_mail(
    db: &Db,
    person: PersonId,
    code: &str,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    people::queue(&mut tx, person).await?;
    on!(&mut tx, conn => {
        sqlx::query("update mail_addresses set tries = tries + 1 where person = $1")
            .bind(person.0)
            .execute(conn)
            .await?;
    });
    let waiting = waiting(&mut tx, person).await?.unwrap_or_default();
    let (Some(address), Some(salt), Some(kept), Some(sent)) =
        (waiting.wanted, waiting.salt, waiting.hash, waiting.sent)
    else {
        return Err(CodeFault::Old.into());
    };
    let right: bool = hash(&salt, &address, code).as_bytes().ct_eq(kept.as_bytes()).into();
    let tries = u8::try_from(waiting.tries).unwrap_or(u8::MAX);
    let outcome = Issued { at: sent, tries }.tried(right, now);
    if outcome.is_ok() {
        on!(&mut tx, conn => {
            sqlx::query(
                "update mail_addresses set address = wanted, since = $2, wanted = null, salt = null,
                        hash = null, tries = 0 where person = $1",
            )
            .bind(person.0)
            .bind(now)
            .execute(conn)
            .await?;
        });
    }
    tx.commit().await?;
    Ok(outcome?)
}

/// Nothing is written to them any more.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn forget_mail(db: &Db, person: PersonId) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    on!(&mut tx, conn => {
        // How many codes were sent stays, so that nobody gets around the limit.
        sqlx::query(
            "update mail_addresses set address = null, since = null, wanted = null, salt = null,
                    hash = null where person = $1",
        )
        .bind(person.0)
        .execute(conn)
        .await?;
    });
    tx.commit().await
}

async fn waiting(tx: &mut Tx, person: PersonId) -> Result<Option<Waiting>, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_as(WAITING).bind(person.0).fetch_optional(conn).await?
    }))
}

fn hash(salt: &str, address: &str, code: &str) -> String {
    let mut sha = Sha256::new();
    for part in ["mail", salt, address, code] {
        sha.update(part);
        sha.update([0]);
    }
    format!("{:x}", sha.finalize())
}

#[cfg(test)]
mod tests;
