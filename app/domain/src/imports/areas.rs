//! Areas 区域: townships, villages, communities, told apart by their twelve digits.

use super::{
    CellFault, Column, RowFault,
    cells::{self, Cells, Faults},
    people::Change,
};
use crate::areas::{Area, AreaId, AreaKind};
use std::collections::HashMap;

/// What a row says of an area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaRow {
    /// Its code.
    pub id: AreaId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: AreaKind,
    /// The code of the area above; none for the city.
    pub parent: Option<AreaId>,
    /// The station accepts public requests at once; none leaves it as it is.
    pub accepts_at_once: Option<bool>,
}

/// What a file says of areas.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AreaPlan {
    /// What each row does, those above before those below.
    pub changes: Vec<Change<Area>>,
    /// What is wrong.
    pub faults: Vec<RowFault>,
}

/// The word for a kind of area in a file.
pub const fn kind_word(kind: AreaKind) -> &'static str {
    match kind {
        AreaKind::City => "市",
        AreaKind::Township => "乡镇街道",
        AreaKind::Village => "村",
        AreaKind::Community => "社区",
    }
}

fn kind(typed: &str) -> Result<AreaKind, CellFault> {
    let typed = typed.to_lowercase();
    let named = AreaKind::ALL.iter().find(|one| typed == kind_word(**one) || typed == one.key());
    match (named, typed.as_str()) {
        (Some(kind), _) => Ok(*kind),
        (None, "") => Err(CellFault::Missing),
        (None, "乡" | "镇" | "乡镇" | "街道" | "开发区" | "乡镇/街道") => {
            Ok(AreaKind::Township)
        }
        (None, "县" | "县级市") => Ok(AreaKind::City),
        (None, "行政村" | "村委会") => Ok(AreaKind::Village),
        (None, "居委会" | "居民委员会") => Ok(AreaKind::Community),
        (None, _) => Err(CellFault::NotAChoice),
    }
}

impl AreaRow {
    /// Reads a row.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(row: &Cells<'_>) -> Result<Self, Faults> {
        let mut faults = Faults::new();
        let id = row.take(Column::Code, &mut faults, cells::code);
        let name = row.take(Column::Name, &mut faults, |typed| cells::words(typed, 40));
        let kind = row.take(Column::Kind, &mut faults, kind);
        let parent = row.maybe(Column::Parent, &mut faults, cells::code);
        let accepts_at_once = row.maybe(Column::AtOnce, &mut faults, cells::yes);
        match (id, name, kind) {
            (Some(id), Some(name), Some(kind)) if faults.is_empty() => {
                Ok(Self { id, name, kind, parent, accepts_at_once })
            }
            _ => Err(faults),
        }
    }

    fn against(&self, known: Option<&Area>) -> Result<Change<Area>, (Column, CellFault)> {
        let before = known.is_some_and(|known| known.accepts_at_once);
        let area = Area {
            id: self.id,
            kind: self.kind,
            parent: self.parent,
            name: self.name.clone(),
            accepts_at_once: self.accepts_at_once.unwrap_or(before),
        };
        match known {
            None => Ok(Change::New(area)),
            Some(known) if *known == area => Ok(Change::Same),
            Some(known) if known.kind != area.kind => Err((Column::Kind, CellFault::Moved)),
            Some(known) if known.parent != area.parent => Err((Column::Parent, CellFault::Moved)),
            Some(_) => Ok(Change::Changed(area)),
        }
    }
}

/// What the rows of a file do to the areas that are there, each with its number in the file.
pub fn plan(rows: &[(u32, AreaRow)], known: &HashMap<AreaId, Area>) -> AreaPlan {
    let mut plan = AreaPlan::default();
    let mut seen: HashMap<AreaId, u32> = HashMap::new();
    let mut kinds: HashMap<AreaId, AreaKind> =
        known.values().map(|area| (area.id, area.kind)).collect();
    let mut sorted: Vec<_> = rows.iter().collect();
    sorted.sort_by_key(|(row, area)| (area.kind, *row));
    for (row, area) in sorted {
        let row = *row;
        let above = area.parent.map(|parent| kinds.get(&parent).copied());
        let fault = if let Some(first) = seen.insert(area.id, row) {
            Some((Column::Code, CellFault::Twice { row: first }))
        } else if above == Some(None) {
            Some((Column::Parent, CellFault::NoSuchArea))
        } else if !area.kind.may_stand_under(above.flatten()) {
            Some((Column::Parent, CellFault::WrongAbove))
        } else {
            match area.against(known.get(&area.id)) {
                Ok(change) => {
                    kinds.insert(area.id, area.kind);
                    plan.changes.push(change);
                    None
                }
                Err(fault) => Some(fault),
            }
        };
        plan.faults.extend(fault.map(|(column, fault)| RowFault { row, column, fault }));
    }
    plan.faults.sort_by_key(|fault| fault.row);
    plan
}

/// The cells of an area in a file.
pub fn cells(area: &Area) -> Vec<String> {
    vec![
        area.id.0.to_string(),
        area.name.clone(),
        kind_word(area.kind).to_owned(),
        area.parent.map(|parent| parent.0.to_string()).unwrap_or_default(),
        cells::said(area.accepts_at_once).to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::areas::RENQIU;

    const STREET: AreaId = AreaId(130_982_003_000);
    const LOTUS: AreaId = AreaId(130_982_003_206);

    fn row(id: AreaId, kind: AreaKind, parent: Option<AreaId>) -> AreaRow {
        AreaRow { id, name: "名".into(), kind, parent, accepts_at_once: None }
    }

    fn city() -> AreaRow {
        row(RENQIU, AreaKind::City, None)
    }

    fn known(rows: &[AreaRow]) -> HashMap<AreaId, Area> {
        rows.iter()
            .map(|row| match row.against(None) {
                Ok(Change::New(area)) => (area.id, area),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    fn faults(rows: &[AreaRow], known: &HashMap<AreaId, Area>) -> Vec<(u32, Column, CellFault)> {
        let rows: Vec<_> = rows.iter().cloned().zip(2..).map(|(row, at)| (at, row)).collect();
        plan(&rows, known).faults.iter().map(|one| (one.row, one.column, one.fault)).collect()
    }

    #[test]
    fn a_village_may_stand_before_its_township_in_the_file() {
        let rows = [
            (2, row(LOTUS, AreaKind::Village, Some(STREET))),
            (3, row(STREET, AreaKind::Township, Some(RENQIU))),
            (4, city()),
        ];

        let plan = plan(&rows, &HashMap::new());

        assert_eq!(plan.faults, []);
        let ids = plan.changes.iter().map(|one| match one {
            Change::New(area) => area.id,
            other => panic!("{other:?}"),
        });
        assert_eq!(ids.collect::<Vec<_>>(), [RENQIU, STREET, LOTUS]);
    }

    #[test]
    fn the_same_file_twice_changes_nothing_and_a_new_name_changes_it() {
        let before = known(&[city()]);

        let same = plan(&[(2, city())], &before);
        let renamed = plan(&[(2, AreaRow { name: "任丘市".into(), ..city() })], &before);

        assert_eq!(same.changes, [Change::Same]);
        assert!(matches!(renamed.changes[..], [Change::Changed(_)]));
    }

    #[test]
    fn what_does_not_fit_is_told_at_its_column() {
        let before = known(&[city(), row(STREET, AreaKind::Township, Some(RENQIU))]);
        let nowhere = AreaId(130_982_009_000);

        let one = |row: AreaRow| faults(&[row], &before);

        let moved = row(STREET, AreaKind::Village, Some(RENQIU));
        assert_eq!(one(moved), [(2, Column::Parent, CellFault::WrongAbove)]);
        let under = row(LOTUS, AreaKind::Village, Some(RENQIU));
        assert_eq!(one(under), [(2, Column::Parent, CellFault::WrongAbove)]);
        let orphan = row(LOTUS, AreaKind::Village, Some(nowhere));
        assert_eq!(one(orphan), [(2, Column::Parent, CellFault::NoSuchArea)]);
        let second_city = AreaRow { parent: None, ..row(LOTUS, AreaKind::Village, None) };
        assert_eq!(one(second_city), [(2, Column::Parent, CellFault::WrongAbove)]);
        let twice = faults(&[city(), city()], &before);
        assert_eq!(twice, [(3, Column::Code, CellFault::Twice { row: 2 })]);
    }

    #[test]
    fn an_area_that_is_there_is_not_moved_by_a_file() {
        let other = AreaId(130_982_004_000);
        let before = known(&[
            city(),
            row(STREET, AreaKind::Township, Some(RENQIU)),
            row(other, AreaKind::Township, Some(RENQIU)),
            row(LOTUS, AreaKind::Village, Some(STREET)),
        ]);

        let moved = faults(&[row(LOTUS, AreaKind::Village, Some(other))], &before);
        let turned = faults(&[row(LOTUS, AreaKind::Community, Some(STREET))], &before);

        assert_eq!(moved, [(2, Column::Parent, CellFault::Moved)]);
        assert_eq!(turned, [(2, Column::Kind, CellFault::Moved)]);
    }

    #[test]
    fn every_kind_is_read_as_it_is_written() {
        for &one in AreaKind::ALL {
            assert_eq!(kind(kind_word(one)), Ok(one));
            assert_eq!(kind(one.key()), Ok(one));
        }
        assert_eq!(kind("街道"), Ok(AreaKind::Township));
        assert_eq!(kind(""), Err(CellFault::Missing));
        assert_eq!(kind("省"), Err(CellFault::NotAChoice));
    }
}
