//! Chinese maps (高德, 腾讯) show GCJ-02, which lies some hundred metres beside WGS-84: converted once,
//! where a point comes in. Only WGS-84 is kept.

use super::point::{Point, latitude, longitude};
use crate::forms::{Fault, Field, FormErrors};
use std::f64::consts::PI;

keyed! {
    /// In which coordinates a point was told.
    pub enum Datum {
        /// What satellites and browsers say.
        Wgs84 = "wgs84",
        /// 火星坐标: what Chinese maps show.
        Gcj02 = "gcj02",
    }
}

/// The ellipsoid of GCJ-02 (Krassowsky 1940): half the long axis in metres, and the square of its
/// eccentricity.
const AXIS: f64 = 6_378_245.0;
const ECCENTRICITY: f64 = 0.006_693_421_622_965_943;
/// The shift changes so slowly that each round is a thousand times nearer.
const ROUNDS: usize = 4;

impl Datum {
    /// The point in WGS-84.
    pub fn to_wgs84(self, told: Point) -> Point {
        match self {
            Self::Wgs84 => told,
            Self::Gcj02 => from_gcj02(told),
        }
    }

    /// Reads the coordinates of a list: nothing is WGS-84.
    pub fn typed(typed: &str) -> Option<Self> {
        let letters =
            typed.chars().filter(|one| one.is_alphanumeric()).flat_map(char::to_lowercase);
        match letters.collect::<String>().as_str() {
            "" | "wgs84" | "gps" | "卫星" => Some(Self::Wgs84),
            "gcj02" | "火星" | "火星坐标" | "高德" | "腾讯" => Some(Self::Gcj02),
            _ => None,
        }
    }

    /// As a list writes it.
    pub const fn written(self) -> &'static str {
        match self {
            Self::Wgs84 => "WGS-84",
            Self::Gcj02 => "GCJ-02",
        }
    }
}

/// A point as it was typed, in degrees; none when nothing was.
///
/// # Errors
/// Each field that does not hold: far from the county, no number, or one of the two alone.
pub fn read(north: &str, east: &str, told_in: &str) -> Result<Option<Point>, FormErrors> {
    let mut faults = FormErrors::default();
    let lat = faults.take(Field::Latitude, latitude(north)).flatten();
    let lon = faults.take(Field::Longitude, longitude(east)).flatten();
    let datum = Datum::from_key(told_in).unwrap_or(Datum::Wgs84);
    if faults.0.is_empty() && lat.is_some() != lon.is_some() {
        let empty = if lat.is_none() { Field::Latitude } else { Field::Longitude };
        faults.0.push((empty, Fault::Missing));
    }
    if !faults.0.is_empty() {
        return Err(faults);
    }
    Ok(lat.zip(lon).map(|(lat_e7, lon_e7)| datum.to_wgs84(Point { lat_e7, lon_e7 })))
}

/// The point that GCJ-02 shows there.
fn from_gcj02(shown: Point) -> Point {
    let mut found = shown;
    for _ in 0..ROUNDS {
        let again = to_gcj02(found);
        found.lat_e7 -= again.lat_e7 - shown.lat_e7;
        found.lon_e7 -= again.lon_e7 - shown.lon_e7;
    }
    found
}

/// Where GCJ-02 shows a point: the published approximation, good to a few centimetres.
fn to_gcj02(at: Point) -> Point {
    let degree = 10_000_000.0;
    let (lat, lon) = (at.lat_e7 as f64 / degree, at.lon_e7 as f64 / degree);
    let (x, y) = (lon - 105.0, lat - 35.0);
    let wave = |at: f64| 20.0 * (6.0 * at * PI).sin() + 20.0 * (2.0 * at * PI).sin();
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + (wave(x)
            + 20.0 * (y * PI).sin()
            + 40.0 * (y / 3.0 * PI).sin()
            + 160.0 * (y / 12.0 * PI).sin()
            + 320.0 * (y / 30.0 * PI).sin())
            * 2.0
            / 3.0;
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + (wave(x)
            + 20.0 * (x * PI).sin()
            + 40.0 * (x / 3.0 * PI).sin()
            + 150.0 * (x / 12.0 * PI).sin()
            + 300.0 * (x / 30.0 * PI).sin())
            * 2.0
            / 3.0;
    let up = lat.to_radians();
    let flat = 1.0 - ECCENTRICITY * up.sin() * up.sin();
    let north = north * 180.0 / (AXIS * (1.0 - ECCENTRICITY) / (flat * flat.sqrt()) * PI);
    let east = east * 180.0 / (AXIS / flat.sqrt() * up.cos() * PI);
    Point {
        lat_e7: at.lat_e7 + (north * degree).round() as i64,
        lon_e7: at.lon_e7 + (east * degree).round() as i64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(lat: f64, lon: f64) -> Point {
        Point { lat_e7: (lat * 1e7).round() as i64, lon_e7: (lon * 1e7).round() as i64 }
    }

    /// The points that googollee/eviltransform and wandergis/coordtransform publish with their code:
    /// WGS-84, and where GCJ-02 shows it.
    fn published() -> [(Point, Point); 4] {
        [
            (at(31.177_427_6, 121.527_210_6), at(31.175_303_983_6, 121.531_541_859_2)),
            (at(22.543_847, 113.912_316), at(22.540_796_131_7, 113.917_176_480_8)),
            (at(39.911_954, 116.377_817), at(39.913_345_435_4, 116.384_047_224_6)),
            (at(39.915, 116.404), at(39.916_404_281_5, 116.410_244_499_2)),
        ]
    }

    #[test]
    fn published_points_are_shifted_and_found_again_within_a_metre() {
        for (wgs84, gcj02) in published() {
            assert!(to_gcj02(wgs84).metres_to(gcj02) <= 1, "{wgs84:?}");
            assert!(Datum::Gcj02.to_wgs84(gcj02).metres_to(wgs84) <= 1, "{gcj02:?}");
            assert_eq!(Datum::Wgs84.to_wgs84(wgs84), wgs84);
            assert!(wgs84.metres_to(gcj02) > 300, "the shift is no trifle");
        }
    }

    #[test]
    fn a_list_says_in_which_coordinates_it_is() {
        for &datum in Datum::ALL {
            assert_eq!(Datum::typed(datum.written()), Some(datum));
            assert_eq!(Datum::typed(datum.key()), Some(datum));
        }
        assert_eq!(Datum::typed(" "), Some(Datum::Wgs84));
        assert_eq!(Datum::typed("高德"), Some(Datum::Gcj02));
        assert_eq!(Datum::typed("bd-09"), None);
    }

    #[test]
    fn a_point_has_both_its_numbers_or_none() {
        let only = |field| Err(FormErrors(vec![(field, Fault::Missing)]));

        assert_eq!(read("", " ", "wgs84"), Ok(None));
        assert_eq!(read("38.7116", "", "wgs84"), only(Field::Longitude));
        assert_eq!(read("", "116.0993", "wgs84"), only(Field::Latitude));
        let far = FormErrors(vec![(Field::Latitude, Fault::NotNearby)]);
        assert_eq!(read("31", "116.0993", "wgs84"), Err(far));
        let point = Point { lat_e7: 387_116_000, lon_e7: 1_160_993_000 };
        assert_eq!(read("38.7116", "116.0993", "wgs84"), Ok(Some(point)));
        let shifted = read("38.7116", "116.0993", "gcj02").unwrap().unwrap();
        assert!((300..900).contains(&shifted.metres_to(point)));
    }

    proptest! {
        #[test]
        fn there_and_back_is_the_same_point(lat in 384_000_000_i64..391_000_000, lon in 1_157_000_000_i64..1_165_000_000) {
            let point = Point { lat_e7: lat, lon_e7: lon };
            prop_assert!(from_gcj02(to_gcj02(point)).metres_to(point) == 0);
        }

        #[test]
        fn whatever_is_typed_is_read_or_refused(north in ".*", east in ".*", datum in ".*") {
            let _ = (read(&north, &east, &datum), Datum::typed(&datum));
        }
    }
}
