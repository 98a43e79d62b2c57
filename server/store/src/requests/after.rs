//! A week after an escort or care was closed, who asked is asked whether all is well: once, whatever
//! restarts, and by one of several servers.

use super::load;
use crate::{Db, StoreError, Tx, notices};
use domain::{
    Millis, Refusal,
    notices::{Notice, To},
    people::{Actor, PersonId},
    requests::{
        Category, Request,
        after::{ASKED_AFTER, Answer, LATEST, asks},
        moves::Part,
        privacy::Sight,
    },
};
use sqlx_macros::FromRow;

/// At most so many at a time.
const BATCH: i64 = 100;

/// Asks those whose week is over; says how many.
///
/// # Errors
/// [`StoreError`]; who was asked stays so, and the next time goes on.
pub async fn ask(db: &Db, now: Millis) -> Result<u64, StoreError> {
    let mut tx = db.read().await?;
    let due: Vec<String> = on!(&mut tx, conn => {
        sqlx::query_scalar(
            "select r.code from requests r
             where r.state = 'closed' and r.category in ('escort', 'care')
               and r.since <= $1 and r.since > $2
               and not exists (select 1 from follow_ups f where f.request = r.id)
             order by r.since limit $3",
        )
        .bind(now - ASKED_AFTER)
        .bind(now - LATEST)
        .bind(BATCH)
        .fetch_all(conn)
        .await?
    });
    drop(tx);
    let mut asked = 0;
    for code in due {
        asked += u64::from(ask_one(db, &code, now).await?);
    }
    Ok(asked)
}

async fn ask_one(db: &Db, code: &str, now: Millis) -> Result<bool, StoreError> {
    let mut tx = db.begin().await?;
    let request = load(&mut tx, code).await?.request;
    if !asks(request.category, request.state, request.since, now) {
        return Ok(false);
    }
    let first = on!(&mut tx, conn => {
        sqlx::query("insert into follow_ups (request, asked) values ($1, $2) on conflict (request) do nothing")
            .bind(request.id.0)
            .bind(now)
            .execute(conn)
            .await?
            .rows_affected()
    });
    if first == 0 {
        return Ok(false);
    }
    tell(&mut tx, &request, None, (To::Person(request.asked_by), Notice::After), now).await?;
    tx.commit().await?;
    Ok(true)
}

async fn tell(
    tx: &mut Tx,
    request: &Request,
    who: Option<&Actor>,
    told: (To, Notice),
    now: Millis,
) -> Result<(), StoreError> {
    let news = notices::News { request, mv: None, who: who.map(|who| who.id), at: now };
    notices::tell(tx, news, &[told]).await
}

/// The question of one request, as its asker and the captains see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What kind of help it was.
    pub category: Category,
    /// Its words, for who asked, to ask once more.
    pub words: String,
    /// What was to know, for the same.
    pub risks: Option<String>,
    /// Surname and title of who asked.
    pub called: String,
    /// The reader is who asked.
    pub own: bool,
    /// When it was asked.
    pub asked: Millis,
    /// The answer, and when.
    pub answer: Option<(Answer, Millis)>,
    /// What was said to the captain.
    pub said: Option<String>,
}

#[derive(FromRow)]
struct Row {
    asked: Millis,
    answer: Option<String>,
    words: Option<String>,
    answered: Option<Millis>,
}

async fn row(tx: &mut Tx, request: &Request) -> Result<Row, StoreError> {
    let row: Option<Row> = on!(tx, conn => {
        sqlx::query_as("select asked, answer, words, answered from follow_ups where request = $1")
            .bind(request.id.0)
            .fetch_optional(conn)
            .await?
    });
    row.ok_or(StoreError::NotFound)
}

/// The question of a request.
///
/// # Errors
/// [`StoreError::NotFound`] where none was asked, and for all but who asked and those in charge.
pub async fn question(db: &Db, code: &str, who: &Actor) -> Result<Question, StoreError> {
    let mut tx = db.read().await?;
    let loaded = load(&mut tx, code).await?;
    let request = &loaded.request;
    if request.sight(Some(who)) < Sight::Contact {
        return Err(StoreError::NotFound);
    }
    let row = row(&mut tx, request).await?;
    let own = request.plays(Part::Requester, who);
    let answer = row.answer.as_deref().and_then(Answer::from_key).zip(row.answered);
    Ok(Question {
        category: request.category,
        words: request.words.clone(),
        risks: loaded.risks.clone(),
        called: loaded.called.clone(),
        own,
        asked: row.asked,
        answer,
        said: row.words,
    })
}

/// The code of the last request of somebody that waits for an answer.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn waiting(db: &Db, who: PersonId) -> Result<Option<String>, StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_scalar(
            "select r.code from requests r join follow_ups f on f.request = r.id
             where r.asked_by = $1 and f.answered is null order by f.asked desc, r.id limit 1",
        )
        .bind(who.0)
        .fetch_optional(conn)
        .await?
    }))
}

/// Who asked answers; what they say goes to the captain whose request it was.
///
/// # Errors
/// [`StoreError::NotFound`] where none was asked; [`StoreError::Refused`] for everybody else, and when it
/// was answered.
pub async fn answer(
    db: &Db,
    code: &str,
    answer: Answer,
    words: Option<&str>,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let request = load(&mut tx, code).await?.request;
    if request.sight(Some(who)) < Sight::Contact {
        return Err(StoreError::NotFound);
    }
    if !request.plays(Part::Requester, who) {
        return Err(Refusal::NotForYou.into());
    }
    row(&mut tx, &request).await?;
    let answered = on!(&mut tx, conn => {
        sqlx::query(
            "update follow_ups set answer = $2, words = $3, answered = $4
             where request = $1 and answered is null",
        )
        .bind(request.id.0)
        .bind(answer.key())
        .bind(words)
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected()
    });
    if answered == 0 {
        return Err(Refusal::NotNow(request.state).into());
    }
    if answer == Answer::Tell {
        tell(&mut tx, &request, Some(who), (To::Holder, Notice::Said), now).await?;
    }
    tx.commit().await
}

#[cfg(test)]
mod tests;
