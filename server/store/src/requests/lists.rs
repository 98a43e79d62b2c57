//! Lists of requests: the board, the captain's inbox, one's own. Each is two queries with the same
//! condition, one for the requests and one for who is on them.

use super::rows::{HelperRow, Loaded, OfferRow, Row};
use crate::{Db, StoreError, Tx};
use domain::{
    Millis,
    people::{PersonId, Place, Reach},
    requests::card::Ring,
};
use std::collections::HashMap;
use uuid::Uuid;

/// The three queries of a list.
struct List {
    requests: &'static str,
    helpers: &'static str,
    offers: &'static str,
}

/// Makes the queries of a list from its condition, its order and the number of its last
/// parameter: how many rows at most.
macro_rules! list {
    ($condition:literal, $order:literal, $limit:literal) => {
        List {
            requests: concat!(
                "select r.* from requests r where ", $condition, " order by ", $order, " limit ", $limit
            ),
            helpers: concat!(
                "select h.request, h.person, p.surname || p.title as called, h.claimed_at, h.started_at, h.minutes
                 from helpers h join people p on p.id = h.person
                 join requests r on r.id = h.request and r.round = h.round
                 where r.id in (select r.id from requests r where ",
                $condition, " order by ", $order, " limit ", $limit,
                ") order by h.claimed_at, h.person"
            ),
            offers: concat!(
                "select o.request, o.person, p.surname || p.title as called, o.at
                 from offers o join people p on p.id = o.person
                 where o.request in (select r.id from requests r where ",
                $condition, " order by ", $order, " limit ", $limit,
                ") order by o.at, o.person"
            ),
        }
    };
}

/// What neighbours see: `$1` village, `$2` ring, `$3` squad, `$4` company.
const BOARD: List = list!(
    "r.village = $1 and r.on_board and r.state in ('open', 'claimed', 'serving')
     and case $2 when '1' then r.squad = $3 when '2' then (r.squad = $3 or r.company = $4) else true end",
    "case r.urgency when 'urgent' then 1 else 2 end, r.due, r.id",
    "$5"
);

/// What still runs within a reach: `$1` of what, `$2` the area, `$3` the team.
const RUNNING: List = list!(
    "r.state in ('submitted', 'open', 'claimed', 'serving', 'done')
     and case $1 when 'city' then true
                 when 'township' then r.township = $2
                 when 'village' then r.village = $2
                 when 'company' then r.company = $3
                 else r.squad = $3 end",
    "case when r.late is null then 2 else 1 end, r.late, r.due, r.id",
    "$4"
);

/// What closed within a reach: `$1` to `$3` as above, `$4` since when.
const CLOSED: List = list!(
    "r.state = 'closed' and r.since >= $4
     and case $1 when 'city' then true
                 when 'township' then r.township = $2
                 when 'village' then r.village = $2
                 when 'company' then r.company = $3
                 else r.squad = $3 end",
    "r.since desc, r.id",
    "$5"
);

/// What a person asked for, or filed for whom it is: `$1` who.
const MINE: List = list!(
    "(r.asked_by = $1 or r.filed_by = $1)",
    "case when r.due is null then 2 else 1 end, r.created desc, r.id",
    "$2"
);

/// What a person helps with or was asked to: `$1` who.
const HELPING: List = list!(
    "(r.id in (select h.request from helpers h where h.person = $1)
      or r.id in (select o.request from offers o where o.person = $1))",
    "case when r.due is null then 2 else 1 end, r.due, r.since desc, r.id",
    "$2"
);

/// Runs the queries of a list with its parameters.
macro_rules! fetch {
    ($tx:expr, $list:expr, $($bind:expr),+) => {{
        let list: &List = &$list;
        let requests: Vec<Row> = on!(&mut $tx, conn => {
            sqlx::query_as(list.requests)$(.bind($bind))+.fetch_all(conn).await?
        });
        let helpers: Vec<HelperRow> = on!(&mut $tx, conn => {
            sqlx::query_as(list.helpers)$(.bind($bind))+.fetch_all(conn).await?
        });
        let offers: Vec<OfferRow> = on!(&mut $tx, conn => {
            sqlx::query_as(list.offers)$(.bind($bind))+.fetch_all(conn).await?
        });
        assemble(requests, helpers, offers)
    }};
}

/// How many requests stand on the board in each ring; each ring holds those before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rings {
    /// Within the circle.
    pub circle: i64,
    /// In the lane.
    pub lane: i64,
    /// In the village.
    pub village: i64,
}

/// The board of a village around `home`: the rings' numbers, and the requests of one ring, urgent
/// first, then by deadline.
///
/// # Errors
/// [`StoreError::Corrupt`] for a damaged row.
pub async fn board(
    db: &Db,
    home: &Place,
    ring: Ring,
    most: i64,
) -> Result<(Rings, Vec<Loaded>), StoreError> {
    let mut tx = db.read().await?;
    let squad = home.squad.map(|team| team.0);
    let company = home.company.map(|team| team.0);
    let (circle, lane, village): (i64, i64, i64) = on!(&mut tx, conn => {
        sqlx::query_as(
            "select count(case when squad = $1 then 1 end),
                    count(case when squad = $1 or company = $2 then 1 end), count(*)
             from requests where village = $3 and on_board and state in ('open', 'claimed', 'serving')",
        )
        .bind(squad)
        .bind(company)
        .bind(home.village.0)
        .fetch_one(conn)
        .await?
    });
    let requests = fetch!(tx, BOARD, home.village.0, ring.key(), squad, company, most)?;
    Ok((Rings { circle, lane, village }, requests))
}

/// Every running request within a reach: late ones first, the longest late before the others, then
/// what is due first.
///
/// # Errors
/// [`StoreError::Corrupt`] for a damaged row.
pub async fn inbox(db: &Db, reach: Reach, most: i64) -> Result<Vec<Loaded>, StoreError> {
    let mut tx = db.read().await?;
    let (what, area, team) = reach_binds(reach);
    fetch!(tx, RUNNING, what, area, team, most)
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
    let (what, area, team) = reach_binds(reach);
    fetch!(tx, CLOSED, what, area, team, since, most)
}

/// What a person asked for, what still runs first.
///
/// # Errors
/// [`StoreError::Corrupt`] for a damaged row.
pub async fn mine(db: &Db, who: PersonId, most: i64) -> Result<Vec<Loaded>, StoreError> {
    let mut tx = db.read().await?;
    fetch!(tx, MINE, who.0, most)
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
    let mut tx = db.read().await?;
    fetch!(tx, HELPING, who.0, most)
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
