//! The numbers that the centre sets, each from a date on. What held before stays in the books.

use crate::{Db, StoreError, Tx, standing};
use domain::{
    Millis, Refusal,
    people::Actor,
    permissions::{Act, Subject, can},
    requests::deadlines::{Deadlines, Number},
};
use sqlx_macros::FromRow;

/// A number that was set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set {
    /// Which.
    pub number: Number,
    /// To what: minutes, or an hour of the day.
    pub value: u32,
    /// From when it holds.
    pub since: Millis,
    /// When it was set.
    pub set_at: Millis,
    /// Surname and title of who set it.
    pub by: String,
}

#[derive(FromRow)]
struct Row {
    name: String,
    value: i64,
    since: Millis,
    set_at: Millis,
    by: String,
}

/// The numbers that hold at a moment.
pub(crate) async fn holding(tx: &mut Tx, at: Millis) -> Result<Deadlines, StoreError> {
    let rows: Vec<(String, i64)> = on!(tx, conn => {
        sqlx::query_as(
            "select name, value from clock_numbers where since <= $1 order by since, set_at",
        )
        .bind(at)
        .fetch_all(conn)
        .await?
    });
    rows.into_iter().try_fold(Deadlines::default(), |set, (name, value)| {
        let (number, value) = read(&name, value)?;
        Ok(set.with(number, value))
    })
}

/// The same for a page.
///
/// # Errors
/// [`StoreError::Corrupt`] for a number that the rules do not know.
pub async fn at(db: &Db, at: Millis) -> Result<Deadlines, StoreError> {
    holding(&mut db.read().await?, at).await
}

/// Everything that was ever set, the newest first.
///
/// # Errors
/// As [`at`].
pub async fn all(db: &Db) -> Result<Vec<Set>, StoreError> {
    let mut tx = db.read().await?;
    let rows: Vec<Row> = on!(&mut tx, conn => {
        sqlx::query_as(
            "select n.name, n.value, n.since, n.set_at, p.surname || p.title as by
             from clock_numbers n join people p on p.id = n.set_by
             order by n.set_at desc, n.since desc, n.name limit 200",
        )
        .fetch_all(conn)
        .await?
    });
    let set = |row: Row| {
        let (number, value) = read(&row.name, row.value)?;
        Ok(Set { number, value, since: row.since, set_at: row.set_at, by: row.by })
    };
    rows.into_iter().map(set).collect()
}

/// Sets numbers from a moment on, which is not before now. Those that would hold then anyway are
/// left out; says how many are new. Deadlines that run keep the moment that they were given.
///
/// # Errors
/// [`StoreError::Refused`] for whoever does not work for the centre.
pub async fn set(
    db: &Db,
    numbers: &[(Number, u32)],
    since: Millis,
    who: &Actor,
    now: Millis,
) -> Result<u64, StoreError> {
    let since = since.max(now);
    let mut tx = db.begin().await?;
    let who = standing::refreshed(&mut tx, who, now).await?;
    can(Some(&who), Act::SetNumbers, Subject::House).map_err(Refusal::from)?;
    let before = holding(&mut tx, since).await?;
    let mut new = 0;
    for (number, value) in numbers {
        let value = Deadlines::default().with(*number, *value).get(*number);
        if before.get(*number) == value {
            continue;
        }
        on!(&mut tx, conn => {
            sqlx::query(
                "insert into clock_numbers (name, since, value, set_by, set_at) values ($1, $2, $3, $4, $5)
                 on conflict (name, since, set_at) do update set value = excluded.value",
            )
            .bind(number.key())
            .bind(since)
            .bind(i64::from(value))
            .bind(who.id.0)
            .bind(now)
            .execute(conn)
            .await?;
        });
        new += 1;
    }
    tx.commit().await?;
    Ok(new)
}

fn read(name: &str, value: i64) -> Result<(Number, u32), StoreError> {
    let number = Number::from_key(name)
        .ok_or_else(|| StoreError::Corrupt(format!("clock_numbers: a number {name}")))?;
    let value = u32::try_from(value)
        .map_err(|_| StoreError::Corrupt(format!("clock_numbers: {name} is {value}")))?;
    Ok((number, value))
}
