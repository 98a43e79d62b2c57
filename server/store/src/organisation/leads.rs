//! Who leads what: the teams of an area and all below it, with their captains or without.

use super::{Key, named};
use crate::{Db, StoreError};
use domain::{
    Millis,
    areas::{AreaId, AreaKind},
    organisation::Kind,
};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// A team and who leads it.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Lead {
    /// Its key.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// The captain's surname; none while the post is vacant.
    pub captain: Option<String>,
    /// Since when, in epoch milliseconds UTC.
    pub since: Option<Millis>,
}

/// Which teams are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Only those that nobody leads.
    pub vacant: bool,
    /// A part of the name; empty for all.
    pub name: String,
    /// How many to leave out: those of the pages before.
    pub skip: i64,
    /// How many at most.
    pub most: i64,
}

/// How many there are, and those of one page: the corps first, then by area and kind.
///
/// # Errors
/// [`StoreError::NotFound`] for no such area.
pub async fn leads(
    db: &Db,
    area: AreaId,
    wanted: &Wanted,
    now: Millis,
) -> Result<(i64, Vec<Lead>), StoreError> {
    let mut tx = db.read().await?;
    let found = named(&mut tx, Key::Area(area)).await?;
    let (count, list) = match found.node.kind {
        Kind::Area(AreaKind::City) => CITY,
        Kind::Area(AreaKind::Township) => TOWNSHIP,
        Kind::Area(AreaKind::Village | AreaKind::Community) | Kind::Team(_) => VILLAGE,
    };
    let like = format!("%{}%", escaped(&wanted.name));
    let all: i64 = on!(&mut tx, conn => {
        sqlx::query_scalar(count)
            .bind(area.0)
            .bind(now)
            .bind(&like)
            .bind(wanted.vacant)
            .fetch_one(conn)
            .await?
    });
    let page = on!(&mut tx, conn => {
        sqlx::query_as(list)
            .bind(area.0)
            .bind(now)
            .bind(&like)
            .bind(wanted.vacant)
            .bind(wanted.most)
            .bind(wanted.skip)
            .fetch_all(conn)
            .await?
    });
    Ok((all, page))
}

/// A part of a name as `like` reads it.
fn escaped(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    for letter in part.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// The queries of one width; `$1` the area, `$2` now, `$3` the name, `$4` only vacant ones.
macro_rules! leads {
    ($from:literal) => {
        (
            concat!("select count(*) ", leads!(@ $from)),
            concat!(
                "select t.id, t.name, p.surname as captain, po.since ", leads!(@ $from),
                " order by case t.kind when 'corps' then 1 when 'branch' then 2 else 3 end, t.area,
                   case t.kind when 'detachment' then 1 when 'brigade' then 2 when 'company' then 3 else 4 end,
                   t.number, t.id limit $5 offset $6"
            ),
        )
    };
    (@ $from:literal) => {
        concat!(
            "from ", $from,
            " left join posts po on po.team = t.id and po.kind = 'captain' and po.deputy_for is null and po.since <= $2
                   and (po.until is null or po.until > $2)
              left join people p on p.id = po.person
              where t.closed is null and t.name like $3 escape '\\' and (po.id is null or not $4)"
        )
    };
}

const CITY: (&str, &str) = leads!("areas c join teams t on c.id = $1");
const TOWNSHIP: (&str, &str) =
    leads!("areas a join teams t on t.area = a.id and (a.id = $1 or a.parent = $1)");
const VILLAGE: (&str, &str) = leads!("areas a join teams t on t.area = a.id and a.id = $1");
