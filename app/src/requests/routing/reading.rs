//! How far those live who see a request first.

use crate::error::AppError;
use domain::{Millis, people::Place, requests::card::Distance};
use store::{Db, people::Captain};

/// How far the captain lives from a place, where both doors are known.
pub(in crate::requests) async fn far(
    db: &Db,
    place: &Place,
    captain: &Captain,
    now: Millis,
) -> Result<Option<Distance>, AppError> {
    let Some(person) = captain.person else { return Ok(None) };
    let home = store::people::actor(db, person, now).await?.and_then(|captain| captain.home);
    let far = home.map(|home| Distance::between(place, &home));
    let said = |far: &Distance| {
        matches!(far, Distance::NextDoor | Distance::Doors(_) | Distance::Metres(_))
    };
    Ok(far.filter(said))
}
