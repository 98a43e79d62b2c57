//! What somebody cannot correct by themselves they ask for; staff over their home answer.

use crate::{Db, StoreError, Tx, people, requests::lists::reach_binds, standing};
use domain::{
    Millis, Refusal,
    people::{Actor, PersonId, PostKind},
    permissions::{Act, Subject, can},
    rights::{Correctable, Hindrance, MOST_WAITING},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// Most lines of a list.
const MOST: i64 = 100;

/// A correction that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Correction {
    /// Its key.
    pub id: Uuid,
    /// Who asks.
    pub person: Uuid,
    /// Surname and title of who asks.
    pub called: String,
    /// The key of what is to be corrected.
    pub field: String,
    /// What is wrong, and how it is right.
    pub words: Option<String>,
    /// When it was asked for.
    pub at: Millis,
    /// Whether it was granted; none while it waits.
    pub granted: Option<bool>,
    /// Why, in words.
    pub answer: Option<String>,
    /// When it was answered.
    pub answered_at: Option<Millis>,
    /// Surname and title of who answered.
    pub answered_by: Option<String>,
}

macro_rules! corrections {
    ($rest:literal) => {
        concat!(
            "select c.id, c.person, p.surname || p.title as called, c.field, c.words, c.at, c.granted,
                    c.answer, c.answered_at, w.surname || w.title as answered_by
             from corrections c join people p on p.id = c.person
             left join people w on w.id = c.answered_by
             left join areas a on a.id = p.village ",
            $rest
        )
    };
}

/// Asks for a correction.
///
/// # Errors
/// [`StoreError::Refused`] while too many wait.
pub async fn ask(
    db: &Db,
    who: &Actor,
    field: Correctable,
    words: &str,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    people::queue(&mut tx, who.id).await?;
    let who = standing::refreshed(&mut tx, who, now).await?;
    can(Some(&who), Act::Correct, Subject::House).map_err(Refusal::from)?;
    let waiting: i64 = on!(&mut tx, conn => {
        sqlx::query_scalar(
            "select count(*) from corrections where person = $1 and answered_at is null",
        )
        .bind(who.id.0)
        .fetch_one(conn)
        .await?
    });
    if waiting >= MOST_WAITING {
        return Err(Refusal::from(Hindrance::EnoughAsked).into());
    }
    on!(&mut tx, conn => {
        sqlx::query("insert into corrections (id, person, field, words, at) values ($1, $2, $3, $4, $5)")
            .bind(Uuid::now_v7())
            .bind(who.id.0)
            .bind(field.key())
            .bind(words)
            .bind(now)
            .execute(conn)
            .await?;
    });
    tx.commit().await
}

/// What somebody asked for, the newest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of(db: &Db, who: PersonId) -> Result<Vec<Correction>, StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_as(corrections!("where c.person = $1 order by c.at desc, c.id desc limit $2"))
            .bind(who.0)
            .bind(MOST)
            .fetch_all(conn)
            .await?
    }))
}

/// What waits for an answer of this reader, the oldest first; and what was answered last.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn for_staff(db: &Db, who: &Actor) -> Result<Vec<Correction>, StoreError> {
    let mut tx = db.read().await?;
    let staff = who.posts.iter().filter(|post| post.kind == PostKind::Staff);
    // Their widest post covers the others of the same tree.
    let Some(widest) = staff.min_by_key(|post| post.reach.rank()) else { return Ok(vec![]) };
    let (what, area, _) = reach_binds(widest.reach);
    Ok(on!(&mut tx, conn => {
        sqlx::query_as(corrections!(
            "where p.id <> $3 and case $1 when 'city' then true
                       when 'township' then a.parent = $2 else p.village = $2 end
             order by case when c.answered_at is null then 0 else 1 end,
                      case when c.answered_at is null then c.at else -c.answered_at end, c.id limit $4"
        ))
        .bind(what)
        .bind(area)
        .bind(who.id.0)
        .bind(MOST)
        .fetch_all(conn)
        .await?
    }))
}

/// Answers somebody who asked for a correction.
///
/// # Errors
/// [`StoreError::Refused`] out of reach or when another was first; [`StoreError::NotFound`].
pub async fn answer(
    db: &Db,
    id: Uuid,
    who: &Actor,
    granted: bool,
    words: &str,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let person: Uuid = on!(&mut tx, conn => {
        sqlx::query_scalar("select person from corrections where id = $1")
            .bind(id)
            .fetch_one(conn)
            .await?
    });
    may_answer(&mut tx, PersonId(person), who, now).await?;
    let answered = on!(&mut tx, conn => {
        sqlx::query(
            "update corrections set granted = $2, answer = $3, answered_by = $4, answered_at = $5
             where id = $1 and answered_at is null",
        )
        .bind(id)
        .bind(granted)
        .bind(words)
        .bind(who.id.0)
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected()
    });
    if answered == 0 {
        return Err(Refusal::from(Hindrance::AnsweredAlready).into());
    }
    tx.commit().await
}

async fn may_answer(
    tx: &mut Tx,
    person: PersonId,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let person = people::actor_in(tx, person, now).await?.ok_or(StoreError::NotFound)?;
    can(Some(who), Act::Answer, Subject::Person(&person)).map_err(Refusal::from)?;
    Ok(())
}
