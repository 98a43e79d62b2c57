//! Whether the second proof was given in this session, and what waits for it.

use crate::{
    error::AppError,
    session::{PERSON, SINCE, services, session, signed_in},
};
use axum::http::request::Parts;
use domain::{
    Millis,
    credentials::{holds, is_fresh, posts_wait},
    people::{Actor, PersonId},
    sign_in::{leading_to, way_back},
};
use leptos::prelude::use_context;
use serde::{Deserialize, Serialize};
use tower_sessions::Session;

/// The key of the second proof in the session.
const PROOF: &str = "proof";

/// How the second proof was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// At this moment.
    At(Millis),
    /// Somebody of the demo county, tried with one tap; counts in the demo alone.
    Tried,
}

/// Somebody who has signed in.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Who, with all their posts, also those that wait.
    pub who: Actor,
    /// When they signed in with the code from their phone.
    pub since: Millis,
    /// When they gave the second proof that still holds.
    pub proved_at: Option<Millis>,
    /// Whether their posts wait for it.
    pub waits: bool,
}

impl Entry {
    /// The person as far as they have proved it.
    pub fn allowed(mut self) -> Actor {
        if self.waits {
            self.who.posts.clear();
        }
        self.who
    }
}

/// Who reads, as found before the page: `crate::ring`.
#[derive(Clone)]
pub struct Known(pub Option<Entry>);

/// The signed-in person with what they have proved.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn entry() -> Result<Option<Entry>, AppError> {
    let known = use_context::<Parts>().and_then(|parts| parts.extensions.get().cloned());
    if let Some(Known(entry)) = known {
        return Ok(entry);
    }
    let session = session().await?;
    let Some(id) = session.get::<PersonId>(PERSON).await? else { return Ok(None) };
    let (db, now) = (services().db, services().now());
    let Some(who) = store::people::actor(&db, id, now).await? else { return Ok(None) };
    let proved_at = proved_at(&session, now).await?;
    let waits = proved_at.is_none() && waits(&who).await?;
    // A session from before this was noted counts as an old one.
    let since = session.get(SINCE).await?.unwrap_or(0);
    Ok(Some(Entry { who, since, proved_at, waits }))
}

/// The signed-in person, with a second proof of the last ten minutes: for role changes, exports,
/// reversals in the ledger. The page leads whoever has none to `/proof` and back.
///
/// # Errors
/// [`AppError::SignInFirst`], [`AppError::ProofFirst`].
pub async fn fresh() -> Result<Actor, AppError> {
    let who = signed_in().await?;
    let now = services().now();
    match proved_at(&session().await?, now).await? {
        Some(at) if is_fresh(at, now) => Ok(who),
        _ => Err(AppError::ProofFirst),
    }
}

/// The signed-in person, with a fresh second proof where they have one: for the rights over one's own
/// data, which residents have too.
///
/// # Errors
/// [`AppError::SignInFirst`], [`AppError::ProofFirst`].
pub async fn fresh_if_set_up() -> Result<Actor, AppError> {
    let entry = entry().await?.ok_or(AppError::SignInFirst)?;
    let services = services();
    let kept = store::credentials::kept(&services.db, entry.who.id).await?;
    let fresh = entry.proved_at.is_some_and(|at| is_fresh(at, services.now()));
    if kept.is_set_up() && !fresh { Err(AppError::ProofFirst) } else { Ok(entry.allowed()) }
}

/// Why somebody without a post may not see a desk: their posts wait, or they hold none.
pub async fn no_post() -> AppError {
    match entry().await {
        Ok(Some(entry)) if entry.waits => AppError::ProofFirst,
        Ok(Some(_)) => AppError::NotAllowed,
        Ok(None) => AppError::SignInFirst,
        Err(error) => error,
    }
}

/// Notes that the second proof was given: the session gets a new id.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn proved(how: Proof) -> Result<(), AppError> {
    let session = session().await?;
    session.cycle_id().await?;
    Ok(session.insert(PROOF, how).await?)
}

/// Where the code from the phone leads: on to `next`, or to what is still to be proved first.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn after_phone(person: PersonId, next: &str) -> Result<String, AppError> {
    let services = services();
    let who = store::people::actor(&services.db, person, services.now()).await?;
    if who.as_ref().is_some_and(|who| who.standing.is_leaving()) {
        return Ok("/me/data/delete".to_owned());
    }
    let kept = store::credentials::kept(&services.db, person).await?;
    if !who.is_some_and(|who| posts_wait(&who.posts, kept.is_set_up())) {
        return Ok(way_back(next).to_owned());
    }
    Ok(match kept.is_set_up() {
        true => leading_to("/sign-in/proof", next),
        false => "/me/security".to_owned(),
    })
}

/// Whoever signs in has given no second proof yet.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn forget(session: &Session) -> Result<(), AppError> {
    session.remove_value(PROOF).await?;
    Ok(())
}

async fn waits(who: &Actor) -> Result<bool, AppError> {
    // Whether they have set it up is asked only of those for whom it matters.
    if posts_wait(&who.posts, false) || !posts_wait(&who.posts, true) {
        return Ok(posts_wait(&who.posts, false));
    }
    Ok(store::credentials::kept(&services().db, who.id).await?.is_set_up())
}

async fn proved_at(session: &Session, now: Millis) -> Result<Option<Millis>, AppError> {
    Ok(match session.get::<Proof>(PROOF).await? {
        Some(Proof::At(at)) => Some(at).filter(|at| holds(*at, now)),
        Some(Proof::Tried) if services().demo => Some(now),
        Some(Proof::Tried) | None => None,
    })
}
