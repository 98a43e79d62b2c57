//! Households 住户: the doors of a circle, told apart by squad and place along the lane, with those
//! who live there.

use super::{
    CellFault, Column, RowFault,
    atlas::Atlas,
    cells::{self, Cells, Faults, SquadRef, Whereabouts},
    people::Change,
};
use crate::{
    organisation::{
        datum::Datum,
        point::{Point, degrees},
    },
    people::PersonId,
    teams::TeamId,
};
use std::collections::HashMap;
use uuid::Uuid;

/// What a row says of a household.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HouseholdRow {
    /// The village.
    pub at: Whereabouts,
    /// The squad whose circle the door is in.
    pub squad: SquadRef,
    /// Counted along the lane from its mouth.
    pub position: i32,
    /// The plate.
    pub label: String,
    /// The phones of those who live there.
    pub phones: Vec<String>,
    /// Where the door stands; nothing leaves what the books have.
    pub point: Option<Point>,
}

/// A door of the books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Door {
    /// Its key.
    pub id: Uuid,
    /// The squad.
    pub squad: TeamId,
    /// Counted along the lane.
    pub position: i32,
    /// The plate.
    pub label: String,
    /// Where it stands.
    pub point: Option<Point>,
}

/// Somebody who has a phone, and where they live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resident {
    /// Who.
    pub id: PersonId,
    /// The squad whose circle they live in.
    pub squad: Option<TeamId>,
    /// Their door.
    pub door: Option<Uuid>,
}

/// What the books know of the doors and phones that a file names.
#[derive(Clone, Debug, Default)]
pub struct Neighbours {
    /// The doors, by squad and place.
    pub doors: HashMap<(TeamId, i32), Door>,
    /// The people, by phone.
    pub people: HashMap<String, Resident>,
}

/// What a file says of households.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HouseholdPlan {
    /// What each row does to its door.
    pub changes: Vec<Change<Door>>,
    /// Who is said to live behind which door and was not known to.
    pub moves: Vec<(PersonId, Uuid)>,
    /// The rows that only say who lives there.
    pub settled: usize,
    /// What is wrong.
    pub faults: Vec<RowFault>,
}

impl HouseholdRow {
    /// Reads a row.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(row: &Cells<'_>) -> Result<Self, Faults> {
        let mut faults = Faults::new();
        let at = row.whereabouts(&mut faults);
        if row.text(Column::Village).is_empty() {
            faults.push((Column::Village, CellFault::Missing));
        }
        let squad = row.take(Column::Squad, &mut faults, cells::squad);
        let position = row.take(Column::Position, &mut faults, |typed| cells::number(typed, 9_999));
        let label = row.take(Column::Door, &mut faults, |typed| cells::words(typed, 60));
        let phones = row.take(Column::Phones, &mut faults, cells::phones);
        let point = cells::point(row, &mut faults);
        match (squad, position, label, phones) {
            (Some(squad), Some(position), Some(label), Some(phones)) if faults.is_empty() => {
                Ok(Self { at, squad, position, label, phones, point })
            }
            _ => Err(faults),
        }
    }

    /// The squad in whose circle the door is.
    ///
    /// # Errors
    /// The column and what is wrong there.
    pub fn squad(&self, atlas: &Atlas) -> Result<TeamId, (Column, CellFault)> {
        let village = atlas.village(&self.at)?.ok_or((Column::Village, CellFault::Missing))?;
        atlas.squad(village, &self.squad).map_err(|fault| (Column::Squad, fault))
    }

    /// Who of the row lives elsewhere by the books, or is not known.
    fn residents(
        &self,
        squad: TeamId,
        known: &Neighbours,
    ) -> Result<Vec<Resident>, (Column, CellFault)> {
        let one = |phone: &String| match known.people.get(phone) {
            None => Err((Column::Phones, CellFault::NobodyThere)),
            Some(person) if person.squad != Some(squad) => {
                Err((Column::Phones, CellFault::LivesElsewhere))
            }
            Some(person) => Ok(*person),
        };
        self.phones.iter().map(one).collect()
    }
}

/// What the rows of a file do to the doors that are there. Each new one takes the next of `ids`.
pub fn plan(
    rows: &[(u32, HouseholdRow)],
    atlas: &Atlas,
    known: &Neighbours,
    mut ids: impl FnMut() -> Uuid,
) -> HouseholdPlan {
    let mut plan = HouseholdPlan::default();
    let mut seen: HashMap<(TeamId, i32), u32> = HashMap::new();
    let mut homes: HashMap<&str, u32> = HashMap::new();
    for (row, household) in rows {
        let row = *row;
        let mut one = || {
            let squad = household.squad(atlas)?;
            if let Some(first) = seen.insert((squad, household.position), row) {
                return Err((Column::Position, CellFault::Twice { row: first }));
            }
            let residents = household.residents(squad, known)?;
            for phone in &household.phones {
                if let Some(first) = homes.insert(phone, row) {
                    return Err((Column::Phones, CellFault::Twice { row: first }));
                }
            }
            let before = known.doors.get(&(squad, household.position));
            let id = before.map_or_else(&mut ids, |door| door.id);
            let label = household.label.clone();
            let point = household.point.or(before.and_then(|door| door.point));
            let door = Door { id, squad, position: household.position, label, point };
            Ok((before.cloned(), door, residents))
        };
        match one() {
            Ok((before, door, residents)) => plan.add(before, door, &residents),
            Err((column, fault)) => plan.faults.push(RowFault { row, column, fault }),
        }
    }
    plan
}

impl HouseholdPlan {
    fn add(&mut self, before: Option<Door>, door: Door, residents: &[Resident]) {
        let newcomers = residents.iter().filter(|one| one.door != Some(door.id));
        let newcomers: Vec<_> = newcomers.map(|one| (one.id, door.id)).collect();
        let same = before.as_ref() == Some(&door);
        self.settled += usize::from(same && !newcomers.is_empty());
        self.moves.extend(newcomers);
        self.changes.push(match before {
            None => Change::New(door),
            Some(_) if same => Change::Same,
            Some(_) => Change::Changed(door),
        });
    }
}

/// A household as a file writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HouseholdOut {
    /// The name of the township.
    pub township: String,
    /// The name of the village.
    pub village: String,
    /// The squad's number, or its name where it has none.
    pub squad: String,
    /// Counted along the lane.
    pub position: i32,
    /// The plate.
    pub label: String,
    /// The phones of those who live there.
    pub phones: Vec<String>,
    /// Where it stands.
    pub point: Option<Point>,
}

impl HouseholdOut {
    /// The cells.
    pub fn cells(&self) -> Vec<String> {
        vec![
            self.township.clone(),
            self.village.clone(),
            self.squad.clone(),
            self.position.to_string(),
            self.label.clone(),
            self.phones.join(" "),
            self.point.map(|at| degrees(at.lat_e7)).unwrap_or_default(),
            self.point.map(|at| degrees(at.lon_e7)).unwrap_or_default(),
            self.point.map(|_| Datum::Wgs84.written().to_owned()).unwrap_or_default(),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::atlas::tests::atlas;

    const PHONE: &str = "15400000001";

    fn three() -> TeamId {
        TeamId(Uuid::from_u128(5))
    }

    fn household(position: i32, phones: &[&str]) -> HouseholdRow {
        let named = |name: &str| Some(cells::AreaRef::Named(name.into()));
        HouseholdRow {
            at: Whereabouts { township: named("永丰路街道"), village: named("荷花村") },
            squad: SquadRef::Number(3),
            position,
            label: format!("荷花东巷 {position} 号"),
            phones: phones.iter().map(|one| (*one).to_owned()).collect(),
            point: None,
        }
    }

    fn door(position: i32) -> Door {
        let id = Uuid::from_u128(u128::from(position.unsigned_abs()));
        Door {
            id, squad: three(), position, label: format!("荷花东巷 {position} 号"), point: None
        }
    }

    fn known(door_of_granny: Option<Uuid>, squad: Option<TeamId>) -> Neighbours {
        let id = PersonId(Uuid::from_u128(900));
        let granny = Resident { id, squad, door: door_of_granny };
        Neighbours {
            doors: [((three(), 7), door(7))].into(),
            people: [(PHONE.to_owned(), granny)].into(),
        }
    }

    fn planned(rows: &[HouseholdRow], known: &Neighbours) -> HouseholdPlan {
        let rows: Vec<_> = rows.iter().cloned().zip(2..).map(|(one, row)| (row, one)).collect();
        let mut n = 100;
        plan(&rows, &atlas(), known, || {
            n += 1;
            Uuid::from_u128(n)
        })
    }

    #[test]
    fn a_new_door_comes_in_with_who_lives_there() {
        let plan = planned(&[household(8, &[PHONE])], &known(None, Some(three())));

        let id = Uuid::from_u128(101);
        assert_eq!(plan.changes, [Change::New(Door { id, ..door(8) })]);
        assert_eq!(plan.moves, [(PersonId(Uuid::from_u128(900)), id)]);
        assert_eq!((plan.faults, plan.settled), (vec![], 0));
    }

    #[test]
    fn the_same_file_twice_changes_nothing() {
        let settled = known(Some(door(7).id), Some(three()));

        let plan = planned(&[household(7, &[PHONE])], &settled);

        assert_eq!((plan.changes, plan.moves), (vec![Change::Same], vec![]));
    }

    #[test]
    fn a_door_that_is_there_gets_a_new_plate_or_somebody_who_lives_there() {
        let plate = HouseholdRow { label: "新牌".into(), ..household(7, &[]) };

        let renamed = planned(&[plate], &known(None, None));
        let settled = planned(&[household(7, &[PHONE])], &known(None, Some(three())));

        assert!(matches!(renamed.changes[..], [Change::Changed(_)]));
        assert_eq!((settled.changes, settled.settled), (vec![Change::Same], 1));
        assert_eq!(settled.moves.len(), 1);
    }

    #[test]
    fn a_point_comes_in_with_the_list_and_stays_when_the_next_says_nothing() {
        let point = Point { lat_e7: 387_116_000, lon_e7: 1_160_993_000 };
        let mut books = known(None, None);

        let set = planned(&[HouseholdRow { point: Some(point), ..household(7, &[]) }], &books);
        books.doors.insert((three(), 7), Door { point: Some(point), ..door(7) });
        let silent = planned(&[household(7, &[])], &books);

        assert_eq!(set.changes, [Change::Changed(Door { point: Some(point), ..door(7) })]);
        assert_eq!(silent.changes, [Change::Same]);
    }

    #[test]
    fn what_does_not_fit_is_told_at_its_column() {
        let here = known(None, Some(three()));
        let faults = |rows: &[HouseholdRow], known: &Neighbours| {
            let faults = planned(rows, known).faults;
            faults.into_iter().map(|one| (one.row, one.column, one.fault)).collect::<Vec<_>>()
        };

        let twice = faults(&[household(7, &[]), household(7, &[])], &here);
        assert_eq!(twice, [(3, Column::Position, CellFault::Twice { row: 2 })]);
        let two_homes = faults(&[household(7, &[PHONE]), household(8, &[PHONE])], &here);
        assert_eq!(two_homes, [(3, Column::Phones, CellFault::Twice { row: 2 })]);
        let nobody = faults(&[household(7, &["15400000002"])], &here);
        assert_eq!(nobody, [(2, Column::Phones, CellFault::NobodyThere)]);
        let elsewhere = faults(&[household(7, &[PHONE])], &known(None, None));
        assert_eq!(elsewhere, [(2, Column::Phones, CellFault::LivesElsewhere)]);
        let squad = HouseholdRow { squad: SquadRef::Number(9), ..household(7, &[]) };
        assert_eq!(faults(&[squad], &here), [(2, Column::Squad, CellFault::NoSuchTeam)]);
    }
}
