//! Whether the chains of the books are whole.

use super::{Row, look_fields};
use crate::{
    Db, StoreError, Tx,
    abuse::events,
    chain::{self, Chain, text_hash},
    credentials, data_log, organisation, volunteers,
};
use domain::Millis;
use uuid::Uuid;

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

/// Walks every chain from its first row.
///
/// # Errors
/// [`StoreError::Database`] only; what does not hold is a [`Verdict`].
pub async fn verify(db: &Db) -> Result<Verdict, StoreError> {
    let mut tx = db.read().await?;
    let mut rows = 0;
    let mut newest = String::new();
    let chains = [
        Chain::Abuse,
        Chain::Access,
        Chain::Credentials,
        Chain::Volunteers,
        Chain::Organisation,
        Chain::Data,
        Chain::History,
    ];
    for chain in chains {
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
    /// A row with a note that can be erased: an erased one leaves its hash behind, one without a hash
    /// was slipped in.
    pub(crate) fn with_note(
        seq: i64,
        prev: String,
        hash: String,
        fields: Vec<Option<String>>,
        note: Option<&str>,
        note_hash: Option<&str>,
    ) -> Self {
        let note_holds = note.is_none_or(|note| note_hash == Some(text_hash(note).as_str()));
        Self { seq, prev, hash, fields, note_holds }
    }

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
        Chain::Volunteers => volunteers::links(tx, after).await?,
        Chain::Organisation => {
            let rows = organisation::events::links(tx, after).await?;
            rows.into_iter().map(Checked::from).collect()
        }
        Chain::Data => data_log::links(tx, after).await?,
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

impl From<organisation::events::Row> for Checked {
    fn from(row: organisation::events::Row) -> Self {
        Self {
            seq: row.seq,
            fields: row.fields(),
            prev: row.prev,
            hash: row.hash,
            note_holds: true,
        }
    }
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
