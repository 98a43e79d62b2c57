//! The server functions of what comes after: identify, delegate, translate.

use crate::{
    error::AppError,
    kept::{self, Fields},
    session::{self, may, reader, services, signed_in},
};
use domain::{
    Millis,
    forms::{Fault, Field, FormErrors, maybe_words},
    permissions::{Act, Subject},
    requests::{
        Category, Good,
        after::{Answer, LONGEST_SAID, read},
        privacy::masked,
        submission::Draft,
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use store::requests::{after as books, thanks};

/// The form of the answer.
const FORM: &str = "after";
/// So many thanks on a page.
const A_PAGE: i64 = 30;

/// The question a week later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionView {
    /// The present moment.
    pub now: Millis,
    /// The code of the request.
    pub code: String,
    /// What kind of help it was.
    pub category: Category,
    /// Surname and title of who asked.
    pub called: String,
    /// The reader is who asked.
    pub own: bool,
    /// The answer, and when.
    pub answer: Option<(Answer, Millis)>,
    /// What was said to the captain.
    pub said: Option<String>,
    /// What was typed and not taken.
    pub typed: Fields,
}

/// The question of a request.
///
/// # Errors
/// [`AppError::NotFound`] where none was asked.
#[server(name = AskAfter, endpoint = "requests/after")]
pub async fn ask_after(
    /// The code of the request.
    code: String,
) -> Result<QuestionView, AppError> {
    let who = signed_in().await?;
    let services = services();
    let question = books::question(&services.db, &code, &who).await?;
    let typed = kept::typed(FORM).await?;
    let typed = if typed.get("code") == Some(&code) { typed } else { Fields::new() };
    Ok(QuestionView {
        now: services.now(),
        category: question.category,
        called: question.called,
        own: question.own,
        answer: question.answer,
        said: question.said,
        typed,
        code,
    })
}

/// Answers. Who needs more help finds the form filled in; who has something for the captain says it.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Refused`], [`AppError::NotFound`].
#[server(name = AnswerAfter, endpoint = "requests/answer")]
pub async fn answer_after(
    /// The code of the request.
    code: String,
    /// A key of the answers.
    #[server(default)]
    answer: String,
    /// Words for the captain.
    #[server(default)]
    words: String,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    kept::keep(FORM, &[("code", &code), ("words", &words)]).await?;
    let services = services();
    let (answer, said) = read(&answer, &words).map_err(AppError::Invalid)?;
    let (db, now) = (&services.db, services.now());
    books::answer(db, &code, answer, said.as_deref(), &who, now).await?;
    kept::forget().await?;
    if answer == Answer::More {
        let question = books::question(db, &code, &who).await?;
        let draft = Draft {
            category: question.category.key().to_owned(),
            words: question.words,
            risks: question.risks.unwrap_or_default(),
            ..Draft::default()
        };
        session::keep_draft(&draft).await?;
        leptos_axum::redirect("/requests/new");
    } else {
        leptos_axum::redirect(&format!("/requests/{code}/after"));
    }
    Ok(())
}

/// Thanks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThanksLine {
    /// The code of the request.
    pub code: String,
    /// What kind of help.
    pub category: Category,
    /// One to five.
    pub stars: u8,
    /// What was good.
    pub good: Vec<Good>,
    /// In words, as strangers read them.
    pub words: Option<String>,
    /// Surname and title of who asked.
    pub called: String,
    /// Surname and title of who helped.
    pub helpers: Vec<String>,
    /// When.
    pub at: Millis,
}

/// The thanks of a village.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThanksView {
    /// The present moment.
    pub now: Millis,
    /// Its name; none until the reader has one.
    pub village: Option<String>,
    /// The newest first.
    pub lines: Vec<ThanksLine>,
    /// The number of the page.
    pub page: u16,
    /// There are older ones.
    pub more: bool,
    /// The reader can hide them.
    pub in_charge: bool,
}

/// The thanks of the reader's village, or of the one that they look from.
///
/// # Errors
/// [`AppError::Broken`].
#[server(name = AskThanks, endpoint = "requests/thanks")]
pub async fn ask_thanks(
    /// The number of the page, from 0.
    #[server(default)]
    page: u16,
) -> Result<ThanksView, AppError> {
    let who = reader().await?;
    let services = services();
    let place = match who.as_ref().and_then(|who| who.home) {
        Some(home) => Some(home),
        None => session::looked_at().await?,
    };
    let now = services.now();
    let mut view =
        ThanksView { now, village: None, lines: vec![], page, more: false, in_charge: false };
    let Some(place) = place else { return Ok(view) };
    let db = &services.db;
    let skip = i64::from(page) * A_PAGE;
    let mut found = thanks::of_village(db, place.village, A_PAGE + 1, skip).await?;
    view.more = found.len() > usize::try_from(A_PAGE).unwrap_or(usize::MAX);
    found.truncate(usize::try_from(A_PAGE).unwrap_or(usize::MAX));
    let line = |one: thanks::Thanks| ThanksLine {
        code: one.code,
        category: one.category,
        stars: one.stars,
        good: one.good,
        words: one.words.map(|words| masked(&words)),
        called: masked(&one.called),
        helpers: one.helpers,
        at: one.at,
    };
    view.lines = found.into_iter().map(line).collect();
    view.village = Some(store::areas::name(db, place.village).await?);
    // Whether each is in reach the rules say when it is done.
    view.in_charge = who.is_some_and(|who| !who.posts.is_empty());
    Ok(view)
}

/// Takes thanks out of sight, with the reason.
///
/// # Errors
/// [`AppError::Invalid`] without a reason, [`AppError::Refused`], [`AppError::NotFound`].
#[server(endpoint = "requests/hide_thanks")]
pub async fn hide_thanks(
    /// The code of the request.
    code: String,
    /// Why.
    #[server(default)]
    why: String,
) -> Result<(), AppError> {
    let who = may(Act::ReadDesk, Subject::House).await?;
    let mut faults = FormErrors::default();
    let why = maybe_words(&why, LONGEST_SAID).and_then(|why| why.ok_or(Fault::Missing));
    let Some(why) = faults.take(Field::Say, why) else { return Err(AppError::Invalid(faults)) };
    let services = services();
    thanks::hide(&services.db, &code, &why, &who, services.now()).await?;
    leptos_axum::redirect("/thanks");
    Ok(())
}
