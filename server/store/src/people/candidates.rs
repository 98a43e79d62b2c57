//! Volunteers whom a captain may ask.

use crate::{Db, StoreError};
use domain::{
    Millis,
    people::{PersonId, Place},
};
use sqlx::FromRow;
use uuid::Uuid;

/// A volunteer whom a captain may ask.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Candidate {
    /// Who.
    pub person: Uuid,
    /// Surname and title.
    pub called: String,
    /// Open claims now.
    pub busy: i64,
    /// In the same circle (1), lane (2) or village (3).
    pub ring: i64,
}

/// Volunteers of the village whom a captain may ask at `now`, nearest first, then who has least in hand.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn candidates(
    db: &Db,
    place: &Place,
    not: PersonId,
    now: Millis,
) -> Result<Vec<Candidate>, StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_as(
            "select p.id as person, p.surname || p.title as called, count(r.id) as busy,
                    cast(case when p.squad = $1 then 1 when t.parent = $2 then 2 else 3 end as bigint) as ring
             from people p
             left join teams t on t.id = p.squad
             left join helpers h on h.person = p.id
             left join requests r on r.id = h.request and r.round = h.round and r.state in ('claimed', 'serving')
             where p.village = $3 and p.volunteer_no is not null and p.id <> $4 and p.leaving is null
                   and not exists (select 1 from blocks b where b.person = p.id and b.since <= $5
                       and b.lifted is null and (b.until is null or b.until > $5))
             group by p.id, p.surname, p.title, p.squad, t.parent
             order by ring, busy, p.id limit 8",
        )
        .bind(place.squad.map(|team| team.0))
        .bind(place.company.map(|team| team.0))
        .bind(place.village.0)
        .bind(not.0)
        .bind(now)
        .fetch_all(conn)
        .await?
    }))
}
