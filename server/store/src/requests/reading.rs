//! One request as one reader sees it.

use super::{
    Loaded, load,
    photos::{self, Photo},
    recurring,
};
use crate::{
    Db, StoreError, Tx, clock,
    history::{self, Event},
    people::{self, Captain},
};
use domain::{
    Millis,
    people::{Actor, PersonId},
    requests::{Facts, RequestId, privacy::Sight, recurring::Repeats},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// Contact data of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Contact {
    /// Eleven digits.
    pub phone: Option<String>,
    /// The door in words.
    pub door: Option<String>,
    /// Filed for a neighbour or a household, by this account.
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
    /// Only with [`Sight::Contact`]; none once it has been erased.
    pub contact: Option<Contact>,
    /// Every step so far.
    pub events: Vec<Event>,
    /// The captains over its place, nearest first.
    pub captains: Vec<Captain>,
    /// Phones of the helpers, for the requester and those in charge while it runs.
    pub helper_phones: Vec<(PersonId, Option<String>)>,
    /// What the rules count for this reader.
    pub facts: Facts,
    /// Its photos, for those who may see them.
    pub photos: Vec<Photo>,
    /// When it comes again; only with [`Sight::Words`].
    pub repeats: Option<Repeats>,
}

/// Reads a request. Contact data of others, the helpers' phones too, is handed out only together
/// with a row in the access log.
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
    let facts = clock::facts(&mut tx, now, open_claims).await?;
    let contact = match sight {
        Sight::Contact => contact_of(&mut tx, id).await?,
        Sight::Nothing | Sight::Board | Sight::Words => None,
    };
    let helper_phones = match reader {
        Some(who) if loaded.request.lets_call_helpers(who) => helper_phones(&mut tx, id).await?,
        _ => vec![],
    };
    let photos = if loaded.request.shows_photos(reader) {
        photos::of(&mut tx, &loaded.request).await?
    } else {
        vec![]
    };
    let repeats = match sight {
        Sight::Words | Sight::Contact => recurring::repeats_of(&mut tx, id.0).await?,
        Sight::Nothing | Sight::Board => None,
    };
    drop(tx);
    if let Some(who) = reader {
        let of_the_asker = contact.is_some() && who.id != loaded.request.asked_by;
        if of_the_asker || helper_phones.iter().any(|(helper, _)| *helper != who.id) {
            let mut tx = db.begin().await?;
            history::note_look(&mut tx, id, who.id, now).await?;
            tx.commit().await?;
        }
    }
    Ok(Seen { loaded, sight, contact, events, captains, helper_phones, facts, photos, repeats })
}

/// Contact data of a request; none once it has been erased.
async fn contact_of(tx: &mut Tx, id: RequestId) -> Result<Option<Contact>, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_as(
            "select c.phone, c.door, c.neighbour, p.surname || p.title as filed_by
             from contacts c join requests r on r.id = c.request
             join people p on p.id = coalesce(r.filed_by, r.asked_by)
             where c.request = $1",
        )
        .bind(id.0)
        .fetch_optional(conn)
        .await?
    }))
}

/// The phones of who is on it.
async fn helper_phones(
    tx: &mut Tx,
    id: RequestId,
) -> Result<Vec<(PersonId, Option<String>)>, StoreError> {
    let rows: Vec<(Uuid, Option<String>)> = on!(tx, conn => {
        sqlx::query_as(
            "select h.person, p.phone from helpers h join people p on p.id = h.person
             join requests r on r.id = h.request and r.round = h.round where h.request = $1",
        )
        .bind(id.0)
        .fetch_all(conn)
        .await?
    });
    Ok(rows.into_iter().map(|(id, phone)| (PersonId(id), phone)).collect())
}
