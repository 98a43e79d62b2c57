//! Who knocks with a card: the square opens a household's own, the spoken code tells a captain whose
//! door it is.

use super::{
    card, circle,
    counts::{self, What},
    hash, note_refused,
};
use crate::{Db, StoreError, people};
use domain::{
    Millis, Refusal,
    cards::{MISHEARD_PER_CAPTAIN, OPENED_PER_CARD, UNKNOWN_PER_ADDRESS, has_room, may_be_kept_by},
    people::{Actor, Place},
    teams::TeamId,
};
use uuid::Uuid;

/// What a scanned square opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// The household of this card.
    Card(Uuid),
    /// Nothing but the way to the captain: this card has ended.
    Over(Uuid),
    /// It is no card's.
    Unknown,
    /// Too often within this hour: the card, or squares that are no card's from this address.
    TooOften,
}

/// Who a card stands for now.
#[derive(Clone, Debug)]
pub enum Knock {
    /// A household.
    Household(Box<Household>),
    /// Nobody any more: it was replaced or revoked. The captain of the place knows more.
    Over(Place),
}

/// A household, as its card makes it known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Household {
    /// The card.
    pub card: Uuid,
    /// The door in words.
    pub label: String,
    /// The household as the rules see it: at home at its door, without posts, no volunteer.
    pub actor: Actor,
    /// Where it lives.
    pub home: Place,
}

/// Opens what the square of a card carries. `ip_hash` is where it was scanned.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn open(db: &Db, token: &str, ip_hash: &str, now: Millis) -> Result<Opening, StoreError> {
    let mut tx = db.begin().await?;
    let found: Option<(Uuid, Option<Millis>)> = on!(&mut tx, conn => {
        sqlx::query_as("select id, ended from cards where token_hash = $1")
            .bind(hash(token))
            .fetch_optional(conn)
            .await?
    });
    // A right one opens even where somebody guesses from the same address: 128 bits are not found
    // by trying, and a village may share an address.
    let opening = match found {
        None => match counts::add(&mut tx, What::Unknown, ip_hash, now, 1).await? {
            times if times <= UNKNOWN_PER_ADDRESS => Opening::Unknown,
            _ => Opening::TooOften,
        },
        Some((card, Some(_))) => {
            note_refused(&mut tx, card, now).await?;
            Opening::Over(card)
        }
        Some((card, None)) => {
            let times = counts::add(&mut tx, What::Opened, &card.to_string(), now, 1).await?;
            if times <= OPENED_PER_CARD {
                on!(&mut tx, conn => {
                    sqlx::query("update cards set used = $2 where id = $1")
                        .bind(card)
                        .bind(now)
                        .execute(conn)
                        .await?;
                });
                Opening::Card(card)
            } else {
                note_refused(&mut tx, card, now).await?;
                Opening::TooOften
            }
        }
    };
    tx.commit().await?;
    Ok(opening)
}

/// Who a card stands for now.
///
/// # Errors
/// [`StoreError::NotFound`] for no such card.
pub async fn household(db: &Db, id: Uuid, now: Millis) -> Result<Knock, StoreError> {
    let mut tx = db.read().await?;
    let found = card(&mut tx, id).await?;
    let home = found.at(&mut tx).await?;
    if found.ended.is_some() {
        return Ok(Knock::Over(home));
    }
    let person: Uuid = on!(&mut tx, conn => {
        sqlx::query_scalar("select person from households where door = $1")
            .bind(found.door)
            .fetch_one(conn)
            .await?
    });
    let known = people::actor_in(&mut tx, domain::people::PersonId(person), now).await?;
    let known = known.ok_or(StoreError::NotFound)?;
    // The door says where it lives, whatever moved since; and a household holds nothing else.
    let actor = Actor { home: Some(home), volunteer: false, posts: vec![], ..known };
    Ok(Knock::Household(Box::new(Household { card: found.id, label: found.label, actor, home })))
}

/// How whoever filed last for a household is called; empty before the first time.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn called_before(db: &Db, household: &Household) -> Result<String, StoreError> {
    let mut tx = db.read().await?;
    let called: Option<String> = on!(&mut tx, conn => {
        sqlx::query_scalar(
            "select called from requests where asked_by = $1 order by created desc, id limit 1",
        )
        .bind(household.actor.id.0)
        .fetch_optional(conn)
        .await?
    });
    Ok(called.unwrap_or_default())
}

/// The card whose code somebody said on the phone. It is told only to those who keep the card, and
/// all that is not theirs counts as misheard.
///
/// # Errors
/// [`StoreError::NotFound`] for no card of theirs, [`StoreError::Code`] after too many of those,
/// [`StoreError::Refused`] for whoever keeps no cards at all.
pub async fn by_spoken(
    db: &Db,
    spoken: &str,
    who: &Actor,
    now: Millis,
) -> Result<Uuid, StoreError> {
    if who.posts.is_empty() {
        return Err(Refusal::NotForYou.into());
    }
    let whose = who.id.0.to_string();
    let mut tx = db.begin().await?;
    let times = counts::add(&mut tx, What::Misheard, &whose, now, 0).await?;
    has_room(times, MISHEARD_PER_CAPTAIN, now)?;
    let found: Option<(Uuid, Uuid)> = on!(&mut tx, conn => {
        sqlx::query_as(
            "select c.id, d.squad from cards c join doors d on d.id = c.door
             where c.spoken = $1 and c.ended is null",
        )
        .bind(spoken)
        .fetch_optional(conn)
        .await?
    });
    if let Some((card, squad)) = found {
        let at = circle(&mut tx, TeamId(squad)).await?.at;
        if may_be_kept_by(who, TeamId(squad), &at).is_ok() {
            return Ok(card);
        }
    }
    counts::add(&mut tx, What::Misheard, &whose, now, 1).await?;
    tx.commit().await?;
    Err(StoreError::NotFound)
}
