//! What became of each file that was handed in on a page: counts and mistakes, nothing of what stood
//! in it.

use super::{Order, Outcome};
use crate::{Db, StoreError};
use domain::{
    Millis,
    clock::MINUTE,
    imports::{Column, List, RowFault},
};
use sqlx::QueryBuilder;
use sqlx_macros::FromRow;
use uuid::Uuid;

/// A run that is longer under way than this was broken off: its transaction left no trace.
const LONGEST: Millis = 60 * MINUTE;

/// How far a file has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is being read.
    Running,
    /// All of it is in the books, or a dry run found nothing wrong.
    Done,
    /// Something is wrong with it; nothing was written.
    Refused,
    /// Something broke on our side; nothing was written.
    Failed,
}

impl State {
    const fn key(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Failed => "failed",
        }
    }
}

/// A file that was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Its key.
    pub id: Uuid,
    /// What it lists.
    pub list: List,
    /// Only said what would happen.
    pub dry_run: bool,
    /// When it was handed in.
    pub at: Millis,
    /// Surname and title of who handed it in.
    pub who: Option<String>,
    /// How far it has come.
    pub state: State,
    /// Counts, without the mistakes themselves.
    pub outcome: Outcome,
}

/// Notes that a file is being read.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn begin(db: &Db, order: &Order) -> Result<Uuid, StoreError> {
    let id = Uuid::now_v7();
    let mut tx = db.begin().await?;
    on!(&mut tx, conn => {
        sqlx::query(
            "insert into imports (id, list, dry_run, at, who, state) values ($1, $2, $3, $4, $5, 'running')",
        )
        .bind(id)
        .bind(order.list.key())
        .bind(order.dry_run)
        .bind(order.at)
        .bind(order.who.map(|who| who.0))
        .execute(conn)
        .await?;
    });
    tx.commit().await?;
    Ok(id)
}

/// Notes what became of it.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn finish(db: &Db, id: Uuid, outcome: &Outcome) -> Result<(), StoreError> {
    let state = if outcome.is_clean() { State::Done } else { State::Refused };
    let file_fault = outcome.file_fault.as_ref().map(to_json).transpose()?;
    let faults: Vec<(i64, &RowFault, String)> = (0..)
        .zip(&outcome.faults)
        .map(|(seq, one)| Ok((seq, one, to_json(&one.fault)?)))
        .collect::<Result<_, StoreError>>()?;
    let mut tx = db.begin().await?;
    on!(&mut tx, conn => {
        sqlx::query(
            "update imports set state = $2, added = $3, changed = $4, same = $5, faults = $6,
                    file_fault = $7 where id = $1",
        )
        .bind(id)
        .bind(state.key())
        .bind(i64::from(outcome.added))
        .bind(i64::from(outcome.changed))
        .bind(i64::from(outcome.same))
        .bind(i64::from(outcome.fault_count))
        .bind(file_fault)
        .execute(conn)
        .await?;
    });
    for faults in faults.chunks(super::AT_ONCE) {
        on!(&mut tx, conn => {
            let mut text =
                QueryBuilder::new("insert into import_faults (import, seq, line, col, fault) ");
            text.push_values(faults, |mut row, (seq, one, fault)| {
                row.push_bind(id)
                    .push_bind(*seq)
                    .push_bind(i64::from(one.row))
                    .push_bind(one.column.key())
                    .push_bind(fault.as_str());
            });
            text.build().execute(conn).await?;
        });
    }
    tx.commit().await
}

/// Notes that something broke on our side.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn fail(db: &Db, id: Uuid) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    on!(&mut tx, conn => {
        sqlx::query("update imports set state = 'failed' where id = $1")
            .bind(id)
            .execute(conn)
            .await?;
    });
    tx.commit().await
}

/// A file that was handed in, as of `now`.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn read(db: &Db, id: Uuid, now: Millis) -> Result<Report, StoreError> {
    let mut tx = db.read().await?;
    let row: ReportRow = on!(&mut tx, conn => {
        sqlx::query_as(
            "select i.id, i.list, i.dry_run, i.at, w.surname || w.title as who, i.state, i.added,
                    i.changed, i.same, i.faults, i.file_fault
             from imports i left join people w on w.id = i.who where i.id = $1",
        )
        .bind(id)
        .fetch_one(conn)
        .await?
    });
    row.report(now)
}

/// The files that were handed in last, the newest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn recent(db: &Db, most: i64, now: Millis) -> Result<Vec<Report>, StoreError> {
    let mut tx = db.read().await?;
    let rows: Vec<ReportRow> = on!(&mut tx, conn => {
        sqlx::query_as(
            "select i.id, i.list, i.dry_run, i.at, w.surname || w.title as who, i.state, i.added,
                    i.changed, i.same, i.faults, i.file_fault
             from imports i left join people w on w.id = i.who order by i.at desc, i.id desc limit $1",
        )
        .bind(most)
        .fetch_all(conn)
        .await?
    });
    rows.into_iter().map(|row| row.report(now)).collect()
}

/// The mistakes of a file, in the order of its rows.
///
/// # Errors
/// [`StoreError::Database`], [`StoreError::Corrupt`].
pub async fn faults(db: &Db, id: Uuid, most: i64) -> Result<Vec<RowFault>, StoreError> {
    let mut tx = db.read().await?;
    let rows: Vec<(i64, String, String)> = on!(&mut tx, conn => {
        sqlx::query_as(
            "select line, col, fault from import_faults where import = $1 order by seq limit $2",
        )
        .bind(id)
        .bind(most)
        .fetch_all(conn)
        .await?
    });
    let one = |(line, col, fault): (i64, String, String)| {
        let corrupt = || StoreError::Corrupt(format!("import_faults: {col} {fault}"));
        Ok(RowFault {
            row: u32::try_from(line).map_err(|_| corrupt())?,
            column: Column::from_key(&col).ok_or_else(corrupt)?,
            fault: serde_json::from_str(&fault).map_err(|_| corrupt())?,
        })
    };
    rows.into_iter().map(one).collect()
}

fn to_json(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Corrupt(error.to_string()))
}

#[derive(FromRow)]
struct ReportRow {
    id: Uuid,
    list: String,
    dry_run: bool,
    at: i64,
    who: Option<String>,
    state: String,
    added: i64,
    changed: i64,
    same: i64,
    faults: i64,
    file_fault: Option<String>,
}

impl ReportRow {
    fn report(self, now: Millis) -> Result<Report, StoreError> {
        let corrupt = |what: &str| StoreError::Corrupt(format!("imports: {what}"));
        let state = match self.state.as_str() {
            "running" if self.at + LONGEST < now => State::Failed,
            "running" => State::Running,
            "done" => State::Done,
            "refused" => State::Refused,
            "failed" => State::Failed,
            other => return Err(corrupt(other)),
        };
        let count = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
        let file_fault = self.file_fault.as_deref().map(serde_json::from_str).transpose();
        Ok(Report {
            id: self.id,
            list: List::from_key(&self.list).ok_or_else(|| corrupt(&self.list))?,
            dry_run: self.dry_run,
            at: self.at,
            who: self.who,
            state,
            outcome: Outcome {
                added: count(self.added),
                changed: count(self.changed),
                same: count(self.same),
                faults: vec![],
                fault_count: count(self.faults),
                file_fault: file_fault.map_err(|_| corrupt("a fault"))?,
            },
        })
    }
}
