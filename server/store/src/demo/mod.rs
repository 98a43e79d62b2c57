//! The demo county: the real areas of Renqiu, with people, teams and requests that are invented.
//!
//! Read downwards: `areas` and `teams` are the two trees, `people` fills the doors, `story` and
//! `requests` tell what happened, `books` writes it all down. Everything falls from one pair of
//! dice, so the same seed and hour make the same county.

mod abuse;
mod areas;
mod books;
mod cards;
mod clock;
pub(crate) mod dice;
mod lives;
mod names;
mod people;
mod requests;
mod story;
mod teams;
mod teller;
mod telling;
#[cfg(test)]
mod tests;
pub(crate) mod town;
mod volunteers;
mod words;

use crate::{Db, StoreError, credentials::Vault};
use dice::Dice;
use domain::{Millis, clock::DAY};

/// What was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Areas of the tree.
    pub areas: usize,
    /// Teams of all kinds.
    pub teams: usize,
    /// People with an account.
    pub people: usize,
    /// Requests in every state.
    pub requests: usize,
}

/// Fills an empty database as of `now`; the same seed makes the same county, but for the keys of door
/// cards, which nobody may foresee.
///
/// # Errors
/// [`StoreError::Database`], also when there are areas or people already.
pub async fn fill(db: &Db, seed: u64, now: Millis) -> Result<Summary, StoreError> {
    fill_with(db, &Vault::Open, seed, now).await
}

/// The same, with door cards that this house can print.
///
/// # Errors
/// As [`fill`]; [`StoreError::Proof`] in a house without key.
pub async fn fill_with(
    db: &Db,
    vault: &Vault,
    seed: u64,
    now: Millis,
) -> Result<Summary, StoreError> {
    let mut dice = Dice::new(seed);
    let areas = areas::tree(&mut dice);
    let mut teams = teams::teams(&areas, &mut dice, now - 600 * DAY);
    let mut people = people::people(&areas, &mut teams, &mut dice, now);
    // Dice of their own, so that the story falls as it always has.
    let mut apart = Dice::new(seed ^ 0x15);
    let young = people.young(&mut apart, &teams);
    let volunteers = volunteers::volunteers(&teams, &people, &mut apart, now);
    let lives = requests::lives(&teams, &people, dice, now);
    hurry(db).await?;
    let written = async {
        books::settle(db, &areas, &teams, &people, &volunteers, now).await?;
        books::live(db, &lives, &people, now).await?;
        volunteers::tell(db, &teams, &people, young, now).await?;
        cards::hang(db, vault, &teams, &people, now).await?;
        abuse::tell(db, &people, now).await?;
        clock::tell(db, now).await?;
        // It happened long ago: nobody's phone rings for it.
        let_be(db, now).await
    };
    let written = written.await;
    take_care(db).await?;
    written?;
    Ok(Summary {
        areas: areas.len(),
        teams: teams.all.len(),
        people: people.all.len(),
        requests: lives.len(),
    })
}

/// Nothing of it goes out of the house.
async fn let_be(db: &Db, now: Millis) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    on!(&mut tx, conn => {
        sqlx::query(
            "update deliveries set state = 'over', next = null, done = $1 where next is not null",
        )
        .bind(now)
        .execute(conn)
        .await?;
    });
    tx.commit().await
}

/// On SQLite every one of the two thousand moves would wait for the disk. Until [`take_care`] the
/// writer does not; a loss of power meanwhile costs a demo that can be filled again.
pub(crate) async fn hurry(db: &Db) -> Result<(), StoreError> {
    if let Db::Lite { write, .. } = db {
        sqlx::query("pragma synchronous = off").execute(write).await?;
    }
    Ok(())
}

/// Waits for the disk again, and brings there what is not on it yet.
async fn take_care(db: &Db) -> Result<(), StoreError> {
    if let Db::Lite { write, .. } = db {
        sqlx::query("pragma synchronous = full").execute(write).await?;
        sqlx::query("pragma wal_checkpoint(truncate)").execute(write).await?;
    }
    Ok(())
}
