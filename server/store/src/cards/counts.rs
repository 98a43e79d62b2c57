//! What is counted of cards by the hour.

use crate::{Db, StoreError, Tx, hourly::Hourly};
use domain::Millis;

const COUNTS: Hourly = hourly!("card_counts", "whose");

/// What is counted, and by whom.
#[derive(Clone, Copy, Debug)]
pub(super) enum What {
    /// A card opened: by card.
    Opened,
    /// A card filed: by address.
    Filed,
    /// A card sent a photo: by card.
    Photo,
    /// A square that is no card's: by address.
    Unknown,
    /// A code that is no card's: by captain.
    Misheard,
}

impl What {
    const fn key(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Filed => "filed",
            Self::Photo => "photo",
            Self::Unknown => "unknown",
            Self::Misheard => "misheard",
        }
    }
}

/// Adds to a count of this hour, and says how many it makes. Whoever counts the same waits until the
/// transaction ends.
pub(super) async fn add(
    tx: &mut Tx,
    what: What,
    whose: &str,
    now: Millis,
    more: i64,
) -> Result<i64, StoreError> {
    COUNTS.add(tx, what.key(), whose, now, more).await
}

/// Clears away the counts of earlier hours; says how many.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn forget(db: &Db, now: Millis) -> Result<u64, StoreError> {
    COUNTS.forget(db, now).await
}
