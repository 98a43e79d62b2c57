//! What volunteers and those in charge do. Each is a public endpoint: identify, delegate, translate.

use super::draft;
use crate::{
    error::AppError,
    kept,
    session::{may, services, signed_in},
};
use domain::{
    Refusal,
    forms::{Field, FormErrors, maybe_words},
    people::PersonId,
    permissions::{Act, Subject},
    requests::LONGEST_NOTE,
    teams::TeamId,
    volunteers::{
        form::{Draft, back_on},
        reasons::{RefuseReason, RemoveReason},
    },
};
use leptos::prelude::*;
use store::volunteers::{self, moving::Step};
use uuid::Uuid;

/// Where a volunteer's own page is.
const OWN: &str = "/me/volunteer";

/// Registers, and applies to the first team.
///
/// # Errors
/// [`AppError::Invalid`] with every fault of the form; what was typed is kept with the session.
#[server(endpoint = "volunteers/register")]
pub async fn register_volunteer(
    /// The form as typed.
    #[server(default)]
    draft: Draft,
) -> Result<(), AppError> {
    let who = may(Act::ChangeOwn, Subject::House).await?;
    draft::keep(&draft).await?;
    let services = services();
    let now = services.now();
    let form = draft.parse(now).map_err(AppError::Invalid)?;
    volunteers::register(&services.db, &form, &who, now).await?;
    draft::forget().await?;
    leptos_axum::redirect(OWN);
    Ok(())
}

/// Changes skills, languages, time and insurance.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Refused`] for whoever is not registered.
#[server(endpoint = "volunteers/save")]
pub async fn save_profile(
    /// The form as typed.
    #[server(default)]
    draft: Draft,
) -> Result<(), AppError> {
    let who = may(Act::ChangeOwn, Subject::House).await?;
    draft::keep(&draft).await?;
    let profile = draft.profile().map_err(AppError::Invalid)?;
    volunteers::save(&services().db, &profile, &who).await?;
    draft::forget().await?;
    leptos_axum::redirect(OWN);
    Ok(())
}

/// Applies to one team more, or again.
///
/// # Errors
/// [`AppError::Refused`], [`AppError::NotFound`] for no such team.
#[server(endpoint = "volunteers/join")]
pub async fn join_team(
    /// The team's key.
    team: Uuid,
) -> Result<(), AppError> {
    own_step(team, Step::Apply).await
}

/// Takes an application back.
///
/// # Errors
/// [`AppError::Refused`].
#[server(endpoint = "volunteers/take_back")]
pub async fn take_application_back(
    /// The team's key.
    team: Uuid,
) -> Result<(), AppError> {
    own_step(team, Step::TakeBack).await
}

/// Leaves a team.
///
/// # Errors
/// [`AppError::Refused`], also for the last one while claims are running.
#[server(endpoint = "volunteers/leave")]
pub async fn leave_team(
    /// The team's key.
    team: Uuid,
) -> Result<(), AppError> {
    own_step(team, Step::Leave).await
}

async fn own_step(team: Uuid, step: Step) -> Result<(), AppError> {
    let who = may(Act::ChangeOwn, Subject::House).await?;
    let services = services();
    let now = services.now();
    volunteers::moving::step(&services.db, who.id, TeamId(team), &step, &who, now).await?;
    leptos_axum::redirect(OWN);
    Ok(())
}

/// Takes nothing on for a while, in all teams.
///
/// # Errors
/// [`AppError::Invalid`] for a day that is not to come, [`AppError::Refused`].
#[server(endpoint = "volunteers/pause")]
pub async fn pause_volunteering(
    /// The day of coming back, as typed; open without.
    #[server(default)]
    back: String,
) -> Result<(), AppError> {
    let who = may(Act::ChangeOwn, Subject::House).await?;
    let services = services();
    let now = services.now();
    let mut faults = FormErrors::default();
    let Some(until) = faults.take(Field::BackOn, back_on(&back, now)) else {
        return Err(AppError::Invalid(faults));
    };
    Ok(volunteers::moving::pause(&services.db, until, &who, now).await?)
}

/// Is back.
///
/// # Errors
/// [`AppError::Refused`].
#[server(endpoint = "volunteers/resume")]
pub async fn resume_volunteering() -> Result<(), AppError> {
    let who = may(Act::ChangeOwn, Subject::House).await?;
    let services = services();
    Ok(volunteers::moving::resume(&services.db, &who, services.now()).await?)
}

/// Lets somebody into a team.
///
/// # Errors
/// [`AppError::Refused`], [`AppError::NotFound`].
#[server(endpoint = "volunteers/approve")]
pub async fn approve_volunteer(
    /// The team's key.
    team: Uuid,
    /// Whom.
    person: Uuid,
) -> Result<(), AppError> {
    decide(team, person, Step::Approve).await
}

/// Does not let somebody into a team, with a typed reason.
///
/// # Errors
/// [`AppError::Refused`], [`AppError::NotFound`].
#[server(endpoint = "volunteers/refuse")]
pub async fn refuse_volunteer(
    /// The team's key.
    team: Uuid,
    /// Whom.
    person: Uuid,
    /// A key of the reasons.
    #[server(default)]
    reason: String,
    /// A word to them.
    #[server(default)]
    note: String,
) -> Result<(), AppError> {
    signed_in().await?;
    keep_decision(team, person, &reason, &note).await?;
    let reason = RefuseReason::from_key(&reason).ok_or(Refusal::ChooseReason)?;
    decide(team, person, Step::Refuse(reason, note_of(&note)?)).await?;
    leptos_axum::redirect("/volunteers");
    Ok(())
}

/// Asks a member to leave, with a typed reason.
///
/// # Errors
/// [`AppError::Refused`], [`AppError::NotFound`].
#[server(endpoint = "volunteers/remove")]
pub async fn remove_volunteer(
    /// The team's key.
    team: Uuid,
    /// Whom.
    person: Uuid,
    /// A key of the reasons.
    #[server(default)]
    reason: String,
    /// A word to them.
    #[server(default)]
    note: String,
) -> Result<(), AppError> {
    signed_in().await?;
    keep_decision(team, person, &reason, &note).await?;
    let reason = RemoveReason::from_key(&reason).ok_or(Refusal::ChooseReason)?;
    decide(team, person, Step::Remove(reason, note_of(&note)?)).await?;
    leptos_axum::redirect(&format!("/teams/{team}/members"));
    Ok(())
}

async fn decide(team: Uuid, person: Uuid, step: Step) -> Result<(), AppError> {
    let who = signed_in().await?;
    let services = services();
    let (whom, team, now) = (PersonId(person), TeamId(team), services.now());
    volunteers::moving::step(&services.db, whom, team, &step, &who, now).await?;
    kept::forget().await
}

async fn keep_decision(team: Uuid, person: Uuid, reason: &str, note: &str) -> Result<(), AppError> {
    kept::keep(&decision_form(team, person), &[("reason", reason), ("note", note)]).await
}

/// The form in which it is decided about somebody: what is typed about one is not shown at another.
pub(super) fn decision_form(team: Uuid, person: Uuid) -> String {
    format!("volunteer:{team}:{person}")
}

fn note_of(typed: &str) -> Result<Option<String>, AppError> {
    maybe_words(typed, LONGEST_NOTE).map_err(|_| AppError::Refused(Refusal::NoteTooLong))
}
