//! A request as the board shows it to one reader: what the reader may know, and how near it is.

use super::{Category, Facts, Move, Request, State, Urgency, privacy};
use crate::{
    Millis,
    organisation::point::told,
    people::{Actor, Place},
};
use serde::{Deserialize, Serialize};

/// The longest headline of a card, in characters.
const HEADLINE: usize = 24;

keyed! {
    /// The rings of the board, nearest first; each holds those before it.
    pub enum Ring {
        /// 15 米内: the same circle.
        Circle = "1",
        /// 本巷: the same company.
        Lane = "2",
        /// 全村.
        Village = "3",
    }
}

impl Ring {
    /// The ring in which `there` lies, seen from `here`; none beyond the village. Where both points are
    /// known the first ring is fifteen metres on the ground, else the circle.
    pub fn between(here: &Place, there: &Place) -> Option<Self> {
        let same_circle = here.squad.is_some() && here.squad == there.squad;
        let same_lane = here.company.is_some() && here.company == there.company;
        if here.is_near(there).unwrap_or(same_circle) {
            Some(Self::Circle)
        } else if same_lane || same_circle {
            Some(Self::Lane)
        } else if here.village == there.village {
            Some(Self::Village)
        } else {
            None
        }
    }
}

/// How far, as neighbours say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Distance {
    /// 你家.
    Home,
    /// 隔壁.
    NextDoor,
    /// 隔 n 户: so many doors between.
    Doors(u8),
    /// So many metres, as finely as they may be told.
    Metres(u32),
    /// In this ring; the doors are not known or too many to count.
    Within(Ring),
    /// 外村.
    Beyond,
}

/// So many doors between are still counted.
const DOORS_COUNTED: u32 = 9;

impl Distance {
    /// How far `there` is from `here`: metres where both points are known, doors where those are.
    pub fn between(here: &Place, there: &Place) -> Self {
        let Some(ring) = Ring::between(here, there) else { return Self::Beyond };
        let same_lane = match (here.company, there.company) {
            (None, None) => here.squad == there.squad,
            (mine, theirs) => mine == theirs,
        };
        if same_lane && here.door.is_some() && here.door == there.door {
            return Self::Home;
        }
        if let Some(metres) = here.metres_to(there) {
            return Self::Metres(told(metres));
        }
        let doors = match (ring, here.door, there.door) {
            (Ring::Circle | Ring::Lane, Some(a), Some(b)) => a.abs_diff(b),
            _ => return Self::Within(ring),
        };
        match doors {
            0 => Self::Home,
            1 => Self::NextDoor,
            n if n <= DOORS_COUNTED => Self::Doors(u8::try_from(n - 1).unwrap_or(u8::MAX)),
            _ => Self::Within(ring),
        }
    }
}

/// One card of the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// What people read aloud; also its address.
    pub code: String,
    /// What kind of help.
    pub category: Category,
    /// How soon.
    pub urgency: Urgency,
    /// How far it has come.
    pub state: State,
    /// The first words, masked.
    pub headline: String,
    /// Surname and title of who needs help.
    pub called: String,
    /// When it suits, in the asker's words, masked.
    pub wanted: Option<String>,
    /// How far it is from the reader's home, if that is known.
    pub distance: Option<Distance>,
    /// By when the next move must come; the first deadline that was missed, once one was.
    pub due: Option<Millis>,
    /// Since when it has been over; none while it runs.
    pub over: Option<Millis>,
    /// Helpers needed.
    pub needed: u8,
    /// Helpers on it.
    pub helping: u8,
    /// The reader can claim it now.
    pub claimable: bool,
    /// The reader is on it.
    pub mine: bool,
}

impl Card {
    /// The card of a request for this reader. `called` is who needs help, `wanted`
    /// when it suits; `home` is where the
    /// reader looks from.
    pub fn of(
        request: &Request,
        called: &str,
        wanted: Option<&str>,
        reader: Option<&Actor>,
        home: Option<&Place>,
        facts: Facts,
    ) -> Self {
        Self {
            code: request.code.clone(),
            category: request.category,
            urgency: request.urgency,
            state: request.state,
            headline: privacy::headline(&privacy::masked(&request.words), HEADLINE),
            called: privacy::masked(called),
            wanted: wanted.map(privacy::masked),
            distance: home.map(|home| Distance::between(home, &request.place)),
            due: request.climb.late.or(request.due),
            over: Some(request.since).filter(|_| !request.state.is_running()),
            needed: request.needed,
            helping: u8::try_from(request.helpers.len()).unwrap_or(u8::MAX),
            claimable: reader.is_some_and(|who| request.may(Move::Claim, who, facts).is_ok()),
            mine: reader.is_some_and(|who| request.helper(who.id).is_some()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{areas::AreaId, organisation::point::Point, teams::TeamId};
    use uuid::Uuid;

    fn place(village: i64, company: u128, squad: u128, door: Option<i32>) -> Place {
        Place {
            township: AreaId(130_982_003_000),
            village: AreaId(village),
            company: Some(TeamId(Uuid::from_u128(company))),
            squad: Some(TeamId(Uuid::from_u128(squad))),
            door,
            point: None,
        }
    }

    /// The same so many metres north of a corner of the county.
    fn stands(place: Place, metres: i64) -> Place {
        let point = Point { lat_e7: 387_116_000 + metres * 90, lon_e7: 1_160_993_000 };
        Place { point: Some(point), ..place }
    }

    #[test]
    fn where_both_points_are_known_the_first_ring_is_fifteen_metres_on_the_ground() {
        let here = stands(place(206, 2, 3, Some(4)), 0);
        let ring = |there: Place| Ring::between(&here, &there);

        assert_eq!(ring(stands(place(206, 2, 3, Some(5)), 12)), Some(Ring::Circle));
        assert_eq!(ring(stands(place(206, 2, 3, Some(9)), 40)), Some(Ring::Lane));
        assert_eq!(
            ring(stands(place(206, 8, 9, Some(1)), 12)),
            Some(Ring::Circle),
            "over the wall"
        );
        assert_eq!(ring(stands(place(206, 8, 9, Some(1)), 40)), Some(Ring::Village));
        assert_eq!(ring(place(206, 2, 3, Some(9))), Some(Ring::Circle), "nothing is known of it");
    }

    #[test]
    fn metres_are_told_in_steps_and_only_where_both_points_are_known() {
        let here = stands(place(206, 2, 3, Some(4)), 0);
        let far = |there: &Place| Distance::between(&here, there);

        assert_eq!(far(&stands(place(206, 2, 3, Some(4)), 0)), Distance::Home);
        assert_eq!(far(&stands(place(206, 2, 3, Some(5)), 12)), Distance::Metres(15));
        assert_eq!(far(&stands(place(206, 8, 9, Some(4)), 0)), Distance::Metres(5));
        assert_eq!(far(&stands(place(206, 8, 9, None), 312)), Distance::Metres(350));
        assert_eq!(far(&place(206, 2, 3, Some(5))), Distance::NextDoor);
        assert_eq!(far(&stands(place(207, 8, 9, Some(5)), 12)), Distance::Beyond);
    }

    #[test]
    fn the_rings_are_circle_lane_and_village() {
        let here = place(206, 2, 3, Some(4));

        assert_eq!(Ring::between(&here, &place(206, 2, 3, None)), Some(Ring::Circle));
        assert_eq!(Ring::between(&here, &place(206, 2, 9, None)), Some(Ring::Lane));
        assert_eq!(Ring::between(&here, &place(206, 8, 9, None)), Some(Ring::Village));
        assert_eq!(Ring::between(&here, &place(207, 8, 9, None)), None);
    }

    #[test]
    fn a_door_outside_every_circle_is_near_nobody_by_accident() {
        let outside = Place::somewhere_in(AreaId(130_982_003_000), AreaId(206));

        assert_eq!(Ring::between(&outside, &outside), Some(Ring::Village));
    }

    #[test]
    fn doors_are_counted_along_the_lane_only() {
        let here = place(206, 2, 3, Some(4));
        let far = |there: &Place| Distance::between(&here, there);

        assert_eq!(far(&place(206, 2, 3, Some(4))), Distance::Home);
        assert_eq!(far(&place(206, 2, 3, Some(5))), Distance::NextDoor);
        assert_eq!(far(&place(206, 2, 9, Some(7))), Distance::Doors(2));
        assert_eq!(far(&place(206, 2, 9, Some(40))), Distance::Within(Ring::Lane));
        assert_eq!(far(&place(206, 8, 9, Some(5))), Distance::Within(Ring::Village));
        assert_eq!(far(&place(206, 2, 3, None)), Distance::Within(Ring::Circle));
        assert_eq!(far(&place(207, 8, 9, Some(5))), Distance::Beyond);
    }
}
