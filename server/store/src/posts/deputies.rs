//! Who stands in for a captain who is away: a term of its own beside the captain's, until a day. It gives
//! the same powers, since posts are what the rules read; it ends by itself, with the captain's term, or
//! when somebody ends it. Rows are ended, never deleted.

#[cfg(test)]
mod tests;

use super::{alone_with, found, leads_now};
use crate::{Db, StoreError, Tx, people, standing};
use domain::{
    Millis, Refusal,
    people::{Actor, PersonId},
    posts::Away,
    teams::TeamId,
};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// The longest list of whom a captain may name.
const MOST: i64 = 200;

/// Who stands in for a captain now.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Deputy {
    /// Who.
    pub person: Uuid,
    /// Surname and title.
    pub called: String,
    /// For whom.
    pub captain: Uuid,
    /// Surname and title of the captain.
    pub captain_called: String,
    /// From when.
    pub since: Millis,
    /// When the captain is back.
    pub until: Millis,
}

/// Somebody whom a captain may name.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Member {
    /// Who.
    pub person: Uuid,
    /// Surname and title.
    pub called: String,
}

/// Who stands in for the captain of a team at `now`.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of(db: &Db, team: TeamId, now: Millis) -> Result<Option<Deputy>, StoreError> {
    let mut tx = db.read().await?;
    of_in(&mut tx, team, now).await
}

async fn of_in(tx: &mut Tx, team: TeamId, now: Millis) -> Result<Option<Deputy>, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_as(
            "select po.person, p.surname || p.title as called, po.deputy_for as captain,
                    f.surname || f.title as captain_called, po.since, po.until
             from posts po join people p on p.id = po.person join people f on f.id = po.deputy_for
             where po.team = $1 and po.since <= $2 and po.until > $2 order by po.since limit 1",
        )
        .bind(team.0)
        .bind(now)
        .fetch_optional(conn)
        .await?
    }))
}

/// Whether somebody leads a team at `now` in their own right.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn leads(db: &Db, team: TeamId, who: PersonId, now: Millis) -> Result<bool, StoreError> {
    let mut tx = db.read().await?;
    leads_now(&mut tx, team, who, now).await
}

/// Members of a team, and who leads a team right below it; the query goes on behind.
macro_rules! of_the_team {
    ($select:literal, $after:literal) => {
        concat!(
            $select,
            " from people p left join volunteers v on v.person = p.id
             where p.erased is null and p.leaving is null
               and (exists (select 1 from memberships m where m.person = p.id and m.team = $1
                            and m.standing = 'member')
                 or exists (select 1 from posts po join teams t on t.id = po.team
                            where po.person = p.id and t.parent = $1 and po.kind = 'captain'
                              and po.deputy_for is null and po.since <= $2
                              and (po.until is null or po.until > $2)))",
            $after
        )
    };
}

/// Whom the captain of a team may name, by name; the rules are asked again when one is chosen.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn members(
    db: &Db,
    team: TeamId,
    not: PersonId,
    now: Millis,
) -> Result<Vec<Member>, StoreError> {
    let mut tx = db.read().await?;
    let rows: Vec<(Uuid, String, Option<String>)> = on!(&mut tx, conn => {
        sqlx::query_as(of_the_team!(
            "select p.id, p.surname || p.title, v.born",
            " and p.id <> $3 and p.surname <> '' order by p.surname, p.title, p.id limit $4"
        ))
        .bind(team.0)
        .bind(now)
        .bind(not.0)
        .bind(MOST)
        .fetch_all(conn)
        .await?
    });
    let grown = |born: &Option<String>| {
        let age = crate::volunteers::age(born.as_deref(), now);
        !age.is_some_and(domain::volunteers::age::Age::is_minor)
    };
    let grown = rows.into_iter().filter(|(_, _, born)| grown(born));
    Ok(grown.map(|(person, called, _)| Member { person, called }).collect())
}

async fn is_of_the_team(
    tx: &mut Tx,
    team: TeamId,
    person: PersonId,
    now: Millis,
) -> Result<bool, StoreError> {
    let count: i64 = on!(tx, conn => {
        sqlx::query_scalar(of_the_team!("select count(*)", " and p.id = $3"))
            .bind(team.0)
            .bind(now)
            .bind(person.0)
            .fetch_one(conn)
            .await?
    });
    Ok(count > 0)
}

/// The captain names somebody of the team to stand in until a moment.
///
/// # Errors
/// [`StoreError::Refused`] for whoever does not lead the team, or for whom the rules do not let stand in.
pub async fn name(
    db: &Db,
    team: TeamId,
    person: PersonId,
    until: Millis,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let found = alone_with(&mut tx, team).await?;
    if found.closed.is_some() {
        return Err(Refusal::GoneAlready.into());
    }
    let who = standing::refreshed(&mut tx, who, now).await?;
    let away = Away {
        leads: !who.posts.is_empty() && leads_now(&mut tx, team, who.id, now).await?,
        of_the_team: is_of_the_team(&mut tx, team, person, now).await?,
        stood_in_for: of_in(&mut tx, team, now).await?.is_some(),
    };
    // Whoever does not lead it learns nothing about others.
    let deputy = people::actor_in(&mut tx, person, now).await?;
    let deputy = deputy.filter(|_| away.leads).unwrap_or_else(|| who.clone());
    found.seat().may_be_lent_to(&deputy, &who, away)?;
    on!(&mut tx, conn => {
        sqlx::query(
            "insert into posts (id, person, kind, team, since, until, given_by, deputy_for)
             values ($1, $2, 'captain', $3, $4, $5, $6, $6)",
        )
        .bind(Uuid::now_v7())
        .bind(deputy.id.0)
        .bind(team.0)
        .bind(now)
        .bind(until)
        .bind(who.id.0)
        .execute(conn)
        .await?;
    });
    tx.commit().await
}

/// Ends it before its day: the captain is back, who stands in cannot go on, or who is above says so.
///
/// # Errors
/// [`StoreError::NotFound`] when nobody stands in, [`StoreError::Refused`] for others.
pub async fn end(db: &Db, team: TeamId, who: &Actor, now: Millis) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    alone_with(&mut tx, team).await?;
    let found = found(&mut tx, team).await?;
    let deputy = of_in(&mut tx, team, now).await?.ok_or(StoreError::NotFound)?;
    let (captain, person) = (PersonId(deputy.captain), PersonId(deputy.person));
    found.seat().may_be_taken_back_by(who, captain, person)?;
    on!(&mut tx, conn => {
        sqlx::query(
            "update posts set until = $2, ended_by = $3
             where team = $1 and deputy_for is not null and until > $2",
        )
        .bind(team.0)
        .bind(now)
        .bind(who.id.0)
        .execute(conn)
        .await?;
    });
    tx.commit().await
}
