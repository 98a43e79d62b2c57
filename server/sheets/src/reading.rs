//! Reading a list from a file, whatever spreadsheet saved it.

use crate::{
    decoding::{Decoded, encoding_of},
    workbook,
};
use domain::imports::{FileFault, Layout, Line, List, MOST_BYTES, MOST_ROWS, Row, cells::Cells};
use std::{
    fs::File,
    io::{Read, Seek},
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
};
use tokio::sync::mpsc;

/// Some rows of a list, or why there are no more of them.
pub type Chunk = Result<Vec<Line>, FileFault>;

/// Rows in one chunk.
const AT_ONCE: usize = 500;

/// Reads a list beside whoever takes its chunks, a few ahead of them.
pub fn open(path: PathBuf, list: List) -> mpsc::Receiver<Chunk> {
    let (sends, takes) = mpsc::channel(4);
    std::thread::spawn(move || {
        let mut chunk = Vec::with_capacity(AT_ONCE);
        let outcome = File::open(path).map_err(|_| FileFault::Damaged).and_then(|mut file| {
            read(&mut file, list, |line| {
                chunk.push(line);
                if chunk.len() < AT_ONCE {
                    return ControlFlow::Continue(());
                }
                // Nobody takes it any more: the rest need not be read.
                match sends.blocking_send(Ok(std::mem::take(&mut chunk))) {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(_) => ControlFlow::Break(()),
                }
            })
        });
        let _ = sends.blocking_send(outcome.map(|()| chunk));
    });
    takes
}

/// Where rows go: whoever takes them may have had enough.
type Taker<'a> = &'a mut dyn FnMut(u32, Vec<String>) -> ControlFlow<()>;

/// Reads a list and hands over each row but the header, the empty ones and the example.
///
/// # Errors
/// [`FileFault`] when it is no such list.
pub fn read(
    file: &mut File,
    list: List,
    mut each: impl FnMut(Line) -> ControlFlow<()>,
) -> Result<(), FileFault> {
    let mut layout: Option<Result<Layout, FileFault>> = None;
    let mut count = 0;
    let mut taker = |row: u32, cells: Vec<String>| {
        if Cells::new(&[], &cells).are_empty() {
            return ControlFlow::Continue(());
        }
        match &layout {
            None => {
                let header = Layout::read(list, &cells);
                let is_no_list = header.is_err();
                layout = Some(header);
                if is_no_list { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            }
            Some(Err(_)) => ControlFlow::Break(()),
            Some(Ok(_)) if list.is_example(&cells) => ControlFlow::Continue(()),
            Some(Ok(layout)) => {
                count += 1;
                if count > MOST_ROWS {
                    return ControlFlow::Break(());
                }
                each(Line { row, says: Row::parse(list, &layout.cells(&cells)) })
            }
        }
    };
    rows(file, &mut taker)?;
    match layout {
        None => Err(FileFault::Empty),
        Some(Err(fault)) => Err(fault),
        Some(Ok(_)) if count > MOST_ROWS => Err(FileFault::TooManyRows { most: MOST_ROWS }),
        Some(Ok(_)) => Ok(()),
    }
}

fn rows(file: &mut File, each: Taker<'_>) -> Result<(), FileFault> {
    let length = file.metadata().map_err(|_| FileFault::Damaged)?.len();
    if length == 0 {
        return Err(FileFault::Empty);
    }
    if length > MOST_BYTES {
        let mb = u16::try_from(MOST_BYTES >> 20).unwrap_or(u16::MAX);
        return Err(FileFault::TooLarge { mb });
    }
    let mut begin = [0; 4];
    file.rewind().map_err(|_| FileFault::Damaged)?;
    let read = file.read(&mut begin).map_err(|_| FileFault::Damaged)?;
    match &begin[..read] {
        [b'P', b'K', 3, 4] => {
            // The reader of workbooks is not ours: a file that it stumbles over is a damaged one.
            let stumbled = catch_unwind(AssertUnwindSafe(|| workbook::rows(file, each)));
            stumbled.unwrap_or(Err(FileFault::Damaged))
        }
        // The old XLS.
        [0xd0, 0xcf, 0x11, 0xe0] => Err(FileFault::Format),
        _ => text_rows(file, each),
    }
}

fn text_rows(file: &mut File, each: Taker<'_>) -> Result<(), FileFault> {
    let encoding = encoding_of(file)?;
    let mut begin = String::new();
    let head = Decoded::new(file, encoding)?.take(4096);
    read_lossy(head, &mut begin);
    if begin.contains('\0') {
        return Err(FileFault::Format);
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&begin))
        .from_reader(Decoded::new(file, encoding)?);
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|_| FileFault::Damaged)? {
        let line = record.position().map_or(0, csv::Position::line);
        let cells = record.iter().map(str::to_owned).collect();
        if each(u32::try_from(line).unwrap_or(u32::MAX), cells).is_break() {
            break;
        }
    }
    Ok(())
}

/// The beginning of a text, cut off wherever it is cut off.
fn read_lossy(mut from: impl Read, into: &mut String) {
    let mut bytes = vec![];
    // What cannot be read is found out when it is read whole.
    let _ = from.read_to_end(&mut bytes);
    into.push_str(&String::from_utf8_lossy(&bytes));
}

/// What stands between cells: a comma, or what stands most often in the first line.
fn delimiter(begin: &str) -> u8 {
    let first = begin.lines().next().unwrap_or_default();
    let count = |sign: u8| first.bytes().filter(|byte| *byte == sign).count();
    let found = *b";\t,".iter().max_by_key(|sign| count(**sign)).unwrap_or(&b',');
    if count(found) == 0 { b',' } else { found }
}

#[cfg(test)]
mod tests;
