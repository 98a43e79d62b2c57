//! Searching people within reach, and opening one. Every answer is asked of the rules once more,
//! person by person.

mod open;
mod rows;
#[cfg(test)]
mod tests;

use super::{
    PersonId,
    keys::{self, Called, plain},
};
use crate::{Db, StoreError, Tx};
use domain::{
    Millis, forms,
    people::{Actor, Place, Reach},
    permissions::{Act, Subject, can},
};
use rows::FoundRow;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

pub use open::{Opened, open};

/// Rows read at once while a page fills.
const CHUNK: i64 = 64;

/// What somebody looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// A whole phone number.
    Phone(String),
    /// A volunteer's number.
    Number(String),
    /// The beginning of a key: a name, pinyin, initials, the last four digits of a phone.
    Begins(String),
}

impl Question {
    /// Reads what was typed; none when it says nothing.
    pub fn read(typed: &str) -> Option<Self> {
        if let Ok(phone) = forms::phone(typed) {
            return Some(Self::Phone(phone));
        }
        let plain = plain(&typed.chars().take(60).collect::<String>());
        if plain.is_empty() {
            return None;
        }
        let digits = plain.bytes().filter(u8::is_ascii_digit).count();
        // Fewer are the end of a phone; with letters, or longer, it is a volunteer's number.
        let number = plain.is_ascii() && digits > 0 && (digits < plain.len() || digits > 4);
        Some(if number { Self::Number(plain.to_uppercase()) } else { Self::Begins(plain) })
    }
}

/// Where the next page begins: after this key of this person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cursor {
    /// The key. It is made of a name: never part of an address.
    pub key: String,
    /// The person.
    pub person: Uuid,
}

/// Somebody who was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Who.
    pub id: PersonId,
    /// The family name.
    pub surname: String,
    /// The given name.
    pub given: Option<String>,
    /// How neighbours address them.
    pub title: String,
    /// Eleven digits.
    pub phone: Option<String>,
    /// Registered as a volunteer.
    pub volunteer: bool,
    /// Serves once a month.
    pub official: bool,
    /// The name of the village.
    pub village: Option<String>,
    /// The name of the squad.
    pub squad: Option<String>,
    /// The teams that they lead.
    pub leads: Vec<String>,
    /// Where they live.
    pub place: Place,
    /// Where they stand in the list.
    pub cursor: Cursor,
}

/// A page of those who were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// In the order of their keys.
    pub people: Vec<Found>,
    /// Where the next page begins, when there is one.
    pub next: Option<Cursor>,
}

/// Those within reach of `who` who answer a question.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn search(
    db: &Db,
    question: &Question,
    who: &Actor,
    after: Option<&Cursor>,
    most: usize,
    now: Millis,
) -> Result<Page, StoreError> {
    let mut tx = db.read().await?;
    let mut found = BTreeMap::new();
    match question {
        Question::Phone(phone) => one(&mut tx, Column::Phone, phone, &mut found).await?,
        Question::Number(number) => one(&mut tx, Column::Number, number, &mut found).await?,
        Question::Begins(begin) => {
            for reach in reaches(who) {
                match reach {
                    Reach::City | Reach::Township(_) => {
                        wide(&mut tx, reach, begin, after, most + 1, &mut found).await?;
                    }
                    Reach::Village(_) | Reach::Company(_) | Reach::Squad(_) => {
                        near(&mut tx, reach, begin, &mut found).await?;
                    }
                }
            }
        }
    }
    let in_reach = |one: &Found| can(Some(who), Act::SeePeople, Subject::At(&one.place)).is_ok();
    let later = |one: &Found| after.is_none_or(|after| one.cursor > *after);
    let all = found.into_values().filter(|one| in_reach(one) && later(one));
    let mut people: Vec<Found> = all.take(most + 1).collect();
    let longer = people.len() > most;
    people.truncate(most);
    rows::add_posts(&mut tx, &mut people, now).await?;
    let next = people.last().filter(|_| longer).map(|last| last.cursor.clone());
    Ok(Page { people, next })
}

/// What the posts of a person reach, without what a wider one covers anyway.
fn reaches(who: &Actor) -> Vec<Reach> {
    let all: Vec<_> = who.posts.iter().map(|post| post.reach).collect();
    if all.contains(&Reach::City) { vec![Reach::City] } else { all }
}

/// A column in which a whole number is looked up.
#[derive(Clone, Copy)]
enum Column {
    Phone,
    Number,
}

/// Found so far, in the order of their keys.
type Gathered = BTreeMap<Cursor, Found>;

async fn one(
    tx: &mut Tx,
    column: Column,
    value: &str,
    found: &mut Gathered,
) -> Result<(), StoreError> {
    let text = match column {
        Column::Phone => rows::BY_PHONE,
        Column::Number => rows::BY_NUMBER,
    };
    let row: Option<FoundRow> = on!(tx, conn => {
        sqlx::query_as(text).bind(value).fetch_optional(conn).await?
    });
    if let Some(row) = row {
        let row = row.found(String::new());
        found.insert(row.cursor.clone(), row);
    }
    Ok(())
}

/// From the keys to the people: most of those with the key are within reach.
async fn wide(
    tx: &mut Tx,
    reach: Reach,
    begin: &str,
    after: Option<&Cursor>,
    most: usize,
    found: &mut Gathered,
) -> Result<(), StoreError> {
    let township = match reach {
        Reach::Township(area) => Some(area.0),
        _ => None,
    };
    let end = end_of(begin);
    let mut from = after.cloned().unwrap_or(Cursor { key: begin.to_owned(), person: Uuid::nil() });
    let mut kept = 0;
    while kept < most {
        let rows: Vec<FoundRow> = on!(&mut *tx, conn => {
            sqlx::query_as(rows::BY_KEY)
                .bind(&from.key)
                .bind(&end)
                .bind(from.person)
                .bind(township)
                .bind(CHUNK)
                .fetch_all(conn)
                .await?
        });
        let Some(last) = rows.last() else { return Ok(()) };
        let full = rows.len() >= usize::try_from(CHUNK).unwrap_or(usize::MAX);
        from = Cursor { key: last.key.clone().unwrap_or_default(), person: last.id };
        for row in rows {
            let key = row.key.clone().unwrap_or_default();
            // Somebody with several such keys stands in the list once, at the first of them.
            if first_key(&row.called(), begin).as_ref() == Some(&key) {
                let row = row.found(key);
                kept += 1;
                found.insert(row.cursor.clone(), row);
            }
        }
        if !full {
            return Ok(());
        }
    }
    Ok(())
}

/// From the people to their keys: a village has a few hundred people.
async fn near(
    tx: &mut Tx,
    reach: Reach,
    begin: &str,
    found: &mut Gathered,
) -> Result<(), StoreError> {
    let (text, area, team) = match reach {
        Reach::Village(area) => (rows::OF_VILLAGE, Some(area.0), None),
        Reach::Company(team) => (rows::OF_COMPANY, None, Some(team.0)),
        Reach::Squad(team) => (rows::OF_SQUAD, None, Some(team.0)),
        Reach::City | Reach::Township(_) => return Ok(()),
    };
    let rows: Vec<FoundRow> = on!(tx, conn => {
        let query = match area {
            Some(area) => sqlx::query_as(text).bind(area),
            None => sqlx::query_as(text).bind(team),
        };
        query.bind(begin).bind(end_of(begin)).fetch_all(conn).await?
    });
    let mut before = None;
    for row in rows {
        // Somebody with several such keys stands in the list once, at the first of them.
        if before.replace(row.id) != Some(row.id) {
            let key = row.key.clone().unwrap_or_default();
            let row = row.found(key);
            found.insert(row.cursor.clone(), row);
        }
    }
    Ok(())
}

/// What comes after everything that begins so.
fn end_of(begin: &str) -> String {
    format!("{begin}{}", char::MAX)
}

/// The first key of somebody that begins so.
fn first_key(called: &Called, begin: &str) -> Option<String> {
    keys::of(called).into_iter().find(|key| key.starts_with(begin))
}
