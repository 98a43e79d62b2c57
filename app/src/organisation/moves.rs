//! The server functions that change the organisation: identify, delegate, translate. What moves, merges or
//! closes something wants a fresh proof.

use crate::{
    error::AppError,
    kept,
    session::{self, may, services},
};
use domain::{
    Millis, Refusal,
    areas::{AreaId, AreaKind},
    forms::{self, Fault, Field, FormErrors},
    organisation::{Key, Why, naming},
    people::Actor,
    permissions::{Act, Subject},
    requests::LONGEST_NOTE,
    teams::{TeamId, TeamKind},
};
use leptos::prelude::*;
use store::{
    Db, StoreError,
    organisation::{self, events::Reason},
};
use uuid::Uuid;

/// Somebody with a post, the books and the time.
pub(super) async fn somebody() -> Result<(Actor, Db, Millis), AppError> {
    let who = may(Act::SeeOrganisation, Subject::House).await?;
    let services = services();
    Ok((who, services.db.clone(), services.now()))
}

/// The same with a fresh proof, and the typed reason; what was typed is kept until it happened.
async fn somebody_with(
    form: String,
    why: &str,
    remark: &str,
) -> Result<(Actor, Db, Millis, Reason), AppError> {
    may(Act::SeeOrganisation, Subject::House).await?;
    kept::keep(&form, &[("why", why), ("note", remark)]).await?;
    let who = session::fresh().await?;
    let note = forms::maybe_words(remark, LONGEST_NOTE).map_err(|_| Refusal::NoteTooLong)?;
    let why = Why::from_key(why).ok_or(Refusal::ChooseReason)?;
    let services = services();
    Ok((who, services.db.clone(), services.now(), Reason { why, note }))
}

/// A taken name is told at its field.
pub(super) fn told_at(field: Field) -> impl Fn(StoreError) -> AppError {
    move |error| match error {
        StoreError::Refused(Refusal::NameTaken) => {
            AppError::Invalid(FormErrors(vec![(field, Fault::Taken)]))
        }
        other => other.into(),
    }
}

pub(super) async fn on_to(path: String) -> Result<(), AppError> {
    kept::forget().await?;
    leptos_axum::redirect(&path);
    Ok(())
}

fn area_path(id: i64) -> String {
    format!("/organisation/areas/{id}")
}

pub(super) fn team_path(id: Uuid) -> String {
    format!("/organisation/teams/{id}")
}

/// Adds an area under another.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Refused`].
#[server(endpoint = "organisation/add_area")]
pub async fn add_area(
    /// The area above, by its code.
    parent: i64,
    /// What it is.
    kind: String,
    /// Its code as it was typed; nothing for one of ours.
    #[server(default)]
    code: String,
    /// Its name as it was typed.
    #[server(default)]
    name: String,
) -> Result<(), AppError> {
    let (who, db, now) = somebody().await?;
    kept::keep(&format!("add:areas:{parent}"), &[("name", &name), ("code", &code)]).await?;
    let kind = AreaKind::from_key(&kind).ok_or(AppError::NotFound)?;
    let mut faults = FormErrors::default();
    let name = faults.take(Field::Name, naming::name(&name));
    let code = faults.take(Field::AreaCode, naming::code(&code, kind, AreaId(parent)));
    let (Some(name), Some(code)) = (name, code) else { return Err(AppError::Invalid(faults)) };
    let added = organisation::areas::add(&db, kind, AreaId(parent), code, &name, &who, now).await;
    on_to(area_path(added.map_err(told_at(Field::Name))?.0)).await
}

/// Adds a team under another; without a name it is called by its number.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Refused`].
#[server(endpoint = "organisation/add_team")]
pub async fn add_team(
    /// The team above.
    parent: Uuid,
    /// What it is.
    kind: String,
    /// Its name as it was typed.
    #[server(default)]
    name: String,
) -> Result<(), AppError> {
    let (who, db, now) = somebody().await?;
    kept::keep(&format!("add:teams:{parent}"), &[("name", &name)]).await?;
    let kind = TeamKind::from_key(&kind).ok_or(AppError::NotFound)?;
    let name = match naming::name(&name) {
        Ok(name) => Some(name),
        Err(Fault::Missing) => None,
        Err(fault) => return Err(AppError::Invalid(FormErrors(vec![(Field::Name, fault)]))),
    };
    let parent = TeamId(parent);
    let added = organisation::teams::add(&db, kind, parent, name.as_deref(), &who, now).await;
    on_to(team_path(added.map_err(told_at(Field::Name))?.0)).await
}

/// Gives an area another name.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Refused`].
#[server(endpoint = "organisation/rename_area")]
pub async fn rename_area(
    /// Its code.
    area: i64,
    /// The name as it was typed.
    #[server(default)]
    name: String,
) -> Result<(), AppError> {
    let (who, db, now) = somebody().await?;
    kept::keep(&format!("rename:areas:{area}"), &[("name", &name)]).await?;
    let mut faults = FormErrors::default();
    let Some(name) = faults.take(Field::Name, naming::name(&name)) else {
        return Err(AppError::Invalid(faults));
    };
    let renamed = organisation::rename(&db, Key::Area(AreaId(area)), &name, &who, now).await;
    renamed.map_err(told_at(Field::Name))?;
    on_to(area_path(area)).await
}

/// Gives a team another name.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Refused`].
#[server(endpoint = "organisation/rename_team")]
pub async fn rename_team(
    /// Its key.
    team: Uuid,
    /// The name as it was typed.
    #[server(default)]
    name: String,
) -> Result<(), AppError> {
    let (who, db, now) = somebody().await?;
    kept::keep(&format!("rename:teams:{team}"), &[("name", &name)]).await?;
    let mut faults = FormErrors::default();
    let Some(name) = faults.take(Field::Name, naming::name(&name)) else {
        return Err(AppError::Invalid(faults));
    };
    let renamed = organisation::rename(&db, Key::Team(TeamId(team)), &name, &who, now).await;
    renamed.map_err(told_at(Field::Name))?;
    on_to(team_path(team)).await
}

/// Moves a village to another township.
///
/// # Errors
/// [`AppError::ProofFirst`], [`AppError::Refused`].
#[server(endpoint = "organisation/move_area")]
pub async fn move_area(
    /// Its code.
    area: i64,
    /// The township's code.
    to: i64,
    /// The typed reason.
    #[server(default)]
    why: String,
    /// Words beside it.
    #[server(default)]
    note: String,
) -> Result<(), AppError> {
    let (who, db, now, reason) = somebody_with(format!("move:areas:{area}"), &why, &note).await?;
    organisation::areas::relocate(&db, AreaId(area), AreaId(to), &reason, &who, now).await?;
    on_to(area_path(area)).await
}

/// Moves a team under another of its village.
///
/// # Errors
/// [`AppError::ProofFirst`], [`AppError::Refused`].
#[server(endpoint = "organisation/move_team")]
pub async fn move_team(
    /// Its key.
    team: Uuid,
    /// The team above it from now on.
    to: Uuid,
    /// The typed reason.
    #[server(default)]
    why: String,
    /// Words beside it.
    #[server(default)]
    note: String,
) -> Result<(), AppError> {
    let (who, db, now, reason) = somebody_with(format!("move:teams:{team}"), &why, &note).await?;
    organisation::teams::relocate(&db, TeamId(team), TeamId(to), &reason, &who, now).await?;
    on_to(team_path(team)).await
}

/// Merges an area into another: everything follows.
///
/// # Errors
/// [`AppError::ProofFirst`], [`AppError::Refused`].
#[server(endpoint = "organisation/merge_area")]
pub async fn merge_area(
    /// The one that goes.
    area: i64,
    /// The one that stays.
    to: i64,
    /// The typed reason.
    #[server(default)]
    why: String,
    /// Words beside it.
    #[server(default)]
    note: String,
) -> Result<(), AppError> {
    let (who, db, now, reason) = somebody_with(format!("merge:areas:{area}"), &why, &note).await?;
    organisation::areas::merge(&db, AreaId(area), AreaId(to), &reason, &who, now).await?;
    on_to(area_path(to)).await
}

/// Merges a team into another of its village.
///
/// # Errors
/// [`AppError::ProofFirst`], [`AppError::Refused`].
#[server(endpoint = "organisation/merge_team")]
pub async fn merge_team(
    /// The one that goes.
    team: Uuid,
    /// The one that stays.
    to: Uuid,
    /// The typed reason.
    #[server(default)]
    why: String,
    /// Words beside it.
    #[server(default)]
    note: String,
) -> Result<(), AppError> {
    let (who, db, now, reason) = somebody_with(format!("merge:teams:{team}"), &why, &note).await?;
    organisation::teams::merge(&db, TeamId(team), TeamId(to), &reason, &who, now).await?;
    on_to(team_path(to)).await
}

/// Closes an area that nothing stands on any more.
///
/// # Errors
/// [`AppError::ProofFirst`], [`AppError::Refused`].
#[server(endpoint = "organisation/close_area")]
pub async fn close_area(
    /// Its code.
    area: i64,
    /// The typed reason.
    #[server(default)]
    why: String,
    /// Words beside it.
    #[server(default)]
    note: String,
) -> Result<(), AppError> {
    let (who, db, now, reason) = somebody_with(format!("close:areas:{area}"), &why, &note).await?;
    organisation::areas::close(&db, AreaId(area), &reason, &who, now).await?;
    on_to(area_path(area)).await
}

/// Closes a team that nothing stands on any more.
///
/// # Errors
/// [`AppError::ProofFirst`], [`AppError::Refused`].
#[server(endpoint = "organisation/close_team")]
pub async fn close_team(
    /// Its key.
    team: Uuid,
    /// The typed reason.
    #[server(default)]
    why: String,
    /// Words beside it.
    #[server(default)]
    note: String,
) -> Result<(), AppError> {
    let (who, db, now, reason) = somebody_with(format!("close:teams:{team}"), &why, &note).await?;
    organisation::teams::close(&db, TeamId(team), &reason, &who, now).await?;
    on_to(team_path(team)).await
}
