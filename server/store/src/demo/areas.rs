//! The real townships, villages and communities of Renqiu, with their names as people say them
//! (National Bureau of Statistics, codes of 2023).

use super::dice::Dice;
use domain::areas::{Area, AreaId, AreaKind, RENQIU};

const STREETS: &str = include_str!("../../data/renqiu_streets_nbs2023.csv");
const VILLAGES: &str = include_str!("../../data/renqiu_villages_nbs2023.csv");

/// 荷花村, around which the demo is told.
pub(super) const LOTUS: AreaId = AreaId(130_982_003_206);
/// 永丰路街道, where the fifteen-metre circles began.
pub(super) const YONGFENG: AreaId = AreaId(130_982_003_000);

/// 华北石油管理局 has a code among the townships, but it is the oil field's own statistical unit:
/// no town hall, and its committees are those of its housing estates. The other twenty are the
/// offices that the newspaper counts.
const NO_OFFICE: i64 = 130_982_400;
/// Stations that the communities of the street offices had by 2021.
const COMMUNITY_STATIONS: usize = 32;
/// 物探社区 is named by the newspaper, so it comes first in its street.
const NAMED: i64 = 130_982_005_007;

/// Endings that already say that this is a place where people live.
const SETTLEMENTS: [char; 10] = ['村', '庄', '屯', '营', '店', '铺', '街', '坞', '寨', '堡'];

/// The whole tree, the city first and each area after the one above it.
pub(super) fn tree(dice: &mut Dice) -> Vec<Area> {
    let city = Area {
        id: RENQIU,
        kind: AreaKind::City,
        parent: None,
        name: "任丘市".to_owned(),
        accepts_at_once: false,
    };
    let mut areas = vec![city];
    areas.extend(rows(STREETS).filter(|row| row.code != NO_OFFICE).map(|row| Area {
        id: AreaId(row.code * 1000),
        kind: AreaKind::Township,
        parent: Some(RENQIU),
        name: row.name.trim_start_matches("河北").to_owned(),
        accepts_at_once: false,
    }));
    let villages = rows(VILLAGES).filter_map(|row| {
        let stem = row.name.strip_suffix("村民委员会")?;
        Some((AreaKind::Village, row.code, village_name(stem)))
    });
    let communities = with_stations().into_iter().map(|row| {
        (AreaKind::Community, row.code, row.name.trim_end_matches("居民委员会").to_owned())
    });
    for (kind, code, name) in villages.chain(communities) {
        let id = AreaId(code);
        // In 荷花村 the captain reads every request first, so that the demo shows it.
        let accepts_at_once = dice.chance(85) && id != LOTUS;
        let parent = Some(AreaId(code / 1000 * 1000));
        areas.push(Area { id, kind, parent, name, accepts_at_once });
    }
    areas
}

/// 荷花村 of 荷花村, 宋庄 of 宋庄, but 白鹅坟村 of 白鹅坟.
fn village_name(stem: &str) -> String {
    let village = if stem.ends_with(SETTLEMENTS) { "" } else { "村" };
    format!("{stem}{village}")
}

/// The communities of the seven street offices that have a station: one from each street in turn,
/// by code, until there are enough.
fn with_stations() -> Vec<CodeRow> {
    let mut lines: Vec<Vec<CodeRow>> = vec![];
    for row in rows(VILLAGES).filter(|row| row.name.ends_with("社区居民委员会")) {
        match lines.last_mut() {
            Some(line) if line[0].code / 1000 == row.code / 1000 => line.push(row),
            _ => lines.push(vec![row]),
        }
    }
    for line in &mut lines {
        line.sort_by_key(|row| (row.code != NAMED, row.code));
    }
    let longest = lines.iter().map(Vec::len).max().unwrap_or_default();
    let in_turn = (0..longest).flat_map(|at| lines.iter().filter_map(move |line| line.get(at)));
    let mut chosen: Vec<_> = in_turn.copied().take(COMMUNITY_STATIONS).collect();
    chosen.sort_by_key(|row| row.code);
    chosen
}

/// A line of either file: `code,"name",…`.
#[derive(Clone, Copy)]
struct CodeRow {
    code: i64,
    name: &'static str,
}

fn rows(text: &'static str) -> impl Iterator<Item = CodeRow> {
    text.lines().filter_map(|line| {
        let mut fields = line.split(',');
        let code = fields.next()?.parse().ok()?;
        Some(CodeRow { code, name: fields.next()?.trim_matches('"') })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_county_is_as_large_as_the_newspaper_says() {
        let areas = tree(&mut Dice::new(1));
        let count = |kind| areas.iter().filter(|area| area.kind == kind).count();
        let ids: HashSet<_> = areas.iter().map(|area| area.id).collect();
        let xinzhongyi = AreaId(130_982_107_000);
        let in_town = areas.iter().filter(|area| area.parent == Some(xinzhongyi));

        assert_eq!(count(AreaKind::City), 1);
        assert_eq!(count(AreaKind::Township), 20);
        assert_eq!(count(AreaKind::Village), 349);
        assert_eq!(count(AreaKind::Community), 32);
        assert_eq!(in_town.filter(|area| area.kind == AreaKind::Village).count(), 25);
        assert_eq!(ids.len(), areas.len());
    }

    #[test]
    fn every_area_stands_under_one_that_comes_before_it() {
        let areas = tree(&mut Dice::new(1));

        for (at, area) in areas.iter().enumerate() {
            let parent = area.parent.map(|id| areas[..at].iter().find(|up| up.id == id));
            let kind = parent.map(|up| up.expect("a parent before its children").kind);
            assert!(area.kind.may_stand_under(kind), "{area:?}");
        }
    }

    #[test]
    fn names_are_as_people_say_them() {
        let areas = tree(&mut Dice::new(1));
        let name = |code| areas.iter().find(|area| area.id == AreaId(code)).unwrap().name.as_str();

        assert_eq!(name(LOTUS.0), "荷花村");
        assert_eq!(name(130_982_003_205), "白鹅坟村");
        assert_eq!(name(130_982_003_210), "永丰村");
        assert_eq!(name(130_982_002_212), "哑叭庄");
        assert_eq!(name(130_982_003_001), "永丰社区");
        assert_eq!(name(NAMED), "华油物探社区");
        assert_eq!(name(130_982_500_000), "任丘经济开发区");
        assert!(areas.iter().all(|area| !area.name.contains("委员会")));
    }

    #[test]
    fn most_stations_accept_at_once_but_not_all() {
        let areas = tree(&mut Dice::new(1));
        let stations = areas.iter().filter(|area| area.kind == AreaKind::Village);
        let at_once = stations.filter(|area| area.accepts_at_once).count();

        assert!((250..349).contains(&at_once), "{at_once}");
        assert!(!areas.iter().find(|area| area.id == LOTUS).unwrap().accepts_at_once);
    }
}
