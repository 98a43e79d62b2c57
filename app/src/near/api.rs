//! The server functions of one's own door: identify, delegate, translate.

use crate::{
    error::AppError,
    kept::{self, Fields},
    session::{may, services, signed_in},
};
use domain::{
    Millis,
    forms::{Fault, Field, FormErrors},
    permissions::{Act as Doing, Subject},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use store::organisation::points;

/// The form about one's own door.
const FORM: &str = "own door";

/// One's own door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnDoorView {
    /// The present moment.
    pub now: Millis,
    /// What it is called; none while the books do not know it.
    pub label: Option<String>,
    /// Where it stands is known.
    pub known: bool,
    /// When it may be said anew.
    pub again: Option<Millis>,
    /// What was typed and not taken.
    pub typed: Fields,
}

/// One's own door.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(name = AskOwnDoor, endpoint = "near/door")]
pub async fn own_door() -> Result<OwnDoorView, AppError> {
    let who = signed_in().await?;
    let services = services();
    let now = services.now();
    let door = points::own(&services.db, who.id).await?;
    Ok(OwnDoorView {
        now,
        known: door.as_ref().is_some_and(|door| door.point().is_some()),
        again: door.as_ref().and_then(points::OwnDoor::again).filter(|again| now < *again),
        label: door.map(|door| door.label),
        typed: kept::typed(FORM).await?,
    })
}

/// Says where one's own door stands.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Refused`] for who said so within thirty days.
#[server(endpoint = "near/set_door")]
pub async fn set_own_door(
    /// Degrees north.
    #[server(default)]
    latitude: String,
    /// Degrees east.
    #[server(default)]
    longitude: String,
    /// In which coordinates; what a browser measured is WGS-84.
    #[server(default)]
    datum: String,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    let who = may(Doing::ChangeOwn, Subject::Of(who.id)).await?;
    let Some(point) = kept::point(FORM, &latitude, &longitude, &datum).await? else {
        let missing = [Field::Latitude, Field::Longitude].map(|field| (field, Fault::Missing));
        return Err(AppError::Invalid(FormErrors(missing.to_vec())));
    };
    let services = services();
    points::set_own(&services.db, Some(point), &who, services.now()).await?;
    kept::forget().await?;
    leptos_axum::redirect("/me/door?said=1");
    Ok(())
}

/// Takes back where one's own door stands.
///
/// # Errors
/// [`AppError::SignInFirst`], [`AppError::NotFound`] without a door.
#[server(endpoint = "near/forget_door")]
pub async fn forget_own_door() -> Result<(), AppError> {
    let who = signed_in().await?;
    let who = may(Doing::ChangeOwn, Subject::Of(who.id)).await?;
    let services = services();
    points::set_own(&services.db, None, &who, services.now()).await?;
    leptos_axum::redirect("/me/door");
    Ok(())
}
