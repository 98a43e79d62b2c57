//! Thanks that who asked lets others read: beside the board of their village. A captain can hide them,
//! with a reason.

use super::{load, load_for_move, make, rows::goods};
use crate::{Db, StoreError, Tx, people, standing};
use domain::{
    Millis, Refusal,
    areas::AreaId,
    people::Actor,
    permissions::{Act, Subject, can},
    requests::{Category, Good, Request, Step, after::thanks_may_stand, privacy::Sight},
};
use sqlx_macros::FromRow;
use std::collections::HashMap;
use uuid::Uuid;

/// Rates a request, and lets others read it where who asked agrees.
///
/// # Errors
/// As [`super::apply`].
pub async fn rate(
    db: &Db,
    code: &str,
    step: &Step,
    shown: bool,
    who: &Actor,
    now: Millis,
) -> Result<Request, StoreError> {
    let mut tx = db.begin().await?;
    let before = load_for_move(&mut tx, code).await?;
    if before.request.sight(Some(who)) == Sight::Nothing {
        return Err(StoreError::NotFound);
    }
    people::queue(&mut tx, who.id).await?;
    let who = standing::refreshed(&mut tx, who, now).await?;
    let after = make(&mut tx, &before, step, &who, now).await?;
    let stars = after.rating.as_ref().map_or(0, |rating| rating.stars);
    if shown && thanks_may_stand(after.on_board, stars) {
        put(&mut tx, &after, now).await?;
    }
    tx.commit().await?;
    Ok(after)
}

async fn put(tx: &mut Tx, request: &Request, now: Millis) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query(
            "insert into thanks (request, village, at) values ($1, $2, $3)
             on conflict (request) do nothing",
        )
        .bind(request.id.0)
        .bind(request.place.village.0)
        .bind(now)
        .execute(conn)
        .await?;
    });
    Ok(())
}

/// Thanks, as everybody may read them; the words as they were written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thanks {
    /// The code of the request.
    pub code: String,
    /// What kind of help.
    pub category: Category,
    /// One to five.
    pub stars: u8,
    /// What was good.
    pub good: Vec<Good>,
    /// In words.
    pub words: Option<String>,
    /// Surname and title of who asked.
    pub called: String,
    /// Surname and title of who helped.
    pub helpers: Vec<String>,
    /// When.
    pub at: Millis,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    code: String,
    category: String,
    stars: Option<i64>,
    words: Option<String>,
    good: Option<String>,
    called: String,
    at: Millis,
}

/// The thanks of a village, the newest first.
///
/// # Errors
/// [`StoreError::Corrupt`] for a damaged row.
pub async fn of_village(
    db: &Db,
    village: AreaId,
    most: i64,
    skip: i64,
) -> Result<Vec<Thanks>, StoreError> {
    let mut tx = db.read().await?;
    let rows: Vec<Row> = on!(&mut tx, conn => {
        sqlx::query_as(
            "select r.id, r.code, r.category, r.stars, r.stars_words as words, r.good,
                    r.called, t.at
             from thanks t join requests r on r.id = t.request
             where t.village = $1 and t.hidden is null order by t.at desc, r.id desc
             limit $2 offset $3",
        )
        .bind(village.0)
        .bind(most)
        .bind(skip)
        .fetch_all(conn)
        .await?
    });
    let helpers: Vec<(Uuid, String)> = on!(&mut tx, conn => {
        sqlx::query_as(
            "select h.request, p.surname || p.title from
                 (select request from thanks where village = $1 and hidden is null
                  order by at desc, request desc limit $2 offset $3) t
             join requests r on r.id = t.request
             join helpers h on h.request = r.id and h.round = r.round
             join people p on p.id = h.person
             where h.minutes > 0 order by h.claimed_at",
        )
        .bind(village.0)
        .bind(most)
        .bind(skip)
        .fetch_all(conn)
        .await?
    });
    let mut by_request: HashMap<Uuid, Vec<String>> = HashMap::new();
    for (request, called) in helpers {
        by_request.entry(request).or_default().push(called);
    }
    let thanks = |row: Row| {
        let damaged = |what| StoreError::Corrupt(format!("requests: {what} of {}", row.code));
        Ok(Thanks {
            category: Category::from_key(&row.category).ok_or_else(|| damaged("category"))?,
            stars: row.stars.and_then(|stars| u8::try_from(stars).ok()).unwrap_or_default(),
            good: goods(row.good.as_deref()),
            words: row.words,
            called: row.called,
            helpers: by_request.remove(&row.id).unwrap_or_default(),
            at: row.at,
            code: row.code,
        })
    };
    rows.into_iter().map(thanks).collect()
}

/// Hides thanks, with the reason.
///
/// # Errors
/// [`StoreError::Refused`] for who is not in charge there; [`StoreError::NotFound`].
pub async fn hide(
    db: &Db,
    code: &str,
    why: &str,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let request = load(&mut tx, code).await?.request;
    let who = standing::refreshed(&mut tx, who, now).await?;
    can(Some(&who), Act::HideThanks, Subject::Request(&request)).map_err(Refusal::from)?;
    on!(&mut tx, conn => {
        sqlx::query(
            "update thanks set hidden = $2, hidden_by = $3, why = $4
             where request = $1 and hidden is null",
        )
        .bind(request.id.0)
        .bind(now)
        .bind(who.id.0)
        .bind(why)
        .execute(conn)
        .await?;
    });
    tx.commit().await
}
