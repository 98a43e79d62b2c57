//! How much a change would move or meet: what is said before anybody confirms it.

use super::{Key, areas::held_by, follows::held, named};
use crate::{Db, StoreError, Tx};
use domain::{
    areas::AreaKind,
    organisation::{Held, Kind},
};
use sqlx_macros::FromRow;

/// What is in an area or a team, with all below it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Scale {
    /// Areas below.
    pub areas: i64,
    /// Teams, without its own.
    pub teams: i64,
    /// Doors.
    pub doors: i64,
    /// People.
    pub people: i64,
    /// Requests that run.
    pub running: i64,
    /// Requests that ended.
    pub ended: i64,
    /// Posts over exactly this, of its own brigade or detachment too: they end when it goes.
    pub posts: i64,
}

/// What is in something.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn of(db: &Db, key: Key) -> Result<Scale, StoreError> {
    let mut tx = db.read().await?;
    of_in(&mut tx, key).await
}

pub(super) async fn of_in(tx: &mut Tx, key: Key) -> Result<Scale, StoreError> {
    let kind = named(tx, key).await?.node.kind;
    let text = match kind {
        Kind::Area(AreaKind::Village | AreaKind::Community) => OF_VILLAGE,
        Kind::Area(AreaKind::Township) => OF_TOWNSHIP,
        Kind::Area(AreaKind::City) => OF_CITY,
        Kind::Team(_) => OF_TEAM,
    };
    Ok(on!(tx, conn => {
        super::bind_key!(sqlx::query_as(text), key).fetch_one(conn).await?
    }))
}

const OF_VILLAGE: &str = "select cast(0 as bigint) as areas,
    (select count(*) from teams where area = $1 and closed is null and kind <> 'brigade') as teams,
    (select count(*) from doors d join teams t on t.id = d.squad where t.area = $1) as doors,
    (select count(*) from people where village = $1) as people,
    (select count(*) from requests where village = $1 and due is not null) as running,
    (select count(*) from requests where village = $1 and due is null) as ended,
    (select count(*) from posts where area = $1 and until is null)
        + (select count(*) from teams t join posts po on po.team = t.id
           where t.area = $1 and t.kind = 'brigade' and po.until is null) as posts";

const OF_TOWNSHIP: &str = "select
    (select count(*) from areas where parent = $1 and closed is null) as areas,
    (select count(*) from teams t join areas a on a.id = t.area
     where a.parent = $1 and t.closed is null) as teams,
    (select count(*) from doors d join teams t on t.id = d.squad join areas a on a.id = t.area
     where a.parent = $1) as doors,
    (select count(*) from people p join areas a on a.id = p.village where a.parent = $1) as people,
    (select count(*) from requests where township = $1 and due is not null) as running,
    (select count(*) from requests where township = $1 and due is null) as ended,
    (select count(*) from posts where area = $1 and until is null)
        + (select count(*) from teams t join posts po on po.team = t.id
           where t.area = $1 and t.kind = 'detachment' and po.until is null) as posts";

/// The city neither moves nor closes: what would be counted row by row is left out.
const OF_CITY: &str = "select
    (select count(*) from areas where closed is null and id <> $1) as areas,
    (select count(*) from teams where closed is null and kind <> 'corps') as teams,
    (select count(*) from doors) as doors,
    cast(0 as bigint) as people,
    (select count(*) from requests
     where state in ('submitted', 'open', 'claimed', 'serving', 'done')) as running,
    cast(0 as bigint) as ended, cast(0 as bigint) as posts";

const OF_TEAM: &str = "select cast(0 as bigint) as areas,
    (select count(*) from teams where parent = $1 and closed is null) as teams,
    (select count(*) from doors d join teams t on t.id = d.squad where t.id = $1 or t.parent = $1) as doors,
    (select count(*) from people p join teams t on t.id = p.squad where t.id = $1 or t.parent = $1) as people,
    (select count(*) from requests where (squad = $1 or company = $1) and due is not null) as running,
    (select count(*) from requests where (squad = $1 or company = $1) and due is null) as ended,
    (select count(*) from posts where team = $1 and until is null) as posts";

/// What is in the way of closing something.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn in_the_way(db: &Db, key: Key) -> Result<Held, StoreError> {
    let mut tx = db.read().await?;
    match key {
        Key::Area(area) => held_by(&mut tx, area).await,
        Key::Team(_) => held(&mut tx, key).await,
    }
}
