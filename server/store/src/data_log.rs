//! The log of data in bulk: who opened a person, who took a list away, who brought one in. A chain
//! like that of the looks at requests: rows are never changed and never deleted.

use crate::{
    Db, StoreError, Tx,
    chain::{self, Chain},
    history::Checked,
};
use domain::{Millis, imports::List, people::PersonId};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The page of a person was opened.
    Opened(PersonId),
    /// So many rows of a list went out.
    Out(List, u32),
    /// So many rows of a list came in.
    In(List, u32),
}

impl What {
    const fn key(self) -> &'static str {
        match self {
            Self::Opened(_) => "person_opened",
            Self::Out(List::Areas, _) => "areas_out",
            Self::Out(List::Teams, _) => "teams_out",
            Self::Out(List::Households, _) => "households_out",
            Self::Out(List::People, _) => "people_out",
            Self::In(List::Areas, _) => "areas_in",
            Self::In(List::Teams, _) => "teams_in",
            Self::In(List::Households, _) => "households_in",
            Self::In(List::People, _) => "people_in",
        }
    }

    /// What the books call `key`.
    fn read(row: &LogRow) -> Option<Self> {
        if let Some(person) = row.person {
            return (row.what == "person_opened").then_some(Self::Opened(PersonId(person)));
        }
        let lines = u32::try_from(row.lines.unwrap_or_default()).unwrap_or(u32::MAX);
        let lists = List::ALL.iter();
        let mut all = lists.flat_map(|list| [Self::Out(*list, lines), Self::In(*list, lines)]);
        all.find(|one| one.key() == row.what)
    }
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number, which never has a gap.
    pub seq: i64,
    /// When.
    pub at: Millis,
    /// Surname and title of who did it; none on the command line.
    pub who: Option<String>,
    /// What.
    pub what: What,
    /// Surname and title of who was opened.
    pub person: Option<String>,
}

/// Writes a line. Call it last in the transaction: writers queue here.
pub(crate) async fn note(
    tx: &mut Tx,
    what: What,
    who: Option<PersonId>,
    at: Millis,
) -> Result<(), StoreError> {
    let (person, lines) = match what {
        What::Opened(person) => (Some(person.0), None),
        What::Out(_, lines) | What::In(_, lines) => (None, Some(i64::from(lines))),
    };
    let who = who.map(|who| who.0);
    let fields = fields(at, who, what.key(), person, lines);
    let link = chain::append(tx, Chain::Data, &fields).await?;
    on!(tx, conn => {
        sqlx::query(
            "insert into data_log (seq, at, who, what, person, lines, prev, hash)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(link.seq)
        .bind(at)
        .bind(who)
        .bind(what.key())
        .bind(person)
        .bind(lines)
        .bind(&link.prev)
        .bind(&link.hash)
        .execute(conn)
        .await?;
    });
    Ok(())
}

/// The log, the newest first.
///
/// # Errors
/// [`StoreError::Database`], [`StoreError::Corrupt`].
pub async fn page(db: &Db, before: i64, most: i64) -> Result<Vec<Entry>, StoreError> {
    let mut tx = db.read().await?;
    let rows: Vec<LogRow> = on!(&mut tx, conn => {
        sqlx::query_as(
            "select l.seq, l.at, w.surname || w.title as who, l.what, l.person, l.lines,
                    p.surname || p.title as called
             from data_log l
             left join people w on w.id = l.who
             left join people p on p.id = l.person
             where l.seq < $1 order by l.seq desc limit $2",
        )
        .bind(before)
        .bind(most)
        .fetch_all(conn)
        .await?
    });
    rows.into_iter().map(Entry::try_from).collect()
}

/// Who opened a person's page, themselves apart, the newest first.
///
/// # Errors
/// [`StoreError::Database`], [`StoreError::Corrupt`].
pub async fn of_person(db: &Db, person: PersonId, most: i64) -> Result<Vec<Entry>, StoreError> {
    let mut tx = db.read().await?;
    let rows: Vec<LogRow> = on!(&mut tx, conn => {
        sqlx::query_as(
            "select l.seq, l.at, w.surname || w.title as who, l.what, l.person, l.lines,
                    cast(null as text) as called
             from data_log l join people w on w.id = l.who
             where l.person = $1 and l.who <> $1 order by l.seq desc limit $2",
        )
        .bind(person.0)
        .bind(most)
        .fetch_all(conn)
        .await?
    });
    rows.into_iter().map(Entry::try_from).collect()
}

/// The rows after a number, ready to be checked.
pub(crate) async fn links(tx: &mut Tx, after: i64) -> Result<Vec<Checked>, StoreError> {
    let rows: Vec<LinkRow> = on!(tx, conn => {
        sqlx::query_as(
            "select seq, at, who, what, person, lines, prev, hash
             from data_log where seq > $1 order by seq limit 1000",
        )
        .bind(after)
        .fetch_all(conn)
        .await?
    });
    let checked = |row: LinkRow| Checked {
        seq: row.seq,
        prev: row.prev,
        hash: row.hash,
        fields: fields(row.at, row.who, &row.what, row.person, row.lines),
        note_holds: true,
    };
    Ok(rows.into_iter().map(checked).collect())
}

/// What the hash covers.
fn fields(
    at: Millis,
    who: Option<Uuid>,
    what: &str,
    person: Option<Uuid>,
    lines: Option<i64>,
) -> Vec<Option<String>> {
    vec![
        Some(at.to_string()),
        who.map(|who| who.to_string()),
        Some(what.to_owned()),
        person.map(|person| person.to_string()),
        lines.map(|lines| lines.to_string()),
    ]
}

#[derive(FromRow)]
struct LinkRow {
    seq: i64,
    at: Millis,
    who: Option<Uuid>,
    what: String,
    person: Option<Uuid>,
    lines: Option<i64>,
    prev: String,
    hash: String,
}

#[derive(FromRow)]
struct LogRow {
    seq: i64,
    at: Millis,
    who: Option<String>,
    what: String,
    person: Option<Uuid>,
    lines: Option<i64>,
    called: Option<String>,
}

impl TryFrom<LogRow> for Entry {
    type Error = StoreError;

    fn try_from(row: LogRow) -> Result<Self, StoreError> {
        let what = What::read(&row)
            .ok_or_else(|| StoreError::Corrupt(format!("data_log: a line {}", row.what)))?;
        Ok(Self { seq: row.seq, at: row.at, who: row.who, what, person: row.called })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        example::{by_hand, granny, now, resident},
        history::{Verdict, verify},
    };

    both_engines! {
        async fn what_was_done_is_read_again_and_cannot_be_altered_unseen(db: Db) {
            let (granny, clerk) = (granny(&db).await, resident(&db, 1).await);
            let done = [What::Opened(granny.id), What::Out(List::People, 7), What::In(List::Areas, 0)];
            for what in done {
                let mut tx = db.begin().await.unwrap();
                note(&mut tx, what, Some(clerk.id), now()).await.unwrap();
                tx.commit().await.unwrap();
            }
            let mut tx = db.begin().await.unwrap();
            note(&mut tx, What::In(List::Teams, 2), None, now()).await.unwrap();
            tx.commit().await.unwrap();

            let log = page(&db, i64::MAX, 9).await.unwrap();
            let whole = verify(&db).await.unwrap();
            by_hand!(&db, "update data_log set lines = 3 where seq = 2");
            let broken = verify(&db).await.unwrap();

            let what: Vec<_> = log.iter().rev().map(|one| one.what).collect();
            assert_eq!(what, [done[0], done[1], done[2], What::In(List::Teams, 2)]);
            assert_eq!((log[0].who.clone(), log[1].who.clone()), (None, Some(clerk.called.clone())));
            assert_eq!(log[3].person, Some(granny.called.clone()));
            let own = of_person(&db, granny.id, 9).await.unwrap();
            assert_eq!(own.len(), 1);
            assert!(matches!(whole, Verdict::Whole { rows: 4, .. }), "{whole:?}");
            assert!(matches!(broken, Verdict::Broken { seq: 2, .. }), "{broken:?}");
        }
    }
}
