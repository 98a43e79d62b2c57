//! Photos of a request: of the need and of the result, how many, who sees them, why one is taken
//! down. What a file must be stands here too; whether it is, only who decodes it can tell.

use super::{Request, State, privacy::Sight};
use crate::{people::Actor, requests::moves::Part};
use serde::{Deserialize, Serialize};

/// At most so many of each kind.
pub const MOST_PHOTOS: u8 = 4;
/// The largest file that is taken, in bytes.
pub const MOST_BYTES: usize = 10 << 20;
/// The most pixels of a picture that is taken.
pub const MOST_PIXELS: u64 = 50_000_000;
/// The longer side of what is kept of it, in pixels.
pub const LARGE: u32 = 1_600;
/// The longer side of its small sister, in pixels.
pub const SMALL: u32 = 480;

keyed! {
    /// What a photo shows.
    pub enum Shows {
        /// The difficulty: sent by who asks.
        Need = "need",
        /// What was done about it: sent with the word that it is done.
        Result = "result",
    }
}

/// Why a file is not taken as a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Unfit {
    /// Neither JPEG nor PNG nor WebP.
    #[error("not a photo of a kind that is taken")]
    Kind,
    /// It begins like one and cannot be read to its end.
    #[error("damaged")]
    Damaged,
    /// More than [`MOST_BYTES`].
    #[error("too many bytes")]
    Bytes,
    /// More than [`MOST_PIXELS`].
    #[error("too many pixels")]
    Pixels,
    /// More photos than [`MOST_PHOTOS`].
    #[error("too many photos")]
    Count,
}

/// Whether one more fits beside those that are there.
///
/// # Errors
/// [`Unfit::Count`].
pub fn one_more(there: i64) -> Result<(), Unfit> {
    if there < i64::from(MOST_PHOTOS) { Ok(()) } else { Err(Unfit::Count) }
}

impl Request {
    /// Whether this reader sees its photos: a picture tells more of a home than words do, so
    /// strangers on the board do not. Whoever reads the words as written does, and of what stands on
    /// the board everybody who lives in its village.
    pub fn shows_photos(&self, reader: Option<&Actor>) -> bool {
        let Some(who) = reader.filter(|who| !who.standing.is_leaving()) else { return false };
        match self.sight(reader) {
            Sight::Nothing => false,
            Sight::Contact => true,
            Sight::Words if self.state.is_running() => true,
            // A former helper, and who filed it for somebody, are neighbours like others.
            Sight::Words | Sight::Board => self.on_board && who.lives_in_village_of(&self.place),
        }
    }

    /// Whether this person may take down a photo that somebody else sent.
    pub fn lets_take_down(&self, who: &Actor) -> bool {
        self.plays(Part::Captain, who) || self.plays(Part::Staff, who)
    }

    /// What photos that come in now show, if any do.
    pub const fn photos_show(&self) -> Option<Shows> {
        match self.state {
            State::Submitted | State::Open | State::Claimed => Some(Shows::Need),
            State::Serving => Some(Shows::Result),
            State::Done | State::Closed | State::Declined | State::Withdrawn => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Refusal,
        people::Reach,
        requests::{Move, Step, examples::*, reasons::DropReason},
        standing::Standing,
    };

    fn seen_in(who: &Actor, on_board: bool) -> Vec<State> {
        let shown = |state: &&State| {
            let request = Request { on_board, ..request(**state) };
            request.shows_photos(Some(who))
        };
        State::ALL.iter().filter(shown).copied().collect()
    }

    const PUBLIC: [State; 5] =
        [State::Open, State::Claimed, State::Serving, State::Done, State::Closed];

    #[test]
    fn strangers_on_the_board_see_no_photo() {
        let elsewhere = volunteer_of_the_next_village(20);
        for &state in State::ALL {
            assert!(!request(state).shows_photos(None), "{state:?}");
        }
        assert!(seen_in(&elsewhere, true).is_empty());
        assert!(seen_in(&captain(13, Reach::Squad(team(9))), false).is_empty());
    }

    #[test]
    fn neighbours_of_the_village_see_those_of_what_is_on_the_board_and_no_private_ones() {
        assert_eq!(seen_in(&resident(20), true), PUBLIC);
        assert!(seen_in(&resident(20), false).is_empty());
    }

    #[test]
    fn who_asks_and_who_is_in_charge_see_them_in_every_state() {
        for who in [resident(GRANNY), captain(13, Reach::City), staff(14, Reach::City)] {
            for on_board in [true, false] {
                assert_eq!(seen_in(&who, on_board), State::ALL, "{}", who.called);
            }
        }
    }

    #[test]
    fn a_helper_sees_them_while_it_runs_and_then_as_a_neighbour() {
        let on_it = [State::Claimed, State::Serving, State::Done];
        assert_eq!(seen_in(&volunteer(ZHAI), false), on_it);
        let from_elsewhere = Actor { home: None, ..volunteer(ZHAI) };
        assert_eq!(seen_in(&from_elsewhere, true), on_it);
        assert_eq!(seen_in(&volunteer(ZHAI), true), PUBLIC);
    }

    #[test]
    fn whoever_leaves_sees_none() {
        let leaves = resident(GRANNY).in_standing(Standing::Leaving { on: 0 });
        assert!(seen_in(&leaves, true).is_empty());
    }

    #[test]
    fn four_fit_and_a_fifth_does_not() {
        assert_eq!(one_more(3), Ok(()));
        assert_eq!(one_more(4), Err(Unfit::Count));
    }

    #[test]
    fn one_takes_down_ones_own_photo_and_who_is_in_charge_anybodys() {
        let drop = |whose, who: &Actor| {
            let step = Step::DropPhoto(person(whose), DropReason::Private, None);
            request(State::Serving).apply(&step, who, facts()).map(|_| ())
        };

        assert_eq!(drop(ZHAI, &volunteer(ZHAI)), Ok(()));
        assert_eq!(drop(GRANNY, &resident(GRANNY)), Ok(()));
        assert_eq!(drop(GRANNY, &volunteer(ZHAI)), Err(Refusal::NotForYou));
        assert_eq!(drop(ZHAI, &resident(GRANNY)), Err(Refusal::NotForYou));
        assert_eq!(drop(ZHAI, &resident(20)), Err(Refusal::NotForYou));
        assert_eq!(drop(ZHAI, &captain(13, Reach::Squad(team(3)))), Ok(()));
        assert_eq!(drop(GRANNY, &staff(14, Reach::Village(VILLAGE))), Ok(()));
        let beside = captain(13, Reach::Squad(team(9)));
        assert_eq!(drop(GRANNY, &beside), Err(Refusal::OutOfReach));
    }

    #[test]
    fn the_asker_adds_photos_until_somebody_is_at_work_and_nothing_else_changes() {
        let granny = resident(GRANNY);
        for &state in State::ALL {
            let may = request(state).may(Move::AddPhotos, &granny, facts()).is_ok();
            assert_eq!(may, request(state).photos_show() == Some(Shows::Need), "{state:?}");
        }
        let before = request(State::Claimed);
        assert_eq!(before.apply(&Step::AddPhotos, &granny, facts()), Ok(before));
    }
}
