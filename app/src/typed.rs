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

/// The key of the phone in an unsent form about a team in the session.
const TYPED_PHONE: &str = "typed:phone";

/// Keeps the phone as it was typed; nothing once it was taken.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn keep_typed_phone(phone: &str) -> Result<(), AppError> {
    let cut: String = phone.chars().take(40).collect();
    Ok(session().await?.insert(TYPED_PHONE, cut).await?)
}

/// The phone as it was typed before.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn typed_phone() -> Result<String, AppError> {
    Ok(session().await?.get(TYPED_PHONE).await?.unwrap_or_default())
}

/// The key of the unsent form about one's home in the session.
const HOME_DRAFT: &str = "draft:home";

/// Keeps what was typed about oneself.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn keep_home_draft(surname: &str, title: &str) -> Result<(), AppError> {
    let cut =
        |typed: &str| typed.chars().filter(|one| !one.is_control()).take(40).collect::<String>();
    Ok(session().await?.insert(HOME_DRAFT, (cut(surname), cut(title))).await?)
}

/// What was typed about oneself and not saved yet.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn home_draft() -> Result<(Option<String>, Option<String>), AppError> {
    let kept: Option<(String, String)> = session().await?.get(HOME_DRAFT).await?;
    Ok(kept.map_or((None, None), |(surname, title)| (Some(surname), Some(title))))
}

/// It was saved.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn forget_home_draft() -> Result<(), AppError> {
    session().await?.remove::<(String, String)>(HOME_DRAFT).await?;
    Ok(())
}
