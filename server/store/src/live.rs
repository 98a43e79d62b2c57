//! What happened lately, for those who look at a page: the rows of history after one of them. Each is
//! written last in its transaction, under the lock of its chain, so nothing comes in before a row that
//! was seen.

use crate::{Db, StoreError, clock, people, requests};
use domain::{
    Millis,
    areas::AreaId,
    people::{Actor, PersonId, Place},
    requests::{Move, Request, State, climb::Rung, privacy::Sight},
    teams::TeamId,
};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// A page is at most so many changes behind; else it reads everything anew.
pub const MOST: i64 = 300;

/// A move of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its place in the history.
    pub seq: i64,
    /// The move; none for the filing.
    pub mv: Option<Move>,
    /// The state before it; none for the filing.
    pub was: Option<State>,
    /// The state after it.
    pub became: State,
    /// Who made it; none when the clock or the station's rule did.
    pub by: Option<PersonId>,
    /// Surname and title of who made it.
    pub who: Option<String>,
    /// The code of the request.
    pub code: String,
    /// It is on the board, unless its state forbids it.
    pub on_board: bool,
    /// Where it is.
    pub place: Place,
}

#[derive(FromRow)]
struct Row {
    seq: i64,
    mv: String,
    was: Option<String>,
    became: String,
    by_id: Option<Uuid>,
    who: Option<String>,
    code: String,
    on_board: bool,
    township: i64,
    village: i64,
    company: Option<Uuid>,
    squad: Option<Uuid>,
}

/// The newest row.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn newest(db: &Db) -> Result<i64, StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_scalar("select seq from chains where name = 'history'").fetch_one(conn).await?
    }))
}

/// The last of the rows that were there at a moment; as far back as [`MOST`].
///
/// # Errors
/// [`StoreError::Database`].
pub async fn at(db: &Db, moment: Millis) -> Result<i64, StoreError> {
    let newest = newest(db).await?;
    let mut tx = db.read().await?;
    let first: Option<i64> = on!(&mut tx, conn => {
        sqlx::query_scalar("select min(seq) from history where seq > $1 and at > $2")
            .bind(newest - MOST)
            .bind(moment)
            .fetch_one(conn)
            .await?
    });
    Ok(first.map_or(newest, |first| first - 1))
}

/// What came after a row, the oldest first; at most [`MOST`].
///
/// # Errors
/// [`StoreError::Corrupt`] for a damaged row.
pub async fn after(db: &Db, seq: i64) -> Result<Vec<Change>, StoreError> {
    let mut tx = db.read().await?;
    let rows: Vec<Row> = on!(&mut tx, conn => {
        sqlx::query_as(
            "select h.seq, h.move as mv, h.was, h.became, h.who as by_id, w.surname || w.title as who, r.code,
                    r.on_board, r.township, r.village, r.company, r.squad
             from history h join requests r on r.id = h.request left join people w on w.id = h.who
             where h.seq > $1 order by h.seq limit $2",
        )
        .bind(seq)
        .bind(MOST)
        .fetch_all(conn)
        .await?
    });
    rows.into_iter().map(Change::try_from).collect()
}

/// Whether somebody may know of a request as it is now. Nobody's data is handed out by it.
///
/// # Errors
/// [`StoreError`] but not for a request that is not there.
pub async fn may_know(db: &Db, code: &str, who: Option<&Actor>) -> Result<bool, StoreError> {
    let mut tx = db.read().await?;
    match requests::load(&mut tx, code).await {
        Ok(loaded) => Ok(loaded.request.sight(who) != Sight::Nothing),
        Err(StoreError::NotFound) => Ok(false),
        Err(error) => Err(error),
    }
}

/// A request as it is now, and the rungs that are led over it: for the rules. Nobody's data is handed
/// out by it.
///
/// # Errors
/// [`StoreError::NotFound`] for no such request, [`StoreError::Corrupt`] for a damaged row.
pub async fn as_it_is(
    db: &Db,
    code: &str,
    now: Millis,
) -> Result<(Request, Vec<Rung>), StoreError> {
    let mut tx = db.read().await?;
    let request = requests::load(&mut tx, code).await?.request;
    let captains = people::captains_in(&mut tx, &request.place, now).await?;
    let led = clock::led(&request, &captains);
    Ok((request, led))
}

impl TryFrom<Row> for Change {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let became = State::from_key(&row.became)
            .ok_or_else(|| StoreError::Corrupt(format!("history: state of row {}", row.seq)))?;
        Ok(Self {
            seq: row.seq,
            mv: Move::from_key(&row.mv),
            was: row.was.as_deref().and_then(State::from_key),
            became,
            by: row.by_id.map(PersonId),
            who: row.who,
            code: row.code,
            on_board: row.on_board,
            place: Place {
                township: AreaId(row.township),
                village: AreaId(row.village),
                company: row.company.map(TeamId),
                squad: row.squad.map(TeamId),
                door: None,
                point: None,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::*;
    use domain::requests::Step;

    both_engines! {
        async fn what_happened_after_a_row_is_told_once_and_in_order(db: Db) {
            let code = an_open_request(&db).await;
            let before = newest(&db).await.unwrap();
            let zhai = volunteer(&db, 1).await;
            go(&db, &code, Step::Claim, &zhai, later(9)).await;

            let told = after(&db, before).await.unwrap();
            let nothing = after(&db, newest(&db).await.unwrap()).await.unwrap();

            assert_eq!(told.len(), 1);
            let change = &told[0];
            assert_eq!((change.mv, change.became), (Some(Move::Claim), State::Claimed));
            assert_eq!((change.by, change.code.as_str()), (Some(zhai.id), code.as_str()));
            assert_eq!(change.place.squad, Some(SQUAD));
            assert!(change.on_board && change.who.is_some());
            assert_eq!(nothing, []);
        }

        async fn a_request_is_told_as_it_is_with_who_leads_over_it(db: Db) {
            captain(&db).await;
            let code = an_open_request(&db).await;
            let (open, led) = as_it_is(&db, &code, later(1)).await.unwrap();
            go(&db, &code, Step::Claim, &volunteer(&db, 1).await, later(9)).await;

            let (claimed, _) = as_it_is(&db, &code, later(9)).await.unwrap();
            let nothing = as_it_is(&db, "26-0101-999", later(9)).await;

            assert_eq!((open.state, claimed.state), (State::Open, State::Claimed));
            assert_eq!(led, [Rung::Squad, Rung::Corps]);
            assert!(matches!(nothing, Err(StoreError::NotFound)));
        }

        async fn the_row_of_a_moment_is_the_last_that_was_there(db: Db) {
            let code = an_open_request(&db).await;
            let then = newest(&db).await.unwrap();
            go(&db, &code, Step::Claim, &volunteer(&db, 1).await, later(9)).await;
            let now = newest(&db).await.unwrap();

            assert_eq!(crate::live::at(&db, later(8)).await.unwrap(), then);
            assert_eq!(crate::live::at(&db, later(9)).await.unwrap(), now);
            assert_eq!(crate::live::at(&db, later(99)).await.unwrap(), now);
        }
    }
}
