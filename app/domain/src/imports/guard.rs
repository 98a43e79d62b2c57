//! Cells that a spreadsheet would run as a formula get an apostrophe before them, and lose it again
//! when they are read: what was written is what is read.

use std::borrow::Cow;

/// What makes a formula of a cell, in half and full width.
const SIGNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// What marks a cell as words.
const MARK: char = '\'';

/// Whether a cell would run, behind any marks that it has already.
fn would_run(cell: &str) -> bool {
    cell.trim_start_matches(MARK).starts_with(SIGNS)
}

/// A cell as it is written into a file.
pub fn guarded(cell: &str) -> Cow<'_, str> {
    if would_run(cell) { Cow::Owned(format!("{MARK}{cell}")) } else { Cow::Borrowed(cell) }
}

/// A cell of a file as it was before [`guarded`].
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix(MARK) {
        Some(rest) if would_run(rest) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_cell_begins_with_what_a_spreadsheet_would_run() {
        for sign in SIGNS {
            let cell = format!("{sign}cmd|' /C calc'!A0");

            assert!(!guarded(&cell).starts_with(SIGNS), "{sign:?}");
            assert_eq!(unguarded(&guarded(&cell)), cell, "{sign:?}");
        }
        assert_eq!(guarded("王秀兰"), "王秀兰");
        assert_eq!(unguarded("'王秀兰"), "'王秀兰");
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read_again(cell in "[-='+@\t王a]{0,5}.*") {
            let written = guarded(&cell);
            prop_assert!(!written.starts_with(SIGNS));
            prop_assert_eq!(unguarded(&written), cell.as_str());
        }
    }
}
