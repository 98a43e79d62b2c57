//! The rules of both trees in one place: what may stand under what, what may be done to it, and what
//! must have gone before it closes (DOMAIN.md §1). A village and its brigade are one: they are added,
//! merged and closed together. Whatever is merged stays in the books, closed, and says into what.

pub mod datum;
pub mod doors;
pub mod naming;
pub mod nearest;
pub mod point;

use crate::{
    Refusal,
    areas::{AreaId, AreaKind},
    people::{Actor, Place, Reach},
    permissions::{Act, Subject, can},
    teams::{TeamId, TeamKind},
};

/// What something of either tree is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Of the tree of areas.
    Area(AreaKind),
    /// Of the tree of teams.
    Team(TeamKind),
}

/// Something of either tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// An area.
    Area(AreaId),
    /// A team.
    Team(TeamId),
}

keyed! {
    /// What can be done to something of either tree.
    pub enum Verb {
        /// A new one stands under another.
        Add = "add",
        /// Another name.
        Rename = "rename",
        /// Under another, with all below it.
        Move = "move",
        /// Into another of its kind: everything follows, it closes and says where it went.
        Merge = "merge",
        /// It has been emptied and is no longer offered.
        Close = "close",
        /// The doors of a circle, and the point around which its ring is drawn.
        Circle = "circle",
    }
}

keyed! {
    /// Why something was moved, merged or closed.
    pub enum Why {
        /// 上级批复: the county or the province decided so.
        Decreed = "decreed",
        /// 区划调整: the boundary runs elsewhere now.
        Boundary = "boundary",
        /// 队伍调整: fewer, more or other people help.
        Regrouped = "regrouped",
        /// 住户搬迁: who lived there has moved.
        Resettled = "resettled",
        /// 录错了: it was entered wrongly.
        Mistake = "mistake",
    }
}

/// A line of the table.
struct Line {
    kind: Kind,
    /// Under what it may stand; nothing for a root.
    under: &'static [Kind],
    /// What may be done to one by itself.
    verbs: &'static [Verb],
}

const CITY: Kind = Kind::Area(AreaKind::City);
const TOWNSHIP: Kind = Kind::Area(AreaKind::Township);
const VILLAGE: Kind = Kind::Area(AreaKind::Village);
const COMMUNITY: Kind = Kind::Area(AreaKind::Community);
const CORPS: Kind = Kind::Team(TeamKind::Corps);
const DETACHMENT: Kind = Kind::Team(TeamKind::Detachment);
const BRANCH: Kind = Kind::Team(TeamKind::Branch);
const BRIGADE: Kind = Kind::Team(TeamKind::Brigade);
const COMPANY: Kind = Kind::Team(TeamKind::Company);
const SQUAD: Kind = Kind::Team(TeamKind::Squad);

const fn line(kind: Kind, under: &'static [Kind], verbs: &'static [Verb]) -> Line {
    Line { kind, under, verbs }
}

/// The table of both trees. Detachments and brigades come and go with their areas.
const TABLE: [Line; 10] = {
    use Verb::{Add, Circle, Close, Merge, Move, Rename};
    [
        line(CITY, &[], &[Rename]),
        line(TOWNSHIP, &[CITY], &[Add, Rename, Merge, Close]),
        line(VILLAGE, &[TOWNSHIP], &[Add, Rename, Move, Merge, Close]),
        line(COMMUNITY, &[TOWNSHIP], &[Add, Rename, Move, Merge, Close]),
        line(CORPS, &[], &[Rename]),
        line(DETACHMENT, &[CORPS], &[Rename]),
        line(BRANCH, &[CORPS], &[Add, Rename, Close]),
        line(BRIGADE, &[DETACHMENT], &[Rename]),
        line(COMPANY, &[BRIGADE], &[Add, Rename, Move, Merge, Close]),
        line(SQUAD, &[COMPANY, BRIGADE], &[Add, Rename, Move, Merge, Close, Circle]),
    ]
};

impl Kind {
    /// Every kind of either tree.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|line| line.kind)
    }

    /// Whether one of this kind may stand under one of `parent`, or without any.
    pub fn may_stand_under(self, parent: Option<Self>) -> bool {
        self.line().is_some_and(|line| match parent {
            Some(parent) => line.under.contains(&parent),
            None => line.under.is_empty(),
        })
    }

    /// Whether this can be done to one of this kind by itself.
    pub fn allows(self, verb: Verb) -> bool {
        self.line().is_some_and(|line| line.verbs.contains(&verb))
    }

    /// The kinds of which a new one may be added under one of this.
    pub fn takes(self) -> impl Iterator<Item = Self> {
        let takes = move |kind: &Self| kind.may_stand_under(Some(self)) && kind.allows(Verb::Add);
        Self::all().filter(takes)
    }

    /// Whether one of this kind may be merged into one of another: a village may become a community.
    pub fn may_merge_into(self, other: Self) -> bool {
        let same = match (self, other) {
            (Self::Area(one), Self::Area(two)) => one.unit() == two.unit(),
            (one, two) => one == two,
        };
        same && self.allows(Verb::Merge) && other.allows(Verb::Merge)
    }

    /// The act that doing this to one of this kind is, for [`can`].
    pub const fn act(self, verb: Verb) -> Act {
        match (self, verb) {
            (Self::Team(TeamKind::Squad), Verb::Circle | Verb::Rename) => Act::KeepCircle,
            (Self::Team(TeamKind::Squad | TeamKind::Company), _) => Act::ArrangeTeams,
            (Self::Area(_) | Self::Team(_), _) => Act::ArrangeAreas,
        }
    }

    fn line(self) -> Option<&'static Line> {
        TABLE.iter().find(|line| line.kind == self)
    }
}

/// Something of either tree, as the rules see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// Which.
    pub key: Key,
    /// What it is.
    pub kind: Kind,
    /// What it stands under; none for a root.
    pub parent: Option<Key>,
    /// What a post over it reaches.
    pub reach: Reach,
    /// Where it stands.
    pub at: Place,
    /// Neither merged nor closed.
    pub open: bool,
}

impl Node {
    /// Whether somebody may do this to it, or, for [`Verb::Add`], under it.
    ///
    /// # Errors
    /// [`Refusal::NotForYou`], [`Refusal::OutOfReach`].
    pub fn may_be_changed_by(&self, who: &Actor, act: Act) -> Result<(), Refusal> {
        let over = Subject::Over { reach: self.reach, at: &self.at };
        can(Some(who), act, over).map_err(Refusal::from)
    }

    /// Whether something new of this kind may stand under it.
    ///
    /// # Errors
    /// [`Refusal::GoneAlready`], [`Refusal::NotThere`].
    pub fn takes(&self, kind: Kind) -> Result<(), Refusal> {
        self.stands()?;
        if self.kind.takes().any(|one| one == kind) { Ok(()) } else { Err(Refusal::NotThere) }
    }

    /// Whether it may move under `to`. Teams stay in their village.
    ///
    /// # Errors
    /// [`Refusal::GoneAlready`], [`Refusal::NotThere`].
    pub fn may_move_under(&self, to: &Self) -> Result<(), Refusal> {
        self.stands()?;
        to.stands()?;
        let fits = self.kind.allows(Verb::Move)
            && self.kind.may_stand_under(Some(to.kind))
            && self.parent != Some(to.key)
            && self.stays_in_its_village(to);
        if fits { Ok(()) } else { Err(Refusal::NotThere) }
    }

    /// Whether it may be merged into `into`. Teams only into one of the same village.
    ///
    /// # Errors
    /// [`Refusal::GoneAlready`], [`Refusal::NotThere`].
    pub fn may_merge_into(&self, into: &Self) -> Result<(), Refusal> {
        self.stands()?;
        into.stands()?;
        let fits = self.key != into.key
            && self.kind.may_merge_into(into.kind)
            && self.stays_in_its_village(into);
        if fits { Ok(()) } else { Err(Refusal::NotThere) }
    }

    /// Whether it may close, with what is still there.
    ///
    /// # Errors
    /// [`Refusal::GoneAlready`], [`Refusal::NotThere`], [`Refusal::StillInUse`].
    pub fn may_close(&self, held: &Held) -> Result<(), Refusal> {
        self.stands()?;
        if !self.kind.allows(Verb::Close) {
            return Err(Refusal::NotThere);
        }
        if held.is_empty() { Ok(()) } else { Err(Refusal::StillInUse) }
    }

    /// Whether it is still there.
    ///
    /// # Errors
    /// [`Refusal::GoneAlready`].
    pub const fn stands(&self) -> Result<(), Refusal> {
        if self.open { Ok(()) } else { Err(Refusal::GoneAlready) }
    }

    fn stays_in_its_village(&self, other: &Self) -> bool {
        matches!(self.kind, Kind::Area(_)) || self.at.village == other.at.village
    }
}

/// What still stands on something: it goes elsewhere before that closes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Areas below.
    pub areas: i64,
    /// Teams below; an area's own brigade or detachment closes with it.
    pub teams: i64,
    /// Doors of a circle.
    pub doors: i64,
    /// People who live or serve there.
    pub people: i64,
    /// Requests. Of teams those that run: ended ones go up to the team above. Of areas all: a place
    /// with a history is merged, so that its history has a place.
    pub requests: i64,
}

impl Held {
    /// Nothing is in the way.
    pub const fn is_empty(&self) -> bool {
        matches!(self, Self { areas: 0, teams: 0, doors: 0, people: 0, requests: 0 })
    }
}

#[cfg(test)]
mod tests;
