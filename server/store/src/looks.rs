//! Reading the access log: who looked at whose contact data, and when.

use crate::{Db, StoreError};
use domain::{Millis, people::PersonId};
use sqlx::FromRow;

/// A look at the contact data of a request.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Look {
    /// Its number in the log, which never has a gap.
    pub seq: i64,
    /// When.
    pub at: Millis,
    /// Surname and title of who looked.
    pub who: String,
    /// The code of the request.
    pub code: String,
}

/// Looks of others at the contact data of what a person asked for, the newest first. Their own looks
/// at who helps them are about the helper.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn at_requests_of(
    db: &Db,
    person: PersonId,
    before: i64,
    most: i64,
) -> Result<Vec<Look>, StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_as(
            "select l.seq, l.at, w.surname || w.title as who, r.code
             from access_log l
             join requests r on r.id = l.request
             join people w on w.id = l.who
             where r.asked_by = $1 and l.who <> $1 and l.seq < $2 order by l.seq desc limit $3",
        )
        .bind(person.0)
        .bind(before)
        .bind(most)
        .fetch_all(conn)
        .await?
    }))
}

/// All looks, the newest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn all(db: &Db, before: i64, most: i64) -> Result<Vec<Look>, StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_as(
            "select l.seq, l.at, w.surname || w.title as who, r.code
             from access_log l
             join requests r on r.id = l.request
             join people w on w.id = l.who
             where l.seq < $1 order by l.seq desc limit $2",
        )
        .bind(before)
        .bind(most)
        .fetch_all(conn)
        .await?
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{example::*, requests::reading};

    both_engines! {
        async fn a_look_is_read_by_whom_it_was_about_and_pages_go_on_where_they_ended(db: Db) {
            let code = an_open_request(&db).await;
            let (captain, granny) = (captain(&db).await, granny(&db).await);
            let other = resident(&db, 1).await;
            for minute in 1..=3 {
                reading::read(&db, &code, Some(&captain), later(minute)).await.unwrap();
            }

            let first = at_requests_of(&db, granny.id, i64::MAX, 2).await.unwrap();
            let rest = at_requests_of(&db, granny.id, first[1].seq, 2).await.unwrap();

            assert_eq!(first.iter().map(|look| look.at).collect::<Vec<_>>(), [later(3), later(2)]);
            assert_eq!(rest.iter().map(|look| look.at).collect::<Vec<_>>(), [later(1)]);
            assert_eq!((first[0].who.as_str(), &first[0].code), ("梁队长", &code));
            assert_eq!(all(&db, i64::MAX, 9).await.unwrap().len(), 3);
            let code = a_claimed_request(&db).await;
            reading::read(&db, &code, Some(&granny), later(9)).await.unwrap();
            let own = at_requests_of(&db, granny.id, i64::MAX, 9).await.unwrap();
            assert!(own.iter().all(|look| look.code != code), "her look at the helper's phone");
            assert!(all(&db, i64::MAX, 9).await.unwrap().iter().any(|look| look.code == code));
            assert!(at_requests_of(&db, other.id, i64::MAX, 9).await.unwrap().is_empty());
        }
    }
}
