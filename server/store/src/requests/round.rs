//! What runs within a reach, as a captain takes it along on paper from door to door. Each request whose
//! phone or door is printed is a look that is written down.

#[cfg(test)]
mod tests;

use super::{lists::load_all, rows::Loaded};
use crate::{Db, StoreError, Tx, areas, history};
use domain::{
    Millis,
    areas::AreaId,
    people::{Actor, Reach},
    requests::privacy::Sight,
    teams::TeamId,
};
use sqlx::QueryBuilder;
use sqlx_macros::FromRow;
use std::collections::HashMap;
use uuid::Uuid;

/// One request of a round.
#[derive(Clone, Debug)]
pub struct Stop {
    /// The request.
    pub loaded: Loaded,
    /// Where it is: the circle, or the village where no circle covers it.
    pub at: String,
    /// The phone.
    pub phone: Option<String>,
    /// The door in words.
    pub door: Option<String>,
}

#[derive(FromRow)]
struct Contact {
    request: Uuid,
    phone: Option<String>,
    door: Option<String>,
}

/// What runs within a reach, in the order of the doors: circle by circle, then along the lane; at most so
/// many. `circle` narrows it to one. Says as well whether there are more.
///
/// # Errors
/// [`StoreError::Corrupt`] for a damaged row.
pub async fn round(
    db: &Db,
    reach: Reach,
    circle: Option<TeamId>,
    most: i64,
    who: &Actor,
    now: Millis,
) -> Result<(Vec<Stop>, bool), StoreError> {
    let mut tx = db.begin().await?;
    let (of, area, team) = super::lists::reach_binds(reach);
    let mut rows: Vec<(Uuid, String)> = on!(&mut tx, conn => {
        sqlx::query_as(
            "select r.id, coalesce(t.name, a.name) as place
             from requests r join areas a on a.id = r.village left join teams t on t.id = r.squad
             where r.due is not null and r.state <> 'done'
               and (cast($4 as uuid) is null or r.squad = $4)
               and case $1 when 'city' then true when 'township' then r.township = $2
                           when 'village' then r.village = $2 when 'company' then r.company = $3
                           else r.squad = $3 end
             order by r.village, case when t.id is null then 2 else 1 end, t.number, t.id,
                      case when r.position is null then 2 else 1 end, r.position, r.id limit $5",
        )
        .bind(of)
        .bind(area)
        .bind(team)
        .bind(circle.map(|circle| circle.0))
        .bind(most + 1)
        .fetch_all(conn)
        .await?
    });
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let more = rows.len() > most;
    rows.truncate(most);
    let ids: Vec<Uuid> = rows.iter().map(|(id, _)| *id).collect();
    let mut names: HashMap<Uuid, String> = rows.into_iter().collect();
    let mut contacts = contacts_of(&mut tx, &ids).await?;
    let mut stops = vec![];
    for loaded in load_all(&mut tx, &ids).await? {
        let id = loaded.request.id;
        let seen = loaded.request.sight(Some(who)) == Sight::Contact;
        let contact = contacts.remove(&id.0).filter(|_| seen);
        if contact.is_some() && loaded.request.asked_by != who.id {
            history::note_look(&mut tx, id, who.id, now).await?;
        }
        let (phone, door) = contact.map(|one| (one.phone, one.door)).unwrap_or_default();
        let at = names.remove(&id.0).unwrap_or_default();
        stops.push(Stop { loaded, at, phone, door });
    }
    tx.commit().await?;
    Ok((stops, more))
}

async fn contacts_of(tx: &mut Tx, ids: &[Uuid]) -> Result<HashMap<Uuid, Contact>, StoreError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<Contact> = on!(tx, conn => {
        let mut text = QueryBuilder::new("select c.request, c.phone, c.door from contacts c where c.request in (");
        let mut list = text.separated(", ");
        for id in ids {
            list.push_bind(*id);
        }
        text.push(")");
        text.build_query_as().fetch_all(conn).await?
    });
    Ok(rows.into_iter().map(|one| (one.request, one)).collect())
}

/// The villages in which something runs, to choose one for a round; none but for a post above them.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn villages(db: &Db, reach: Reach) -> Result<Vec<(AreaId, String)>, StoreError> {
    let township = match reach {
        Reach::City => None,
        Reach::Township(area) => Some(area.0),
        Reach::Village(_) | Reach::Company(_) | Reach::Squad(_) => return Ok(vec![]),
    };
    let mut tx = db.read().await?;
    let found: Vec<(i64, String, String)> = on!(&mut tx, conn => {
        sqlx::query_as(
            "select v.id, v.name, t.name from requests r
             join areas v on v.id = r.village join areas t on t.id = r.township
             where r.due is not null and r.state <> 'done'
               and (cast($1 as bigint) is null or r.township = $1)
             group by v.id, v.name, t.id, t.name order by t.id, v.id",
        )
        .bind(township)
        .fetch_all(conn)
        .await?
    });
    // Two townships may have a village of the same name.
    let named = |above: String, name: String| match township {
        None => format!("{above} {name}"),
        Some(_) => name,
    };
    Ok(found.into_iter().map(|(id, name, above)| (AreaId(id), named(above, name))).collect())
}

/// The circles that a post reaches, to choose one for a round; none for a squad or beyond a village.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn circles(
    db: &Db,
    reach: Reach,
    now: Millis,
) -> Result<Vec<(Uuid, String)>, StoreError> {
    let company = match reach {
        Reach::City | Reach::Township(_) | Reach::Squad(_) => return Ok(vec![]),
        Reach::Village(area) => {
            let all = areas::circles(db, area, now).await?;
            return Ok(all.into_iter().map(|one| (one.squad, one.name)).collect());
        }
        Reach::Company(team) => team,
    };
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_as("select id, name from teams where parent = $1 and closed is null order by number, id")
            .bind(company.0)
            .fetch_all(conn)
            .await?
    }))
}
