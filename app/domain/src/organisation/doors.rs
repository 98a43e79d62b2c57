//! The doors of a circle: what they are called and where they stand along the lane.

use crate::forms::{self, Fault};

/// The longest name of a door, in characters.
pub const LONGEST_LABEL: u16 = 30;
/// As far as positions are counted along a lane, from 1.
pub const LAST_POSITION: u16 = 9_999;
/// As many doors are added at once.
pub const MOST_AT_ONCE: u16 = 200;

/// What a door is called: 荷花东巷 12 号.
///
/// # Errors
/// [`Fault::Missing`], [`Fault::TooLong`].
pub fn label(typed: &str) -> Result<String, Fault> {
    forms::words(&super::naming::on_one_line(typed), LONGEST_LABEL)
}

/// The doors of a lane with these numbers: 荷花东巷, 1, 24.
///
/// # Errors
/// [`Fault::OutOfRange`] when the last comes before the first or there are too many,
/// [`Fault::TooLong`] when a name of one would be.
pub fn range(lane: &str, first: u16, last: u16) -> Result<Vec<String>, Fault> {
    let most = first.saturating_add(MOST_AT_ONCE - 1).min(LAST_POSITION);
    if last < first || last > most {
        return Err(Fault::OutOfRange { least: first, most });
    }
    (first..=last).map(|number| label(&format!("{lane} {number} 号"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_names_every_door_between() {
        let doors = range(" 荷花东巷", 1, 24).unwrap();

        assert_eq!(doors.len(), 24);
        assert_eq!((doors[0].as_str(), doors[23].as_str()), ("荷花东巷 1 号", "荷花东巷 24 号"));
    }

    #[test]
    fn a_range_runs_forward_and_is_not_endless() {
        let bounds = |least| Err(Fault::OutOfRange { least, most: least + 199 });

        assert_eq!(range("东巷", 5, 4), bounds(5));
        assert_eq!(range("东巷", 1, 201), bounds(1));
        assert_eq!(range("东巷", 1, 200).map(|doors| doors.len()), Ok(200));
        assert_eq!(range(&"巷".repeat(30), 1, 2), Err(Fault::TooLong { most: LONGEST_LABEL }));
    }

    #[test]
    fn a_label_stands_on_one_line() {
        assert_eq!(label(" 东巷\n\t 3  号 "), Ok("东巷 3 号".to_owned()));
        assert_eq!(label(" \n"), Err(Fault::Missing));
    }
}
