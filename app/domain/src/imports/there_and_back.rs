//! What is written into a file is read from it again, and nothing that stands in a file panics.

use super::{
    Layout, List, Row,
    areas::{self, AreaRow},
    cells::{AreaRef, SquadRef, Whereabouts},
    guard::{guarded, unguarded},
    households::HouseholdOut,
    people::{Change, Known, PersonOut},
    teams::TeamOut,
};
use crate::{
    areas::{Area, AreaId, AreaKind},
    organisation::point::Point,
    teams::TeamKind,
};
use proptest::{option, prelude::*};

/// Through a file and back.
fn through(list: List, cells: &[String]) -> Row {
    let header: Vec<_> = list.columns().iter().map(|one| one.key().to_owned()).collect();
    let layout = Layout::read(list, &header).unwrap();
    let written: Vec<_> = cells.iter().map(|cell| guarded(cell).into_owned()).collect();
    assert!(written.iter().zip(cells).all(|(cell, before)| unguarded(cell) == before));
    Row::parse(list, &layout.cells(&written)).unwrap()
}

const NAME: &str = "[\u{4e00}-\u{9000}]{1,4}";

fn person() -> impl Strategy<Value = Known> {
    let name = (NAME, option::of(NAME));
    let contact = (option::of("1[3-9][0-9]{9}"), "[A-Z]{2}[0-9]{4,9}", "[\u{5000}-\u{9000}]{1,8}");
    (name, contact, any::<bool>()).prop_map(
        |((surname, given), (phone, number, title), official)| {
            let volunteer_no = Some(number);
            Known { phone, surname, given, title, volunteer_no, official, ..Known::default() }
        },
    )
}

proptest! {
    #[test]
    fn a_person_who_was_written_is_read_as_the_same_and_changes_nothing(known in person()) {
        let out = PersonOut { known: known.clone(), ..PersonOut::default() };

        let Row::Person(row) = through(List::People, &out.cells()) else { panic!() };

        prop_assert_eq!(row.against(Some(&known), None), Ok(Change::Same));
    }

    #[test]
    fn an_area_that_was_written_is_read_as_the_same(
        code in 100_000_000_000_i64..999_999_999_999,
        name in NAME,
        kind in proptest::sample::select(AreaKind::ALL),
        at_once in any::<bool>(),
    ) {
        let parent = Some(AreaId(130_982_000_000));
        let area = Area { id: AreaId(code), kind, parent, name, accepts_at_once: at_once };

        let Row::Area(row) = through(List::Areas, &areas::cells(&area)) else { panic!() };

        let Area { id, name, .. } = area;
        prop_assert_eq!(row, AreaRow { id, name, kind, parent, accepts_at_once: Some(at_once) });
    }

    #[test]
    fn a_squad_that_was_written_is_read_as_the_same(
        name in NAME, village in NAME, number in 1..999, company in option::of(1..999),
    ) {
        let out = TeamOut {
            kind: TeamKind::Squad,
            township: None,
            village: Some(village.clone()),
            number,
            company,
            name: name.clone(),
            captain: Some("+高主任".into()),
        };

        let Row::Team(row) = through(List::Teams, &out.cells()) else { panic!() };

        let at = Whereabouts { township: None, village: Some(AreaRef::Named(village)) };
        prop_assert_eq!((row.at, row.number, row.company, row.name), (at, number, company, name));
    }

    #[test]
    fn a_household_that_was_written_is_read_as_the_same(
        label in "[-=+@a]{0,2}[\u{5000}-\u{9000}]{1,9} [0-9]{1,3} 号", position in 1..9999,
        phones in proptest::collection::btree_set("1[3-9][0-9]{9}", 0..4),
        point in option::of((384_000_000_i64..391_000_000, 1_157_000_000_i64..1_165_000_000)),
    ) {
        let point = point.map(|(lat_e7, lon_e7)| Point { lat_e7, lon_e7 });
        let phones: Vec<_> = phones.into_iter().collect();
        let out = HouseholdOut {
            village: "荷花村".into(), squad: "3".into(), position, label: label.clone(),
            phones: phones.clone(), point, ..HouseholdOut::default()
        };

        let Row::Household(row) = through(List::Households, &out.cells()) else { panic!() };

        prop_assert_eq!(row.squad, SquadRef::Number(3));
        prop_assert_eq!((row.position, row.label, row.phones), (position, label, phones));
        prop_assert_eq!(row.point, point);
    }

    #[test]
    fn whatever_stands_in_a_file_is_read_or_refused_and_never_panics(
        header in proptest::collection::vec("手机号|姓名|村|小队|code|kind|.{0,9}", 0..9),
        row in proptest::collection::vec(".{0,40}", 0..12),
    ) {
        for &list in List::ALL {
            let own: Vec<_> = list.columns().iter().map(|one| one.chinese().to_owned()).collect();
            for header in [&header, &own] {
                if let Ok(layout) = Layout::read(list, header) {
                    let _ = Row::parse(list, &layout.cells(&row));
                }
            }
            let _ = list.is_example(&row);
        }
    }
}
