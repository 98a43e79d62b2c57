//! The teams of the demo county, and the doors of its circles.

use super::{
    areas::{LOTUS, YONGFENG},
    dice::Dice,
};
use domain::{
    Millis,
    areas::{Area, AreaId, AreaKind, RENQIU},
    organisation::point::Point,
    people::Place,
    teams::{Team, TeamId, TeamKind},
};
use uuid::Uuid;

/// City units with a branch of their own: the six platforms and the youth.
const BRANCHES: &[&str] = &[
    "市委党校分队",
    "教育体育局分队",
    "市文化馆分队",
    "市科协分队",
    "卫生健康局分队",
    "司法局分队",
    "团市委益青春分队",
];

/// Villages outside 永丰路街道 that have circles already.
const COVERED: &[i64] = &[
    // 西环路街道: 宋庄, 褚家庄, 肖楼村, 白塔村, 哑叭庄.
    130_982_002_202,
    130_982_002_206,
    130_982_002_207,
    130_982_002_211,
    130_982_002_212,
    // 辛中驿镇: 前台基寺村, 南辛中驿村, 北辛中驿村, 边关村.
    130_982_107_203,
    130_982_107_205,
    130_982_107_206,
    130_982_107_220,
];

/// The lanes of a village, each with its company.
const LANES: &[&str] = &["东巷", "正街", "西巷"];
/// Squads in each company.
const SQUADS: i32 = 3;

/// A door of a circle.
#[derive(Debug)]
pub(super) struct Door {
    pub id: Uuid,
    pub squad: TeamId,
    /// Counted along the lane from its mouth, through all the squads of its company.
    pub position: i32,
    pub label: String,
    /// Where it stands; known in the first lane of 荷花村, where the demo is told.
    pub point: Option<Point>,
}

/// A squad with what it serves. Doors and people are places in the lists of the county.
#[derive(Debug)]
pub(super) struct Circle {
    pub squad: TeamId,
    pub company: TeamId,
    pub doors: Vec<usize>,
    pub captain: usize,
    /// Who lives there, the captain too.
    pub residents: Vec<usize>,
}

/// A village that is covered by circles.
#[derive(Debug)]
pub(super) struct Village {
    pub area: Area,
    pub township: AreaId,
    pub brigade: TeamId,
    pub companies: Vec<TeamId>,
    pub circles: Vec<Circle>,
    /// The captains of the companies.
    pub company_captains: Vec<usize>,
    /// The captain of the brigade.
    pub captain: usize,
    /// Who works for the station.
    pub staff: usize,
}

impl Village {
    /// Where a door of this village stands in both trees.
    pub(super) fn place(&self, circle: usize, position: i32) -> Place {
        let circle = &self.circles[circle];
        Place {
            township: self.township,
            village: self.area.id,
            company: Some(circle.company),
            squad: Some(circle.squad),
            door: Some(position),
            point: stands(self.area.id, circle.company == self.companies[0], position),
        }
    }

    /// The captain of the company over a circle.
    pub(super) fn company_captain(&self, circle: usize) -> usize {
        let company = self.circles[circle].company;
        let at = self.companies.iter().position(|team| *team == company);
        self.company_captains[at.unwrap_or_default()]
    }
}

/// Teams, doors and covered villages.
#[derive(Debug, Default)]
pub(super) struct Teams {
    pub all: Vec<Team>,
    pub doors: Vec<Door>,
    pub villages: Vec<Village>,
}

/// Builds every team above the ground, and the circles of the covered villages.
pub(super) fn teams(areas: &[Area], dice: &mut Dice, since: Millis) -> Teams {
    let mut teams = Teams::default();
    let corps = teams.add(dice, since, TeamKind::Corps, None, RENQIU, 0, "任丘市志愿服务总队");
    for name in BRANCHES {
        let name = format!("任丘市{}", name.trim_start_matches('市'));
        teams.add(dice, since, TeamKind::Branch, Some(corps), RENQIU, 0, &name);
    }
    let mut detachment = corps;
    for township in areas.iter().filter(|area| area.kind == AreaKind::Township) {
        let name = format!("{}支队", township.name);
        detachment =
            teams.add(dice, since, TeamKind::Detachment, Some(corps), township.id, 0, &name);
        for area in areas.iter().filter(|area| area.parent == Some(township.id)) {
            let name = format!("{}大队", area.name);
            let brigade =
                teams.add(dice, since, TeamKind::Brigade, Some(detachment), area.id, 0, &name);
            let covered = area.kind == AreaKind::Village
                && (township.id == YONGFENG || COVERED.contains(&area.id.0));
            if covered {
                teams.cover(dice, since, area, township.id, brigade);
            }
        }
    }
    debug_assert_ne!(detachment, corps, "there are townships");
    teams
}

impl Teams {
    #[expect(clippy::too_many_arguments, reason = "one for each column")]
    fn add(
        &mut self,
        dice: &mut Dice,
        since: Millis,
        kind: TeamKind,
        parent: Option<TeamId>,
        area: AreaId,
        number: i32,
        name: &str,
    ) -> TeamId {
        let id = TeamId(dice.key(since));
        self.all.push(Team { id, kind, parent, area, number, name: name.to_owned() });
        id
    }

    /// Companies lane by lane, three squads each, eight to twelve doors to a squad.
    fn cover(
        &mut self,
        dice: &mut Dice,
        since: Millis,
        area: &Area,
        township: AreaId,
        brigade: TeamId,
    ) {
        let mut village = Village {
            area: area.clone(),
            township,
            brigade,
            companies: vec![],
            circles: vec![],
            company_captains: vec![],
            captain: 0,
            staff: 0,
        };
        let lanes = if township == YONGFENG { LANES } else { &LANES[..2] };
        for (lane, number) in lanes.iter().zip(1..) {
            let name = format!("{} {number} 中队", area.name);
            let company =
                self.add(dice, since, TeamKind::Company, Some(brigade), area.id, number, &name);
            village.companies.push(company);
            let mut position = 0;
            for at in 1..=SQUADS {
                let number = (number - 1) * SQUADS + at;
                let name = format!("{} {number} 小队", area.name);
                let squad =
                    self.add(dice, since, TeamKind::Squad, Some(company), area.id, number, &name);
                // The demo is told in the first lane of 荷花村: always the same doors.
                let doors = if area.id == LOTUS { 10 } else { dice.between(8, 12) };
                let first = self.doors.len();
                for _ in 0..doors {
                    position += 1;
                    let label = format!("{}{lane} {position} 号", lane_stem(&area.name));
                    let point = stands(area.id, *lane == LANES[0], position);
                    self.doors.push(Door { id: dice.key(since), squad, position, label, point });
                }
                village.circles.push(Circle {
                    squad,
                    company,
                    doors: (first..self.doors.len()).collect(),
                    captain: 0,
                    residents: vec![],
                });
            }
        }
        self.villages.push(village);
    }
}

/// The doors of the lane face each other, eight metres across, a house every twelve metres.
fn stands(village: AreaId, first_lane: bool, position: i32) -> Option<Point> {
    let along = i64::from((position - 1) / 2);
    let across = i64::from((position - 1) % 2);
    let mouth = Point { lat_e7: 387_051_842, lon_e7: 1_160_968_539 };
    let point = Point { lat_e7: mouth.lat_e7 + along * 1_079, lon_e7: mouth.lon_e7 + across * 922 };
    (village == LOTUS && first_lane).then_some(point)
}

/// 荷花东巷, but 柿庄南村东巷.
fn lane_stem(village: &str) -> &str {
    match village.strip_suffix('村') {
        Some(stem) if !stem.ends_with(['东', '南', '西', '北', '中']) => stem,
        _ => village,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::areas;

    fn county() -> (Vec<Area>, Teams) {
        let mut dice = Dice::new(1);
        let areas = areas::tree(&mut dice);
        let teams = teams(&areas, &mut dice, 1_700_000_000_000);
        (areas, teams)
    }

    #[test]
    fn every_team_stands_under_one_that_it_may_stand_under() {
        let (_, teams) = county();

        for (at, team) in teams.all.iter().enumerate() {
            let parent = team.parent.map(|id| teams.all[..at].iter().find(|up| up.id == id));
            let kind = parent.map(|up| up.expect("a parent before its children").kind);
            assert!(team.kind.may_stand_under(kind), "{team:?}");
        }
    }

    #[test]
    fn every_area_has_the_team_of_its_kind() {
        let (areas, teams) = county();
        let count = |kind| teams.all.iter().filter(|team| team.kind == kind).count();
        let stations = areas.iter().filter(|area| area.kind.unit() == domain::areas::Unit::Station);

        assert_eq!(count(TeamKind::Corps), 1);
        assert_eq!(count(TeamKind::Detachment), 20);
        assert_eq!(count(TeamKind::Branch), BRANCHES.len());
        assert_eq!(count(TeamKind::Brigade), stations.count());
        assert_eq!(teams.villages.len(), 12 + COVERED.len());
    }

    #[test]
    fn doors_are_counted_through_the_squads_of_a_lane() {
        let (_, teams) = county();
        let lotus = teams.villages.iter().find(|village| village.area.id == LOTUS).unwrap();
        let third = &lotus.circles[2];
        let positions: Vec<_> = third.doors.iter().map(|at| teams.doors[*at].position).collect();

        assert_eq!(lotus.circles[3].company, lotus.companies[1]);
        assert_eq!(positions, (21..=30).collect::<Vec<_>>());
        assert_eq!(teams.doors[third.doors[0]].label, "荷花东巷 21 号");
        assert_eq!(lane_stem("柿庄南村"), "柿庄南村");
    }
}
