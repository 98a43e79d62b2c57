//! The server functions of requests that are the same: identify, delegate, translate.

use crate::{
    error::AppError,
    kept::{self, Fields},
    repeat,
    requests::api::files,
    session::{self, may, reader, services, session, signed_in},
    standpoint,
};
use domain::{
    Millis, Refusal,
    forms::{Fault, Field, FormErrors},
    people::{Actor, Place},
    permissions::{Act, Subject},
    requests::{
        Category, Facts, Move, State,
        alike::Alike,
        card::Distance,
        privacy::{headline, masked},
        submission::{Draft, Submission},
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use store::requests::{Loaded, watching};
use uuid::Uuid;

/// The longest headline, in characters.
const HEADLINE: usize = 40;
/// The key of the form that waits for an answer, in the session.
const WAITS: &str = "alike:key";
/// So many are listed.
const MOST: i64 = 60;

/// A request that may be the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlikeLine {
    /// Its code.
    pub code: String,
    /// What kind of help.
    pub category: Category,
    /// How far it has come.
    pub state: State,
    /// From where it comes; none in the list of what one follows.
    pub alike: Option<Alike>,
    /// Its first words, as strangers read them.
    pub headline: String,
    /// Surname and title of who needs help.
    pub called: String,
    /// When it was filed.
    pub created: Millis,
    /// How far it is.
    pub distance: Option<Distance>,
    /// The reader's own.
    pub mine: bool,
    /// The reader may follow it.
    pub may_watch: bool,
}

fn line(alike: Option<Alike>, one: &Loaded, who: &Actor, from: Option<&Place>) -> AlikeLine {
    let request = &one.request;
    AlikeLine {
        code: request.code.clone(),
        category: request.category,
        state: request.state,
        alike,
        headline: headline(&masked(&request.words), HEADLINE),
        called: masked(&one.called),
        created: one.created,
        distance: from.map(|from| Distance::between(from, &request.place)),
        mine: request.asked_by == who.id || request.filed_by == Some(who.id),
        may_watch: request.may_be_watched_by(who).is_ok(),
    }
}

/// Whether a request that is about to be filed is likely one that runs: then its form waits until its
/// asker has said.
pub(crate) async fn asks_first(
    submission: &Submission,
    who: &Actor,
    place: &Place,
    key: Uuid,
) -> Result<bool, AppError> {
    let db = &services().db;
    if store::requests::filing::filed(db, who, key).await?.is_some() {
        return Ok(false);
    }
    let at = from(submission, place);
    if watching::alike(db, submission, &at, who).await?.is_empty() {
        return Ok(false);
    }
    session().await?.insert(WAITS, key).await?;
    Ok(true)
}

/// Where it is asked for: another house has a place along the lane that nobody has told us.
fn from(submission: &Submission, place: &Place) -> Place {
    let own_home = submission.neighbour.is_none() && submission.door.is_none();
    Place { door: place.door.filter(|_| own_home), ..*place }
}

/// The form that waits, read again.
async fn waiting() -> Result<Option<(Uuid, Submission, Actor, Place)>, AppError> {
    let Some(key) = session().await?.get::<Uuid>(WAITS).await? else { return Ok(None) };
    let who = may(Act::Ask, Subject::House).await?;
    let Some(draft) = session::draft().await? else { return Ok(None) };
    let Some(place) = session::place_of(&who).await? else { return Ok(None) };
    let (place, _) = standpoint::routed(place).await?;
    Ok(submission(&draft, &who).ok().map(|submission| (key, submission, who, place)))
}

fn submission(draft: &Draft, who: &Actor) -> Result<Submission, FormErrors> {
    draft.parse(who.home.is_some_and(|home| home.door.is_some()))
}

/// What may be the same as the request that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlikeView {
    /// The present moment.
    pub now: Millis,
    /// A form waits.
    pub waits: bool,
    /// What may be the same.
    pub lines: Vec<AlikeLine>,
}

/// What may be the same as the request that waits.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(name = AskAlike, endpoint = "alike/filing")]
pub async fn alike() -> Result<AlikeView, AppError> {
    signed_in().await?;
    let now = services().now();
    let Some((_, submission, who, place)) = waiting().await? else {
        return Ok(AlikeView { now, waits: false, lines: vec![] });
    };
    let at = from(&submission, &place);
    let found = watching::alike(&services().db, &submission, &at, &who).await?;
    let lines = found.iter().map(|(alike, one)| line(Some(*alike), one, &who, Some(&at))).collect();
    Ok(AlikeView { now, waits: true, lines })
}

/// None of them is the same: the request that waits is filed.
///
/// # Errors
/// [`AppError::NotFound`] when none waits.
#[server(endpoint = "alike/send")]
pub async fn send_anyway() -> Result<(), AppError> {
    may(Act::Ask, Subject::House).await?;
    let (key, submission, who, place) = waiting().await?.ok_or(AppError::NotFound)?;
    who.has_a_name()?;
    let services = services();
    let now = services.now();
    let repeat = repeat::chosen().await?;
    let code = files(&submission, &repeat, &who, &place, key, now).await?;
    forget().await?;
    leptos_axum::redirect(&format!("/requests/{code}"));
    Ok(())
}

async fn forget() -> Result<(), AppError> {
    session().await?.remove_value(WAITS).await?;
    session::forget_draft().await
}

/// The reader needs it too and follows it; the form that waits is dropped.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Refused`].
#[server(endpoint = "alike/watch")]
pub async fn watch(
    /// Which request.
    code: String,
) -> Result<(), AppError> {
    let who = may(Act::Ask, Subject::House).await?;
    let services = services();
    watching::watch(&services.db, &code, &who, services.now()).await?;
    forget().await?;
    leptos_axum::redirect("/mine/watched?new=1");
    Ok(())
}

/// The reader follows it no longer.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(endpoint = "alike/unwatch")]
pub async fn unwatch(
    /// Which request.
    code: String,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    watching::unwatch(&services().db, &code, who.id).await?;
    leptos_axum::redirect("/mine/watched");
    Ok(())
}

/// What the reader follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WatchedView {
    /// The present moment.
    pub now: Millis,
    /// The newest first.
    pub lines: Vec<AlikeLine>,
}

/// What the reader follows.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(name = AskWatched, endpoint = "alike/watched")]
pub async fn watched() -> Result<WatchedView, AppError> {
    let who = signed_in().await?;
    let services = services();
    let found = watching::watched(&services.db, who.id, MOST).await?;
    let home = who.home;
    // Of what became private since, nothing is told.
    let shown = found.iter().filter(|one| one.request.on_board);
    let lines = shown.map(|one| line(None, one, &who, home.as_ref())).collect();
    Ok(WatchedView { now: services.now(), lines })
}

/// A request to be merged, and into what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeView {
    /// The present moment.
    pub now: Millis,
    /// Its code.
    pub code: String,
    /// Its first words.
    pub headline: String,
    /// Why it cannot be merged now.
    pub may: Result<(), Refusal>,
    /// What is likely the same.
    pub lines: Vec<AlikeLine>,
    /// What was typed and not taken.
    pub typed: Fields,
}

/// A request to be merged.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::NotAllowed`] but for who is in charge of it.
#[server(name = AskMerge, endpoint = "alike/merge")]
pub async fn merge_form(
    /// Its code.
    code: String,
) -> Result<MergeView, AppError> {
    let who = reader().await?.ok_or(AppError::SignInFirst)?;
    let services = services();
    let (db, now) = (&services.db, services.now());
    let found = store::clock::ladder_of(db, &code, Some(&who), now).await?;
    let request = found.request;
    who_may(&request, &who).await?;
    let lines = watching::alike_to(db, &code, &who).await?;
    let lines = lines.iter().map(|(alike, one)| line(Some(*alike), one, &who, None)).collect();
    Ok(MergeView {
        now,
        headline: headline(&masked(&request.words), HEADLINE),
        may: request.may(Move::Merge, &who, Facts::of(now, 0)),
        lines,
        typed: kept::typed(&format!("merge {code}")).await?,
        code,
    })
}

async fn who_may(request: &domain::requests::Request, who: &Actor) -> Result<(), AppError> {
    use domain::requests::moves::Part;
    if request.plays(Part::Captain, who) || request.plays(Part::Staff, who) {
        Ok(())
    } else {
        // A post may only be waiting for its second proof.
        may(Act::Make(Move::Merge), Subject::Request(request)).await.map(|_| ())
    }
}

/// 并单.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Refused`], [`AppError::NotFound`].
#[server(endpoint = "requests/merge")]
pub async fn merge_request(
    /// Which request.
    code: String,
    /// The code of the other, as chosen.
    #[server(default)]
    into: String,
    /// The code of the other, as typed.
    #[server(default)]
    typed: String,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    kept::keep(&format!("merge {code}"), &[("into", &into), ("typed", &typed)]).await?;
    let chosen = if typed.trim().is_empty() { into.trim() } else { typed.trim() };
    if chosen.is_empty() {
        return Err(AppError::Invalid(FormErrors(vec![(Field::Whom, Fault::Missing)])));
    }
    let services = services();
    let merged = watching::merge(&services.db, &code, chosen, &who, services.now()).await;
    merged?;
    kept::forget().await?;
    leptos_axum::redirect(&format!("/requests/{code}"));
    Ok(())
}
