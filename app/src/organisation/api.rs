//! What the pages of the organisation show.

use crate::kept::Fields;
use domain::{
    Millis,
    areas::AreaKind,
    organisation::{Verb, Why},
    teams::TeamKind,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An area below another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaLine {
    /// Its code.
    pub id: i64,
    /// What it is.
    pub kind: AreaKind,
    /// Its name.
    pub name: String,
    /// Areas below.
    pub areas: i64,
    /// Teams of it and below.
    pub teams: i64,
    /// Those of them without a captain.
    pub vacant: i64,
}

/// A team below another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamLine {
    /// Its key.
    pub id: Uuid,
    /// What it is.
    pub kind: TeamKind,
    /// Its name.
    pub name: String,
    /// The captain's surname.
    pub captain: Option<String>,
    /// Teams below.
    pub teams: i64,
    /// Doors of its own.
    pub doors: i64,
}

/// How much is in something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Areas.
    pub areas: i64,
    /// Teams.
    pub teams: i64,
    /// Doors.
    pub doors: i64,
    /// People.
    pub people: i64,
    /// Requests that run.
    pub running: i64,
    /// Requests that ended.
    pub ended: i64,
    /// Posts that would end.
    pub posts: i64,
}

impl Counts {
    /// Nothing is in it.
    pub const fn is_nothing(&self) -> bool {
        self.areas + self.teams + self.doors + self.people + self.running + self.ended == 0
    }
}

/// A line of its history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventLine {
    /// When.
    pub at: Millis,
    /// Who.
    pub who: String,
    /// What: a key of the books.
    pub what: String,
    /// To what.
    pub name: Option<String>,
    /// Where it went.
    pub went: Option<String>,
    /// The name before, the doors.
    pub detail: Option<String>,
    /// Why.
    pub why: Option<Why>,
    /// Words beside it.
    pub note: Option<String>,
}

/// An area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaView {
    /// The present moment.
    pub now: Millis,
    /// Its code.
    pub id: i64,
    /// What it is.
    pub kind: AreaKind,
    /// Its name.
    pub name: String,
    /// Neither merged nor closed.
    pub open: bool,
    /// The area above.
    pub above: Option<(i64, String)>,
    /// What it was merged into.
    pub survivor: Option<(i64, String)>,
    /// Its own team, with the captain's surname.
    pub team: Option<(Uuid, String, Option<String>)>,
    /// Who works for its unit.
    pub staff: Vec<String>,
    /// Areas below.
    pub areas: Vec<AreaLine>,
    /// Of a village: the teams under its brigade.
    pub teams: Vec<TeamLine>,
    /// How much is in it.
    pub counts: Counts,
    /// People without a circle.
    pub without: i64,
    /// Some of them; only for who keeps the circles there.
    pub without_some: Vec<String>,
    /// Its history.
    pub events: Vec<EventLine>,
    /// What the reader may do to it.
    pub verbs: Vec<Verb>,
    /// What they may add under it.
    pub adds: Vec<AreaKind>,
    /// What they may add under its own team.
    pub adds_teams: Vec<TeamKind>,
}

/// A door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoorLine {
    /// Its key.
    pub id: Uuid,
    /// Its place along the lane.
    pub position: i64,
    /// What it is called.
    pub label: String,
    /// Accounts that live there.
    pub people: i64,
    /// Degrees north and east of where it stands.
    pub point: Option<(String, String)>,
}

/// A team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamView {
    /// The present moment.
    pub now: Millis,
    /// Its key.
    pub id: Uuid,
    /// What it is.
    pub kind: TeamKind,
    /// Its name.
    pub name: String,
    /// Neither merged nor closed.
    pub open: bool,
    /// The area that it serves.
    pub area: (i64, String),
    /// The team above.
    pub above: Option<(Uuid, String)>,
    /// What it was merged into.
    pub survivor: Option<(Uuid, String)>,
    /// The captain's surname.
    pub captain: Option<String>,
    /// Teams below.
    pub below: Vec<TeamLine>,
    /// Of a circle: its doors.
    pub doors: Vec<DoorLine>,
    /// Of a circle: degrees north and east.
    pub point: Option<(String, String)>,
    /// How much is in it.
    pub counts: Counts,
    /// Its history.
    pub events: Vec<EventLine>,
    /// What the reader may do to it.
    pub verbs: Vec<Verb>,
    /// What they may add under it.
    pub adds: Vec<TeamKind>,
    /// What was typed into the form of the doors or of the point.
    pub typed: Fields,
}

/// A team with who leads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadLine {
    /// Its key.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// The captain's surname; none while the post is vacant.
    pub captain: Option<String>,
    /// Since when.
    pub since: Option<Millis>,
}

/// Who leads what in an area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadsView {
    /// The present moment.
    pub now: Millis,
    /// The area.
    pub area: (i64, String),
    /// How many there are.
    pub all: i64,
    /// This page, from 0.
    pub page: i64,
    /// The last page.
    pub last: i64,
    /// Those of this page.
    pub leads: Vec<LeadLine>,
}

/// A change before it is confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeView {
    /// What is to be done.
    pub verb: Verb,
    /// An area or a team, by its key.
    pub of: String,
    /// Its name.
    pub name: String,
    /// An area, or else a team.
    pub is_area: bool,
    /// Where it may go, or what may be added: keys and names.
    pub choices: Vec<(String, String)>,
    /// Townships in which a village to merge into may be looked for.
    pub elsewhere: Vec<(i64, String)>,
    /// Where it is to go.
    pub chosen: Option<(String, String)>,
    /// How much follows.
    pub counts: Counts,
    /// What is in the way of closing it.
    pub held: Counts,
    /// It could be merged into another instead.
    pub may_merge: bool,
    /// The reader's second proof is fresh enough.
    pub fresh: bool,
    /// What was typed before.
    pub typed: Fields,
}

/// A door to be changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoorView {
    /// The door.
    pub door: DoorLine,
    /// The circle that it is of.
    pub circle: (Uuid, String),
    /// The other circles of the village.
    pub others: Vec<(Uuid, String)>,
    /// What was typed before.
    pub typed: Fields,
}
