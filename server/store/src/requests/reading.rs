//! One request as one reader sees it.

use super::{Loaded, load};
use crate::{
    Db, StoreError,
    history::{self, Event},
    people::{self, Captain},
};
use domain::{
    Millis,
    people::{Actor, PersonId},
    requests::{Facts, privacy::Sight},
};
use sqlx::FromRow;

/// Contact data of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Contact {
    /// Eleven digits.
    pub phone: Option<String>,
    /// The door in words.
    pub door: Option<String>,
    /// Filed for a neighbour, by this account.
    pub neighbour: bool,
    /// Surname and title of who filed it.
    pub filed_by: String,
}

/// A request with all that this reader may see.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The request and what stands in its row.
    pub loaded: Loaded,
    /// How much of it the reader sees.
    pub sight: Sight,
    /// Only with [`Sight::Contact`].
    pub contact: Option<Contact>,
    /// Every step so far.
    pub events: Vec<Event>,
    /// The captains over its place, nearest first.
    pub captains: Vec<Captain>,
    /// Phones of the helpers, for the requester and the captains.
    pub helper_phones: Vec<(PersonId, Option<String>)>,
    /// What the rules count for this reader.
    pub facts: Facts,
}

/// Reads a request. Contact data of others is handed out only together with a row in the access
/// log.
///
/// # Errors
/// [`StoreError::NotFound`] for no such request, or one that the reader may not know of.
pub async fn read(
    db: &Db,
    code: &str,
    reader: Option<&Actor>,
    now: Millis,
) -> Result<Seen, StoreError> {
    let mut tx = db.read().await?;
    let loaded = load(&mut tx, code).await?;
    let sight = loaded.request.sight(reader);
    if sight == Sight::Nothing {
        return Err(StoreError::NotFound);
    }
    let id = loaded.request.id;
    let events = history::of(&mut tx, id).await?;
    let captains = people::captains_in(&mut tx, &loaded.request.place, now).await?;
    let open_claims = match reader {
        Some(who) => people::open_claims(&mut tx, who.id).await?,
        None => 0,
    };
    let mut contact = None;
    let mut helper_phones = vec![];
    if sight == Sight::Contact {
        contact = on!(&mut tx, conn => {
            sqlx::query_as::<_, Contact>(
                "select c.phone, c.door, c.neighbour, p.surname || p.title as filed_by
                 from contacts c join requests r on r.id = c.request join people p on p.id = r.asked_by
                 where c.request = $1",
            )
            .bind(id.0)
            .fetch_optional(conn)
            .await?
        });
        let rows: Vec<(uuid::Uuid, Option<String>)> = on!(&mut tx, conn => {
            sqlx::query_as(
                "select h.person, p.phone from helpers h join people p on p.id = h.person
                 join requests r on r.id = h.request and r.round = h.round where h.request = $1",
            )
            .bind(id.0)
            .fetch_all(conn)
            .await?
        });
        helper_phones = rows.into_iter().map(|(id, phone)| (PersonId(id), phone)).collect();
    }
    drop(tx);
    if let (Some(_), Some(who)) = (&contact, reader)
        && who.id != loaded.request.asked_by
    {
        let mut tx = db.begin().await?;
        history::note_look(&mut tx, id, who.id, now).await?;
        tx.commit().await?;
    }
    let facts = Facts { now, open_claims };
    Ok(Seen { loaded, sight, contact, events, captains, helper_phones, facts })
}
