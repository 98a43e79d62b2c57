//! Posts over teams: who leads one, who led it, handing it over. Rows are ended, never deleted.

pub mod deputies;
#[cfg(test)]
mod tests;

use crate::{Db, StoreError, Tx, areas, people};
use domain::{
    Millis, Refusal,
    areas::AreaId,
    people::{Actor, PersonId, Place, Reach},
    posts::Seat,
    teams::{TeamId, TeamKind},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// A team with who leads it.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// What it is.
    pub kind: TeamKind,
    /// Its name.
    pub name: String,
    /// The team above it.
    pub above: Option<(TeamId, String)>,
    /// What its captain reaches.
    pub reach: Reach,
    /// Where it stands.
    pub at: Place,
    /// Every term, the newest first; the first that has not ended is the captain's.
    pub terms: Vec<Term>,
    /// The teams below it.
    pub below: Vec<Below>,
}

/// A captain's term.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Term {
    /// Surname and title.
    pub called: String,
    /// From when.
    pub since: Millis,
    /// Until when; none while it lasts.
    pub until: Option<Millis>,
    /// Surname and title of who gave it; none for those from before the books.
    pub given_by: Option<String>,
    /// Surname and title of the captain for whom they stand in.
    pub deputy_for: Option<String>,
}

/// A team below another.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Below {
    /// Its key.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// The captain's surname; none while the post is vacant.
    pub captain: Option<String>,
}

/// A team as those in charge see it.
///
/// # Errors
/// [`StoreError::NotFound`] for no such team, or a branch of a city unit.
pub async fn sheet(db: &Db, team: TeamId, now: Millis) -> Result<Sheet, StoreError> {
    let mut tx = db.read().await?;
    let found = found(&mut tx, team).await?;
    let above = match found.parent {
        None => None,
        Some(parent) => {
            let name = on!(&mut tx, conn => {
                sqlx::query_scalar("select name from teams where id = $1")
                    .bind(parent)
                    .fetch_one(conn)
                    .await?
            });
            Some((TeamId(parent), name))
        }
    };
    let terms = terms(&mut tx, team, now).await?;
    let below = below(&mut tx, team, now).await?;
    let Found { kind, name, reach, at, .. } = found;
    Ok(Sheet { kind, name, above, reach, at, terms, below })
}

/// Hands a team over to the person with this phone: the term of who led it ends at the moment in
/// which theirs begins.
///
/// # Errors
/// [`StoreError::Refused`]: not theirs to give, nobody there, not theirs to take, or theirs already.
pub async fn hand_over(
    db: &Db,
    team: TeamId,
    phone: &str,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let found = alone_with(&mut tx, team).await?;
    found.seat().may_be_given_by(who)?;
    if found.closed.is_some() {
        return Err(Refusal::GoneAlready.into());
    }
    let person = people::by_phone(&mut tx, phone).await?.ok_or(Refusal::NobodyThere)?;
    let follower = people::actor_in(&mut tx, person, now).await?.ok_or(Refusal::NobodyThere)?;
    found.seat().may_be_taken_by(&follower)?;
    if leads_now(&mut tx, team, person, now).await? {
        return Err(Refusal::LeadsAlready.into());
    }
    end(&mut tx, team, who.id, now).await?;
    on!(&mut tx, conn => {
        sqlx::query(
            "insert into posts (id, person, kind, team, since, given_by)
             values ($1, $2, 'captain', $3, $4, $5)",
        )
        .bind(Uuid::now_v7())
        .bind(person.0)
        .bind(team.0)
        .bind(now)
        .bind(who.id.0)
        .execute(conn)
        .await?;
    });
    tx.commit().await
}

/// Ends the captain's term without a follower: the captain above covers the team.
///
/// # Errors
/// [`StoreError::Refused`] when it is not theirs to end.
pub async fn vacate(db: &Db, team: TeamId, who: &Actor, now: Millis) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    alone_with(&mut tx, team).await?.seat().may_be_given_by(who)?;
    end(&mut tx, team, who.id, now).await?;
    tx.commit().await
}

/// A team's row, and where it stands.
struct Found {
    kind: TeamKind,
    name: String,
    parent: Option<Uuid>,
    reach: Reach,
    at: Place,
    closed: Option<Millis>,
}

impl Found {
    fn seat(&self) -> Seat<'_> {
        Seat { reach: self.reach, at: &self.at }
    }
}

#[derive(FromRow)]
struct Row {
    kind: String,
    parent: Option<Uuid>,
    area: i64,
    name: String,
    closed: Option<Millis>,
}

/// What a team is, what its captain reaches, and where it stands.
pub(crate) async fn stands(
    tx: &mut Tx,
    team: TeamId,
) -> Result<(TeamKind, Reach, Place), StoreError> {
    let Found { kind, reach, at, .. } = found(tx, team).await?;
    Ok((kind, reach, at))
}

async fn found(tx: &mut Tx, team: TeamId) -> Result<Found, StoreError> {
    let row: Row = on!(&mut *tx, conn => {
        sqlx::query_as("select kind, parent, area, name, closed from teams where id = $1")
            .bind(team.0)
            .fetch_one(conn)
            .await?
    });
    let kind = TeamKind::from_key(&row.kind)
        .ok_or_else(|| StoreError::Corrupt(format!("teams: a kind {}", row.kind)))?;
    let area = AreaId(row.area);
    let in_village = async |tx: &mut Tx, squad| {
        areas::place_in(tx, area, squad).await?.ok_or(StoreError::NotFound)
    };
    let (reach, at) = match kind {
        TeamKind::Corps => (Reach::City, Place::somewhere_in(area, area)),
        TeamKind::Detachment => (Reach::Township(area), Place::somewhere_in(area, area)),
        TeamKind::Brigade => (Reach::Village(area), in_village(tx, None).await?),
        TeamKind::Company => {
            let village = in_village(tx, None).await?;
            (Reach::Company(team), Place { company: Some(team), ..village })
        }
        TeamKind::Squad => (Reach::Squad(team), in_village(tx, Some(team)).await?),
        // A branch of a city unit serves no place of its own.
        TeamKind::Branch => return Err(StoreError::NotFound),
    };
    Ok(Found { kind, name: row.name, parent: row.parent, reach, at, closed: row.closed })
}

/// Makes every other change of this team's post wait until the transaction ends.
async fn alone_with(tx: &mut Tx, team: TeamId) -> Result<Found, StoreError> {
    on!(&mut *tx, conn => {
        sqlx::query("update teams set number = number where id = $1")
            .bind(team.0)
            .execute(conn)
            .await?;
    });
    found(tx, team).await
}

async fn leads_now(
    tx: &mut Tx,
    team: TeamId,
    person: PersonId,
    now: Millis,
) -> Result<bool, StoreError> {
    let count: i64 = on!(tx, conn => {
        sqlx::query_scalar(
            "select count(*) from posts where team = $1 and person = $2 and kind = 'captain' and deputy_for is null
                    and since <= $3 and (until is null or until > $3)",
        )
        .bind(team.0)
        .bind(person.0)
        .bind(now)
        .fetch_one(conn)
        .await?
    });
    Ok(count > 0)
}

async fn end(tx: &mut Tx, team: TeamId, by: PersonId, now: Millis) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query(
            "update posts set until = $2, ended_by = $3
             where team = $1 and kind = 'captain' and (until is null or until > $2)",
        )
        .bind(team.0)
        .bind(now)
        .bind(by.0)
        .execute(conn)
        .await?;
    });
    Ok(())
}

async fn terms(tx: &mut Tx, team: TeamId, now: Millis) -> Result<Vec<Term>, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_as(
            "select p.surname || p.title as called, po.since, po.until,
                    g.surname || g.title as given_by, f.surname || f.title as deputy_for
             from posts po
             join people p on p.id = po.person
             left join people g on g.id = po.given_by
             left join people f on f.id = po.deputy_for
             where po.team = $1 and po.kind = 'captain' and po.since <= $2
             order by case when po.deputy_for is null then 1 else 2 end, po.since desc, po.id desc limit 30",
        )
        .bind(team.0)
        .bind(now)
        .fetch_all(conn)
        .await?
    }))
}

async fn below(tx: &mut Tx, team: TeamId, now: Millis) -> Result<Vec<Below>, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_as(
            "select t.id, t.name, min(p.surname) as captain
             from teams t
             left join posts po on po.team = t.id and po.kind = 'captain' and po.deputy_for is null
                  and po.since <= $2 and (po.until is null or po.until > $2)
             left join people p on p.id = po.person
             where t.parent = $1 and t.kind <> 'branch' and t.closed is null
             group by t.id, t.name, t.number order by t.number, t.name",
        )
        .bind(team.0)
        .bind(now)
        .fetch_all(conn)
        .await?
    }))
}

/// The teams whose captains hold posts of this reach: where somebody in charge begins to look.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn team_of(db: &Db, reach: Reach) -> Result<Option<TeamId>, StoreError> {
    let (kind, area) = match reach {
        Reach::Company(team) | Reach::Squad(team) => return Ok(Some(team)),
        Reach::City => (TeamKind::Corps, domain::areas::RENQIU),
        Reach::Township(area) => (TeamKind::Detachment, area),
        Reach::Village(area) => (TeamKind::Brigade, area),
    };
    let mut tx = db.read().await?;
    let found: Option<Uuid> = on!(&mut tx, conn => {
        sqlx::query_scalar("select id from teams where kind = $1 and area = $2 and closed is null")
            .bind(kind.key())
            .bind(area.0)
            .fetch_optional(conn)
            .await?
    });
    Ok(found.map(TeamId))
}
