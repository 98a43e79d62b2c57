//! What can be wrong with a file, a row, a cell. Worded in `app/locales/*/imports.json`. No fault
//! quotes what a cell holds: it may be somebody's phone.

use super::Column;
use crate::forms::Fault;
use serde::{Deserialize, Serialize};

/// What is wrong with a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum CellFault {
    /// Empty, and must not be.
    #[error("empty")]
    Missing,
    /// More characters than fit.
    #[error("more than {most} characters")]
    TooLong {
        /// How many fit.
        most: u16,
    },
    /// A mobile number has eleven digits.
    #[error("{n} digits instead of 11")]
    PhoneDigits {
        /// How many these are.
        n: u8,
    },
    /// Eleven digits, but no mobile number begins like this.
    #[error("not a mobile number")]
    PhoneShape,
    /// The spreadsheet made 1.30982E+11 of a long number: its digits are lost.
    #[error("digits lost in scientific notation")]
    Scientific,
    /// A name with digits or signs in it.
    #[error("letters only")]
    LettersOnly,
    /// A title that claims a post.
    #[error("claims an office")]
    Office,
    /// Not one of the allowed words.
    #[error("not one of the allowed words")]
    NotAChoice,
    /// An area's code has twelve digits.
    #[error("not a code of twelve digits")]
    CodeShape,
    /// A whole number outside its bounds.
    #[error("not a number from {least} to {most}")]
    NumberRange {
        /// The least.
        least: u16,
        /// The most.
        most: u16,
    },
    /// A volunteer's number is 4–24 letters and digits.
    #[error("not a volunteer's number")]
    VolunteerNo,
    /// The surname is not what the name begins with.
    #[error("the name does not begin with this surname")]
    SurnameFirst,
    /// Somebody without phone and without volunteer's number cannot be told apart.
    #[error("neither phone nor volunteer's number")]
    PhoneOrNumber,
    /// No area has this name or code here.
    #[error("no such area")]
    NoSuchArea,
    /// Two villages have this name: the township says which.
    #[error("two areas have this name")]
    TwoSuchAreas,
    /// No team of this number here.
    #[error("no such team")]
    NoSuchTeam,
    /// It may not stand under that.
    #[error("may not stand under that")]
    WrongAbove,
    /// Rows of this kind leave this column empty.
    #[error("not for this kind")]
    NotForThisKind,
    /// Without a squad it is nowhere.
    #[error("needs the column beside it")]
    NeedsVillage,
    /// An earlier row of the file says the same.
    #[error("the same as row {row}")]
    Twice {
        /// Which, counted from 1 with the header.
        row: u32,
    },
    /// The phone is one person's, the volunteer's number another's.
    #[error("phone and number belong to two people")]
    TwoPeople,
    /// Whoever has this volunteer's number is known by another phone.
    #[error("known by another phone")]
    OtherPhone,
    /// Whoever has this phone is known by another volunteer's number.
    #[error("known by another number")]
    OtherNumber,
    /// Nobody is known by this phone.
    #[error("nobody has this phone")]
    NobodyThere,
    /// Whoever has this phone lives elsewhere.
    #[error("lives elsewhere")]
    LivesElsewhere,
    /// Not a place in or near the county.
    #[error("not in or near the county")]
    NotNearby,
    /// What stands in the books is moved on its own page, not by a file.
    #[error("moving is not for a file")]
    Moved,
}

impl From<Fault> for CellFault {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::TooLong { most } => Self::TooLong { most },
            Fault::PhoneDigits { n } => Self::PhoneDigits { n },
            Fault::PhoneShape => Self::PhoneShape,
            Fault::LettersOnly => Self::LettersOnly,
            Fault::Office => Self::Office,
            Fault::OutOfRange { least, most } => Self::NumberRange { least, most },
            Fault::Missing => Self::Missing,
            Fault::NotNearby => Self::NotNearby,
            // Faults of other fields; a column of ours has none of them.
            Fault::CodeShape
            | Fault::NotAChoice
            | Fault::ConsentMissing
            | Fault::TooShort { .. }
            | Fault::Common
            | Fault::TellsYou
            | Fault::Different
            | Fault::NotADate
            | Fault::Backwards
            | Fault::TooYoung { .. }
            | Fault::Taken
            | Fault::Photo(_) => Self::NotAChoice,
        }
    }
}

/// What is wrong in one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowFault {
    /// Which row of the file, counted from 1 with the header.
    pub row: u32,
    /// Which column.
    pub column: Column,
    /// What is wrong.
    pub fault: CellFault,
}

/// Why a file cannot be read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum FileFault {
    /// No file, or one without a row.
    #[error("an empty file")]
    Empty,
    /// Neither CSV nor XLSX; the old XLS counts as that too.
    #[error("neither CSV nor XLSX")]
    Format,
    /// Broken off or damaged.
    #[error("damaged")]
    Damaged,
    /// Neither UTF-8 nor GB18030.
    #[error("neither UTF-8 nor GB18030")]
    Encoding,
    /// A column that must be there is not.
    #[error("the column {} is missing", .0.key())]
    ColumnMissing(Column),
    /// Two columns of one name.
    #[error("the column {} is there twice", .0.key())]
    ColumnTwice(Column),
    /// A column with a name that is none of this list.
    #[error("column {at} has a name that is not of this list")]
    ColumnUnknown {
        /// Which, counted from 1.
        at: u16,
    },
    /// More rows than one file may have.
    #[error("more than {most} rows")]
    TooManyRows {
        /// How many it may have.
        most: u32,
    },
    /// More bytes than one file may have.
    #[error("more than {mb} MB")]
    TooLarge {
        /// How many it may have, in MB.
        mb: u16,
    },
    /// A packed file that would unpack to too much.
    #[error("unpacks to more than {mb} MB")]
    Unpacked {
        /// How much it may, in MB.
        mb: u16,
    },
}
