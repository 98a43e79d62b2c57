//! People 人员: residents and volunteers, told apart by phone or volunteer's number.

use super::{
    CellFault, Column,
    cells::{self, Cells, Faults, SquadRef, Whereabouts},
    names::Name,
};
use crate::{areas::AreaId, forms, names, teams::TeamId};

/// How somebody is addressed of whom no list says how.
const NEUTRAL_TITLE: &str = "同志";
/// The longest title, in characters.
const LONGEST_TITLE: u16 = 8;

/// What a row says of a person. What it leaves out stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    /// Eleven digits.
    pub phone: Option<String>,
    /// Surname and given name.
    pub name: Option<Name>,
    /// How neighbours address them.
    pub title: Option<String>,
    /// The volunteer's number.
    pub volunteer_no: Option<String>,
    /// Where they live.
    pub at: Whereabouts,
    /// The squad whose circle they live in.
    pub squad: Option<SquadRef>,
    /// Serves once a month.
    pub official: Option<bool>,
}

/// Where a row says that somebody lives, found in the county.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Home {
    /// The village or community.
    pub village: AreaId,
    /// The squad.
    pub squad: Option<TeamId>,
}

/// A person as the books hold them, as far as a list can say it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Eleven digits.
    pub phone: Option<String>,
    /// The family name.
    pub surname: String,
    /// The given name.
    pub given: Option<String>,
    /// How neighbours address them.
    pub title: String,
    /// The volunteer's number.
    pub volunteer_no: Option<String>,
    /// The village or community.
    pub village: Option<AreaId>,
    /// The squad.
    pub squad: Option<TeamId>,
    /// Serves once a month.
    pub official: bool,
}

/// What a row does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change<T> {
    /// Puts it into the books.
    New(T),
    /// Changes what is there.
    Changed(T),
    /// Says what the books say already.
    Same,
}

impl PersonRow {
    /// Reads a row.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(row: &Cells<'_>) -> Result<Self, Faults> {
        let mut faults = Faults::new();
        let phone = row.maybe(Column::Phone, &mut faults, cells::phone);
        let name = row.maybe(Column::FullName, &mut faults, |typed| {
            let surname = row.text(Column::Surname);
            Name::read(typed, Some(surname).filter(|typed| !typed.is_empty()))
        });
        let title = row.maybe(Column::Title, &mut faults, title);
        let volunteer_no = row.maybe(Column::VolunteerNo, &mut faults, cells::volunteer_no);
        let at = row.whereabouts(&mut faults);
        let squad = row.maybe(Column::Squad, &mut faults, cells::squad);
        let official = row.maybe(Column::Official, &mut faults, cells::yes);
        let none = [Column::Phone, Column::VolunteerNo].iter().all(|one| row.text(*one).is_empty());
        if none {
            faults.push((Column::Phone, CellFault::PhoneOrNumber));
        }
        if squad.is_some() && row.text(Column::Village).is_empty() {
            faults.push((Column::Village, CellFault::NeedsVillage));
        }
        let parsed = Self { phone, name, title, volunteer_no, at, squad, official };
        if faults.is_empty() { Ok(parsed) } else { Err(faults) }
    }

    /// What the row does to whom it is about; to nobody when the books do not know them.
    ///
    /// # Errors
    /// Everything in it that the books stand against.
    pub fn against(
        &self,
        known: Option<&Known>,
        home: Option<Home>,
    ) -> Result<Change<Known>, Faults> {
        let mut faults = Faults::new();
        let before = known.cloned().unwrap_or_default();
        let mut after = before.clone();
        after.phone = self.keeps(
            &before.phone,
            &self.phone,
            (Column::Phone, CellFault::OtherPhone),
            &mut faults,
        );
        let number = (Column::VolunteerNo, CellFault::OtherNumber);
        after.volunteer_no =
            self.keeps(&before.volunteer_no, &self.volunteer_no, number, &mut faults);
        match &self.name {
            Some(name) => {
                after.surname.clone_from(&name.surname);
                // A list of surnames takes nobody's given name away.
                if name.given.is_some() || before.surname != name.surname {
                    after.given.clone_from(&name.given);
                }
            }
            None if before.surname.is_empty() && known.is_none() => {
                faults.push((Column::FullName, CellFault::Missing));
            }
            None => {}
        }
        self.address(known, &mut after, &mut faults);
        if let Some(home) = home {
            let stays = before.village == Some(home.village);
            after.village = Some(home.village);
            after.squad = home.squad.or(before.squad.filter(|_| stays));
        }
        after.official = self.official.unwrap_or(before.official);
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(match known {
            None => Change::New(after),
            Some(_) if after == before => Change::Same,
            Some(_) => Change::Changed(after),
        })
    }

    /// Phone and number are given once: whoever has another is somebody else, or changes it by
    /// signing in, never by a list.
    fn keeps(
        &self,
        before: &Option<String>,
        said: &Option<String>,
        other: (Column, CellFault),
        faults: &mut Faults,
    ) -> Option<String> {
        if before.is_some() && said.is_some() && before != said {
            faults.push(other);
        }
        before.clone().or_else(|| said.clone())
    }

    /// Posts are given, not listed: a new title claims none, an old one stays.
    fn address(&self, known: Option<&Known>, after: &mut Known, faults: &mut Faults) {
        let unchanged = known.is_some_and(|known| self.title.as_ref() == Some(&known.title));
        if let Some(title) = &self.title {
            if !unchanged && names::claims_office(&after.surname, title) {
                faults.push((Column::Title, CellFault::Office));
            }
            after.title.clone_from(title);
        } else if after.title.is_empty() && !after.surname.is_empty() {
            after.title = NEUTRAL_TITLE.to_owned();
        }
    }
}

fn title(typed: &str) -> Result<String, CellFault> {
    let title = forms::words(typed, LONGEST_TITLE)?;
    if title.chars().all(char::is_alphabetic) { Ok(title) } else { Err(CellFault::LettersOnly) }
}

/// A person as a file writes them, in the order of the columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonOut {
    /// What the books know.
    pub known: Known,
    /// The name of the township.
    pub township: Option<String>,
    /// The name of the village.
    pub village: Option<String>,
    /// The squad's number, or its name where it has none.
    pub squad: Option<String>,
}

impl PersonOut {
    /// The cells.
    pub fn cells(&self) -> Vec<String> {
        let Known { phone, surname, given, title, volunteer_no, official, .. } = &self.known;
        let or_none = |cell: &Option<String>| cell.clone().unwrap_or_default();
        vec![
            or_none(phone),
            Name::whole(surname, given.as_deref()),
            surname.clone(),
            title.clone(),
            or_none(volunteer_no),
            or_none(&self.township),
            or_none(&self.village),
            or_none(&self.squad),
            cells::said(*official).to_owned(),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::{Layout, List, Row};
    use rstest::rstest;

    const VILLAGE: AreaId = AreaId(130_982_003_206);
    const NEXT: AreaId = AreaId(130_982_003_207);

    fn read(cells: [&str; 9]) -> Result<PersonRow, Faults> {
        let header: Vec<_> =
            List::People.columns().iter().map(|one| one.chinese().to_owned()).collect();
        let layout = Layout::read(List::People, &header).unwrap();
        let row = cells.map(str::to_owned);
        match Row::parse(List::People, &layout.cells(&row))? {
            Row::Person(person) => Ok(person),
            other => panic!("{other:?}"),
        }
    }

    fn wang() -> PersonRow {
        read(["15400000001", "王秀兰", "", "大娘", "RQ001", "", "荷花村", "3", "否"]).unwrap()
    }

    fn known() -> Known {
        Known {
            phone: Some("15400000001".into()),
            surname: "王".into(),
            given: Some("秀兰".into()),
            title: "大娘".into(),
            volunteer_no: Some("RQ001".into()),
            village: Some(VILLAGE),
            squad: Some(TeamId(uuid::Uuid::from_u128(3))),
            official: false,
        }
    }

    fn home() -> Home {
        Home { village: VILLAGE, squad: known().squad }
    }

    #[test]
    fn a_new_person_comes_in_as_the_row_says() {
        assert_eq!(wang().against(None, Some(home())), Ok(Change::New(known())));
    }

    #[test]
    fn the_same_row_twice_changes_nothing() {
        assert_eq!(wang().against(Some(&known()), Some(home())), Ok(Change::Same));
    }

    #[test]
    fn what_a_row_leaves_out_stays() {
        let row = read(["15400000001", "", "", "", "", "", "", "", ""]).unwrap();

        assert_eq!(row.against(Some(&known()), None), Ok(Change::Same));
        let surname = read(["15400000001", "王", "", "", "", "", "", "", ""]).unwrap();
        assert_eq!(surname.against(Some(&known()), None), Ok(Change::Same));
        let village = Home { squad: None, ..home() };
        assert_eq!(row.against(Some(&known()), Some(village)), Ok(Change::Same));
    }

    #[test]
    fn who_moves_to_another_village_leaves_the_squad_behind() {
        let moved = Known { village: Some(NEXT), squad: None, ..known() };

        let change = wang().against(Some(&known()), Some(Home { village: NEXT, squad: None }));

        assert_eq!(change, Ok(Change::Changed(moved)));
    }

    #[test]
    fn somebody_without_a_title_is_addressed_neutrally_and_a_known_title_stays() {
        let row = read(["15400000001", "王秀兰", "", "", "", "", "", "", ""]).unwrap();

        let Ok(Change::New(new)) = row.against(None, None) else { panic!() };
        assert_eq!(new.title, "同志");
        assert_eq!(row.against(Some(&known()), None), Ok(Change::Same));
    }

    #[test]
    fn a_list_changes_nobodys_phone_or_number_and_adds_what_was_missing() {
        let other = Known { phone: Some("15400000002".into()), ..known() };
        let number = Known { volunteer_no: Some("RQ002".into()), ..known() };
        let bare = Known { phone: None, volunteer_no: None, ..known() };

        let fault = |known: &Known| wang().against(Some(known), Some(home())).unwrap_err();

        assert_eq!(fault(&other), [(Column::Phone, CellFault::OtherPhone)]);
        assert_eq!(fault(&number), [(Column::VolunteerNo, CellFault::OtherNumber)]);
        assert_eq!(wang().against(Some(&bare), Some(home())), Ok(Change::Changed(known())));
    }

    #[test]
    fn a_list_gives_no_post_by_a_title_and_takes_none_away() {
        let row = read(["15400000001", "王秀兰", "", "主任", "", "", "", "", ""]).unwrap();
        let director = Known { title: "主任".into(), ..known() };

        assert_eq!(row.against(None, None), Err(vec![(Column::Title, CellFault::Office)]));
        assert_eq!(
            row.against(Some(&known()), None),
            Err(vec![(Column::Title, CellFault::Office)])
        );
        assert_eq!(row.against(Some(&director), None), Ok(Change::Same));
    }

    #[test]
    fn nobody_new_comes_in_without_a_name() {
        let row = read(["15400000001", "", "", "", "", "", "", "", ""]).unwrap();

        assert_eq!(row.against(None, None), Err(vec![(Column::FullName, CellFault::Missing)]));
        let nameless = Known { phone: row.phone.clone(), ..Known::default() };
        assert_eq!(row.against(Some(&nameless), None), Ok(Change::Same));
    }

    #[rstest]
    #[case(["", "王秀兰", "", "", "", "", "", "", ""], Column::Phone, CellFault::PhoneOrNumber)]
    #[case(["154", "王秀兰", "", "", "", "", "", "", ""], Column::Phone, CellFault::PhoneDigits { n: 3 })]
    #[case(["15400000001", "王1", "", "", "", "", "", "", ""], Column::FullName, CellFault::LettersOnly)]
    #[case(["15400000001", "王秀兰", "李", "", "", "", "", "", ""], Column::FullName, CellFault::SurnameFirst)]
    #[case(["15400000001", "王秀兰", "", "1", "", "", "", "", ""], Column::Title, CellFault::LettersOnly)]
    #[case(["15400000001", "王秀兰", "", "", "?", "", "", "", ""], Column::VolunteerNo, CellFault::VolunteerNo)]
    #[case(["15400000001", "王秀兰", "", "", "", "", "", "3", ""], Column::Village, CellFault::NeedsVillage)]
    #[case(["15400000001", "王秀兰", "", "", "", "", "荷花村", "0", ""], Column::Squad, CellFault::NumberRange { least: 1, most: 999 })]
    #[case(["15400000001", "王秀兰", "", "", "", "", "", "", "也许"], Column::Official, CellFault::NotAChoice)]
    fn a_wrong_cell_is_told_at_its_column(
        #[case] cells: [&str; 9],
        #[case] column: Column,
        #[case] fault: CellFault,
    ) {
        assert_eq!(read(cells), Err(vec![(column, fault)]));
    }

    #[test]
    fn everything_wrong_with_a_row_is_told_at_once() {
        let faults = read(["154", "王1", "", "1", "?", "", "", "3", "也许"]).unwrap_err();

        assert_eq!(faults.len(), 6, "{faults:?}");
    }
}
