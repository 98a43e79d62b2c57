//! What the clock asks for, once for each day.

use super::{Row, belongs, load, pauses};
use crate::{
    Db, StoreError, Tx, notices, people,
    requests::{
        self,
        filing::{Form, filed_before, submit_in},
    },
};
use domain::{
    Millis,
    dates::Day,
    notices::{Notice, To},
    people::{Actor, PersonId, Place},
    permissions::{Act, Subject, can},
    requests::recurring::{Repeats, Turn, first_look, turn},
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// At most so many are found at a time.
const BATCH: i64 = 100;

/// What one look at the clock did.
#[derive(Debug, Default)]
pub struct Recurred {
    /// Requests that were made.
    pub made: u64,
    /// Needs that wait from now on.
    pub paused: u64,
    /// Why some could not be looked at; they are due the next time again.
    pub failed: Vec<StoreError>,
}

impl Recurred {
    /// Nothing was due.
    pub fn is_empty(&self) -> bool {
        self.made + self.paused == 0 && self.failed.is_empty()
    }
}

/// Asks for everything that comes again and is due at `now`. One that cannot be read does not hold up
/// the others.
///
/// # Errors
/// [`StoreError::Database`] when what is due cannot be found.
pub async fn tick(db: &Db, now: Millis) -> Result<Recurred, StoreError> {
    let mut done = Recurred::default();
    let mut after = (Millis::MIN, Uuid::nil());
    loop {
        let mut tx = db.read().await?;
        let found: Vec<(Uuid, Millis)> = on!(&mut tx, conn => {
            sqlx::query_as(
                "select id, alarm from series where alarm <= $1 and (alarm, id) > ($2, $3)
                 order by alarm, id limit $4",
            )
            .bind(now)
            .bind(after.0)
            .bind(after.1)
            .bind(BATCH)
            .fetch_all(conn)
            .await?
        });
        drop(tx);
        let Some((id, alarm)) = found.last() else { return Ok(done) };
        after = (*alarm, *id);
        for (id, alarm) in found {
            match look_at(db, id, alarm, now).await {
                Ok(Some(Turn::Make(_))) => done.made += 1,
                Ok(Some(Turn::Pause)) => done.paused += 1,
                Ok(Some(Turn::Wait(_)) | None) => {}
                Err(error) => done.failed.push(error),
            }
        }
    }
}

/// Does what is due of one; nothing when another was first.
async fn look_at(
    db: &Db,
    id: Uuid,
    alarm: Millis,
    now: Millis,
) -> Result<Option<Turn>, StoreError> {
    let mut tx = db.begin().await?;
    let taken = on!(&mut tx, conn => {
        sqlx::query("update series set created = created where id = $1 and alarm = $2")
            .bind(id)
            .bind(alarm)
            .execute(conn)
            .await?
            .rows_affected()
    });
    if taken == 0 {
        return Ok(None);
    }
    let row = load(&mut tx, id).await?;
    let (repeats, next) = (row.repeats()?, row.next()?);
    let done = match turn(&repeats, next, row.last_state()?, now) {
        Turn::Wait(until) => {
            rings(&mut tx, id, until).await?;
            Turn::Wait(until)
        }
        Turn::Pause => {
            stops(&mut tx, &row, "declined", now).await?;
            Turn::Pause
        }
        Turn::Make(day) => makes(&mut tx, &row, &repeats, day, now).await?,
    };
    tx.commit().await?;
    Ok(Some(done))
}

async fn rings(tx: &mut Tx, id: Uuid, at: Millis) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query("update series set alarm = $2 where id = $1")
            .bind(id)
            .bind(at)
            .execute(conn)
            .await?;
    });
    Ok(())
}

/// It waits, and whoever asks is told so beside the last that was made of it.
async fn stops(tx: &mut Tx, row: &Row, why: &str, now: Millis) -> Result<(), StoreError> {
    pauses(tx, row.id, why).await?;
    let Some(code) = &row.last else { return Ok(()) };
    let request = requests::load(tx, code).await?.request;
    // It may stop again after the same one: then it is news again.
    for before in [
        "delete from notices where request = $1 and kind = 'stopped'",
        "delete from deliveries where request = $1 and kind = 'stopped'",
    ] {
        on!(tx, conn => {
            sqlx::query(before).bind(request.id.0).execute(conn).await?;
        });
    }
    let news = notices::News { request: &request, mv: None, who: None, at: now };
    notices::tell(tx, news, &[(To::Person(PersonId(row.person)), Notice::Stopped)]).await
}

/// Asks for a day. Who may not ask now, or has no home any more, goes on with it themselves later.
async fn makes(
    tx: &mut Tx,
    row: &Row,
    repeats: &Repeats,
    day: Day,
    now: Millis,
) -> Result<Turn, StoreError> {
    let who = people::actor_in(tx, PersonId(row.person), now).await?;
    let may =
        |who: &Actor| can(Some(who), Act::Ask, Subject::House).is_ok() && who.has_a_name().is_ok();
    let (Some(submission), Some(who)) = (row.form()?, who.filter(may)) else {
        stops(tx, row, "may_not", now).await?;
        return Ok(Turn::Pause);
    };
    let Some(home) = who.home else {
        stops(tx, row, "may_not", now).await?;
        return Ok(Turn::Pause);
    };
    let key = key_of(row.id, day);
    if filed_before(tx, &who, key).await?.is_none() {
        let home = routed(tx, row, home).await?;
        let form = Form {
            submission: &submission,
            who: &who,
            filed_by: None,
            place: &home,
            key,
            recurs: true,
        };
        let code = submit_in(tx, &form, now).await?.ok_or(StoreError::NotFound)?;
        belongs(tx, &code, row.id).await?;
    }
    let next = repeats.after(day).ok_or_else(|| row.corrupt("next"))?;
    on!(tx, conn => {
        sqlx::query("update series set next = $2, made = $3, alarm = $4 where id = $1")
            .bind(row.id)
            .bind(next.to_string())
            .bind(day.to_string())
            .bind(first_look(next))
            .execute(conn)
            .await?;
    });
    Ok(Turn::Make(day))
}

/// Where no circle serves the home, it goes where the one before went: the nearest circle was measured
/// then, and the clock stands nowhere.
async fn routed(tx: &mut Tx, row: &Row, home: Place) -> Result<Place, StoreError> {
    let Some(code) = row.last.as_ref().filter(|_| home.squad.is_none()) else { return Ok(home) };
    let before = requests::load(tx, code).await?.request.place;
    // A request with a door was asked for at home: they have moved since.
    let measured =
        before.village == home.village && before.door.is_none() && before.point.is_none();
    let Place { squad, company, .. } = if measured { before } else { home };
    Ok(Place { squad, company, ..home })
}

/// The key of the form for a day of a series: always the same.
fn key_of(series: Uuid, day: Day) -> Uuid {
    let hash = Sha256::digest(format!("{series} {day}"));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}
