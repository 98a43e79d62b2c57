//! A copy of all data on a person, read in one consistent view of the books.

use crate::{Db, StoreError, Tx, people, standing};
use domain::{
    Millis, Refusal,
    clock::{DAY, wall},
    people::{Actor, PersonId},
    permissions::{Act, Subject, can},
    rights::may_fetch,
};
use serde_json::{Map, Value, json};
use sqlx::Row;
use uuid::Uuid;

pub use super::sections::{Kind, Section, sections};

/// The version of the file's shape: keys are added, never changed or taken away.
const FORMAT: u32 = 1;

/// A section with its rows: a value for each of its columns.
#[derive(Debug)]
pub struct Filled {
    /// What it is.
    pub section: &'static Section,
    /// Its rows.
    pub rows: Vec<Vec<Option<String>>>,
}

/// Everything about a person.
#[derive(Debug)]
pub struct Copy {
    /// When it was made.
    pub at: Millis,
    /// Every section, also those without rows.
    pub sections: Vec<Filled>,
}

/// Makes a copy for the person whom it is about, and counts it.
///
/// # Errors
/// [`StoreError::Refused`] after too many in a day.
pub async fn fetch(db: &Db, who: &Actor, now: Millis) -> Result<Copy, StoreError> {
    let mut tx = db.begin().await?;
    people::queue(&mut tx, who.id).await?;
    let who = standing::refreshed(&mut tx, who, now).await?;
    can(Some(&who), Act::CopyOwn, Subject::House).map_err(Refusal::from)?;
    let before: Vec<Millis> = on!(&mut tx, conn => {
        sqlx::query_scalar("select at from exports where person = $1 and at > $2")
            .bind(who.id.0)
            .bind(now - DAY)
            .fetch_all(conn)
            .await?
    });
    may_fetch(&before, now).map_err(Refusal::from)?;
    on!(&mut tx, conn => {
        sqlx::query("insert into exports (id, person, at) values ($1, $2, $3)")
            .bind(Uuid::now_v7())
            .bind(who.id.0)
            .bind(now)
            .execute(conn)
            .await?;
    });
    tx.commit().await?;
    read(db, who.id, now).await
}

async fn read(db: &Db, who: PersonId, at: Millis) -> Result<Copy, StoreError> {
    let mut tx = db.read().await?;
    let mut filled = vec![];
    for section in sections() {
        filled.push(Filled { section, rows: rows(&mut tx, section, who).await? });
    }
    Ok(Copy { at, sections: filled })
}

async fn rows(
    tx: &mut Tx,
    section: &'static Section,
    who: PersonId,
) -> Result<Vec<Vec<Option<String>>>, StoreError> {
    Ok(on!(tx, conn => {
        let rows = sqlx::query(section.sql).bind(who.0).fetch_all(conn).await?;
        let values = |row: &_| {
            let row: &_ = row;
            (0..section.columns.len()).map(|at| Row::try_get(row, at)).collect::<Result<Vec<_>, _>>()
        };
        rows.iter().map(values).collect::<Result<Vec<_>, sqlx::Error>>()?
    }))
}

impl Copy {
    /// The copy as a JSON document: sections by their keys, each a list of rows by the keys of their
    /// columns. Times are ISO 8601 in the clock of Renqiu.
    pub fn to_json(&self) -> Value {
        let mut file = Map::new();
        file.insert("format".into(), json!(FORMAT));
        file.insert("made".into(), json!(iso(self.at)));
        for Filled { section, rows } in &self.sections {
            let rows = rows.iter().map(|row| {
                let named = section.columns.iter().zip(row);
                let value = |((key, kind), value): (&(&str, Kind), &Option<String>)| {
                    ((*key).to_owned(), json_of(*kind, value.as_deref()))
                };
                Value::Object(named.map(value).collect())
            });
            file.insert(section.key.into(), rows.collect());
        }
        Value::Object(file)
    }
}

fn json_of(kind: Kind, value: Option<&str>) -> Value {
    let Some(value) = value else { return Value::Null };
    match kind {
        Kind::Text | Kind::Word | Kind::Point => json!(value),
        Kind::Number => value.parse::<i64>().map_or_else(|_| json!(value), |number| json!(number)),
        Kind::Time => value.parse().map_or_else(|_| json!(value), |at| json!(iso(at))),
        Kind::YesNo => json!(value == "1"),
    }
}

/// A moment as `2026-06-17T09:00:00+08:00`: all of China keeps one time.
fn iso(at: Millis) -> String {
    let wall = wall(at);
    let second = at.div_euclid(1_000).rem_euclid(60);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{second:02}+08:00",
        wall.year, wall.month, wall.day, wall.hour, wall.minute
    )
}
