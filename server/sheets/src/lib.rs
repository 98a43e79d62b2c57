//! Papers: the files that the county hands in and takes away, CSV and XLSX. Knows their bytes; what
//! a row means is for `domain::imports`, what becomes of it for the books. Reads row by row, so that
//! a file of 141,000 people never stands in memory.

mod decoding;
pub mod reading;
mod workbook;
pub mod writing;

pub use reading::{Chunk, open, read};
pub use writing::{Finished, Format, Writer, template};
