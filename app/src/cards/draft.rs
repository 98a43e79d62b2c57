//! What was typed into the form of a household and not sent yet: kept with the session, for this card
//! alone.

use crate::{error::AppError, session::session};
use domain::requests::submission::Draft;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The key of the unsent form in the session.
const DRAFT: &str = "draft:card";

/// The key of the photos that wait with it.
const PHOTOS: &str = "photos:card";

#[derive(Serialize, Deserialize)]
struct Waiting {
    card: Uuid,
    photos: Vec<Uuid>,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    card: Uuid,
    draft: Draft,
}

/// Keeps the form as it was typed.
pub(super) async fn keep(card: Uuid, draft: &Draft) -> Result<(), AppError> {
    Ok(session().await?.insert(DRAFT, Kept { card, draft: draft.cut() }).await?)
}

/// The form as it was typed for this card.
pub(super) async fn of(card: Uuid) -> Result<Draft, AppError> {
    let kept: Option<Kept> = session().await?.get(DRAFT).await?;
    Ok(kept.filter(|kept| kept.card == card).map(|kept| kept.draft).unwrap_or_default())
}

/// The photos that wait with the form of this card in this session.
pub(super) async fn photos(card: Uuid) -> Result<Vec<Uuid>, AppError> {
    let kept: Option<Waiting> = session().await?.get(PHOTOS).await?;
    Ok(kept.filter(|kept| kept.card == card).map(|kept| kept.photos).unwrap_or_default())
}

/// One more of them.
pub(super) async fn add_photo(card: Uuid, photo: Uuid) -> Result<(), AppError> {
    let mut photos = photos(card).await?;
    photos.push(photo);
    Ok(session().await?.insert(PHOTOS, Waiting { card, photos }).await?)
}

/// It was sent.
pub(super) async fn forget() -> Result<(), AppError> {
    let session = session().await?;
    session.remove_value(DRAFT).await?;
    session.remove_value(PHOTOS).await?;
    Ok(())
}
