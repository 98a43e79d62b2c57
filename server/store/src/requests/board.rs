//! The board of a village around a home: numbers and dots of the rings, and pages of requests by
//! key. Whatever the village has, a page reads as many rows as it shows and the numbers stop at
//! [`COUNTED`].

mod bands;

use super::{Loaded, lists::load_all};
use crate::{Db, StoreError, Tx};
use bands::{Band, Within, bands_of};
use domain::{
    Millis,
    people::Place,
    requests::{
        Category, RequestId, State, Urgency,
        card::Ring,
        cursor::Cursor,
        filter::{Filter, Sort},
    },
};
use sqlx::FromRow;
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

#[derive(FromRow)]
struct SpotRow {
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
        let rows = match Within::ring(home, ring) {
            Some(within) => spots(&mut tx, within).await?,
            None => vec![],
        };
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
        let same = |theirs: Option<Uuid>, mine: Option<Uuid>| mine.is_some() && theirs == mine;
        if same(self.squad, home.squad.map(|team| team.0)) {
            Ring::Circle
        } else if same(self.company, home.company.map(|team| team.0)) {
            Ring::Lane
        } else {
            Ring::Village
        }
    }
}

async fn spots(tx: &mut Tx, within: Within) -> Result<Vec<SpotRow>, StoreError> {
    macro_rules! text {
        ($column:literal) => {
            concat!(
                "select squad, company, state, urgency from requests where ",
                $column,
                " = $1 and ",
                on_board!(),
                " order by ",
                rank!(),
                ", due, id limit $2"
            )
        };
    }
    let text = match within {
        Within::Village(_) | Within::NoSquad(_) => text!("village"),
        Within::Company(_) => text!("company"),
        Within::Squad(_) => text!("squad"),
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
        found.extend(rows_of(&mut tx, &band, filter, begun, wanted).await?);
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
        for &kind in &kinds {
            let stretch = Stretch { within: band.within, kind, rank, from, most: wanted };
            let rows = stretch.rows(tx, &filter.passing_states()).await?;
            of_rank.extend(rows.into_iter().map(|(at, id)| Cursor {
                band: band.number,
                rank: rank.unwrap_or_default(),
                at,
                id: RequestId(id),
            }));
        }
        of_rank.sort_unstable_by_key(|row| (row.at, row.id));
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
}

impl Stretch {
    async fn rows(&self, tx: &mut Tx, states: &[State]) -> Result<Vec<(Millis, Uuid)>, StoreError> {
        macro_rules! text {
            ($place:literal) => {
                text!($place, "cast($2 as text) is null")
            };
            ($place:literal, $kind:literal) => {
                match self.rank {
                    // Both engines see an index that has the rank and one that has not.
                    Some(_) => text!($place, $kind, rank!(), " = $3"),
                    None => text!($place, $kind, "cast($3 as bigint)", " is null"),
                }
            };
            ($place:literal, $kind:literal, $rank:expr, $is:literal) => {
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
                    " and state in ($4, $5, $6) and (due, id) > ($7, $8)
                     order by due, id limit $9"
                )
            };
        }
        let text = match (self.within, self.kind) {
            (Within::Village(_), None) => text!("village = $1"),
            (Within::Village(_), Some(_)) => text!("village = $1", "category = $2"),
            (Within::Company(_), None) => text!("company = $1"),
            (Within::Company(_), Some(_)) => text!("company = $1", "category = $2"),
            (Within::Squad(_), None) => text!("squad = $1"),
            (Within::Squad(_), Some(_)) => text!("squad = $1", "category = $2"),
            (Within::NoSquad(_), None) => text!("village = $1 and squad is null"),
            (Within::NoSquad(_), Some(_)) => {
                text!("village = $1 and squad is null", "category = $2")
            }
        };
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
                .fetch_all(conn)
                .await?
        }))
    }
}
