//! The server functions of sending a request elsewhere: identify, delegate, translate.

use crate::{
    error::AppError,
    kept::{self, Fields},
    session::{reader, services, signed_in},
};
use domain::{
    Millis,
    deeds::NewDeed,
    forms::{Fault, Field, FormErrors, maybe_words},
    requests::{
        Facts, LONGEST_NOTE, Move, Step,
        privacy::{headline, masked},
        referral::Office,
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The longest headline, in characters.
const HEADLINE: usize = 40;

/// A request, and how it can go elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferView {
    /// The present moment.
    pub now: Millis,
    /// Its code.
    pub code: String,
    /// Its first words, as strangers read them.
    pub headline: String,
    /// It can be merged.
    pub merge: bool,
    /// It can be declined.
    pub decline: bool,
    /// The reader can say that it cannot be done.
    pub cannot: bool,
    /// It can become a deed.
    pub deed: bool,
    /// What was typed and not taken, for a place.
    pub typed: Fields,
    /// The same, for a deed.
    pub typed_deed: Fields,
}

/// How a request can go elsewhere.
///
/// # Errors
/// [`AppError::NotFound`] for no such request, or one that the reader may not know of.
#[server(name = AskRefer, endpoint = "refer/form")]
pub async fn refer_form(
    /// Its code.
    code: String,
) -> Result<ReferView, AppError> {
    let who = reader().await?;
    let services = services();
    let now = services.now();
    let request = store::clock::ladder_of(&services.db, &code, who.as_ref(), now).await?.request;
    let facts = Facts::of(now, 0);
    let may = |mv| who.as_ref().is_some_and(|who| request.may(mv, who, facts).is_ok());
    Ok(ReferView {
        now,
        headline: headline(&masked(&request.words), HEADLINE),
        merge: may(Move::Merge),
        decline: may(Move::Decline),
        cannot: may(Move::Cannot),
        deed: may(Move::ToDeeds),
        typed: kept::typed(&format!("refer {code}")).await?,
        typed_deed: kept::typed(&format!("deed {code}")).await?,
        code,
    })
}

/// 不予受理, sent to a place.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Refused`].
#[server(endpoint = "requests/refer")]
pub async fn refer_request(
    /// Which request.
    code: String,
    /// A key of the places.
    #[server(default)]
    place: String,
    /// What to bring, whom to ask for.
    #[server(default)]
    note: String,
) -> Result<(), AppError> {
    refer(code, &place, &note, Step::Refer).await
}

/// 办不了, sent to a place.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Refused`].
#[server(endpoint = "requests/refer_on")]
pub async fn refer_on(
    /// Which request.
    code: String,
    /// A key of the places.
    #[server(default)]
    place: String,
    /// What to bring, whom to ask for.
    #[server(default)]
    note: String,
) -> Result<(), AppError> {
    refer(code, &place, &note, Step::ReferOn).await
}

async fn refer(
    code: String,
    place: &str,
    note: &str,
    step: fn(Office, Option<String>) -> Step,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    kept::keep(&format!("refer {code}"), &[("place", place), ("note", note)]).await?;
    let mut faults = FormErrors::default();
    let office = faults.take(Field::Place, Office::from_key(place).ok_or(Fault::Missing));
    let note = faults.take(Field::Say, maybe_words(note, LONGEST_NOTE));
    if office.is_some_and(Office::needs_words) && note == Some(None) {
        faults.0.push((Field::Say, Fault::Missing));
    }
    let (Some(office), Some(note), true) = (office, note, faults.0.is_empty()) else {
        return Err(AppError::Invalid(faults));
    };
    let services = services();
    let step = step(office, note);
    store::requests::apply(&services.db, &code, &step, &who, services.now()).await?;
    on(&code).await
}

/// 转入办实事长期清单.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Refused`].
#[server(endpoint = "requests/to_deeds")]
pub async fn to_deeds(
    /// Which request.
    code: String,
    /// A key of the kinds of deeds.
    #[server(default)]
    kind: String,
    /// What is to be done.
    #[server(default)]
    words: String,
    /// Who sees to it.
    #[server(default)]
    owner: String,
    /// By which day.
    #[server(default)]
    due: String,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    let typed = [("kind", kind.as_str()), ("words", &words), ("owner", &owner), ("due", &due)];
    kept::keep(&format!("deed {code}"), &typed).await?;
    let deed = NewDeed::parse(&kind, &words, &owner, &due).map_err(AppError::Invalid)?;
    let services = services();
    store::deeds::of_request(&services.db, &code, &deed, &who, services.now()).await?;
    on(&code).await
}

async fn on(code: &str) -> Result<(), AppError> {
    kept::forget().await?;
    leptos_axum::redirect(&format!("/requests/{code}"));
    Ok(())
}
