//! How far the circles of a village are from where the reader stood, if they wished it measured. The
//! position itself is forgotten; the distances stay with the session.

use crate::{
    error::AppError,
    session::{looked_at, place_of, services, session},
};
use domain::{
    organisation::{nearest::nearest, point::Point},
    people::{Actor, Place},
    teams::TeamId,
};
use uuid::Uuid;

/// The key in the session: circles and metres. Not from where.
const NEAR: &str = "near:circles";

/// Measures the circles of a village, and keeps how far each is.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn measure(here: Point, village: domain::areas::AreaId) -> Result<(), AppError> {
    let centres = store::areas::centres(&services().db, village).await?;
    let far: Vec<(Uuid, u32)> =
        nearest(here, &centres).into_iter().map(|(team, metres)| (team.0, metres)).collect();
    Ok(session().await?.insert(NEAR, far).await?)
}

/// The circles that were measured, the nearest first.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn measured() -> Result<Vec<(Uuid, u32)>, AppError> {
    Ok(session().await?.get(NEAR).await?.unwrap_or_default())
}

/// A place as its requests are routed: where no circle serves it, the circle of its village with the
/// nearest centre, and how far that is, if the reader had it measured.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn routed(place: Place) -> Result<(Place, Option<u32>), AppError> {
    if place.squad.is_some() {
        return Ok((place, None));
    }
    for (squad, metres) in measured().await? {
        let circle =
            store::areas::place(&services().db, place.village, Some(TeamId(squad))).await?;
        if let Some(circle) = circle.filter(|circle| circle.squad.is_some()) {
            return Ok((circle, Some(metres)));
        }
    }
    Ok((place, None))
}

/// The surname and the phone of the captain nearest to the reader. Nobody rings themselves: a captain
/// is told the nearest other.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn captain_to_ring(who: Option<Actor>) -> Result<Option<(String, String)>, AppError> {
    let place = match &who {
        Some(who) => place_of(who).await?,
        None => looked_at().await?,
    };
    let Some(place) = place else { return Ok(None) };
    let services = services();
    let captains = store::people::captains_over(&services.db, &place, services.now()).await?;
    let own = who.map(|who| who.id);
    let others = captains.into_iter().filter(|one| own.is_none() || one.person != own);
    Ok(others.filter_map(|one| Some((one.surname, one.phone?))).next())
}
