//! What is counted by the hour, so that neither a restart nor many processes at once get around a
//! limit.

use crate::{Db, StoreError, Tx};
use domain::{Millis, clock::HOUR};

/// What is counted, and by whom.
#[derive(Clone, Copy, Debug)]
pub(super) enum What {
    /// A card opened: by card.
    Opened,
    /// A card filed: by address.
    Filed,
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
    Ok(on!(tx, conn => {
        sqlx::query_scalar(
            "insert into card_counts (what, whose, hour, times) values ($1, $2, $3, $4)
             on conflict (what, whose, hour)
             do update set times = card_counts.times + excluded.times returning times",
        )
        .bind(what.key())
        .bind(whose)
        .bind(now.div_euclid(HOUR))
        .bind(more)
        .fetch_one(conn)
        .await?
    }))
}

/// Clears away the counts of earlier hours; says how many.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn forget(db: &Db, now: Millis) -> Result<u64, StoreError> {
    let mut tx = db.begin().await?;
    let gone = on!(&mut tx, conn => {
        sqlx::query("delete from card_counts where hour < $1")
            .bind(now.div_euclid(HOUR))
            .execute(conn)
            .await?
            .rows_affected()
    });
    tx.commit().await?;
    Ok(gone)
}
