//! Lists that come in: one transaction each, and nothing of a list that has a mistake. First it is
//! checked against the books without writing; a dry run ends there. Then it is checked again while
//! it is written, so that whoever changed the books meanwhile is heard.

mod areas;
mod households;
mod people;
mod reports;
mod teams;
#[cfg(test)]
mod tests;

use crate::{
    Db, StoreError, Tx,
    data_log::{self, What},
};
use domain::{
    Millis,
    areas::{Area, AreaId, AreaKind},
    imports::{
        CellFault, Column, FileFault, Line, List, MOST_TOLD, RowFault, atlas::Atlas, people::Change,
    },
    people::PersonId,
    teams::{Team, TeamId, TeamKind},
};
use sqlx_macros::FromRow;
use tokio::sync::mpsc;
use uuid::Uuid;

pub use reports::{Report, State, begin, fail, faults, finish, read, recent};

/// Rows in one statement: their values stay well below what either engine binds at once.
const AT_ONCE: usize = 500;

/// Some rows of a file, or why there are no more.
pub type Chunk = Result<Vec<Line>, FileFault>;

/// Begins to read the file, as often as it is asked.
pub type Open<'a> = &'a (dyn Fn() -> mpsc::Receiver<Chunk> + Send + Sync);

/// What is to be done with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// What it lists.
    pub list: List,
    /// Only say what would happen.
    pub dry_run: bool,
    /// Who hands it in; none on the command line.
    pub who: Option<PersonId>,
    /// When.
    pub at: Millis,
}

/// What became of a file, or would.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Rows that bring something new.
    pub added: u32,
    /// Rows that change something.
    pub changed: u32,
    /// Rows that say what the books say.
    pub same: u32,
    /// The first mistakes, in the order of the rows.
    pub faults: Vec<RowFault>,
    /// How many mistakes there are in all.
    pub fault_count: u32,
    /// Why it cannot be read at all.
    pub file_fault: Option<FileFault>,
}

impl Outcome {
    /// Nothing is wrong with the file.
    pub fn is_clean(&self) -> bool {
        self.fault_count == 0 && self.file_fault.is_none()
    }

    fn fault(&mut self, row: u32, column: Column, fault: CellFault) {
        self.fault_count += 1;
        if self.faults.len() < MOST_TOLD {
            self.faults.push(RowFault { row, column, fault });
        }
    }

    fn count<T>(&mut self, change: &Change<T>) {
        match change {
            Change::New(_) => self.added += 1,
            Change::Changed(_) => self.changed += 1,
            Change::Same => self.same += 1,
        }
    }
}

/// Brings a list in, or says what would happen or what is wrong with it.
///
/// # Errors
/// [`StoreError::Database`]; then nothing of it was written.
pub async fn run(db: &Db, order: &Order, open: Open<'_>) -> Result<Outcome, StoreError> {
    let mut tx = db.read().await?;
    let checked = pass(&mut tx, order, open, false).await?;
    drop(tx);
    if order.dry_run || !checked.is_clean() {
        return Ok(checked);
    }
    let mut tx = db.begin().await?;
    let done = pass(&mut tx, order, open, true).await?;
    // Dropped, the transaction leaves no trace.
    if done.is_clean() {
        let what = What::In(order.list, done.added + done.changed);
        data_log::note(&mut tx, what, order.who, order.at).await?;
        tx.commit().await?;
    }
    Ok(done)
}

/// Reads the file once from its beginning to its end.
async fn pass(
    tx: &mut Tx,
    order: &Order,
    open: Open<'_>,
    write: bool,
) -> Result<Outcome, StoreError> {
    let atlas = atlas(tx).await?;
    let chunks = open();
    let mut outcome = match order.list {
        List::Areas => areas::pass(tx, chunks, write).await?,
        List::Teams => teams::pass(tx, atlas, chunks, write).await?,
        List::Households => households::pass(tx, &atlas, chunks, write).await?,
        List::People => people::pass(tx, atlas, chunks, write.then_some(order.at)).await?,
    };
    outcome.faults.sort_by_key(|fault| fault.row);
    Ok(outcome)
}

/// Gathers the rows of a short list, the mistakes apart.
async fn gathered<T>(
    mut chunks: mpsc::Receiver<Chunk>,
    outcome: &mut Outcome,
    of: impl Fn(domain::imports::Row) -> Option<T>,
) -> Vec<(u32, T)> {
    let mut rows = vec![];
    while let Some(chunk) = chunks.recv().await {
        match chunk {
            Err(fault) => outcome.file_fault = Some(fault),
            Ok(lines) => {
                for line in lines {
                    match line.says {
                        Ok(row) => rows.extend(of(row).map(|row| (line.row, row))),
                        Err(faults) => faults
                            .into_iter()
                            .for_each(|(column, fault)| outcome.fault(line.row, column, fault)),
                    }
                }
            }
        }
    }
    rows
}

/// Every area of the books.
pub(crate) async fn all_areas(tx: &mut Tx) -> Result<Vec<Area>, StoreError> {
    let rows: Vec<AreaRow> = on!(tx, conn => {
        sqlx::query_as("select id, kind, parent, name, accepts_at_once from areas order by id")
            .fetch_all(conn)
            .await?
    });
    rows.into_iter().map(Area::try_from).collect()
}

/// The county as a list refers to it.
async fn atlas(tx: &mut Tx) -> Result<Atlas, StoreError> {
    let areas = all_areas(tx).await?;
    let rows: Vec<TeamRow> = on!(tx, conn => {
        sqlx::query_as("select id, kind, parent, area, number, name from teams")
            .fetch_all(conn)
            .await?
    });
    let teams: Vec<Team> = rows.into_iter().map(Team::try_from).collect::<Result<_, _>>()?;
    Ok(Atlas::new(areas, teams))
}

#[derive(FromRow)]
struct AreaRow {
    id: i64,
    kind: String,
    parent: Option<i64>,
    name: String,
    accepts_at_once: bool,
}

impl TryFrom<AreaRow> for Area {
    type Error = StoreError;

    fn try_from(row: AreaRow) -> Result<Self, StoreError> {
        let kind = AreaKind::from_key(&row.kind)
            .ok_or_else(|| StoreError::Corrupt(format!("areas: a kind {}", row.kind)))?;
        let AreaRow { id, parent, name, accepts_at_once, .. } = row;
        Ok(Self { id: AreaId(id), kind, parent: parent.map(AreaId), name, accepts_at_once })
    }
}

#[derive(FromRow)]
struct TeamRow {
    id: Uuid,
    kind: String,
    parent: Option<Uuid>,
    area: i64,
    number: i64,
    name: String,
}

impl TryFrom<TeamRow> for Team {
    type Error = StoreError;

    fn try_from(row: TeamRow) -> Result<Self, StoreError> {
        let kind = TeamKind::from_key(&row.kind)
            .ok_or_else(|| StoreError::Corrupt(format!("teams: a kind {}", row.kind)))?;
        Ok(Self {
            id: TeamId(row.id),
            kind,
            parent: row.parent.map(TeamId),
            area: AreaId(row.area),
            number: i32::try_from(row.number).unwrap_or_default(),
            name: row.name,
        })
    }
}
