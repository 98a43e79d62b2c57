//! Teams from a list: about a thousand, planned as a whole.

use super::{AT_ONCE, Chunk, Outcome, gathered};
use crate::{StoreError, Tx};
use domain::{
    imports::{Row, atlas::Atlas, people::Change, teams::plan},
    teams::{Team, TeamId},
};
use sqlx::QueryBuilder;
use tokio::sync::mpsc;
use uuid::Uuid;

pub(super) async fn pass(
    tx: &mut Tx,
    atlas: Atlas,
    chunks: mpsc::Receiver<Chunk>,
    write: bool,
) -> Result<Outcome, StoreError> {
    let mut outcome = Outcome::default();
    let only = |row| match row {
        Row::Team(team) => Some(team),
        Row::Area(_) | Row::Household(_) | Row::Person(_) => None,
    };
    let rows = gathered(chunks, &mut outcome, only).await;
    let plan = plan(&rows, atlas, || TeamId(Uuid::now_v7()));
    plan.faults.iter().for_each(|one| outcome.fault(one.row, one.column, one.fault));
    plan.changes.iter().for_each(|change| outcome.count(change));
    if write && outcome.is_clean() {
        let mut new = vec![];
        for change in &plan.changes {
            match change {
                Change::New(team) => new.push(team),
                Change::Changed(team) => rename(tx, team).await?,
                Change::Same => {}
            }
        }
        insert(tx, &new).await?;
    }
    Ok(outcome)
}

async fn insert(tx: &mut Tx, teams: &[&Team]) -> Result<(), StoreError> {
    for teams in teams.chunks(AT_ONCE) {
        on!(&mut *tx, conn => {
            let mut text =
                QueryBuilder::new("insert into teams (id, kind, parent, area, number, name) ");
            text.push_values(teams, |mut row, team| {
                row.push_bind(team.id.0)
                    .push_bind(team.kind.key())
                    .push_bind(team.parent.map(|parent| parent.0))
                    .push_bind(team.area.0)
                    .push_bind(i64::from(team.number))
                    .push_bind(team.name.as_str());
            });
            text.build().execute(conn).await?;
        });
    }
    Ok(())
}

async fn rename(tx: &mut Tx, team: &Team) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query("update teams set name = $2 where id = $1")
            .bind(team.id.0)
            .bind(&team.name)
            .execute(conn)
            .await?;
    });
    Ok(())
}
