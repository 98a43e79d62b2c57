//! Who looked at whose contact data, or at what somebody wrote as a volunteer, and when.

use crate::{Db, StoreError, volunteers::LOOK};
use domain::{Millis, people::PersonId};

/// A look at what is kept about somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Its number in its log, which never has a gap: looks at requests have one log, looks at sheets
    /// another.
    pub seq: i64,
    /// When.
    pub at: Millis,
    /// Surname and title of who looked.
    pub who: String,
    /// At what.
    pub what: Seen,
}

/// What somebody looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// The contact data of the request with this code.
    Request(String),
    /// What a volunteer wrote when they registered: surname and title of the volunteer.
    Sheet(String),
}

/// As it stands in a log: number, moment, who looked, at what.
type Row = (i64, Millis, String, String);

fn looks(rows: Vec<Row>, what: fn(String) -> Seen) -> Vec<Look> {
    let look = |(seq, at, who, of)| Look { seq, at, who, what: what(of) };
    rows.into_iter().map(look).collect()
}

/// Looks at the contact data of requests.
macro_rules! at_requests {
    ($which:literal) => {
        concat!(
            "select l.seq, l.at, w.surname || w.title, r.code
             from access_log l
             join requests r on r.id = l.request
             join people w on w.id = l.who
             where l.seq < $1 ",
            $which,
            " order by l.seq desc limit $2"
        )
    };
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
    let rows = on!(&mut tx, conn => {
        sqlx::query_as(at_requests!("and r.asked_by = $3 and l.who <> $3"))
            .bind(before)
            .bind(most)
            .bind(person.0)
            .fetch_all(conn)
            .await?
    });
    Ok(looks(rows, Seen::Request))
}

/// All looks at requests, the newest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn at_all_requests(db: &Db, before: i64, most: i64) -> Result<Vec<Look>, StoreError> {
    let mut tx = db.read().await?;
    let rows = on!(&mut tx, conn => {
        sqlx::query_as(at_requests!("")).bind(before).bind(most).fetch_all(conn).await?
    });
    Ok(looks(rows, Seen::Request))
}

/// Looks at sheets of volunteers: they stand in the history of volunteers, and have its numbers.
macro_rules! at_sheets {
    ($which:literal) => {
        concat!(
            "select e.seq, e.at, w.surname || w.title, p.surname || p.title
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
    let rows = on!(&mut tx, conn => {
        sqlx::query_as(at_sheets!("and e.person = $4 and e.who <> $4"))
            .bind(LOOK)
            .bind(before)
            .bind(most)
            .bind(person.0)
            .fetch_all(conn)
            .await?
    });
    Ok(looks(rows, Seen::Sheet))
}

/// Every look at the sheet of a volunteer, the newest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn at_all_sheets(db: &Db, before: i64, most: i64) -> Result<Vec<Look>, StoreError> {
    let mut tx = db.read().await?;
    let rows = on!(&mut tx, conn => {
        sqlx::query_as(at_sheets!(""))
            .bind(LOOK)
            .bind(before)
            .bind(most)
            .fetch_all(conn)
            .await?
    });
    Ok(looks(rows, Seen::Sheet))
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
            assert_eq!((first[0].who.as_str(), &first[0].what), ("梁队长", &Seen::Request(code)));
            assert_eq!(at_all_requests(&db, i64::MAX, 9).await.unwrap().len(), 3);
            let code = a_claimed_request(&db).await;
            reading::read(&db, &code, Some(&granny), later(9)).await.unwrap();
            let helped = Seen::Request(code);
            let own = at_requests_of(&db, granny.id, i64::MAX, 9).await.unwrap();
            assert!(own.iter().all(|look| look.what != helped), "her look at the helper's phone");
            assert!(at_all_requests(&db, i64::MAX, 9).await.unwrap().iter().any(|look| look.what == helped));
            assert!(at_requests_of(&db, other.id, i64::MAX, 9).await.unwrap().is_empty());
        }
    }
}
