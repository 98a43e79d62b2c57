//! Teams 队伍: told apart by what they are: kind, area and number, a branch by its name.

use super::{
    CellFault, Column, RowFault,
    atlas::{Atlas, TeamKey},
    cells::{self, Cells, Faults, Whereabouts},
    people::Change,
};
use crate::{
    areas::AreaId,
    teams::{Team, TeamId, TeamKind},
};
use std::collections::HashMap;

/// What a row says of a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamRow {
    /// What it is.
    pub kind: TeamKind,
    /// The township of a detachment, the village of what is below.
    pub at: Whereabouts,
    /// The number of a company or squad; 0 of others.
    pub number: i32,
    /// The number of the company above a squad; none when it stands under the brigade.
    pub company: Option<i32>,
    /// Its name.
    pub name: String,
}

/// What a file says of teams.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TeamPlan {
    /// What each row does, those above before those below.
    pub changes: Vec<Change<Team>>,
    /// What is wrong.
    pub faults: Vec<RowFault>,
}

/// The word for a kind of team in a file.
pub const fn kind_word(kind: TeamKind) -> &'static str {
    match kind {
        TeamKind::Corps => "总队",
        TeamKind::Detachment => "支队",
        TeamKind::Branch => "分队",
        TeamKind::Brigade => "大队",
        TeamKind::Company => "中队",
        TeamKind::Squad => "小队",
    }
}

fn kind(typed: &str) -> Result<TeamKind, CellFault> {
    if typed.is_empty() {
        return Err(CellFault::Missing);
    }
    let typed = typed.to_lowercase();
    let named = TeamKind::ALL.iter().find(|one| typed == kind_word(**one) || typed == one.key());
    named.copied().ok_or(CellFault::NotAChoice)
}

impl TeamRow {
    /// Reads a row.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(row: &Cells<'_>) -> Result<Self, Faults> {
        let mut faults = Faults::new();
        let kind = row.take(Column::Kind, &mut faults, kind);
        let at = row.whereabouts(&mut faults);
        let number = row.maybe(Column::Number, &mut faults, |typed| cells::number(typed, 999));
        let company = row.maybe(Column::Company, &mut faults, |typed| cells::number(typed, 999));
        let name = row.take(Column::Name, &mut faults, |typed| cells::words(typed, 60));
        if let Some(kind) = kind {
            fits(kind, row, &mut faults);
        }
        match (kind, name) {
            (Some(kind), Some(name)) if faults.is_empty() => {
                Ok(Self { kind, at, number: number.unwrap_or_default(), company, name })
            }
            _ => Err(faults),
        }
    }

    /// Where it stands and what makes it this team and no other.
    fn key(&self, atlas: &Atlas) -> Result<(AreaId, TeamKey), (Column, CellFault)> {
        let city = || atlas.city().map(|city| city.id);
        let nowhere = (Column::Village, CellFault::NoSuchArea);
        Ok(match self.kind {
            TeamKind::Corps => (city().ok_or(nowhere)?, TeamKey::Corps),
            TeamKind::Branch => (city().ok_or(nowhere)?, TeamKey::Branch(self.name.clone())),
            TeamKind::Detachment => {
                let missing = (Column::Township, CellFault::Missing);
                let named = self.at.township.as_ref().ok_or(missing)?;
                let area = atlas.township(named).map_err(|fault| (Column::Township, fault))?;
                (area, TeamKey::Detachment(area))
            }
            TeamKind::Brigade | TeamKind::Company | TeamKind::Squad => {
                let area = atlas.village(&self.at)?.ok_or((Column::Village, CellFault::Missing))?;
                let key = match self.kind {
                    TeamKind::Company => TeamKey::Company(area, self.number),
                    TeamKind::Squad => TeamKey::Squad(area, self.number),
                    _ => TeamKey::Brigade(area),
                };
                (area, key)
            }
        })
    }

    /// The team above it.
    fn parent(&self, area: AreaId, atlas: &Atlas) -> Result<Option<TeamId>, (Column, CellFault)> {
        let (column, above) = match (self.kind, self.company) {
            (TeamKind::Corps, _) => return Ok(None),
            (TeamKind::Detachment | TeamKind::Branch, _) => (Column::Kind, TeamKey::Corps),
            (TeamKind::Brigade, _) => {
                let township = atlas.area(area).and_then(|area| area.parent);
                let township = township.ok_or((Column::Village, CellFault::NoSuchArea))?;
                (Column::Village, TeamKey::Detachment(township))
            }
            (TeamKind::Squad, Some(number)) => (Column::Company, TeamKey::Company(area, number)),
            (TeamKind::Company | TeamKind::Squad, _) => (Column::Village, TeamKey::Brigade(area)),
        };
        match atlas.team(&above) {
            Some(team) => Ok(Some(team.id)),
            None => Err((column, CellFault::NoSuchTeam)),
        }
    }

    fn against(&self, atlas: &Atlas, id: TeamId) -> Result<Change<Team>, (Column, CellFault)> {
        let (area, key) = self.key(atlas)?;
        let parent = self.parent(area, atlas)?;
        let known = atlas.team(&key);
        let id = known.map_or(id, |known| known.id);
        let number = self.number;
        let team = Team { id, kind: self.kind, parent, area, number, name: self.name.clone() };
        match known {
            None => Ok(Change::New(team)),
            Some(known) if *known == team => Ok(Change::Same),
            Some(known) if known.parent != team.parent => Err((Column::Kind, CellFault::Moved)),
            Some(_) => Ok(Change::Changed(team)),
        }
    }
}

/// Which columns a kind fills, and which it leaves empty.
fn fits(kind: TeamKind, row: &Cells<'_>, faults: &mut Faults) {
    use Column as C;
    let (needs, leaves): (&[C], &[C]) = match kind {
        TeamKind::Corps | TeamKind::Branch => {
            (&[], &[C::Township, C::Village, C::Number, C::Company])
        }
        TeamKind::Detachment => (&[C::Township], &[C::Village, C::Number, C::Company]),
        TeamKind::Brigade => (&[C::Village], &[C::Number, C::Company]),
        TeamKind::Company => (&[C::Village, C::Number], &[C::Company]),
        TeamKind::Squad => (&[C::Village, C::Number], &[]),
    };
    let is_empty = |column: &C| row.text(*column).is_empty();
    let missing = needs.iter().filter(|one| is_empty(one)).map(|one| (*one, CellFault::Missing));
    let extra = leaves.iter().filter(|one| !is_empty(one));
    faults.extend(missing.chain(extra.map(|one| (*one, CellFault::NotForThisKind))));
}

/// What the rows of a file do to the teams that are there. Each new one takes the next of `ids`.
pub fn plan(
    rows: &[(u32, TeamRow)],
    mut atlas: Atlas,
    mut ids: impl FnMut() -> TeamId,
) -> TeamPlan {
    let mut plan = TeamPlan::default();
    let mut seen: HashMap<TeamKey, u32> = HashMap::new();
    let mut sorted: Vec<_> = rows.iter().collect();
    // The kinds are declared from the corps down; a branch stands beside the detachments.
    sorted.sort_by_key(|(row, team)| (team.kind, *row));
    for (row, team) in sorted {
        let row = *row;
        let twice = team.key(&atlas).ok().and_then(|(_, key)| seen.insert(key, row));
        let outcome = match twice {
            Some(first) => Err((Column::Kind, CellFault::Twice { row: first })),
            None => team.against(&atlas, ids()),
        };
        match outcome {
            Ok(change) => {
                if let Change::New(team) | Change::Changed(team) = &change {
                    atlas.add_team(team.clone());
                }
                plan.changes.push(change);
            }
            Err((column, fault)) => plan.faults.push(RowFault { row, column, fault }),
        }
    }
    plan.faults.sort_by_key(|fault| fault.row);
    plan
}

/// A team as a file writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamOut {
    /// What it is.
    pub kind: TeamKind,
    /// The name of the township; none above it.
    pub township: Option<String>,
    /// The name of the village; none above it.
    pub village: Option<String>,
    /// Its number, or 0.
    pub number: i32,
    /// The number of the company above.
    pub company: Option<i32>,
    /// Its name.
    pub name: String,
    /// Surname and title of who leads it.
    pub captain: Option<String>,
}

impl TeamOut {
    /// The cells.
    pub fn cells(&self) -> Vec<String> {
        let number = |n: i32| if n > 0 { n.to_string() } else { String::new() };
        vec![
            kind_word(self.kind).to_owned(),
            self.township.clone().unwrap_or_default(),
            self.village.clone().unwrap_or_default(),
            number(self.number),
            self.company.map(number).unwrap_or_default(),
            self.name.clone(),
            self.captain.clone().unwrap_or_default(),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::{
        Layout, List, Row,
        atlas::tests::{ALONE, LOTUS, atlas},
    };
    use uuid::Uuid;

    fn read(cells: [&str; 7]) -> Result<TeamRow, Faults> {
        let header: Vec<_> =
            List::Teams.columns().iter().map(|one| one.chinese().to_owned()).collect();
        let layout = Layout::read(List::Teams, &header).unwrap();
        let row = cells.map(str::to_owned);
        match Row::parse(List::Teams, &layout.cells(&row))? {
            Row::Team(team) => Ok(team),
            other => panic!("{other:?}"),
        }
    }

    fn planned(rows: &[[&str; 7]]) -> TeamPlan {
        let rows: Vec<_> = rows.iter().map(|cells| read(*cells).unwrap()).collect();
        let rows: Vec<_> = rows.into_iter().zip(2..).map(|(team, row)| (row, team)).collect();
        let mut n = 100;
        plan(&rows, atlas(), || {
            n += 1;
            TeamId(Uuid::from_u128(n))
        })
    }

    fn only_fault(rows: &[[&str; 7]]) -> (u32, Column, CellFault) {
        match planned(rows).faults[..] {
            [RowFault { row, column, fault }] => (row, column, fault),
            ref other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_whole_village_comes_in_from_one_file_in_any_order() {
        let plan = planned(&[
            ["小队", "", "桥东社区", "1", "1", "桥东社区 1 小队", ""],
            ["中队", "", "桥东社区", "1", "", "桥东社区 1 中队", ""],
            ["小队", "", "桥东社区", "2", "", "桥东社区 2 小队", ""],
            ["大队", "石门桥镇", "桥东社区", "", "", "桥东社区大队", ""],
            ["支队", "石门桥镇", "", "", "", "石门桥镇支队", ""],
        ]);

        assert_eq!(plan.faults, []);
        let teams: Vec<_> = plan
            .changes
            .iter()
            .map(|one| match one {
                Change::New(team) => team.clone(),
                other => panic!("{other:?}"),
            })
            .collect();
        let kinds: Vec<_> = teams.iter().map(|team| team.kind).collect();
        use TeamKind as K;
        assert_eq!(kinds, [K::Detachment, K::Brigade, K::Company, K::Squad, K::Squad]);
        assert!(teams[1..].iter().all(|team| team.area == ALONE));
        assert_eq!(teams[3].parent, Some(teams[2].id));
        assert_eq!(teams[4].parent, Some(teams[1].id));
    }

    #[test]
    fn what_the_books_say_already_changes_nothing_and_a_new_name_changes_it() {
        let corps = planned(&[["总队", "", "", "", "", "总队", ""]]);
        let renamed = planned(&[["总队", "", "", "", "", "任丘市总队", "高主任"]]);

        assert_eq!(corps.changes, [Change::Same]);
        assert!(matches!(renamed.changes[..], [Change::Changed(_)]));
    }

    #[test]
    fn what_does_not_fit_is_told_at_its_column() {
        let squad = ["小队", "永丰路街道", "荷花村", "9", "7", "荷花村 9 小队", ""];
        assert_eq!(only_fault(&[squad]), (2, Column::Company, CellFault::NoSuchTeam));
        let village = ["大队", "", "没有村", "", "", "没有村大队", ""];
        assert_eq!(only_fault(&[village]), (2, Column::Village, CellFault::NoSuchArea));
        let lone = ["大队", "", "桥东社区", "", "", "桥东社区大队", ""];
        assert_eq!(only_fault(&[lone]), (2, Column::Village, CellFault::NoSuchTeam));
        let branch = ["分队", "", "", "", "", "司法局分队", ""];
        assert_eq!(only_fault(&[branch, branch]), (3, Column::Kind, CellFault::Twice { row: 2 }));
        let moved = ["小队", "永丰路街道", "荷花村", "3", "", "荷花村 3 小队", ""];
        assert_eq!(only_fault(&[moved]), (2, Column::Kind, CellFault::Moved));
        assert!(atlas().team(&TeamKey::Squad(LOTUS, 3)).is_some());
    }

    #[test]
    fn every_kind_says_which_columns_it_fills() {
        let missing = |cells| read(cells).unwrap_err();

        let lacks = |column| vec![(column, CellFault::Missing)];
        assert_eq!(missing(["支队", "", "", "", "", "名", ""]), lacks(Column::Township));
        assert_eq!(missing(["大队", "", "", "", "", "名", ""]), lacks(Column::Village));
        assert_eq!(missing(["中队", "", "荷花村", "", "", "名", ""]), lacks(Column::Number));
        assert_eq!(missing(["总队", "", "", "", "", "", ""]), lacks(Column::Name));
        assert_eq!(
            missing(["总队", "", "荷花村", "1", "", "名", ""]),
            [Column::Village, Column::Number].map(|one| (one, CellFault::NotForThisKind))
        );
        assert_eq!(
            missing(["军", "", "", "", "", "名", ""]),
            [(Column::Kind, CellFault::NotAChoice)]
        );
    }

    #[test]
    fn every_kind_is_read_as_it_is_written() {
        for &one in TeamKind::ALL {
            assert_eq!(kind(kind_word(one)), Ok(one));
            assert_eq!(kind(one.key()), Ok(one));
        }
    }
}
