//! The household in a session: a scanned card opens it, for a day. Whoever is signed in is asked first
//! and never replaced.

use super::{
    draft, reading,
    view::{AskView, Behind, ChoiceView, FollowView, VisitView},
};
use crate::{
    error::AppError,
    session::{CARD, ClientIp, PERSON, Services, reader, services, session},
};
use axum::{
    Extension,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    Millis,
    cards::{TO_CHOOSE, lasts},
    people::{Actor, PersonId},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use store::cards::{Household, Knock, Opening};
use tower_sessions::Session;
use uuid::Uuid;

/// The card that waits while somebody who is signed in chooses.
const WAITS: &str = "card:waits";

/// A card that was scanned.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Scanned {
    card: Uuid,
    at: Millis,
}

/// `GET /d/{token}`: what a camera opens. The key goes no further than this address, which neither the
/// log nor the next page is told.
pub async fn knock(
    State(services): State<Services>,
    Extension(ClientIp(address)): Extension<ClientIp>,
    session: Session,
    Path(token): Path<String>,
) -> Response {
    let now = services.now();
    let led = async {
        Ok::<_, AppError>(match store::cards::open(&services.db, &token, &address, now).await? {
            Opening::Card(card) | Opening::Over(card) => let_in(&session, card, now).await?,
            Opening::Unknown => "/card/unknown",
            Opening::TooOften => return Err(AppError::NotAllowed),
        })
    };
    let mut answer = match led.await {
        Ok(to) => (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response(),
        Err(AppError::NotAllowed) => StatusCode::TOO_MANY_REQUESTS.into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    };
    let silent = HeaderValue::from_static("no-referrer");
    answer.headers_mut().insert(header::REFERRER_POLICY, silent);
    answer
}

/// Opens a session for a card under a new id; says where to go.
async fn let_in(session: &Session, card: Uuid, now: Millis) -> Result<&'static str, AppError> {
    let scanned = Scanned { card, at: now };
    if session.get::<PersonId>(PERSON).await?.is_some() {
        session.insert(WAITS, scanned).await?;
        return Ok("/card/choose");
    }
    enter(session, scanned).await?;
    Ok("/card")
}

/// What another household or a stranger typed is gone; what this one typed stays.
async fn enter(session: &Session, scanned: Scanned) -> Result<(), AppError> {
    let before = session.get::<Scanned>(CARD).await?;
    if before.is_none_or(|before| before.card != scanned.card) {
        session.flush().await?;
    }
    session.cycle_id().await?;
    Ok(session.insert(CARD, scanned).await?)
}

/// Who the card of this session stands for; none without a card, or a day after it was scanned.
async fn knocked() -> Result<Option<Knock>, AppError> {
    let (session, services) = (session().await?, services());
    let now = services.now();
    match session.get::<Scanned>(CARD).await? {
        Some(scanned) if lasts(scanned.at, now) => {
            Ok(Some(store::cards::household(&services.db, scanned.card, now).await?))
        }
        _ => Ok(None),
    }
}

/// The household of this session.
///
/// # Errors
/// [`AppError::NotFound`] when no card is good in it.
pub(super) async fn household() -> Result<Household, AppError> {
    match knocked().await? {
        Some(Knock::Household(household)) => Ok(*household),
        Some(Knock::Over(_)) | None => Err(AppError::NotFound),
    }
}

/// The household of this session, if a card opened it: the card, and the person who it is in the books.
/// It stands for no neighbour: what they may see is not for whoever holds a card.
///
/// # Errors
/// [`AppError::NotFound`] for a card whose household is gone.
pub(crate) async fn of_card() -> Result<Option<(Uuid, Actor)>, AppError> {
    Ok(match knocked().await? {
        Some(Knock::Household(household)) => {
            Some((household.card, Actor { home: None, ..household.actor }))
        }
        Some(Knock::Over(_)) | None => None,
    })
}

/// The photos that wait with the form of this card in this session, and in no other.
///
/// # Errors
/// [`AppError::Broken`].
pub(crate) async fn waiting_photos(card: Uuid) -> Result<Vec<Uuid>, AppError> {
    draft::photos(card).await
}

/// One more of them.
///
/// # Errors
/// [`AppError::Broken`].
pub(crate) async fn one_more_waits(card: Uuid, photo: Uuid) -> Result<(), AppError> {
    draft::add_photo(card, photo).await
}

/// What a household sees first.
///
/// # Errors
/// [`AppError::Broken`].
#[server(endpoint = "cards/visit")]
pub async fn card_visit() -> Result<VisitView, AppError> {
    reading::visit(knocked().await?).await
}

/// The form of a household.
///
/// # Errors
/// [`AppError::Broken`].
#[server(endpoint = "cards/form")]
pub async fn card_form() -> Result<Behind<AskView>, AppError> {
    Ok(match knocked().await? {
        Some(Knock::Household(household)) => {
            let own = draft::photos(household.card).await?;
            let field = crate::requests::api::photo_field(household.actor.id, Some(&own)).await?;
            let form = reading::form(&household).await?;
            Behind::Open(AskView { photo_field: Some(field), ..form })
        }
        shut => Behind::Shut(reading::visit(shut).await?),
    })
}

/// One of the household's own requests.
///
/// # Errors
/// [`AppError::NotFound`] for every request of somebody else.
#[server(endpoint = "cards/follow")]
pub async fn card_follow(
    /// Its code.
    code: String,
) -> Result<Behind<FollowView>, AppError> {
    Ok(match knocked().await? {
        Some(Knock::Household(household)) => {
            Behind::Open(reading::follow(&household, &code).await?)
        }
        shut => Behind::Shut(reading::visit(shut).await?),
    })
}

/// Who is signed in, and which card waits.
///
/// # Errors
/// [`AppError::SignInFirst`], [`AppError::NotFound`] when none waits.
#[server(endpoint = "cards/choice")]
pub async fn card_choice() -> Result<ChoiceView, AppError> {
    let who = reader().await?.ok_or(AppError::SignInFirst)?;
    let services = services();
    let scanned = waiting().await?;
    let label = match store::cards::household(&services.db, scanned.card, services.now()).await? {
        Knock::Household(household) => household.label,
        Knock::Over(_) => return Err(AppError::NotFound),
    };
    Ok(ChoiceView { called: who.called, label })
}

/// Signs out and uses the card that waits.
///
/// # Errors
/// [`AppError::NotFound`] when none waits.
#[server(endpoint = "cards/use")]
pub async fn use_card() -> Result<(), AppError> {
    let scanned = waiting().await?;
    let session = session().await?;
    session.flush().await?;
    enter(&session, scanned).await?;
    leptos_axum::redirect("/card");
    Ok(())
}

/// Puts the card away.
///
/// # Errors
/// [`AppError::Broken`].
#[server(endpoint = "cards/leave")]
pub async fn leave_card() -> Result<(), AppError> {
    let session = session().await?;
    session.remove_value(WAITS).await?;
    if session.remove_value(CARD).await?.is_some() {
        session.flush().await?;
    }
    leptos_axum::redirect("/");
    Ok(())
}

async fn waiting() -> Result<Scanned, AppError> {
    let now = services().now();
    let scanned = session().await?.get::<Scanned>(WAITS).await?;
    scanned.filter(|scanned| now - scanned.at < TO_CHOOSE).ok_or(AppError::NotFound)
}
