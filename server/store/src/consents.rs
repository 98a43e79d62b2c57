//! What people agreed to: who, which version of which text, when.

use crate::{Db, StoreError, Tx};
use domain::{Millis, consent::Text, people::PersonId};
use sqlx_macros::FromRow;

/// A consent.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Consent {
    /// The key of the text.
    pub text: String,
    /// Its version.
    pub version: i64,
    /// When.
    pub at: Millis,
}

/// Notes that somebody agreed to a version of a text; the first time counts.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn record(
    db: &Db,
    who: PersonId,
    text: Text,
    version: i64,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    record_in(&mut tx, who, text, version, now).await?;
    tx.commit().await
}

async fn record_in(
    tx: &mut Tx,
    who: PersonId,
    text: Text,
    version: i64,
    now: Millis,
) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query(
            "insert into consents (person, text, version, at) values ($1, $2, $3, $4)
             on conflict (person, text, version) do nothing",
        )
        .bind(who.0)
        .bind(text.key())
        .bind(version)
        .bind(now)
        .execute(conn)
        .await?;
    });
    Ok(())
}

/// Everything that somebody agreed to, the oldest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of(db: &Db, who: PersonId) -> Result<Vec<Consent>, StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_as(
            "select text, version, at from consents where person = $1 order by at, text, version",
        )
        .bind(who.0)
        .fetch_all(conn)
        .await?
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{example::*, people, requests};
    use domain::{
        Refusal,
        consent::NEWEST,
        requests::{Move, Step},
        standing::Standing,
    };

    async fn agrees(db: &Db, who: PersonId, version: i64, at: Millis) {
        record(db, who, Text::Terms, version, at).await.unwrap();
    }

    both_engines! {
        async fn who_agreed_to_an_older_version_sees_every_button_and_agrees_before_the_next_act(db: Db) {
            let code = an_open_request(&db).await;
            let zhai = volunteer(&db, 1).await;
            agrees(&db, zhai.id, NEWEST - 1, now()).await;

            let asked = people::actor(&db, zhai.id, now()).await.unwrap().unwrap();
            let seen = requests::reading::read(&db, &code, Some(&asked), now()).await.unwrap();
            let claim = requests::apply(&db, &code, &Step::Claim, &asked, now()).await;
            agrees(&db, zhai.id, NEWEST, later(1)).await;
            let again = people::actor(&db, zhai.id, later(1)).await.unwrap().unwrap();

            assert_eq!(asked.standing, Standing::AskedAgain);
            assert!(seen.loaded.request.moves_for(&asked, seen.facts).contains(&Move::Claim));
            assert!(matches!(claim, Err(StoreError::Refused(Refusal::AgreeFirst))), "{claim:?}");
            assert_eq!(again.standing, Standing::Good);
            go(&db, &code, Step::Claim, &again, later(1)).await;
        }

        async fn the_first_time_counts_and_every_version_stays(db: Db) {
            let granny = granny(&db).await;
            for (version, at) in [(1, 5), (2, 7), (1, 9)] {
                agrees(&db, granny.id, version, at).await;
            }

            let told: Vec<_> =
                of(&db, granny.id).await.unwrap().iter().map(|one| (one.version, one.at)).collect();

            assert_eq!(told, [(1, 5), (2, 7)]);
        }
    }
}
