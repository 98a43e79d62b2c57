//! The server functions of the search: identify, delegate, translate.

use super::draft::{self, Search};
use crate::{
    error::AppError,
    people::account::covered,
    session::{may, services},
};
use domain::{
    Millis,
    imports::names::Name,
    people::PersonId,
    permissions::{Act, Subject},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use store::people::search::{Found as Kept, Question};
use uuid::Uuid;

/// People on one page.
const PAGE: usize = 20;
/// The most characters of a question that are kept.
const LONGEST: usize = 60;

/// Somebody who was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonLine {
    /// Who.
    pub id: Uuid,
    /// The whole name; the surname and title of who said no more.
    pub name: String,
    /// Surname and title, as neighbours say it.
    pub called: String,
    /// The phone with its middle covered.
    pub phone: Option<String>,
    /// Where they live.
    pub place: Option<String>,
    /// Registered as a volunteer.
    pub volunteer: bool,
    /// Serves once a month.
    pub official: bool,
    /// The teams that they lead.
    pub leads: Vec<String>,
}

/// A page of the search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundView {
    /// What is looked for, as it was typed.
    pub words: String,
    /// Whether anything was asked.
    pub asked: bool,
    /// Which page this is, from 1.
    pub page: u32,
    /// There is one after it.
    pub more: bool,
    /// Who was found.
    pub people: Vec<PersonLine>,
}

/// Begins a search: what is looked for stays in the session.
///
/// # Errors
/// [`AppError::SignInFirst`], [`AppError::NotAllowed`] without a post.
#[server(endpoint = "people/search")]
pub async fn find(
    /// A name, pinyin or a phone, as it was typed.
    words: String,
) -> Result<(), AppError> {
    may(Act::SeePeople, Subject::House).await?;
    let words = words.chars().filter(|letter| !letter.is_control()).take(LONGEST).collect();
    draft::keep(&Search { words, pages: vec![] }).await?;
    leptos_axum::redirect("/people");
    Ok(())
}

/// A page of the search under way.
///
/// # Errors
/// [`AppError::SignInFirst`], [`AppError::NotAllowed`] without a post.
#[server(endpoint = "people/found")]
pub async fn found(
    /// Which page, from 1.
    page: u32,
) -> Result<FoundView, AppError> {
    let who = may(Act::SeePeople, Subject::House).await?;
    let mut search = draft::search().await?;
    let Some(question) = Question::read(&search.words) else {
        let words = search.words;
        return Ok(FoundView { words, asked: false, page: 1, more: false, people: vec![] });
    };
    let services = services();
    let (page, after) = search.begin_of(page as usize);
    let after = after.cloned();
    let now = services.now();
    let db = &services.db;
    let found =
        store::people::search::search(db, &question, &who, after.as_ref(), PAGE, now).await?;
    let more = found.next.is_some();
    let before = search.clone();
    search.note(page, found.next);
    if search != before {
        draft::keep(&search).await?;
    }
    Ok(FoundView {
        words: search.words,
        asked: true,
        page: u32::try_from(page).unwrap_or(1),
        more,
        people: found.people.into_iter().map(|one| line(one, true)).collect(),
    })
}

fn line(one: Kept, cover: bool) -> PersonLine {
    let called = format!("{}{}", one.surname, one.title);
    let place = match (one.village, one.squad) {
        (_, Some(squad)) => Some(squad),
        (village, None) => village,
    };
    PersonLine {
        id: one.id.0,
        name: match &one.given {
            Some(given) => Name::whole(&one.surname, Some(given)),
            None => called.clone(),
        },
        called,
        phone: one.phone.map(|phone| if cover { covered(&phone) } else { phone }),
        place,
        volunteer: one.volunteer,
        official: one.official,
        leads: one.leads,
    }
}

/// A person, opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonView {
    /// The present moment.
    pub now: Millis,
    /// As the list shows them, with the whole phone.
    pub person: PersonLine,
    /// The volunteer's number.
    pub volunteer_no: Option<String>,
    /// The plate of their door.
    pub door: Option<String>,
    /// Since when they have an account.
    pub since: Millis,
}

/// Opens a person; that is written down.
///
/// # Errors
/// [`AppError::SignInFirst`], [`AppError::NotAllowed`] without a post, [`AppError::NotFound`] for
/// nobody within reach.
#[server(endpoint = "people/open")]
pub async fn person(
    /// Who.
    id: String,
) -> Result<PersonView, AppError> {
    let who = may(Act::SeePeople, Subject::House).await?;
    let id: Uuid = id.parse().map_err(|_| AppError::NotFound)?;
    let services = services();
    let now = services.now();
    let opened = store::people::search::open(&services.db, PersonId(id), &who, now).await?;
    Ok(PersonView {
        now,
        person: line(opened.person, false),
        volunteer_no: opened.volunteer_no,
        door: opened.door,
        since: opened.since,
    })
}
