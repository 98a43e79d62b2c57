//! Requests in the books. Every verb is one transaction: load, ask the rule, save, note.

pub mod after;
pub mod board;
pub mod family;
pub mod filing;
pub mod finding;
pub mod lists;
pub mod naming;
pub mod paper;
pub mod photos;
pub mod reading;
pub mod recurring;
pub mod round;
mod rows;
pub mod saved;
#[cfg(test)]
mod tests;
pub mod thanks;
pub mod watching;

use crate::{Db, StoreError, Tx, clock, history, notices, people, standing};
use domain::{
    Millis, notices as rules,
    people::{Actor, PersonId},
    requests::{
        Facts, Move, Request, Step, climb::Hindrance, deadlines::Deadlines, photos::Shows,
        reasons::RaiseReason,
    },
};
use rows::{Row, helpers_of, named_in, offers_of};
use uuid::Uuid;

pub use filing::submit;
pub use rows::Loaded;

/// Makes a move: the request after it, with its new deadline.
///
/// # Errors
/// [`StoreError::Refused`] with the reason of the rules; [`StoreError::NotFound`] for no such
/// request, or one that this person may not know of.
pub async fn apply(
    db: &Db,
    code: &str,
    step: &Step,
    who: &Actor,
    now: Millis,
) -> Result<Request, StoreError> {
    let mut tx = db.begin().await?;
    let before = load_for_move(&mut tx, code).await?;
    // Whom it was filed for may take over what they do not see yet.
    let unseen = before.request.sight(Some(who)) == domain::requests::privacy::Sight::Nothing;
    if unseen && !before.request.plays(domain::requests::moves::Part::Named, who) {
        return Err(StoreError::NotFound);
    }
    people::queue(&mut tx, who.id).await?;
    let who = standing::refreshed(&mut tx, who, now).await?;
    let after = make(&mut tx, &before, step, &who, now).await?;
    tx.commit().await?;
    Ok(after)
}

/// Makes a move of a request that waits for this transaction, by somebody who stands as given.
pub(crate) async fn make(
    tx: &mut Tx,
    before: &Loaded,
    step: &Step,
    who: &Actor,
    now: Millis,
) -> Result<Request, StoreError> {
    let open_claims = people::open_claims(tx, who.id).await?;
    let facts = clock::facts(tx, now, open_claims).await?;
    let (mv, after) = (step.mv(), before.request.apply(step, who, facts)?);
    save(tx, before, &after, &facts.deadlines).await?;
    if mv == Move::Finish {
        photos::taken(tx, who.id, after.id, Shows::Result).await?;
    }
    let about = match mv {
        Move::Raise => clock::holder(tx, &after, now).await?,
        _ => step.about(),
    };
    let told = rules::of_move(mv, &before.request, &after, Some(who.id), about);
    let news = notices::News { request: &after, mv: Some(mv), who: Some(who.id), at: now };
    notices::tell(tx, news, &told).await?;
    history::note(
        tx,
        history::Entry {
            request: after.id,
            at: now,
            who: Some(who.id),
            mv: Some(mv),
            was: Some(before.request.state),
            became: after.state,
            about,
            reason: step.reason(),
            note: step.note(),
        },
    )
    .await?;
    Ok(after)
}

/// The captain asks a volunteer 派单.
///
/// # Errors
/// As [`apply`]; [`StoreError::NotFound`] for no such volunteer.
pub async fn dispatch(
    db: &Db,
    code: &str,
    volunteer: PersonId,
    who: &Actor,
    now: Millis,
) -> Result<Request, StoreError> {
    let volunteer = people::actor(db, volunteer, now).await?.ok_or(StoreError::NotFound)?;
    apply(db, code, &Step::Dispatch(Box::new(volunteer)), who, now).await
}

/// The captain hands it to the next above 上报.
///
/// # Errors
/// As [`apply`]; [`Hindrance::Top`] when nobody leads a team above.
pub async fn raise(
    db: &Db,
    code: &str,
    reason: RaiseReason,
    note: Option<String>,
    who: &Actor,
    now: Millis,
) -> Result<Request, StoreError> {
    let mut tx = db.read().await?;
    let request = load(&mut tx, code).await?.request;
    let captains = people::captains_in(&mut tx, &request.place, now).await?;
    drop(tx);
    let to = request.climb.rung.next(&clock::led(&request, &captains));
    let step = Step::Raise(to.unwrap_or(request.climb.rung), reason, note);
    let outcome = apply(db, code, &step, who, now).await;
    // Whoever may is told that nobody is above; whoever may not, why.
    let may = request.may(Move::Raise, who, Facts::of(now, 0)).is_ok();
    if to.is_none() && may && matches!(outcome, Err(StoreError::Refused(_))) {
        return Err(StoreError::Refused(Hindrance::Top.into()));
    }
    outcome
}

/// Loads a request and makes every other move of it wait until this transaction ends: the touch of
/// the version takes the row's lock on PostgreSQL, where SQLite has one writer anyway.
pub(crate) async fn load_for_move(tx: &mut Tx, code: &str) -> Result<Loaded, StoreError> {
    if !is_code(code) {
        return Err(StoreError::NotFound);
    }
    let touched = on!(tx, conn => {
        sqlx::query("update requests set version = version + 1 where code = $1")
            .bind(code)
            .execute(conn)
            .await?
            .rows_affected()
    });
    if touched == 0 {
        return Err(StoreError::NotFound);
    }
    load(tx, code).await
}

/// The next move of a request that waits for this transaction already.
pub(crate) async fn touch(tx: &mut Tx, id: Uuid) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query("update requests set version = version + 1 where id = $1")
            .bind(id)
            .execute(conn)
            .await?;
    });
    Ok(())
}

pub(crate) async fn load(tx: &mut Tx, code: &str) -> Result<Loaded, StoreError> {
    if !is_code(code) {
        return Err(StoreError::NotFound);
    }
    let row: Row = on!(tx, conn => {
        sqlx::query_as("select * from requests where code = $1").bind(code).fetch_one(conn).await?
    });
    let helpers = helpers_of(tx, &row).await?;
    let offers = offers_of(tx, &row).await?;
    let named = named_in(tx, &row).await?;
    let watchers = watching::watchers_of(tx, row.id).await?;
    let mut loaded = row.load(helpers, offers)?;
    loaded.request.named = named;
    loaded.request.watchers = watchers;
    Ok(loaded)
}

/// Whether something can be a code: PostgreSQL takes no zero bytes.
fn is_code(code: &str) -> bool {
    code.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

pub(crate) async fn save(
    tx: &mut Tx,
    before: &Loaded,
    after: &Request,
    deadlines: &Deadlines,
) -> Result<(), StoreError> {
    let round = before.round_after(after);
    on!(tx, conn => {
        sqlx::query(
            "update requests set state = $1, since = $2, due = $3, round = $4, result = $5,
                    stars = $6, stars_words = $7, asked_by = $9, filed_by = $10, rung = $11,
                    rises = $12, late = $13, extended = $14, reminded = $15, alarm = $16,
                    entered_by = $17, good = $18 where id = $8",
        )
        .bind(after.state.key())
        .bind(after.since)
        .bind(after.due)
        .bind(round)
        .bind(&after.result)
        .bind(after.rating.as_ref().map(|rating| i64::from(rating.stars)))
        .bind(after.rating.as_ref().and_then(|rating| rating.words.clone()))
        .bind(after.id.0)
        .bind(after.asked_by.0)
        .bind(after.filed_by.map(|who| who.0))
        .bind(after.climb.rung.key())
        .bind(i64::from(after.climb.rises))
        .bind(after.climb.late)
        .bind(after.climb.extended)
        .bind(after.climb.reminded)
        .bind(after.alarm(deadlines))
        .bind(after.entered_by.map(|who| who.0))
        .bind(after.rating.as_ref().and_then(rows::good))
        .execute(conn)
        .await?;
    });
    if after.helpers != before.request.helpers {
        save_helpers(tx, round, after).await?;
    }
    if after.offers != before.request.offers {
        save_offers(tx, after).await?;
    }
    match (before.request.due, after.due) {
        (Some(_), None) => finding::forget(tx, after.id).await,
        (None, Some(_)) => finding::write(tx, after.id).await,
        _ => Ok(()),
    }
}

/// At most twenty rows: written anew rather than compared.
async fn save_helpers(tx: &mut Tx, round: i64, after: &Request) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query("delete from helpers where request = $1 and round = $2")
            .bind(after.id.0)
            .bind(round)
            .execute(conn)
            .await?;
    });
    for helper in &after.helpers {
        on!(&mut *tx, conn => {
            sqlx::query(
                "insert into helpers (request, round, person, claimed_at, started_at, minutes)
                 values ($1, $2, $3, $4, $5, $6)",
            )
            .bind(after.id.0)
            .bind(round)
            .bind(helper.person.0)
            .bind(helper.claimed_at)
            .bind(helper.started_at)
            .bind(helper.minutes.map(i64::from))
            .execute(conn)
            .await?;
        });
    }
    Ok(())
}

async fn save_offers(tx: &mut Tx, after: &Request) -> Result<(), StoreError> {
    on!(&mut *tx, conn => {
        sqlx::query("delete from offers where request = $1").bind(after.id.0).execute(conn).await?;
    });
    for offer in &after.offers {
        on!(&mut *tx, conn => {
            sqlx::query("insert into offers (request, person, at) values ($1, $2, $3)")
                .bind(after.id.0)
                .bind(offer.person.0)
                .bind(offer.at)
                .execute(conn)
                .await?;
        });
    }
    Ok(())
}
