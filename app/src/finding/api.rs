//! The server functions of finding: identify, delegate, cut to what the reader may know.

use super::draft;
use crate::{
    error::AppError,
    kept::{self, Fields},
    session::{self, reader, services, signed_in},
};
use domain::{
    Millis,
    forms::{Field, FormErrors},
    people::{Actor, Place},
    requests::{
        Facts,
        card::Card,
        cursor::Cursor,
        filter::{self, Filter, MOST_SAVED},
        finding::Question,
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use store::requests::{Loaded, board, finding, saved};
use uuid::Uuid;

/// Cards on a page.
const PAGE: usize = 30;
/// The form that saves a filter, among those that keep what was typed.
const FORM: &str = "filter";

/// A filter that the reader saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedLine {
    /// Its key.
    pub id: Uuid,
    /// What the reader calls it.
    pub name: String,
    /// Its part of an address.
    pub query: String,
}

/// A page of what was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundView {
    /// The present moment.
    pub now: Millis,
    /// The village that the reader looks at; none until one is known.
    pub village: Option<String>,
    /// What narrows the board.
    pub filter: Filter,
    /// The words that are looked for, as they were typed; none when the address asks for none.
    pub words: Option<String>,
    /// The requests.
    pub cards: Vec<Card>,
    /// Not the first page.
    pub onward: bool,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Signed in: may save a filter.
    pub signed_in: bool,
    /// The filters that the reader saved.
    pub saved: Vec<SavedLine>,
    /// One more can be saved.
    pub room: bool,
    /// The name that was typed for a filter and not taken.
    pub typed: Fields,
}

/// What the board has within a filter, and with the words of the session where the address says so.
///
/// # Errors
/// [`AppError::Broken`].
#[server(endpoint = "board/found")]
pub async fn found(
    /// The part of the address that says the filter.
    query: String,
    /// Whether the words of the session are looked for.
    words: bool,
    /// Where the page begins; the first when it is no place.
    after: String,
) -> Result<FoundView, AppError> {
    let who = reader().await?;
    let services = services();
    let filter = Filter::of_query(&query);
    let words = if words { Some(draft::words().await?) } else { None };
    let after: Option<Cursor> = after.parse().ok();
    let saved = match &who {
        Some(who) => saved::of(&services.db, who.id).await?,
        None => vec![],
    };
    let mut view = FoundView {
        now: services.now(),
        village: None,
        filter,
        words: words.filter(|words| !words.is_empty()),
        cards: vec![],
        onward: after.is_some(),
        next: None,
        signed_in: who.is_some(),
        room: saved.len() < usize::from(MOST_SAVED),
        saved: saved.into_iter().map(line).collect(),
        typed: kept::typed(FORM).await?,
    };
    let home = who.as_ref().and_then(|who| who.home);
    let place = match home {
        Some(home) => Some(home),
        None => session::looked_at().await?,
    };
    if let Some(place) = place {
        fill(&mut view, who.as_ref(), &place, after).await?;
    }
    Ok(view)
}

fn line(one: saved::Saved) -> SavedLine {
    SavedLine { id: one.id, name: one.name, query: one.filter.query() }
}

/// The cards of a page.
async fn fill(
    view: &mut FoundView,
    who: Option<&Actor>,
    place: &Place,
    after: Option<Cursor>,
) -> Result<(), AppError> {
    let services = services();
    let db = &services.db;
    view.village = Some(store::areas::name(db, place.village).await?);
    let question = view.words.as_deref().map(Question::read);
    let filter = &view.filter;
    let page = match question {
        None => board::page(db, place, filter, after, PAGE).await?,
        // Only signs: nothing has them.
        Some(None) => board::Page::default(),
        Some(Some(question)) => {
            finding::find(db, place, &question, filter, who, after, PAGE).await?
        }
    };
    let open_claims = match who {
        Some(who) => store::people::claims_in_hand(db, who.id).await?,
        None => 0,
    };
    let facts = Facts::of(view.now, open_claims);
    let card = |one: &Loaded| {
        Card::of(&one.request, &one.called, one.wanted.as_deref(), who, Some(place), facts)
    };
    view.cards = page.requests.iter().map(card).collect();
    view.next = page.next.map(|next| next.to_string());
    Ok(())
}

/// Looks for words within a filter: the words stay in the session, the page says only that there are
/// some.
///
/// # Errors
/// [`AppError::Broken`].
#[server(endpoint = "board/search")]
pub async fn search(
    /// The words as they were typed.
    #[server(default)]
    words: String,
    /// The part of the address that says the filter.
    #[server(default)]
    query: String,
) -> Result<(), AppError> {
    let query = Filter::of_query(&query).query();
    let said = words.chars().any(|letter| !letter.is_whitespace() && !letter.is_control());
    // Nothing typed needs no session.
    if said {
        draft::keep(&words).await?;
    }
    let with = if said { "&find=1" } else { "" };
    leptos_axum::redirect(&format!("/board?{query}{with}"));
    Ok(())
}

/// Saves a filter under a name; one of the same name is replaced.
///
/// # Errors
/// [`AppError::SignInFirst`], [`AppError::Invalid`] without a name or with enough of them.
#[server(endpoint = "board/save")]
pub async fn save_filter(
    /// What the reader calls it.
    #[server(default)]
    name: String,
    /// The part of the address that says the filter.
    #[server(default)]
    query: String,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    kept::keep(FORM, &[("name", &name)]).await?;
    let filter = Filter::of_query(&query);
    let named = filter::name(&name)
        .map_err(|fault| AppError::Invalid(FormErrors(vec![(Field::Name, fault)])))?;
    let services = services();
    let saved = saved::save(&services.db, who.id, &named, &filter, services.now()).await?;
    saved.map_err(AppError::Invalid)?;
    kept::forget().await?;
    leptos_axum::redirect(&format!("/board?{}", filter.query()));
    Ok(())
}

/// Forgets a saved filter.
///
/// # Errors
/// [`AppError::SignInFirst`], [`AppError::NotFound`] for what is no key.
#[server(endpoint = "board/forget")]
pub async fn forget_filter(
    /// Which.
    #[server(default)]
    id: String,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    let id: Uuid = id.parse().map_err(|_| AppError::NotFound)?;
    saved::forget(&services().db, who.id, id).await?;
    leptos_axum::redirect("/board");
    Ok(())
}
