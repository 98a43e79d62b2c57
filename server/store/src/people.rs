//! People: who they are to the rules, and how they come in.

#[cfg(test)]
mod tests;

mod candidates;
mod captains;
mod demo;
mod households;
pub mod keys;
pub mod search;

use crate::{Db, StoreError, Tx, areas, organisation, standing, volunteers};
use domain::{
    Millis,
    areas::{AreaId, AreaKind},
    organisation::point::Point,
    people::{Actor, PersonId, Place, Post, PostKind, Reach, may_move},
    standing::Standing,
    teams::{TeamId, TeamKind},
    volunteers::age::Age,
};
use sqlx_macros::FromRow;
use uuid::Uuid;

pub use candidates::{Candidate, candidates, suggested};
pub(crate) use captains::captains_in;
pub use captains::{Captain, captains_over};
pub use demo::{DemoPerson, demo_people};
pub(crate) use households::household_of;

/// The person as the rules see them, with the posts that they hold and how they stand at `now`; none
/// once they have been erased.
///
/// # Errors
/// [`StoreError::Corrupt`] when a post names a kind that the rules do not know.
pub async fn actor(db: &Db, id: PersonId, now: Millis) -> Result<Option<Actor>, StoreError> {
    let mut tx = db.read().await?;
    actor_in(&mut tx, id, now).await
}

pub(crate) async fn actor_in(
    tx: &mut Tx,
    id: PersonId,
    now: Millis,
) -> Result<Option<Actor>, StoreError> {
    let row: Option<Row> = on!(tx, conn => {
        sqlx::query_as(
            "select p.surname, p.title, p.village, p.squad, d.position as door, d.lat_e7, d.lon_e7, v.born,
                    exists (select 1 from home_members h where h.person = p.id) as let_in,
                    v.paused_since is not null and (v.paused_until is null or v.paused_until > $2) as paused
             from people p
             left join doors d on d.id = p.door and d.squad = p.squad
             left join volunteers v on v.person = p.id
             where p.id = $1 and p.erased is null",
        )
        .bind(id.0)
        .bind(now)
        .fetch_optional(conn)
        .await?
    });
    let Some(row) = row else { return Ok(None) };
    let home = match row.village {
        None => None,
        Some(village) => {
            let home = areas::place_in(tx, AreaId(village), row.squad.map(TeamId)).await?;
            let door = row.door.and_then(|at| i32::try_from(at).ok());
            home.map(|home| Place { door, point: Point::of(row.lat_e7, row.lon_e7), ..home })
        }
    };
    let posts = posts(tx, id, now).await?;
    let called = format!("{}{}", row.surname, row.title);
    let paused = row.let_in && row.paused;
    let minor = volunteers::age(row.born.as_deref(), now).is_some_and(Age::is_minor);
    let volunteer = row.let_in && !paused;
    let standing = standing::of(tx, id, now).await?;
    let who = Actor { id, called, volunteer, paused, minor, home, posts, standing: Standing::Good };
    Ok(Some(who.in_standing(standing)))
}

async fn posts(tx: &mut Tx, id: PersonId, now: Millis) -> Result<Vec<Post>, StoreError> {
    let rows: Vec<PostRow> = on!(tx, conn => {
        sqlx::query_as(
            "select po.kind, t.id as team, t.kind as team_kind, coalesce(t.area, po.area) as area,
                    a.kind as area_kind, a.name as area_name, t.number as team_number, t.name as team_name,
                    po.deputy_for is not null as deputy
             from posts po
             left join teams t on t.id = po.team
             join areas a on a.id = coalesce(t.area, po.area)
             where po.person = $1 and po.since <= $2 and (po.until is null or po.until > $2)
             order by po.since, po.id",
        )
        .bind(id.0)
        .bind(now)
        .fetch_all(conn)
        .await?
    });
    // A branch of a city unit serves no place of its own: leading one is no post over requests.
    let branch = TeamKind::Branch.key();
    let mut posts: Vec<Post> = rows
        .into_iter()
        .filter(|row| row.team_kind.as_deref() != Some(branch))
        .map(Post::try_from)
        .collect::<Result<_, _>>()?;
    posts.sort_by_key(|post| std::cmp::Reverse(post.reach.rank()));
    Ok(posts)
}

/// The person with this phone; a new account when the phone is new here.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn by_phone_or_new(db: &Db, phone: &str, now: Millis) -> Result<PersonId, StoreError> {
    let mut tx = db.begin().await?;
    let new = Uuid::now_v7();
    on!(&mut tx, conn => {
        sqlx::query(
            "insert into people (id, phone, surname, title, created) values ($1, $2, '', '', $3)
             on conflict (phone) do nothing",
        )
        .bind(new)
        .bind(phone)
        .bind(now)
        .execute(conn)
        .await?;
    });
    let id: Uuid = on!(&mut tx, conn => {
        sqlx::query_scalar("select id from people where phone = $1").bind(phone).fetch_one(conn).await?
    });
    if id == new {
        keys::renew(&mut tx, PersonId(id)).await?;
    }
    tx.commit().await?;
    Ok(PersonId(id))
}

/// The person with this phone, if anybody has it.
pub(crate) async fn by_phone(tx: &mut Tx, phone: &str) -> Result<Option<PersonId>, StoreError> {
    let id: Option<Uuid> = on!(tx, conn => {
        sqlx::query_scalar("select id from people where phone = $1")
            .bind(phone)
            .fetch_optional(conn)
            .await?
    });
    Ok(id.map(PersonId))
}

/// Says who somebody is and where they live. The door stays noted whatever they say, and counts
/// while they live in its circle ([`actor`]): who comes back is at home again.
///
/// # Errors
/// [`StoreError::NotFound`] when the squad is not of the village, [`StoreError::Refused`] when a
/// volunteer would go to a village in which they have joined no team.
pub async fn settle(
    db: &Db,
    id: PersonId,
    surname: &str,
    title: &str,
    village: AreaId,
    squad: Option<TeamId>,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    // Whoever merges the village at this moment is waited for.
    let home = organisation::gate_to(&mut tx, village, squad).await?;
    let (village, squad) = (home.village, home.squad);
    // Whoever is registered at the same moment waits, or is waited for.
    queue(&mut tx, id).await?;
    let (volunteer, from, joined_there): (bool, Option<i64>, bool) = on!(&mut tx, conn => {
        sqlx::query_as(
            "select exists (select 1 from home_members h where h.person = p.id), p.village,
                    exists (select 1 from memberships m join teams t on t.id = m.team
                            where m.person = p.id and m.standing = 'member' and t.area = $2)
             from people p where p.id = $1",
        )
        .bind(id.0)
        .bind(village.0)
        .fetch_one(conn)
        .await?
    });
    may_move(volunteer, from.map(AreaId), village, joined_there)?;
    on!(&mut tx, conn => {
        sqlx::query(
            "update people set surname = $1, title = $2, village = $3, squad = $4,
                    -- Of another family name the given name is not known.
                    given_name = case when surname = $1 then given_name end
             where id = $5",
        )
        .bind(surname)
        .bind(title)
        .bind(village.0)
        .bind(squad.map(|squad| squad.0))
        .bind(id.0)
        .execute(conn)
        .await?;
    });
    keys::renew(&mut tx, id).await?;
    tx.commit().await
}

/// What a person may read of their own account.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Account {
    /// Eleven digits.
    pub phone: Option<String>,
    /// The family name; empty until they have said it.
    pub surname: String,
    /// How neighbours address them: 大娘, 师傅.
    pub title: String,
    /// The volunteer's number.
    pub volunteer_no: Option<String>,
    /// Where: 荷花村 3 小队's door, in words.
    pub door: Option<String>,
}

/// The account of a person.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn account(db: &Db, id: PersonId) -> Result<Account, StoreError> {
    let mut tx = db.read().await?;
    account_in(&mut tx, id).await
}

pub(crate) async fn account_in(tx: &mut Tx, id: PersonId) -> Result<Account, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_as(
            "select p.phone, p.surname, p.title, p.volunteer_no, d.label as door
             from people p left join doors d on d.id = p.door and d.squad = p.squad where p.id = $1",
        )
        .bind(id.0)
        .fetch_one(conn)
        .await?
    }))
}

/// Open claims of a person: claimed or serving, in all requests.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn claims_in_hand(db: &Db, person: PersonId) -> Result<u8, StoreError> {
    let mut tx = db.read().await?;
    open_claims(&mut tx, person).await
}

pub(crate) async fn open_claims(tx: &mut Tx, person: PersonId) -> Result<u8, StoreError> {
    let count: i64 = on!(tx, conn => {
        sqlx::query_scalar(
            "select count(*) from helpers h join requests r on r.id = h.request and r.round = h.round
             where h.person = $1 and r.state in ('claimed', 'serving')",
        )
        .bind(person.0)
        .fetch_one(conn)
        .await?
    });
    Ok(u8::try_from(count).unwrap_or(u8::MAX))
}

/// Makes two verbs that count what a person holds wait for each other.
pub(crate) async fn queue(tx: &mut Tx, person: PersonId) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query("update people set version = version + 1 where id = $1")
            .bind(person.0)
            .execute(conn)
            .await?;
    });
    Ok(())
}

#[derive(FromRow)]
struct Row {
    surname: String,
    title: String,
    born: Option<String>,
    let_in: bool,
    paused: bool,
    village: Option<i64>,
    squad: Option<Uuid>,
    door: Option<i64>,
    lat_e7: Option<i64>,
    lon_e7: Option<i64>,
}

/// Beside the name of a post whose holder stands in for a captain.
const DEPUTY: &str = "（代）";

#[derive(FromRow)]
struct PostRow {
    kind: String,
    team: Option<Uuid>,
    team_kind: Option<String>,
    area: i64,
    area_kind: String,
    area_name: String,
    team_number: Option<i64>,
    team_name: Option<String>,
    deputy: bool,
}

impl TryFrom<PostRow> for Post {
    type Error = StoreError;

    fn try_from(row: PostRow) -> Result<Self, StoreError> {
        let corrupt = || StoreError::Corrupt(format!("posts: {} over {}", row.kind, row.area));
        let kind = PostKind::from_key(&row.kind).ok_or_else(corrupt)?;
        let area = AreaId(row.area);
        let reach = match (row.team, row.team_kind.as_deref()) {
            (Some(team), Some(team_kind)) => match TeamKind::from_key(team_kind) {
                Some(TeamKind::Corps) => Reach::City,
                Some(TeamKind::Detachment) => Reach::Township(area),
                Some(TeamKind::Brigade) => Reach::Village(area),
                Some(TeamKind::Company) => Reach::Company(TeamId(team)),
                Some(TeamKind::Squad) => Reach::Squad(TeamId(team)),
                // A branch of a city unit serves no place of its own.
                Some(TeamKind::Branch) | None => return Err(corrupt()),
            },
            _ => match AreaKind::from_key(&row.area_kind).ok_or_else(corrupt)? {
                AreaKind::City => Reach::City,
                AreaKind::Township => Reach::Township(area),
                AreaKind::Village | AreaKind::Community => Reach::Village(area),
            },
        };
        let number = row.team_number.filter(|number| *number > 0);
        let mut name = match (row.team_name, number) {
            (Some(team), _) => team,
            (None, _) => row.area_name,
        };
        if row.deputy {
            name.push_str(DEPUTY);
        }
        Ok(Self { kind, reach, name })
    }
}
