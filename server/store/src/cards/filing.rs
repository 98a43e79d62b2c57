//! Filing for a household: by its card, or by the captain to whom it said its code.

use super::{
    card,
    counts::{self, What},
    knocking::Household,
    note_refused,
};
use crate::{
    Db, StoreError, Tx, people,
    requests::{
        filing::{Form, filed_before, submit_in},
        photos,
    },
};
use domain::{
    Millis, Refusal,
    cards::{PHOTOS_PER_CARD, has_room, may_be_kept_by, may_file},
    clock::DAY,
    people::{Actor, PersonId},
    requests::submission::Submission,
    teams::TeamId,
};
use uuid::Uuid;

/// Who files with a card.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// The household itself, from this address.
    Household {
        /// The address, as a hash.
        ip_hash: &'a str,
        /// The photos that wait with its form.
        photos: &'a [Uuid],
    },
    /// A captain to whom it said its code.
    Captain(&'a Actor),
}

/// Files a request of a household; `called` is who needs help. The same form sent twice files one. A
/// captain is no limit's: they are known and answer for it.
///
/// # Errors
/// [`StoreError::NotFound`] when the card has ended; [`StoreError::Code`] beyond its limits, which the
/// captain then sees; [`StoreError::Refused`] for a captain who does not keep the card.
pub async fn file(
    db: &Db,
    household: &Household,
    by: By<'_>,
    called: &str,
    submission: &Submission,
    key: Uuid,
    now: Millis,
) -> Result<String, StoreError> {
    let mut tx = db.begin().await?;
    let door = alone_with_card(&mut tx, household.card).await?;
    let person = people::household_of(&mut tx, door, now).await?;
    let who = Actor { id: person, called: called.to_owned(), ..household.actor.clone() };
    if let Some(code) = filed_before(&mut tx, &who, key).await? {
        return Ok(code);
    }
    let filed_by = match by {
        By::Household { ip_hash, .. } => {
            if let Err(full) = counted(&mut tx, household.card, person, ip_hash, now).await? {
                note_refused(&mut tx, household.card, now).await?;
                tx.commit().await?;
                return Err(full.into());
            }
            None
        }
        By::Captain(captain) => {
            let found = card(&mut tx, household.card).await?;
            may_be_kept_by(captain, TeamId(found.squad), &found.at(&mut tx).await?)?;
            captain.has_a_name()?;
            Some(captain)
        }
    };
    let place = &household.home;
    let form = Form { submission, who: &who, filed_by, place, key, recurs: false };
    // Whoever files with the same card waits for the card: nobody can be first meanwhile.
    let code = submit_in(&mut tx, &form, now).await?.ok_or(Refusal::NotForYou)?;
    if let By::Household { photos, .. } = by {
        photos::filed_of(&mut tx, person, &code, photos).await?;
    }
    tx.commit().await?;
    Ok(code)
}

/// Counts a photo that a card sends, before anybody looks at it.
///
/// # Errors
/// [`StoreError::Code`] beyond the limit of the hour, which the captain then sees.
pub async fn count_photo(db: &Db, card: Uuid, now: Millis) -> Result<(), StoreError> {
    let (mut tx, whose) = (db.begin().await?, card.to_string());
    let times = counts::add(&mut tx, What::Photo, &whose, now, 0).await?;
    let room = has_room(times, PHOTOS_PER_CARD, now);
    match room {
        Ok(()) => drop(counts::add(&mut tx, What::Photo, &whose, now, 1).await?),
        Err(_) => note_refused(&mut tx, card, now).await?,
    }
    tx.commit().await?;
    Ok(room?)
}

/// Makes whoever else files with this card wait until the transaction ends.
async fn alone_with_card(tx: &mut Tx, card: Uuid) -> Result<Uuid, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_scalar(
            "update cards set filed = filed where id = $1 and ended is null returning door",
        )
        .bind(card)
        .fetch_one(conn)
        .await?
    }))
}

/// Counts one more request of a card, when its limits allow it.
async fn counted(
    tx: &mut Tx,
    card: Uuid,
    household: PersonId,
    ip_hash: &str,
    now: Millis,
) -> Result<Result<(), domain::sign_in::CodeFault>, StoreError> {
    let by_card: Vec<Millis> = on!(&mut *tx, conn => {
        sqlx::query_scalar(
            "select created from requests where asked_by = $1 and filed_by is null and created > $2",
        )
        .bind(household.0)
        .bind(now - DAY)
        .fetch_all(conn)
        .await?
    });
    let from_address = counts::add(tx, What::Filed, ip_hash, now, 0).await?;
    if let Err(full) = may_file(&by_card, from_address, now) {
        return Ok(Err(full));
    }
    counts::add(tx, What::Filed, ip_hash, now, 1).await?;
    on!(tx, conn => {
        sqlx::query("update cards set filed = filed + 1, used = $2 where id = $1")
            .bind(card)
            .bind(now)
            .execute(conn)
            .await?;
    });
    Ok(Ok(()))
}
