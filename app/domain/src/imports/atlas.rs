//! The county as a list refers to it: areas and teams by name and number.

use super::{
    CellFault, Column,
    cells::{AreaRef, SquadRef, Whereabouts},
};
use crate::{
    areas::{Area, AreaId, AreaKind},
    teams::{Team, TeamId, TeamKind},
};
use std::collections::HashMap;

/// A team by what it is: no two have the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TeamKey {
    /// 总队.
    Corps,
    /// 支队 of a township.
    Detachment(AreaId),
    /// 分队, by its name.
    Branch(String),
    /// 大队 of a village.
    Brigade(AreaId),
    /// 中队 of a village, by number.
    Company(AreaId, i32),
    /// 小队 of a village, by number.
    Squad(AreaId, i32),
}

impl TeamKey {
    /// The key of a team.
    pub fn of(team: &Team) -> Self {
        match team.kind {
            TeamKind::Corps => Self::Corps,
            TeamKind::Detachment => Self::Detachment(team.area),
            TeamKind::Branch => Self::Branch(team.name.clone()),
            TeamKind::Brigade => Self::Brigade(team.area),
            TeamKind::Company => Self::Company(team.area, team.number),
            TeamKind::Squad => Self::Squad(team.area, team.number),
        }
    }
}

/// Every area and team.
#[derive(Clone, Debug, Default)]
pub struct Atlas {
    areas: HashMap<AreaId, Area>,
    named: HashMap<String, Vec<AreaId>>,
    teams: HashMap<TeamKey, Team>,
    /// By village and whole name.
    squads: HashMap<(AreaId, String), TeamId>,
}

impl Atlas {
    /// The county with these areas and teams.
    pub fn new(
        areas: impl IntoIterator<Item = Area>,
        teams: impl IntoIterator<Item = Team>,
    ) -> Self {
        let mut atlas = Self::default();
        areas.into_iter().for_each(|area| atlas.add_area(area));
        teams.into_iter().for_each(|team| atlas.add_team(team));
        atlas
    }

    /// Puts an area in, or in the place of the one with its code.
    pub fn add_area(&mut self, area: Area) {
        let named = self.named.entry(area.name.clone()).or_default();
        if !named.contains(&area.id) {
            named.push(area.id);
        }
        self.areas.insert(area.id, area);
    }

    /// Puts a team in, or in the place of the one with its key.
    pub fn add_team(&mut self, team: Team) {
        if team.kind == TeamKind::Squad {
            self.squads.insert((team.area, team.name.clone()), team.id);
        }
        self.teams.insert(TeamKey::of(&team), team);
    }

    /// An area by its code.
    pub fn area(&self, id: AreaId) -> Option<&Area> {
        self.areas.get(&id)
    }

    /// The city, the root of all.
    pub fn city(&self) -> Option<&Area> {
        self.areas.values().find(|area| area.kind == AreaKind::City)
    }

    /// A team by its key.
    pub fn team(&self, key: &TeamKey) -> Option<&Team> {
        self.teams.get(key)
    }

    /// The township that a row names.
    ///
    /// # Errors
    /// [`CellFault::NoSuchArea`], [`CellFault::TwoSuchAreas`].
    pub fn township(&self, named: &AreaRef) -> Result<AreaId, CellFault> {
        self.find(named, |area| area.kind == AreaKind::Township)
    }

    /// The village or community that a row names, none when it names neither that nor a township.
    ///
    /// # Errors
    /// The column and what is wrong there.
    pub fn village(&self, at: &Whereabouts) -> Result<Option<AreaId>, (Column, CellFault)> {
        let township = match &at.township {
            None => None,
            Some(named) => Some(self.township(named).map_err(|fault| (Column::Township, fault))?),
        };
        let Some(village) = &at.village else {
            return match township {
                None => Ok(None),
                Some(_) => Err((Column::Village, CellFault::Missing)),
            };
        };
        let here = |area: &Area| {
            let below = township.is_none() || area.parent == township;
            below && matches!(area.kind, AreaKind::Village | AreaKind::Community)
        };
        self.find(village, here).map(Some).map_err(|fault| (Column::Village, fault))
    }

    /// The squad that a row names within a village.
    ///
    /// # Errors
    /// [`CellFault::NoSuchTeam`].
    pub fn squad(&self, village: AreaId, named: &SquadRef) -> Result<TeamId, CellFault> {
        let found = match named {
            SquadRef::Number(number) => {
                self.teams.get(&TeamKey::Squad(village, *number)).map(|team| team.id)
            }
            SquadRef::Named(name) => self.squads.get(&(village, name.clone())).copied(),
        };
        found.ok_or(CellFault::NoSuchTeam)
    }

    fn find(&self, named: &AreaRef, fits: impl Fn(&Area) -> bool) -> Result<AreaId, CellFault> {
        match named {
            AreaRef::Code(code) => {
                let found = self.areas.get(code).filter(|area| fits(area));
                found.map(|area| area.id).ok_or(CellFault::NoSuchArea)
            }
            AreaRef::Named(name) => {
                let known = self.named.get(name).map_or(&[][..], Vec::as_slice);
                // An area that was renamed still stands under its old name.
                let is = |id: &&AreaId| {
                    self.areas.get(id).is_some_and(|area| area.name == *name && fits(area))
                };
                let mut found = known.iter().filter(is);
                match (found.next(), found.next()) {
                    (None, _) => Err(CellFault::NoSuchArea),
                    (Some(one), None) => Ok(*one),
                    (Some(_), Some(_)) => Err(CellFault::TwoSuchAreas),
                }
            }
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::areas::RENQIU;
    use uuid::Uuid;

    pub const STREET: AreaId = AreaId(130_982_003_000);
    pub const LOTUS: AreaId = AreaId(130_982_003_206);
    const OTHER_STREET: AreaId = AreaId(130_982_004_000);
    const OTHER_LOTUS: AreaId = AreaId(130_982_004_201);
    pub const ALONE: AreaId = AreaId(130_982_004_202);

    pub fn area(id: AreaId, kind: AreaKind, parent: Option<AreaId>, name: &str) -> Area {
        Area { id, kind, parent, name: name.into(), accepts_at_once: false }
    }

    pub fn team(n: u128, kind: TeamKind, area: AreaId, number: i32, name: &str) -> Team {
        let id = TeamId(Uuid::from_u128(n));
        Team { id, kind, parent: None, area, number, name: name.into() }
    }

    /// Two streets, each with a 荷花村; one squad.
    pub fn atlas() -> Atlas {
        let village = AreaKind::Village;
        Atlas::new(
            [
                area(RENQIU, AreaKind::City, None, "任丘市"),
                area(STREET, AreaKind::Township, Some(RENQIU), "永丰路街道"),
                area(OTHER_STREET, AreaKind::Township, Some(RENQIU), "石门桥镇"),
                area(LOTUS, village, Some(STREET), "荷花村"),
                area(OTHER_LOTUS, village, Some(OTHER_STREET), "荷花村"),
                area(ALONE, AreaKind::Community, Some(OTHER_STREET), "桥东社区"),
            ],
            [
                team(1, TeamKind::Corps, RENQIU, 0, "总队"),
                team(2, TeamKind::Detachment, STREET, 0, "永丰路街道支队"),
                team(3, TeamKind::Brigade, LOTUS, 0, "荷花村大队"),
                team(4, TeamKind::Company, LOTUS, 1, "荷花村 1 中队"),
                team(5, TeamKind::Squad, LOTUS, 3, "荷花村 3 小队"),
            ],
        )
    }

    fn named(township: &str, village: &str) -> Whereabouts {
        let one = |name: &str| (!name.is_empty()).then(|| AreaRef::Named(name.into()));
        Whereabouts { township: one(township), village: one(village) }
    }

    #[test]
    fn a_village_is_found_by_name_and_by_its_township_where_two_have_one_name() {
        let atlas = atlas();

        assert_eq!(atlas.village(&named("", "桥东社区")), Ok(Some(ALONE)));
        assert_eq!(atlas.village(&named("永丰路街道", "荷花村")), Ok(Some(LOTUS)));
        assert_eq!(atlas.village(&named("石门桥镇", "荷花村")), Ok(Some(OTHER_LOTUS)));
        assert_eq!(atlas.village(&Whereabouts::default()), Ok(None));
        let code = Whereabouts { village: Some(AreaRef::Code(LOTUS)), township: None };
        assert_eq!(atlas.village(&code), Ok(Some(LOTUS)));
    }

    #[test]
    fn what_is_not_there_is_said_at_its_column() {
        let atlas = atlas();
        let (township, village) = (Column::Township, Column::Village);

        let fault = |at| atlas.village(&at).unwrap_err();

        assert_eq!(fault(named("", "荷花村")), (village, CellFault::TwoSuchAreas));
        assert_eq!(fault(named("", "没有村")), (village, CellFault::NoSuchArea));
        assert_eq!(fault(named("没有镇", "荷花村")), (township, CellFault::NoSuchArea));
        assert_eq!(fault(named("永丰路街道", "桥东社区")), (village, CellFault::NoSuchArea));
        assert_eq!(fault(named("永丰路街道", "")), (village, CellFault::Missing));
        assert_eq!(fault(named("", "永丰路街道")), (village, CellFault::NoSuchArea));
        let city = Whereabouts { village: Some(AreaRef::Code(RENQIU)), township: None };
        assert_eq!(fault(city), (village, CellFault::NoSuchArea));
    }

    #[test]
    fn a_squad_is_found_by_number_and_name_in_its_own_village_only() {
        let atlas = atlas();
        let three = TeamId(Uuid::from_u128(5));

        assert_eq!(atlas.squad(LOTUS, &SquadRef::Number(3)), Ok(three));
        assert_eq!(atlas.squad(LOTUS, &SquadRef::Named("荷花村 3 小队".into())), Ok(three));
        assert_eq!(atlas.squad(LOTUS, &SquadRef::Number(1)), Err(CellFault::NoSuchTeam));
        assert_eq!(atlas.squad(ALONE, &SquadRef::Number(3)), Err(CellFault::NoSuchTeam));
    }

    #[test]
    fn a_renamed_area_is_found_by_its_new_name_only() {
        let mut atlas = atlas();
        atlas.add_area(area(ALONE, AreaKind::Community, Some(OTHER_STREET), "桥西社区"));

        assert_eq!(atlas.village(&named("", "桥西社区")), Ok(Some(ALONE)));
        assert!(atlas.village(&named("", "桥东社区")).is_err());
    }
}
