//! Door cards. The key in the square is not kept: its hash is, and the key of the house makes it anew
//! for every print. Cards are ended, never deleted.

mod counts;
mod filing;
mod keeping;
mod knocking;
#[cfg(test)]
mod tests;

use crate::{StoreError, Tx, areas};
use domain::{Millis, areas::AreaId, organisation::point::Point, people::Place, teams::TeamId};
use sha2::{Digest, Sha256};
use sqlx_macros::FromRow;
use uuid::Uuid;

pub use counts::forget;
pub use filing::{By, count_photo, file};
pub use keeping::{
    Circle, DoorLine, PrintedCard, Sheets, make, make_missing, of_circle, printed, revoke,
};
pub use knocking::{Household, Knock, Opening, by_spoken, called_before, household, open};

/// A card that still opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Its key.
    pub id: Uuid,
    /// Eight letters, said on the phone.
    pub spoken: String,
    /// When it was made.
    pub made: Millis,
    /// When it was printed last.
    pub printed: Option<Millis>,
    /// When it opened last.
    pub used: Option<Millis>,
    /// How many requests it filed.
    pub filed: i64,
    /// How many tries were refused.
    pub refused: i64,
    /// The last refused try.
    pub refused_at: Option<Millis>,
}

/// How the books know the key in a square.
fn hash(token: &str) -> String {
    format!("{:x}", Sha256::new().chain_update("door card").chain_update(token).finalize())
}

/// A circle as its cards need it.
struct Found {
    name: String,
    at: Place,
}

async fn circle(tx: &mut Tx, squad: TeamId) -> Result<Found, StoreError> {
    let (area, name): (i64, String) = on!(&mut *tx, conn => {
        sqlx::query_as("select area, name from teams where id = $1 and kind = 'squad'")
            .bind(squad.0)
            .fetch_one(conn)
            .await?
    });
    let at = areas::place_in(tx, AreaId(area), Some(squad)).await?.ok_or(StoreError::NotFound)?;
    Ok(Found { name, at })
}

/// A card with its door.
#[derive(FromRow)]
struct CardRow {
    id: Uuid,
    door: Uuid,
    squad: Uuid,
    position: i64,
    label: String,
    lat_e7: Option<i64>,
    lon_e7: Option<i64>,
    ended: Option<Millis>,
}

impl CardRow {
    async fn at(&self, tx: &mut Tx) -> Result<Place, StoreError> {
        let found = circle(tx, TeamId(self.squad)).await?;
        let point = Point::of(self.lat_e7, self.lon_e7);
        Ok(Place { door: i32::try_from(self.position).ok(), point, ..found.at })
    }
}

async fn card(tx: &mut Tx, id: Uuid) -> Result<CardRow, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_as(
            "select c.id, c.door, d.squad, d.position, d.label, d.lat_e7, d.lon_e7, c.ended
             from cards c join doors d on d.id = c.door where c.id = $1",
        )
        .bind(id)
        .fetch_one(conn)
        .await?
    }))
}

/// Notes a refused try, for the captain to see.
async fn note_refused(tx: &mut Tx, card: Uuid, now: Millis) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query("update cards set refused = refused + 1, refused_at = $2 where id = $1")
            .bind(card)
            .bind(now)
            .execute(conn)
            .await?;
    });
    Ok(())
}
