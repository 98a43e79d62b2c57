//! Writing a list into a file: CSV with a mark, so that Excel reads it as UTF-8, or XLSX. Cells that
//! a spreadsheet would run are guarded. Rows go to a file without a name, never all to memory.

use domain::imports::{List, guard::guarded};
use rust_xlsxwriter::{Format as Look, Workbook, XlsxError};
use std::{
    fs::File,
    io::{self, BufWriter, Seek, Write},
};

/// How a list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text with commas, for everything.
    Csv,
    /// For Excel and WPS.
    Xlsx,
}

impl Format {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Csv, Self::Xlsx];

    /// The ending of a file's name, and the word in a form.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// The format of a word in a form.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.key() == key)
    }

    /// What an answer says that it is.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// A written file, to be read from its beginning.
#[derive(Debug)]
pub struct Finished {
    /// It is gone when it is closed.
    pub file: File,
    /// How many rows it has, the header apart.
    pub rows: u32,
    /// How many bytes.
    pub bytes: u64,
}

/// A file that is being written.
pub struct Writer {
    into: Into,
    rows: u32,
}

enum Into {
    Csv(Box<csv::Writer<BufWriter<File>>>),
    Xlsx(Box<Workbook>),
}

impl Writer {
    /// Begins a file with its header.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub fn begin(format: Format, header: &[String]) -> io::Result<Self> {
        let mut writer = match format {
            Format::Csv => {
                let mut file = BufWriter::new(tempfile::tempfile()?);
                file.write_all("\u{feff}".as_bytes())?;
                let text = csv::WriterBuilder::new()
                    .terminator(csv::Terminator::CRLF)
                    .flexible(true)
                    .from_writer(file);
                Self { into: Into::Csv(Box::new(text)), rows: 0 }
            }
            Format::Xlsx => {
                let mut book = Workbook::new();
                let sheet = book.add_worksheet_with_constant_memory().map_err(failed)?;
                sheet.set_freeze_panes(1, 0).map_err(failed)?;
                let text = Look::new().set_num_format("@");
                for column in 0..u16::try_from(header.len()).unwrap_or(u16::MAX) {
                    // Phones that are typed into it later keep their digits.
                    sheet.set_column_format(column, &text).map_err(failed)?;
                    sheet.set_column_width(column, 16).map_err(failed)?;
                }
                Self { into: Into::Xlsx(Box::new(book)), rows: 0 }
            }
        };
        writer.put(0, header)?;
        Ok(writer)
    }

    /// Writes a row.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub fn row(&mut self, cells: &[String]) -> io::Result<()> {
        self.rows += 1;
        self.put(self.rows, cells)
    }

    fn put(&mut self, row: u32, cells: &[String]) -> io::Result<()> {
        match &mut self.into {
            Into::Csv(text) => {
                let cells = cells.iter().map(|cell| guarded(cell));
                text.write_record(cells.map(|cell| cell.into_owned())).map_err(io::Error::other)
            }
            // A cell of a workbook says that it is words, so nothing of it runs; the guard is for
            // whoever saves it as text.
            Into::Xlsx(book) => {
                let sheet = book.worksheet_from_index(0).map_err(failed)?;
                for (column, cell) in (0..).zip(cells) {
                    if !cell.is_empty() {
                        sheet.write_string(row, column, guarded(cell)).map_err(failed)?;
                    }
                }
                Ok(())
            }
        }
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub fn finish(self) -> io::Result<Finished> {
        let mut file = match self.into {
            Into::Csv(text) => {
                let buffer =
                    text.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
                buffer.into_inner().map_err(io::IntoInnerError::into_error)?
            }
            Into::Xlsx(mut book) => saved(&mut book)?,
        };
        let bytes = file.metadata()?.len();
        file.rewind()?;
        Ok(Finished { file, rows: self.rows, bytes })
    }
}

fn saved(book: &mut Workbook) -> io::Result<File> {
    let file = tempfile::tempfile()?;
    book.save_to_writer(BufWriter::new(file.try_clone()?)).map_err(failed)?;
    Ok(file)
}

fn failed(error: XlsxError) -> io::Error {
    io::Error::other(error)
}

/// The template of a list: Chinese headers, one example, and in XLSX a sheet of notes on what each
/// column may hold.
///
/// # Errors
/// When the disk does not take it.
pub fn template(list: List, format: Format, notes: &[Vec<String>]) -> io::Result<Finished> {
    let header: Vec<_> = list.columns().iter().map(|one| one.chinese().to_owned()).collect();
    let example: Vec<_> = list.example().iter().map(|cell| (*cell).to_owned()).collect();
    let mut writer = Writer::begin(format, &header)?;
    writer.row(&example)?;
    if let Into::Xlsx(book) = &mut writer.into {
        book.worksheet_from_index(0).and_then(|it| it.set_name("填这里")).map_err(failed)?;
        let sheet = book.add_worksheet().set_name("说明 Notes").map_err(failed)?;
        for (row, cells) in (0..).zip(notes) {
            for (column, cell) in (0..).zip(cells) {
                sheet.write_string(row, column, cell).map_err(failed)?;
                sheet.set_column_width(column, 36).map_err(failed)?;
            }
        }
    }
    writer.finish()
}
