//! Every change of the trees and the doors, in a chain of hashes.

use crate::{
    StoreError, Tx,
    chain::{self, Chain},
};
use domain::{
    Millis,
    organisation::{Key, Why},
    people::PersonId,
};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// What happened to something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Add,
    Rename,
    Move,
    Merge,
    Close,
    Point,
    AddDoors,
    ChangeDoor,
    MoveDoor,
    RemoveDoor,
}

impl What {
    const fn key(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Rename => "rename",
            Self::Move => "move",
            Self::Merge => "merge",
            Self::Close => "close",
            Self::Point => "point",
            Self::AddDoors => "add_doors",
            Self::ChangeDoor => "change_door",
            Self::MoveDoor => "move_door",
            Self::RemoveDoor => "remove_door",
        }
    }
}

/// A change to be written down.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub what: What,
    pub of: Key,
    pub into: Option<Key>,
    pub detail: Option<&'a str>,
    pub reason: Option<&'a Reason>,
}

/// Why something was done: the typed reason, and words beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// One of the list.
    pub why: Why,
    /// The decision's number, or what else is to be known.
    pub note: Option<String>,
}

/// A line of the history of an area or a team.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Event {
    /// When.
    pub at: Millis,
    /// Surname and title of who did it.
    pub who: String,
    /// What: a key of the list in the tables.
    pub what: String,
    /// The name of what it was done to.
    pub name: Option<String>,
    /// The name of where it went.
    pub went: Option<String>,
    /// The name before, the doors.
    pub detail: Option<String>,
    /// The key of the typed reason.
    pub reason: Option<String>,
    /// Words beside it.
    pub note: Option<String>,
}

#[derive(FromRow)]
pub(crate) struct Row {
    pub seq: i64,
    at: Millis,
    who: Uuid,
    what: String,
    area: Option<i64>,
    team: Option<Uuid>,
    into_area: Option<i64>,
    into_team: Option<Uuid>,
    detail: Option<String>,
    reason: Option<String>,
    note: Option<String>,
    pub prev: String,
    pub hash: String,
}

impl Row {
    /// What the hash covers.
    pub fn fields(&self) -> Vec<Option<String>> {
        vec![
            Some(self.at.to_string()),
            Some(self.who.to_string()),
            Some(self.what.clone()),
            self.area.map(|id| id.to_string()),
            self.team.map(|id| id.to_string()),
            self.into_area.map(|id| id.to_string()),
            self.into_team.map(|id| id.to_string()),
            self.detail.clone(),
            self.reason.clone(),
            self.note.clone(),
        ]
    }
}

/// Writes a change down. Call it last in the transaction: writers queue here.
pub(super) async fn note(
    tx: &mut Tx,
    entry: Entry<'_>,
    who: PersonId,
    at: Millis,
) -> Result<(), StoreError> {
    let (area, team) = halves(Some(entry.of));
    let (into_area, into_team) = halves(entry.into);
    let mut row = Row {
        seq: 0,
        at,
        who: who.0,
        what: entry.what.key().to_owned(),
        area,
        team,
        into_area,
        into_team,
        detail: entry.detail.map(str::to_owned),
        reason: entry.reason.map(|reason| reason.why.key().to_owned()),
        note: entry.reason.and_then(|reason| reason.note.clone()),
        prev: String::new(),
        hash: String::new(),
    };
    let link = chain::append(tx, Chain::Organisation, &row.fields()).await?;
    (row.seq, row.prev, row.hash) = (link.seq, link.prev, link.hash);
    on!(tx, conn => {
        sqlx::query(
            "insert into organisation_events (seq, at, who, what, area, team, into_area, into_team, detail,
                    reason, note, prev, hash)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        )
        .bind(row.seq)
        .bind(row.at)
        .bind(row.who)
        .bind(&row.what)
        .bind(row.area)
        .bind(row.team)
        .bind(row.into_area)
        .bind(row.into_team)
        .bind(&row.detail)
        .bind(&row.reason)
        .bind(&row.note)
        .bind(&row.prev)
        .bind(&row.hash)
        .execute(conn)
        .await?;
    });
    Ok(())
}

const fn halves(key: Option<Key>) -> (Option<i64>, Option<Uuid>) {
    match key {
        None => (None, None),
        Some(Key::Area(area)) => (Some(area.0), None),
        Some(Key::Team(team)) => (None, Some(team.0)),
    }
}

/// The next links of the chain, for `audit verify`.
pub(crate) async fn links(tx: &mut Tx, after: i64) -> Result<Vec<Row>, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_as(
            "select seq, at, who, what, area, team, into_area, into_team, detail, reason, note, prev, hash
             from organisation_events where seq > $1 order by seq limit 1000",
        )
        .bind(after)
        .fetch_all(conn)
        .await?
    }))
}

/// What happened to an area or a team, and what came into it; the newest first.
pub(super) async fn of(tx: &mut Tx, key: Key, most: i64) -> Result<Vec<Event>, StoreError> {
    let text = match key {
        Key::Area(_) => {
            "select e.at, p.surname || p.title as who, e.what, a.name, i.name as went, e.detail, e.reason, e.note
             from organisation_events e
             join people p on p.id = e.who
             left join areas a on a.id = e.area
             left join areas i on i.id = e.into_area
             where e.area = $1 or e.into_area = $1 order by e.seq desc limit $2"
        }
        Key::Team(_) => {
            "select e.at, p.surname || p.title as who, e.what, t.name, i.name as went, e.detail, e.reason, e.note
             from organisation_events e
             join people p on p.id = e.who
             left join teams t on t.id = e.team
             left join teams i on i.id = e.into_team
             where e.team = $1 or e.into_team = $1 order by e.seq desc limit $2"
        }
    };
    Ok(on!(tx, conn => {
        super::bind_key!(sqlx::query_as(text), key).bind(most).fetch_all(conn).await?
    }))
}
