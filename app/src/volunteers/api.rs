//! The server functions that read volunteers: identify, delegate, cut to what the reader may know.

use super::{draft, moves::decision_form};
use crate::{
    error::AppError,
    kept::{self, Fields},
    session::{self, may, place_name, services, signed_in},
};
use domain::{
    Millis,
    people::{Actor, PersonId},
    permissions::{Act, Subject},
    teams::TeamId,
    volunteers::{
        Move, Standing,
        form::Draft,
        profile::{Guardian, Profile},
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use store::volunteers::{Event, reading};
use uuid::Uuid;

/// So many stand on one page.
pub const PAGE: i64 = 30;

/// A team of a volunteer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfTeam {
    /// Its key.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// How they stand to it.
    pub standing: Standing,
    /// Since when.
    pub since: Millis,
    /// The key of the typed reason.
    pub reason: Option<String>,
    /// A word beside it.
    pub note: Option<String>,
}

/// A line of history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventLine {
    /// When.
    pub at: Millis,
    /// The key of the move; `look` for a look.
    pub mv: String,
    /// The team, in words.
    pub team: Option<String>,
    /// Surname and title.
    pub who: String,
    /// The key of the typed reason.
    pub reason: Option<String>,
}

/// What a volunteer sees of themselves, and what can be typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnView {
    /// The present moment.
    pub now: Millis,
    /// Has a name and a home: nobody registers without.
    pub settled: bool,
    /// Applies or is a member somewhere.
    pub registered: bool,
    /// Their number, once given.
    pub number: Option<String>,
    /// Their teams.
    pub teams: Vec<OfTeam>,
    /// Teams that they could join: around their home, or where they chose to look.
    pub near: Vec<(Uuid, String)>,
    /// The branches of city units.
    pub branches: Vec<(Uuid, String)>,
    /// Takes nothing on for now.
    pub paused: bool,
    /// When the pause ends, if they said so.
    pub back: Option<Millis>,
    /// What they have said.
    pub profile: Profile,
    /// The form: as typed, else as it is known.
    pub draft: Draft,
    /// What happened, the newest first.
    pub events: Vec<EventLine>,
}

/// What the reader's own page of a volunteer needs.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(endpoint = "volunteers/me")]
pub async fn my_volunteering() -> Result<OwnView, AppError> {
    let who = signed_in().await?;
    let services = services();
    let now = services.now();
    let own = reading::own(&services.db, who.id, now).await?;
    let teams: Vec<_> = own.teams.into_iter().map(of_team).collect();
    let known = own.known.unwrap_or_default();
    let typed = draft::kept().await?;
    let guardian = known.guardian.map(|(guardian, _)| guardian);
    let draft = typed.unwrap_or_else(|| Draft::of(&known.profile, known.born, guardian.as_ref()));
    Ok(OwnView {
        now,
        settled: who.home.is_some() && who.has_a_name().is_ok(),
        registered: teams.iter().any(|team| team.standing.is_running()),
        number: own.number,
        near: near(&who).await?,
        branches: joinable(reading::branches(&services.db).await?),
        paused: teams.iter().any(|team| team.standing == Standing::Paused),
        back: known.paused.and_then(|(_, until)| until),
        profile: known.profile,
        draft,
        events: own.events.into_iter().map(line).collect(),
        teams,
    })
}

/// The teams around the reader's home, then those around where they chose to look.
async fn near(who: &Actor) -> Result<Vec<(Uuid, String)>, AppError> {
    let db = services().db;
    let mut found = vec![];
    for place in [who.home, session::looked_at().await?].into_iter().flatten() {
        for team in joinable(reading::teams_over(&db, &place).await?) {
            if !found.contains(&team) {
                found.push(team);
            }
        }
    }
    Ok(found)
}

fn joinable(teams: Vec<reading::Joinable>) -> Vec<(Uuid, String)> {
    teams.into_iter().map(|team| (team.id, team.name)).collect()
}

fn of_team(team: reading::OfTeam) -> OfTeam {
    let reading::OfTeam { team: id, name, standing, since, decided, reason, note } = team;
    OfTeam { id: id.0, name, standing, since: decided.unwrap_or(since), reason, note }
}

fn line(event: Event) -> EventLine {
    let Event { at, mv, team, who, reason, .. } = event;
    EventLine { at, mv, team, who, reason }
}

/// How many wait for the reader.
///
/// # Errors
/// [`AppError::SignInFirst`], [`AppError::NotAllowed`] without a post.
#[server(endpoint = "volunteers/count")]
pub async fn how_many_wait() -> Result<i64, AppError> {
    let who = may(Act::ReadDesk, Subject::House).await?;
    let db = services().db;
    // The widest post reaches over the others of most people; nobody counts twice.
    let widest = who.posts.iter().min_by_key(|post| post.reach.rank());
    match widest {
        Some(post) => Ok(reading::how_many_wait(&db, post.reach).await?),
        None => Ok(0),
    }
}

/// Somebody who waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingLine {
    /// Who.
    pub person: Uuid,
    /// Surname and title.
    pub called: String,
    /// The team.
    pub team: Uuid,
    /// Its name.
    pub name: String,
    /// Since when.
    pub since: Millis,
}

/// Those who wait for the reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingView {
    /// The present moment.
    pub now: Millis,
    /// The longest waiting first.
    pub lines: Vec<WaitingLine>,
    /// There are more.
    pub more: bool,
}

/// Those who wait within the reader's reach, the longest first.
///
/// # Errors
/// [`AppError::SignInFirst`], [`AppError::NotAllowed`] without a post.
#[server(endpoint = "volunteers/waiting")]
pub async fn waiting_volunteers() -> Result<WaitingView, AppError> {
    let who = may(Act::ReadDesk, Subject::House).await?;
    let services = services();
    let mut lines: Vec<WaitingLine> = vec![];
    for post in &who.posts {
        for one in reading::waiting(&services.db, post.reach, PAGE + 1).await? {
            let known = lines.iter().any(|line| (line.person, line.team) == (one.person, one.team));
            if !known {
                let reading::Waiting { person, called, team, name, since } = one;
                lines.push(WaitingLine { person, called, team, name, since });
            }
        }
    }
    lines.sort_by_key(|line| line.since);
    let most = usize::try_from(PAGE).unwrap_or_default();
    let more = lines.len() > most;
    lines.truncate(most);
    Ok(WaitingView { now: services.now(), lines, more })
}

/// A member of a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberLine {
    /// Who.
    pub person: Uuid,
    /// Surname and title.
    pub called: String,
    /// The number.
    pub number: Option<String>,
    /// Takes nothing on for now.
    pub paused: bool,
    /// Not yet eighteen.
    pub minor: bool,
}

/// A page of a team's members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembersView {
    /// The team.
    pub team: Uuid,
    /// Its name.
    pub name: String,
    /// All of them.
    pub all: i64,
    /// These.
    pub lines: Vec<MemberLine>,
    /// After whom the next page begins.
    pub next: Option<Uuid>,
}

/// The members of a team, page by page.
///
/// # Errors
/// [`AppError::NotAllowed`] out of reach, [`AppError::NotFound`].
#[server(endpoint = "volunteers/members")]
pub async fn members_of(
    /// The team's key.
    team: String,
    /// The key after which the page begins; the first page without.
    after: String,
) -> Result<MembersView, AppError> {
    let who = may(Act::ReadDesk, Subject::House).await?;
    let id: Uuid = team.parse().map_err(|_| AppError::NotFound)?;
    let services = services();
    let (db, now) = (&services.db, services.now());
    let found = reading::members(db, TeamId(id), after.parse().ok(), PAGE + 1, &who, now).await;
    let (mut found, all) = found.map_err(not_theirs)?;
    let most = usize::try_from(PAGE).unwrap_or_default();
    let more = found.len() > most;
    found.truncate(most);
    let lines: Vec<_> = found
        .into_iter()
        .map(|one| MemberLine {
            person: one.person,
            minor: one.is_minor(now),
            called: one.called,
            number: one.number,
            paused: one.paused,
        })
        .collect();
    let next = lines.last().map(|line| line.person).filter(|_| more);
    let name = store::areas::team_name(db, TeamId(id)).await?;
    Ok(MembersView { team: id, name, all, lines, next })
}

/// Whoever does not reach a team is told so by the page, not by a form.
fn not_theirs(error: store::StoreError) -> AppError {
    match error {
        store::StoreError::Refused(_) => AppError::NotAllowed,
        other => other.into(),
    }
}

/// A volunteer as those in charge see them: no birth date, only what it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetView {
    /// The present moment.
    pub now: Millis,
    /// Who.
    pub person: Uuid,
    /// Surname and title.
    pub called: String,
    /// Eleven digits.
    pub phone: Option<String>,
    /// Where they live, in words.
    pub home: Option<String>,
    /// The number.
    pub number: Option<String>,
    /// The team.
    pub team: Uuid,
    /// Its name.
    pub name: String,
    /// How they stand to it.
    pub standing: Standing,
    /// Since when.
    pub since: Millis,
    /// What the reader may do now.
    pub moves: Vec<Move>,
    /// Not yet eighteen; none when the books do not say.
    pub minor: Option<bool>,
    /// Who agreed for a child, and when that was recorded.
    pub guardian: Option<(Guardian, Millis)>,
    /// What they have said.
    pub profile: Profile,
    /// Whether they are insured today; none without a policy.
    pub insured: Option<bool>,
    /// All their teams.
    pub teams: Vec<OfTeam>,
    /// What happened, the newest first.
    pub events: Vec<EventLine>,
    /// The reason and the word that were typed before.
    pub typed: Fields,
}

/// One who waits for a team, or is a member of it. The look is written down.
///
/// # Errors
/// [`AppError::NotAllowed`] out of reach, [`AppError::NotFound`].
#[server(endpoint = "volunteers/read")]
pub async fn volunteer(
    /// The team's key.
    team: String,
    /// The person's key.
    person: String,
) -> Result<SheetView, AppError> {
    let who = may(Act::ReadDesk, Subject::House).await?;
    let key = |text: String| text.parse::<Uuid>().map_err(|_| AppError::NotFound);
    let (team, person) = (key(team)?, key(person)?);
    let services = services();
    let now = services.now();
    let seen = reading::sheet(&services.db, PersonId(person), TeamId(team), &who, now).await;
    let seen = seen.map_err(not_theirs)?;
    let home = match &seen.home {
        Some(home) => Some(place_name(home).await?),
        None => None,
    };
    let today = domain::dates::Day::of(now);
    let account = seen.account;
    Ok(SheetView {
        now,
        person,
        called: format!("{}{}", account.surname, account.title),
        phone: account.phone,
        home,
        number: account.volunteer_no,
        team,
        name: seen.team,
        standing: seen.standing,
        since: seen.since,
        moves: seen.moves,
        minor: seen.age.map(|age| age.is_minor()),
        guardian: seen.known.guardian,
        insured: seen.known.profile.insurance.as_ref().map(|policy| policy.covers(today)),
        profile: seen.known.profile,
        teams: seen.teams.into_iter().map(of_team).collect(),
        events: seen.events.into_iter().map(line).collect(),
        typed: kept::typed(&decision_form(team, person)).await?,
    })
}
