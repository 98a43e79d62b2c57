//! What was typed and not taken yet: forms that came back with faults are filled from here.

use crate::{error::AppError, requests::view::Typed, session::session};
use domain::requests::submission::Draft;

/// The key of an unsent request in the session.
const DRAFT: &str = "draft:request";

/// Keeps an unsent request as it was typed.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn keep_draft(draft: &Draft) -> Result<(), AppError> {
    Ok(session().await?.insert(DRAFT, draft.cut()).await?)
}

/// The unsent request, if any.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn draft() -> Result<Option<Draft>, AppError> {
    Ok(session().await?.get(DRAFT).await?)
}

/// The request was sent.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn forget_draft() -> Result<(), AppError> {
    session().await?.remove::<Draft>(DRAFT).await?;
    Ok(())
}

/// The key of what was typed into a refused form of a request in the session.
const TYPED: &str = "typed:move";

/// Keeps what was typed into a form of a request.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn keep_typed(typed: &Typed) -> Result<(), AppError> {
    Ok(session().await?.insert(TYPED, typed).await?)
}

/// What was typed into the form of a request that was refused last.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn typed() -> Result<Typed, AppError> {
    Ok(session().await?.get(TYPED).await?.unwrap_or_default())
}

/// It happened.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn forget_typed() -> Result<(), AppError> {
    session().await?.remove::<Typed>(TYPED).await?;
    Ok(())
}
