//! What somebody looks for, kept in the session: names and phones stand in no address.

use crate::{error::AppError, session::session};
use serde::{Deserialize, Serialize};
use store::people::search::Cursor;

/// The key in the session.
const SEARCH: &str = "search:people";
/// Pages that can be turned back to.
const MOST_PAGES: usize = 200;

/// A search under way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    /// As it was typed.
    pub words: String,
    /// Where the second page begins, the third, and so on, as far as they were turned.
    pub pages: Vec<Cursor>,
}

impl Search {
    /// Where a page begins, counted from 1; the first page when that one was never reached.
    pub fn begin_of(&self, page: usize) -> (usize, Option<&Cursor>) {
        let cursor = page.checked_sub(2).and_then(|at| self.pages.get(at));
        (if cursor.is_some() { page } else { 1 }, cursor)
    }

    /// Notes where the page after this one begins.
    pub fn note(&mut self, page: usize, next: Option<Cursor>) {
        self.pages.truncate(page.saturating_sub(1));
        self.pages.extend(next.filter(|_| page < MOST_PAGES));
    }
}

/// The search under way; an empty one before the first.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn search() -> Result<Search, AppError> {
    Ok(session().await?.get(SEARCH).await?.unwrap_or_default())
}

/// Keeps the search.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn keep(search: &Search) -> Result<(), AppError> {
    Ok(session().await?.insert(SEARCH, search).await?)
}
