//! Who may have the files of a photo.

use crate::{Db, StoreError, requests::load};
use domain::{
    people::Actor,
    permissions::{Act, Subject, can},
};
use uuid::Uuid;

/// Whether this reader may have the files of a photo: whoever sees the photos of its request; of one
/// that waits who sent it.
///
/// # Errors
/// [`StoreError::NotFound`] for all others, and for no such photo.
pub async fn may_see(db: &Db, id: Uuid, reader: Option<&Actor>) -> Result<(), StoreError> {
    let mut tx = db.read().await?;
    let found: Option<(Uuid, bool, Option<String>)> = on!(&mut tx, conn => {
        sqlx::query_as(
            "select ph.added_by, ph.waits, r.code from photos ph left join requests r on r.id = ph.request
             where ph.id = $1",
        )
        .bind(id)
        .fetch_optional(conn)
        .await?
    });
    let (added_by, waits, code) = found.ok_or(StoreError::NotFound)?;
    let sees = match code {
        Some(code) if !waits => {
            let request = load(&mut tx, &code).await?.request;
            can(reader, Act::SeePhotos, Subject::Request(&request)).is_ok()
        }
        _ => reader.is_some_and(|who| who.id.0 == added_by && !who.standing.is_leaving()),
    };
    if sees { Ok(()) } else { Err(StoreError::NotFound) }
}
