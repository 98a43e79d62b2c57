//! The server functions that read the organisation: identify, delegate, translate.

use super::api::{
    AreaLine, AreaView, Counts, DoorLine, DoorView, EventLine, LeadLine, LeadsView, TeamLine,
    TeamView,
};
use crate::{
    error::AppError,
    kept,
    session::{may, services},
};
use domain::{
    areas::{AreaId, AreaKind, RENQIU},
    organisation::{Kind, Node, Verb, Why, point},
    people::Actor,
    permissions::{Act, Subject},
    teams::{TeamId, TeamKind},
};
use leptos::prelude::*;
use store::organisation::{doors::Door as DoorRow, events::Event, leads, reading, scale::Scale};
use uuid::Uuid;

/// As many teams stand on one page.
const PAGE: i64 = 50;

/// One area with what is right below it; without a code the city.
///
/// # Errors
/// [`AppError::NotAllowed`] without a post, [`AppError::NotFound`] for no such area.
#[server(endpoint = "organisation/area")]
pub async fn area(
    /// Its code.
    id: String,
) -> Result<AreaView, AppError> {
    let who = may(Act::SeeOrganisation, Subject::House).await?;
    let id = parsed(&id)?;
    let services = services();
    let now = services.now();
    let sheet = reading::area(&services.db, id, now).await?;
    let Kind::Area(kind) = sheet.area.node.kind else { return Err(AppError::NotFound) };
    let keeps = allowed(&sheet.area.node, &who, Act::KeepCircle);
    let own = sheet.team.as_ref().map(|_| own_team(kind));
    Ok(AreaView {
        now,
        id: id.0,
        kind,
        open: sheet.area.node.open,
        verbs: verbs(&sheet.area.node, &who),
        adds: adds(&sheet.area.node, sheet.area.node.kind, &who)
            .filter_map(|kind| match kind {
                Kind::Area(kind) => Some(kind),
                Kind::Team(_) => None,
            })
            .collect(),
        adds_teams: own
            .map(|own| team_kinds(adds(&sheet.area.node, Kind::Team(own), &who)))
            .unwrap_or_default(),
        above: sheet.above.map(|(id, name)| (id.0, name)),
        survivor: sheet.survivor.map(|(id, name)| (id.0, name)),
        team: sheet.team.map(|(id, name, captain)| (id.0, name, captain)),
        staff: sheet.staff,
        areas: sheet.below.into_iter().map(area_line).collect::<Result<_, _>>()?,
        teams: sheet.teams.into_iter().map(team_line).collect::<Result<_, _>>()?,
        counts: counts(sheet.scale),
        without: sheet.without.0,
        without_some: if keeps { sheet.without.1 } else { vec![] },
        events: sheet.events.into_iter().map(event_line).collect(),
        name: sheet.area.name,
    })
}

/// One team with what is right below it.
///
/// # Errors
/// [`AppError::NotAllowed`] without a post, [`AppError::NotFound`] for no such team.
#[server(endpoint = "organisation/team")]
pub async fn team(
    /// Its key.
    id: String,
) -> Result<TeamView, AppError> {
    let who = may(Act::SeeOrganisation, Subject::House).await?;
    let id: Uuid = id.parse().map_err(|_| AppError::NotFound)?;
    let services = services();
    let now = services.now();
    let sheet = reading::team(&services.db, TeamId(id), now).await?;
    let node = sheet.team.node;
    let Kind::Team(kind) = node.kind else { return Err(AppError::NotFound) };
    let point = sheet.point.map(degrees);
    Ok(TeamView {
        now,
        id,
        kind,
        open: node.open,
        area: (sheet.team.area.0, sheet.area),
        above: sheet.above.map(|(id, name)| (id.0, name)),
        survivor: sheet.survivor.map(|(id, name)| (id.0, name)),
        captain: sheet.captain,
        below: sheet.below.into_iter().map(team_line).collect::<Result<_, _>>()?,
        doors: sheet.doors.into_iter().map(door_line).collect(),
        point,
        counts: counts(sheet.scale),
        events: sheet.events.into_iter().map(event_line).collect(),
        verbs: verbs(&node, &who),
        adds: team_kinds(adds(&node, node.kind, &who)),
        typed: kept::typed(&format!("circle:{id}")).await?,
        name: sheet.team.name,
    })
}

/// Who leads what in an area.
///
/// # Errors
/// [`AppError::NotAllowed`] without a post, [`AppError::NotFound`] for no such area.
#[server(endpoint = "organisation/leads")]
pub async fn who_leads(
    /// Its code; nothing for the city.
    area: String,
    /// A part of a team's name.
    name: String,
    /// `vacant`: only teams without a captain.
    only: String,
    /// The page, from 0.
    page: String,
) -> Result<LeadsView, AppError> {
    may(Act::SeeOrganisation, Subject::House).await?;
    let id = parsed(&area)?;
    let services = services();
    let now = services.now();
    let named = store::areas::name(&services.db, id).await?;
    let page = page.parse::<i64>().unwrap_or_default().clamp(0, 10_000);
    let name: String = name.trim().chars().take(30).filter(|one| !one.is_control()).collect();
    let wanted = leads::Wanted { vacant: only == "vacant", name, skip: page * PAGE, most: PAGE };
    let (all, found) = leads::leads(&services.db, id, &wanted, now).await?;
    let line = |one: leads::Lead| LeadLine {
        id: one.id,
        name: one.name,
        captain: one.captain,
        since: one.since,
    };
    Ok(LeadsView {
        now,
        area: (id.0, named),
        all,
        page,
        last: (all - 1).max(0) / PAGE,
        leads: found.into_iter().map(line).collect(),
    })
}

/// One door, for who keeps its circle.
///
/// # Errors
/// [`AppError::NotAllowed`], [`AppError::NotFound`].
#[server(endpoint = "organisation/door")]
pub async fn door(
    /// Its key.
    id: String,
) -> Result<DoorView, AppError> {
    let who = may(Act::SeeOrganisation, Subject::House).await?;
    let id: Uuid = id.parse().map_err(|_| AppError::NotFound)?;
    let db = services().db;
    let (door, circle) = reading::door(&db, id).await?;
    if !allowed(&circle.node, &who, Act::KeepCircle) {
        return Err(AppError::NotAllowed);
    }
    let mut others = reading::teams_in(&db, circle.area, &[TeamKind::Squad]).await?;
    others.retain(|(squad, _)| *squad != door.squad);
    Ok(DoorView {
        circle: (door.squad, circle.name),
        others,
        typed: kept::typed(&format!("door:{id}")).await?,
        door: door_line(door),
    })
}

/// The area of this code; without one the city.
pub(super) fn parsed(code: &str) -> Result<AreaId, AppError> {
    match code {
        "" => Ok(RENQIU),
        code => code.parse().map(AreaId).map_err(|_| AppError::NotFound),
    }
}

/// Whether the reader may do this act over something.
pub(super) fn allowed(node: &Node, who: &Actor, act: Act) -> bool {
    node.may_be_changed_by(who, act).is_ok()
}

/// What the reader may do to something that is still there.
fn verbs(node: &Node, who: &Actor) -> Vec<Verb> {
    let may = |verb: &Verb| {
        *verb != Verb::Add
            && node.open
            && node.kind.allows(*verb)
            && allowed(node, who, node.kind.act(*verb))
    };
    Verb::ALL.iter().copied().filter(may).collect()
}

/// What the reader may add under something of this kind that stands here.
fn adds<'a>(node: &'a Node, under: Kind, who: &'a Actor) -> impl Iterator<Item = Kind> + 'a {
    under.takes().filter(move |kind| node.open && allowed(node, who, kind.act(Verb::Add)))
}

fn team_kinds(kinds: impl Iterator<Item = Kind>) -> Vec<TeamKind> {
    let team = |kind| match kind {
        Kind::Team(kind) => Some(kind),
        Kind::Area(_) => None,
    };
    kinds.filter_map(team).collect()
}

/// The kind of the team that comes and goes with an area.
const fn own_team(kind: AreaKind) -> TeamKind {
    match kind {
        AreaKind::City => TeamKind::Corps,
        AreaKind::Township => TeamKind::Detachment,
        AreaKind::Village | AreaKind::Community => TeamKind::Brigade,
    }
}

fn area_line(one: reading::AreaBelow) -> Result<AreaLine, AppError> {
    let kind = AreaKind::from_key(&one.kind).ok_or(AppError::Broken)?;
    let reading::AreaBelow { id, name, areas, teams, vacant, .. } = one;
    Ok(AreaLine { id, kind, name, areas, teams, vacant })
}

fn team_line(one: reading::TeamBelow) -> Result<TeamLine, AppError> {
    let kind = TeamKind::from_key(&one.kind).ok_or(AppError::Broken)?;
    let reading::TeamBelow { id, name, captain, teams, doors, .. } = one;
    Ok(TeamLine { id, kind, name, captain, teams, doors })
}

fn door_line(one: DoorRow) -> DoorLine {
    let point = one.point().map(degrees);
    DoorLine { id: one.id, position: one.position, label: one.label, people: one.people, point }
}

pub(super) const fn counts(scale: Scale) -> Counts {
    let Scale { areas, teams, doors, people, running, ended, posts } = scale;
    Counts { areas, teams, doors, people, running, ended, posts }
}

/// A point as it is typed.
fn degrees(at: point::Point) -> (String, String) {
    (point::degrees(at.lat_e7), point::degrees(at.lon_e7))
}

fn event_line(one: Event) -> EventLine {
    EventLine {
        at: one.at,
        who: one.who,
        what: one.what,
        name: one.name,
        went: one.went,
        detail: one.detail,
        why: one.reason.as_deref().and_then(Why::from_key),
        note: one.note,
    }
}
