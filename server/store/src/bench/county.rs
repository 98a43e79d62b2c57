//! The places and the people of a county at its full size: 381 villages; the largest has four lanes
//! of four circles.

use crate::{Db, StoreError, Tx};
use domain::{
    areas::{AreaId, RENQIU},
    people::Place,
    teams::TeamId,
};
use sqlx::QueryBuilder;
use uuid::Uuid;

pub const VILLAGES: usize = 381;
const TOWNSHIPS: usize = 20;
pub const COMPANIES: usize = 4;
pub const SQUADS: usize = 4;
/// People of the largest village; those who ask and help there.
pub const NEIGHBOURS: usize = 4_000;
/// People of the other villages together.
pub const OTHERS: usize = 16_000;
/// Of the neighbours these help with nothing yet: they claim while it is measured.
pub const CLAIMERS: usize = 500;
/// Rows in one statement.
const AT_ONCE: usize = 1_000;

pub fn township(village: usize) -> AreaId {
    AreaId(RENQIU.0 + (village as i64 % TOWNSHIPS as i64 + 1) * 1_000)
}

pub fn village(at: usize) -> AreaId {
    AreaId(township(at).0 + 200 + at as i64 / TOWNSHIPS as i64)
}

pub fn company(at: usize) -> TeamId {
    TeamId(Uuid::from_u128(0xc000 + at as u128))
}

pub fn squad(at: usize) -> TeamId {
    TeamId(Uuid::from_u128(0x5000 + at as u128))
}

pub fn person(at: usize) -> Uuid {
    Uuid::from_u128(0x9000_0000 + at as u128)
}

/// The village of a person.
pub fn village_of(person: usize) -> usize {
    if person < NEIGHBOURS { 0 } else { 1 + person % (VILLAGES - 1) }
}

/// The circle of somebody of the largest village.
pub fn circle_of(neighbour: usize) -> usize {
    neighbour % (COMPANIES * SQUADS)
}

/// Writes the county; says where the reader lives.
pub async fn write(db: &Db) -> Result<Place, StoreError> {
    let mut tx = db.begin().await?;
    areas(&mut tx).await?;
    teams(&mut tx).await?;
    people(&mut tx).await?;
    tx.commit().await?;
    Ok(place(0))
}

/// A circle of the largest village.
pub fn place(circle: usize) -> Place {
    Place {
        company: Some(company(circle / SQUADS)),
        squad: Some(squad(circle)),
        ..Place::somewhere_in(township(0), village(0))
    }
}

/// Inserts rows many at a time.
macro_rules! insert {
    ($tx:expr, $into:literal, $rows:expr, |$row:ident, $one:pat_param| $push:expr) => {{
        let rows: Vec<_> = $rows.collect();
        for rows in rows.chunks(AT_ONCE) {
            on!(&mut *$tx, conn => {
                let mut text = QueryBuilder::new($into);
                text.push_values(rows, |mut $row, $one| { $push; });
                text.build().execute(conn).await?;
            });
        }
    }};
}

async fn areas(tx: &mut Tx) -> Result<(), StoreError> {
    let city = [(RENQIU.0, "city", None, "任丘市".to_owned())];
    let townships = (0..TOWNSHIPS)
        .map(|at| (township(at).0, "township", Some(RENQIU.0), format!("第{}镇", at + 1)));
    let villages = (0..VILLAGES)
        .map(|at| (village(at).0, "village", Some(township(at).0), format!("第{}村", at + 1)));
    let all = city.into_iter().chain(townships).chain(villages);
    insert!(
        tx,
        "insert into areas (id, kind, parent, name) ",
        all,
        |row, (id, kind, parent, name)| {
            row.push_bind(*id).push_bind(*kind).push_bind(*parent).push_bind(name.as_str())
        }
    );
    Ok(())
}

async fn teams(tx: &mut Tx) -> Result<(), StoreError> {
    let corps = Uuid::from_u128(0xa000);
    let brigade = Uuid::from_u128(0xb000);
    let detachment = Uuid::from_u128(0xd000);
    let here = village(0).0;
    let above = [
        (corps, "corps", None, RENQIU.0, 0),
        (detachment, "detachment", Some(corps), township(0).0, 0),
        (brigade, "brigade", Some(detachment), here, 0),
    ];
    let companies =
        (0..COMPANIES).map(|at| (company(at).0, "company", Some(brigade), here, at as i64 + 1));
    let squads = (0..COMPANIES * SQUADS)
        .map(|at| (squad(at).0, "squad", Some(company(at / SQUADS).0), here, at as i64 + 1));
    let all = above.into_iter().chain(companies).chain(squads);
    insert!(tx, "insert into teams (id, kind, parent, area, number, name) ", all, |row,
                                                                                   (
        id,
        kind,
        parent,
        area,
        number,
    )| {
        row.push_bind(*id)
            .push_bind(*kind)
            .push_bind(*parent)
            .push_bind(*area)
            .push_bind(*number)
            .push_bind(format!("{kind} {number}"))
    });
    Ok(())
}

async fn people(tx: &mut Tx) -> Result<(), StoreError> {
    let all = 0..NEIGHBOURS + OTHERS;
    insert!(
        tx,
        "insert into people (id, phone, surname, title, volunteer_no, village, squad, created, keyed) ",
        all,
        |row, at| {
            let circle = (*at < NEIGHBOURS).then(|| squad(circle_of(*at)).0);
            row.push_bind(person(*at))
                .push_bind(format!("155{at:08}"))
                .push_bind("邻")
                .push_bind("居")
                .push_bind(format!("RQ{at:08}"))
                .push_bind(village(village_of(*at)).0)
                .push_bind(circle)
                .push_bind(super::NOW)
                .push_bind(i64::MAX)
        }
    );
    let claimers = 0..CLAIMERS;
    insert!(tx, "insert into volunteers (person) ", claimers.clone(), |row, at| {
        row.push_bind(person(*at))
    });
    insert!(
        tx,
        "insert into consents (person, text, version, at) ",
        claimers.clone(),
        |row, at| {
            row.push_bind(person(*at))
                .push_bind("terms")
                .push_bind(domain::consent::NEWEST)
                .push_bind(super::NOW)
        }
    );
    insert!(tx, "insert into memberships (person, team, since, standing) ", claimers, |row, at| {
        row.push_bind(person(*at))
            .push_bind(squad(circle_of(*at)).0)
            .push_bind(super::NOW)
            .push_bind("member")
    });
    Ok(())
}
