//! Every move of every request, in a chain of hashes: who, when, what, why.

#[cfg(test)]
mod tests;

use crate::{
    Db, StoreError, Tx,
    abuse::events,
    chain::{self, Chain, text_hash},
    credentials,
};
use domain::{
    Millis,
    people::PersonId,
    requests::{Move, RequestId, State},
};
use sqlx::FromRow;
use uuid::Uuid;

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

/// What `audit verify` found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was altered or left out.
    Whole {
        /// Rows in all chains.
        rows: u64,
        /// The hash of the newest move: note it elsewhere to prove later that nothing was cut off.
        head: String,
    },
    /// The first link that does not hold.
    Broken {
        /// Its number in its chain.
        seq: i64,
        /// The chain and what is wrong.
        why: String,
    },
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
                        and (po.until is null or po.until > h.at)) then w.surname end as captain
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

/// Walks every chain from its first row.
///
/// # Errors
/// [`StoreError::Database`] only; what does not hold is a [`Verdict`].
pub async fn verify(db: &Db) -> Result<Verdict, StoreError> {
    let mut tx = db.read().await?;
    let mut rows = 0;
    let mut newest = String::new();
    for chain in [Chain::Abuse, Chain::Access, Chain::Credentials, Chain::History] {
        let (last, head) = chain::head(&mut tx, chain).await?;
        let mut prev = String::new();
        let mut seq = 0;
        loop {
            let batch = links(&mut tx, chain, seq).await?;
            if batch.is_empty() {
                break;
            }
            for link in batch {
                if let Some(why) = link.fault(seq + 1, &prev) {
                    let why = format!("{}: {why}", chain.name());
                    return Ok(Verdict::Broken { seq: seq + 1, why });
                }
                seq = link.seq;
                prev = link.hash;
                rows += 1;
            }
        }
        if (seq, &prev) != (last, &head) {
            let why = format!("{}: the newest rows are missing", chain.name());
            return Ok(Verdict::Broken { seq: seq + 1, why });
        }
        newest = head;
    }
    Ok(Verdict::Whole { rows, head: newest })
}

/// A row of any chain, ready to be checked.
pub(crate) struct Checked {
    pub seq: i64,
    pub prev: String,
    pub hash: String,
    pub fields: Vec<Option<String>>,
    pub note_holds: bool,
}

impl Checked {
    fn fault(&self, seq: i64, prev: &str) -> Option<&'static str> {
        if self.seq != seq {
            Some("a row is missing")
        } else if self.prev != prev {
            Some("it does not follow the row before")
        } else if self.hash != chain::hash(prev, seq, &self.fields) {
            Some("the row was altered")
        } else if !self.note_holds {
            Some("the note was altered")
        } else {
            None
        }
    }
}

async fn links(tx: &mut Tx, chain: Chain, after: i64) -> Result<Vec<Checked>, StoreError> {
    Ok(match chain {
        Chain::History => {
            let rows: Vec<Row> = on!(tx, conn => {
                sqlx::query_as(
                    "select seq, request, at, who, move as mv, was, became, about, reason, note, note_hash, prev, hash
                     from history where seq > $1 order by seq limit 1000",
                )
                .bind(after)
                .fetch_all(conn)
                .await?
            });
            rows.into_iter().map(Row::checked).collect()
        }
        Chain::Credentials => credential_links(tx, after).await?,
        Chain::Abuse => events::links(tx, after).await?,
        Chain::Access => {
            let rows: Vec<(i64, Uuid, Millis, Uuid, String, String)> = on!(tx, conn => {
                sqlx::query_as(
                    "select seq, request, at, who, prev, hash
                     from access_log where seq > $1 order by seq limit 1000",
                )
                .bind(after)
                .fetch_all(conn)
                .await?
            });
            rows.into_iter()
                .map(|(seq, request, at, who, prev, hash)| Checked {
                    seq,
                    prev,
                    hash,
                    fields: look_fields(request, at, who),
                    note_holds: true,
                })
                .collect()
        }
    })
}

async fn credential_links(tx: &mut Tx, after: i64) -> Result<Vec<Checked>, StoreError> {
    let rows: Vec<(i64, Uuid, Millis, String, String, String)> = on!(tx, conn => {
        sqlx::query_as(
            "select seq, person, at, what, prev, hash
             from credential_events where seq > $1 order by seq limit 1000",
        )
        .bind(after)
        .fetch_all(conn)
        .await?
    });
    let checked = |(seq, person, at, what, prev, hash): (_, _, _, String, _, _)| {
        let fields = credentials::event_fields(person, at, &what);
        Checked { seq, prev, hash, fields, note_holds: true }
    };
    Ok(rows.into_iter().map(checked).collect())
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
        // An erased note leaves its hash behind; a note without a hash was slipped in.
        let note_holds = match (&self.note, &self.note_hash) {
            (Some(note), Some(hash)) => text_hash(note) == *hash,
            (Some(_), None) => false,
            (None, _) => true,
        };
        Checked { seq: self.seq, prev: self.prev, hash: self.hash, fields, note_holds }
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
            reason: row.reason,
            note: row.note,
        })
    }
}
