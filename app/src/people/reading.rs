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
use std::cmp::Reverse;
use store::looks::{Look, Seen};

/// Looks on one page.
const PAGE: usize = 50;

/// A look at what is kept about somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookLine {
    /// When.
    pub at: Millis,
    /// Surname and title of who looked.
    pub who: String,
    /// At what.
    pub what: LookedAt,
}

/// What somebody looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LookedAt {
    /// The contact data of the request with this code.
    Request(String),
    /// What the volunteer with this surname and title wrote.
    Sheet(String),
}

impl From<Look> for LookLine {
    fn from(look: Look) -> Self {
        let what = match look.what {
            Seen::Request(code) => LookedAt::Request(code),
            Seen::Sheet(about) => LookedAt::Sheet(about),
        };
        Self { at: look.at, who: look.who, what }
    }
}

/// A page of looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LooksView {
    /// The present moment.
    pub now: Millis,
    /// The newest first.
    pub looks: Vec<LookLine>,
    /// Where the next page begins, when there is one: before which look at a request, and before which
    /// look at a volunteer's sheet.
    pub more: Option<(i64, i64)>,
    /// Who opened the reader's own page, the newest first: when, and surname and title.
    pub opened: Vec<(Millis, String)>,
}

/// Who looked at the contact data of what the reader asked for.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(endpoint = "people/my_looks")]
pub async fn my_looks(
    /// Only looks at requests before this number.
    before: i64,
    /// Only looks at sheets before this number.
    #[server(default)]
    sheets: Option<i64>,
) -> Result<LooksView, AppError> {
    let who = signed_in().await?;
    let db = services().db;
    let most = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let sheets = sheets.unwrap_or(i64::MAX);
    let at_requests = store::looks::at_requests_of(&db, who.id, before, most).await?;
    let at_sheets = store::looks::at_sheet_of(&db, who.id, sheets, most).await?;
    let looks = page(at_requests, at_sheets, (before, sheets));
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
    /// Only looks at requests before this number.
    before: i64,
    /// Only looks at sheets before this number.
    #[server(default)]
    sheets: Option<i64>,
) -> Result<LooksView, AppError> {
    may(Act::ReadLooks, Subject::House).await?;
    let db = services().db;
    let most = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let sheets = sheets.unwrap_or(i64::MAX);
    let at_requests = store::looks::at_all_requests(&db, before, most).await?;
    let at_sheets = store::looks::at_all_sheets(&db, sheets, most).await?;
    Ok(page(at_requests, at_sheets, (before, sheets)))
}

/// The two lists as one, the newest first.
fn page(at_requests: Vec<Look>, at_sheets: Vec<Look>, before: (i64, i64)) -> LooksView {
    let mut looks = [at_requests, at_sheets].concat();
    looks.sort_by_key(|look| Reverse(look.at));
    let longer = looks.len() > PAGE;
    looks.truncate(PAGE);
    // Each of the two goes on where it ended; where none of it stands here, where it began.
    let last = |of: fn(&Seen) -> bool, begun: i64| {
        let shown = looks.iter().filter(|look| of(&look.what));
        shown.map(|look| look.seq).min().unwrap_or(begun)
    };
    let requests = last(|what| matches!(what, Seen::Request(_)), before.0);
    let sheets = last(|what| matches!(what, Seen::Sheet(_)), before.1);
    let more = longer.then_some((requests, sheets));
    let looks = looks.into_iter().map(LookLine::from).collect();
    LooksView { now: services().now(), looks, more, opened: vec![] }
}
