//! The server functions of needs that come again: identify, delegate, translate.

use crate::{
    error::AppError,
    session::{services, signed_in},
};
use domain::{
    Millis,
    requests::{
        Category,
        privacy::headline,
        recurring::{Repeats, SeriesState},
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use store::requests::recurring::{self, Wish};
use uuid::Uuid;

/// The longest headline, in characters.
const HEADLINE: usize = 40;

/// A need that comes again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesLine {
    /// Its key.
    pub id: Uuid,
    /// When.
    pub repeats: Repeats,
    /// How it is with it.
    pub state: SeriesState,
    /// Why it waits: a key of the books.
    pub why: Option<String>,
    /// What kind of help; none once it is over.
    pub category: Option<Category>,
    /// Its first words; none once it is over.
    pub headline: Option<String>,
    /// The beginning of the next day.
    pub next: Millis,
    /// The code of the last request.
    pub last: Option<String>,
}

/// What comes again for the reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecurringView {
    /// The present moment.
    pub now: Millis,
    /// What goes on first.
    pub lines: Vec<SeriesLine>,
}

/// What comes again for the reader.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(name = AskRecurring, endpoint = "recurring")]
pub async fn recurring_needs() -> Result<RecurringView, AppError> {
    let who = signed_in().await?;
    let services = services();
    let line = |one: recurring::Series| SeriesLine {
        id: one.id,
        repeats: one.repeats,
        state: one.state,
        why: one.why,
        category: one.category,
        headline: one.words.map(|words| headline(&words, HEADLINE)),
        next: one.next.begins(),
        last: one.last,
    };
    let found = recurring::of(&services.db, who.id).await?;
    Ok(RecurringView { now: services.now(), lines: found.into_iter().map(line).collect() })
}

/// It waits.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Refused`].
#[server(endpoint = "recurring/pause")]
pub async fn pause_series(
    /// Which.
    id: Uuid,
) -> Result<(), AppError> {
    wishes(id, Wish::Pause).await
}

/// It goes on.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Refused`].
#[server(endpoint = "recurring/resume")]
pub async fn resume_series(
    /// Which.
    id: Uuid,
) -> Result<(), AppError> {
    wishes(id, Wish::Resume).await
}

/// It is over.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Refused`].
#[server(endpoint = "recurring/end")]
pub async fn end_series(
    /// Which.
    id: Uuid,
) -> Result<(), AppError> {
    wishes(id, Wish::End).await
}

async fn wishes(id: Uuid, wish: Wish) -> Result<(), AppError> {
    let who = signed_in().await?;
    let services = services();
    recurring::wishes(&services.db, id, wish, who.id, services.now()).await?;
    leptos_axum::redirect("/mine/recurring");
    Ok(())
}
