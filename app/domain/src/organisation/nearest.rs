//! The circles of a village from where somebody stands.

use super::point::{Point, told};
use crate::teams::TeamId;

/// Circles with a known centre, the nearest first, and how far each is, in metres.
pub fn nearest(here: Point, centres: &[(TeamId, Point)]) -> Vec<(TeamId, u32)> {
    let metres = |there: Point| told(here.metres_to(there));
    let mut all: Vec<_> = centres
        .iter()
        .map(|(team, there)| (here.metres_to(*there), *team, metres(*there)))
        .collect();
    all.sort_unstable();
    all.into_iter().map(|(_, team, metres)| (team, metres)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_nearest_centre_comes_first_and_metres_are_told_in_steps() {
        let here = Point { lat_e7: 387_116_000, lon_e7: 1_160_993_000 };
        let north = |metres: i64| Point { lat_e7: here.lat_e7 + metres * 90, ..here };
        let team = |n| TeamId(Uuid::from_u128(n));

        let found = nearest(here, &[(team(1), north(312)), (team(2), north(12)), (team(3), here)]);

        assert_eq!(found, [(team(3), 5), (team(2), 15), (team(1), 350)]);
        assert_eq!(nearest(here, &[]), []);
    }
}
