//! The server functions that keep circles: their doors and their centre.

use crate::{
    error::AppError,
    kept,
    organisation::moves::{on_to, somebody, team_path, told_at},
};
use domain::{
    forms::{self, Fault, Field, FormErrors},
    organisation::{doors, naming},
    teams::TeamId,
};
use leptos::prelude::*;
use store::organisation;
use uuid::Uuid;

/// Sets the centre of a circle; nothing in both fields forgets it.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Refused`].
#[server(endpoint = "organisation/set_point")]
pub async fn set_point(
    /// The circle.
    team: Uuid,
    /// Degrees north as they were typed.
    #[server(default)]
    latitude: String,
    /// Degrees east as they were typed.
    #[server(default)]
    longitude: String,
    /// In which coordinates: a key of the datums, WGS-84 without one.
    #[server(default)]
    datum: String,
) -> Result<(), AppError> {
    let (who, db, now) = somebody().await?;
    let point = kept::point(&format!("circle:{team}"), &latitude, &longitude, &datum).await?;
    organisation::teams::set_point(&db, TeamId(team), point, &who, now).await?;
    kept::forget().await
}

/// Sets where a door stands; nothing in both fields forgets it.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Refused`].
#[server(endpoint = "organisation/point_door")]
pub async fn point_door(
    /// The door.
    door: Uuid,
    /// Degrees north as they were typed.
    #[server(default)]
    latitude: String,
    /// Degrees east as they were typed.
    #[server(default)]
    longitude: String,
    /// In which coordinates: a key of the datums, WGS-84 without one.
    #[server(default)]
    datum: String,
) -> Result<(), AppError> {
    let (who, db, now) = somebody().await?;
    let point = kept::point(&format!("door:{door}"), &latitude, &longitude, &datum).await?;
    organisation::points::set(&db, door, point, &who, now).await?;
    on_to(format!("/organisation/doors/{door}")).await
}

/// Adds one door to a circle.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Refused`].
#[server(endpoint = "organisation/add_door")]
pub async fn add_door(
    /// The circle.
    team: Uuid,
    /// What it is called.
    #[server(default)]
    label: String,
    /// Its place along the lane; nothing for behind the last.
    #[server(default)]
    position: String,
) -> Result<(), AppError> {
    let (who, db, now) = somebody().await?;
    let typed = [("label", label.as_str()), ("position", &position)];
    kept::keep(&format!("circle:{team}"), &typed).await?;
    let mut faults = FormErrors::default();
    let label = faults.take(Field::Door, doors::label(&label));
    let position = match forms::number(&position, 1, doors::LAST_POSITION) {
        Err(Fault::Missing) => None,
        parsed => faults.take(Field::Position, parsed),
    };
    let Some(label) = label.filter(|_| faults.0.is_empty()) else {
        return Err(AppError::Invalid(faults));
    };
    let position = position.map(i64::from);
    let added = organisation::doors::add(&db, TeamId(team), &[label], position, &who, now).await;
    added.map_err(told_at(Field::Door))?;
    kept::forget().await
}

/// Adds the doors of a lane with these numbers to a circle.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Refused`].
#[server(endpoint = "organisation/add_doors")]
pub async fn add_doors(
    /// The circle.
    team: Uuid,
    /// What the lane is called.
    #[server(default)]
    lane: String,
    /// The first number.
    #[server(default)]
    first: String,
    /// The last number.
    #[server(default)]
    last: String,
) -> Result<(), AppError> {
    let (who, db, now) = somebody().await?;
    let typed = [("lane", lane.as_str()), ("first", &first), ("last", &last)];
    kept::keep(&format!("circle:{team}"), &typed).await?;
    let mut faults = FormErrors::default();
    let lane = faults.take(Field::Name, naming::name(&lane));
    let first = faults.take(Field::First, forms::number(&first, 1, doors::LAST_POSITION));
    let last = faults.take(Field::Last, forms::number(&last, 1, doors::LAST_POSITION));
    let (Some(lane), Some(first), Some(last)) = (lane, first, last) else {
        return Err(AppError::Invalid(faults));
    };
    let Some(labels) = faults.take(Field::Last, doors::range(&lane, first, last)) else {
        return Err(AppError::Invalid(faults));
    };
    let added = organisation::doors::add(&db, TeamId(team), &labels, None, &who, now).await;
    added.map_err(told_at(Field::Name))?;
    kept::forget().await
}

/// Gives a door another name or place along the lane.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Refused`].
#[server(endpoint = "organisation/change_door")]
pub async fn change_door(
    /// The door.
    door: Uuid,
    /// The circle, to go back to.
    team: Uuid,
    /// What it is called.
    #[server(default)]
    label: String,
    /// Its place along the lane.
    #[server(default)]
    position: String,
) -> Result<(), AppError> {
    let (who, db, now) = somebody().await?;
    let typed = [("label", label.as_str()), ("position", &position)];
    kept::keep(&format!("door:{door}"), &typed).await?;
    let mut faults = FormErrors::default();
    let label = faults.take(Field::Door, doors::label(&label));
    let position = forms::number(&position, 1, doors::LAST_POSITION);
    let position = faults.take(Field::Position, position);
    let (Some(label), Some(position)) = (label, position) else {
        return Err(AppError::Invalid(faults));
    };
    let changed = organisation::doors::change(&db, door, &label, position.into(), &who, now).await;
    changed.map_err(told_at(Field::Door))?;
    on_to(team_path(team)).await
}

/// Moves a door to another circle of the village.
///
/// # Errors
/// [`AppError::Refused`].
#[server(endpoint = "organisation/move_door")]
pub async fn move_door(
    /// The door.
    door: Uuid,
    /// The circle.
    to: Uuid,
) -> Result<(), AppError> {
    let (who, db, now) = somebody().await?;
    organisation::doors::relocate(&db, door, TeamId(to), &who, now).await?;
    on_to(team_path(to)).await
}

/// Removes a door that nobody lives behind.
///
/// # Errors
/// [`AppError::Refused`].
#[server(endpoint = "organisation/remove_door")]
pub async fn remove_door(
    /// The door.
    door: Uuid,
    /// The circle, to go back to.
    team: Uuid,
) -> Result<(), AppError> {
    let (who, db, now) = somebody().await?;
    organisation::doors::remove(&db, door, &who, now).await?;
    on_to(team_path(team)).await
}
