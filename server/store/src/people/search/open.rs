//! Opening a person: more than the list shows, and written down.

use super::{
    Found,
    rows::{self, FoundRow},
};
use crate::{
    Db, StoreError,
    data_log::{self, What},
};
use domain::{
    Millis,
    people::{Actor, PersonId},
    permissions::{Act, Subject, can},
};
use sqlx_macros::FromRow;

/// A person as those see them within whose reach they live.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// As the list shows them.
    pub person: Found,
    /// The volunteer's number.
    pub volunteer_no: Option<String>,
    /// The plate of their door.
    pub door: Option<String>,
    /// Since when they have an account.
    pub since: Millis,
}

#[derive(FromRow)]
struct MoreRow {
    volunteer_no: Option<String>,
    door: Option<String>,
    created: i64,
}

/// A person within reach of `who`. Looking at somebody other than oneself is written down.
///
/// # Errors
/// [`StoreError::NotFound`] for nobody, or somebody out of reach.
pub async fn open(
    db: &Db,
    person: PersonId,
    who: &Actor,
    now: Millis,
) -> Result<Opened, StoreError> {
    let mut tx = db.begin().await?;
    let row: FoundRow = on!(&mut tx, conn => {
        sqlx::query_as(rows::BY_ID).bind(person.0).fetch_one(conn).await?
    });
    can(Some(who), Act::SeePeople, Subject::At(&row.place())).map_err(|_| StoreError::NotFound)?;
    let more: MoreRow = on!(&mut tx, conn => {
        sqlx::query_as(
            "select p.volunteer_no, d.label as door, p.created
             from people p left join doors d on d.id = p.door and d.squad = p.squad where p.id = $1",
        )
        .bind(person.0)
        .fetch_one(conn)
        .await?
    });
    let mut found = [row.found(String::new())];
    rows::add_posts(&mut tx, &mut found, now).await?;
    if person != who.id {
        data_log::note(&mut tx, What::Opened(person), Some(who.id), now).await?;
    }
    tx.commit().await?;
    let [person] = found;
    let MoreRow { volunteer_no, door, created } = more;
    Ok(Opened { person, volunteer_no, door, since: created })
}
