//! A tiny county for the tests: two lanes of one village, what lies around them, and people named
//! like people. The county is there as soon as the first of them is.

mod requests;

use crate::{Db, Tx, people};
use domain::{
    Millis,
    areas::{AreaId, RENQIU},
    clock::{DAY, MINUTE, moment},
    people::{Actor, PersonId, Place, PostKind},
    teams::TeamId,
};
use std::sync::Arc;
use tokio::sync::Barrier;
use uuid::Uuid;

pub use requests::*;

pub const TOWNSHIP: AreaId = AreaId(130_982_003_000);
pub const VILLAGE: AreaId = AreaId(130_982_003_206);
pub const NEXT_VILLAGE: AreaId = AreaId(130_982_003_207);
pub const FAR_TOWNSHIP: AreaId = AreaId(130_982_004_000);
pub const FAR_VILLAGE: AreaId = AreaId(130_982_004_201);

pub const CORPS: TeamId = team(1);
pub const DETACHMENT: TeamId = team(2);
pub const BRIGADE: TeamId = team(3);
pub const COMPANY: TeamId = team(4);
pub const OTHER_COMPANY: TeamId = team(5);
/// Granny's circle, in the lane of [`COMPANY`].
pub const SQUAD: TeamId = team(6);
/// In the same lane.
pub const NEXT_SQUAD: TeamId = team(7);
/// In the lane of [`OTHER_COMPANY`].
pub const OTHER_SQUAD: TeamId = team(8);
/// Right under the brigade: its lane has no company.
pub const LONE_SQUAD: TeamId = team(9);
pub const NEXT_BRIGADE: TeamId = team(10);

/// The doors of [`SQUAD`].
const DOORS: i64 = 20;
const GRANNYS_DOOR: i64 = 7;

type Area = (AreaId, &'static str, Option<AreaId>, &'static str);
const AREAS: &[Area] = &[
    (RENQIU, "city", None, "任丘市"),
    (TOWNSHIP, "township", Some(RENQIU), "辛中驿镇"),
    (VILLAGE, "village", Some(TOWNSHIP), "柿庄中村"),
    (NEXT_VILLAGE, "village", Some(TOWNSHIP), "荷花村"),
    (FAR_TOWNSHIP, "township", Some(RENQIU), "石门桥镇"),
    (FAR_VILLAGE, "community", Some(FAR_TOWNSHIP), "桥东社区"),
];

type Team = (TeamId, &'static str, Option<TeamId>, AreaId, i64, &'static str);
const TEAMS: &[Team] = &[
    (CORPS, "corps", None, RENQIU, 0, "总队"),
    (DETACHMENT, "detachment", Some(CORPS), TOWNSHIP, 0, "辛中驿镇支队"),
    (BRIGADE, "brigade", Some(DETACHMENT), VILLAGE, 0, "柿庄中村大队"),
    (COMPANY, "company", Some(BRIGADE), VILLAGE, 1, "柿庄中村 1 中队"),
    (OTHER_COMPANY, "company", Some(BRIGADE), VILLAGE, 2, "柿庄中村 2 中队"),
    (SQUAD, "squad", Some(COMPANY), VILLAGE, 1, "柿庄中村 1 小队"),
    (NEXT_SQUAD, "squad", Some(COMPANY), VILLAGE, 2, "柿庄中村 2 小队"),
    (OTHER_SQUAD, "squad", Some(OTHER_COMPANY), VILLAGE, 3, "柿庄中村 3 小队"),
    (LONE_SQUAD, "squad", Some(BRIGADE), VILLAGE, 4, "柿庄中村 4 小队"),
    (NEXT_BRIGADE, "brigade", Some(DETACHMENT), NEXT_VILLAGE, 0, "荷花村大队"),
];

/// Writes something by hand, past the rules; says how many rows it touched.
macro_rules! by_hand {
    ($db:expr, $sql:expr $(, $bind:expr)* $(,)?) => {{
        let mut tx = $db.begin().await.unwrap();
        let touched = on!(&mut tx, conn => {
            sqlx::query($sql)$(.bind($bind))*.execute(conn).await.unwrap().rows_affected()
        });
        tx.commit().await.unwrap();
        touched
    }};
}

/// Reads one value.
macro_rules! value {
    ($db:expr, $sql:expr $(, $bind:expr)* $(,)?) => {{
        let mut tx = $db.read().await.unwrap();
        on!(&mut tx, conn => {
            sqlx::query_scalar($sql)$(.bind($bind))*.fetch_one(conn).await.unwrap()
        })
    }};
}
pub(crate) use {by_hand, value};

/// Nine in the morning of 17 June 2026, a Wednesday.
pub fn now() -> Millis {
    moment(2026, 6, 17, 9, 0).unwrap()
}

/// So many minutes later.
pub fn later(minutes: i64) -> Millis {
    now() + minutes * MINUTE
}

const fn team(n: u128) -> TeamId {
    TeamId(Uuid::from_u128(n))
}

fn person(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(n))
}

/// The county without people, unless it is there already.
pub async fn county(db: &Db) {
    let mut tx = db.begin().await.unwrap();
    county_in(&mut tx).await;
    tx.commit().await.unwrap();
}

async fn county_in(tx: &mut Tx) {
    let areas: i64 = on!(tx, conn => {
        sqlx::query_scalar("select count(*) from areas").fetch_one(conn).await.unwrap()
    });
    if areas > 0 {
        return;
    }
    for (id, kind, parent, name) in AREAS {
        on!(&mut *tx, conn => {
            sqlx::query("insert into areas (id, kind, parent, name) values ($1, $2, $3, $4)")
                .bind(id.0)
                .bind(kind)
                .bind(parent.map(|area| area.0))
                .bind(name)
                .execute(conn)
                .await
                .unwrap();
        });
    }
    for (id, kind, parent, area, number, name) in TEAMS {
        on!(&mut *tx, conn => {
            sqlx::query(
                "insert into teams (id, kind, parent, area, number, name) values ($1, $2, $3, $4, $5, $6)",
            )
            .bind(id.0)
            .bind(kind)
            .bind(parent.map(|team| team.0))
            .bind(area.0)
            .bind(number)
            .bind(name)
            .execute(conn)
            .await
            .unwrap();
        });
    }
    for position in 1..=DOORS {
        on!(&mut *tx, conn => {
            sqlx::query("insert into doors (id, squad, position, label) values ($1, $2, $3, $4)")
                .bind(door(position))
                .bind(SQUAD.0)
                .bind(position)
                .bind(format!("柿庄中村 1 小队 {position} 号"))
                .execute(conn)
                .await
                .unwrap();
        });
    }
}

fn door(position: i64) -> Uuid {
    Uuid::from_u128(500 + u128::try_from(position).unwrap())
}

/// Somebody who comes to live here.
struct Newcomer {
    n: u128,
    surname: &'static str,
    title: String,
    volunteer: bool,
    village: AreaId,
    squad: Option<TeamId>,
    door: Option<i64>,
}

async fn settled(tx: &mut Tx, who: Newcomer) -> PersonId {
    county_in(tx).await;
    let id = person(who.n);
    on!(tx, conn => {
        sqlx::query(
            "insert into people (id, phone, surname, title, volunteer_no, village, squad, door, created)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do nothing",
        )
        .bind(id.0)
        .bind(format!("154{:08}", who.n))
        .bind(who.surname)
        .bind(who.title)
        .bind(who.volunteer.then(|| format!("130982{:08}", who.n)))
        .bind(who.village.0)
        .bind(who.squad.map(|squad| squad.0))
        .bind(who.door.map(door))
        .bind(now() - DAY)
        .execute(conn)
        .await
        .unwrap();
    });
    if who.volunteer {
        member_of(tx, id, who.squad, who.village).await;
    }
    id
}

/// Lets a volunteer into the squad, or else the team over the village.
async fn member_of(tx: &mut Tx, id: PersonId, squad: Option<TeamId>, village: AreaId) {
    let over = TEAMS.iter().find(|team| team.1 == "brigade" && team.3 == village);
    let team = squad.or(over.map(|team| team.0)).unwrap_or(CORPS);
    on!(&mut *tx, conn => {
        sqlx::query("insert into volunteers (person) values ($1) on conflict (person) do nothing")
            .bind(id.0)
            .execute(conn)
            .await
            .unwrap();
    });
    on!(tx, conn => {
        sqlx::query(
            "insert into memberships (person, team, since, standing) values ($1, $2, $3, 'member')
             on conflict (person, team, since) do nothing",
        )
        .bind(id.0)
        .bind(team.0)
        .bind(now() - DAY)
        .execute(conn)
        .await
        .unwrap();
    });
}

async fn moved_in(db: &Db, who: Newcomer) -> Actor {
    let mut tx = db.begin().await.unwrap();
    let id = settled(&mut tx, who).await;
    let actor = people::actor_in(&mut tx, id, now()).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    actor
}

fn neighbour_of_granny(n: u128, surname: &'static str, title: String) -> Newcomer {
    let door = Some(i64::try_from(n).unwrap() % DOORS + 1);
    Newcomer { n, surname, title, volunteer: false, village: VILLAGE, squad: Some(SQUAD), door }
}

fn neighbour_who_volunteers(n: u128) -> Newcomer {
    let newcomer = neighbour_of_granny(1_000 + n, "志愿者", n.to_string());
    Newcomer { volunteer: true, ..newcomer }
}

/// 李大娘 of door 7, who asks for help.
pub async fn granny(db: &Db) -> Actor {
    let granny = neighbour_of_granny(1, "李", "大娘".into());
    moved_in(db, Newcomer { door: Some(GRANNYS_DOOR), ..granny }).await
}

/// 居民n, of granny's circle.
pub async fn resident(db: &Db, n: u128) -> Actor {
    moved_in(db, neighbour_of_granny(5_000 + n, "居民", n.to_string())).await
}

/// 志愿者n, of granny's circle.
pub async fn volunteer(db: &Db, n: u128) -> Actor {
    moved_in(db, neighbour_who_volunteers(n)).await
}

/// 志愿者n of another circle or village.
pub async fn volunteer_of(db: &Db, n: u128, village: AreaId, squad: Option<TeamId>) -> Actor {
    let newcomer = neighbour_who_volunteers(n);
    moved_in(db, Newcomer { village, squad, door: None, ..newcomer }).await
}

/// 志愿者1 up to so many, of granny's circle.
pub async fn volunteers(db: &Db, count: u128) -> Vec<Actor> {
    let mut tx = db.begin().await.unwrap();
    let mut all = vec![];
    for n in 1..=count {
        let id = settled(&mut tx, neighbour_who_volunteers(n)).await;
        all.push(people::actor_in(&mut tx, id, now()).await.unwrap().unwrap());
    }
    tx.commit().await.unwrap();
    all
}

/// 梁队长, who leads granny's circle.
pub async fn captain(db: &Db) -> Actor {
    captain_of(db, SQUAD).await
}

/// The captain of a team: 队长 and the team's number in this file.
pub async fn captain_of(db: &Db, team: TeamId) -> Actor {
    let n = 100 + team.0.as_u128();
    let surname = if team == SQUAD { "梁" } else { "队" };
    let title = if team == SQUAD { "队长".into() } else { n.to_string() };
    moved_in(db, neighbour_of_granny(n, surname, title)).await;
    appointed(db, person(n), PostKind::Captain, Some(team), None, now() - DAY, None).await
}

/// Somebody who works for the unit of an area.
pub async fn staff_of(db: &Db, area: AreaId) -> Actor {
    let n = 200 + u128::try_from(area.0 % 10_000).unwrap();
    moved_in(db, neighbour_of_granny(n, "干", "事".into())).await;
    appointed(db, person(n), PostKind::Staff, None, Some(area), now() - DAY, None).await
}

/// Gives somebody a post, once.
pub async fn appointed(
    db: &Db,
    who: PersonId,
    kind: PostKind,
    team: Option<TeamId>,
    area: Option<AreaId>,
    since: Millis,
    until: Option<Millis>,
) -> Actor {
    // The same post given again is the same row.
    let over = team.map_or(0, |team| team.0.as_u128()) + area.map_or(0, |area| area.0 as u128);
    let id = Uuid::from_u128(who.0.as_u128() << 64 | over);
    by_hand!(
        db,
        "insert into posts (id, person, kind, team, area, since, until)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing",
        id,
        who.0,
        kind.key(),
        team.map(|team| team.0),
        area.map(|area| area.0),
        since,
        until,
    );
    people::actor(db, who, now()).await.unwrap().unwrap()
}

/// Opens every connection of PostgreSQL's pool beforehand: opening them one by one would let those
/// who come at once go in one by one.
pub async fn every_connection_is_open(db: &Db) {
    let Db::Pg(pool) = db else { return };
    let mut held = vec![];
    while pool.size() < pool.options().get_max_connections() {
        held.push(pool.acquire().await.unwrap());
    }
}

/// Does so many things at once: none begins before all are ready.
pub async fn at_once<T, F>(count: usize, thing: impl Fn(usize) -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let start = Arc::new(Barrier::new(count));
    let running: Vec<_> = (0..count)
        .map(|n| {
            let (start, thing) = (start.clone(), thing(n));
            tokio::spawn(async move {
                start.wait().await;
                thing.await
            })
        })
        .collect();
    let mut outcomes = vec![];
    for one in running {
        outcomes.push(one.await.unwrap());
    }
    outcomes
}
