//! How somebody stands to a team, and what the rules must know of them and of it.

use crate::{StoreError, Tx, people, posts};
use domain::{
    Millis,
    areas::RENQIU,
    dates::Day,
    people::{PersonId, Place, Reach},
    teams::{TeamId, TeamKind},
    volunteers::{Facts, Membership, Standing, age::Age},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// A member or applicant of a team, loaded for a move.
#[derive(Clone, Debug)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// The team.
    pub team: TeamId,
    /// How they stand to it.
    pub standing: Standing,
    /// Since when; none for whoever has never been of it.
    pub since: Option<Millis>,
    /// What its captain reaches.
    pub reach: Reach,
    /// Where it stands.
    pub at: Place,
    /// What the rules need beside it.
    pub facts: Facts,
}

impl Member {
    /// As the rules see it.
    pub fn membership(&self) -> Membership<'_> {
        let Self { person, standing, reach, at, .. } = self;
        Membership { person: *person, standing: *standing, reach: *reach, at }
    }
}

#[derive(FromRow)]
struct Last {
    since: Millis,
    standing: String,
}

#[derive(FromRow)]
struct Counted {
    born: Option<String>,
    guardian_agreed: bool,
    paused: bool,
    at_home: bool,
    member_at_home: bool,
    teams: i64,
}

/// Loads how somebody stands to a team. Call it after [`people::queue`] for a move.
pub(super) async fn load(
    tx: &mut Tx,
    person: PersonId,
    team: TeamId,
    now: Millis,
) -> Result<Member, StoreError> {
    let (kind, reach, at) = stands(tx, team).await?;
    let last: Option<Last> = on!(&mut *tx, conn => {
        sqlx::query_as(
            "select since, standing from memberships where person = $1 and team = $2
             order by since desc limit 1",
        )
        .bind(person.0)
        .bind(team.0)
        .fetch_optional(conn)
        .await?
    });
    let counted = counted(tx, person, team, now).await?;
    let facts = Facts {
        age: age(counted.born.as_deref(), now),
        guardian_agreed: counted.guardian_agreed,
        takes_volunteers: kind.takes_volunteers(),
        at_home: counted.at_home,
        member_at_home: counted.member_at_home,
        teams: u32::try_from(counted.teams).unwrap_or(u32::MAX),
        open_claims: people::open_claims(tx, person).await?,
    };
    let standing = match &last {
        None => Standing::Outside,
        Some(last) => shown(&last.standing, counted.paused)?,
    };
    Ok(Member { person, team, standing, since: last.map(|last| last.since), reach, at, facts })
}

async fn counted(
    tx: &mut Tx,
    person: PersonId,
    team: TeamId,
    now: Millis,
) -> Result<Counted, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_as(
            "select v.born, v.guardian_at is not null as guardian_agreed,
                    v.paused_since is not null and (v.paused_until is null or v.paused_until > $3) as paused,
                    exists (select 1 from teams t left join areas a on a.id = p.village
                            where t.id = $2 and t.kind <> 'branch'
                              and (t.kind = 'corps' or t.area = p.village or t.area = a.parent)) as at_home,
                    exists (select 1 from home_members h where h.person = p.id) as member_at_home,
                    (select count(*) from memberships m
                     where m.person = p.id and m.standing = 'member') as teams
             from people p left join volunteers v on v.person = p.id where p.id = $1",
        )
        .bind(person.0)
        .bind(team.0)
        .bind(now)
        .fetch_one(conn)
        .await?
    }))
}

/// How somebody stands who applies or is a member anywhere.
pub(super) async fn any_running(
    tx: &mut Tx,
    person: PersonId,
    now: Millis,
) -> Result<Option<Standing>, StoreError> {
    let found: Option<(String, bool)> = on!(tx, conn => {
        sqlx::query_as(
            "select m.standing,
                    v.paused_since is not null and (v.paused_until is null or v.paused_until > $2)
             from memberships m left join volunteers v on v.person = m.person
             where m.person = $1 and m.standing in ('applied', 'member')
             order by m.standing desc limit 1",
        )
        .bind(person.0)
        .bind(now)
        .fetch_optional(conn)
        .await?
    });
    found.map(|(standing, paused)| shown(&standing, paused)).transpose()
}

/// A standing of the books as the rules see it: a pause is kept once, for all teams.
pub(super) fn shown(standing: &str, paused: bool) -> Result<Standing, StoreError> {
    let known = Standing::from_key(standing)
        .ok_or_else(|| StoreError::Corrupt(format!("memberships: a standing {standing}")))?;
    Ok(if known == Standing::Member && paused { Standing::Paused } else { known })
}

/// The age of whoever was born on a day of the books.
pub(crate) fn age(born: Option<&str>, now: Millis) -> Option<Age> {
    born.and_then(Day::parse).map(|born| Age::of(born, now))
}

/// What a team is, what its captain reaches and where it stands. A branch of a city unit serves the
/// city: those who reach over the city let volunteers into it.
pub(super) async fn stands(
    tx: &mut Tx,
    team: TeamId,
) -> Result<(TeamKind, Reach, Place), StoreError> {
    let kind: Option<String> = on!(&mut *tx, conn => {
        sqlx::query_scalar("select kind from teams where id = $1")
            .bind(team.0)
            .fetch_optional(conn)
            .await?
    });
    let kind = kind.ok_or(StoreError::NotFound)?;
    if kind == TeamKind::Branch.key() {
        return Ok((TeamKind::Branch, Reach::City, Place::somewhere_in(RENQIU, RENQIU)));
    }
    posts::stands(tx, team).await
}

/// One team of somebody.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub(super) struct Of {
    pub team: Uuid,
    pub name: String,
    pub since: Millis,
    pub standing: String,
    pub decided: Option<Millis>,
    pub reason: Option<String>,
    pub note: Option<String>,
}

/// The teams of somebody: the newest row of each, those that run first.
pub(super) async fn all(tx: &mut Tx, person: PersonId) -> Result<Vec<Of>, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_as(
            "select m.team, t.name, m.since, m.standing, m.decided, m.reason, m.note
             from memberships m join teams t on t.id = m.team
             where m.person = $1 and m.since = (select max(n.since) from memberships n
                   where n.person = m.person and n.team = m.team)
             order by case m.standing when 'applied' then 1 when 'member' then 2 else 3 end,
                      m.since, t.name",
        )
        .bind(person.0)
        .fetch_all(conn)
        .await?
    }))
}
