//! The doors of a circle: added by ones or by a whole lane, renamed, moved along it or to another
//! circle, removed when nobody needs them. Where one stands: `points`.

use super::{
    Key, Named, alone_with, alone_with_both,
    events::{Entry, What, note},
    follows::door_is_used,
};
use crate::{Db, StoreError, Tx};
use domain::{
    Millis, Refusal,
    organisation::{Verb, point::Point},
    people::{Actor, PersonId},
    teams::TeamId,
};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// A door of a circle.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Door {
    /// Its key.
    pub id: Uuid,
    /// The squad that serves it.
    pub squad: Uuid,
    /// Its place along the lane, from 1.
    pub position: i64,
    /// What it is called.
    pub label: String,
    /// How many accounts live there.
    pub people: i64,
    /// Where it stands, degrees × 10⁷; both or none.
    pub lat_e7: Option<i64>,
    /// See `lat_e7`.
    pub lon_e7: Option<i64>,
}

impl Door {
    /// Where it stands.
    pub fn point(&self) -> Option<Point> {
        Point::of(self.lat_e7, self.lon_e7)
    }
}

/// That somebody may keep this circle.
pub(super) fn is_a_circle_of(found: &Named, who: &Actor) -> Result<(), StoreError> {
    found.node.may_be_changed_by(who, found.node.kind.act(Verb::Circle))?;
    found.node.stands()?;
    if found.node.kind.allows(Verb::Circle) { Ok(()) } else { Err(Refusal::NotThere.into()) }
}

/// Adds doors one after the other: from `position` on, or behind the last of the lane.
///
/// # Errors
/// [`StoreError::Refused`]: not theirs, no circle, gone, or a door there is called so.
pub async fn add(
    db: &Db,
    squad: TeamId,
    labels: &[String],
    position: Option<i64>,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let found = alone_with(&mut tx, Key::Team(squad)).await?;
    is_a_circle_of(&found, who)?;
    let first = match position {
        Some(position) => position,
        None => behind_the_last(&mut tx, squad).await?,
    };
    for (label, position) in labels.iter().zip(first..) {
        is_free(&mut tx, squad, None, label).await?;
        on!(&mut tx, conn => {
            sqlx::query("insert into doors (id, squad, position, label) values ($1, $2, $3, $4)")
                .bind(Uuid::now_v7())
                .bind(squad.0)
                .bind(position)
                .bind(label)
                .execute(conn)
                .await?;
        });
    }
    let detail = match labels {
        [] => return Ok(()),
        [one] => one.clone(),
        [one, .., last] => format!("{one} – {last}"),
    };
    writes(&mut tx, What::AddDoors, squad, None, &detail, who.id, now).await?;
    tx.commit().await
}

/// The place behind the last door of the lane; of a circle without a lane, behind its own last.
async fn behind_the_last(tx: &mut Tx, squad: TeamId) -> Result<i64, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_scalar(
            "select coalesce(max(d.position), 0) + 1 from doors d join teams t on t.id = d.squad
             where d.squad = $1
                or t.parent = (select c.id from teams s join teams c on c.id = s.parent
                               where s.id = $1 and c.kind = 'company')",
        )
        .bind(squad.0)
        .fetch_one(conn)
        .await?
    }))
}

/// That no other door of the circle is called so.
async fn is_free(
    tx: &mut Tx,
    squad: TeamId,
    own: Option<Uuid>,
    label: &str,
) -> Result<(), StoreError> {
    let taken: i64 = on!(tx, conn => {
        sqlx::query_scalar("select count(*) from doors where squad = $1 and label = $2 and id <> $3")
            .bind(squad.0)
            .bind(label)
            .bind(own.unwrap_or_default())
            .fetch_one(conn)
            .await?
    });
    if taken == 0 { Ok(()) } else { Err(Refusal::NameTaken.into()) }
}

/// Gives a door another name or another place along the lane.
///
/// # Errors
/// [`StoreError::Refused`]: not theirs, gone, or another door of the circle is called so.
pub async fn change(
    db: &Db,
    door: Uuid,
    label: &str,
    position: i64,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let (before, found) = alone_with_door(&mut tx, door).await?;
    is_a_circle_of(&found, who)?;
    let squad = TeamId(before.squad);
    is_free(&mut tx, squad, Some(door), label).await?;
    on!(&mut tx, conn => {
        sqlx::query("update doors set label = $2, position = $3 where id = $1")
            .bind(door)
            .bind(label)
            .bind(position)
            .execute(conn)
            .await?;
    });
    let detail = format!("{} ({}) → {label} ({position})", before.label, before.position);
    writes(&mut tx, What::ChangeDoor, squad, None, &detail, who.id, now).await?;
    tx.commit().await
}

/// Moves a door to another circle of the village, behind the last door of the lane there. Who lives there
/// follows; requests that run stay with the captain who knows of them.
///
/// # Errors
/// [`StoreError::Refused`]: not theirs, gone, no circle of this village, or a door there is called so.
pub async fn relocate(
    db: &Db,
    door: Uuid,
    to: TeamId,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let before = read(&mut tx, door).await?;
    let from = TeamId(before.squad);
    let (found, there) = alone_with_both(&mut tx, Key::Team(from), Key::Team(to)).await?;
    is_a_circle_of(&found, who)?;
    is_a_circle_of(&there, who)?;
    // Somebody may have moved it while we waited.
    let before = read(&mut tx, door).await?;
    if before.squad != from.0 {
        return Err(Refusal::GoneAlready.into());
    }
    if from == to || found.area != there.area {
        return Err(Refusal::NotThere.into());
    }
    is_free(&mut tx, to, None, &before.label).await?;
    let position = behind_the_last(&mut tx, to).await?;
    on!(&mut tx, conn => {
        sqlx::query("update people set squad = $2 where door = $1 and squad = $3")
            .bind(door)
            .bind(to.0)
            .bind(from.0)
            .execute(conn)
            .await?;
    });
    on!(&mut tx, conn => {
        sqlx::query("update doors set squad = $2, position = $3 where id = $1")
            .bind(door)
            .bind(to.0)
            .bind(position)
            .execute(conn)
            .await?;
    });
    writes(&mut tx, What::MoveDoor, from, Some(to), &before.label, who.id, now).await?;
    tx.commit().await
}

/// Removes a door that nobody lives behind and nothing else needs.
///
/// # Errors
/// [`StoreError::Refused`]: not theirs, or still in use.
pub async fn remove(db: &Db, door: Uuid, who: &Actor, now: Millis) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let (before, found) = alone_with_door(&mut tx, door).await?;
    is_a_circle_of(&found, who)?;
    if door_is_used(&mut tx, door).await? {
        return Err(Refusal::StillInUse.into());
    }
    on!(&mut tx, conn => {
        sqlx::query("delete from doors where id = $1").bind(door).execute(conn).await?;
    });
    writes(&mut tx, What::RemoveDoor, TeamId(before.squad), None, &before.label, who.id, now)
        .await?;
    tx.commit().await
}

pub(super) async fn alone_with_door(tx: &mut Tx, door: Uuid) -> Result<(Door, Named), StoreError> {
    let before = read(tx, door).await?;
    let found = alone_with(tx, Key::Team(TeamId(before.squad))).await?;
    let after = read(tx, door).await?;
    if after.squad == before.squad { Ok((after, found)) } else { Err(Refusal::GoneAlready.into()) }
}

pub(super) async fn read(tx: &mut Tx, door: Uuid) -> Result<Door, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_as(
            "select d.id, d.squad, d.position, d.label, d.lat_e7, d.lon_e7,
                    (select count(*) from people p where p.door = d.id and p.squad = d.squad) as people
             from doors d where d.id = $1",
        )
        .bind(door)
        .fetch_one(conn)
        .await?
    }))
}

pub(super) async fn writes(
    tx: &mut Tx,
    what: What,
    squad: TeamId,
    into: Option<TeamId>,
    detail: &str,
    who: PersonId,
    now: Millis,
) -> Result<(), StoreError> {
    let into = into.map(Key::Team);
    let entry = Entry { what, of: Key::Team(squad), into, detail: Some(detail), reason: None };
    note(tx, entry, who, now).await
}
