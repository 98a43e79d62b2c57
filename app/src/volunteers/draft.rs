//! What was typed about a volunteer and did not go through yet: it lies in the session.

use crate::{error::AppError, session::session};
use domain::volunteers::form::Draft;

/// The key of an unsent registration or profile in the session.
const DRAFT: &str = "draft:volunteer";

/// Keeps the form as it was typed.
pub(super) async fn keep(draft: &Draft) -> Result<(), AppError> {
    Ok(session().await?.insert(DRAFT, draft.clone().cut()).await?)
}

/// The unsent form, if any.
pub(super) async fn kept() -> Result<Option<Draft>, AppError> {
    Ok(session().await?.get(DRAFT).await?)
}

/// It was taken.
pub(super) async fn forget() -> Result<(), AppError> {
    session().await?.remove::<Draft>(DRAFT).await?;
    Ok(())
}
