//! Lists of requests: the captain's inbox, one's own. A list first reads which requests stand on a
//! page, by key, and then those with who is on them.

use super::{
    board::Page,
    rows::{HelperRow, Loaded, OfferRow, Row},
};
use crate::{Db, StoreError, Tx};
use domain::{
    Millis,
    people::{PersonId, Place, Reach},
    requests::{RequestId, card::Ring, cursor::Cursor, filter::Filter},
};
use sqlx::QueryBuilder;
use std::collections::HashMap;
use uuid::Uuid;

pub use super::board::Rings;

/// A condition that names a reach as `$1`.
macro_rules! within {
    ($reach:expr, $before:literal, $after:literal) => {
        match $reach {
            Reach::City => concat!($before, "cast($1 as bigint) is null", $after),
            Reach::Township(_) => concat!($before, "r.township = $1", $after),
            Reach::Village(_) => concat!($before, "r.village = $1", $after),
            Reach::Company(_) => concat!($before, "r.company = $1", $after),
            Reach::Squad(_) => concat!($before, "r.squad = $1", $after),
        }
    };
}

/// Binds what [`within!`] names.
macro_rules! bind_reach {
    ($query:expr, $reach:expr) => {
        match $reach {
            Reach::City => $query.bind(None::<i64>),
            Reach::Township(area) | Reach::Village(area) => $query.bind(area.0),
            Reach::Company(team) | Reach::Squad(team) => $query.bind(team.0),
        }
    };
}

/// Where a list that runs forwards begins.
fn from(after: Option<Cursor>) -> (Millis, Uuid) {
    after.map_or((Millis::MIN, Uuid::nil()), |after| (after.at, after.id.0))
}

/// Where a list that runs backwards begins.
fn down_from(after: Option<Cursor>) -> (Millis, Uuid) {
    after.map_or((Millis::MAX, Uuid::max()), |after| (after.at, after.id.0))
}

/// Makes a page of at most so many rows out of one more.
async fn page_of(
    tx: &mut Tx,
    mut rows: Vec<(Millis, Uuid)>,
    most: i64,
) -> Result<Page, StoreError> {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let longer = rows.len() > most;
    rows.truncate(most);
    let last = rows.last().filter(|_| longer);
    let next = last.map(|(at, id)| Cursor { band: 0, rank: 0, at: *at, id: RequestId(*id) });
    let ids: Vec<Uuid> = rows.into_iter().map(|(_, id)| id).collect();
    Ok(Page { requests: load_all(tx, &ids).await?, next })
}

/// The board of a village around `home`: the rings' numbers, and the first requests of one ring,
/// urgent first, then by deadline.
///
/// # Errors
/// [`StoreError::Corrupt`] for a damaged row.
pub async fn board(
    db: &Db,
    home: &Place,
    ring: Ring,
    most: i64,
) -> Result<(Rings, Vec<Loaded>), StoreError> {
    let filter = Filter { ring, ..Filter::default() };
    let most = usize::try_from(most).unwrap_or_default();
    let glance = super::board::glance(db, home).await?;
    let page = super::board::page(db, home, &filter, None, most).await?;
    Ok((glance.rings, page.requests))
}

/// Every running request within a reach: late ones first, the longest late before the others, then
/// what is due first.
///
/// # Errors
/// [`StoreError::Corrupt`] for a damaged row.
pub async fn inbox(db: &Db, reach: Reach, most: i64) -> Result<Vec<Loaded>, StoreError> {
    Ok(running(db, reach, None, most).await?.requests)
}

/// A page of what runs within a reach, in the same order: what was missed was due before now.
///
/// # Errors
/// [`StoreError::Corrupt`] for a damaged row.
pub async fn running(
    db: &Db,
    reach: Reach,
    after: Option<Cursor>,
    most: i64,
) -> Result<Page, StoreError> {
    let mut tx = db.read().await?;
    let text = within!(
        reach,
        "select coalesce(r.late, r.due), r.id from requests r where ",
        " and r.due is not null and (coalesce(r.late, r.due), r.id) > ($2, $3)
          order by coalesce(r.late, r.due), r.id limit $4"
    );
    let (at, id) = from(after);
    let rows = on!(&mut tx, conn => {
        bind_reach!(sqlx::query_as(text), reach)
            .bind(at)
            .bind(id)
            .bind(most + 1)
            .fetch_all(conn)
            .await?
    });
    page_of(&mut tx, rows, most).await
}

/// The requests within a reach that closed at or after `since`, newest first.
///
/// # Errors
/// [`StoreError::Corrupt`] for a damaged row.
pub async fn closed_since(
    db: &Db,
    reach: Reach,
    since: Millis,
    most: i64,
) -> Result<Vec<Loaded>, StoreError> {
    let mut tx = db.read().await?;
    let text = within!(
        reach,
        "select r.id from requests r where r.state = 'closed' and r.since >= $2 and ",
        " order by r.since desc, r.id limit $3"
    );
    let ids: Vec<Uuid> = on!(&mut tx, conn => {
        bind_reach!(sqlx::query_scalar(text), reach).bind(since).bind(most).fetch_all(conn).await?
    });
    load_all(&mut tx, &ids).await
}

/// What runs, and after it the beginning of what is over: `over` at most, and both no more than
/// `running`.
async fn followed(
    runs: Vec<Loaded>,
    running: i64,
    over: i64,
    rest: impl AsyncFnOnce(i64) -> Result<Page, StoreError>,
) -> Result<Page, StoreError> {
    let left = over.min(running - i64::try_from(runs.len()).unwrap_or(running));
    if left == 0 {
        return Ok(Page { requests: runs, next: None });
    }
    let Page { requests, next } = rest(left).await?;
    Ok(Page { requests: runs.into_iter().chain(requests).collect(), next })
}

/// What a person asked for, what still runs first.
///
/// # Errors
/// [`StoreError::Corrupt`] for a damaged row.
pub async fn mine(db: &Db, who: PersonId, most: i64) -> Result<Vec<Loaded>, StoreError> {
    Ok(mine_with_more(db, who, most, most).await?.requests)
}

/// What of a person's own still runs, at most `running`, and the first `over` of what is over; where
/// the rest of that begins.
///
/// # Errors
/// [`StoreError::Corrupt`] for a damaged row.
pub async fn mine_with_more(
    db: &Db,
    who: PersonId,
    running: i64,
    over: i64,
) -> Result<Page, StoreError> {
    let mut tx = db.read().await?;
    let ids: Vec<Uuid> = on!(&mut tx, conn => {
        sqlx::query_scalar(
            "select r.id from requests r where (r.asked_by = $1 or r.filed_by = $1
                or (r.on_board and r.id in (select w.request from watchers w where w.person = $1)))
             and r.due is not null order by r.created desc, r.id limit $2",
        )
        .bind(who.0)
        .bind(running)
        .fetch_all(conn)
        .await?
    });
    let runs = load_all(&mut tx, &ids).await?;
    drop(tx);
    followed(runs, running, over, async |left| mine_over(db, who, None, left).await).await
}

/// What a person asked for that is over, the newest first.
///
/// # Errors
/// [`StoreError::Corrupt`] for a damaged row.
pub async fn mine_over(
    db: &Db,
    who: PersonId,
    after: Option<Cursor>,
    most: i64,
) -> Result<Page, StoreError> {
    let mut tx = db.read().await?;
    let (at, id) = down_from(after);
    let rows = on!(&mut tx, conn => {
        sqlx::query_as(
            "select r.created, r.id from requests r where (r.asked_by = $1 or r.filed_by = $1
                or (r.on_board and r.id in (select w.request from watchers w where w.person = $1)))
             and r.due is null and (r.created, r.id) < ($2, $3)
             order by r.created desc, r.id desc limit $4",
        )
        .bind(who.0)
        .bind(at)
        .bind(id)
        .bind(most + 1)
        .fetch_all(conn)
        .await?
    });
    page_of(&mut tx, rows, most).await
}

/// The states of what a person asked for that still runs.
pub(crate) async fn running_of(tx: &mut Tx, who: PersonId) -> Result<Vec<String>, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_scalar("select state from requests where asked_by = $1 and due is not null")
            .bind(who.0)
            .fetch_all(conn)
            .await?
    }))
}

/// What a person helps with, or was asked to, what is due first first.
///
/// # Errors
/// [`StoreError::Corrupt`] for a damaged row.
pub async fn helping(db: &Db, who: PersonId, most: i64) -> Result<Vec<Loaded>, StoreError> {
    Ok(helping_with_more(db, who, most, most).await?.requests)
}

/// What a person helps with or was asked to that still runs, at most `running`, and the first `over`
/// of what is over; where the rest of that begins.
///
/// # Errors
/// [`StoreError::Corrupt`] for a damaged row.
pub async fn helping_with_more(
    db: &Db,
    who: PersonId,
    running: i64,
    over: i64,
) -> Result<Page, StoreError> {
    let mut tx = db.read().await?;
    let ids: Vec<Uuid> = on!(&mut tx, conn => {
        sqlx::query_scalar(
            "select r.id from requests r where r.due is not null
             and (r.id in (select h.request from helpers h where h.person = $1)
                  or r.id in (select o.request from offers o where o.person = $1))
             order by r.due, r.id limit $2",
        )
        .bind(who.0)
        .bind(running)
        .fetch_all(conn)
        .await?
    });
    let runs = load_all(&mut tx, &ids).await?;
    drop(tx);
    followed(runs, running, over, async |left| helping_over(db, who, None, left).await).await
}

/// What a person helped with that is over, the newest first.
///
/// # Errors
/// [`StoreError::Corrupt`] for a damaged row.
pub async fn helping_over(
    db: &Db,
    who: PersonId,
    after: Option<Cursor>,
    most: i64,
) -> Result<Page, StoreError> {
    let mut tx = db.read().await?;
    let (at, id) = down_from(after);
    let rows = on!(&mut tx, conn => {
        sqlx::query_as(
            "select r.since, r.id from requests r
             where r.id in (select h.request from helpers h where h.person = $1)
             and r.due is null and (r.since, r.id) < ($2, $3)
             order by r.since desc, r.id desc limit $4",
        )
        .bind(who.0)
        .bind(at)
        .bind(id)
        .bind(most + 1)
        .fetch_all(conn)
        .await?
    });
    page_of(&mut tx, rows, most).await
}

/// What a person served: approved minutes, and in how many requests.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn served(db: &Db, who: PersonId) -> Result<(i64, i64), StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_as(
            "select cast(coalesce(sum(h.minutes), 0) as bigint), count(distinct h.request)
             from helpers h join requests r on r.id = h.request
             where h.person = $1 and (r.state = 'closed' or h.round < r.round)",
        )
        .bind(who.0)
        .fetch_one(conn)
        .await?
    }))
}

pub(crate) fn reach_binds(reach: Reach) -> (&'static str, Option<i64>, Option<Uuid>) {
    match reach {
        Reach::City => ("city", None, None),
        Reach::Township(area) => ("township", Some(area.0), None),
        Reach::Village(area) => ("village", Some(area.0), None),
        Reach::Company(team) => ("company", None, Some(team.0)),
        Reach::Squad(team) => ("squad", None, Some(team.0)),
    }
}

/// Rows that belong to the requests of a page.
macro_rules! of_requests {
    ($tx:expr, $ids:expr, $before:literal, $after:literal) => {
        on!(&mut *$tx, conn => {
            let mut text = QueryBuilder::new($before);
            let mut ids = text.separated(", ");
            for id in $ids {
                ids.push_bind(*id);
            }
            text.push($after);
            text.build_query_as().fetch_all(conn).await?
        })
    };
}

/// The requests of a page with who is on them, in this order.
pub(super) async fn load_all(tx: &mut Tx, ids: &[Uuid]) -> Result<Vec<Loaded>, StoreError> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let requests: Vec<Row> =
        of_requests!(tx, ids, "select r.* from requests r where r.id in (", ")");
    let helpers: Vec<HelperRow> = of_requests!(
        tx,
        ids,
        "select h.request, h.person, p.surname || p.title as called, h.claimed_at, h.started_at, h.minutes
         from helpers h join people p on p.id = h.person
         join requests r on r.id = h.request and r.round = h.round where h.request in (",
        ") order by h.claimed_at, h.person"
    );
    let offers: Vec<OfferRow> = of_requests!(
        tx,
        ids,
        "select o.request, o.person, p.surname || p.title as called, o.at
         from offers o join people p on p.id = o.person where o.request in (",
        ") order by o.at, o.person"
    );
    let mut by_id: HashMap<Uuid, Row> = requests.into_iter().map(|row| (row.id, row)).collect();
    let sorted = ids.iter().filter_map(|id| by_id.remove(id)).collect();
    assemble(sorted, helpers, offers)
}

fn assemble(
    requests: Vec<Row>,
    helpers: Vec<HelperRow>,
    offers: Vec<OfferRow>,
) -> Result<Vec<Loaded>, StoreError> {
    let mut helpers_of: HashMap<Uuid, Vec<HelperRow>> = HashMap::new();
    for helper in helpers {
        helpers_of.entry(helper.request).or_default().push(helper);
    }
    let mut offers_of: HashMap<Uuid, Vec<OfferRow>> = HashMap::new();
    for offer in offers {
        offers_of.entry(offer.request).or_default().push(offer);
    }
    let load = |row: Row| {
        let helpers = helpers_of.remove(&row.id).unwrap_or_default();
        let offers = offers_of.remove(&row.id).unwrap_or_default();
        row.load(helpers, offers)
    };
    requests.into_iter().map(load).collect()
}
