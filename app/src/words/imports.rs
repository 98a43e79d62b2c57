//! Words for lists that come in and go out: their columns, and what is wrong with them.

use super::{Locale, grouped, td_string};
use domain::imports::{CellFault, Column, FileFault, List, RowFault};

/// What a file lists.
pub fn list(l: Locale, list: List) -> &'static str {
    match list {
        List::Areas => td_string!(l, imports.areas),
        List::Teams => td_string!(l, imports.teams),
        List::Households => td_string!(l, imports.households),
        List::People => td_string!(l, imports.people),
    }
}

/// A large count before its unit: 30 万, 300,000.
pub fn many(l: Locale, n: u32) -> String {
    match (l, n % 10_000) {
        (Locale::zh_CN, 0) => format!("{} 万", n / 10_000),
        (Locale::zh_CN, _) => format!("{} ", grouped(n.into())),
        (Locale::en, _) => grouped(n.into()),
    }
}

/// A column's header.
pub fn column(l: Locale, column: Column) -> &'static str {
    match l {
        Locale::en => column.key(),
        Locale::zh_CN => column.chinese(),
    }
}

/// What a column of a list holds.
pub fn hint(l: Locale, list: List, column: Column) -> &'static str {
    match column {
        Column::Code => td_string!(l, imports.c_code),
        Column::Name => td_string!(l, imports.c_name),
        Column::Kind if list == List::Areas => td_string!(l, imports.c_kind_areas),
        Column::Kind => td_string!(l, imports.c_kind_teams),
        Column::Parent => td_string!(l, imports.c_parent),
        Column::AtOnce => td_string!(l, imports.c_at_once),
        Column::Township => td_string!(l, imports.c_township),
        Column::Village => td_string!(l, imports.c_village),
        Column::Number => td_string!(l, imports.c_number),
        Column::Company => td_string!(l, imports.c_company),
        Column::Captain => td_string!(l, imports.c_captain),
        Column::Squad => td_string!(l, imports.c_squad),
        Column::Position => td_string!(l, imports.c_position),
        Column::Door => td_string!(l, imports.c_door),
        Column::Phones => td_string!(l, imports.c_phones),
        Column::Latitude => td_string!(l, imports.c_latitude),
        Column::Longitude => td_string!(l, imports.c_longitude),
        Column::Datum => td_string!(l, imports.c_datum),
        Column::Phone => td_string!(l, imports.c_phone),
        Column::FullName => td_string!(l, imports.c_full_name),
        Column::Surname => td_string!(l, imports.c_surname),
        Column::Title => td_string!(l, imports.c_title),
        Column::VolunteerNo => td_string!(l, imports.c_volunteer_no),
        Column::Official => td_string!(l, imports.c_official),
    }
}

/// What is wrong with a row: 第 3 行 · 手机号：要 11 位…….
pub fn row_fault(l: Locale, fault: &RowFault) -> String {
    let row = td_string!(l, imports.row_n, n = fault.row).to_string();
    format!("{row} · {}: {}", column(l, fault.column), cell_fault(l, fault.fault))
}

/// What is wrong with a cell, and what to do about it.
pub fn cell_fault(l: Locale, fault: CellFault) -> String {
    match fault {
        CellFault::Missing => td_string!(l, imports.f_missing).to_owned(),
        CellFault::TooLong { most } => td_string!(l, imports.f_too_long, n = most).to_string(),
        CellFault::PhoneDigits { n } => td_string!(l, imports.f_phone_digits, n = n).to_string(),
        CellFault::PhoneShape => td_string!(l, imports.f_phone_shape).to_owned(),
        CellFault::Scientific => td_string!(l, imports.f_scientific).to_owned(),
        CellFault::LettersOnly => td_string!(l, imports.f_letters_only).to_owned(),
        CellFault::Office => td_string!(l, imports.f_office).to_owned(),
        CellFault::NotAChoice => td_string!(l, imports.f_not_a_choice).to_owned(),
        CellFault::CodeShape => td_string!(l, imports.f_code_shape).to_owned(),
        CellFault::NumberRange { least, most } => {
            td_string!(l, imports.f_number_range, a = least, b = most).to_string()
        }
        CellFault::VolunteerNo => td_string!(l, imports.f_volunteer_no).to_owned(),
        CellFault::SurnameFirst => td_string!(l, imports.f_surname_first).to_owned(),
        CellFault::PhoneOrNumber => td_string!(l, imports.f_phone_or_number).to_owned(),
        CellFault::NoSuchArea => td_string!(l, imports.f_no_such_area).to_owned(),
        CellFault::TwoSuchAreas => td_string!(l, imports.f_two_such_areas).to_owned(),
        CellFault::NoSuchTeam => td_string!(l, imports.f_no_such_team).to_owned(),
        CellFault::WrongAbove => td_string!(l, imports.f_wrong_above).to_owned(),
        CellFault::NotForThisKind => td_string!(l, imports.f_not_for_this_kind).to_owned(),
        CellFault::NeedsVillage => td_string!(l, imports.f_needs_village).to_owned(),
        CellFault::Twice { row } => td_string!(l, imports.f_twice, n = row).to_string(),
        CellFault::TwoPeople => td_string!(l, imports.f_two_people).to_owned(),
        CellFault::OtherPhone => td_string!(l, imports.f_other_phone).to_owned(),
        CellFault::OtherNumber => td_string!(l, imports.f_other_number).to_owned(),
        CellFault::NobodyThere => td_string!(l, imports.f_nobody_there).to_owned(),
        CellFault::LivesElsewhere => td_string!(l, imports.f_lives_elsewhere).to_owned(),
        CellFault::NotNearby => td_string!(l, imports.f_not_nearby).to_owned(),
        CellFault::Moved => td_string!(l, imports.f_moved).to_owned(),
    }
}

/// Why a file cannot be read.
pub fn file_fault(l: Locale, fault: FileFault) -> String {
    match fault {
        FileFault::Empty => td_string!(l, imports.file_empty).to_owned(),
        FileFault::Format => td_string!(l, imports.file_format).to_owned(),
        FileFault::Damaged => td_string!(l, imports.file_damaged).to_owned(),
        FileFault::Encoding => td_string!(l, imports.file_encoding).to_owned(),
        FileFault::ColumnMissing(missing) => {
            td_string!(l, imports.file_column_missing, column = column(l, missing)).to_string()
        }
        FileFault::ColumnTwice(twice) => {
            td_string!(l, imports.file_column_twice, column = column(l, twice)).to_string()
        }
        FileFault::ColumnUnknown { at } => {
            td_string!(l, imports.file_column_unknown, n = at).to_string()
        }
        FileFault::TooManyRows { most } => {
            let n = many(l, most);
            td_string!(l, imports.file_too_many_rows, n = n.as_str()).to_string()
        }
        FileFault::TooLarge { mb } => td_string!(l, imports.file_too_large, n = mb).to_string(),
        FileFault::Unpacked { mb } => td_string!(l, imports.file_unpacked, n = mb).to_string(),
    }
}

/// The header of a list of mistakes.
pub fn fault_header(l: Locale) -> Vec<String> {
    vec![
        td_string!(l, imports.fault_row).to_owned(),
        td_string!(l, imports.fault_column).to_owned(),
        td_string!(l, imports.fault_words).to_owned(),
    ]
}

/// A mistake as a row of such a list.
pub fn fault_row(l: Locale, fault: &RowFault) -> Vec<String> {
    let column = column(l, fault.column).to_owned();
    vec![fault.row.to_string(), column, cell_fault(l, fault.fault)]
}

/// The notes of a template: what each column may hold, in both languages.
pub fn notes(list: List) -> Vec<Vec<String>> {
    let (zh, english) = (Locale::zh_CN, Locale::en);
    let mut rows = vec![vec![
        td_string!(zh, imports.notes_column).to_owned(),
        td_string!(zh, imports.notes_needed).to_owned(),
        td_string!(zh, imports.notes_how).to_owned(),
        td_string!(zh, imports.notes_english).to_owned(),
    ]];
    rows.extend(list.columns().iter().map(|&column| {
        vec![
            format!("{} {}", column.chinese(), column.key()),
            needed(zh, list, column).to_owned(),
            hint(zh, list, column).to_owned(),
            hint(english, list, column).to_owned(),
        ]
    }));
    rows.push(vec![td_string!(zh, imports.template_hint).to_owned()]);
    rows.push(vec![td_string!(english, imports.template_hint).to_owned()]);
    rows
}

/// Whether the header must be there.
pub fn needed(l: Locale, list: List, column: Column) -> &'static str {
    if list.needs_column(column) {
        td_string!(l, imports.needed)
    } else {
        td_string!(l, imports.optional)
    }
}
