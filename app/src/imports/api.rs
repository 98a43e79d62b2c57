//! The server functions of lists: what was handed in, what became of it, who took what away.

use crate::{
    error::AppError,
    session::{may, services},
};
use domain::{
    Millis,
    imports::{FileFault, List, RowFault},
    permissions::{Act, Subject, can},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use store::{
    data_log::{Entry, What},
    imports::{Report as Kept, State},
};
use uuid::Uuid;

/// Mistakes that are told on the page.
const TOLD: i64 = 200;
/// Lines of the log on one page.
const PAGE: usize = 50;

/// How far a file has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// It is being read.
    Running,
    /// All of it is in the books, or a dry run found nothing wrong.
    Done,
    /// Something is wrong with it; nothing was written.
    Refused,
    /// Something broke on our side; nothing was written.
    Failed,
}

/// A file that was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportLine {
    /// Its key.
    pub id: Uuid,
    /// What it lists.
    pub list: List,
    /// Only said what would happen.
    pub dry_run: bool,
    /// When.
    pub at: Millis,
    /// Surname and title of who handed it in; none on the command line.
    pub who: Option<String>,
    /// How far it has come.
    pub stage: Stage,
    /// New rows, changed rows, rows as before, mistakes.
    pub counts: [u32; 4],
    /// Why it could not be read at all.
    pub file_fault: Option<FileFault>,
}

/// The page of lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListsView {
    /// The present moment.
    pub now: Millis,
    /// Whether the reader brings lists in.
    pub may_import: bool,
    /// The files that were handed in last.
    pub recent: Vec<ReportLine>,
}

/// What the reader may bring in and take out.
///
/// # Errors
/// [`AppError::SignInFirst`], [`AppError::NotAllowed`] for who works for no unit.
#[server(endpoint = "imports")]
pub async fn lists() -> Result<ListsView, AppError> {
    let who = may(Act::Export, Subject::House).await?;
    let services = services();
    let now = services.now();
    let may_import = can(Some(&who), Act::Import, Subject::House).is_ok();
    let recent = match may_import {
        true => store::imports::recent(&services.db, 10, now).await?,
        false => vec![],
    };
    Ok(ListsView { now, may_import, recent: recent.into_iter().map(ReportLine::from).collect() })
}

/// A file with its mistakes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportView {
    /// The present moment.
    pub now: Millis,
    /// What became of it.
    pub report: ReportLine,
    /// The first mistakes.
    pub faults: Vec<RowFault>,
}

/// What became of a file.
///
/// # Errors
/// [`AppError::NotAllowed`] for who does not work for the centre, [`AppError::NotFound`].
#[server(endpoint = "imports/read")]
pub async fn report(
    /// Its key.
    id: String,
) -> Result<ReportView, AppError> {
    may(Act::Import, Subject::House).await?;
    let id: Uuid = id.parse().map_err(|_| AppError::NotFound)?;
    let services = services();
    let now = services.now();
    let report = store::imports::read(&services.db, id, now).await?;
    let faults = store::imports::faults(&services.db, id, TOLD).await?;
    Ok(ReportView { now, report: report.into(), faults })
}

impl From<Kept> for ReportLine {
    fn from(report: Kept) -> Self {
        let outcome = report.outcome;
        Self {
            id: report.id,
            list: report.list,
            dry_run: report.dry_run,
            at: report.at,
            who: report.who,
            stage: match report.state {
                State::Running => Stage::Running,
                State::Done => Stage::Done,
                State::Refused => Stage::Refused,
                State::Failed => Stage::Failed,
            },
            counts: [outcome.added, outcome.changed, outcome.same, outcome.fault_count],
            file_fault: outcome.file_fault,
        }
    }
}

/// What a line of the log says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Done {
    /// Opened somebody's page: surname and title.
    Opened(String),
    /// Took out so many rows of a list.
    Out(List, u32),
    /// Brought in so many rows of a list.
    In(List, u32),
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    /// When.
    pub at: Millis,
    /// Surname and title of who did it; none on the command line.
    pub who: Option<String>,
    /// What.
    pub done: Done,
}

/// A page of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogView {
    /// The present moment.
    pub now: Millis,
    /// The newest first.
    pub lines: Vec<LogLine>,
    /// Where the next page begins, when there is one.
    pub more: Option<i64>,
}

/// Who opened whom, and who took or brought what.
///
/// # Errors
/// [`AppError::NotAllowed`] for who does not work for the centre.
#[server(endpoint = "imports/log")]
pub async fn data_log(
    /// Only lines before this number.
    before: i64,
) -> Result<LogView, AppError> {
    may(Act::ReadLooks, Subject::House).await?;
    let services = services();
    let most = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut found = store::data_log::page(&services.db, before, most).await?;
    let longer = found.len() > PAGE;
    found.truncate(PAGE);
    let more = found.last().filter(|_| longer).map(|line| line.seq);
    let lines = found.into_iter().map(LogLine::from).collect();
    Ok(LogView { now: services.now(), lines, more })
}

impl From<Entry> for LogLine {
    fn from(entry: Entry) -> Self {
        let done = match entry.what {
            What::Opened(_) => Done::Opened(entry.person.unwrap_or_default()),
            What::Out(list, rows) => Done::Out(list, rows),
            What::In(list, rows) => Done::In(list, rows),
        };
        Self { at: entry.at, who: entry.who, done }
    }
}
