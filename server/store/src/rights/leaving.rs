//! Asking to be erased, and staying after all. To the others somebody who leaves is gone at once: the
//! names lie apart until the seven days are over.

use crate::{
    Db, StoreError, Tx, people, requests,
    requests::{load_for_move, make},
    standing,
};
use domain::{
    Millis, Refusal,
    people::{Actor, PersonId},
    permissions::{Act, Subject, can},
    requests::{State, Step, reasons::WithdrawReason},
    rights::{GONE, Ties, WAY_BACK, may_leave},
    standing::Standing,
};
use sqlx_macros::FromRow;

/// Asks to be erased: takes back what they asked for and what they were asked to do, and lays their
/// names aside. Says when it will be.
///
/// # Errors
/// [`StoreError::Refused`] with what is to be done first.
pub async fn leave(db: &Db, who: &Actor, now: Millis) -> Result<Millis, StoreError> {
    let mut tx = db.begin().await?;
    let running = lock_what_runs(&mut tx, who.id).await?;
    people::queue(&mut tx, who.id).await?;
    let who = standing::refreshed(&mut tx, who, now).await?;
    can(Some(&who), Act::Leave, Subject::House).map_err(Refusal::from)?;
    let ties = ties(&mut tx, who.id, &running, now).await?;
    may_leave(&who, &ties).map_err(Refusal::from)?;
    // Whatever they have agreed to: nobody is kept.
    let who = who.in_standing(Standing::Good);
    for one in running {
        let loaded = load_for_move(&mut tx, &one.code).await?;
        let step = match (one.own, loaded.request.state) {
            (false, _) => Step::TurnDown,
            (true, State::Submitted | State::Open | State::Claimed) => {
                Step::Withdraw(WithdrawReason::NoLongerNeeded)
            }
            // Done: the captain confirms the minutes of the helper all the same.
            (true, _) => continue,
        };
        make(&mut tx, &loaded, &step, &who, now).await?;
    }
    let on = now + WAY_BACK;
    lay_names_aside(&mut tx, who.id, on).await?;
    // To the others they have left: nobody finds them any more.
    people::keys::forget(&mut tx, who.id).await?;
    tx.commit().await?;
    Ok(on)
}

/// Stays after all: the names come back. What was taken back stays so.
///
/// # Errors
/// [`StoreError::NotFound`] for who does not leave, or when the seven days are over.
pub async fn stay(db: &Db, who: PersonId, now: Millis) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    people::queue(&mut tx, who).await?;
    let back = on!(&mut tx, conn => {
        sqlx::query(
            "update people set leaving = null,
                    surname = (select n.surname from leaving_names n where n.person = $1 and n.request is null),
                    title = (select n.title from leaving_names n where n.person = $1 and n.request is null)
             where id = $1 and leaving > $2",
        )
        .bind(who.0)
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected()
    });
    if back == 0 {
        return Err(StoreError::NotFound);
    }
    for text in [
        "update requests set called = (select n.surname from leaving_names n where n.request = requests.id)
         where asked_by = $1 and id in (select n.request from leaving_names n where n.person = $1)",
        "delete from leaving_names where person = $1",
    ] {
        on!(&mut tx, conn => { sqlx::query(text).bind(who.0).execute(conn).await?; });
    }
    people::keys::renew(&mut tx, who).await?;
    tx.commit().await
}

/// A request that runs with them.
#[derive(FromRow)]
struct Running {
    code: String,
    state: String,
    /// They asked for it; otherwise they were asked to help.
    own: bool,
}

/// Requests first, then the person: as every other verb.
async fn lock_what_runs(tx: &mut Tx, who: PersonId) -> Result<Vec<Running>, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_as(
            "update requests set version = version + 1
             where (asked_by = $1 and due is not null)
                or id in (select o.request from offers o where o.person = $1)
             returning code, state, asked_by = $1 as own",
        )
        .bind(who.0)
        .fetch_all(conn)
        .await?
    }))
}

async fn ties(
    tx: &mut Tx,
    who: PersonId,
    running: &[Running],
    now: Millis,
) -> Result<Ties, StoreError> {
    let posts: i64 = on!(&mut *tx, conn => {
        sqlx::query_scalar(
            "select count(*) from posts where person = $1 and (until is null or until > $2)",
        )
        .bind(who.0)
        .bind(now)
        .fetch_one(conn)
        .await?
    });
    let own = running.iter().filter(|one| one.own);
    Ok(Ties {
        open_claims: people::open_claims(tx, who).await?,
        posts: usize::try_from(posts).unwrap_or_default(),
        asked: own.filter_map(|one| State::from_key(&one.state)).collect(),
    })
}

async fn lay_names_aside(tx: &mut Tx, who: PersonId, on: Millis) -> Result<(), StoreError> {
    for text in [
        "insert into leaving_names (person, surname, title)
         select id, surname, title from people where id = $1",
        "insert into leaving_names (person, request, surname, title)
         select asked_by, id, called, '' from requests where asked_by = $1",
    ] {
        on!(&mut *tx, conn => { sqlx::query(text).bind(who.0).execute(conn).await?; });
    }
    on!(&mut *tx, conn => {
        sqlx::query("update people set surname = $2, title = '', leaving = $3 where id = $1")
            .bind(who.0)
            .bind(GONE)
            .bind(on)
            .execute(conn)
            .await?;
    });
    on!(tx, conn => {
        sqlx::query("update requests set called = $2 where asked_by = $1")
            .bind(who.0)
            .bind(GONE)
            .execute(conn)
            .await?;
    });
    Ok(())
}

/// What would be in the way if they asked to be erased now, for the page.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn in_the_way(db: &Db, who: &Actor, now: Millis) -> Result<Option<Refusal>, StoreError> {
    let mut tx = db.read().await?;
    let own = requests::lists::running_of(&mut tx, who.id).await?;
    let running: Vec<_> =
        own.into_iter().map(|state| Running { code: String::new(), state, own: true }).collect();
    let ties = ties(&mut tx, who.id, &running, now).await?;
    Ok(may_leave(who, &ties).err().map(Refusal::from))
}
