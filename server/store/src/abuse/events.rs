//! Who reported, decided, blocked, appealed and heard, in a chain of hashes. Of words it holds the
//! hash: the words can be erased.

use crate::{
    StoreError, Tx,
    chain::{self, Chain, text_hash},
    history::Checked,
};
use domain::{Millis, people::PersonId};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Somebody reported somebody.
    Reported,
    /// A report was decided.
    Decided,
    /// Somebody was blocked.
    Blocked,
    /// Who is blocked said a word against it.
    Appealed,
    /// That was decided.
    Heard,
}

impl What {
    const fn key(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Decided => "decided",
            Self::Blocked => "blocked",
            Self::Appealed => "appealed",
            Self::Heard => "heard",
        }
    }
}

/// An event to be written down.
#[derive(Debug)]
pub struct Event<'a> {
    pub at: Millis,
    pub who: PersonId,
    pub what: What,
    pub about: PersonId,
    pub report: Option<Uuid>,
    pub block: Option<Uuid>,
    /// The key of the reason or the outcome.
    pub detail: &'a str,
    pub words: Option<&'a str>,
}

/// Writes an event down. Call it last in the transaction: writers queue here.
pub async fn note(tx: &mut Tx, event: Event<'_>) -> Result<(), StoreError> {
    let row = Row {
        seq: 0,
        at: event.at,
        who: event.who.0,
        what: event.what.key().to_owned(),
        about: event.about.0,
        report: event.report,
        block: event.block,
        detail: Some(event.detail.to_owned()),
        words_hash: event.words.map(text_hash),
        prev: String::new(),
        hash: String::new(),
    };
    let link = chain::append(tx, Chain::Abuse, &row.fields()).await?;
    on!(tx, conn => {
        sqlx::query(
            "insert into abuse_events (seq, at, who, what, about, report, block, detail, words_hash, prev, hash)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .bind(link.seq)
        .bind(row.at)
        .bind(row.who)
        .bind(&row.what)
        .bind(row.about)
        .bind(row.report)
        .bind(row.block)
        .bind(&row.detail)
        .bind(&row.words_hash)
        .bind(&link.prev)
        .bind(&link.hash)
        .execute(conn)
        .await?;
    });
    Ok(())
}

/// A row as the books hold it.
#[derive(FromRow)]
struct Row {
    seq: i64,
    at: Millis,
    who: Uuid,
    what: String,
    about: Uuid,
    report: Option<Uuid>,
    block: Option<Uuid>,
    detail: Option<String>,
    words_hash: Option<String>,
    prev: String,
    hash: String,
}

impl Row {
    /// What the hash covers.
    fn fields(&self) -> Vec<Option<String>> {
        vec![
            Some(self.at.to_string()),
            Some(self.who.to_string()),
            Some(self.what.clone()),
            Some(self.about.to_string()),
            self.report.map(|id| id.to_string()),
            self.block.map(|id| id.to_string()),
            self.detail.clone(),
            self.words_hash.clone(),
        ]
    }
}

/// The next links of the chain, ready to be checked.
pub(crate) async fn links(tx: &mut Tx, after: i64) -> Result<Vec<Checked>, StoreError> {
    let rows: Vec<Row> = on!(tx, conn => {
        sqlx::query_as(
            "select seq, at, who, what, about, report, block, detail, words_hash, prev, hash
             from abuse_events where seq > $1 order by seq limit 1000",
        )
        .bind(after)
        .fetch_all(conn)
        .await?
    });
    let checked = |row: Row| Checked {
        fields: row.fields(),
        seq: row.seq,
        prev: row.prev,
        hash: row.hash,
        note_holds: true,
    };
    Ok(rows.into_iter().map(checked).collect())
}
