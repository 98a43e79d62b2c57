//! What was typed into a form of the organisation that was refused.

use crate::{error::AppError, session};

/// The key in the session.
const TYPED: &str = "typed:organisation";
/// As much of each field is kept.
const MOST: usize = 400;

/// The form, its fields and what was typed.
type Kept = (String, Vec<(String, String)>);

/// Keeps what was typed into the form of this page.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn keep(form: &str, typed: &[(&str, &str)]) -> Result<(), AppError> {
    let cut = |text: &str| text.chars().filter(|one| !one.is_control()).take(MOST).collect();
    let fields = typed.iter().map(|(name, text)| ((*name).to_owned(), cut(text))).collect();
    let kept: Kept = (form.to_owned(), fields);
    Ok(session::session().await?.insert(TYPED, kept).await?)
}

/// What was typed into this form, if it was the last that was refused.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn typed(form: &str) -> Result<Vec<(String, String)>, AppError> {
    let kept: Option<Kept> = session::session().await?.get(TYPED).await?;
    Ok(kept.filter(|(of, _)| of == form).map(|(_, fields)| fields).unwrap_or_default())
}

/// It happened.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn forget() -> Result<(), AppError> {
    session::session().await?.remove::<Kept>(TYPED).await?;
    Ok(())
}
