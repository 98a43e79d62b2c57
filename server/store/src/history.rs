//! Every move of every request, in a chain of hashes: who, when, what, why.

mod checking;
#[cfg(test)]
mod tests;

use crate::{
    StoreError, Tx,
    chain::{self, Chain, text_hash},
};
use domain::{
    Millis,
    people::PersonId,
    requests::{Move, RequestId, State},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

pub(crate) use checking::Checked;
pub use checking::{Verdict, verify};

/// One line of the history, as the timeline of a request shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Millis,
    /// The move; none is the filing itself.
    pub mv: Option<Move>,
    /// The state after it.
    pub became: State,
    /// Surname and title of who made it; none when the station's rule did.
    pub who: Option<String>,
    /// Who made it.
    pub by: Option<PersonId>,
    /// The surname of who made it, when they led a team at that time.
    pub captain: Option<String>,
    /// Surname and title of whom it was about.
    pub about: Option<String>,
    /// The surname of whom it was about, when they led a team at that time.
    pub about_captain: Option<String>,
    /// The key of the typed reason.
    pub reason: Option<String>,
    /// Words beside it.
    pub note: Option<String>,
}

/// A move to be written down.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    pub request: RequestId,
    pub at: Millis,
    pub who: Option<PersonId>,
    /// None for the filing.
    pub mv: Option<Move>,
    pub was: Option<State>,
    pub became: State,
    pub about: Option<PersonId>,
    pub reason: Option<&'a str>,
    pub note: Option<&'a str>,
}

/// The filing has no move of the table; the books call it this.
const SUBMIT: &str = "submit";

/// Writes a move down. Call it last in the transaction: writers queue here.
pub(crate) async fn note(tx: &mut Tx, entry: Entry<'_>) -> Result<(), StoreError> {
    let row = Row {
        seq: 0,
        request: entry.request.0,
        at: entry.at,
        who: entry.who.map(|who| who.0),
        mv: entry.mv.map_or(SUBMIT, Move::key).to_owned(),
        was: entry.was.map(|state| state.key().to_owned()),
        became: entry.became.key().to_owned(),
        about: entry.about.map(|about| about.0),
        reason: entry.reason.map(str::to_owned),
        note: entry.note.map(str::to_owned),
        note_hash: entry.note.map(text_hash),
        prev: String::new(),
        hash: String::new(),
    };
    let link = chain::append(tx, Chain::History, &row.fields()).await?;
    on!(tx, conn => {
        sqlx::query(
            "insert into history (seq, request, at, who, move, was, became, about, reason, note, note_hash, prev, hash)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        )
        .bind(link.seq)
        .bind(row.request)
        .bind(row.at)
        .bind(row.who)
        .bind(&row.mv)
        .bind(&row.was)
        .bind(&row.became)
        .bind(row.about)
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

/// Writes down that somebody looked at the contact data of a request.
pub(crate) async fn note_look(
    tx: &mut Tx,
    request: RequestId,
    who: PersonId,
    at: Millis,
) -> Result<(), StoreError> {
    let link = chain::append(tx, Chain::Access, &look_fields(request.0, at, who.0)).await?;
    on!(tx, conn => {
        sqlx::query(
            "insert into access_log (seq, request, at, who, prev, hash) values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(link.seq)
        .bind(request.0)
        .bind(at)
        .bind(who.0)
        .bind(&link.prev)
        .bind(&link.hash)
        .execute(conn)
        .await?;
    });
    Ok(())
}

/// The history of one request, oldest first.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row names a move or state that the rules do not know.
pub(crate) async fn of(tx: &mut Tx, request: RequestId) -> Result<Vec<Event>, StoreError> {
    let rows: Vec<EventRow> = on!(tx, conn => {
        sqlx::query_as(
            "select h.at, h.move as mv, h.became, h.reason, h.note,
                    h.who as by_id, w.surname || w.title as who, a.surname || a.title as about,
                    case when exists (select 1 from posts po where po.person = h.who
                        and po.kind = 'captain' and po.since <= h.at
                        and (po.until is null or po.until > h.at)) then w.surname end as captain,
                    case when h.move = 'raise' and exists (select 1 from posts po
                        where po.person = h.about and po.kind = 'captain' and po.since <= h.at
                        and (po.until is null or po.until > h.at)) then a.surname end as about_captain
             from history h
             left join people w on w.id = h.who
             left join people a on a.id = h.about
             where h.request = $1 order by h.seq",
        )
        .bind(request.0)
        .fetch_all(conn)
        .await?
    });
    rows.into_iter().map(Event::try_from).collect()
}

fn look_fields(request: Uuid, at: Millis, who: Uuid) -> Vec<Option<String>> {
    vec![Some(request.to_string()), Some(at.to_string()), Some(who.to_string())]
}

/// A row as the books hold it.
#[derive(FromRow)]
struct Row {
    seq: i64,
    request: Uuid,
    at: Millis,
    who: Option<Uuid>,
    mv: String,
    was: Option<String>,
    became: String,
    about: Option<Uuid>,
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
            Some(self.request.to_string()),
            Some(self.at.to_string()),
            self.who.map(|id| id.to_string()),
            Some(self.mv.clone()),
            self.was.clone(),
            Some(self.became.clone()),
            self.about.map(|id| id.to_string()),
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

#[derive(FromRow)]
struct EventRow {
    at: Millis,
    mv: String,
    became: String,
    reason: Option<String>,
    note: Option<String>,
    by_id: Option<Uuid>,
    who: Option<String>,
    captain: Option<String>,
    about: Option<String>,
    about_captain: Option<String>,
}

impl TryFrom<EventRow> for Event {
    type Error = StoreError;

    fn try_from(row: EventRow) -> Result<Self, StoreError> {
        let mv = Move::from_key(&row.mv);
        if mv.is_none() && row.mv != SUBMIT {
            return Err(StoreError::Corrupt(format!("history: a move {}", row.mv)));
        }
        let became = State::from_key(&row.became)
            .ok_or_else(|| StoreError::Corrupt(format!("history: a state {}", row.became)))?;
        Ok(Self {
            at: row.at,
            mv,
            became,
            who: row.who,
            by: row.by_id.map(PersonId),
            captain: row.captain,
            about: row.about,
            about_captain: row.about_captain,
            reason: row.reason,
            note: row.note,
        })
    }
}
