//! The centre of a circle or where a door stands: WGS-84, in ten-millionths of a degree, so that no
//! digit is rounded away.

use crate::{
    clock::{DAY, Millis},
    forms::Fault,
};
use serde::{Deserialize, Serialize};

/// A point on the ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Degrees north × 10⁷.
    pub lat_e7: i64,
    /// Degrees east × 10⁷.
    pub lon_e7: i64,
}

/// The mean radius of the earth, in metres.
const EARTH: f64 = 6_371_008.8;

impl Point {
    /// A point of the books, where both numbers are there.
    pub fn of(lat_e7: Option<i64>, lon_e7: Option<i64>) -> Option<Self> {
        Some(Self { lat_e7: lat_e7?, lon_e7: lon_e7? })
    }

    /// How far it is over the ground, in metres: haversine, good to a few millimetres within a county.
    pub fn metres_to(self, other: Self) -> u32 {
        let radians = |e7: i64| (e7 as f64 / DEGREE as f64).to_radians();
        let (north, there) = (radians(self.lat_e7), radians(other.lat_e7));
        let up = (radians(other.lat_e7 - self.lat_e7) / 2.0).sin();
        let across = (radians(other.lon_e7 - self.lon_e7) / 2.0).sin();
        let part = up * up + north.cos() * there.cos() * across * across;
        (2.0 * EARTH * part.sqrt().min(1.0).asin()).round() as u32
    }
}

/// The ring that gave the house its name, in metres.
pub const NEAR: u32 = 15;

/// Who lives behind a door says anew where it stands only after so long: a door that wanders would
/// measure where others live.
pub const MAY_MOVE_AFTER: Millis = 30 * DAY;

/// A distance as it may be told: in steps of five metres, of fifty beyond a hundred and of five hundred
/// beyond a thousand. Telephones know no better, and nobody shall work out a door from it.
pub fn told(metres: u32) -> u32 {
    let step = match metres {
        0..=100 => 5,
        101..=1_000 => 50,
        _ => 500,
    };
    metres.max(1).div_ceil(step) * step
}

/// A point with the numbers by which the books find what lies within [`NEAR`] of it, all in whole
/// numbers: so close by the ground is flat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Around {
    /// The point.
    pub centre: Point,
    /// So far north or south, in ten-millionths of a degree.
    pub reach: i64,
    /// What the square of a difference in longitude counts against one in latitude, × 10,000.
    pub narrowing: i64,
    /// The most that both squares come to.
    pub limit: i64,
}

impl Around {
    /// What lies within [`NEAR`] of a point.
    pub fn of(centre: Point) -> Self {
        let metre = DEGREE as f64 / (EARTH.to_radians());
        // Half a metre more, since distances are whole metres.
        let reach = (f64::from(NEAR) + 0.5) * metre;
        let up = (centre.lat_e7 as f64 / DEGREE as f64).to_radians().cos();
        Self {
            centre,
            reach: reach.ceil() as i64,
            narrowing: (up * up * 10_000.0).round() as i64,
            limit: (reach * reach) as i64,
        }
    }

    /// Whether a point lies within: the same that the books compute.
    pub const fn holds(&self, there: Point) -> bool {
        let (up, across) = (there.lat_e7 - self.centre.lat_e7, there.lon_e7 - self.centre.lon_e7);
        up * up + across * across * self.narrowing / 10_000 <= self.limit
    }
}

const DEGREE: i64 = 10_000_000;
const DIGITS: usize = 7;

/// Renqiu and some kilometres around it: south, north.
const LATITUDES: (i64, i64) = (384_000_000, 391_000_000);
/// West, east.
const LONGITUDES: (i64, i64) = (1_157_000_000, 1_165_000_000);

/// Degrees north in decimals: 38.7116.
///
/// # Errors
/// [`Fault::NotNearby`] for what is no number or lies far from the county.
pub fn latitude(typed: &str) -> Result<Option<i64>, Fault> {
    within(typed, LATITUDES)
}

/// Degrees east in decimals: 116.0993.
///
/// # Errors
/// [`Fault::NotNearby`].
pub fn longitude(typed: &str) -> Result<Option<i64>, Fault> {
    within(typed, LONGITUDES)
}

fn within(typed: &str, (least, most): (i64, i64)) -> Result<Option<i64>, Fault> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    match e7(typed) {
        Some(found) if (least..=most).contains(&found) => Ok(Some(found)),
        _ => Err(Fault::NotNearby),
    }
}

/// Reads the digits as they stand; what is finer than we keep is cut off.
fn e7(typed: &str) -> Option<i64> {
    let (whole, rest) = typed.split_once('.').unwrap_or((typed, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || rest.len() > 20 || !digits(whole) || !digits(rest) {
        return None;
    }
    let rest: String = rest.chars().chain("0000000".chars()).take(DIGITS).collect();
    Some(whole.parse::<i64>().ok()? * DEGREE + rest.parse::<i64>().ok()?)
}

/// As it is typed and read: 38.7116.
pub fn degrees(e7: i64) -> String {
    let text = format!("{}.{:07}", e7 / DEGREE, e7.rem_euclid(DEGREE));
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn degrees_are_kept_as_they_were_typed() {
        assert_eq!(latitude(" 38.7116 "), Ok(Some(387_116_000)));
        assert_eq!(longitude("116.09931237"), Ok(Some(1_160_993_123)));
        assert_eq!(latitude("39"), Ok(Some(390_000_000)));
        assert_eq!(latitude(""), Ok(None));
        assert_eq!(degrees(387_116_000), "38.7116");
        assert_eq!(degrees(390_000_000), "39");
    }

    #[test]
    fn what_is_far_away_or_no_number_is_refused() {
        for typed in ["116.1", "38,7", "38.7N", "-38.7", "三十八", ".7", "0", "38.39", "39.11"] {
            assert_eq!(latitude(typed), Err(Fault::NotNearby), "{typed}");
        }
        assert_eq!(longitude("38.7"), Err(Fault::NotNearby));
    }

    #[test]
    fn distances_are_those_over_the_ground() {
        let centre = Point { lat_e7: 387_116_000, lon_e7: 1_160_993_000 };
        let north = Point { lat_e7: centre.lat_e7 + 1_349, ..centre };
        let east = Point { lon_e7: centre.lon_e7 + 1_729, ..centre };
        let township = Point { lat_e7: 386_116_000, lon_e7: 1_160_993_000 };

        assert_eq!(centre.metres_to(centre), 0);
        assert_eq!(centre.metres_to(north), 15);
        assert_eq!(centre.metres_to(east), 15);
        assert_eq!(centre.metres_to(township), 11_120);
        assert_eq!(township.metres_to(centre), 11_120);
    }

    #[test]
    fn a_distance_is_told_no_finer_than_in_fives() {
        let told_as =
            [(0, 5), (1, 5), (5, 5), (6, 10), (12, 15), (100, 100), (101, 150), (1_001, 1_500)];
        for (metres, said) in told_as {
            assert_eq!(told(metres), said, "{metres}");
        }
    }

    proptest! {
        #[test]
        fn what_the_books_find_near_lies_within_fifteen_metres(
            lat in LATITUDES.0..=LATITUDES.1, lon in LONGITUDES.0..=LONGITUDES.1,
            north in -2_500_i64..2_500, east in -2_500_i64..2_500,
        ) {
            let here = Point { lat_e7: lat, lon_e7: lon };
            let there = Point { lat_e7: lat + north, lon_e7: lon + east };
            let metres = here.metres_to(there);
            // On the line itself both may round their way.
            if metres != NEAR && metres != NEAR + 1 {
                prop_assert_eq!(Around::of(here).holds(there), metres <= NEAR, "{} m", metres);
            }
        }

        #[test]
        fn what_is_shown_reads_as_the_same_point(e7 in LATITUDES.0..=LATITUDES.1) {
            prop_assert_eq!(latitude(&degrees(e7)), Ok(Some(e7)));
        }

        #[test]
        fn whatever_is_typed_is_read_or_refused_and_never_panics(typed in ".*") {
            let _ = (latitude(&typed), longitude(&typed));
        }
    }
}
