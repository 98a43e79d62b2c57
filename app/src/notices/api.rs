//! The server functions of one's own notices: identify, delegate, translate.

use crate::{
    error::AppError,
    session::{services, signed_in},
};
use domain::{
    Millis,
    notices::Notice,
    people::PostKind,
    requests::{
        Category, Move, State,
        privacy::{headline, masked},
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// So many on a page.
const A_PAGE: u16 = 30;
/// The longest headline, in characters.
const HEADLINE: usize = 24;

/// A notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeLine {
    /// What it is about.
    pub notice: Notice,
    /// The move of which it tells.
    pub mv: Option<Move>,
    /// The state after it.
    pub became: State,
    /// When.
    pub at: Millis,
    /// Not read yet.
    pub unread: bool,
    /// The request's code.
    pub code: String,
    /// What kind of help.
    pub category: Category,
    /// Its first words, as strangers read them; none for what is private.
    pub headline: Option<String>,
    /// The reader asked for it.
    pub asked: bool,
}

/// The reader's notices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticesView {
    /// The present moment.
    pub now: Millis,
    /// How many are unread, on all pages.
    pub unread: u32,
    /// The newest first.
    pub lines: Vec<NoticeLine>,
    /// The number of the page.
    pub page: u16,
    /// There are older ones.
    pub more: bool,
    /// The reader is staff: what was not delivered is for them to see.
    pub staff: bool,
}

/// A page of the reader's notices.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(name = AskNotices, endpoint = "notices")]
pub async fn notices(
    /// The number of the page, from 0.
    #[server(default)]
    page: u16,
) -> Result<NoticesView, AppError> {
    let who = signed_in().await?;
    let services = services();
    let (db, now) = (&services.db, services.now());
    let skip = i64::from(page) * i64::from(A_PAGE);
    let mut found = store::notices::list(db, who.id, i64::from(A_PAGE) + 1, skip).await?;
    let more = found.len() > usize::from(A_PAGE);
    found.truncate(usize::from(A_PAGE));
    let line = |one: store::notices::Line| NoticeLine {
        notice: one.notice,
        mv: one.mv,
        became: one.became,
        at: one.at,
        unread: one.unread,
        code: one.code,
        category: one.category,
        headline: one.words.map(|words| headline(&masked(&words), HEADLINE)),
        asked: one.asked,
    };
    let unread = store::notices::unread(db, who.id).await?;
    let staff = who.posts.iter().any(|post| post.kind == PostKind::Staff);
    let lines = found.into_iter().map(line).collect();
    Ok(NoticesView { now, unread, lines, page, more, staff })
}

/// How many notices somebody has not read.
pub(crate) async fn unread(who: &domain::people::Actor) -> Result<u32, AppError> {
    Ok(store::notices::unread(&services().db, who.id).await?)
}

/// The reader has read everything up to a moment.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(endpoint = "notices/read")]
pub async fn read_notices(
    /// The moment of the page.
    until: Millis,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    let services = services();
    store::notices::have_read(&services.db, who.id, until, services.now()).await?;
    leptos_axum::redirect("/notices");
    Ok(())
}
