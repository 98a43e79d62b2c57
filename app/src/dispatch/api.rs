//! The server function that reads whom a captain may ask.

use super::words::reason;
use crate::{
    error::AppError,
    session::{may, reader, services},
    words::lang,
};
use domain::{
    Millis, Refusal,
    people::PersonId,
    permissions::{Act, Subject},
    requests::{Category, Facts, Move, State, Urgency, privacy::headline},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use store::{clock::ladder_of, people::suggested};

/// The longest headline of the page.
const HEADLINE: usize = 40;

/// Somebody who was asked and has not answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingLine {
    /// Surname and title.
    pub called: String,
    /// By when the answer must come.
    pub until: Millis,
}

/// A volunteer whom the captain may ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CandidateLine {
    /// Who.
    pub person: PersonId,
    /// Surname and title.
    pub called: String,
    /// Why somebody should be asked, in words.
    pub good: Vec<String>,
    /// Why rather somebody else.
    pub against: Vec<String>,
}

/// Whom a captain may ask for a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DispatchView {
    /// The present moment.
    pub now: Millis,
    /// The request's code.
    pub code: String,
    /// Its first words.
    pub headline: String,
    /// What kind of help.
    pub category: Category,
    /// How soon.
    pub urgency: Urgency,
    /// How far it has come.
    pub state: State,
    /// Places that nobody has taken.
    pub left: u32,
    /// Who was asked and has not answered.
    pub waiting: Vec<WaitingLine>,
    /// The suggested, the best first.
    pub lines: Vec<CandidateLine>,
    /// By when whoever is asked now has to answer.
    pub until: Millis,
    /// Why nobody can be asked now.
    pub why_not: Option<Refusal>,
}

/// Whom a captain may ask for a request, and why.
///
/// # Errors
/// [`AppError::NotFound`] for no such request, or one that the reader may not know of;
/// [`AppError::NotAllowed`] for who leads no team over it.
#[server(endpoint = "dispatch/read")]
pub async fn dispatch(
    /// The request's code.
    code: String,
) -> Result<DispatchView, AppError> {
    let who = reader().await?;
    let services = services();
    let (db, now) = (&services.db, services.now());
    let found = ladder_of(db, &code, who.as_ref(), now).await?;
    let (request, deadlines) = (&found.request, found.deadlines);
    let who = may(Act::Make(Move::Dispatch), Subject::Request(request)).await?;
    let l = lang();
    let waiting = request.offers.iter().map(|offer| WaitingLine {
        called: offer.called.clone(),
        until: deadlines.answer_by(request.urgency, offer.at),
    });
    let why_not = request.may(Move::Dispatch, &who, Facts { now, open_claims: 0, deadlines }).err();
    let lines = match why_not {
        Some(_) => vec![],
        None => suggested(db, request, now).await?,
    };
    let line = |one: store::people::Candidate| {
        let (against, good): (Vec<_>, Vec<_>) =
            one.reasons.iter().partition(|reason| reason.is_against());
        let words = |some: Vec<_>| some.into_iter().map(|one| reason(l, one)).collect();
        CandidateLine {
            person: PersonId(one.person),
            called: one.called.clone(),
            good: words(good),
            against: words(against),
        }
    };
    Ok(DispatchView {
        now,
        headline: headline(&request.words, HEADLINE),
        category: request.category,
        urgency: request.urgency,
        state: request.state,
        left: u32::try_from(request.places_left()).unwrap_or(u32::MAX),
        waiting: waiting.collect(),
        until: deadlines.answer_by(request.urgency, now),
        lines: lines.into_iter().map(line).collect(),
        why_not,
        code,
    })
}
