//! The tree of areas: city → township → village or community (DOMAIN.md §1).

use crate::organisation::Kind;
use serde::{Deserialize, Serialize};

/// The twelve-digit statistical code of an area (National Bureau of Statistics). It begins with
/// the county, so every index that begins with an area begins with the county too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AreaId(pub i64);

/// Renqiu 任丘市, the root of the tree.
pub const RENQIU: AreaId = AreaId(130_982_000_000);

keyed! {
    /// What an area is.
    pub enum AreaKind {
        /// 市, the root.
        City = "city",
        /// 乡镇 or 街道.
        Township = "township",
        /// 村.
        Village = "village",
        /// 社区.
        Community = "community",
    }
}

impl AreaKind {
    /// The practice unit of such an area: 实践中心, 实践所 or 实践站.
    pub const fn unit(self) -> Unit {
        match self {
            Self::City => Unit::Centre,
            Self::Township => Unit::Office,
            Self::Village | Self::Community => Unit::Station,
        }
    }

    /// Whether an area of this kind may stand under one of `parent`: see the table of `organisation`.
    pub fn may_stand_under(self, parent: Option<Self>) -> bool {
        Kind::Area(self).may_stand_under(parent.map(Kind::Area))
    }
}

/// The practice unit 实践单位 that works for an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// 新时代文明实践中心, one.
    Centre,
    /// 实践所, one for each township.
    Office,
    /// 实践站, one for each village and for some communities.
    Station,
}

/// One area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// Its statistical code.
    pub id: AreaId,
    /// What it is.
    pub kind: AreaKind,
    /// The area above it; none for the city.
    pub parent: Option<AreaId>,
    /// Its name as people say it: 荷花村, not 荷花村村民委员会.
    pub name: String,
    /// The station accepts public requests of known households at once (DOMAIN.md §2).
    pub accepts_at_once: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_stands_under_exactly_one_other() {
        let parents = [None, Some(AreaKind::City), Some(AreaKind::Township)];
        for &kind in AreaKind::ALL {
            let under = parents.iter().filter(|parent| kind.may_stand_under(**parent)).count();
            assert_eq!(under, 1, "{kind:?}");
            assert!(!kind.may_stand_under(Some(AreaKind::Village)), "{kind:?}");
        }
    }

    #[test]
    fn villages_and_communities_have_stations() {
        assert_eq!(AreaKind::Village.unit(), Unit::Station);
        assert_eq!(AreaKind::Community.unit(), Unit::Station);
        assert_eq!(AreaKind::Township.unit(), Unit::Office);
        assert_eq!(AreaKind::City.unit(), Unit::Centre);
    }
}
