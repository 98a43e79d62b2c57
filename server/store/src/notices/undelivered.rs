//! What no channel took: staff over the home of whom it was for see it, have it tried again or give it
//! up.

use crate::{Db, StoreError, people, requests::lists::reach_binds};
use domain::{
    Millis, Refusal,
    notices::delivery::{Channel, Topic, Why},
    people::{Actor, PersonId, PostKind},
    permissions::{Act, Subject, can},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// Most lines of a list.
const MOST: i64 = 100;

/// A delivery that waits for staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its key.
    pub id: Uuid,
    /// Surname and title of whom it was for.
    pub called: String,
    /// By which way.
    pub channel: Channel,
    /// What it tells.
    pub topic: Topic,
    /// The code of the request.
    pub code: String,
    /// When it was written.
    pub at: Millis,
    /// When it was tried last.
    pub done: Millis,
    /// How often it was tried.
    pub tries: i64,
    /// Why the last try failed.
    pub why: Why,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    called: String,
    channel: String,
    topic: String,
    code: String,
    at: Millis,
    done: Millis,
    tries: i64,
    why: Option<String>,
}

/// What waits for this reader, the latest first.
///
/// # Errors
/// [`StoreError::Corrupt`] for a damaged row.
pub async fn for_staff(db: &Db, who: &Actor) -> Result<Vec<Line>, StoreError> {
    let staff = who.posts.iter().filter(|post| post.kind == PostKind::Staff);
    // Their widest post covers the others of the same tree.
    let Some(widest) = staff.min_by_key(|post| post.reach.rank()) else { return Ok(vec![]) };
    let (what, area, _) = reach_binds(widest.reach);
    let mut tx = db.read().await?;
    let rows: Vec<Row> = on!(&mut tx, conn => {
        sqlx::query_as(
            "select d.id, p.surname || p.title as called, d.channel, d.topic, r.code, d.at,
                    coalesce(d.done, d.at) as done, d.tries, d.why
             from deliveries d join people p on p.id = d.person join requests r on r.id = d.request
             left join areas a on a.id = p.village
             where d.state = 'dead' and p.id <> $4 and case $1 when 'city' then true
                       when 'township' then a.parent = $2 else p.village = $2 end
             order by d.done desc, d.id desc limit $3",
        )
        .bind(what)
        .bind(area)
        .bind(MOST)
        .bind(who.id.0)
        .fetch_all(conn)
        .await?
    });
    rows.into_iter().map(Line::try_from).collect()
}

impl TryFrom<Row> for Line {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let damaged = |what: &str| StoreError::Corrupt(format!("deliveries: {what} of {}", row.id));
        Ok(Self {
            channel: Channel::from_key(&row.channel).ok_or_else(|| damaged("channel"))?,
            topic: Topic::from_key(&row.topic).ok_or_else(|| damaged("topic"))?,
            id: row.id,
            called: row.called,
            code: row.code,
            at: row.at,
            done: row.done,
            tries: row.tries,
            why: row.why.as_deref().and_then(Why::from_key).unwrap_or(Why::Other),
        })
    }
}

/// Has it tried again from the beginning, or gives it up. When another was first it stays as they
/// decided.
///
/// # Errors
/// [`StoreError::Refused`] out of reach; [`StoreError::NotFound`].
pub async fn decide(
    db: &Db,
    id: Uuid,
    again: bool,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let person: Uuid = on!(&mut tx, conn => {
        sqlx::query_scalar("select person from deliveries where id = $1")
            .bind(id)
            .fetch_one(conn)
            .await?
    });
    let person = people::actor_in(&mut tx, PersonId(person), now).await?;
    let person = person.ok_or(StoreError::NotFound)?;
    can(Some(who), Act::MindNotices, Subject::Person(&person)).map_err(Refusal::from)?;
    let (state, next) = if again { ("waiting", Some(now)) } else { ("over", None) };
    on!(&mut tx, conn => {
        sqlx::query(
            "update deliveries set state = $2, next = $3, tries = 0, done = $4
             where id = $1 and state = 'dead'",
        )
        .bind(id)
        .bind(state)
        .bind(next)
        .bind((!again).then_some(now))
        .execute(conn)
        .await?;
    });
    tx.commit().await
}
