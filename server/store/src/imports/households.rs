//! Households from a list: doors, and who lives behind them.

use super::{AT_ONCE, Chunk, Outcome, gathered};
use crate::{StoreError, Tx};
use domain::{
    imports::{
        Row,
        atlas::Atlas,
        households::{Door, HouseholdRow, Neighbours, Resident, plan},
        people::Change,
    },
    organisation::point::Point,
    people::PersonId,
    teams::TeamId,
};
use sqlx::QueryBuilder;
use sqlx_macros::FromRow;
use std::collections::BTreeSet;
use tokio::sync::mpsc;
use uuid::Uuid;

pub(super) async fn pass(
    tx: &mut Tx,
    atlas: &Atlas,
    chunks: mpsc::Receiver<Chunk>,
    write: bool,
) -> Result<Outcome, StoreError> {
    let mut outcome = Outcome::default();
    let only = |row| match row {
        Row::Household(household) => Some(household),
        Row::Area(_) | Row::Team(_) | Row::Person(_) => None,
    };
    let rows = gathered(chunks, &mut outcome, only).await;
    let known = neighbours(tx, atlas, &rows).await?;
    let plan = plan(&rows, atlas, &known, Uuid::now_v7);
    plan.faults.iter().for_each(|one| outcome.fault(one.row, one.column, one.fault));
    plan.changes.iter().for_each(|change| outcome.count(change));
    let settled = u32::try_from(plan.settled).unwrap_or(u32::MAX);
    outcome.same = outcome.same.saturating_sub(settled);
    outcome.changed += settled;
    if write && outcome.is_clean() {
        write_doors(tx, &plan.changes).await?;
        for (person, door) in &plan.moves {
            move_in(tx, *person, *door).await?;
        }
    }
    Ok(outcome)
}

#[derive(FromRow)]
struct DoorRow {
    id: Uuid,
    squad: Uuid,
    position: i64,
    label: String,
    lat_e7: Option<i64>,
    lon_e7: Option<i64>,
}

/// What the books know of the doors and phones that the rows name.
async fn neighbours(
    tx: &mut Tx,
    atlas: &Atlas,
    rows: &[(u32, HouseholdRow)],
) -> Result<Neighbours, StoreError> {
    let mut known = Neighbours::default();
    let squads: BTreeSet<TeamId> =
        rows.iter().filter_map(|(_, household)| household.squad(atlas).ok()).collect();
    for squads in squads.into_iter().collect::<Vec<_>>().chunks(AT_ONCE) {
        let doors: Vec<DoorRow> = on!(&mut *tx, conn => {
            let mut text = QueryBuilder::new(
                "select id, squad, position, label, lat_e7, lon_e7 from doors where squad in ",
            );
            text.push_tuples(squads, |mut row, squad| {
                row.push_bind(squad.0);
            });
            text.build_query_as().fetch_all(conn).await?
        });
        known.doors.extend(doors.into_iter().map(|row| {
            let position = i32::try_from(row.position).unwrap_or_default();
            let (squad, point) = (TeamId(row.squad), Point::of(row.lat_e7, row.lon_e7));
            ((squad, position), Door { id: row.id, squad, position, label: row.label, point })
        }));
    }
    let phones: BTreeSet<&String> = rows.iter().flat_map(|(_, one)| &one.phones).collect();
    for phones in phones.into_iter().collect::<Vec<_>>().chunks(AT_ONCE) {
        let people: Vec<(Uuid, String, Option<Uuid>, Option<Uuid>)> = on!(&mut *tx, conn => {
            let mut text =
                QueryBuilder::new("select id, phone, squad, door from people where phone in ");
            text.push_tuples(phones, |mut row, phone| {
                row.push_bind(phone.as_str());
            });
            text.build_query_as().fetch_all(conn).await?
        });
        known.people.extend(people.into_iter().map(|(id, phone, squad, door)| {
            (phone, Resident { id: PersonId(id), squad: squad.map(TeamId), door })
        }));
    }
    Ok(known)
}

async fn write_doors(tx: &mut Tx, changes: &[Change<Door>]) -> Result<(), StoreError> {
    let mut new = vec![];
    for change in changes {
        match change {
            Change::New(door) => new.push(door),
            Change::Changed(door) => {
                on!(&mut *tx, conn => {
                    sqlx::query("update doors set label = $2, lat_e7 = $3, lon_e7 = $4 where id = $1")
                        .bind(door.id)
                        .bind(&door.label)
                        .bind(door.point.map(|at| at.lat_e7))
                        .bind(door.point.map(|at| at.lon_e7))
                        .execute(conn)
                        .await?;
                });
            }
            Change::Same => {}
        }
    }
    for doors in new.chunks(AT_ONCE) {
        on!(&mut *tx, conn => {
            let mut text =
                QueryBuilder::new("insert into doors (id, squad, position, label, lat_e7, lon_e7) ");
            text.push_values(doors, |mut row, door| {
                row.push_bind(door.id)
                    .push_bind(door.squad.0)
                    .push_bind(i64::from(door.position))
                    .push_bind(door.label.as_str())
                    .push_bind(door.point.map(|at| at.lat_e7))
                    .push_bind(door.point.map(|at| at.lon_e7));
            });
            text.build().execute(conn).await?;
        });
    }
    Ok(())
}

async fn move_in(tx: &mut Tx, person: PersonId, door: Uuid) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query("update people set door = $2 where id = $1")
            .bind(person.0)
            .bind(door)
            .execute(conn)
            .await?;
    });
    Ok(())
}
