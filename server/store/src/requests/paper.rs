//! Entering what came back on paper: a request by its code, the volunteers of the teams around it, and the
//! one transaction that writes it down.

#[cfg(test)]
mod tests;

use super::{apply, load};
use crate::{Db, StoreError, people};
use domain::{
    Millis,
    people::{Actor, PersonId},
    requests::{Request, Step, paper::Came, privacy::Sight},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// The longest list of who may have helped.
const MOST: i64 = 300;

/// A volunteer who may have helped.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Member {
    /// Who.
    pub person: Uuid,
    /// Surname and title.
    pub called: String,
}

/// A request by the code on the paper, and the volunteers of its village, those of its circle first.
///
/// # Errors
/// [`StoreError::NotFound`] for no such request, or one that the reader may not know of.
pub async fn of(db: &Db, code: &str, who: &Actor) -> Result<(Request, Vec<Member>), StoreError> {
    let mut tx = db.read().await?;
    let request = load(&mut tx, code).await?.request;
    if request.sight(Some(who)) == Sight::Nothing {
        return Err(StoreError::NotFound);
    }
    let members = on!(&mut tx, conn => {
        sqlx::query_as(
            "select p.id as person, p.surname || p.title as called from people p
             left join teams t on t.id = p.squad
             where p.village = $1 and p.id <> $4 and p.leaving is null
               and exists (select 1 from home_members hm where hm.person = p.id)
             order by case when p.squad = $2 then 1 when t.parent = $3 then 2 else 3 end,
                      p.surname, p.title, p.id limit $5",
        )
        .bind(request.place.village.0)
        .bind(request.place.squad.map(|team| team.0))
        .bind(request.place.company.map(|team| team.0))
        .bind(who.id.0)
        .bind(MOST)
        .fetch_all(conn)
        .await?
    });
    Ok((request, members))
}

/// Writes down who helped and for how long, as the paper says and as they agreed.
///
/// # Errors
/// As [`apply`]; [`StoreError::NotFound`] for somebody who is not there.
pub async fn enter(
    db: &Db,
    code: &str,
    came: &[(PersonId, u16)],
    words: Option<String>,
    who: &Actor,
    now: Millis,
) -> Result<Request, StoreError> {
    let mut all = vec![];
    for (person, minutes) in came {
        let helper = people::actor(db, *person, now).await?.ok_or(StoreError::NotFound)?;
        all.push(Came { who: Box::new(helper), minutes: *minutes });
    }
    apply(db, code, &Step::Record(all, words), who, now).await
}
