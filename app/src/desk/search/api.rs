//! The server functions of finding in all of a reach. The words stay in the session: they stand in no
//! address and in no log.

use crate::{
    error::AppError,
    session::{may, services, session},
};
use domain::{
    Millis,
    permissions::{Act, Subject},
    requests::{
        Facts,
        card::Card,
        cursor::Cursor,
        finding::{LONGEST_QUESTION, Question},
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use store::requests::finding::find_within;

/// The key of the words in the session.
const WORDS: &str = "search:desk";

/// Cards on a page.
const PAGE: usize = 30;

/// A request that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundLine {
    /// As the board shows it.
    pub card: Card,
    /// Its village.
    pub village: String,
}

/// What was found within a reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReachView {
    /// The present moment.
    pub now: Millis,
    /// The number of the post.
    pub post: u32,
    /// What it is over.
    pub name: String,
    /// The words that are looked for.
    pub words: Option<String>,
    /// The requests, the newest first.
    pub lines: Vec<FoundLine>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// What runs within a post's reach and has the words of the session.
///
/// # Errors
/// [`AppError::SignInFirst`], [`AppError::ProofFirst`], [`AppError::NotAllowed`] without a post.
#[server(endpoint = "desk/found")]
pub async fn desk_found(
    /// The number of the post.
    #[server(default)]
    post: u32,
    /// Whether the words of the session are looked for.
    #[server(default)]
    words: bool,
    /// Where the page begins; the first when it is no place.
    #[server(default)]
    after: String,
) -> Result<ReachView, AppError> {
    let who = may(Act::ReadDesk, Subject::House).await?;
    let services = services();
    let (db, now) = (&services.db, services.now());
    let held = who.posts.get(post as usize).unwrap_or(&who.posts[0]).clone();
    let words = if words { Some(kept_words().await?) } else { None };
    let words = words.filter(|words| !words.is_empty());
    let mut view = ReachView { now, post, name: held.name, words, lines: vec![], next: None };
    let question = view.words.as_deref().and_then(Question::read);
    let Some(question) = question else { return Ok(view) };
    let after: Option<Cursor> = after.parse().ok();
    let page = find_within(db, held.reach, &question, &who, after, PAGE).await?;
    let facts = Facts::of(now, u8::MAX);
    for one in &page.requests {
        let wanted = one.wanted.as_deref();
        let home = who.home.as_ref();
        let card = Card::of(&one.request, &one.called, wanted, Some(&who), home, facts);
        let village = store::areas::name(db, one.request.place.village).await?;
        view.lines.push(FoundLine { card, village });
    }
    view.next = page.next.map(|next| next.to_string());
    Ok(view)
}

/// Looks for words: they stay in the session, the page says only that there are some.
///
/// # Errors
/// [`AppError::SignInFirst`], [`AppError::NotAllowed`] without a post.
#[server(endpoint = "desk/search")]
pub async fn desk_search(
    /// The number of the post.
    #[server(default)]
    post: u32,
    /// The words as they were typed.
    #[server(default)]
    words: String,
) -> Result<(), AppError> {
    may(Act::ReadDesk, Subject::House).await?;
    let said = words.chars().any(|letter| !letter.is_whitespace() && !letter.is_control());
    if said {
        keep(&words).await?;
    }
    let with = if said { "&find=1" } else { "" };
    leptos_axum::redirect(&format!("/desk/search?post={post}{with}"));
    Ok(())
}

/// Keeps the words as they were typed.
async fn keep(words: &str) -> Result<(), AppError> {
    let words: String =
        words.chars().filter(|letter| !letter.is_control()).take(LONGEST_QUESTION).collect();
    Ok(session().await?.insert(WORDS, words.trim()).await?)
}

/// The words that were looked for last.
async fn kept_words() -> Result<String, AppError> {
    Ok(session().await?.get(WORDS).await?.unwrap_or_default())
}
