//! What a captain does with the cards of a circle: makes, prints, replaces and revokes them.

use super::{Card, card, circle, hash};
use crate::{Db, StoreError, Tx, credentials::Vault, people};
use domain::{
    Millis,
    cards::{Ending, SPOKEN_LENGTH, SPOKEN_LETTERS, may_be_kept_by},
    people::{Actor, Place},
    teams::TeamId,
};
use rand::Rng;
use sqlx_macros::FromRow;
use std::fmt;
use uuid::Uuid;

/// A circle with its doors and their cards.
#[derive(Clone, Debug)]
pub struct Circle {
    /// The squad's name.
    pub name: String,
    /// Where it stands.
    pub at: Place,
    /// The doors in the order of the lane.
    pub doors: Vec<DoorLine>,
}

/// A door with its card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoorLine {
    /// Its key.
    pub id: Uuid,
    /// In words.
    pub label: String,
    /// The card that opens it; none yet, or none any more.
    pub card: Option<Card>,
}

/// A circle's cards, ready to be printed.
#[derive(Clone, Debug)]
pub struct Sheets {
    /// The squad's name.
    pub name: String,
    /// Where it stands.
    pub at: Place,
    /// In the order of the lane.
    pub cards: Vec<PrintedCard>,
}

/// One card, ready to be printed.
#[derive(Clone, PartialEq, Eq)]
pub struct PrintedCard {
    /// The door in words.
    pub label: String,
    /// Eight letters.
    pub spoken: String,
    /// The key in the square; none when it was made with another key of the house and can only be
    /// replaced.
    pub token: Option<String>,
}

impl fmt::Debug for PrintedCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrintedCard({}, …)", self.label)
    }
}

/// A circle with its doors and their cards.
///
/// # Errors
/// [`StoreError::NotFound`] for no such circle, [`StoreError::Refused`] for whoever does not keep its cards.
pub async fn of_circle(db: &Db, squad: TeamId, who: &Actor) -> Result<Circle, StoreError> {
    let mut tx = db.read().await?;
    let found = circle(&mut tx, squad).await?;
    may_be_kept_by(who, squad, &found.at)?;
    let rows: Vec<Row> = on!(&mut tx, conn => {
        sqlx::query_as(
            "select d.id as door, d.label, c.id, c.spoken, c.made, c.printed, c.used, c.filed,
                    c.refused, c.refused_at
             from doors d left join cards c on c.door = d.id and c.ended is null
             where d.squad = $1 order by d.position, d.id limit 2000",
        )
        .bind(squad.0)
        .fetch_all(conn)
        .await?
    });
    let doors = rows.into_iter().map(Row::line).collect();
    Ok(Circle { name: found.name, at: found.at, doors })
}

/// Makes a card for a door. One that hung there ends at this moment: it is lost, or others know it.
///
/// # Errors
/// [`StoreError::NotFound`], [`StoreError::Refused`]; [`StoreError::Proof`] in a house without key.
pub async fn make(
    db: &Db,
    vault: &Vault,
    door: Uuid,
    who: &Actor,
    now: Millis,
) -> Result<Uuid, StoreError> {
    let mut tx = db.begin().await?;
    let squad = alone_with_door(&mut tx, door).await?;
    may_be_kept_by(who, squad, &circle(&mut tx, squad).await?.at)?;
    end(&mut tx, door, Ending::Replaced, who, now).await?;
    let made = write(&mut tx, vault, door, who, now).await?;
    tx.commit().await?;
    Ok(made)
}

/// Makes a card for every door of a circle that has none; says how many.
///
/// # Errors
/// As [`make`].
pub async fn make_missing(
    db: &Db,
    vault: &Vault,
    squad: TeamId,
    who: &Actor,
    now: Millis,
) -> Result<usize, StoreError> {
    let mut tx = db.begin().await?;
    may_be_kept_by(who, squad, &circle(&mut tx, squad).await?.at)?;
    // All doors of the circle, in one order: two captains who begin at once wait for each other.
    on!(&mut tx, conn => {
        sqlx::query("update doors set position = position where squad = $1")
            .bind(squad.0)
            .execute(conn)
            .await?;
    });
    let doors: Vec<Uuid> = on!(&mut tx, conn => {
        sqlx::query_scalar(
            "select d.id from doors d where d.squad = $1
                    and not exists (select 1 from cards c where c.door = d.id and c.ended is null)
             order by d.position, d.id",
        )
        .bind(squad.0)
        .fetch_all(conn)
        .await?
    });
    for door in &doors {
        write(&mut tx, vault, *door, who, now).await?;
    }
    tx.commit().await?;
    Ok(doors.len())
}

/// Ends a card without a follower. One that has ended stays as it is.
///
/// # Errors
/// [`StoreError::NotFound`], [`StoreError::Refused`].
pub async fn revoke(db: &Db, id: Uuid, who: &Actor, now: Millis) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let found = card(&mut tx, id).await?;
    alone_with_door(&mut tx, found.door).await?;
    may_be_kept_by(who, TeamId(found.squad), &found.at(&mut tx).await?)?;
    if card(&mut tx, id).await?.ended.is_none() {
        end(&mut tx, found.door, Ending::Revoked, who, now).await?;
    }
    tx.commit().await
}

/// The cards of a circle, or one of them, with the keys in their squares; notes that they were printed.
///
/// # Errors
/// [`StoreError::NotFound`], [`StoreError::Refused`]; [`StoreError::Proof`] in a house without key.
pub async fn printed(
    db: &Db,
    vault: &Vault,
    squad: TeamId,
    only: Option<Uuid>,
    who: &Actor,
    now: Millis,
) -> Result<Sheets, StoreError> {
    let circle = of_circle(db, squad, who).await?;
    let mut tx = db.begin().await?;
    let mut cards = vec![];
    for DoorLine { label, card, .. } in circle.doors {
        let Some(card) = card.filter(|card| only.is_none_or(|only| only == card.id)) else {
            continue;
        };
        let token = vault.card_key(card.id)?;
        // It may have ended since it was read.
        let known = on!(&mut tx, conn => {
            sqlx::query(
                "update cards set printed = $3 where id = $1 and token_hash = $2 and ended is null",
            )
            .bind(card.id)
            .bind(hash(&token))
            .bind(now)
            .execute(conn)
            .await?
            .rows_affected()
        });
        let token = Some(token).filter(|_| known == 1);
        cards.push(PrintedCard { label, spoken: card.spoken, token });
    }
    tx.commit().await?;
    if cards.is_empty() && only.is_some() {
        return Err(StoreError::NotFound);
    }
    Ok(Sheets { name: circle.name, at: circle.at, cards })
}

/// Makes whoever else changes the card of this door wait until the transaction ends.
async fn alone_with_door(tx: &mut Tx, door: Uuid) -> Result<TeamId, StoreError> {
    let squad: Uuid = on!(tx, conn => {
        sqlx::query_scalar("update doors set position = position where id = $1 returning squad")
            .bind(door)
            .fetch_one(conn)
            .await?
    });
    Ok(TeamId(squad))
}

async fn end(
    tx: &mut Tx,
    door: Uuid,
    ending: Ending,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query(
            "update cards set ended = $2, ended_by = $3, ending = $4
             where door = $1 and ended is null",
        )
        .bind(door)
        .bind(now)
        .bind(who.id.0)
        .bind(ending.key())
        .execute(conn)
        .await?;
    });
    Ok(())
}

async fn write(
    tx: &mut Tx,
    vault: &Vault,
    door: Uuid,
    who: &Actor,
    now: Millis,
) -> Result<Uuid, StoreError> {
    people::household_of(tx, door, now).await?;
    let id = Uuid::new_v4();
    let token = vault.card_key(id)?;
    on!(tx, conn => {
        sqlx::query(
            "insert into cards (id, door, token_hash, spoken, made, made_by)
             values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(id)
        .bind(door)
        .bind(hash(&token))
        .bind(a_code())
        .bind(now)
        .bind(who.id.0)
        .execute(conn)
        .await?;
    });
    Ok(id)
}

/// Eight letters by chance. Of 25,600 million that there are, a county uses a hundred thousand: that
/// one is taken happens once in a lifetime, and then the captain presses the button again.
fn a_code() -> String {
    let letters = SPOKEN_LETTERS.as_bytes();
    let mut dice = rand::rng();
    let letter = |_| char::from(letters[dice.random_range(0..letters.len())]);
    (0..SPOKEN_LENGTH).map(letter).collect()
}

#[derive(FromRow)]
struct Row {
    door: Uuid,
    label: String,
    id: Option<Uuid>,
    spoken: Option<String>,
    made: Option<Millis>,
    printed: Option<Millis>,
    used: Option<Millis>,
    filed: Option<i64>,
    refused: Option<i64>,
    refused_at: Option<Millis>,
}

impl Row {
    fn line(self) -> DoorLine {
        let card = self.id.map(|id| Card {
            id,
            spoken: self.spoken.unwrap_or_default(),
            made: self.made.unwrap_or_default(),
            printed: self.printed,
            used: self.used,
            filed: self.filed.unwrap_or_default(),
            refused: self.refused.unwrap_or_default(),
            refused_at: self.refused_at,
        });
        DoorLine { id: self.door, label: self.label, card }
    }
}
