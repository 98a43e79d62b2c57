//! The cells of a row, each read as what its column holds.

use super::{CellFault, Column, LONGEST_CELL, guard::unguarded};
use crate::{
    areas::AreaId,
    forms::{self, Fault},
    organisation::{
        datum::Datum,
        point::{self, Point},
    },
};
use unicode_normalization::UnicodeNormalization;

/// The words of a cell that says yes or no.
const YES: [&str; 7] = ["是", "yes", "y", "true", "1", "√", "有"];
const NO: [&str; 7] = ["否", "no", "n", "false", "0", "×", "无"];

/// What is wrong with a row, gathered column by column.
pub type Faults = Vec<(Column, CellFault)>;

/// The cells of a row by their columns.
#[derive(Clone, Copy, Debug)]
pub struct Cells<'a> {
    columns: &'a [Option<Column>],
    row: &'a [String],
}

/// An area as a cell names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum AreaRef {
    /// By its twelve digits.
    Code(AreaId),
    /// By its name.
    Named(String),
}

/// A squad as a cell names it, within its village.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SquadRef {
    /// By its number.
    Number(i32),
    /// By its whole name.
    Named(String),
}

/// Which village: its township only matters where two villages have one name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Whereabouts {
    /// The township.
    pub township: Option<AreaRef>,
    /// The village or community.
    pub village: Option<AreaRef>,
}

impl<'a> Cells<'a> {
    /// The cells of a row under these columns.
    pub fn new(columns: &'a [Option<Column>], row: &'a [String]) -> Self {
        Self { columns, row }
    }

    /// A cell as it was written, without space around it; empty when there is none.
    pub fn text(&self, column: Column) -> &'a str {
        let at = self.columns.iter().position(|one| *one == Some(column));
        let cell = at.and_then(|at| self.row.get(at)).map_or("", String::as_str);
        let cut = cell.char_indices().nth(LONGEST_CELL).map_or(cell, |(end, _)| &cell[..end]);
        unguarded(cut.trim()).trim()
    }

    /// Whether nothing stands in the whole row.
    pub fn are_empty(&self) -> bool {
        self.row.iter().all(|cell| cell.trim().is_empty())
    }

    /// Reads a cell; notes the fault and goes on, so that all faults of a row are told at once.
    pub fn take<T>(
        &self,
        column: Column,
        faults: &mut Faults,
        read: impl FnOnce(&str) -> Result<T, CellFault>,
    ) -> Option<T> {
        match read(self.text(column)) {
            Ok(value) => Some(value),
            Err(fault) => {
                faults.push((column, fault));
                None
            }
        }
    }

    /// The same of a cell that may be empty.
    pub fn maybe<T>(
        &self,
        column: Column,
        faults: &mut Faults,
        read: impl FnOnce(&str) -> Result<T, CellFault>,
    ) -> Option<T> {
        if self.text(column).is_empty() { None } else { self.take(column, faults, read) }
    }

    /// Township and village as the row names them.
    pub fn whereabouts(&self, faults: &mut Faults) -> Whereabouts {
        Whereabouts {
            township: self.maybe(Column::Township, faults, area),
            village: self.maybe(Column::Village, faults, area),
        }
    }
}

/// Words that must be there.
///
/// # Errors
/// [`CellFault::Missing`], [`CellFault::TooLong`].
pub fn words(typed: &str, most: u16) -> Result<String, CellFault> {
    let clean = forms::words(typed, most)?;
    Ok(clean.replace('\n', " "))
}

/// A mobile number.
///
/// # Errors
/// [`CellFault::Missing`], [`CellFault::Scientific`], [`CellFault::PhoneDigits`],
/// [`CellFault::PhoneShape`].
pub fn phone(typed: &str) -> Result<String, CellFault> {
    whole(typed)?;
    Ok(forms::phone(typed)?)
}

/// Several mobile numbers with anything between them that is no part of a number.
///
/// # Errors
/// As [`phone`], for the first that is wrong.
pub fn phones(typed: &str) -> Result<Vec<String>, CellFault> {
    let between = |letter: char| letter.is_whitespace() || ",，、;；/".contains(letter);
    let mut found = vec![];
    for one in typed.split(between).filter(|part| !part.is_empty()) {
        let one = phone(one)?;
        if !found.contains(&one) {
            found.push(one);
        }
    }
    Ok(found)
}

/// An area's code.
///
/// # Errors
/// [`CellFault::Missing`], [`CellFault::Scientific`], [`CellFault::CodeShape`].
pub fn code(typed: &str) -> Result<AreaId, CellFault> {
    whole(typed)?;
    let digits: String = typed.nfkc().filter(|letter| !letter.is_whitespace()).collect();
    if digits.is_empty() {
        return Err(CellFault::Missing);
    }
    let shape = digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_digit());
    match digits.parse() {
        Ok(code) if shape && !digits.starts_with('0') => Ok(AreaId(code)),
        _ => Err(CellFault::CodeShape),
    }
}

/// An area by code or name.
///
/// # Errors
/// [`CellFault::Missing`], [`CellFault::Scientific`], [`CellFault::TooLong`].
pub fn area(typed: &str) -> Result<AreaRef, CellFault> {
    match code(typed) {
        Ok(code) => Ok(AreaRef::Code(code)),
        Err(CellFault::CodeShape) => Ok(AreaRef::Named(words(typed, 40)?)),
        Err(fault) => Err(fault),
    }
}

/// A squad: 3, 3 小队, or its whole name.
///
/// # Errors
/// [`CellFault::Missing`], [`CellFault::NumberRange`], [`CellFault::TooLong`].
pub fn squad(typed: &str) -> Result<SquadRef, CellFault> {
    let typed = words(typed, 60)?;
    let plain: String = typed.nfkc().filter(|letter| !letter.is_whitespace()).collect();
    let digits = plain.strip_suffix("小队").unwrap_or(&plain);
    let digits = digits.strip_prefix('第').unwrap_or(digits);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return number(digits, 999).map(SquadRef::Number);
    }
    Ok(SquadRef::Named(typed))
}

/// A whole number from 1.
///
/// # Errors
/// [`CellFault::Missing`], [`CellFault::NumberRange`].
pub fn number(typed: &str, most: u16) -> Result<i32, CellFault> {
    Ok(i32::from(forms::number(typed, 1, most)?))
}

/// Where something stands, by two columns and the one that says in which coordinates; what is
/// empty says nothing.
///
/// # Errors
/// [`CellFault::NotNearby`], [`CellFault::Missing`] of one without the other, [`CellFault::NotAChoice`].
pub fn point(row: &Cells<'_>, faults: &mut Faults) -> Option<Point> {
    let degrees =
        |read: fn(&str) -> Result<Option<i64>, Fault>| move |typed: &str| Ok(read(typed)?);
    let lat = row.take(Column::Latitude, faults, degrees(point::latitude))?;
    let lon = row.take(Column::Longitude, faults, degrees(point::longitude))?;
    let datum =
        row.take(Column::Datum, faults, |typed| Datum::typed(typed).ok_or(CellFault::NotAChoice))?;
    match (lat, lon) {
        (Some(lat_e7), Some(lon_e7)) => Some(datum.to_wgs84(Point { lat_e7, lon_e7 })),
        (None, None) => None,
        (None, Some(_)) => {
            faults.push((Column::Latitude, CellFault::Missing));
            None
        }
        (Some(_), None) => {
            faults.push((Column::Longitude, CellFault::Missing));
            None
        }
    }
}

/// Yes or no.
///
/// # Errors
/// [`CellFault::NotAChoice`].
pub fn yes(typed: &str) -> Result<bool, CellFault> {
    let typed: String = typed.nfkc().flat_map(char::to_lowercase).collect();
    if YES.contains(&typed.as_str()) {
        Ok(true)
    } else if NO.contains(&typed.as_str()) {
        Ok(false)
    } else {
        Err(CellFault::NotAChoice)
    }
}

/// The same as a file writes it.
pub const fn said(yes: bool) -> &'static str {
    if yes { "是" } else { "否" }
}

/// A volunteer's number: letters and digits, in capitals.
///
/// # Errors
/// [`CellFault::Missing`], [`CellFault::Scientific`], [`CellFault::VolunteerNo`].
pub fn volunteer_no(typed: &str) -> Result<String, CellFault> {
    whole(typed)?;
    let letters: String = typed.nfkc().filter(|letter| !letter.is_whitespace()).collect();
    let letters = letters.to_ascii_uppercase();
    let holds = letters.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    match letters.len() {
        0 => Err(CellFault::Missing),
        4..=24 if holds => Ok(letters),
        _ => Err(CellFault::VolunteerNo),
    }
}

/// A long number still has its digits: a spreadsheet makes 1.30982E+11 of 130982003206.
fn whole(typed: &str) -> Result<(), CellFault> {
    let plain: String = typed.nfkc().collect();
    let Some((head, tail)) = plain.trim().split_once(['E', 'e']) else { return Ok(()) };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let number = head.split_once('.').map_or(digits(head), |(a, b)| digits(a) && digits(b));
    let power = tail.strip_prefix('+').unwrap_or(tail);
    if number && digits(power) { Err(CellFault::Scientific) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("130982003206", Ok(AreaRef::Code(AreaId(130_982_003_206))))]
    #[case(" １３０９８２００３２０６ ", Ok(AreaRef::Code(AreaId(130_982_003_206))))]
    #[case("荷花村", Ok(AreaRef::Named("荷花村".into())))]
    #[case("13098200320", Ok(AreaRef::Named("13098200320".into())))]
    #[case("1.30982E+11", Err(CellFault::Scientific))]
    #[case("", Err(CellFault::Missing))]
    fn an_area_is_a_code_or_a_name(#[case] typed: &str, #[case] read: Result<AreaRef, CellFault>) {
        assert_eq!(area(typed), read);
    }

    #[rstest]
    #[case("3", Ok(SquadRef::Number(3)))]
    #[case("３小队", Ok(SquadRef::Number(3)))]
    #[case("第 3 小队", Ok(SquadRef::Number(3)))]
    #[case("荷花村 3 小队", Ok(SquadRef::Named("荷花村 3 小队".into())))]
    #[case("0", Err(CellFault::NumberRange { least: 1, most: 999 }))]
    #[case("12345", Err(CellFault::NumberRange { least: 1, most: 999 }))]
    #[case(" ", Err(CellFault::Missing))]
    fn a_squad_is_a_number_or_a_name(
        #[case] typed: &str,
        #[case] read: Result<SquadRef, CellFault>,
    ) {
        assert_eq!(squad(typed), read);
    }

    #[rstest]
    #[case("1.54E+10", CellFault::Scientific)]
    #[case("1.5400000001e10", CellFault::Scientific)]
    #[case("1540000000", CellFault::PhoneDigits { n: 10 })]
    #[case("25400000001", CellFault::PhoneShape)]
    #[case("", CellFault::Missing)]
    fn a_wrong_phone_says_what_the_spreadsheet_did(#[case] typed: &str, #[case] fault: CellFault) {
        assert_eq!(phone(typed), Err(fault));
    }

    #[test]
    fn several_phones_stand_in_one_cell() {
        let two = vec!["15400000001".to_owned(), "15400000002".to_owned()];

        assert_eq!(phones("15400000001、15400000002"), Ok(two.clone()));
        assert_eq!(phones(" 15400000001;15400000002/15400000001"), Ok(two));
        assert_eq!(phones(""), Ok(vec![]));
        assert_eq!(phones("15400000001 154"), Err(CellFault::PhoneDigits { n: 3 }));
    }

    #[test]
    fn yes_and_no_are_understood_and_nothing_else() {
        assert!(YES.iter().all(|one| yes(one) == Ok(true)));
        assert!(NO.iter().all(|one| yes(one) == Ok(false)));
        assert_eq!(yes("ＹＥＳ"), Ok(true));
        assert_eq!(yes("也许"), Err(CellFault::NotAChoice));
        assert!(yes(said(true)) == Ok(true) && yes(said(false)) == Ok(false));
    }

    #[rstest]
    #[case("rq0312085", Ok("RQ0312085"))]
    #[case("１３０９８２ 00000001", Ok("13098200000001"))]
    #[case("13-2024-1", Ok("13-2024-1"))]
    #[case("123", Err(CellFault::VolunteerNo))]
    #[case("编号一二三", Err(CellFault::VolunteerNo))]
    #[case("1.3E+13", Err(CellFault::Scientific))]
    fn a_volunteers_number_is_letters_and_digits(
        #[case] typed: &str,
        #[case] read: Result<&str, CellFault>,
    ) {
        assert_eq!(volunteer_no(typed).as_deref(), read.as_ref().map(|one| *one));
    }

    proptest! {
        #[test]
        fn whatever_stands_in_a_cell_is_read_or_refused_and_never_panics(typed in ".*") {
            let row = [typed.clone()];
            let columns = [Some(Column::Phone)];
            let cells = Cells::new(&columns, &row);
            let _ = (cells.text(Column::Phone), cells.text(Column::Door), cells.are_empty());
            let _ = (phone(&typed), phones(&typed), code(&typed), area(&typed), squad(&typed));
            let _ = (number(&typed, 9), yes(&typed), volunteer_no(&typed), words(&typed, 3));
        }
    }
}
