//! Where a door stands: set by who keeps its circle, or by who lives there, with their own telephone
//! and only if they wish.

use super::{
    doors::{alone_with_door, is_a_circle_of, writes},
    events::What,
};
use crate::{Db, StoreError, Tx, people::queue};
use domain::{
    Millis,
    beside::Hindrance,
    organisation::point::{MAY_MOVE_AFTER, Point},
    people::{Actor, PersonId},
    teams::TeamId,
};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// Sets where a door stands, or forgets it.
///
/// # Errors
/// [`StoreError::Refused`]: not theirs, or gone.
pub async fn set(
    db: &Db,
    door: Uuid,
    point: Option<Point>,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let (before, found) = alone_with_door(&mut tx, door).await?;
    is_a_circle_of(&found, who)?;
    if before.point() == point {
        return Ok(());
    }
    write(&mut tx, door, point).await?;
    let squad = TeamId(before.squad);
    writes(&mut tx, What::ChangeDoor, squad, None, &detail(&before.label, point), who.id, now)
        .await?;
    tx.commit().await
}

/// What the history keeps: that it was set, and not to what.
fn detail(label: &str, point: Option<Point>) -> String {
    format!("{label} ⌖ {}", if point.is_some() { "+" } else { "−" })
}

async fn write(tx: &mut Tx, door: Uuid, point: Option<Point>) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query("update doors set lat_e7 = $2, lon_e7 = $3 where id = $1")
            .bind(door)
            .bind(point.map(|at| at.lat_e7))
            .bind(point.map(|at| at.lon_e7))
            .execute(conn)
            .await?;
    });
    Ok(())
}

/// The door behind which somebody lives.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct OwnDoor {
    /// Its key.
    pub id: Uuid,
    squad: Uuid,
    /// What it is called.
    pub label: String,
    lat_e7: Option<i64>,
    lon_e7: Option<i64>,
    pointed: Option<Millis>,
}

impl OwnDoor {
    /// Where it stands.
    pub fn point(&self) -> Option<Point> {
        Point::of(self.lat_e7, self.lon_e7)
    }

    /// From when on who lives there may say so anew; none: now.
    pub fn again(&self) -> Option<Millis> {
        self.pointed.map(|at| at + MAY_MOVE_AFTER)
    }
}

/// The door behind which somebody lives, if the books know it.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn own(db: &Db, who: PersonId) -> Result<Option<OwnDoor>, StoreError> {
    let mut tx = db.read().await?;
    own_in(&mut tx, who).await
}

async fn own_in(tx: &mut Tx, who: PersonId) -> Result<Option<OwnDoor>, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_as(
            "select d.id, d.squad, d.label, d.lat_e7, d.lon_e7, d.pointed
             from people p join doors d on d.id = p.door and d.squad = p.squad where p.id = $1",
        )
        .bind(who.0)
        .fetch_optional(conn)
        .await?
    }))
}

/// Who lives there says where their door stands, or takes it back; anew only after thirty days, since a
/// door that wanders would measure where others live.
///
/// # Errors
/// [`StoreError::Refused`]: [`Hindrance::NoDoor`], [`Hindrance::SaidLately`].
pub async fn set_own(
    db: &Db,
    point: Option<Point>,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    queue(&mut tx, who.id).await?;
    let door = own_in(&mut tx, who.id).await?.ok_or(Hindrance::NoDoor)?;
    if point.is_some() && door.again().is_some_and(|again| now < again) {
        return Err(Hindrance::SaidLately.into());
    }
    let taken: Option<Uuid> = on!(&mut tx, conn => {
        sqlx::query_scalar(
            "update doors set lat_e7 = $2, lon_e7 = $3, pointed = coalesce($4, pointed)
             where id = $1 and squad = $5 and ($4 is null or pointed is null or pointed <= $6) returning id",
        )
        .bind(door.id)
        .bind(point.map(|at| at.lat_e7))
        .bind(point.map(|at| at.lon_e7))
        .bind(point.map(|_| now))
        .bind(door.squad)
        .bind(now - MAY_MOVE_AFTER)
        .fetch_optional(conn)
        .await?
    });
    if taken.is_none() {
        // Somebody else who lives there was first.
        return Err(Hindrance::SaidLately.into());
    }
    let squad = TeamId(door.squad);
    writes(&mut tx, What::ChangeDoor, squad, None, &detail(&door.label, point), who.id, now)
        .await?;
    tx.commit().await
}
