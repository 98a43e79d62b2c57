//! Areas from a list: a few hundred, planned as a whole.

use super::{AT_ONCE, Chunk, Outcome, all_areas, gathered};
use crate::{StoreError, Tx};
use domain::{
    areas::Area,
    imports::{Row, areas::plan, people::Change},
};
use sqlx::QueryBuilder;
use tokio::sync::mpsc;

pub(super) async fn pass(
    tx: &mut Tx,
    chunks: mpsc::Receiver<Chunk>,
    write: bool,
) -> Result<Outcome, StoreError> {
    let mut outcome = Outcome::default();
    let only = |row| match row {
        Row::Area(area) => Some(area),
        Row::Team(_) | Row::Household(_) | Row::Person(_) => None,
    };
    let rows = gathered(chunks, &mut outcome, only).await;
    let known = all_areas(tx).await?.into_iter().map(|area| (area.id, area)).collect();
    let plan = plan(&rows, &known);
    plan.faults.iter().for_each(|one| outcome.fault(one.row, one.column, one.fault));
    plan.changes.iter().for_each(|change| outcome.count(change));
    if write && outcome.is_clean() {
        let mut new = vec![];
        for change in &plan.changes {
            match change {
                Change::New(area) => new.push(area),
                Change::Changed(area) => update(tx, area).await?,
                Change::Same => {}
            }
        }
        insert(tx, &new).await?;
    }
    Ok(outcome)
}

async fn insert(tx: &mut Tx, areas: &[&Area]) -> Result<(), StoreError> {
    for areas in areas.chunks(AT_ONCE) {
        on!(&mut *tx, conn => {
            let mut text =
                QueryBuilder::new("insert into areas (id, kind, parent, name, accepts_at_once) ");
            text.push_values(areas, |mut row, area| {
                row.push_bind(area.id.0)
                    .push_bind(area.kind.key())
                    .push_bind(area.parent.map(|parent| parent.0))
                    .push_bind(area.name.as_str())
                    .push_bind(area.accepts_at_once);
            });
            text.build().execute(conn).await?;
        });
    }
    Ok(())
}

async fn update(tx: &mut Tx, area: &Area) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query("update areas set name = $2, accepts_at_once = $3 where id = $1")
            .bind(area.id.0)
            .bind(&area.name)
            .bind(area.accepts_at_once)
            .execute(conn)
            .await?;
    });
    Ok(())
}
