//! Reading volunteers: their own page, who waits, the members of a team, one of them.

use super::{
    events::{self, Entry, Event, LOOK},
    rows::{Known, known_in},
    standing,
};
use crate::{Db, StoreError, Tx, people};
use domain::{
    Millis, Refusal,
    people::{Actor, PersonId, Place, Reach},
    permissions::{Act, Subject, can},
    teams::TeamId,
    volunteers::{Move, Standing, age::Age},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// So many lines of history are shown.
const EVENTS: i64 = 30;

/// A team of a volunteer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfTeam {
    /// The team.
    pub team: TeamId,
    /// Its name.
    pub name: String,
    /// How they stand to it.
    pub standing: Standing,
    /// Since when they applied.
    pub since: Millis,
    /// When they were let in or not.
    pub decided: Option<Millis>,
    /// The key of the typed reason.
    pub reason: Option<String>,
    /// A word beside it.
    pub note: Option<String>,
}

/// What a volunteer reads of themselves.
#[derive(Clone, Debug)]
pub struct Own {
    /// What they have said; none before they register.
    pub known: Option<Known>,
    /// Their number, once given.
    pub number: Option<String>,
    /// Their teams, also those that they left or that refused them.
    pub teams: Vec<OfTeam>,
    /// What happened, the newest first.
    pub events: Vec<Event>,
}

/// What somebody reads of themselves.
///
/// # Errors
/// [`StoreError::Corrupt`] when the books name what the rules do not know.
pub async fn own(db: &Db, person: PersonId, now: Millis) -> Result<Own, StoreError> {
    let mut tx = db.read().await?;
    let number = on!(&mut tx, conn => {
        sqlx::query_scalar("select volunteer_no from people where id = $1")
            .bind(person.0)
            .fetch_one(conn)
            .await?
    });
    let known = known_in(&mut tx, person).await?;
    let teams = teams_of(&mut tx, person, known.as_ref(), now).await?;
    let events = events::of(&mut tx, person, EVENTS).await?;
    Ok(Own { known, number, teams, events })
}

async fn teams_of(
    tx: &mut Tx,
    person: PersonId,
    known: Option<&Known>,
    now: Millis,
) -> Result<Vec<OfTeam>, StoreError> {
    let paused = known.and_then(|known| known.paused);
    let paused = paused.is_some_and(|(_, until)| until.is_none_or(|until| until > now));
    let rows = standing::all(tx, person).await?;
    rows.into_iter()
        .map(|row| {
            Ok(OfTeam {
                team: TeamId(row.team),
                name: row.name,
                standing: standing::shown(&row.standing, paused)?,
                since: row.since,
                decided: row.decided,
                reason: row.reason,
                note: row.note,
            })
        })
        .collect()
}

/// A team that can be joined.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Joinable {
    /// Its key.
    pub id: Uuid,
    /// Its name.
    pub name: String,
}

/// The teams over a place that take volunteers, nearest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn teams_over(db: &Db, place: &Place) -> Result<Vec<Joinable>, StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_as(
            "select id, name from teams
             where id = $1 or id = $2 or (kind = 'brigade' and area = $3)
                or (kind = 'detachment' and area = $4)
             order by case kind when 'squad' then 1 when 'company' then 2 when 'brigade' then 3
                                else 4 end, number",
        )
        .bind(place.squad.map(|team| team.0))
        .bind(place.company.map(|team| team.0))
        .bind(place.village.0)
        .bind(place.township.0)
        .fetch_all(conn)
        .await?
    }))
}

/// The branches of city units.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn branches(db: &Db) -> Result<Vec<Joinable>, StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_as("select id, name from teams where kind = 'branch' order by number, name limit 60")
            .fetch_all(conn)
            .await?
    }))
}

/// Somebody who waits to be let into a team.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Waiting {
    /// Who.
    pub person: Uuid,
    /// Surname and title.
    pub called: String,
    /// The team.
    pub team: Uuid,
    /// Its name.
    pub name: String,
    /// Since when.
    pub since: Millis,
}

/// Those who wait within a reach, the longest first, at most so many.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn waiting(db: &Db, reach: Reach, most: i64) -> Result<Vec<Waiting>, StoreError> {
    let (team, area, all) = within(reach);
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_as(
            "select p.id as person, p.surname || p.title as called, t.id as team, t.name, m.since
             from memberships m
             join teams t on t.id = m.team
             join people p on p.id = m.person
             left join areas a on a.id = t.area
             where m.standing = 'applied'
               and ($3 or t.id = $1 or t.parent = $1 or t.area = $2 or a.parent = $2)
               and ($3 or t.kind <> 'branch')
             order by m.since, p.id limit $4",
        )
        .bind(team)
        .bind(area)
        .bind(all)
        .bind(most)
        .fetch_all(conn)
        .await?
    }))
}

/// How many wait within a reach.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn how_many_wait(db: &Db, reach: Reach) -> Result<i64, StoreError> {
    let (team, area, all) = within(reach);
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_scalar(
            "select count(*) from memberships m
             join teams t on t.id = m.team
             left join areas a on a.id = t.area
             where m.standing = 'applied'
               and ($3 or t.id = $1 or t.parent = $1 or t.area = $2 or a.parent = $2)
               and ($3 or t.kind <> 'branch')",
        )
        .bind(team)
        .bind(area)
        .bind(all)
        .fetch_one(conn)
        .await?
    }))
}

/// A reach as a team with those right under it, an area with those right under it, or everything.
fn within(reach: Reach) -> (Option<Uuid>, Option<i64>, bool) {
    match reach {
        Reach::City => (None, None, true),
        Reach::Township(area) | Reach::Village(area) => (None, Some(area.0), false),
        Reach::Company(team) | Reach::Squad(team) => (Some(team.0), None, false),
    }
}

/// A line of a team's members.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct MemberLine {
    /// Who: also the key after which the next page begins.
    pub person: Uuid,
    /// Surname and title.
    pub called: String,
    /// The number.
    pub number: Option<String>,
    /// Takes nothing on for now.
    pub paused: bool,
    /// The birth date of the books, cut to [`Age`] before anybody sees it.
    born: Option<String>,
}

impl MemberLine {
    /// Not yet eighteen.
    pub fn is_minor(&self, now: Millis) -> bool {
        standing::age(self.born.as_deref(), now).is_some_and(Age::is_minor)
    }
}

/// A page of the members of a team, after a key of the page before; how many there are in all.
///
/// # Errors
/// [`StoreError::Refused`] for whoever does not reach the team, [`StoreError::NotFound`].
pub async fn members(
    db: &Db,
    team: TeamId,
    after: Option<Uuid>,
    most: i64,
    who: &Actor,
    now: Millis,
) -> Result<(Vec<MemberLine>, i64), StoreError> {
    let mut tx = db.read().await?;
    let (_, reach, at) = standing::stands(&mut tx, team).await?;
    can(Some(who), Act::Admit, Subject::Over { reach, at: &at })
        .map_err(|_| Refusal::OutOfReach)?;
    let all = on!(&mut tx, conn => {
        sqlx::query_scalar("select count(*) from memberships where team = $1 and standing = 'member'")
            .bind(team.0)
            .fetch_one(conn)
            .await?
    });
    let page = on!(&mut tx, conn => {
        sqlx::query_as(
            "select p.id as person, p.surname || p.title as called, p.volunteer_no as number, v.born,
                    v.paused_since is not null and (v.paused_until is null or v.paused_until > $3) as paused
             from memberships m
             join people p on p.id = m.person
             left join volunteers v on v.person = m.person
             where m.team = $1 and m.standing = 'member' and m.person > $2
             order by m.person limit $4",
        )
        .bind(team.0)
        .bind(after.unwrap_or_default())
        .bind(now)
        .bind(most)
        .fetch_all(conn)
        .await?
    });
    Ok((page, all))
}

/// What somebody in charge reads of one who waits, or of a member.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Who.
    pub account: people::Account,
    /// Where they live.
    pub home: Option<Place>,
    /// The team's name.
    pub team: String,
    /// How they stand to it.
    pub standing: Standing,
    /// Since when.
    pub since: Millis,
    /// What may be done now.
    pub moves: Vec<Move>,
    /// What they have said.
    pub known: Known,
    /// How old they are, as far as others may know.
    pub age: Option<Age>,
    /// All their teams.
    pub teams: Vec<OfTeam>,
    /// What happened, the newest first.
    pub events: Vec<Event>,
}

/// One who waits for a team or is a member of it. The look is written down, because it shows a phone;
/// the person reads it on their own page.
///
/// # Errors
/// [`StoreError::Refused`] for whoever does not reach the team, [`StoreError::NotFound`] when the
/// person has nothing to do with it.
pub async fn sheet(
    db: &Db,
    person: PersonId,
    team: TeamId,
    who: &Actor,
    now: Millis,
) -> Result<Sheet, StoreError> {
    let mut tx = db.begin().await?;
    let of = standing::load(&mut tx, person, team, now).await?;
    let over = Subject::Over { reach: of.reach, at: &of.at };
    can(Some(who), Act::Admit, over).map_err(|_| Refusal::OutOfReach)?;
    let since = of.since.filter(|_| of.standing.is_running()).ok_or(StoreError::NotFound)?;
    let actor = people::actor_in(&mut tx, person, now).await?.ok_or(StoreError::NotFound)?;
    let known = known_in(&mut tx, person).await?.unwrap_or_default();
    let teams = teams_of(&mut tx, person, Some(&known), now).await?;
    let events = events::of(&mut tx, person, EVENTS).await?;
    let account = people::account_in(&mut tx, person).await?;
    let name = teams.iter().find(|one| one.team == team).map(|one| one.name.clone());
    if who.id != person {
        let entry = Entry {
            person,
            team: Some(team),
            at: now,
            who: who.id,
            mv: LOOK,
            reason: None,
            note: None,
        };
        events::note(&mut tx, entry).await?;
    }
    tx.commit().await?;
    Ok(Sheet {
        account,
        home: actor.home,
        team: name.unwrap_or_default(),
        standing: of.standing,
        since,
        moves: of.membership().moves_for(who, &of.facts),
        age: known.born.map(|born| Age::of(born, now)),
        known,
        teams,
        events,
    })
}
