//! The server functions of teams: identify, delegate, translate.

use crate::{
    error::AppError,
    kept,
    session::{self, may, services},
};
use domain::{
    Millis,
    forms::{self, Field, FormErrors},
    permissions::{Act, Subject, can},
    posts::Seat,
    teams::{TeamId, TeamKind},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use store::posts::deputies;
use uuid::Uuid;

/// A team that can be opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamLine {
    /// Its key.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// The captain's surname; none while the post is vacant.
    pub captain: Option<String>,
}

/// A captain's term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermLine {
    /// Surname and title.
    pub called: String,
    /// From when.
    pub since: Millis,
    /// Until when; none while it lasts.
    pub until: Option<Millis>,
    /// Who gave it.
    pub given_by: Option<String>,
    /// For whom they stand in.
    pub deputy_for: Option<String>,
}

/// A team as the reader may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamView {
    /// The present moment.
    pub now: Millis,
    /// Its key.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// The team above it, when the reader may see that too.
    pub above: Option<(Uuid, String)>,
    /// Every term, the newest first.
    pub terms: Vec<TermLine>,
    /// Who leads it now is the first of `terms`.
    pub is_led: bool,
    /// The teams below it.
    pub below: Vec<TeamLine>,
    /// The reader may hand it over.
    pub may_appoint: bool,
    /// The reader is above and may end that somebody stands in for the captain.
    pub may_end_deputy: bool,
    /// The reader keeps the door cards of this circle.
    pub keeps_cards: bool,
    /// The phone that was typed before.
    pub typed: String,
}

/// The teams that the reader's posts are over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamsView {
    /// The teams.
    pub lines: Vec<TeamLine>,
    /// The reader brings lists in, or takes them out.
    pub lists: bool,
}

/// The teams that the reader's posts are over.
///
/// # Errors
/// [`AppError::SignInFirst`], [`AppError::NotAllowed`] without a post.
#[server(endpoint = "teams/mine")]
pub async fn my_teams() -> Result<TeamsView, AppError> {
    let who = may(Act::ReadDesk, Subject::House).await?;
    let lists = can(Some(&who), Act::Export, Subject::House).is_ok();
    let db = services().db;
    let mut lines = vec![];
    for post in who.posts {
        if let Some(team) = store::posts::team_of(&db, post.reach).await? {
            let name = store::areas::team_name(&db, team).await?;
            lines.push(TeamLine { id: team.0, name, captain: None });
        }
    }
    Ok(TeamsView { lines, lists })
}

/// One team.
///
/// # Errors
/// [`AppError::NotAllowed`] out of reach, [`AppError::NotFound`] for no such team.
#[server(endpoint = "teams/read")]
pub async fn team(
    /// Its key.
    id: String,
) -> Result<TeamView, AppError> {
    let id: Uuid = id.parse().map_err(|_| AppError::NotFound)?;
    let who = may(Act::ReadDesk, Subject::House).await?;
    let services = services();
    let now = services.now();
    let sheet = store::posts::sheet(&services.db, TeamId(id), now).await?;
    let over = Subject::Over { reach: sheet.reach, at: &sheet.at };
    can(Some(&who), Act::SeeTeam, over).map_err(|_| AppError::NotAllowed)?;
    let seat = Seat { reach: sheet.reach, at: &sheet.at };
    let deputy = deputies::of(&services.db, TeamId(id), now).await?;
    // The captain and who stands in have a page of their own for it.
    let may_end_deputy = deputy.is_some() && seat.may_be_given_by(&who).is_ok();
    let terms: Vec<_> = sheet
        .terms
        .into_iter()
        .map(|term| TermLine {
            called: term.called,
            since: term.since,
            until: term.until,
            given_by: term.given_by,
            deputy_for: term.deputy_for,
        })
        .collect();
    Ok(TeamView {
        now,
        id,
        name: sheet.name,
        above: sheet.above.map(|(above, name)| (above.0, name)),
        is_led: terms.first().is_some_and(|term| {
            term.deputy_for.is_none() && term.until.is_none_or(|until| until > now)
        }),
        terms,
        below: sheet
            .below
            .into_iter()
            .map(|one| TeamLine { id: one.id, name: one.name, captain: one.captain })
            .collect(),
        may_end_deputy,
        may_appoint: can(Some(&who), Act::Appoint, over).is_ok(),
        keeps_cards: sheet.kind == TeamKind::Squad && can(Some(&who), Act::KeepCards, over).is_ok(),
        typed: kept::typed(&hand_over_form(id)).await?.remove("phone").unwrap_or_default(),
    })
}

/// The form in which a team is handed over.
fn hand_over_form(team: Uuid) -> String {
    format!("hand_over:{team}")
}

/// Hands the team over to whoever has this phone.
///
/// # Errors
/// [`AppError::ProofFirst`], [`AppError::Invalid`] for a wrong number, [`AppError::Refused`].
#[server(endpoint = "teams/hand_over")]
pub async fn hand_over(
    /// The team's key.
    team: Uuid,
    /// The phone as it was typed.
    phone: String,
) -> Result<(), AppError> {
    let who = session::fresh().await?;
    kept::keep(&hand_over_form(team), &[("phone", &phone)]).await?;
    let mut faults = FormErrors::default();
    let Some(phone) = faults.take(Field::Phone, forms::phone(&phone)) else {
        return Err(AppError::Invalid(faults));
    };
    let services = services();
    store::posts::hand_over(&services.db, TeamId(team), &phone, &who, services.now()).await?;
    kept::forget().await
}

/// Ends the captain's term without a follower.
///
/// # Errors
/// [`AppError::Refused`].
#[server(endpoint = "teams/vacate")]
pub async fn vacate_team(
    /// The team's key.
    team: Uuid,
) -> Result<(), AppError> {
    let who = session::fresh().await?;
    let services = services();
    Ok(store::posts::vacate(&services.db, TeamId(team), &who, services.now()).await?)
}
