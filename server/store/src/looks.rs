//! Reading the access log: who looked at whose contact data, and when.

use crate::{Db, StoreError, volunteers::LOOK};
use domain::{Millis, people::PersonId};
use sqlx_macros::FromRow;

/// A look at the contact data of a request.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Look {
    /// Its number in the log, which never has a gap.
    pub seq: i64,
    /// When.
    pub at: Millis,
    /// Surname and title of who looked.
    pub who: String,
    /// The code of the request; none for a look at a volunteer's sheet.
    pub code: Option<String>,
    /// Surname and title of the volunteer; none for a look at a request.
    pub about: Option<String>,
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
            "select l.seq, l.at, w.surname || w.title as who, r.code,
                    cast(null as text) as about
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
            "select l.seq, l.at, w.surname || w.title as who, r.code,
                    cast(null as text) as about
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

/// Looks at sheets of volunteers: they stand in the history of volunteers, and have its numbers.
macro_rules! at_sheets {
    ($which:literal) => {
        concat!(
            "select e.seq, e.at, w.surname || w.title as who, cast(null as text) as code,
                    p.surname || p.title as about
             from volunteer_events e
             join people w on w.id = e.who
             join people p on p.id = e.person
             where e.move = $1 and e.seq < $2 ",
            $which,
            " order by e.seq desc limit $3"
        )
    };
}

/// Looks of others at what a person wrote as a volunteer, the newest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn at_sheet_of(
    db: &Db,
    person: PersonId,
    before: i64,
    most: i64,
) -> Result<Vec<Look>, StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_as(at_sheets!("and e.person = $4 and e.who <> $4"))
            .bind(LOOK)
            .bind(before)
            .bind(most)
            .bind(person.0)
            .fetch_all(conn)
            .await?
    }))
}

/// Every look at the sheet of a volunteer, the newest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn at_all_sheets(db: &Db, before: i64, most: i64) -> Result<Vec<Look>, StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_as(at_sheets!(""))
            .bind(LOOK)
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
            assert_eq!((first[0].who.as_str(), first[0].code.as_ref()), ("梁队长", Some(&code)));
            assert_eq!(all(&db, i64::MAX, 9).await.unwrap().len(), 3);
            let code = a_claimed_request(&db).await;
            reading::read(&db, &code, Some(&granny), later(9)).await.unwrap();
            let own = at_requests_of(&db, granny.id, i64::MAX, 9).await.unwrap();
            assert!(own.iter().all(|look| look.code.as_ref() != Some(&code)), "her look at the helper's phone");
            assert!(all(&db, i64::MAX, 9).await.unwrap().iter().any(|look| look.code.as_ref() == Some(&code)));
            assert!(at_requests_of(&db, other.id, i64::MAX, 9).await.unwrap().is_empty());
        }
    }
}
