//! Areas and circles: what can be chosen, and where a choice stands in both trees.

#[cfg(test)]
mod tests;

use crate::{Db, StoreError, Tx};
use domain::{
    Millis,
    areas::AreaId,
    organisation::point::Point,
    people::Place,
    teams::{TeamId, TeamKind},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// Something that can be chosen by name.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Named {
    /// The area's code.
    pub id: i64,
    /// Its name.
    pub name: String,
}

/// A circle that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Circle {
    /// The squad that serves it.
    pub squad: Uuid,
    /// The squad's name: 荷花村 2 中队 3 小队.
    pub name: String,
    /// The captain's surname, if the post is taken.
    pub captain: Option<String>,
}

/// The townships, by code.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn townships(db: &Db) -> Result<Vec<Named>, StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_as("select id, name from areas where kind = 'township' and closed is null order by id")
            .fetch_all(conn)
            .await?
    }))
}

/// The villages and communities of a township, by code.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn villages(db: &Db, township: AreaId) -> Result<Vec<Named>, StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_as("select id, name from areas where parent = $1 and closed is null order by id")
            .bind(township.0)
            .fetch_all(conn)
            .await?
    }))
}

/// The circles of a village, lane by lane.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn circles(db: &Db, village: AreaId, now: Millis) -> Result<Vec<Circle>, StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_as(
            "select t.id as squad, t.name, min(p.surname) as captain
             from teams t
             left join posts po on po.team = t.id and po.kind = 'captain' and po.deputy_for is null
                  and po.since <= $2 and (po.until is null or po.until > $2)
             left join people p on p.id = po.person
             where t.area = $1 and t.kind = 'squad' and t.closed is null
             group by t.id, t.name, t.number order by t.number",
        )
        .bind(village.0)
        .bind(now)
        .fetch_all(conn)
        .await?
    }))
}

/// The centres of a village's circles, as far as they are known.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn centres(db: &Db, village: AreaId) -> Result<Vec<(TeamId, Point)>, StoreError> {
    let mut tx = db.read().await?;
    let rows: Vec<(Uuid, i64, i64)> = on!(&mut tx, conn => {
        sqlx::query_as(
            "select id, lat_e7, lon_e7 from teams where area = $1 and kind = 'squad' and closed is null
             and lat_e7 is not null and lon_e7 is not null order by number, id",
        )
        .bind(village.0)
        .fetch_all(conn)
        .await?
    });
    let centre = |(team, lat_e7, lon_e7)| (TeamId(team), Point { lat_e7, lon_e7 });
    Ok(rows.into_iter().map(centre).collect())
}

/// The name of an area.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn name(db: &Db, area: AreaId) -> Result<String, StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_scalar("select name from areas where id = $1").bind(area.0).fetch_one(conn).await?
    }))
}

/// The name of a team.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn team_name(db: &Db, team: TeamId) -> Result<String, StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_scalar("select name from teams where id = $1").bind(team.0).fetch_one(conn).await?
    }))
}

/// The place of a village, or of a circle in it; none when there is no such village or the circle
/// is not of it. Whoever remembers what was merged is led to the survivor, and whoever remembers a
/// circle that closed to its village.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn place(
    db: &Db,
    village: AreaId,
    squad: Option<TeamId>,
) -> Result<Option<Place>, StoreError> {
    let mut tx = db.read().await?;
    place_in(&mut tx, village, squad).await
}

pub(crate) async fn place_in(
    tx: &mut Tx,
    village: AreaId,
    squad: Option<TeamId>,
) -> Result<Option<Place>, StoreError> {
    let found: Option<(i64, i64)> = on!(tx, conn => {
        sqlx::query_as(
            "select coalesce(m.id, a.id), coalesce(m.parent, a.parent)
             from areas a left join areas m on m.id = a.merged_into
             where a.id = $1 and a.kind in ('village', 'community')
               and case when m.id is null then a.closed else m.closed end is null",
        )
        .bind(village.0)
        .fetch_optional(conn)
        .await?
    });
    let Some((id, township)) = found else { return Ok(None) };
    let place = Place::somewhere_in(AreaId(township), AreaId(id));
    match squad {
        None => Ok(Some(place)),
        Some(squad) => circle_in(tx, place, village, squad).await,
    }
}

#[derive(FromRow)]
struct CircleRow {
    id: Uuid,
    area: i64,
    gone: bool,
    above: Uuid,
    above_kind: String,
}

/// A circle of this village. `asked` is what the village was called before it was merged.
async fn circle_in(
    tx: &mut Tx,
    village: Place,
    asked: AreaId,
    squad: TeamId,
) -> Result<Option<Place>, StoreError> {
    let row: Option<CircleRow> = on!(tx, conn => {
        sqlx::query_as(
            "select coalesce(m.id, t.id) as id, coalesce(m.area, t.area) as area,
                    case when m.id is null then t.closed else m.closed end is not null as gone,
                    up.id as above, up.kind as above_kind
             from teams t
             left join teams m on m.id = t.merged_into
             join teams up on up.id = coalesce(m.parent, t.parent)
             where t.id = $1 and t.kind = 'squad'",
        )
        .bind(squad.0)
        .fetch_optional(conn)
        .await?
    });
    let Some(row) = row else { return Ok(None) };
    let area = AreaId(row.area);
    Ok(match (area == village.village, row.gone) {
        (true, false) => Some(Place {
            squad: Some(TeamId(row.id)),
            company: (row.above_kind == TeamKind::Company.key()).then_some(TeamId(row.above)),
            ..village
        }),
        (true, true) => Some(village),
        // It closed before its village was merged.
        (false, true) if area == asked => Some(village),
        (false, _) => None,
    })
}

/// Whether the station of a village accepts public requests of known households at once.
pub(crate) async fn accepts_at_once(tx: &mut Tx, village: AreaId) -> Result<bool, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_scalar("select accepts_at_once from areas where id = $1")
            .bind(village.0)
            .fetch_one(conn)
            .await?
    }))
}
