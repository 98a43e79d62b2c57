//! Practical deeds in the books: listed, moved on, and made of a request that is too long for
//! neighbours. Each verb is one transaction.

#[cfg(test)]
mod tests;

use crate::{Db, StoreError, Tx, areas, organisation, people, requests, standing};
use domain::{
    Millis, Refusal,
    areas::AreaId,
    beside::Hindrance,
    deeds::{DeedKind, DeedMove, DeedState, NewDeed, may_keep},
    people::Actor,
    requests::{Request, Step},
};
use sqlx_macros::FromRow;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A deed of a village.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// Its key.
    pub id: Uuid,
    /// What it is about.
    pub kind: DeedKind,
    /// What is to be done.
    pub words: String,
    /// Who sees to it.
    pub owner: String,
    /// By when: 2026-12-01.
    pub due: Option<String>,
    /// How far it has come.
    pub state: DeedState,
    /// Since when.
    pub since: Millis,
    /// What was done, or what is in the way.
    pub said: Option<String>,
    /// It was a request.
    pub was_request: bool,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    kind: String,
    words: String,
    owner: String,
    due: Option<String>,
    state: String,
    since: Millis,
    said: Option<String>,
    request: Option<Uuid>,
}

impl TryFrom<Row> for Deed {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let corrupt = |what: &str| StoreError::Corrupt(format!("deed {}: {what}", row.id));
        Ok(Self {
            kind: DeedKind::from_key(&row.kind).ok_or_else(|| corrupt("kind"))?,
            state: DeedState::from_key(&row.state).ok_or_else(|| corrupt("state"))?,
            id: row.id,
            words: row.words,
            owner: row.owner,
            due: row.due,
            since: row.since,
            said: row.said,
            was_request: row.request.is_some(),
        })
    }
}

/// The deeds of a village, in one state or in all: what runs first, then the newest.
///
/// # Errors
/// [`StoreError::Corrupt`] for a damaged row.
pub async fn of_village(
    db: &Db,
    village: AreaId,
    state: Option<DeedState>,
    most: i64,
) -> Result<Vec<Deed>, StoreError> {
    let mut tx = db.read().await?;
    let rows: Vec<Row> = on!(&mut tx, conn => {
        sqlx::query_as(
            "select id, kind, words, owner, due, state, since, said, request from deeds
             where village = $1 and (cast($2 as text) is null or state = $2)
             order by case state when 'doing' then 1 when 'listed' then 2 when 'long_term' then 3 else 4 end,
                      since desc, id limit $3",
        )
        .bind(village.0)
        .bind(state.map(DeedState::key))
        .bind(most)
        .fetch_all(conn)
        .await?
    });
    rows.into_iter().map(Deed::try_from).collect()
}

/// How many deeds of a village are in each state.
///
/// # Errors
/// [`StoreError::Corrupt`] for a state that the rules do not know.
pub async fn counts(db: &Db, village: AreaId) -> Result<BTreeMap<DeedState, i64>, StoreError> {
    let mut tx = db.read().await?;
    let rows: Vec<(String, i64)> = on!(&mut tx, conn => {
        sqlx::query_as("select state, count(*) from deeds where village = $1 group by state")
            .bind(village.0)
            .fetch_all(conn)
            .await?
    });
    let state = |(key, count): (String, i64)| match DeedState::from_key(&key) {
        Some(state) => Ok((state, count)),
        None => Err(StoreError::Corrupt(format!("deeds: a state {key}"))),
    };
    rows.into_iter().map(state).collect()
}

/// Lists a deed of a village.
///
/// # Errors
/// [`StoreError::NotFound`] for no such village, [`StoreError::Refused`] for who does not keep its list.
pub async fn add(
    db: &Db,
    village: AreaId,
    deed: &NewDeed,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let place = organisation::gate_to(&mut tx, village, None).await?;
    let who = standing::refreshed(&mut tx, who, now).await?;
    may_keep(Some(&who), place.township, place.village).map_err(Refusal::from)?;
    write(&mut tx, place.village, deed, DeedState::Listed, None, &who, now).await?;
    tx.commit().await
}

async fn write(
    tx: &mut Tx,
    village: AreaId,
    deed: &NewDeed,
    state: DeedState,
    request: Option<&Request>,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let id = Uuid::now_v7();
    on!(&mut *tx, conn => {
        sqlx::query(
            "insert into deeds (id, village, kind, words, owner, due, state, since, request, listed_by, created)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $8)",
        )
        .bind(id)
        .bind(village.0)
        .bind(deed.kind.key())
        .bind(&deed.words)
        .bind(&deed.owner)
        .bind(deed.due.map(|day| day.to_string()))
        .bind(state.key())
        .bind(now)
        .bind(request.map(|request| request.id.0))
        .bind(who.id.0)
        .execute(conn)
        .await?;
    });
    note(tx, id, None, state, None, who, now).await
}

async fn note(
    tx: &mut Tx,
    deed: Uuid,
    was: Option<DeedState>,
    became: DeedState,
    said: Option<&str>,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query(
            "insert into deed_events (deed, at, who, was, became, said) values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(deed)
        .bind(now)
        .bind(who.id.0)
        .bind(was.map(DeedState::key))
        .bind(became.key())
        .bind(said)
        .execute(conn)
        .await?;
    });
    Ok(())
}

/// Moves a deed on.
///
/// # Errors
/// [`StoreError::NotFound`]; [`StoreError::Refused`] for who does not keep its list, or when it has moved
/// on already.
pub async fn go_on(
    db: &Db,
    id: Uuid,
    mv: DeedMove,
    said: Option<&str>,
    who: &Actor,
    now: Millis,
) -> Result<AreaId, StoreError> {
    let mut tx = db.begin().await?;
    let (village, state): (i64, String) = on!(&mut tx, conn => {
        // Whoever moves it at the same moment waits.
        sqlx::query_as("update deeds set since = since where id = $1 returning village, state")
            .bind(id)
            .fetch_one(conn)
            .await?
    });
    let place =
        areas::place_in(&mut tx, AreaId(village), None).await?.ok_or(StoreError::NotFound)?;
    let who = standing::refreshed(&mut tx, who, now).await?;
    may_keep(Some(&who), place.township, place.village).map_err(Refusal::from)?;
    let before = DeedState::from_key(&state)
        .ok_or_else(|| StoreError::Corrupt(format!("deed {id}: a state {state}")))?;
    let after = before.after(mv).ok_or(Hindrance::DeedMovedOn)?;
    on!(&mut tx, conn => {
        sqlx::query("update deeds set state = $2, since = $3, said = coalesce($4, said) where id = $1")
            .bind(id)
            .bind(after.key())
            .bind(now)
            .bind(said)
            .execute(conn)
            .await?;
    });
    note(&mut tx, id, Some(before), after, said, &who, now).await?;
    tx.commit().await?;
    Ok(place.village)
}

/// A request ends as a deed that takes long 转入办实事长期清单; whoever is in charge of it lists it.
///
/// # Errors
/// [`StoreError::NotFound`]; [`StoreError::Refused`] as the table of moves says.
pub async fn of_request(
    db: &Db,
    code: &str,
    deed: &NewDeed,
    who: &Actor,
    now: Millis,
) -> Result<Request, StoreError> {
    let mut tx = db.begin().await?;
    let before = requests::load_for_move(&mut tx, code).await?;
    if before.request.sight(Some(who)) == domain::requests::privacy::Sight::Nothing {
        return Err(StoreError::NotFound);
    }
    people::queue(&mut tx, who.id).await?;
    let who = standing::refreshed(&mut tx, who, now).await?;
    let step = Step::ToDeeds(deed.words.clone());
    let (mv, facts) = (step.mv(), domain::requests::Facts::of(now, 0));
    before.request.may(mv, &who, facts)?;
    let village = before.request.place.village;
    write(&mut tx, village, deed, DeedState::LongTerm, Some(&before.request), &who, now).await?;
    let after = requests::make(&mut tx, &before, &step, &who, now).await?;
    tx.commit().await?;
    Ok(after)
}
