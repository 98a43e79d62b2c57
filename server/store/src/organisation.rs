//! Both trees in the books: adding, moving, merging and closing areas and teams, and the doors of
//! circles. Each verb is one transaction that locks the areas it is about: the row of a village is
//! the gate to everything below it, and whoever files a request, settles or changes something there
//! passes it first ([`gate`]). What points at an area, a team or a door, and what becomes of that,
//! stands in one list ([`follows`]).

pub mod areas;
pub mod doors;
pub mod events;
pub mod follows;
mod invariants;
pub mod leads;
pub mod points;
pub mod reading;
mod renaming;
pub mod scale;
pub mod teams;
#[cfg(test)]
mod tests;

use crate::{StoreError, Tx, areas::place_in};
use domain::{
    Millis, Refusal,
    areas::{AreaId, AreaKind},
    organisation::{Key, Kind, Node},
    people::{PersonId, Place, Reach},
    teams::{TeamId, TeamKind},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

pub use invariants::faults;
pub use renaming::rename;

/// Binds the key of an area or a team to the only parameter of that kind.
macro_rules! bind_key {
    ($query:expr, $key:expr) => {
        match $key {
            Key::Area(area) => $query.bind(area.0),
            Key::Team(team) => $query.bind(team.0),
        }
    };
}
pub(crate) use bind_key;

/// An area or a team with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// As the rules see it.
    pub node: Node,
    /// Its name.
    pub name: String,
    /// The area that it is, or serves.
    pub area: AreaId,
    /// The number among its siblings, of a team; else 0.
    pub number: i64,
    /// What it was merged into.
    pub merged_into: Option<Key>,
}

/// Where somebody or something stands once every merger is followed; everything else that would change
/// the village of it waits until the transaction ends.
///
/// # Errors
/// [`StoreError::NotFound`] when there is no such village, or it closed.
pub(crate) async fn gate(tx: &mut Tx, place: &Place) -> Result<Place, StoreError> {
    let found = gate_to(tx, place.village, place.squad).await?;
    let circle = found.squad.is_some();
    let (door, point) = (place.door.filter(|_| circle), place.point.filter(|_| circle));
    Ok(Place { door, point, ..found })
}

/// The same for whoever says only the village and the circle.
///
/// # Errors
/// [`StoreError::NotFound`] when there is no such village, or it closed.
pub(crate) async fn gate_to(
    tx: &mut Tx,
    village: AreaId,
    squad: Option<TeamId>,
) -> Result<Place, StoreError> {
    let mut locked = None;
    loop {
        let found = place_in(tx, village, squad).await?;
        let at = found.as_ref().map_or(village, |found| found.village);
        // Only what is read behind the lock counts: PostgreSQL may show the village from before a
        // merger and the circle from after it.
        if locked == Some(at) {
            return found.ok_or(StoreError::NotFound);
        }
        lock(tx, at).await?;
        locked = Some(at);
    }
}

/// Makes every other change of this area and what stands there wait until the transaction ends.
pub(crate) async fn lock(tx: &mut Tx, area: AreaId) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query("update areas set name = name where id = $1")
            .bind(area.0)
            .execute(conn)
            .await?;
    });
    Ok(())
}

/// The same with several, always in the same order.
async fn lock_all(tx: &mut Tx, areas: impl IntoIterator<Item = AreaId>) -> Result<(), StoreError> {
    let mut areas: Vec<_> = areas.into_iter().collect();
    areas.sort_unstable();
    areas.dedup();
    for area in areas {
        lock(tx, area).await?;
    }
    Ok(())
}

#[derive(FromRow)]
struct AreaRow {
    kind: String,
    parent: Option<i64>,
    name: String,
    closed: Option<Millis>,
    merged_into: Option<i64>,
}

/// Reads an area.
pub(crate) async fn area(tx: &mut Tx, id: AreaId) -> Result<Named, StoreError> {
    let row: AreaRow = on!(tx, conn => {
        sqlx::query_as("select kind, parent, name, closed, merged_into from areas where id = $1")
            .bind(id.0)
            .fetch_one(conn)
            .await?
    });
    let kind = AreaKind::from_key(&row.kind)
        .ok_or_else(|| StoreError::Corrupt(format!("areas: a kind {}", row.kind)))?;
    let parent = row.parent.map(AreaId);
    let (reach, at) = match kind {
        AreaKind::City => (Reach::City, Place::somewhere_in(id, id)),
        AreaKind::Township => (Reach::Township(id), Place::somewhere_in(id, id)),
        AreaKind::Village | AreaKind::Community => {
            (Reach::Village(id), Place::somewhere_in(parent.unwrap_or(id), id))
        }
    };
    let key = Key::Area(id);
    let open = row.closed.is_none();
    let parent = parent.map(Key::Area);
    let node = Node { key, kind: Kind::Area(kind), parent, reach, at, open };
    let merged_into = row.merged_into.map(|into| Key::Area(AreaId(into)));
    Ok(Named { node, name: row.name, area: id, number: 0, merged_into })
}

#[derive(FromRow)]
struct TeamRow {
    kind: String,
    parent: Option<Uuid>,
    area: i64,
    above: Option<i64>,
    number: i64,
    name: String,
    closed: Option<Millis>,
    merged_into: Option<Uuid>,
}

/// Reads a team.
pub(crate) async fn team(tx: &mut Tx, id: TeamId) -> Result<Named, StoreError> {
    let row: TeamRow = on!(tx, conn => {
        sqlx::query_as(
            "select t.kind, t.parent, t.area, a.parent as above, t.number, t.name, t.closed, t.merged_into
             from teams t join areas a on a.id = t.area where t.id = $1",
        )
        .bind(id.0)
        .fetch_one(conn)
        .await?
    });
    let kind = TeamKind::from_key(&row.kind)
        .ok_or_else(|| StoreError::Corrupt(format!("teams: a kind {}", row.kind)))?;
    let area = AreaId(row.area);
    let above = AreaId(row.above.unwrap_or(row.area));
    let village = Place::somewhere_in(above, area);
    let (reach, at) = match kind {
        TeamKind::Corps | TeamKind::Branch => (Reach::City, Place::somewhere_in(area, area)),
        TeamKind::Detachment => (Reach::Township(area), Place::somewhere_in(area, area)),
        TeamKind::Brigade => (Reach::Village(area), village),
        TeamKind::Company => (Reach::Company(id), Place { company: Some(id), ..village }),
        TeamKind::Squad => (Reach::Squad(id), Place { squad: Some(id), ..village }),
    };
    let key = Key::Team(id);
    let open = row.closed.is_none();
    let parent = row.parent.map(|parent| Key::Team(TeamId(parent)));
    let node = Node { key, kind: Kind::Team(kind), parent, reach, at, open };
    let merged_into = row.merged_into.map(|into| Key::Team(TeamId(into)));
    Ok(Named { node, name: row.name, area, number: row.number, merged_into })
}

/// Reads an area or a team.
pub(crate) async fn named(tx: &mut Tx, key: Key) -> Result<Named, StoreError> {
    match key {
        Key::Area(id) => area(tx, id).await,
        Key::Team(id) => team(tx, id).await,
    }
}

/// Reads it once nobody else changes anything in its area any more.
async fn alone_with(tx: &mut Tx, key: Key) -> Result<Named, StoreError> {
    let mut locked = None;
    loop {
        // While we waited, all of the area may have gone into another.
        let area = named(tx, key).await?.area;
        if locked == Some(area) {
            return alone(tx, key).await;
        }
        lock(tx, area).await?;
        locked = Some(area);
    }
}

/// The same with two of them.
async fn alone_with_both(tx: &mut Tx, one: Key, two: Key) -> Result<(Named, Named), StoreError> {
    let mut locked = None;
    loop {
        let areas = [named(tx, one).await?.area, named(tx, two).await?.area];
        if locked == Some(areas) {
            return Ok((alone(tx, one).await?, alone(tx, two).await?));
        }
        lock_all(tx, areas).await?;
        locked = Some(areas);
    }
}

/// Who changes a team's post locks its row and not the area's.
async fn alone(tx: &mut Tx, key: Key) -> Result<Named, StoreError> {
    if let Key::Team(team) = key {
        on!(&mut *tx, conn => {
            sqlx::query("update teams set number = number where id = $1")
                .bind(team.0)
                .execute(conn)
                .await?;
        });
    }
    named(tx, key).await
}

/// The brigade of a village, the detachment of a township, the corps: the team that comes and goes with
/// its area.
async fn team_of_area(tx: &mut Tx, area: AreaId) -> Result<Option<Named>, StoreError> {
    let found: Option<Uuid> = on!(&mut *tx, conn => {
        sqlx::query_scalar(
            "select id from teams where area = $1 and kind in ('corps', 'detachment', 'brigade')
                    and closed is null",
        )
        .bind(area.0)
        .fetch_optional(conn)
        .await?
    });
    match found {
        None => Ok(None),
        Some(id) => Ok(Some(team(tx, TeamId(id)).await?)),
    }
}

/// That no open sibling has this name.
async fn is_free(tx: &mut Tx, key: Option<Key>, parent: Key, name: &str) -> Result<(), StoreError> {
    let taken: i64 = on!(tx, conn => {
        match (parent, key) {
            (Key::Area(parent), key) => {
                let own = match key { Some(Key::Area(own)) => own.0, _ => 0 };
                sqlx::query_scalar(
                    "select count(*) from areas where parent = $1 and name = $2 and id <> $3
                            and closed is null",
                )
                .bind(parent.0)
                .bind(name)
                .bind(own)
                .fetch_one(conn)
                .await?
            }
            (Key::Team(parent), key) => {
                let own = match key { Some(Key::Team(own)) => own.0, _ => Uuid::nil() };
                sqlx::query_scalar(
                    "select count(*) from teams where parent = $1 and name = $2 and id <> $3
                            and closed is null",
                )
                .bind(parent.0)
                .bind(name)
                .bind(own)
                .fetch_one(conn)
                .await?
            }
        }
    });
    if taken == 0 { Ok(()) } else { Err(Refusal::NameTaken.into()) }
}

/// Marks it as gone, into another or for good, and ends the posts over it.
async fn closes(
    tx: &mut Tx,
    key: Key,
    into: Option<Key>,
    by: PersonId,
    now: Millis,
) -> Result<(), StoreError> {
    on!(&mut *tx, conn => {
        match key {
            Key::Area(area) => {
                let into = match into { Some(Key::Area(into)) => Some(into.0), _ => None };
                sqlx::query("update areas set closed = $2, merged_into = $3 where id = $1")
                    .bind(area.0)
                    .bind(now)
                    .bind(into)
                    .execute(conn)
                    .await?;
            }
            Key::Team(team) => {
                let into = match into { Some(Key::Team(into)) => Some(into.0), _ => None };
                sqlx::query("update teams set closed = $2, merged_into = $3 where id = $1")
                    .bind(team.0)
                    .bind(now)
                    .bind(into)
                    .execute(conn)
                    .await?;
            }
        }
    });
    let text = match key {
        Key::Area(_) => {
            "update posts set until = $2, ended_by = $3
                         where area = $1 and (until is null or until > $2)"
        }
        Key::Team(_) => {
            "update posts set until = $2, ended_by = $3
                         where team = $1 and (until is null or until > $2)"
        }
    };
    on!(tx, conn => {
        bind_key!(sqlx::query(text), key).bind(now).bind(by.0).execute(conn).await?;
    });
    Ok(())
}
