//! Which requests are likely the same: said while filing, so that one hears of the other, and merged by
//! a captain (DOMAIN.md §2).

use super::{Category, Request, State, moves::Part, privacy::Sight};
use crate::{
    Refusal,
    beside::Hindrance,
    people::{Actor, PersonId, Place},
    teams::TeamId,
};
use serde::{Deserialize, Serialize};

/// At most so many are shown.
pub const MOST_ALIKE: usize = 5;
/// Somebody follows at most so many requests of others that run.
pub const MOST_WATCHED: i64 = 30;

/// From where another request of the same kind comes; the likelier first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Alike {
    /// From the same door, or by the same asker.
    Household,
    /// From the same lane.
    Lane,
}

impl Alike {
    /// How likely what is asked for at a place is what runs already; none when it is not. `who` asks for
    /// their own house: where no lane is known, only their asking twice says that it is the same.
    pub fn of(
        category: Category,
        at: &Place,
        who: Option<PersonId>,
        other: &Request,
    ) -> Option<Self> {
        let waits =
            matches!(other.state, State::Submitted | State::Open | State::Claimed | State::Serving);
        if !waits || other.category != category {
            return None;
        }
        let same = |mine: Option<TeamId>, theirs| mine.is_some() && mine == theirs;
        let there = &other.place;
        let lane = same(at.company, there.company)
            || at.company.is_none() && there.company.is_none() && same(at.squad, there.squad);
        let known = |place: &Place| place.company.or(place.squad).is_some();
        let own = who == Some(other.asked_by) && other.named.is_none();
        if !lane && (!own || known(at) && known(there)) {
            None
        } else if own || at.door.is_some() && at.door == there.door {
            Some(Self::Household)
        } else {
            Some(Self::Lane)
        }
    }
}

impl Request {
    /// Whether this person is told that this request runs while they file theirs: never of what is
    /// private, unless it is their own.
    pub fn may_be_told_to(&self, who: &Actor) -> bool {
        let own = self.asked_by == who.id || self.filed_by == Some(who.id);
        own || self.on_board && self.sight(Some(who)) != Sight::Nothing
    }

    /// Whether this person may follow it: what is on the board, runs, and is not theirs.
    ///
    /// # Errors
    /// [`Refusal::OwnRequest`], [`Refusal::NotNow`], [`Refusal::NotForYou`], [`Refusal::AlreadyHelping`].
    pub fn may_be_watched_by(&self, who: &Actor) -> Result<(), Refusal> {
        if self.is_own(who.id) {
            Err(Refusal::OwnRequest)
        } else if !self.may_be_told_to(who) {
            Err(Refusal::NotForYou)
        } else if !self.state.is_running() {
            Err(Refusal::NotNow(self.state))
        } else if self.helper(who.id).is_some() {
            Err(Refusal::AlreadyHelping)
        } else {
            Ok(())
        }
    }

    /// Whether it may be merged into another that goes on, by somebody who may end it: both are in
    /// their reach and in one village, and nobody reads by it what was for the captain only.
    ///
    /// # Errors
    /// [`Hindrance`]; [`Refusal::NotNow`] when the other is over, [`Refusal::OutOfReach`].
    pub fn may_be_merged_into(&self, other: &Self, who: &Actor) -> Result<(), Refusal> {
        if self.id == other.id {
            return Err(Hindrance::TheSame.into());
        }
        if !other.plays(Part::Captain, who) && !other.plays(Part::Staff, who) {
            return Err(Refusal::OutOfReach);
        }
        if self.place.village != other.place.village {
            return Err(Hindrance::AnotherVillage.into());
        }
        if !other.state.is_running() {
            return Err(Refusal::NotNow(other.state));
        }
        let one_asker = self.asked_by == other.asked_by;
        if other.on_board || one_asker && self.watchers.is_empty() {
            Ok(())
        } else {
            Err(Hindrance::PrivateThere.into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        people::Reach,
        requests::{RequestId, Step, examples::*},
    };
    use uuid::Uuid;

    fn here() -> Place {
        place()
    }

    fn other(state: State) -> Request {
        Request {
            id: RequestId(Uuid::from_u128(98)),
            code: "26-0617-017".into(),
            asked_by: person(50),
            named: None,
            ..request(state)
        }
    }

    #[test]
    fn the_same_kind_from_the_same_door_or_lane_is_likely_the_same_while_it_waits() {
        let of = |place: &Place, state| Alike::of(Category::Repair, place, None, &other(state));
        let along = Place { door: Some(9), squad: Some(team(7)), ..here() };
        let next_lane = Place { company: Some(team(8)), squad: Some(team(9)), ..here() };

        for state in [State::Submitted, State::Open, State::Claimed, State::Serving] {
            assert_eq!(of(&here(), state), Some(Alike::Household), "{state:?}");
            assert_eq!(of(&along, state), Some(Alike::Lane), "{state:?}");
            assert_eq!(of(&next_lane, state), None, "{state:?}");
        }
        for state in [State::Done, State::Closed, State::Declined, State::Withdrawn] {
            assert_eq!(of(&here(), state), None, "{state:?}");
        }
        assert_eq!(Alike::of(Category::Errand, &here(), None, &other(State::Open)), None);
        let somewhere = Place::somewhere_in(TOWNSHIP, VILLAGE);
        assert_eq!(of(&somewhere, State::Open), None, "without a lane nothing is near");
        let unknown = Place { door: None, ..here() };
        assert_eq!(of(&unknown, State::Open), Some(Alike::Lane));
    }

    #[test]
    fn without_a_lane_what_one_asked_oneself_is_the_same_and_nothing_of_others() {
        let somewhere = Place::somewhere_in(TOWNSHIP, VILLAGE);
        let open = Request { place: somewhere, ..other(State::Open) };
        let of = |place: &Place, who: u128, other: &Request| {
            Alike::of(Category::Repair, place, Some(person(who)), other)
        };
        let next_lane = Place { company: Some(team(8)), squad: Some(team(9)), ..here() };
        let for_a_neighbour = Request { named: Some(person(NAMED)), ..open.clone() };

        assert_eq!(of(&somewhere, 50, &open), Some(Alike::Household));
        assert_eq!(of(&here(), 50, &open), Some(Alike::Household), "a circle was found since");
        assert_eq!(of(&somewhere, 51, &open), None);
        assert_eq!(Alike::of(Category::Repair, &somewhere, None, &open), None);
        assert_eq!(of(&somewhere, 50, &for_a_neighbour), None);
        assert_eq!(of(&next_lane, 50, &other(State::Open)), None, "a house in another lane");
    }

    #[test]
    fn what_is_private_is_told_to_its_asker_alone() {
        let private = Request { on_board: false, ..other(State::Open) };
        let stranger = volunteer(11);

        assert!(other(State::Open).may_be_told_to(&stranger));
        assert!(!other(State::Submitted).may_be_told_to(&stranger), "nobody reads it yet");
        assert!(!private.may_be_told_to(&stranger));
        assert!(
            !private.may_be_told_to(&captain(13, Reach::City)),
            "not even to its captain, here"
        );
        assert!(private.may_be_told_to(&resident(50)));
    }

    #[test]
    fn others_follow_what_runs_on_the_board_and_nobody_their_own() {
        let open = other(State::Open);
        let watch = |request: &Request, who: &Actor| request.may_be_watched_by(who);

        assert_eq!(watch(&open, &resident(10)), Ok(()));
        assert_eq!(watch(&open, &resident(50)), Err(Refusal::OwnRequest));
        assert_eq!(
            watch(&other(State::Closed), &resident(10)),
            Err(Refusal::NotNow(State::Closed))
        );
        assert_eq!(watch(&other(State::Claimed), &volunteer(ZHAI)), Err(Refusal::AlreadyHelping));
        let private = Request { on_board: false, ..open };
        assert_eq!(watch(&private, &resident(10)), Err(Refusal::NotForYou));
    }

    #[test]
    fn who_follows_reads_what_the_board_shows_in_every_state_and_helps_with_it_no_more() {
        for &state in State::ALL {
            let watched = Request { watchers: vec![person(10)], ..other(state) };
            assert_eq!(watched.sight(Some(&resident(10))), Sight::Board, "{state:?}");
            let private = Request { on_board: false, ..watched };
            assert_eq!(private.sight(Some(&resident(10))), Sight::Nothing, "{state:?}");
        }
        let watched = Request { watchers: vec![person(11)], ..other(State::Open) };
        let claim = watched.apply(&Step::Claim, &volunteer(11), facts());
        assert_eq!(claim, Err(Refusal::OwnRequest));
    }

    #[test]
    fn a_captain_over_both_merges_one_into_another_that_goes_on() {
        let leader = captain(13, Reach::Village(VILLAGE));
        let one = request(State::Submitted);
        let merge = |into: &Request, who: &Actor| one.may_be_merged_into(into, who);
        let beside = Place { village: NEXT_VILLAGE, ..here() };
        let elsewhere = Request { place: beside, ..other(State::Open) };
        let private = Request { on_board: false, ..other(State::Open) };

        assert_eq!(merge(&other(State::Open), &leader), Ok(()));
        assert_eq!(merge(&one.clone(), &leader), Err(Hindrance::TheSame.into()));
        assert_eq!(merge(&other(State::Open), &resident(10)), Err(Refusal::OutOfReach));
        let corps = captain(14, Reach::City);
        assert_eq!(merge(&elsewhere, &corps), Err(Hindrance::AnotherVillage.into()));
        assert_eq!(merge(&elsewhere, &leader), Err(Refusal::OutOfReach));
        assert_eq!(merge(&other(State::Closed), &leader), Err(Refusal::NotNow(State::Closed)));
        assert_eq!(merge(&private, &leader), Err(Hindrance::PrivateThere.into()));
        let her_own = Request { asked_by: one.asked_by, ..private };
        assert_eq!(merge(&her_own, &leader), Ok(()));
        let watched = Request { watchers: vec![person(60)], ..one.clone() };
        assert_eq!(
            watched.may_be_merged_into(&her_own, &leader),
            Err(Hindrance::PrivateThere.into())
        );
    }
}
