//! What points at areas, teams and doors, and what becomes of it when one of them is merged. A table
//! that gains such a column gains a line here: a test walks the foreign keys and misses none.

use super::bind_key;
use crate::{StoreError, Tx, volunteers};
use domain::{
    Millis,
    organisation::{Held, Key},
};
use uuid::Uuid;

/// What a column points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// An area.
    Area,
    /// A team.
    Team,
    /// A door.
    Door,
}

/// What becomes of it when that is merged into another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// It points at the survivor.
    Follows,
    /// It stays as it was: history, or a term that ended.
    Stays,
}

/// As what it is counted when something would close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum As {
    /// Areas below.
    Areas,
    /// Teams below.
    Teams,
    /// Doors.
    Doors,
    /// People.
    People,
    /// Requests that run.
    Requests,
    /// Not in the way.
    Nothing,
}

/// A column that points at an area, a team or a door.
#[derive(Debug)]
pub struct Pointer {
    /// The table.
    pub table: &'static str,
    /// Its column.
    pub column: &'static str,
    /// What it points at.
    pub to: To,
    /// What becomes of it.
    pub then: Then,
    counted: As,
    /// Counts the rows that are in the way of closing `$1`.
    count: &'static str,
    /// Lets the rows of `$1` follow to `$2`.
    follow: &'static str,
}

/// A line: what moves and what counts may be narrowed by a condition.
macro_rules! pointer {
    ($table:literal, $column:literal => $to:ident, $then:ident, $counted:ident
     $(, moves $moves:literal)? $(, counts $counts:literal)?) => {
        Pointer {
            table: $table,
            column: $column,
            to: To::$to,
            then: Then::$then,
            counted: As::$counted,
            count: concat!(
                "select count(*) from ", $table, " where ", $column, " = $1" $(, " and ", $counts)?
            ),
            follow: concat!(
                "update ", $table, " set ", $column, " = $2 where ", $column, " = $1"
                $(, " and ", $moves)?
            ),
        }
    };
}

/// What follows and what stays. In this order rows are locked: trees, requests, people.
pub const POINTERS: &[Pointer] = &[
    pointer!("areas", "parent" => Area, Follows, Areas, moves "closed is null", counts "closed is null"),
    pointer!("areas", "merged_into" => Area, Follows, Nothing),
    // The team of the area itself closes with it, and is not counted: `held`.
    pointer!("teams", "area" => Area, Follows, Teams, moves "closed is null",
        counts "closed is null and kind not in ('corps', 'detachment', 'brigade')"),
    pointer!("teams", "parent" => Team, Follows, Teams, moves "closed is null", counts "closed is null"),
    pointer!("teams", "merged_into" => Team, Follows, Nothing),
    // A place with a history is merged: of areas every request counts.
    pointer!("requests", "township" => Area, Follows, Requests),
    pointer!("requests", "village" => Area, Follows, Requests),
    pointer!("requests", "company" => Team, Follows, Requests, counts "due is not null"),
    pointer!("requests", "squad" => Team, Follows, Requests, counts "due is not null"),
    pointer!("request_letters", "village" => Area, Follows, Nothing),
    pointer!("deeds", "village" => Area, Follows, Nothing),
    pointer!("thanks", "village" => Area, Follows, Nothing),
    pointer!("people", "village" => Area, Follows, People),
    pointer!("people", "squad" => Team, Follows, People),
    pointer!("people", "door" => Door, Follows, People),
    // A door that ever had a card or a household stays on the list.
    pointer!("cards", "door" => Door, Stays, Nothing),
    pointer!("households", "door" => Door, Stays, Nothing),
    pointer!("doors", "squad" => Team, Follows, Doors),
    // `volunteers::merging` has seen to who is of both.
    pointer!("memberships", "team" => Team, Follows, People,
        moves "not exists (select 1 from memberships o where o.person = memberships.person
                           and o.team = $2 and o.since = memberships.since)",
        counts "standing in ('applied', 'member')"),
    pointer!("volunteer_events", "team" => Team, Stays, Nothing),
    // Posts of what is merged or closed end: nobody's reach grows by it.
    pointer!("posts", "area" => Area, Stays, Nothing),
    pointer!("posts", "team" => Team, Stays, Nothing),
    pointer!("organisation_events", "area" => Area, Stays, Nothing),
    pointer!("organisation_events", "into_area" => Area, Stays, Nothing),
    pointer!("organisation_events", "team" => Team, Stays, Nothing),
    pointer!("organisation_events", "into_team" => Team, Stays, Nothing),
];

impl Pointer {
    fn points_at(&self, key: Key) -> bool {
        matches!((self.to, key), (To::Area, Key::Area(_)) | (To::Team, Key::Team(_)))
    }
}

/// Lets everything follow that points at `from`. Both are of the same tree.
pub(super) async fn follow(
    tx: &mut Tx,
    from: Key,
    into: Key,
    now: Millis,
) -> Result<(), StoreError> {
    if let (Key::Team(from), Key::Team(into)) = (from, into) {
        volunteers::merging(tx, from.0, into.0, now).await?;
    }
    let moving = POINTERS.iter().filter(|one| one.then == Then::Follows && one.points_at(from));
    for pointer in moving {
        on!(&mut *tx, conn => {
            let query = bind_key!(sqlx::query(pointer.follow), from);
            bind_key!(query, into).execute(conn).await?;
        });
    }
    Ok(())
}

/// What stands on something and is in the way of closing it.
pub(super) async fn held(tx: &mut Tx, key: Key) -> Result<Held, StoreError> {
    let mut held = Held::default();
    for pointer in POINTERS.iter().filter(|one| one.points_at(key)) {
        let counter = match pointer.counted {
            As::Areas => &mut held.areas,
            As::Teams => &mut held.teams,
            As::Doors => &mut held.doors,
            As::People => &mut held.people,
            As::Requests => &mut held.requests,
            As::Nothing => continue,
        };
        let count: i64 = on!(&mut *tx, conn => {
            bind_key!(sqlx::query_scalar(pointer.count), key).fetch_one(conn).await?
        });
        *counter += count;
    }
    Ok(held)
}

/// Whether anything points at a door.
pub(super) async fn door_is_used(tx: &mut Tx, door: Uuid) -> Result<bool, StoreError> {
    for pointer in POINTERS.iter().filter(|one| one.to == To::Door) {
        let count: i64 = on!(&mut *tx, conn => {
            sqlx::query_scalar(pointer.count).bind(door).fetch_one(conn).await?
        });
        if count > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}
