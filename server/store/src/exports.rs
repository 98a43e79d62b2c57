//! Lists that go out: what lies within the reach of whoever takes them away. Every row is asked of
//! the rules; that a list went out is written down before its first byte does.

#[cfg(test)]
mod tests;

use crate::{
    Db, StoreError,
    data_log::{self, What},
};
use domain::{
    Millis,
    areas::{Area, AreaId, AreaKind, RENQIU},
    imports::{
        List, areas,
        households::HouseholdOut,
        people::{Known, PersonOut},
        teams::TeamOut,
    },
    organisation::point::Point,
    people::{Actor, Place, PostKind, Reach},
    permissions::{Act, Subject, can},
    teams::TeamKind,
};
use sqlx_macros::FromRow;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Rows of a page: small enough to stand in memory, large enough to ask seldom.
pub const PAGE: i64 = 2_000;

/// Rows of a list, and where the next ones begin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// The cells of each row.
    pub rows: Vec<Vec<String>>,
    /// After which key the next page begins; none after the last.
    pub next: Option<Uuid>,
}

/// The next rows of a list for `who`, after a key.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn page(
    db: &Db,
    list: List,
    who: &Actor,
    after: Option<Uuid>,
    now: Millis,
) -> Result<Rows, StoreError> {
    match list {
        List::Areas => all_areas(db, who).await,
        List::Teams => all_teams(db, who, now).await,
        List::Households => households(db, who, after).await,
        List::People => people(db, who, after).await,
    }
}

/// Writes down that a list went out.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn note(
    db: &Db,
    list: List,
    rows: u32,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    data_log::note(&mut tx, What::Out(list, rows), Some(who.id), now).await?;
    tx.commit().await
}

fn may(who: &Actor, place: &Place) -> bool {
    can(Some(who), Act::Export, Subject::At(place)).is_ok()
}

/// What the database is asked for: the one area that all posts over places lie in, or nothing less
/// than all. The rules then say row by row.
#[derive(Clone, Copy, Default)]
struct Within {
    township: Option<i64>,
    village: Option<i64>,
}

impl Within {
    fn of(who: &Actor) -> Self {
        let staff = who.posts.iter().filter(|post| post.kind == PostKind::Staff);
        match staff.map(|post| post.reach).collect::<Vec<_>>()[..] {
            [Reach::Township(area)] => Self { township: Some(area.0), village: None },
            [Reach::Village(area)] => Self { village: Some(area.0), township: None },
            _ => Self::default(),
        }
    }
}

async fn all_areas(db: &Db, who: &Actor) -> Result<Rows, StoreError> {
    let mut tx = db.read().await?;
    let areas = crate::imports::all_areas(&mut tx).await?;
    let mut sorted: Vec<&Area> = areas.iter().filter(|area| may(who, &place_of(area))).collect();
    sorted.sort_by_key(|area| (area.kind, area.id));
    Ok(Rows { rows: sorted.into_iter().map(areas::cells).collect(), next: None })
}

/// Where an area stands: a township is a place of its own.
fn place_of(area: &Area) -> Place {
    match (area.kind, area.parent) {
        (AreaKind::Village | AreaKind::Community, Some(township)) => {
            Place::somewhere_in(township, area.id)
        }
        _ => Place::somewhere_in(area.id, area.id),
    }
}

async fn all_teams(db: &Db, who: &Actor, now: Millis) -> Result<Rows, StoreError> {
    let mut tx = db.read().await?;
    let rows: Vec<TeamRow> = on!(&mut tx, conn => {
        sqlx::query_as(
            "select t.kind, t.area, a.kind as area_kind, a.name as area_name, up.id as above,
                    up.name as above_name, t.number, c.number as company, t.name,
                    min(p.surname || p.title) as captain
             from teams t
             join areas a on a.id = t.area
             left join areas up on up.id = a.parent
             left join teams c on c.id = t.parent and c.kind = 'company' and t.kind = 'squad'
             left join posts po on po.team = t.id and po.kind = 'captain' and po.deputy_for is null
                  and po.since <= $1 and (po.until is null or po.until > $1)
             left join people p on p.id = po.person
             group by t.id, t.kind, t.area, a.kind, a.name, up.id, up.name, t.number, c.number, t.name
             order by t.area, t.number, t.name",
        )
        .bind(now)
        .fetch_all(conn)
        .await?
    });
    let mut teams = vec![];
    for row in rows {
        if may(who, &row.place()) {
            teams.push(row.team()?);
        }
    }
    teams.sort_by_key(|team| team.kind);
    Ok(Rows { rows: teams.iter().map(TeamOut::cells).collect(), next: None })
}

async fn people(db: &Db, who: &Actor, after: Option<Uuid>) -> Result<Rows, StoreError> {
    let within = Within::of(who);
    let mut tx = db.read().await?;
    let rows: Vec<PersonRow> = on!(&mut tx, conn => {
        sqlx::query_as(
            "select p.id, p.phone, p.surname, p.given_name, p.title, p.volunteer_no, p.official,
                    p.village, a.parent as township, up.name as township_name, a.name as village_name,
                    t.number as squad_number, t.name as squad_name
             from people p
             left join areas a on a.id = p.village
             left join areas up on up.id = a.parent
             left join teams t on t.id = p.squad and t.area = p.village
             where p.id > $1 and (cast($2 as bigint) is null or a.parent = $2)
               and (cast($3 as bigint) is null or p.village = $3)
               and p.erased is null
               and not exists (select 1 from households h where h.person = p.id)
             order by p.id limit $4",
        )
        .bind(after.unwrap_or_default())
        .bind(within.township)
        .bind(within.village)
        .bind(PAGE)
        .fetch_all(conn)
        .await?
    });
    let next = next(rows.len(), rows.last().map(|row| row.id));
    let rows = rows.into_iter().filter(|row| may(who, &row.place()));
    Ok(Rows { rows: rows.map(|row| row.person().cells()).collect(), next })
}

async fn households(db: &Db, who: &Actor, after: Option<Uuid>) -> Result<Rows, StoreError> {
    let within = Within::of(who);
    let mut tx = db.read().await?;
    let rows: Vec<DoorRow> = on!(&mut tx, conn => {
        sqlx::query_as(
            "select d.id, d.position, d.label, d.lat_e7, d.lon_e7, a.id as village, a.name as village_name,
                    up.id as township, up.name as township_name, t.number as squad_number,
                    t.name as squad_name
             from doors d
             join teams t on t.id = d.squad
             join areas a on a.id = t.area
             join areas up on up.id = a.parent
             where d.id > $1 and (cast($2 as bigint) is null or a.parent = $2)
               and (cast($3 as bigint) is null or a.id = $3)
             order by d.id limit $4",
        )
        .bind(after.unwrap_or_default())
        .bind(within.township)
        .bind(within.village)
        .bind(PAGE)
        .fetch_all(conn)
        .await?
    });
    let last = rows.last().map(|row| row.id);
    let next = next(rows.len(), last);
    let mut phones: BTreeMap<Uuid, Vec<String>> = BTreeMap::new();
    let living: Vec<(Uuid, String)> = on!(&mut tx, conn => {
        sqlx::query_as(
            "select p.door, p.phone from people p join doors d on d.id = p.door and d.squad = p.squad
             where p.door > $1 and p.door <= $2 and p.phone is not null order by p.door, p.phone",
        )
        .bind(after.unwrap_or_default())
        .bind(last.unwrap_or_default())
        .fetch_all(conn)
        .await?
    });
    for (door, phone) in living {
        phones.entry(door).or_default().push(phone);
    }
    let rows = rows.into_iter().filter(|row| may(who, &row.place()));
    let cells = |row: DoorRow| {
        let phones = phones.remove(&row.id).unwrap_or_default();
        row.household(phones).cells()
    };
    Ok(Rows { rows: rows.map(cells).collect(), next })
}

/// Where the next page begins, when this one is full.
fn next(length: usize, last: Option<Uuid>) -> Option<Uuid> {
    last.filter(|_| i64::try_from(length).unwrap_or(i64::MAX) >= PAGE)
}

/// A squad by its number, or by its name where it has none.
fn squad(number: i64, name: String) -> String {
    if number > 0 { number.to_string() } else { name }
}

#[derive(FromRow)]
struct TeamRow {
    kind: String,
    area: i64,
    area_kind: String,
    area_name: String,
    above: Option<i64>,
    above_name: Option<String>,
    number: i64,
    company: Option<i64>,
    name: String,
    captain: Option<String>,
}

impl TeamRow {
    fn is_of_a_village(&self) -> bool {
        matches!(AreaKind::from_key(&self.area_kind), Some(AreaKind::Village | AreaKind::Community))
    }

    fn place(&self) -> Place {
        let area = AreaId(self.area);
        let township = self.above.filter(|_| self.is_of_a_village()).map_or(area, AreaId);
        Place::somewhere_in(township, area)
    }

    fn team(self) -> Result<TeamOut, StoreError> {
        let kind = TeamKind::from_key(&self.kind)
            .ok_or_else(|| StoreError::Corrupt(format!("teams: a kind {}", self.kind)))?;
        let (township, village) = if self.is_of_a_village() {
            (self.above_name, Some(self.area_name))
        } else {
            ((kind == TeamKind::Detachment).then_some(self.area_name), None)
        };
        let number = |n: i64| i32::try_from(n).unwrap_or_default();
        Ok(TeamOut {
            kind,
            township,
            village,
            number: number(self.number),
            company: self.company.map(number),
            name: self.name,
            captain: self.captain,
        })
    }
}

#[derive(FromRow)]
struct PersonRow {
    id: Uuid,
    phone: Option<String>,
    surname: String,
    given_name: Option<String>,
    title: String,
    volunteer_no: Option<String>,
    official: bool,
    village: Option<i64>,
    township: Option<i64>,
    township_name: Option<String>,
    village_name: Option<String>,
    squad_number: Option<i64>,
    squad_name: Option<String>,
}

impl PersonRow {
    /// Whoever lives nowhere yet is the city's.
    fn place(&self) -> Place {
        let (township, village) = (self.township.map(AreaId), self.village.map(AreaId));
        Place::somewhere_in(township.unwrap_or(RENQIU), village.unwrap_or(RENQIU))
    }

    fn person(self) -> PersonOut {
        PersonOut {
            known: Known {
                phone: self.phone,
                surname: self.surname,
                given: self.given_name,
                title: self.title,
                volunteer_no: self.volunteer_no,
                official: self.official,
                ..Known::default()
            },
            township: self.township_name,
            village: self.village_name,
            squad: self.squad_number.zip(self.squad_name).map(|(number, name)| squad(number, name)),
        }
    }
}

#[derive(FromRow)]
struct DoorRow {
    id: Uuid,
    position: i64,
    label: String,
    lat_e7: Option<i64>,
    lon_e7: Option<i64>,
    village: i64,
    village_name: String,
    township: i64,
    township_name: String,
    squad_number: i64,
    squad_name: String,
}

impl DoorRow {
    fn place(&self) -> Place {
        Place::somewhere_in(AreaId(self.township), AreaId(self.village))
    }

    fn household(self, phones: Vec<String>) -> HouseholdOut {
        HouseholdOut {
            township: self.township_name,
            village: self.village_name,
            squad: squad(self.squad_number, self.squad_name),
            position: i32::try_from(self.position).unwrap_or_default(),
            label: self.label,
            phones,
            point: Point::of(self.lat_e7, self.lon_e7),
        }
    }
}
