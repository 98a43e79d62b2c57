//! Links for the family of who asked. Chance comes in as a value; the books keep its hash.

use super::{Loaded, load, reading::Seen};
use crate::{Db, StoreError, Tx, clock, history, hourly::Hourly, people, standing};
use domain::{
    Millis, Refusal,
    cards::has_room,
    people::Actor,
    permissions::{Act, Subject, can},
    requests::{
        family::{MOST_LINKS, OPENED_PER_LINK, UNKNOWN_PER_ADDRESS, opens},
        privacy::Sight,
    },
};
use sha2::{Digest, Sha256};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// Links opened, and addresses that tried one that is none.
const COUNTS: Hourly = hourly!("family_counts", "whose");

/// A link that still opens.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Link {
    /// Its key.
    pub id: Uuid,
    /// When it was made.
    pub made: Millis,
    /// Surname and title of who made it.
    pub made_by: String,
    /// When it opened last.
    pub used: Option<Millis>,
}

fn hash(token: &str) -> String {
    format!("{:x}", Sha256::new().chain_update("family link").chain_update(token).finalize())
}

/// The request whose links somebody may keep.
async fn kept(tx: &mut Tx, code: &str, who: &Actor, now: Millis) -> Result<Loaded, StoreError> {
    let loaded = load(tx, code).await?;
    if loaded.request.sight(Some(who)) == Sight::Nothing {
        return Err(StoreError::NotFound);
    }
    let who = standing::refreshed(tx, who, now).await?;
    can(Some(&who), Act::Share, Subject::Request(&loaded.request)).map_err(Refusal::from)?;
    Ok(loaded)
}

/// Makes a link that opens by `token`; the oldest of too many ends.
///
/// # Errors
/// [`StoreError::Refused`]; [`StoreError::NotFound`] for no such request, or one that ended too long ago.
pub async fn make(
    db: &Db,
    code: &str,
    token: &str,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let request = kept(&mut tx, code, who, now).await?.request;
    if !opens(request.state, request.since, now) {
        return Err(StoreError::NotFound);
    }
    on!(&mut tx, conn => {
        sqlx::query(
            "insert into family_links (id, request, token_hash, made, made_by)
             values ($1, $2, $3, $4, $5)",
        )
        .bind(Uuid::now_v7())
        .bind(request.id.0)
        .bind(hash(token))
        .bind(now)
        .bind(who.id.0)
        .execute(conn)
        .await?;
    });
    on!(&mut tx, conn => {
        sqlx::query(
            "update family_links set ended = $2 where request = $1 and ended is null and id not in
                 (select id from family_links where request = $1 and ended is null
                  order by made desc, id desc limit $3)",
        )
        .bind(request.id.0)
        .bind(now)
        .bind(MOST_LINKS)
        .execute(conn)
        .await?;
    });
    tx.commit().await
}

/// The links of a request that still open, the newest first; and whether more can be made.
///
/// # Errors
/// [`StoreError::Refused`], [`StoreError::NotFound`].
pub async fn links(
    db: &Db,
    code: &str,
    who: &Actor,
    now: Millis,
) -> Result<(Vec<Link>, bool), StoreError> {
    let mut tx = db.read().await?;
    let request = kept(&mut tx, code, who, now).await?.request;
    if !opens(request.state, request.since, now) {
        return Ok((vec![], false));
    }
    let links = on!(&mut tx, conn => {
        sqlx::query_as(
            "select l.id, l.made, p.surname || p.title as made_by, l.used
             from family_links l join people p on p.id = l.made_by
             where l.request = $1 and l.ended is null order by l.made desc, l.id desc",
        )
        .bind(request.id.0)
        .fetch_all(conn)
        .await?
    });
    Ok((links, true))
}

/// Ends a link of a request.
///
/// # Errors
/// [`StoreError::Refused`], [`StoreError::NotFound`].
pub async fn end(
    db: &Db,
    code: &str,
    id: Uuid,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let request = kept(&mut tx, code, who, now).await?.request;
    on!(&mut tx, conn => {
        sqlx::query("update family_links set ended = $3 where id = $1 and request = $2 and ended is null")
            .bind(id)
            .bind(request.id.0)
            .bind(now)
            .execute(conn)
            .await?;
    });
    tx.commit().await
}

/// What a link shows: the request with its steps and captains, and nothing of a door or a phone.
///
/// # Errors
/// [`StoreError::NotFound`] for no such link, one that was ended or whose time is over;
/// [`StoreError::Code`] beyond the limits.
pub async fn open(db: &Db, token: &str, address: &str, now: Millis) -> Result<Seen, StoreError> {
    let mut tx = db.begin().await?;
    let hash = hash(token);
    let found: Option<(Uuid, String)> = on!(&mut tx, conn => {
        sqlx::query_as(
            "select l.id, r.code from family_links l join requests r on r.id = l.request
             where l.token_hash = $1 and l.ended is null",
        )
        .bind(&hash)
        .fetch_optional(conn)
        .await?
    });
    let Some((id, code)) = found else { return unknown(tx, address, now).await };
    let times = COUNTS.add(&mut tx, "opened", &id.to_string(), now, 1).await?;
    has_room(times - 1, OPENED_PER_LINK, now)?;
    let loaded = load(&mut tx, &code).await?;
    if !opens(loaded.request.state, loaded.request.since, now) {
        return unknown(tx, address, now).await;
    }
    on!(&mut tx, conn => {
        sqlx::query("update family_links set used = $2 where id = $1")
            .bind(id)
            .bind(now)
            .execute(conn)
            .await?;
    });
    let events = history::of(&mut tx, loaded.request.id).await?;
    let captains = people::captains_in(&mut tx, &loaded.request.place, now).await?;
    let facts = clock::facts(&mut tx, now, 0).await?;
    tx.commit().await?;
    // A link shows no photos either.
    let (contact, helper_phones, photos, repeats) = (None, vec![], vec![], None);
    let sight = Sight::Words;
    Ok(Seen { loaded, sight, contact, events, captains, helper_phones, facts, photos, repeats })
}

/// Counted for the address, so that nobody tries them all.
async fn unknown(mut tx: Tx, address: &str, now: Millis) -> Result<Seen, StoreError> {
    let times = COUNTS.add(&mut tx, "unknown", address, now, 1).await?;
    tx.commit().await?;
    has_room(times - 1, UNKNOWN_PER_ADDRESS, now)?;
    Err(StoreError::NotFound)
}

/// Clears away the counts of earlier hours; says how many.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn forget(db: &Db, now: Millis) -> Result<u64, StoreError> {
    COUNTS.forget(db, now).await
}

#[cfg(test)]
mod tests;
