//! A word against a block, once for each; heard by somebody above who blocked.

use super::events::{self, Event, What};
use crate::{
    Db, StoreError, Tx,
    people::{self, actor_in},
    standing,
};
use domain::{
    Millis, Refusal,
    abuse::{Complaint, Hindrance},
    people::{Actor, PersonId},
    permissions::{Act, Subject, can},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// Appeals that wait are few; so many are looked through.
const MOST: i64 = 200;

/// Says a word against the block under which somebody stands.
///
/// # Errors
/// [`StoreError::Refused`] without a block, or the second time.
pub async fn appeal(db: &Db, who: &Actor, words: &str, now: Millis) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    people::queue(&mut tx, who.id).await?;
    let who = standing::refreshed(&mut tx, who, now).await?;
    can(Some(&who), Act::Appeal, Subject::House).map_err(Refusal::from)?;
    let block: Option<Uuid> = on!(&mut tx, conn => {
        sqlx::query_scalar(
            "select id from blocks where person = $1 and since <= $2 and lifted is null
                    and (until is null or until > $2)
             order by case when until is null then 0 else 1 end, until desc limit 1",
        )
        .bind(who.id.0)
        .bind(now)
        .fetch_optional(conn)
        .await?
    });
    let block = block.ok_or(Refusal::from(Hindrance::NoBlock))?;
    let written = on!(&mut tx, conn => {
        sqlx::query(
            "insert into appeals (block, words, at) values ($1, $2, $3) on conflict (block) do nothing",
        )
        .bind(block)
        .bind(words)
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected()
    });
    if written == 0 {
        return Err(Refusal::from(Hindrance::AppealedAlready).into());
    }
    let event = Event {
        at: now,
        who: who.id,
        what: What::Appealed,
        about: who.id,
        report: None,
        block: Some(block),
        detail: "appeal",
        words: Some(words),
    };
    events::note(&mut tx, event).await?;
    tx.commit().await
}

/// An appeal as those above see it.
#[derive(Clone, Debug, FromRow)]
pub struct Line {
    /// The block's key.
    pub block: Uuid,
    /// Who is blocked.
    pub person: Uuid,
    /// Surname and title of who is blocked.
    pub called: String,
    /// Who blocked.
    pub placed_by: Uuid,
    /// Surname and title of who blocked.
    pub blocked_by: String,
    /// The key of the reason.
    pub reason: String,
    /// Why, in words.
    pub why: String,
    /// From when.
    pub since: Millis,
    /// Until when.
    pub until: Option<Millis>,
    /// What is said against it.
    pub words: Option<String>,
    /// When it was.
    pub at: Millis,
    /// Whether it was lifted; none while it waits.
    pub lifted: Option<bool>,
    rank: i64,
}

macro_rules! lines {
    ($rest:literal) => {
        concat!(
            "select a.block, b.person, p.surname || p.title as called, b.placed_by,
                    w.surname || w.title as blocked_by, b.reason, b.words as why, b.since, b.until,
                    a.words, a.at, a.lifted, b.rank
             from appeals a join blocks b on b.id = a.block join people p on p.id = b.person
             join people w on w.id = b.placed_by ",
            $rest
        )
    };
}

/// The appeals that wait and that this person may hear, the oldest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn waiting(db: &Db, who: &Actor, now: Millis) -> Result<Vec<Line>, StoreError> {
    let mut tx = db.read().await?;
    let found: Vec<Line> = on!(&mut tx, conn => {
        sqlx::query_as(lines!("where a.decided_at is null order by a.at, a.block limit $1"))
            .bind(MOST)
            .fetch_all(conn)
            .await?
    });
    let mut lines = vec![];
    for line in found {
        if may_hear(&mut tx, &line, who, now).await?.is_ok() {
            lines.push(line);
        }
    }
    Ok(lines)
}

async fn may_hear(
    tx: &mut Tx,
    line: &Line,
    who: &Actor,
    now: Millis,
) -> Result<Result<(), Refusal>, StoreError> {
    let Some(of) = actor_in(tx, PersonId(line.person), now).await? else {
        return Ok(Err(Refusal::NotForYou));
    };
    let rank = u8::try_from(line.rank).unwrap_or_default();
    let complaint = Complaint { of: &of, by: PersonId(line.placed_by), rank };
    Ok(can(Some(who), Act::Hear, Subject::Complaint(complaint)).map_err(Refusal::from))
}

/// Hears an appeal: the block stands or is lifted, with a reason that the person reads.
///
/// # Errors
/// [`StoreError::Refused`] when it is not theirs to hear, or another was first.
pub async fn hear(
    db: &Db,
    block: Uuid,
    lifted: bool,
    answer: &str,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let line: Line = on!(&mut tx, conn => {
        sqlx::query_as(lines!("where a.block = $1")).bind(block).fetch_one(conn).await?
    });
    people::queue(&mut tx, PersonId(line.person)).await?;
    may_hear(&mut tx, &line, who, now).await??;
    let heard = on!(&mut tx, conn => {
        sqlx::query(
            "update appeals set lifted = $2, answer = $3, decided_by = $4, decided_at = $5
             where block = $1 and decided_at is null",
        )
        .bind(block)
        .bind(lifted)
        .bind(answer)
        .bind(who.id.0)
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected()
    });
    if heard == 0 {
        return Err(Refusal::from(Hindrance::DecidedAlready).into());
    }
    if lifted {
        on!(&mut tx, conn => {
            sqlx::query("update blocks set lifted = $2 where id = $1")
                .bind(block)
                .bind(now)
                .execute(conn)
                .await?;
        });
    }
    let event = Event {
        at: now,
        who: who.id,
        what: What::Heard,
        about: PersonId(line.person),
        report: None,
        block: Some(block),
        detail: if lifted { "lifted" } else { "upheld" },
        words: Some(answer),
    };
    events::note(&mut tx, event).await?;
    tx.commit().await
}
