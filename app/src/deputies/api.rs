//! The server functions of standing in: who does, naming somebody, ending it.

use crate::{
    error::AppError,
    kept::{self, Fields},
    proof::fresh_if_set_up,
    session::{may, services},
    words::{lang, td_string, time},
};
use domain::{
    Millis,
    forms::{Fault, Field, FormErrors},
    people::{Actor, PersonId, PostKind},
    permissions::{Act, Subject},
    posts::back_on,
    teams::TeamId,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use store::posts::{deputies, team_of};
use uuid::Uuid;

/// What the reader is to the team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// Leads it.
    Leads,
    /// Stands in for who leads it.
    StandsIn,
    /// Works for the unit of the place: nobody stands in for staff.
    Works,
}

/// Who stands in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeputyLine {
    /// Surname and title.
    pub called: String,
    /// For whom.
    pub captain: String,
    /// From when.
    pub since: Millis,
    /// When the captain is back.
    pub until: Millis,
}

/// Standing in for the captain of a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeputyView {
    /// The present moment.
    pub now: Millis,
    /// The number of the post.
    pub post: u32,
    /// The team; none for the unit of an area.
    pub team: Option<Uuid>,
    /// The name of the post.
    pub name: String,
    /// What the reader is to it.
    pub place: Place,
    /// Who stands in now.
    pub deputy: Option<DeputyLine>,
    /// Whom the reader may name: key, surname and title.
    pub members: Vec<(Uuid, String)>,
    /// What was typed and not taken.
    pub typed: Fields,
}

/// Who stands in for the captain of one of the reader's teams.
///
/// # Errors
/// [`AppError::SignInFirst`], [`AppError::ProofFirst`], [`AppError::NotAllowed`] without a post.
#[server(endpoint = "deputies/read")]
pub async fn deputy(
    /// The number of the post.
    #[server(default)]
    post: u32,
) -> Result<DeputyView, AppError> {
    let who = may(Act::ReadDesk, Subject::House).await?;
    let services = services();
    let (db, now) = (&services.db, services.now());
    let at = usize::try_from(post).ok().filter(|at| *at < who.posts.len()).unwrap_or_default();
    let held = who.posts[at].clone();
    let mut view = DeputyView {
        now,
        post,
        team: None,
        name: held.name,
        place: Place::Works,
        deputy: None,
        members: vec![],
        typed: Fields::default(),
    };
    let team = team_of(db, held.reach).await?.filter(|_| held.kind == PostKind::Captain);
    let Some(team) = team else { return Ok(view) };
    view.team = Some(team.0);
    view.deputy = deputies::of(db, team, now).await?.map(line);
    view.place = Place::StandsIn;
    if deputies::leads(db, team, who.id, now).await? {
        view.place = Place::Leads;
        view.typed = kept::typed(&form_of(team.0)).await?;
        if view.deputy.is_none() {
            let members = deputies::members(db, team, who.id, now).await?;
            view.members = members.into_iter().map(|one| (one.person, one.called)).collect();
        }
    }
    Ok(view)
}

fn line(one: deputies::Deputy) -> DeputyLine {
    let deputies::Deputy { called, captain_called, since, until, .. } = one;
    DeputyLine { called, captain: captain_called, since, until }
}

/// What the desk says of it: who stands in for the reader, or for whom the reader stands in.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn said(who: &Actor, post: usize) -> Result<Option<String>, AppError> {
    let services = services();
    let (db, now) = (&services.db, services.now());
    let held = who.posts.get(post).filter(|post| post.kind == PostKind::Captain);
    let Some(held) = held else { return Ok(None) };
    let Some(team) = team_of(db, held.reach).await? else { return Ok(None) };
    let Some(found) = deputies::of(db, team, now).await? else { return Ok(None) };
    let l = lang();
    let t = time::day(l, found.until, now);
    Ok(Some(if found.person == who.id.0 {
        let who = found.captain_called.as_str();
        td_string!(l, deputies.you_for, who = who, t = t.as_str()).to_string()
    } else {
        td_string!(l, deputies.for_you, who = found.called.as_str(), t = t.as_str()).to_string()
    }))
}

fn form_of(team: Uuid) -> String {
    format!("deputy {team}")
}

/// The captain names somebody to stand in until they are back.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::ProofFirst`], [`AppError::Refused`].
#[server(endpoint = "deputies/name")]
pub async fn name_deputy(
    /// The team.
    team: Uuid,
    /// Whom, as chosen.
    #[server(default)]
    whom: String,
    /// The day on which the captain is back, as typed.
    #[server(default)]
    back: String,
    /// The number of the post, to go back to.
    #[server(default)]
    post: u32,
) -> Result<(), AppError> {
    let who = fresh_if_set_up().await?;
    kept::keep(&form_of(team), &[("whom", &whom), ("back", &back)]).await?;
    let services = services();
    let now = services.now();
    let mut faults = FormErrors::default();
    let chosen = whom.parse().map(PersonId).map_err(|_| Fault::NotAChoice);
    let chosen = faults.take(Field::Whom, chosen);
    let until = faults.take(Field::BackOn, back_on(&back, now));
    let (Some(chosen), Some(until)) = (chosen, until) else {
        return Err(AppError::Invalid(faults));
    };
    deputies::name(&services.db, TeamId(team), chosen, until, &who, now).await?;
    kept::forget().await?;
    leptos_axum::redirect(&format!("/desk/deputy?post={post}"));
    Ok(())
}

/// Ends it before its day.
///
/// # Errors
/// [`AppError::NotFound`] when nobody stands in, [`AppError::Refused`].
#[server(endpoint = "deputies/end")]
pub async fn end_deputy(
    /// The team.
    team: Uuid,
) -> Result<(), AppError> {
    let who = fresh_if_set_up().await?;
    let services = services();
    let now = services.now();
    let deputy = deputies::of(&services.db, TeamId(team), now).await?;
    deputies::end(&services.db, TeamId(team), &who, now).await?;
    // Whoever stood in may have no desk any more; who is above came from the team's page.
    let own = deputy.is_some_and(|one| [one.captain, one.person].contains(&who.id.0));
    let to = if own { "/me".to_owned() } else { format!("/teams/{team}") };
    leptos_axum::redirect(&to);
    Ok(())
}
