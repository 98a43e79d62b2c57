//! The tree of teams: corps → detachment → brigade → company → squad, and city units' branches
//! beside them (DOMAIN.md §1).

use crate::organisation::Kind;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A team 队伍.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TeamId(pub Uuid);

keyed! {
    /// What a team is. A second tree of kinds, not a fixed ladder.
    pub enum TeamKind {
        /// 总队, of the city.
        Corps = "corps",
        /// 支队, of a township.
        Detachment = "detachment",
        /// 分队, of a city unit.
        Branch = "branch",
        /// 大队, of a village.
        Brigade = "brigade",
        /// 中队, of a lane.
        Company = "company",
        /// 小队, of one circle.
        Squad = "squad",
    }
}

impl TeamKind {
    /// Whether a team of this kind may stand under one of `parent`: see the table of `organisation`.
    pub fn may_stand_under(self, parent: Option<Self>) -> bool {
        Kind::Team(self).may_stand_under(parent.map(Kind::Team))
    }

    /// Whether volunteers are members of it themselves: the corps is made of its teams.
    pub const fn takes_volunteers(self) -> bool {
        match self {
            Self::Detachment | Self::Branch | Self::Brigade | Self::Company | Self::Squad => true,
            Self::Corps => false,
        }
    }

    /// The kind whose captain hears when a captain of this kind is late (DOMAIN.md §2).
    pub const fn above(self) -> Option<Self> {
        match self {
            Self::Squad => Some(Self::Company),
            Self::Company => Some(Self::Brigade),
            Self::Brigade => Some(Self::Detachment),
            Self::Detachment | Self::Branch => Some(Self::Corps),
            Self::Corps => None,
        }
    }
}

/// One team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// Its key.
    pub id: TeamId,
    /// What it is.
    pub kind: TeamKind,
    /// The team above it; none for the corps.
    pub parent: Option<TeamId>,
    /// The area it serves.
    pub area: crate::areas::AreaId,
    /// Its number among its siblings (3 小队), or 0 where it has a name only.
    pub number: i32,
    /// Its name: 柿庄中村大队.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_books_name_every_kind_once() {
        for &kind in TeamKind::ALL {
            assert_eq!(TeamKind::from_key(kind.key()), Some(kind));
        }
        assert_eq!(TeamKind::from_key("platoon"), None);
    }

    #[test]
    fn every_ladder_ends_at_the_corps() {
        for &kind in TeamKind::ALL {
            let mut step = kind;
            for _ in 0..TeamKind::ALL.len() {
                step = step.above().unwrap_or(step);
            }
            assert_eq!(step, TeamKind::Corps, "{kind:?}");
        }
    }

    #[test]
    fn the_captain_above_leads_a_team_that_ours_may_stand_under() {
        for &kind in TeamKind::ALL {
            assert!(kind.may_stand_under(kind.above()), "{kind:?}");
        }
    }
}
