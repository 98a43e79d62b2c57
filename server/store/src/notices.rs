//! Notices: written in the transaction of the move that they tell of, read in a list of one's own.

pub mod outbox;
#[cfg(test)]
mod tests;
pub mod undelivered;
pub mod ways;

use crate::{Db, StoreError, Tx, clock};
use domain::{
    Millis,
    notices::{Notice, To},
    people::PersonId,
    requests::{Category, Move, Request, State},
};
use sqlx_macros::FromRow;

/// How long a notice that was read is kept.
const LIFE: Millis = 90 * domain::clock::DAY;

/// What happened, as the notices tell it.
pub(crate) struct News<'a> {
    /// The request after it.
    pub request: &'a Request,
    /// The move; none for the filing and for a reminder.
    pub mv: Option<Move>,
    /// Who made it.
    pub who: Option<PersonId>,
    /// When.
    pub at: Millis,
}

/// Writes down who is told, and what of it goes out. Told twice of the same move is told once.
pub(crate) async fn tell(
    tx: &mut Tx,
    news: News<'_>,
    told: &[(To, Notice)],
) -> Result<(), StoreError> {
    for (to, notice) in told {
        match to {
            To::Person(person) => one(tx, &news, *person, *notice).await?,
            To::Holder => {
                let holder = clock::holder(tx, news.request, news.at).await?;
                if let Some(holder) = holder.filter(|holder| news.who != Some(*holder)) {
                    one(tx, &news, holder, *notice).await?;
                }
            }
            To::Circle => several(tx, &news, CIRCLE, *notice).await?,
            To::Told => several(tx, &news, TOLD, *notice).await?,
        }
    }
    outbox::write(tx, &news).await
}

/// Whoever has an account: a household reads at its card, and who leaves is not disturbed.
const ONE: &str = "insert into notices (person, request, version, kind, at, move, became)
     select p.id, r.id, r.version, $3, $4, $5, r.state from people p join requests r on r.id = $1
     where p.id = $2 and p.erased is null and p.leaving is null
       and not exists (select 1 from households h where h.person = p.id)
     on conflict (person, request, version, kind) do nothing";

/// The volunteers of the circle, but for `$2`, whose it is, and those who have paused.
const CIRCLE: &str = "insert into notices (person, request, version, kind, at, move, became)
     select p.id, r.id, r.version, $3, $4, $5, r.state from requests r join people p on p.squad = r.squad
     left join volunteers v on v.person = p.id
     where r.id = $1 and p.id <> $2 and p.id <> r.asked_by and (r.filed_by is null or p.id <> r.filed_by)
       and p.erased is null and p.leaving is null
       and exists (select 1 from home_members m where m.person = p.id)
       and (v.paused_since is null or v.paused_until <= $4)
     on conflict (person, request, version, kind) do nothing";

/// Those who were told that it is new, but for `$2` and who is on it.
const TOLD: &str = "insert into notices (person, request, version, kind, at, move, became)
     select p.id, r.id, r.version, $3, $4, $5, r.state from requests r join people p on p.id in
         (select n.person from notices n where n.request = r.id and n.kind = 'new')
     where r.id = $1 and p.id <> $2 and p.squad = r.squad and p.erased is null and p.leaving is null
       and exists (select 1 from home_members m where m.person = p.id)
       and not exists (select 1 from helpers h where h.request = r.id and h.round = r.round
                       and h.person = p.id)
     on conflict (person, request, version, kind) do nothing";

async fn one(
    tx: &mut Tx,
    news: &News<'_>,
    person: PersonId,
    notice: Notice,
) -> Result<(), StoreError> {
    insert(tx, news, ONE, person, notice).await
}

async fn several(
    tx: &mut Tx,
    news: &News<'_>,
    text: &'static str,
    notice: Notice,
) -> Result<(), StoreError> {
    let not = news.who.unwrap_or(PersonId(uuid::Uuid::nil()));
    insert(tx, news, text, not, notice).await
}

async fn insert(
    tx: &mut Tx,
    news: &News<'_>,
    text: &'static str,
    person: PersonId,
    notice: Notice,
) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query(text)
            .bind(news.request.id.0)
            .bind(person.0)
            .bind(notice.key())
            .bind(news.at)
            .bind(news.mv.map(Move::key))
            .execute(conn)
            .await?;
    });
    Ok(())
}

/// A notice in the list of whom it tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is about.
    pub notice: Notice,
    /// The move; none for the filing, and for a deadline that is near.
    pub mv: Option<Move>,
    /// The state after it.
    pub became: State,
    /// When.
    pub at: Millis,
    /// Not read yet.
    pub unread: bool,
    /// The code of the request.
    pub code: String,
    /// What kind of help.
    pub category: Category,
    /// Its words, where everybody may read them; as they were written.
    pub words: Option<String>,
    /// It is theirs: asked by them, or filed for a neighbour.
    pub asked: bool,
}

#[derive(FromRow)]
struct Row {
    kind: String,
    mv: Option<String>,
    became: String,
    at: Millis,
    read: Option<Millis>,
    code: String,
    category: String,
    words: Option<String>,
    asked: bool,
}

/// The notices of a person, the newest first.
///
/// # Errors
/// [`StoreError::Corrupt`] for a damaged row.
pub async fn list(
    db: &Db,
    person: PersonId,
    most: i64,
    skip: i64,
) -> Result<Vec<Line>, StoreError> {
    let mut tx = db.read().await?;
    let rows: Vec<Row> = on!(&mut tx, conn => {
        sqlx::query_as(
            "select n.kind, n.move as mv, n.became, n.at, n.read, r.code, r.category,
                    case when r.on_board then r.words end as words,
                    r.asked_by = $1 or coalesce(r.filed_by = $1, false) as asked
             from notices n join requests r on r.id = n.request
             where n.person = $1 order by n.at desc, n.request desc, n.version desc, n.kind
             limit $2 offset $3",
        )
        .bind(person.0)
        .bind(most)
        .bind(skip)
        .fetch_all(conn)
        .await?
    });
    rows.into_iter().map(Line::try_from).collect()
}

impl TryFrom<Row> for Line {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let damaged = |what: &str| StoreError::Corrupt(format!("notices: {what} of {}", row.code));
        let mv = match &row.mv {
            None => None,
            Some(key) => Some(Move::from_key(key).ok_or_else(|| damaged("move"))?),
        };
        Ok(Self {
            notice: Notice::from_key(&row.kind).ok_or_else(|| damaged("kind"))?,
            mv,
            became: State::from_key(&row.became).ok_or_else(|| damaged("state"))?,
            at: row.at,
            unread: row.read.is_none(),
            category: Category::from_key(&row.category).ok_or_else(|| damaged("category"))?,
            words: row.words,
            asked: row.asked,
            code: row.code,
        })
    }
}

/// How many a person has not read.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn unread(db: &Db, person: PersonId) -> Result<u32, StoreError> {
    let mut tx = db.read().await?;
    let count: i64 = on!(&mut tx, conn => {
        sqlx::query_scalar("select count(*) from notices where person = $1 and read is null")
            .bind(person.0)
            .fetch_one(conn)
            .await?
    });
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// A person has read everything up to a moment: what came since stays unread.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn have_read(
    db: &Db,
    person: PersonId,
    until: Millis,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    on!(&mut tx, conn => {
        sqlx::query("update notices set read = $3 where person = $1 and read is null and at <= $2")
            .bind(person.0)
            .bind(until)
            .bind(now)
            .execute(conn)
            .await?;
    });
    tx.commit().await
}

/// Forgets what was read ninety days ago; says how many.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn forget(db: &Db, now: Millis) -> Result<u64, StoreError> {
    let mut tx = db.begin().await?;
    let gone = on!(&mut tx, conn => {
        sqlx::query("delete from notices where read <= $1")
            .bind(now - LIFE)
            .execute(conn)
            .await?
            .rows_affected()
    });
    tx.commit().await?;
    Ok(gone)
}
