//! What was typed into the form of a household and not sent yet: kept with the session, for this card
//! alone.

use crate::{error::AppError, session::session};
use domain::requests::submission::Draft;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The key of the unsent form in the session.
const DRAFT: &str = "draft:card";

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

/// It was sent.
pub(super) async fn forget() -> Result<(), AppError> {
    session().await?.remove_value(DRAFT).await?;
    Ok(())
}
