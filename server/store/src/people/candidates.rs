//! Volunteers whom a captain may ask.

use crate::{Db, StoreError};
use domain::{
    Millis,
    people::{PersonId, Place},
    requests::Category,
    volunteers::{
        candidates::{SHOWN, Suits},
        profile::Free,
        skills::{MOST_FITTING, Skill},
    },
};
use sqlx::FromRow;
use uuid::Uuid;

/// So many are looked at before the rules put them in order: more than ever stand before the eighth.
const LOOKED_AT: i64 = 60;

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
    /// Has a skill that fits.
    pub skilled: bool,
    free: i64,
}

impl Candidate {
    fn suits(&self) -> Suits {
        let free = Free::from_bits(u32::try_from(self.free).unwrap_or_default());
        Suits { skilled: self.skilled, free, ring: self.ring, busy: self.busy }
    }
}

/// Volunteers of the village whom a captain may ask for this kind of help, in the order of the rules
/// ([`Suits::rank`]). Who has paused is left out.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn candidates(
    db: &Db,
    place: &Place,
    category: Category,
    not: PersonId,
    now: Millis,
) -> Result<Vec<Candidate>, StoreError> {
    let mut fitting = [""; MOST_FITTING];
    for (at, skill) in fitting.iter_mut().zip(Skill::fitting(category)) {
        *at = skill.key();
    }
    let [a, b, c, d, e, f] = fitting;
    let mut tx = db.read().await?;
    let mut found: Vec<Candidate> = on!(&mut tx, conn => {
        sqlx::query_as(
            "select p.id as person, p.surname || p.title as called, count(r.id) as busy,
                    cast(case when p.squad = $1 then 1 when t.parent = $2 then 2 else 3 end as bigint) as ring,
                    exists (select 1 from volunteer_skills s where s.person = p.id
                            and s.skill in ($6, $7, $8, $9, $10, $11)) as skilled,
                    coalesce(v.free, 0) as free
             from people p
             left join volunteers v on v.person = p.id
             left join teams t on t.id = p.squad
             left join helpers h on h.person = p.id
             left join requests r on r.id = h.request and r.round = h.round and r.state in ('claimed', 'serving')
             where p.village = $3 and p.id <> $4 and p.leaving is null
               and exists (select 1 from home_members hm where hm.person = p.id)
               and (v.paused_since is null or v.paused_until <= $5)
               and not exists (select 1 from blocks b where b.person = p.id and b.since <= $5
                   and b.lifted is null and (b.until is null or b.until > $5))
             group by p.id, p.surname, p.title, p.squad, t.parent, v.free
             order by skilled desc, ring, busy, p.id limit $12",
        )
        .bind(place.squad.map(|team| team.0))
        .bind(place.company.map(|team| team.0))
        .bind(place.village.0)
        .bind(not.0)
        .bind(now)
        .bind(a)
        .bind(b)
        .bind(c)
        .bind(d)
        .bind(e)
        .bind(f)
        .bind(LOOKED_AT)
        .fetch_all(conn)
        .await?
    });
    found.sort_by_key(|one| one.suits().rank(now));
    found.truncate(SHOWN);
    Ok(found)
}
