//! Counts within one hour. They are rows, so neither a restart nor many processes at once get around a
//! limit.

use crate::{Db, StoreError, Tx};
use domain::{Millis, clock::HOUR};

/// A table of counts: what is counted, of whom, in which hour since the epoch.
pub(crate) struct Hourly {
    #[doc(hidden)]
    pub add: &'static str,
    #[doc(hidden)]
    pub forget: &'static str,
}

/// The counts of a table; `of` is its column for whose they are.
macro_rules! hourly {
    ($table:literal, $of:literal) => {
        $crate::hourly::Hourly {
            add: concat!(
                "insert into ",
                $table,
                " (what, ",
                $of,
                ", hour, times) values ($1, $2, $3, $4)
                 on conflict (what, ",
                $of,
                ", hour)
                 do update set times = ",
                $table,
                ".times + excluded.times returning times"
            ),
            forget: concat!("delete from ", $table, " where hour < $1"),
        }
    };
}

impl Hourly {
    /// Adds to a count of this hour, and says how many it makes. Whoever counts the same waits until
    /// the transaction ends.
    pub(crate) async fn add(
        &self,
        tx: &mut Tx,
        what: &'static str,
        whose: &str,
        now: Millis,
        more: i64,
    ) -> Result<i64, StoreError> {
        Ok(on!(tx, conn => {
            sqlx::query_scalar(self.add)
                .bind(what)
                .bind(whose)
                .bind(now.div_euclid(HOUR))
                .bind(more)
                .fetch_one(conn)
                .await?
        }))
    }

    /// Clears away the counts of earlier hours; says how many.
    pub(crate) async fn forget(&self, db: &Db, now: Millis) -> Result<u64, StoreError> {
        let mut tx = db.begin().await?;
        let gone = on!(&mut tx, conn => {
            sqlx::query(self.forget).bind(now.div_euclid(HOUR)).execute(conn).await?.rows_affected()
        });
        tx.commit().await?;
        Ok(gone)
    }
}
