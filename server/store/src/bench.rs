//! A county with so many requests from one seed, written in bulk and past the rules into an empty
//! database, and how long the board takes on it. For `fifteen bench`; nothing else calls it.

mod county;
pub mod crowd;
mod measure;
mod requests;
#[cfg(test)]
mod tests;

use crate::{Db, StoreError};
use domain::{Millis, people::Place};

pub use measure::{Times, What, measure};

/// Ten in the morning of a Wednesday: nobody's clock is asked.
pub const NOW: Millis = 1_781_661_600_000;

/// A county that can be measured.
#[derive(Clone, Debug)]
pub struct County {
    /// The books.
    pub db: Db,
    /// Where the reader lives: the largest village.
    home: Place,
    /// Requests of that village that anybody may claim, each claimed once.
    open: Vec<String>,
}

/// Fills an empty database with a county of so many requests: one in seven of them runs, and two in
/// five are of one village. The same seed makes the same county.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn fill(db: Db, seed: u64, requests: u32) -> Result<County, StoreError> {
    let home = county::write(&db).await?;
    let open = requests::write(&db, seed, requests, &home).await?;
    crate::requests::finding::catch_up(&db).await?;
    analyze(&db).await?;
    Ok(County { db, home, open })
}

/// Tells the planner what is there, as PostgreSQL does by itself within a minute.
async fn analyze(db: &Db) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    on!(&mut tx, conn => { sqlx::query("analyze").execute(conn).await?; });
    tx.commit().await
}
