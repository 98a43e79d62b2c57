//! A request as the board shows it to one reader: what the reader may know, and how near it is.

use super::{Category, Facts, Move, Request, State, Urgency, privacy};
use crate::{
    Millis,
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
    /// The ring in which `there` lies, seen from `here`; none beyond the village.
    pub fn between(here: &Place, there: &Place) -> Option<Self> {
        if here.squad.is_some() && here.squad == there.squad {
            Some(Self::Circle)
        } else if here.company.is_some() && here.company == there.company {
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
    /// In this ring; the doors are not known or too many to count.
    Within(Ring),
    /// 外村.
    Beyond,
}

/// So many doors between are still counted.
const DOORS_COUNTED: u32 = 9;

impl Distance {
    /// How far `there` is from `here`.
    pub fn between(here: &Place, there: &Place) -> Self {
        let Some(ring) = Ring::between(here, there) else { return Self::Beyond };
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
    use crate::{areas::AreaId, teams::TeamId};
    use uuid::Uuid;

    fn place(village: i64, company: u128, squad: u128, door: Option<i32>) -> Place {
        Place {
            township: AreaId(130_982_003_000),
            village: AreaId(village),
            company: Some(TeamId(Uuid::from_u128(company))),
            squad: Some(TeamId(Uuid::from_u128(squad))),
            door,
        }
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
