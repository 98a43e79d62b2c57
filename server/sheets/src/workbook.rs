//! The first sheet of an XLSX, cell by cell. An archive that would unpack to too much is refused
//! before anything of it is read.

use calamine::{DataRef, Reader, Xlsx};
use domain::imports::{FileFault, MOST_UNPACKED};
use std::{
    fs::File,
    io::{self, BufReader, Read, Seek},
    ops::ControlFlow,
};

/// More parts than any workbook of ours has.
const MOST_PARTS: usize = 500;
/// Cells further right than this are read as one that no header names.
const WIDEST: usize = 64;

/// Hands over every row that is not empty, with its number from 1.
///
/// # Errors
/// [`FileFault::Unpacked`], [`FileFault::Damaged`], [`FileFault::Empty`].
pub fn rows(
    file: &mut File,
    each: &mut dyn FnMut(u32, Vec<String>) -> ControlFlow<()>,
) -> Result<(), FileFault> {
    weigh(file)?;
    file.rewind().map_err(|_| FileFault::Damaged)?;
    let mut book: Xlsx<_> = Xlsx::new(BufReader::new(file)).map_err(|_| FileFault::Damaged)?;
    let name = book.sheet_names().first().cloned().ok_or(FileFault::Empty)?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(|_| FileFault::Damaged)?;
    let mut row: Option<(u32, Vec<String>)> = None;
    while let Some(cell) = cells.next_cell().map_err(|_| FileFault::Damaged)? {
        let (at, column) = cell.get_position();
        let text = text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        match &mut row {
            Some((number, cells)) if *number == at => put(cells, column, text),
            other => {
                let mut cells = vec![];
                put(&mut cells, column, text);
                if let Some((number, done)) = other.replace((at, cells))
                    && each(number + 1, done).is_break()
                {
                    return Ok(());
                }
            }
        }
    }
    if let Some((number, done)) = row {
        let _ = each(number + 1, done);
    }
    Ok(())
}

fn put(cells: &mut Vec<String>, column: u32, text: String) {
    let at = usize::try_from(column).unwrap_or(WIDEST).min(WIDEST);
    if cells.len() <= at {
        cells.resize(at + 1, String::new());
    }
    cells[at] = text;
}

/// Unpacks every part to nowhere and counts: what an archive says of itself need not be true.
fn weigh(file: &mut File) -> Result<(), FileFault> {
    const TOO_MUCH: FileFault = FileFault::Unpacked { mb: (MOST_UNPACKED >> 20) as u16 };
    file.rewind().map_err(|_| FileFault::Damaged)?;
    let mut archive = zip::ZipArchive::new(BufReader::new(file)).map_err(|_| FileFault::Damaged)?;
    if archive.len() > MOST_PARTS {
        return Err(TOO_MUCH);
    }
    let mut left = MOST_UNPACKED;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| FileFault::Damaged)?;
        let unpacked = io::copy(&mut part.take(left + 1), &mut io::sink());
        let unpacked = unpacked.map_err(|_| FileFault::Damaged)?;
        left = left.checked_sub(unpacked).ok_or(TOO_MUCH)?;
    }
    Ok(())
}

/// A cell as people read it: a phone that was typed as a number has its digits and no point.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            format!("{number:.0}")
        }
        DataRef::Float(number) => number.to_string(),
        DataRef::String(words) => words.clone(),
        DataRef::SharedString(words) => (*words).to_owned(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(moment) => moment.as_f64().to_string(),
        DataRef::DateTimeIso(words) | DataRef::DurationIso(words) => words.clone(),
        DataRef::Error(error) => format!("{error:?}"),
        DataRef::Empty => String::new(),
    }
}
