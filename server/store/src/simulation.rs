//! A town that lives on the real books, with a time that is a value: residents who ask, volunteers
//! with habits, captains who forget, servers that stand still or start again. After every step and
//! every day the promises of DOMAIN.md §2 are looked up in the books, against what the town itself
//! remembers. For `fifteen simulate` and the tests; nothing else calls it.
//!
//! Everything falls from one pair of dice. Whoever is first of several at once is not for the dice to
//! say, so those who raced give back what they won and the day goes on the same.

mod acts;
mod books;
mod reading;
mod remembered;
#[cfg(test)]
mod tests;

use crate::{
    Db, StoreError, clock,
    demo::{
        dice::Dice,
        hurry,
        town::{self, Town},
    },
    notices, retention,
};
use domain::{
    Millis,
    clock::{DAY, HOUR, MINUTE, wall},
};
use remembered::Remembered;

/// Midnight of the first of December in Renqiu: the turn of the year comes early.
pub const BEGINS: Millis = 1_796_054_400_000;
/// How often somebody may do something, and the clock is looked at.
const SLOT: Millis = 10 * MINUTE;

/// How long which town lives.
#[derive(Clone, Copy, Debug)]
pub struct Life {
    /// Days.
    pub days: u32,
    /// The same seed lives the same life.
    pub seed: u64,
}

/// What happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Requests filed.
    pub filed: u64,
    /// Moves made.
    pub made: u64,
    /// Tries that the rules refused.
    pub refused: u64,
    /// Times that several wanted the last place at once.
    pub races: u64,
    /// Deadlines that passed.
    pub raised: u64,
    /// Claims that the clock gave back.
    pub released: u64,
    /// Deadlines told beforehand.
    pub reminded: u64,
    /// Times that no server ran.
    pub outages: u64,
    /// Times that the servers started again.
    pub restarts: u64,
    /// Looks at contact data.
    pub looks: u64,
    /// Requests of which contact data was erased.
    pub erased: u64,
    /// Minutes approved.
    pub minutes: i64,
    /// Rows of all chains that were proven at the end.
    pub rows: u64,
}

/// Why a life ended early.
#[derive(Debug, thiserror::Error)]
pub enum SimulationError {
    /// The books failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A promise does not hold.
    #[error("day {day}: {what}")]
    Broken {
        /// Counted from 0.
        day: i64,
        /// Which, and where.
        what: String,
    },
}

/// Lives a life in an empty database; `evening` hears of every day.
///
/// # Errors
/// [`SimulationError::Broken`] with the first promise that does not hold.
pub async fn simulate(
    url: &str,
    life: Life,
    evening: impl Fn(u32, &Told),
) -> Result<Told, SimulationError> {
    let servers = open(url).await?;
    let town = town::settle(&servers[0], life.seed, BEGINS).await?;
    let mut world = World {
        url: url.to_owned(),
        servers,
        town,
        dice: Dice::new(life.seed ^ 0x5157),
        now: BEGINS,
        tick: BEGINS,
        known: Remembered::default(),
        told: Told::default(),
    };
    for day in 0..life.days {
        world.day(i64::from(day)).await?;
        evening(day + 1, &world.told);
    }
    world.prove().await?;
    for server in &world.servers {
        server.close().await;
    }
    Ok(world.told)
}

/// Two servers on the same books. Nothing waits for the disk: what is at stake is not a loss of power.
async fn open(url: &str) -> Result<[Db; 2], StoreError> {
    let servers = [Db::open(url).await?, Db::open(url).await?];
    for server in &servers {
        hurry(server).await?;
    }
    Ok(servers)
}

/// The town, the books, and what the town remembers.
struct World {
    url: String,
    servers: [Db; 2],
    town: Town,
    dice: Dice,
    now: Millis,
    /// When the clock was last looked at.
    tick: Millis,
    known: Remembered,
    told: Told,
}

impl World {
    fn db(&self) -> &Db {
        &self.servers[0]
    }

    fn broken(&self, what: impl Into<String>) -> SimulationError {
        SimulationError::Broken { day: (self.now - BEGINS) / DAY, what: what.into() }
    }

    async fn day(&mut self, day: i64) -> Result<(), SimulationError> {
        let ends = BEGINS + (day + 1) * DAY;
        let mut slot = BEGINS + day * DAY;
        while slot < ends {
            if slot < self.now {
                // Nobody could do anything: no server ran.
                slot += SLOT;
                continue;
            }
            self.now = slot;
            self.ring().await?;
            if self.dice.between(0, 9_999) < 6 {
                self.stand_still();
            } else {
                self.slot().await?;
            }
            if self.dice.between(0, 9_999) < 10 {
                self.restart().await?;
            }
            slot += SLOT;
        }
        if self.now < ends {
            self.now = ends - 1;
            self.sweep().await?;
            self.look_through().await?;
        }
        Ok(())
    }

    /// For an hour to two days nothing answers and no clock goes.
    fn stand_still(&mut self) {
        self.told.outages += 1;
        self.now += self.dice.between(1, 48) * HOUR;
    }

    async fn restart(&mut self) -> Result<(), SimulationError> {
        self.told.restarts += 1;
        for server in &self.servers {
            server.close().await;
        }
        self.servers = open(&self.url).await?;
        Ok(())
    }

    /// Both servers look at the clock at the same moment.
    async fn ring(&mut self) -> Result<(), SimulationError> {
        let due = self.known.due(self.now);
        let [one, other] = &self.servers;
        let (first, second) =
            tokio::join!(clock::tick(one, self.now), clock::tick(other, self.now));
        for ticked in [first?, second?] {
            if let Some(failed) = ticked.failed.into_iter().find(|error| !error.may_be_retried()) {
                return Err(failed.into());
            }
            self.told.raised += ticked.raised;
            self.told.released += ticked.released;
            self.told.reminded += ticked.reminded;
        }
        self.tick = self.now;
        for at in due {
            self.after_the_clock(at).await?;
        }
        Ok(())
    }

    /// What runs at night: forgetting.
    async fn sweep(&mut self) -> Result<(), SimulationError> {
        self.told.erased += retention::erase_contacts(self.db(), self.now).await?;
        notices::forget(self.db(), self.now).await?;
        Ok(())
    }

    /// Between six and ten in the evening.
    fn is_light(&self) -> bool {
        (6..22).contains(&wall(self.now).hour)
    }
}
