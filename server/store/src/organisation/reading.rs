//! One area or one team with what stands right under it: a fixed number of queries, whatever the size of
//! the county.

use super::{
    Key, Named,
    doors::{self, Door},
    events::{self, Event},
    named,
    scale::{Scale, of_in},
    team_of_area,
};
use crate::{Db, StoreError, Tx};
use domain::{
    Millis,
    areas::{AreaId, AreaKind},
    organisation::{Kind, Verb, point::Point},
    teams::{TeamId, TeamKind},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// As many changes are shown.
const EVENTS: i64 = 20;
/// As many households without a circle are named.
const WITHOUT: i64 = 50;

/// An area below another.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct AreaBelow {
    /// Its code.
    pub id: i64,
    /// What it is.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Areas below it.
    pub areas: i64,
    /// Teams of it and of what is below it.
    pub teams: i64,
    /// Those of them that nobody leads.
    pub vacant: i64,
}

/// A team below another.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct TeamBelow {
    /// Its key.
    pub id: Uuid,
    /// What it is.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// The captain's surname; none while the post is vacant.
    pub captain: Option<String>,
    /// Teams below it.
    pub teams: i64,
    /// Doors of its own.
    pub doors: i64,
}

/// An area with what is in it.
#[derive(Clone, Debug)]
pub struct AreaSheet {
    /// The area.
    pub area: Named,
    /// The one above it.
    pub above: Option<(AreaId, String)>,
    /// What it was merged into.
    pub survivor: Option<(AreaId, String)>,
    /// Its brigade, detachment or corps, with the captain's surname.
    pub team: Option<(TeamId, String, Option<String>)>,
    /// Who works for its unit: surname and title.
    pub staff: Vec<String>,
    /// The areas below.
    pub below: Vec<AreaBelow>,
    /// Of a village: the teams right under its brigade.
    pub teams: Vec<TeamBelow>,
    /// How much is in it.
    pub scale: Scale,
    /// Of a village: households without a circle, and some of them by surname and title.
    pub without: (i64, Vec<String>),
    /// What happened to it.
    pub events: Vec<Event>,
}

/// One area.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn area(db: &Db, id: AreaId, now: Millis) -> Result<AreaSheet, StoreError> {
    let mut tx = db.read().await?;
    let found = named(&mut tx, Key::Area(id)).await?;
    let above = name_of(&mut tx, found.node.parent).await?;
    let survivor = name_of(&mut tx, found.merged_into).await?;
    let own = team_of_area(&mut tx, id).await?;
    let is_village = matches!(found.node.kind, Kind::Area(AreaKind::Village | AreaKind::Community));
    let (teams, team) = match own {
        None => (vec![], None),
        Some(own) => {
            let Key::Team(team) = own.node.key else { return Err(StoreError::NotFound) };
            let below = if is_village { teams_below(&mut tx, team, now).await? } else { vec![] };
            let captain = captain_of(&mut tx, team, now).await?;
            (below, Some((team, own.name, captain)))
        }
    };
    let below = if is_village { vec![] } else { areas_below(&mut tx, id, now).await? };
    let without = if is_village { without_circle(&mut tx, id).await? } else { (0, vec![]) };
    let area_of = |(key, name)| match key {
        Key::Area(area) => Some((area, name)),
        Key::Team(_) => None,
    };
    Ok(AreaSheet {
        above: above.and_then(area_of),
        survivor: survivor.and_then(area_of),
        team,
        staff: staff(&mut tx, id, now).await?,
        below,
        teams,
        scale: of_in(&mut tx, Key::Area(id)).await?,
        without,
        events: events::of(&mut tx, Key::Area(id), EVENTS).await?,
        area: found,
    })
}

/// The areas right below one. Of the city the teams of a township's villages count with it.
async fn areas_below(tx: &mut Tx, id: AreaId, now: Millis) -> Result<Vec<AreaBelow>, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_as(
            "select a.id, a.kind, a.name,
                    (select count(*) from areas c where c.parent = a.id and c.closed is null) as areas,
                    coalesce(n.teams, 0) as teams, coalesce(n.teams - n.led, 0) as vacant
             from areas a
             left join (
                 select case when v.parent = $1 then v.id else v.parent end as child, count(*) as teams,
                        count(case when exists (select 1 from posts po where po.team = t.id
                            and po.kind = 'captain' and po.since <= $2
                            and (po.until is null or po.until > $2)) then 1 end) as led
                 from teams t join areas v on v.id = t.area
                 where t.closed is null and (v.parent = $1
                     or v.parent in (select c.id from areas c where c.parent = $1))
                 group by 1) n on n.child = a.id
             where a.parent = $1 and a.closed is null order by a.id",
        )
        .bind(id.0)
        .bind(now)
        .fetch_all(conn)
        .await?
    }))
}

/// The teams right below one, with captain and counts.
async fn teams_below(tx: &mut Tx, id: TeamId, now: Millis) -> Result<Vec<TeamBelow>, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_as(
            "select t.id, t.kind, t.name, min(p.surname) as captain,
                    (select count(*) from teams c where c.parent = t.id and c.closed is null) as teams,
                    (select count(*) from doors d where d.squad = t.id) as doors
             from teams t
             left join posts po on po.team = t.id and po.kind = 'captain' and po.deputy_for is null
                  and po.since <= $2 and (po.until is null or po.until > $2)
             left join people p on p.id = po.person
             where t.parent = $1 and t.closed is null
             group by t.id, t.kind, t.name, t.number
             order by case t.kind when 'branch' then 2 else 1 end, t.number, t.name",
        )
        .bind(id.0)
        .bind(now)
        .fetch_all(conn)
        .await?
    }))
}

async fn captain_of(tx: &mut Tx, team: TeamId, now: Millis) -> Result<Option<String>, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_scalar(
            "select p.surname from posts po join people p on p.id = po.person
             where po.team = $1 and po.kind = 'captain' and po.deputy_for is null and po.since <= $2
                   and (po.until is null or po.until > $2) order by po.since limit 1",
        )
        .bind(team.0)
        .bind(now)
        .fetch_optional(conn)
        .await?
    }))
}

async fn staff(tx: &mut Tx, area: AreaId, now: Millis) -> Result<Vec<String>, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_scalar(
            "select p.surname || p.title from posts po join people p on p.id = po.person
             where po.area = $1 and po.kind = 'staff' and po.since <= $2
                   and (po.until is null or po.until > $2) order by po.since limit 20",
        )
        .bind(area.0)
        .bind(now)
        .fetch_all(conn)
        .await?
    }))
}

async fn without_circle(tx: &mut Tx, village: AreaId) -> Result<(i64, Vec<String>), StoreError> {
    let all: i64 = on!(&mut *tx, conn => {
        sqlx::query_scalar("select count(*) from people where village = $1 and squad is null")
            .bind(village.0)
            .fetch_one(conn)
            .await?
    });
    let some = on!(tx, conn => {
        sqlx::query_scalar(
            "select surname || title from people where village = $1 and squad is null order by id limit $2",
        )
        .bind(village.0)
        .bind(WITHOUT)
        .fetch_all(conn)
        .await?
    });
    Ok((all, some))
}

async fn name_of(tx: &mut Tx, key: Option<Key>) -> Result<Option<(Key, String)>, StoreError> {
    match key {
        None => Ok(None),
        Some(key) => Ok(Some((key, named(tx, key).await?.name))),
    }
}

/// A team with what is in it.
#[derive(Clone, Debug)]
pub struct TeamSheet {
    /// The team.
    pub team: Named,
    /// The one above it.
    pub above: Option<(TeamId, String)>,
    /// What it was merged into.
    pub survivor: Option<(TeamId, String)>,
    /// The area that it serves, in words.
    pub area: String,
    /// The captain's surname.
    pub captain: Option<String>,
    /// The teams right below.
    pub below: Vec<TeamBelow>,
    /// Of a circle: its doors along the lane.
    pub doors: Vec<Door>,
    /// Of a circle: its centre.
    pub point: Option<Point>,
    /// How much is in it.
    pub scale: Scale,
    /// What happened to it.
    pub events: Vec<Event>,
}

/// One team.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn team(db: &Db, id: TeamId, now: Millis) -> Result<TeamSheet, StoreError> {
    let mut tx = db.read().await?;
    let found = named(&mut tx, Key::Team(id)).await?;
    let team_of = |(key, name)| match key {
        Key::Team(team) => Some((team, name)),
        Key::Area(_) => None,
    };
    let doors =
        if found.node.kind.allows(Verb::Circle) { doors(&mut tx, id).await? } else { vec![] };
    Ok(TeamSheet {
        above: name_of(&mut tx, found.node.parent).await?.and_then(team_of),
        survivor: name_of(&mut tx, found.merged_into).await?.and_then(team_of),
        area: named(&mut tx, Key::Area(found.area)).await?.name,
        captain: captain_of(&mut tx, id, now).await?,
        below: teams_below(&mut tx, id, now).await?,
        doors,
        point: point(&mut tx, id).await?,
        scale: of_in(&mut tx, Key::Team(id)).await?,
        events: events::of(&mut tx, Key::Team(id), EVENTS).await?,
        team: found,
    })
}

async fn doors(tx: &mut Tx, squad: TeamId) -> Result<Vec<Door>, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_as(
            "select d.id, d.squad, d.position, d.label, d.lat_e7, d.lon_e7,
                    (select count(*) from people p where p.door = d.id and p.squad = d.squad) as people
             from doors d where d.squad = $1 order by d.position, d.label",
        )
        .bind(squad.0)
        .fetch_all(conn)
        .await?
    }))
}

async fn point(tx: &mut Tx, squad: TeamId) -> Result<Option<Point>, StoreError> {
    let (lat, lon): (Option<i64>, Option<i64>) = on!(tx, conn => {
        sqlx::query_as("select lat_e7, lon_e7 from teams where id = $1")
            .bind(squad.0)
            .fetch_one(conn)
            .await?
    });
    let both = lat.zip(lon);
    Ok(both.map(|(lat_e7, lon_e7)| Point { lat_e7, lon_e7 }))
}

/// One door with the circle that it is of.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn door(db: &Db, id: Uuid) -> Result<(Door, Named), StoreError> {
    let mut tx = db.read().await?;
    let door = doors::read(&mut tx, id).await?;
    let circle = named(&mut tx, Key::Team(TeamId(door.squad))).await?;
    Ok((door, circle))
}

/// Something of either tree by its key.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn one(db: &Db, key: Key) -> Result<Named, StoreError> {
    let mut tx = db.read().await?;
    named(&mut tx, key).await
}

/// The open teams of a village that are of this kind, by number: where a team or a door may go.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn teams_in(
    db: &Db,
    village: AreaId,
    kinds: &[TeamKind],
) -> Result<Vec<(Uuid, String)>, StoreError> {
    let mut tx = db.read().await?;
    let all: Vec<(Uuid, String, String)> = on!(&mut tx, conn => {
        sqlx::query_as(
            "select id, kind, name from teams where area = $1 and closed is null order by kind, number, id",
        )
        .bind(village.0)
        .fetch_all(conn)
        .await?
    });
    let wanted = |kind: &str| kinds.iter().any(|one| one.key() == kind);
    Ok(all
        .into_iter()
        .filter(|(_, kind, _)| wanted(kind))
        .map(|(id, _, name)| (id, name))
        .collect())
}
