//! The centre of a circle: WGS-84, in ten-millionths of a degree, so that no digit is rounded away.

use crate::forms::Fault;

/// A point on the ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// Degrees north × 10⁷.
    pub lat_e7: i64,
    /// Degrees east × 10⁷.
    pub lon_e7: i64,
}

/// The mean radius of the earth, in metres.
const EARTH: f64 = 6_371_008.8;

impl Point {
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

    proptest! {
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
