//! The words that somebody looks for, kept in the session: they stand in no address and in no log.

use crate::{error::AppError, session::session};
use domain::requests::finding::LONGEST_QUESTION;

/// The key in the session.
const WORDS: &str = "search:board";

/// Keeps the words as they were typed.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn keep(words: &str) -> Result<(), AppError> {
    let words: String =
        words.chars().filter(|letter| !letter.is_control()).take(LONGEST_QUESTION).collect();
    Ok(session().await?.insert(WORDS, words.trim()).await?)
}

/// The words that were looked for last.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn words() -> Result<String, AppError> {
    Ok(session().await?.get(WORDS).await?.unwrap_or_default())
}
