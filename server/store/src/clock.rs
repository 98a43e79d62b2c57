//! What happens by the clock: deadlines that passed, claims that nobody began, offers that nobody
//! answered, reminders. Each
//! request is one transaction that holds only while its alarm is the one that was found, so that two
//! servers, a restart or an outage do everything once.

pub mod numbers;
pub mod posts;
#[cfg(test)]
mod tests;

use crate::{
    Db, StoreError, Tx, history, notices,
    people::{self, Captain},
    requests::{self, Loaded},
};
use domain::{
    Millis, notices as rules,
    people::{Actor, PersonId},
    requests::{
        Facts, Request, State,
        climb::{Rung, Tick},
        deadlines::Deadlines,
        privacy::Sight,
        reasons::{NO_ANSWER, PASSED, TIME_UP},
    },
};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// At most so many are found at a time.
const BATCH: i64 = 100;

/// What one look at the clock did.
#[derive(Debug, Default)]
pub struct Ticked {
    /// Requests that rose, or stayed at the top.
    pub raised: u64,
    /// Claims that were given back.
    pub released: u64,
    /// Offers that were taken back.
    pub lapsed: u64,
    /// Deadlines that were told beforehand.
    pub reminded: u64,
    /// Why some could not be looked at; they are due the next time again.
    pub failed: Vec<StoreError>,
}

/// A request whose alarm has gone off.
#[derive(FromRow)]
struct Due {
    id: Uuid,
    code: String,
    alarm: Millis,
}

/// Does everything that is due at `now`. A request that cannot be read does not hold up the others.
///
/// # Errors
/// [`StoreError::Database`] when what is due cannot be found.
pub async fn tick(db: &Db, now: Millis) -> Result<Ticked, StoreError> {
    let mut ticked = Ticked::default();
    let mut after = (Millis::MIN, Uuid::nil());
    loop {
        let found = due(db, now, after).await?;
        let Some(last) = found.last() else { return Ok(ticked) };
        after = (last.alarm, last.id);
        for one in found {
            match look_at(db, &one, now).await {
                Ok(done) => done.into_iter().for_each(|tick| ticked.count(tick)),
                Err(error) => ticked.failed.push(error),
            }
        }
    }
}

impl Ticked {
    fn count(&mut self, tick: Tick) {
        match tick {
            Tick::Raise => self.raised += 1,
            Tick::Release(_) => self.released += 1,
            Tick::Lapse(_) => self.lapsed += 1,
            Tick::Remind => self.reminded += 1,
        }
    }

    /// Nothing was due.
    pub fn is_empty(&self) -> bool {
        self.raised + self.released + self.lapsed + self.reminded == 0 && self.failed.is_empty()
    }
}

/// The next that are due, from the longest waiting.
async fn due(db: &Db, now: Millis, after: (Millis, Uuid)) -> Result<Vec<Due>, StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_as(
            "select id, code, alarm from requests
             where alarm <= $1 and (alarm, id) > ($2, $3) order by alarm, id limit $4",
        )
        .bind(now)
        .bind(after.0)
        .bind(after.1)
        .bind(BATCH)
        .fetch_all(conn)
        .await?
    }))
}

/// Does what is due of one request; nothing when another was first.
async fn look_at(db: &Db, due: &Due, now: Millis) -> Result<Vec<Tick>, StoreError> {
    let mut tx = db.begin().await?;
    if !take(&mut tx, due).await? {
        return Ok(vec![]);
    }
    let facts = facts(&mut tx, now, 0).await?;
    let mut loaded = requests::load(&mut tx, &due.code).await?;
    let captains = people::captains_in(&mut tx, &loaded.request.place, now).await?;
    let mut done = vec![];
    while let Some((tick, after)) = loaded.request.ticked(&led(&loaded.request, &captains), facts) {
        if !done.is_empty() {
            // Each is a move of its own, with a version of its own.
            requests::touch(&mut tx, due.id).await?;
        }
        write(&mut tx, &loaded, tick, &after, facts).await?;
        done.push(tick);
        loaded.request = after;
    }
    if done.is_empty() {
        // The alarm is older than the numbers by which it was set.
        requests::save(&mut tx, &loaded, &loaded.request, &facts.deadlines).await?;
    }
    tx.commit().await?;
    Ok(done)
}

/// Takes the row for this transaction, if its alarm is still the one that was found.
async fn take(tx: &mut Tx, due: &Due) -> Result<bool, StoreError> {
    let taken: Option<i64> = on!(tx, conn => {
        sqlx::query_scalar(
            "update requests set version = version + 1 where id = $1 and alarm = $2 returning version",
        )
        .bind(due.id)
        .bind(due.alarm)
        .fetch_optional(conn)
        .await?
    });
    Ok(taken.is_some())
}

/// Saves what the clock did, tells who is to know, and writes history.
async fn write(
    tx: &mut Tx,
    before: &Loaded,
    tick: Tick,
    after: &Request,
    facts: Facts,
) -> Result<(), StoreError> {
    requests::save(tx, before, after, &facts.deadlines).await?;
    let holder = holder(tx, after, facts.now).await?;
    let told = rules::of_tick(tick, &before.request, after);
    let news = notices::News { request: after, mv: tick.mv(), who: None, at: facts.now };
    notices::tell(tx, news, &told).await?;
    let (reason, about) = match tick {
        Tick::Raise => (PASSED, holder),
        Tick::Release(helper) => (TIME_UP, Some(helper)),
        Tick::Lapse(asked) => (NO_ANSWER, Some(asked)),
        Tick::Remind => return Ok(()),
    };
    let entry = history::Entry {
        request: after.id,
        at: facts.now,
        who: None,
        mv: tick.mv(),
        was: Some(before.request.state),
        became: after.state,
        about,
        reason: Some(reason),
        note: None,
    };
    history::note(tx, entry).await
}

/// What the rules need to know at a moment: the deadlines that hold then.
pub(crate) async fn facts(tx: &mut Tx, now: Millis, open_claims: u8) -> Result<Facts, StoreError> {
    Ok(Facts { now, open_claims, deadlines: numbers::holding(tx, now).await? })
}

/// A request with its ladder, as far as somebody may know of it.
#[derive(Debug)]
pub struct Ladder {
    /// The request.
    pub request: Request,
    /// The captains over its place, the nearest first.
    pub captains: Vec<Captain>,
    /// The deadlines that hold now.
    pub deadlines: Deadlines,
}

/// A request with the captains over it; nothing of whom it is for.
///
/// # Errors
/// [`StoreError::NotFound`] for no such request, or one that the reader may not know of.
pub async fn ladder_of(
    db: &Db,
    code: &str,
    reader: Option<&Actor>,
    now: Millis,
) -> Result<Ladder, StoreError> {
    let mut tx = db.read().await?;
    let request = requests::load(&mut tx, code).await?.request;
    if request.sight(reader) == Sight::Nothing {
        return Err(StoreError::NotFound);
    }
    let captains = people::captains_in(&mut tx, &request.place, now).await?;
    let deadlines = numbers::holding(&mut tx, now).await?;
    Ok(Ladder { request, captains, deadlines })
}

/// One captain for each rung, the nearest first. Who helped or entered it from paper passes the approval
/// on: four eyes.
pub fn in_turn<'a>(request: &Request, captains: &'a [Captain]) -> Vec<(Rung, &'a Captain)> {
    let mut turns: Vec<(Rung, &Captain)> = vec![];
    for captain in captains {
        let Some(rung) = Rung::of(captain.kind) else { continue };
        let helped = captain.person.is_some_and(|person| request.is_own_work(person));
        let passes = helped && request.state == State::Done;
        if !passes && turns.iter().all(|(taken, _)| *taken != rung) {
            turns.push((rung, captain));
        }
    }
    turns
}

/// The rungs that are led over a request.
pub fn led(request: &Request, captains: &[Captain]) -> Vec<Rung> {
    in_turn(request, captains).into_iter().map(|(rung, _)| rung).collect()
}

/// The captain whose turn it is.
pub(crate) async fn holder(
    tx: &mut Tx,
    request: &Request,
    now: Millis,
) -> Result<Option<PersonId>, StoreError> {
    let captains = people::captains_in(tx, &request.place, now).await?;
    let turns = in_turn(request, &captains);
    let holder = turns.iter().find(|(rung, _)| *rung >= request.climb.rung);
    Ok(holder.and_then(|(_, captain)| captain.person))
}
