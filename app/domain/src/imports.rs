//! Lists that the county hands in and takes away 导入导出: which columns each has, what a valid row
//! is, and what a row changes. Reading files and keeping rows is for others.

pub mod areas;
pub mod atlas;
pub mod cells;
pub mod columns;
pub mod example;
pub mod faults;
pub mod guard;
pub mod households;
pub mod names;
pub mod people;
pub mod teams;
#[cfg(test)]
mod there_and_back;

pub use columns::{Column, Layout};
pub use faults::{CellFault, FileFault, RowFault};

use cells::Cells;

keyed! {
    /// What a file lists.
    pub enum List {
        /// 区域: townships, villages, communities.
        Areas = "areas",
        /// 队伍.
        Teams = "teams",
        /// 住户: doors with those who live there.
        Households = "households",
        /// 人员: residents and volunteers.
        People = "people",
    }
}

/// A row that says what it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// Of [`List::Areas`].
    Area(areas::AreaRow),
    /// Of [`List::Teams`].
    Team(teams::TeamRow),
    /// Of [`List::Households`].
    Household(households::HouseholdRow),
    /// Of [`List::People`].
    Person(people::PersonRow),
}

impl Row {
    /// Reads the cells of a row.
    ///
    /// # Errors
    /// Everything that is wrong with them, each at its column.
    pub fn parse(list: List, cells: &Cells<'_>) -> Result<Self, Vec<(Column, CellFault)>> {
        match list {
            List::Areas => areas::AreaRow::parse(cells).map(Self::Area),
            List::Teams => teams::TeamRow::parse(cells).map(Self::Team),
            List::Households => households::HouseholdRow::parse(cells).map(Self::Household),
            List::People => people::PersonRow::parse(cells).map(Self::Person),
        }
    }
}

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file, from 1 with the header.
    pub row: u32,
    /// What it says, or everything that is wrong with it.
    pub says: Result<Row, Vec<(Column, CellFault)>>,
}

/// The most rows in one file, the header apart: the county has 141,000 registered volunteers.
pub const MOST_ROWS: u32 = 300_000;
/// The most bytes in one file.
pub const MOST_BYTES: u64 = 48 << 20;
/// The most bytes that an XLSX file may hold when it is unpacked.
pub const MOST_UNPACKED: u64 = 400 << 20;
/// The most characters of one cell that are read: no valid cell has as many.
pub const LONGEST_CELL: usize = 2_000;
/// Of a file with more mistakes than this the rest is counted and not told one by one.
pub const MOST_TOLD: usize = 10_000;
