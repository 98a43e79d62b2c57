//! The people of the demo county. All of them are invented, and so are their phones: no number
//! begins with 154 0000, because that prefix was never given out.

use super::{
    areas::{LOTUS, YONGFENG},
    dice::Dice,
    names::{self, Neighbour},
    teams::{Teams, Village},
};
use domain::{
    Millis,
    areas::{Area, AreaId, AreaKind, RENQIU},
    clock::DAY,
    people::PersonId,
    teams::{TeamId, TeamKind},
    volunteers::number::number,
};
use uuid::Uuid;

/// Who can be tried with one tap, in the order of their phones.
pub(super) const PARTS: [&str; 7] = [
    "resident",
    "volunteer",
    "squad_captain",
    "company_captain",
    "brigade_captain",
    "office_staff",
    "centre_staff",
];
/// Places of the parts in the list of people.
pub(super) const RESIDENT: usize = 0;
pub(super) const VOLUNTEER: usize = 1;
pub(super) const SQUAD_CAPTAIN: usize = 2;
/// Who leads the circle.
pub(super) const CIRCLE_CAPTAIN: usize = SQUAD_CAPTAIN;
pub(super) const COMPANY_CAPTAIN: usize = 3;
const BRIGADE_CAPTAIN: usize = 4;
const OFFICE_STAFF: usize = 5;
const CENTRE_STAFF: usize = 6;
/// Two neighbours of theirs who are told about by name.
pub(super) const WEN: usize = 7;
pub(super) const XING: usize = 8;

/// The squad of 荷花村 around which the demo is told: 3 小队.
pub(super) const CIRCLE: usize = 2;
/// Where they live: circle and door, counted from 0.
const HOMES: [(usize, usize, usize); 7] = [
    (RESIDENT, CIRCLE, 4),
    (VOLUNTEER, CIRCLE, 7),
    (SQUAD_CAPTAIN, CIRCLE, 1),
    (COMPANY_CAPTAIN, 1, 3),
    (BRIGADE_CAPTAIN, 4, 2),
    (WEN, CIRCLE, 6),
    (XING, CIRCLE, 9),
];

/// Somebody with an account.
#[derive(Debug)]
pub(super) struct Person {
    pub id: PersonId,
    pub phone: String,
    pub surname: &'static str,
    pub title: &'static str,
    pub volunteer_no: Option<String>,
    pub village: Option<AreaId>,
    pub squad: Option<TeamId>,
    /// Place in the list of doors.
    pub door: Option<usize>,
    pub official: bool,
    pub created: Millis,
}

/// What a post is over.
#[derive(Clone, Copy, Debug)]
pub(super) enum Over {
    /// A captain's team.
    Team(TeamId),
    /// A unit's area.
    Area(AreaId),
}

/// A post that somebody holds.
#[derive(Debug)]
pub(super) struct Held {
    pub id: Uuid,
    pub person: usize,
    pub over: Over,
    pub since: Millis,
}

/// Everybody, and what they hold.
#[derive(Debug)]
pub(super) struct People {
    pub all: Vec<Person>,
    pub posts: Vec<Held>,
    now: Millis,
    /// The last volunteer's number given out.
    pub last_number: i64,
}

/// Fills the doors with people, and the posts too; writes the captains into the villages.
pub(super) fn people(areas: &[Area], teams: &mut Teams, dice: &mut Dice, now: Millis) -> People {
    let mut people = People { all: vec![], posts: vec![], now, last_number: 12_100 };
    for neighbour in names::KNOWN {
        people.add(dice, neighbour, None);
    }
    people.all[VOLUNTEER].volunteer_no = Some(number(YONGFENG, 12_085));
    for at in [SQUAD_CAPTAIN, COMPANY_CAPTAIN, BRIGADE_CAPTAIN] {
        people.enrol(dice, at, YONGFENG);
    }
    for village in &mut teams.villages {
        people.settle(dice, village, &teams.doors);
        people.lead(dice, village);
    }
    people.lead_the_rest(dice, areas, teams);
    people
}

impl People {
    /// A new account without home.
    fn add(&mut self, dice: &mut Dice, who: Neighbour, village: Option<AreaId>) -> usize {
        let created = self.now - dice.between(200, 500) * DAY - dice.between(0, DAY);
        let at = self.all.len();
        self.all.push(Person {
            id: PersonId(dice.key(created)),
            phone: format!("1540000{:04}", at + 1),
            surname: who.surname,
            title: who.title,
            volunteer_no: None,
            village,
            squad: None,
            door: None,
            official: false,
            created,
        });
        at
    }

    /// Gives a volunteer's number.
    fn enrol(&mut self, dice: &mut Dice, person: usize, township: AreaId) {
        if self.all[person].volunteer_no.is_none() {
            self.last_number += dice.between(1, 40);
            self.all[person].volunteer_no = Some(number(township, self.last_number));
        }
    }

    /// A child and a pupil of the circle around which the demo is told.
    pub(super) fn young(&mut self, dice: &mut Dice, teams: &Teams) -> [usize; 2] {
        let village = teams.villages.iter().find(|village| village.area.id == LOTUS);
        let squad = village.map(|village| village.circles[CIRCLE].squad);
        ["翟", "梁"].map(|surname| {
            let who = Neighbour { surname, title: "同学" };
            let at = self.add(dice, who, Some(LOTUS));
            self.all[at].squad = squad;
            at
        })
    }

    fn post(&mut self, dice: &mut Dice, person: usize, over: Over) {
        let since = self.now - dice.between(45, 190) * DAY - dice.between(0, DAY);
        self.posts.push(Held { id: dice.key(since), person, over, since });
    }

    /// One account for most doors, a third of them volunteers.
    fn settle(&mut self, dice: &mut Dice, village: &mut Village, doors: &[super::teams::Door]) {
        let township = village.township;
        let home_of = |circle: usize, door: usize| {
            HOMES.iter().find(|home| (home.1, home.2) == (circle, door)).map(|home| home.0)
        };
        for (at, circle) in village.circles.iter_mut().enumerate() {
            for (nth, &door) in circle.doors.iter().enumerate() {
                let told_of = home_of(at, nth).filter(|_| village.area.id == LOTUS);
                // The circle of the demo is full; elsewhere some doors have no account yet.
                let full = village.area.id == LOTUS && at == CIRCLE;
                if told_of.is_none() && !full && dice.chance(12) {
                    continue;
                }
                let person = told_of.unwrap_or_else(|| {
                    let mut neighbour = names::neighbour(dice, false);
                    // So that its captain has somebody to ask.
                    while full && nth % 2 == 0 && !neighbour.is_able() {
                        neighbour = names::neighbour(dice, false);
                    }
                    let person = self.add(dice, neighbour, None);
                    if neighbour.is_able() && ((full && nth % 2 == 0) || dice.chance(45)) {
                        self.enrol(dice, person, township);
                    }
                    person
                });
                let home = &mut self.all[person];
                home.village = Some(village.area.id);
                home.squad = Some(doors[door].squad);
                home.door = Some(door);
                circle.residents.push(person);
            }
        }
    }

    /// Captains for every squad, company and the brigade, from among those who live there.
    fn lead(&mut self, dice: &mut Dice, village: &mut Village) {
        let lotus = village.area.id == LOTUS;
        let township = village.township;
        let mut taken = vec![RESIDENT, VOLUNTEER, WEN, XING];
        taken.extend([SQUAD_CAPTAIN, COMPANY_CAPTAIN, BRIGADE_CAPTAIN]);
        for (at, circle) in village.circles.iter_mut().enumerate() {
            circle.captain = if lotus && at == CIRCLE {
                SQUAD_CAPTAIN
            } else {
                self.choose(dice, &circle.residents, &mut taken)
            };
            if dice.chance(85) {
                self.enrol(dice, circle.captain, township);
            }
            self.post(dice, circle.captain, Over::Team(circle.squad));
        }
        for (at, &company) in village.companies.iter().enumerate() {
            let of_lane = village.circles.iter().filter(|circle| circle.company == company);
            let residents: Vec<_> = of_lane.flat_map(|circle| circle.residents.clone()).collect();
            let captain = if lotus && at == 0 {
                COMPANY_CAPTAIN
            } else {
                self.choose(dice, &residents, &mut taken)
            };
            village.company_captains.push(captain);
            self.enrol(dice, captain, township);
            self.post(dice, captain, Over::Team(company));
        }
        let everybody: Vec<_> =
            village.circles.iter().flat_map(|circle| circle.residents.clone()).collect();
        village.captain =
            if lotus { BRIGADE_CAPTAIN } else { self.choose(dice, &everybody, &mut taken) };
        self.all[village.captain].official = true;
        self.enrol(dice, village.captain, township);
        self.post(dice, village.captain, Over::Team(village.brigade));
        village.staff = self.staff(dice, village.area.id);
    }

    /// Somebody able who leads nothing yet; anybody where there is none.
    fn choose(&self, dice: &mut Dice, from: &[usize], taken: &mut Vec<usize>) -> usize {
        let able = |at: &&usize| !taken.contains(at) && names::is_able(self.all[**at].title);
        let able: Vec<_> = from.iter().filter(able).copied().collect();
        let captain = if able.is_empty() { *dice.one_of(from) } else { *dice.one_of(&able) };
        taken.push(captain);
        captain
    }

    fn staff(&mut self, dice: &mut Dice, area: AreaId) -> usize {
        let staff = names::official(dice, "干事");
        let person = self.add(dice, staff, None);
        self.post(dice, person, Over::Area(area));
        person
    }

    /// The corps, the detachments, the other brigades, and who works for offices and the centre.
    fn lead_the_rest(&mut self, dice: &mut Dice, areas: &[Area], teams: &Teams) {
        self.post(dice, OFFICE_STAFF, Over::Area(YONGFENG));
        self.post(dice, CENTRE_STAFF, Over::Area(RENQIU));
        self.all[OFFICE_STAFF].official = true;
        self.all[CENTRE_STAFF].official = true;
        for team in &teams.all {
            let covered = teams.villages.iter().any(|village| village.brigade == team.id);
            let captain = match team.kind {
                TeamKind::Corps | TeamKind::Detachment => names::official(dice, "主任"),
                // A few villages are looking for somebody.
                TeamKind::Brigade if !covered && !dice.chance(4) => names::neighbour(dice, true),
                _ => continue,
            };
            let at_home = team.kind == TeamKind::Brigade;
            let person = self.add(dice, captain, at_home.then_some(team.area));
            self.all[person].official = true;
            if at_home && dice.chance(60) {
                self.enrol(dice, person, AreaId(team.area.0 / 1000 * 1000));
            }
            self.post(dice, person, Over::Team(team.id));
        }
        for area in areas {
            let desks = match area.kind {
                AreaKind::City => 2,
                AreaKind::Township => 2 - i64::from(area.id == YONGFENG),
                AreaKind::Community => 1,
                AreaKind::Village => 0,
            };
            for _ in 0..desks {
                self.staff(dice, area.id);
            }
        }
    }
}
