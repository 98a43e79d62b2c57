//! Requests that are likely the same: shown while filing, followed by whoever needs it too, merged by a
//! captain.

use super::{Loaded, lists::load_all, load, load_for_move, make};
use crate::{Db, StoreError, Tx, people, standing};
use domain::{
    Millis, Refusal,
    beside::Hindrance,
    people::{Actor, PersonId, Place},
    requests::{
        Category, Request, RequestId, Step,
        alike::{Alike, MOST_ALIKE, MOST_WATCHED},
        submission::Submission,
    },
};
use std::cmp::Reverse;
use uuid::Uuid;

/// So many of a lane are looked at, the newest first.
const LOOKED_AT: i64 = 100;

/// What runs in the lane of a place, or was asked for by this person in its village, and is likely what
/// is asked for there, as far as they may know of it; from the same door first, then the newest.
///
/// # Errors
/// [`StoreError::Corrupt`] for a damaged row.
pub async fn alike(
    db: &Db,
    submission: &Submission,
    place: &Place,
    who: &Actor,
) -> Result<Vec<(Alike, Loaded)>, StoreError> {
    // A neighbour's need is not what they asked for themselves.
    let own = submission.neighbour.is_none().then_some(who.id);
    let found = of_lane(db, submission.category, place, own).await?;
    let mut all: Vec<(Alike, Loaded)> =
        found.into_iter().filter(|(_, one)| one.request.may_be_told_to(who)).collect();
    all.truncate(MOST_ALIKE);
    Ok(all)
}

/// What a request may be the same as, for a captain who is over both; the likeliest first.
///
/// # Errors
/// [`StoreError::NotFound`], [`StoreError::Corrupt`] for a damaged row.
pub async fn alike_to(
    db: &Db,
    code: &str,
    who: &Actor,
) -> Result<Vec<(Alike, Loaded)>, StoreError> {
    let mut tx = db.read().await?;
    let one = load(&mut tx, code).await?.request;
    drop(tx);
    let own = one.named.is_none().then_some(one.asked_by);
    let found = of_lane(db, one.category, &one.place, own).await?;
    let may = |(_, other): &(Alike, Loaded)| one.may_be_merged_into(&other.request, who).is_ok();
    Ok(found.into_iter().filter(may).take(4 * MOST_ALIKE).collect())
}

async fn of_lane(
    db: &Db,
    category: Category,
    place: &Place,
    who: Option<PersonId>,
) -> Result<Vec<(Alike, Loaded)>, StoreError> {
    let mut tx = db.read().await?;
    let ids: Vec<Uuid> = on!(&mut tx, conn => {
        sqlx::query_scalar(
            "select id from requests where village = $1 and category = $4 and due is not null
             and (company = $2 or (company is null and cast($2 as uuid) is null and squad = $3)
                  or asked_by = $6)
             order by created desc, id limit $5",
        )
        .bind(place.village.0)
        .bind(place.company.map(|team| team.0))
        .bind(place.squad.map(|team| team.0))
        .bind(category.key())
        .bind(LOOKED_AT)
        .bind(who.map(|who| who.0))
        .fetch_all(conn)
        .await?
    });
    let found = load_all(&mut tx, &ids).await?;
    let mut all: Vec<(Alike, Loaded)> = found
        .into_iter()
        .filter_map(|one| Some((Alike::of(category, place, who, &one.request)?, one)))
        .collect();
    all.sort_by_key(|(alike, one)| (*alike, Reverse(one.created)));
    Ok(all)
}

/// Who follows a request.
pub(super) async fn watchers_of(tx: &mut Tx, id: Uuid) -> Result<Vec<PersonId>, StoreError> {
    let ids: Vec<Uuid> = on!(tx, conn => {
        sqlx::query_scalar("select person from watchers where request = $1 order by since, person")
            .bind(id)
            .fetch_all(conn)
            .await?
    });
    Ok(ids.into_iter().map(PersonId).collect())
}

/// Whoever needs it too follows it from now on; doing so twice is no harm.
///
/// # Errors
/// [`StoreError::NotFound`], [`StoreError::Refused`] as the rules say, or beyond the limit.
pub async fn watch(db: &Db, code: &str, who: &Actor, now: Millis) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let request = load_for_move(&mut tx, code).await?.request;
    if request.watchers.contains(&who.id) {
        return Ok(());
    }
    people::queue(&mut tx, who.id).await?;
    let who = standing::refreshed(&mut tx, who, now).await?;
    match request.may_be_watched_by(&who) {
        Err(Refusal::NotForYou) => return Err(StoreError::NotFound),
        other => other?,
    }
    let followed: i64 = on!(&mut tx, conn => {
        sqlx::query_scalar(
            "select count(*) from watchers w join requests r on r.id = w.request
             where w.person = $1 and r.due is not null",
        )
        .bind(who.id.0)
        .fetch_one(conn)
        .await?
    });
    if followed >= MOST_WATCHED {
        return Err(Hindrance::EnoughWatched.into());
    }
    add(&mut tx, request.id, who.id, None, now).await?;
    tx.commit().await
}

/// Follows it no longer.
///
/// # Errors
/// [`StoreError::NotFound`] for what can be no code.
pub async fn unwatch(db: &Db, code: &str, who: PersonId) -> Result<(), StoreError> {
    if !super::is_code(code) {
        return Err(StoreError::NotFound);
    }
    let mut tx = db.begin().await?;
    on!(&mut tx, conn => {
        sqlx::query(
            "delete from watchers where person = $2
             and request in (select id from requests where code = $1)",
        )
        .bind(code)
        .bind(who.0)
        .execute(conn)
        .await?;
    });
    tx.commit().await
}

async fn add(
    tx: &mut Tx,
    request: RequestId,
    person: PersonId,
    came_from: Option<RequestId>,
    now: Millis,
) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query(
            "insert into watchers (request, person, since, came_from) values ($1, $2, $3, $4)
             on conflict (request, person) do nothing",
        )
        .bind(request.0)
        .bind(person.0)
        .bind(now)
        .bind(came_from.map(|from| from.0))
        .execute(conn)
        .await?;
    });
    Ok(())
}

/// Merges a request into another: it ends, and its asker and whoever follows it follow the other.
///
/// # Errors
/// [`StoreError::NotFound`] for either; [`StoreError::Refused`] as the rules say.
pub async fn merge(
    db: &Db,
    code: &str,
    into: &str,
    who: &Actor,
    now: Millis,
) -> Result<Request, StoreError> {
    let mut tx = db.begin().await?;
    // Always in the same order, so that two captains who merge crosswise wait for each other.
    if code > into {
        load_for_move(&mut tx, into).await?;
    }
    let one = load_for_move(&mut tx, code).await?;
    let other = match code < into {
        true => load_for_move(&mut tx, into).await?.request,
        false => load(&mut tx, into).await?.request,
    };
    if one.request.sight(Some(who)) == domain::requests::privacy::Sight::Nothing {
        return Err(StoreError::NotFound);
    }
    people::queue(&mut tx, who.id).await?;
    let who = standing::refreshed(&mut tx, who, now).await?;
    one.request.may(domain::requests::Move::Merge, &who, domain::requests::Facts::of(now, 0))?;
    one.request.may_be_merged_into(&other, &who)?;
    on!(&mut tx, conn => {
        sqlx::query("update requests set merged_into = $2 where id = $1")
            .bind(one.request.id.0)
            .bind(other.id.0)
            .execute(conn)
            .await?;
    });
    let follow = [one.request.asked_by].into_iter().chain(one.request.watchers.iter().copied());
    for person in follow.filter(|one| !other.is_own(*one) && other.helper(*one).is_none()) {
        add(&mut tx, other.id, person, Some(one.request.id), now).await?;
    }
    let after = make(&mut tx, &one, &Step::Merge(other.code.clone()), &who, now).await?;
    tx.commit().await?;
    Ok(after)
}

/// What somebody follows that is not theirs, the newest first.
///
/// # Errors
/// [`StoreError::Corrupt`] for a damaged row.
pub async fn watched(db: &Db, who: PersonId, most: i64) -> Result<Vec<Loaded>, StoreError> {
    let mut tx = db.read().await?;
    let ids: Vec<Uuid> = on!(&mut tx, conn => {
        sqlx::query_scalar(
            "select request from watchers where person = $1 order by since desc, request limit $2",
        )
        .bind(who.0)
        .bind(most)
        .fetch_all(conn)
        .await?
    });
    load_all(&mut tx, &ids).await
}
