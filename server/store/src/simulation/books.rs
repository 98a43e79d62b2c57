//! What the books say, asked without the verbs that wrote them.

use super::{BEGINS, SLOT, SimulationError, World, remembered::fault};
use crate::{Db, StoreError, history, requests};
use domain::{Millis, clock::DAY, requests::privacy::CONTACT_LIFE};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// How much history a request has.
#[derive(FromRow)]
pub(super) struct Rows {
    pub all: i64,
    pub passed: i64,
    pub alarm: Option<Millis>,
}

/// Each finds what must not be there.
const NEVER: &[(&str, &str)] = &[
    (
        "runs and nobody will look at it",
        "select code from requests where state in ('submitted', 'open', 'claimed', 'serving', 'done')
           and (due is null or alarm is null or alarm > due) limit 1",
    ),
    (
        "has more helpers than places",
        "select r.code from requests r join helpers h on h.request = r.id and h.round = r.round
          group by r.code, r.needed having count(*) > r.needed limit 1",
    ),
    (
        "is offered to somebody though nobody can come any more",
        "select r.code from requests r join offers o on o.request = r.id
          where r.state not in ('open', 'claimed') limit 1",
    ),
    (
        "counts minutes that nobody approved",
        "select r.code from requests r join helpers h on h.request = r.id
          where h.minutes is not null and not exists (select 1 from history y
            where y.request = r.id and y.move in ('finish', 'record', 'approve')) limit 1",
    ),
    (
        "is closed without an approval",
        "select r.code from requests r where r.state = 'closed' and not exists
          (select 1 from history y where y.request = r.id and y.move = 'approve') limit 1",
    ),
    (
        "was approved by who helped",
        "select r.code from requests r join history y on y.request = r.id and y.move = 'approve'
          join helpers h on h.request = r.id and h.person = y.who and h.round = r.round
         where r.state = 'closed' and y.at = r.since limit 1",
    ),
];

impl World {
    /// How much history a request has.
    pub(super) async fn rows(&self, id: Uuid) -> Result<Rows, StoreError> {
        let mut tx = self.db().read().await?;
        Ok(on!(&mut tx, conn => {
            sqlx::query_as(
                "select count(*) as \"all\", count(*) filter (where h.move = 'raise' and h.reason = 'passed') as passed,
                        min(r.alarm) as alarm
                 from history h join requests r on r.id = h.request where h.request = $1",
            )
            .bind(id)
            .fetch_one(conn)
            .await?
        }))
    }

    /// Every deadline that passed has one row, and one that did not has none.
    pub(super) async fn after_the_clock(&mut self, at: usize) -> Result<(), SimulationError> {
        let before = &self.known.all[at];
        let missed = i64::from(before.request.due.is_some_and(|due| due <= self.now));
        let mut tx = self.db().read().await?;
        let request = requests::load(&mut tx, &before.request.code).await?.request;
        drop(tx);
        let rows = self.rows(request.id.0).await?;
        if rows.passed - before.passed != missed {
            let (code, found) = (&request.code, rows.passed - before.passed);
            return Err(self
                .broken(format!("{code}: {missed} deadlines passed, {found} are in its history")));
        }
        if let Some(what) = fault(&request) {
            return Err(self.broken(what));
        }
        if request.due.is_some_and(|due| due <= self.now) {
            return Err(self.broken(format!("{} is late and got no new deadline", request.code)));
        }
        let known = &mut self.known.all[at];
        known.rows = rows.all;
        known.passed = rows.passed;
        known.alarm = rows.alarm;
        known.request = request;
        Ok(())
    }

    /// What must hold of the whole books in the evening.
    pub(super) async fn look_through(&mut self) -> Result<(), SimulationError> {
        for (what, text) in NEVER {
            if let Some(code) = first(self.db(), text).await? {
                return Err(self.broken(format!("{code} {what}")));
            }
        }
        self.deadlines().await?;
        self.contacts().await?;
        self.looks().await?;
        self.known.let_go(self.now);
        if (self.now - BEGINS) / DAY % 30 == 29 {
            self.prove().await?;
        }
        Ok(())
    }

    /// Nothing waits longer than from one look at the clock to the next.
    async fn deadlines(&self) -> Result<(), SimulationError> {
        let found = first_before(
            self.db(),
            "select code from requests where due <= $1 or alarm <= $1 limit 1",
            self.tick - SLOT,
        );
        match found.await? {
            Some(code) => Err(self.broken(format!("{code} was forgotten by the clock"))),
            None => Ok(()),
        }
    }

    /// Contact data is there for thirty days after the end, and no longer.
    async fn contacts(&self) -> Result<(), SimulationError> {
        let ended = self.now - CONTACT_LIFE;
        let kept = "select r.code from requests r join contacts c on c.request = r.id
                    where r.due is null and r.since <= $1 limit 1";
        if let Some(code) = first_before(self.db(), kept, ended).await? {
            return Err(self.broken(format!("{code} still has a phone or a door")));
        }
        let lost = "select r.code from requests r left join contacts c on c.request = r.id
                    where (r.due is not null or r.since > $1) and c.request is null limit 1";
        match first_before(self.db(), lost, ended).await? {
            Some(code) => Err(self.broken(format!("{code} has lost its phone too early"))),
            None => Ok(()),
        }
    }

    /// Every look at contact data of others is written down, and nothing else is.
    async fn looks(&self) -> Result<(), SimulationError> {
        let mut tx = self.db().read().await?;
        let written: i64 = on!(&mut tx, conn => {
            sqlx::query_scalar("select count(*) from access_log")
                .fetch_one(conn)
                .await
                .map_err(StoreError::from)?
        });
        if u64::try_from(written).is_ok_and(|written| written == self.told.looks) {
            return Ok(());
        }
        Err(self.broken(format!("{} looks, {written} are written down", self.told.looks)))
    }

    /// Walks every chain.
    pub(super) async fn prove(&mut self) -> Result<(), SimulationError> {
        match history::verify(self.db()).await? {
            history::Verdict::Whole { rows, .. } => {
                self.told.rows = rows;
                Ok(())
            }
            history::Verdict::Broken { seq, why } => {
                Err(self.broken(format!("a chain is broken at {seq}: {why}")))
            }
        }
    }
}

async fn first(db: &Db, text: &'static str) -> Result<Option<String>, StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => sqlx::query_scalar(text).fetch_optional(conn).await?))
}

async fn first_before(
    db: &Db,
    text: &'static str,
    at: Millis,
) -> Result<Option<String>, StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => sqlx::query_scalar(text).bind(at).fetch_optional(conn).await?))
}
