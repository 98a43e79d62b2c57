//! Every move of a membership, and every look at what a volunteer wrote, in a chain of hashes.

use crate::{
    StoreError, Tx,
    chain::{self, Chain, text_hash},
    history::Checked,
};
use domain::{Millis, people::PersonId, teams::TeamId};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// Somebody in charge looked at the phone of a volunteer and at what they wrote.
pub(crate) const LOOK: &str = "look";

/// A line of a volunteer's history.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Event {
    /// When.
    pub at: Millis,
    /// The key of the move; `look` for a look.
    pub mv: String,
    /// The team, in words.
    pub team: Option<String>,
    /// Surname and title of who made it.
    pub who: String,
    /// The key of the typed reason.
    pub reason: Option<String>,
    /// A word beside it.
    pub note: Option<String>,
}

/// Something to be written down.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub person: PersonId,
    pub team: Option<TeamId>,
    pub at: Millis,
    pub who: PersonId,
    pub mv: &'a str,
    pub reason: Option<&'a str>,
    pub note: Option<&'a str>,
}

/// Writes an event down. Call it last in the transaction: writers queue here.
pub(super) async fn note(tx: &mut Tx, entry: Entry<'_>) -> Result<(), StoreError> {
    let row = Row {
        seq: 0,
        person: entry.person.0,
        team: entry.team.map(|team| team.0),
        at: entry.at,
        who: entry.who.0,
        mv: entry.mv.to_owned(),
        reason: entry.reason.map(str::to_owned),
        note: entry.note.map(str::to_owned),
        note_hash: entry.note.map(text_hash),
        prev: String::new(),
        hash: String::new(),
    };
    let link = chain::append(tx, Chain::Volunteers, &row.fields()).await?;
    on!(tx, conn => {
        sqlx::query(
            "insert into volunteer_events (seq, person, team, at, who, move, reason, note, note_hash, prev, hash)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .bind(link.seq)
        .bind(row.person)
        .bind(row.team)
        .bind(row.at)
        .bind(row.who)
        .bind(&row.mv)
        .bind(&row.reason)
        .bind(&row.note)
        .bind(&row.note_hash)
        .bind(&link.prev)
        .bind(&link.hash)
        .execute(conn)
        .await?;
    });
    Ok(())
}

/// What happened to a volunteer, the newest first.
pub(super) async fn of(tx: &mut Tx, person: PersonId, most: i64) -> Result<Vec<Event>, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_as(
            "select e.at, e.move as mv, t.name as team, w.surname || w.title as who, e.reason, e.note
             from volunteer_events e
             join people w on w.id = e.who
             left join teams t on t.id = e.team
             where e.person = $1 order by e.seq desc limit $2",
        )
        .bind(person.0)
        .bind(most)
        .fetch_all(conn)
        .await?
    }))
}

/// The next rows of the chain, ready to be checked.
pub(crate) async fn links(tx: &mut Tx, after: i64) -> Result<Vec<Checked>, StoreError> {
    let rows: Vec<Row> = on!(tx, conn => {
        sqlx::query_as(
            "select seq, person, team, at, who, move as mv, reason, note, note_hash, prev, hash
             from volunteer_events where seq > $1 order by seq limit 1000",
        )
        .bind(after)
        .fetch_all(conn)
        .await?
    });
    Ok(rows.into_iter().map(Row::checked).collect())
}

/// A row as the books hold it.
#[derive(FromRow)]
struct Row {
    seq: i64,
    person: Uuid,
    team: Option<Uuid>,
    at: Millis,
    who: Uuid,
    mv: String,
    reason: Option<String>,
    note: Option<String>,
    note_hash: Option<String>,
    prev: String,
    hash: String,
}

impl Row {
    /// What the hash covers.
    fn fields(&self) -> Vec<Option<String>> {
        vec![
            Some(self.person.to_string()),
            self.team.map(|id| id.to_string()),
            Some(self.at.to_string()),
            Some(self.who.to_string()),
            Some(self.mv.clone()),
            self.reason.clone(),
            self.note_hash.clone(),
        ]
    }

    fn checked(self) -> Checked {
        let fields = self.fields();
        let (seq, prev, hash) = (self.seq, self.prev, self.hash);
        Checked::with_note(seq, prev, hash, fields, self.note.as_deref(), self.note_hash.as_deref())
    }
}
