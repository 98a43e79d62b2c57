//! The server functions that read the access log.

use crate::{
    error::AppError,
    session::{may, services, signed_in},
};
use domain::{
    Millis,
    permissions::{Act, Subject},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Looks on one page.
const PAGE: usize = 50;

/// A look at contact data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookLine {
    /// When.
    pub at: Millis,
    /// Surname and title of who looked.
    pub who: String,
    /// The code of the request.
    pub code: String,
}

/// A page of looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LooksView {
    /// The present moment.
    pub now: Millis,
    /// The newest first.
    pub looks: Vec<LookLine>,
    /// Where the next page begins, when there is one.
    pub more: Option<i64>,
    /// Who opened the reader's own page, the newest first: when, and surname and title.
    pub opened: Vec<(Millis, String)>,
}

/// Who looked at the contact data of what the reader asked for.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(endpoint = "people/my_looks")]
pub async fn my_looks(
    /// Only looks before this number.
    before: i64,
) -> Result<LooksView, AppError> {
    let who = signed_in().await?;
    let db = services().db;
    let most = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let looks = page(store::looks::at_requests_of(&db, who.id, before, most).await?);
    let opened = store::data_log::of_person(&db, who.id, most).await?;
    let opened = opened.into_iter().filter_map(|one| Some((one.at, one.who?))).collect();
    Ok(LooksView { opened, ..looks })
}

/// Every look; for the centre.
///
/// # Errors
/// [`AppError::SignInFirst`], [`AppError::NotAllowed`].
#[server(endpoint = "people/looks")]
pub async fn all_looks(
    /// Only looks before this number.
    before: i64,
) -> Result<LooksView, AppError> {
    may(Act::ReadLooks, Subject::House).await?;
    let db = services().db;
    let most = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    Ok(page(store::looks::all(&db, before, most).await?))
}

fn page(mut found: Vec<store::looks::Look>) -> LooksView {
    let longer = found.len() > PAGE;
    found.truncate(PAGE);
    let more = found.last().filter(|_| longer).map(|look| look.seq);
    let line = |look: store::looks::Look| LookLine { at: look.at, who: look.who, code: look.code };
    LooksView {
        now: services().now(),
        looks: found.into_iter().map(line).collect(),
        more,
        opened: vec![],
    }
}
