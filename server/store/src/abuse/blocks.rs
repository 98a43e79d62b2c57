//! Blocks: placed for a term, over by themselves.

use super::events::{self, Event, What};
use crate::{Db, StoreError, Tx};
use domain::{
    Millis, Refusal,
    abuse::{BlockReason, Hindrance, Term},
    people::{Actor, PersonId},
    permissions::{Act, Subject, can},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// A block to be placed.
#[derive(Clone, Debug)]
pub struct Placing<'a> {
    /// How long.
    pub term: Term,
    /// Why.
    pub reason: BlockReason,
    /// Why, in words that the person reads.
    pub words: &'a str,
    /// The report that it follows.
    pub report: Option<Uuid>,
}

/// A block with the word against it, as the person reads it.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Block {
    /// Its key.
    pub id: Uuid,
    /// The key of the reason.
    pub reason: String,
    /// Why, in words.
    pub words: String,
    /// From when.
    pub since: Millis,
    /// Until when; none until it is lifted.
    pub until: Option<Millis>,
    /// When it was lifted.
    pub lifted: Option<Millis>,
    /// What they said against it; none while they have not.
    pub appealed: Option<Millis>,
    /// Their words.
    pub appeal: Option<String>,
    /// The answer to it.
    pub answer: Option<String>,
}

/// Blocks somebody who waits for this transaction.
pub(super) async fn place(
    tx: &mut Tx,
    who: &Actor,
    person: &Actor,
    placing: &Placing<'_>,
    now: Millis,
) -> Result<Uuid, StoreError> {
    let rank = may_place(who, person, placing.term)?;
    let id = Uuid::now_v7();
    on!(&mut *tx, conn => {
        sqlx::query(
            "insert into blocks (id, person, placed_by, rank, reason, words, since, until, report)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(id)
        .bind(person.id.0)
        .bind(who.id.0)
        .bind(i64::from(rank))
        .bind(placing.reason.key())
        .bind(placing.words)
        .bind(now)
        .bind(placing.term.until(now))
        .bind(placing.report)
        .execute(conn)
        .await?;
    });
    let event = Event {
        at: now,
        who: who.id,
        what: What::Blocked,
        about: person.id,
        report: placing.report,
        block: Some(id),
        detail: placing.term.key(),
        words: Some(placing.words),
    };
    events::note(tx, event).await?;
    Ok(id)
}

/// The rank of the post by which somebody may block another for this term.
fn may_place(who: &Actor, person: &Actor, term: Term) -> Result<u8, Refusal> {
    let over = who.rank_over(person.home.as_ref());
    if over.is_some() && !who.stands_above(person) {
        return Err(Hindrance::AsHigh.into());
    }
    can(Some(who), Act::Block, Subject::Person(person))?;
    if term == Term::Open && can(Some(who), Act::BlockForGood, Subject::Person(person)).is_err() {
        return Err(Hindrance::OnlyCentre.into());
    }
    over.ok_or(Refusal::OutOfReach)
}

/// Every block of a person, the newest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of(db: &Db, person: PersonId) -> Result<Vec<Block>, StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_as(
            "select b.id, b.reason, b.words, b.since, b.until, b.lifted, a.at as appealed,
                    a.words as appeal, a.answer
             from blocks b left join appeals a on a.block = b.id
             where b.person = $1 order by b.since desc, b.id desc limit 20",
        )
        .bind(person.0)
        .fetch_all(conn)
        .await?
    }))
}
