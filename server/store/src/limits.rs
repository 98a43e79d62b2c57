//! What one address may do within an hour.

use crate::{Db, StoreError, Tx, hourly::Hourly};
use domain::Millis;

const COUNTS: Hourly = hourly!("address_counts", "ip_hash");

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A session begun by somebody who has not signed in.
    Stranger,
    /// A sign-in code that did not open.
    WrongCode,
}

impl What {
    const fn key(self) -> &'static str {
        match self {
            Self::Stranger => "stranger",
            Self::WrongCode => "wrong_code",
        }
    }
}

/// Counts one more of an address, known by its hash; says how many it makes in this hour.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn count(db: &Db, what: What, ip_hash: &str, now: Millis) -> Result<i64, StoreError> {
    let mut tx = db.begin().await?;
    let times = add(&mut tx, what, ip_hash, now, 1).await?;
    tx.commit().await?;
    Ok(times)
}

/// Adds to a count and makes whoever counts for the same address wait until the transaction ends.
pub(crate) async fn add(
    tx: &mut Tx,
    what: What,
    ip_hash: &str,
    now: Millis,
    more: i64,
) -> Result<i64, StoreError> {
    COUNTS.add(tx, what.key(), ip_hash, now, more).await
}

/// Clears away the counts of earlier hours; says how many.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn forget(db: &Db, now: Millis) -> Result<u64, StoreError> {
    COUNTS.forget(db, now).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::at_once;
    use domain::clock::HOUR;

    const NOON: Millis = 1_795_406_400_000;

    both_engines! {
        async fn an_address_is_counted_by_the_hour_and_apart_from_others(db: Db) {
            let stranger = async |address, now| {
                count(&db, What::Stranger, address, now).await.unwrap()
            };

            let mut counts = vec![];
            for (address, at) in
                [("a", NOON), ("a", NOON + HOUR - 1), ("b", NOON), ("a", NOON + HOUR)]
            {
                counts.push(stranger(address, at).await);
            }
            counts.push(count(&db, What::WrongCode, "a", NOON).await.unwrap());

            assert_eq!(counts, [1, 2, 1, 1, 1]);
        }

        async fn twenty_who_come_at_once_are_twenty(db: Db) {
            let mut counts = at_once(20, |_| {
                let db = db.clone();
                async move { count(&db, What::Stranger, "a", NOON).await.unwrap() }
            })
            .await;
            counts.sort_unstable();

            assert_eq!(counts, (1..=20).collect::<Vec<_>>());
        }

        async fn counts_of_earlier_hours_are_cleared_away(db: Db) {
            count(&db, What::Stranger, "a", NOON).await.unwrap();

            let early = forget(&db, NOON + HOUR - 1).await.unwrap();
            let late = forget(&db, NOON + HOUR).await.unwrap();

            assert_eq!((early, late), (0, 1));
        }
    }
}
