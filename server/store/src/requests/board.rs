//! The board of a village around a home: numbers and dots of the rings, and pages of requests by
//! key. Whatever the village has, a page reads as many rows as it shows and the numbers stop at
//! [`COUNTED`].

mod bands;

use super::{Loaded, lists::load_all};
use crate::{Db, StoreError, Tx};
use bands::{Band, Within, bands_of};
use domain::{
    Millis,
    organisation::point::{Around, Point},
    people::Place,
    requests::{
        Category, RequestId, State, Urgency,
        card::Ring,
        cursor::Cursor,
        filter::{Filter, Sort},
    },
    teams::TeamId,
};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// So far requests are counted; more are "many".
pub const COUNTED: i64 = 100;

/// How many requests stand on the board in each ring, at most [`COUNTED`]; each ring holds those
/// before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rings {
    /// Within the circle.
    pub circle: i64,
    /// In the lane.
    pub lane: i64,
    /// In the village.
    pub village: i64,
}

/// A request as the rings show it: a dot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The band that it lies in.
    pub ring: Ring,
    /// Somebody is on it.
    pub held: bool,
    /// Urgent.
    pub urgent: bool,
}

/// The rings at a glance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glance {
    /// Their numbers.
    pub rings: Rings,
    /// The first requests of each band, in the order of the board.
    pub spots: Vec<Spot>,
}

/// A page of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Its requests.
    pub requests: Vec<Loaded>,
    /// The last of them, when more come after it.
    pub next: Option<Cursor>,
}

/// The condition of the board, as the indexes have it.
macro_rules! on_board {
    () => {
        "on_board and state in ('open', 'claimed', 'serving')"
    };
}
/// The place of an urgency in the order of the board.
macro_rules! rank {
    () => {
        "case urgency when 'urgent' then 1 else 2 end"
    };
}

/// How far a request lies from the home, squared, and against what: `Around::holds`. Nothing where a
/// point is not known.
macro_rules! near {
    ($lat:literal, $lon:literal, $narrowing:literal, $limit:literal) => {
        concat!(
            "(lat_e7 - ",
            $lat,
            ") * (lat_e7 - ",
            $lat,
            ") + (lon_e7 - ",
            $lon,
            ") * (lon_e7 - ",
            $lon,
            ") * ",
            $narrowing,
            " / 10000 <= ",
            $limit
        )
    };
}

#[derive(FromRow)]
struct SpotRow {
    id: Uuid,
    rank: i64,
    due: Millis,
    lat_e7: Option<i64>,
    lon_e7: Option<i64>,
    squad: Option<Uuid>,
    company: Option<Uuid>,
    state: String,
    urgency: String,
}

/// The numbers and dots of the rings around `home`.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn glance(db: &Db, home: &Place) -> Result<Glance, StoreError> {
    let mut tx = db.read().await?;
    let mut glance = Glance::default();
    for &ring in Ring::ALL {
        let mut rows = vec![];
        for within in Within::ring(home, ring) {
            rows.extend(spots(&mut tx, home, within).await?);
        }
        rows.sort_unstable_by_key(|row| (row.rank, row.due, row.id));
        rows.dedup_by_key(|row| row.id);
        rows.truncate(usize::try_from(COUNTED).unwrap_or(usize::MAX));
        let count = i64::try_from(rows.len()).unwrap_or(COUNTED);
        match ring {
            Ring::Circle => glance.rings.circle = count,
            Ring::Lane => glance.rings.lane = count,
            Ring::Village => glance.rings.village = count,
        }
        let here = rows.into_iter().filter(|row| row.ring(home) == ring);
        glance.spots.extend(here.map(|row| Spot {
            ring,
            held: row.state != State::Open.key(),
            urgent: row.urgency == Urgency::Urgent.key(),
        }));
    }
    Ok(glance)
}

impl SpotRow {
    fn ring(&self, home: &Place) -> Ring {
        let there = Place {
            company: self.company.map(TeamId),
            squad: self.squad.map(TeamId),
            point: Point::of(self.lat_e7, self.lon_e7),
            ..Place::somewhere_in(home.township, home.village)
        };
        Ring::between(home, &there).unwrap_or(Ring::Village)
    }
}

async fn spots(tx: &mut Tx, home: &Place, within: Within) -> Result<Vec<SpotRow>, StoreError> {
    macro_rules! text {
        ($place:expr) => {
            concat!(
                "select id, squad, company, state, urgency, due, lat_e7, lon_e7, cast(",
                rank!(),
                " as bigint) as rank from requests where ",
                $place,
                " and ",
                on_board!(),
                " order by ",
                rank!(),
                ", due, id limit $2"
            )
        };
    }
    if let (Within::Near(village), Some(around)) = (within, home.point.map(Around::of)) {
        let text = text!(concat!(
            "village = $1 and lat_e7 between $3 - $7 and $3 + $7 and ",
            near!("$3", "$4", "$5", "$6")
        ));
        return Ok(on!(tx, conn => {
            sqlx::query_as(text)
                .bind(village)
                .bind(COUNTED)
                .bind(around.centre.lat_e7)
                .bind(around.centre.lon_e7)
                .bind(around.narrowing)
                .bind(around.limit)
                .bind(around.reach)
                .fetch_all(conn)
                .await?
        }));
    }
    let text = match within {
        Within::Village(_) | Within::NoSquad(_) | Within::Near(_) => text!("village = $1"),
        Within::Company(_) => text!("company = $1"),
        Within::Squad(_) => text!("squad = $1"),
        Within::SquadUnmeasured(_) => text!("squad = $1 and lat_e7 is null"),
    };
    Ok(on!(tx, conn => {
        let query = match within.team() {
            Some(team) => sqlx::query_as(text).bind(team),
            None => sqlx::query_as(text).bind(within.area()),
        };
        query.bind(COUNTED).fetch_all(conn).await?
    }))
}

/// A page of the board around `home`, after the row that `after` names.
///
/// # Errors
/// [`StoreError::Corrupt`] for a damaged row.
pub async fn page(
    db: &Db,
    home: &Place,
    filter: &Filter,
    after: Option<Cursor>,
    most: usize,
) -> Result<Page, StoreError> {
    let mut tx = db.read().await?;
    let mut found: Vec<Cursor> = vec![];
    for band in bands_of(&mut tx, home, filter).await? {
        if after.is_some_and(|after| after.band > band.number) {
            continue;
        }
        let begun = after.filter(|after| after.band == band.number);
        let wanted = most + 1 - found.len();
        found.extend(rows_of(&mut tx, home, &band, filter, begun, wanted).await?);
        if found.len() > most {
            break;
        }
    }
    let longer = found.len() > most;
    found.truncate(most);
    let ids: Vec<Uuid> = found.iter().map(|row| row.id.0).collect();
    let requests = load_all(&mut tx, &ids).await?;
    Ok(Page { requests, next: found.last().copied().filter(|_| longer) })
}

/// The first rows of a band after `begun`: of every kind that passes, merged.
async fn rows_of(
    tx: &mut Tx,
    home: &Place,
    band: &Band,
    filter: &Filter,
    begun: Option<Cursor>,
    wanted: usize,
) -> Result<Vec<Cursor>, StoreError> {
    let kinds: Vec<Option<Category>> = match filter.kinds() {
        None => vec![None],
        Some(kinds) => kinds.into_iter().map(Some).collect(),
    };
    let ranks: &[Option<u8>] = if filter.sort == Sort::Due { &[None] } else { &[Some(1), Some(2)] };
    let mut found: Vec<Cursor> = vec![];
    for &rank in ranks {
        if begun.is_some_and(|begun| rank.is_some_and(|rank| begun.rank > rank)) {
            continue;
        }
        let from = begun.filter(|begun| rank.is_none_or(|rank| begun.rank == rank));
        let mut of_rank = vec![];
        for &within in &band.within {
            let around = home.point.map(Around::of);
            let measured = around.filter(|_| band.not_near || matches!(within, Within::Near(_)));
            for &kind in &kinds {
                let stretch = Stretch { within, kind, rank, from, most: wanted, measured };
                let rows = stretch.rows(tx, &filter.passing_states()).await?;
                of_rank.extend(rows.into_iter().map(|(at, id)| Cursor {
                    band: band.number,
                    rank: rank.unwrap_or_default(),
                    at,
                    id: RequestId(id),
                }));
            }
        }
        of_rank.sort_unstable_by_key(|row| (row.at, row.id));
        // What lies within two of them.
        of_rank.dedup_by_key(|row| row.id);
        found.extend(of_rank);
        if found.len() >= wanted {
            found.truncate(wanted);
            break;
        }
    }
    Ok(found)
}

/// Rows that stand together in one index, in the order of the list.
struct Stretch {
    within: Within,
    kind: Option<Category>,
    rank: Option<u8>,
    from: Option<Cursor>,
    most: usize,
    /// Of [`Within::Near`]: around what. Of the others: what lies around it is left out.
    measured: Option<Around>,
}

impl Stretch {
    async fn rows(&self, tx: &mut Tx, states: &[State]) -> Result<Vec<(Millis, Uuid)>, StoreError> {
        macro_rules! text {
            // Without a point nothing is left out, and every parameter has its place.
            ($place:expr) => {
                text!(
                    $place,
                    concat!(
                        "coalesce(not (",
                        near!("$10", "$11", "$12", "$13"),
                        "), true) and cast($14 as bigint) is null"
                    )
                )
            };
            ($place:expr, $near:expr) => {
                match self.kind {
                    None => text!($place, "cast($2 as text) is null", $near),
                    Some(_) => text!($place, "category = $2", $near),
                }
            };
            ($place:expr, $kind:literal, $near:expr) => {
                match self.rank {
                    // Both engines see an index that has the rank and one that has not.
                    Some(_) => text!($place, $kind, $near, rank!(), " = $3"),
                    None => text!($place, $kind, $near, "cast($3 as bigint)", " is null"),
                }
            };
            ($place:expr, $kind:literal, $near:expr, $rank:expr, $is:literal) => {
                concat!(
                    "select due, id from requests where ",
                    $place,
                    " and ",
                    $kind,
                    " and ",
                    $rank,
                    $is,
                    " and ",
                    on_board!(),
                    " and state in ($4, $5, $6) and (due, id) > ($7, $8) and ",
                    $near,
                    " order by due, id limit $9"
                )
            };
        }
        let text = match self.within {
            Within::Village(_) => text!("village = $1"),
            Within::Company(_) => text!("company = $1"),
            Within::Squad(_) => text!("squad = $1"),
            Within::NoSquad(_) => text!("village = $1 and squad is null"),
            Within::SquadUnmeasured(_) => text!("squad = $1 and lat_e7 is null"),
            Within::Near(_) => text!(
                "village = $1 and lat_e7 between $10 - $14 and $10 + $14",
                near!("$10", "$11", "$12", "$13")
            ),
        };
        let around = self.measured;
        let reach = around.filter(|_| matches!(self.within, Within::Near(_))).map(|one| one.reach);
        let state = |at: usize| states[at.min(states.len() - 1)].key();
        let (at, id) = self.from.map_or((i64::MIN, Uuid::nil()), |from| (from.at, from.id.0));
        Ok(on!(tx, conn => {
            let query = match self.within.team() {
                Some(team) => sqlx::query_as(text).bind(team),
                None => sqlx::query_as(text).bind(self.within.area()),
            };
            query
                .bind(self.kind.map(Category::key))
                .bind(self.rank.map(i64::from))
                .bind(state(0))
                .bind(state(1))
                .bind(state(2))
                .bind(at)
                .bind(id)
                .bind(i64::try_from(self.most).unwrap_or(i64::MAX))
                .bind(around.map(|one| one.centre.lat_e7))
                .bind(around.map(|one| one.centre.lon_e7))
                .bind(around.map(|one| one.narrowing))
                .bind(around.map(|one| one.limit))
                .bind(reach)
                .fetch_all(conn)
                .await?
        }))
    }
}
