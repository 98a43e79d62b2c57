//! What was typed about a volunteer and did not go through yet: it lies in the session.

use crate::{error::AppError, session::session};
use domain::volunteers::form::Draft;

/// The key of an unsent registration or profile in the session.
const DRAFT: &str = "draft:volunteer";
/// The key of the word beside a refused decision.
const WORD: &str = "typed:volunteer";

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

/// Keeps the reason and the word of a decision.
pub(super) async fn keep_word(reason: &str, note: &str) -> Result<(), AppError> {
    let cut = |typed: &str, most| typed.chars().take(most).collect::<String>();
    Ok(session().await?.insert(WORD, (cut(reason, 40), cut(note, 600))).await?)
}

/// The reason and the word of the decision that was refused last.
pub(super) async fn word() -> Result<(String, String), AppError> {
    Ok(session().await?.get(WORD).await?.unwrap_or_default())
}

/// It happened.
pub(super) async fn forget_word() -> Result<(), AppError> {
    session().await?.remove::<(String, String)>(WORD).await?;
    Ok(())
}
