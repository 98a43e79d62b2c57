//! What somebody is found by: the name, its pinyin and initials in every reading of the surname, how
//! neighbours call them, and the last four digits of the phone.

mod readings;

use super::PersonId;
use crate::{Db, StoreError, Tx};
use readings::{given_readings, surname_readings};
use sqlx::QueryBuilder;
use sqlx_macros::FromRow;
use uuid::Uuid;

/// Raised whenever the keys are made differently: then those of everybody are made again.
pub const RULES: i64 = 1;
/// Of a name with many readings so many are kept.
const MOST_READINGS: usize = 8;
/// Rows in one statement.
const AT_ONCE: usize = 2_000;

/// How somebody is called, as far as keys are made of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Called {
    /// Who.
    pub id: Uuid,
    /// The family name.
    pub surname: String,
    /// The given name.
    pub given_name: Option<String>,
    /// How neighbours address them.
    pub title: String,
    /// Eleven digits.
    pub phone: Option<String>,
}

/// A text as keys and questions have it: half-width, small, letters and digits only.
pub fn plain(typed: &str) -> String {
    let half = |letter: char| match letter {
        '！'..='～' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        'ü' | 'Ü' => 'v',
        other => other,
    };
    let letters = typed.chars().map(half).filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Everything that somebody is found by, in order and once.
pub fn of(who: &Called) -> Vec<String> {
    let given = who.given_name.as_deref().unwrap_or_default();
    let called = plain(&format!("{}{}", who.surname, who.title));
    let mut keys = vec![called];
    let readings = if given.is_empty() {
        readings_of(&who.surname, &who.title)
    } else {
        keys.push(plain(&format!("{}{given}", who.surname)));
        // One letter alone would find half the village.
        keys.extend(Some(plain(given)).filter(|given| given.chars().count() > 1));
        readings_of(&who.surname, given)
    };
    for reading in readings {
        keys.push(reading.iter().filter_map(|syllable| syllable.chars().next()).collect());
        keys.push(reading.concat());
    }
    let last = who.phone.as_deref().and_then(|phone| phone.get(phone.len().checked_sub(4)?..));
    keys.extend(last.map(str::to_owned));
    keys.retain(|key| !key.is_empty());
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The syllables of a name, once for each way to read it.
fn readings_of(surname: &str, rest: &str) -> Vec<Vec<String>> {
    let rest = rest.chars().filter(|letter| letter.is_alphanumeric()).map(given_readings);
    let mut all: Vec<Vec<String>> = surname_readings(surname);
    for choices in rest {
        if choices.is_empty() {
            return vec![];
        }
        let longer = |begun: &Vec<String>| {
            let with = |next: &String| begun.iter().chain([next]).cloned().collect();
            choices.iter().map(with).collect::<Vec<_>>()
        };
        all = all.iter().flat_map(longer).take(MOST_READINGS).collect();
    }
    all
}

/// Writes the keys of people who have none yet.
pub(crate) async fn write(tx: &mut Tx, people: &[Called]) -> Result<(), StoreError> {
    let mut rows: Vec<(String, Uuid)> =
        people.iter().flat_map(|who| of(who).into_iter().map(|key| (key, who.id))).collect();
    // In the order of the index, so that its pages are filled one after the other.
    rows.sort_unstable();
    for rows in rows.chunks(AT_ONCE) {
        on!(&mut *tx, conn => {
            let mut text = QueryBuilder::new("insert into people_keys (key, person) ");
            text.push_values(rows, |mut row, (key, person)| {
                row.push_bind(key.as_str()).push_bind(*person);
            });
            text.build().execute(conn).await?;
        });
    }
    Ok(())
}

/// Makes the keys of a person anew: for every verb that changes what they are found by.
pub(crate) async fn renew(tx: &mut Tx, person: PersonId) -> Result<(), StoreError> {
    let called: Vec<Called> = on!(&mut *tx, conn => {
        sqlx::query_as("select id, surname, given_name, title, phone from people where id = $1")
            .bind(person.0)
            .fetch_all(conn)
            .await?
    });
    forget(tx, person).await?;
    write(tx, &called).await?;
    on!(tx, conn => {
        sqlx::query("update people set keyed = $2 where id = $1")
            .bind(person.0)
            .bind(RULES)
            .execute(conn)
            .await?;
    });
    Ok(())
}

/// Nobody finds the person any more.
pub(crate) async fn forget(tx: &mut Tx, person: PersonId) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query("delete from people_keys where person = $1")
            .bind(person.0)
            .execute(conn)
            .await?;
    });
    Ok(())
}

/// Makes the keys of everybody who has none, or has them by older rules; says of how many.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn catch_up(db: &Db) -> Result<usize, StoreError> {
    let mut done = 0;
    loop {
        let mut tx = db.begin().await?;
        let people: Vec<Called> = on!(&mut tx, conn => {
            sqlx::query_as(
                "select id, surname, given_name, title, phone from people
                 where keyed < $1 and leaving is null and erased is null limit 500",
            )
            .bind(RULES)
            .fetch_all(conn)
            .await?
        });
        if people.is_empty() {
            return Ok(done);
        }
        for one in &people {
            forget(&mut tx, PersonId(one.id)).await?;
        }
        write(&mut tx, &people).await?;
        on!(&mut tx, conn => {
            let mut text = QueryBuilder::new("update people set keyed = ");
            text.push_bind(RULES).push(" where id in ");
            text.push_tuples(&people, |mut row, one| {
                row.push_bind(one.id);
            });
            text.build().execute(conn).await?;
        });
        tx.commit().await?;
        done += people.len();
    }
}

#[cfg(test)]
mod tests;
