//! What is told, while they look, to those who look at a page: the public hears of what it can see, or
//! could see a moment ago, and never of what waits for the captain or is private.

use super::{Move, State};

/// What the public hears of a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It came onto the board.
    New,
    /// It is there and moved.
    Moved,
    /// It was there and is gone.
    Gone,
}

/// What the public hears of a move; none when there is nothing for it to see.
pub fn by_the_public(
    on_board: bool,
    was: Option<State>,
    became: State,
    mv: Option<Move>,
) -> Option<Heard> {
    if !on_board {
        return None;
    }
    let before = was.is_some_and(State::is_on_board);
    match (before, became.is_on_board()) {
        (false, true) => Some(Heard::New),
        (true, true) if matches!(mv, Some(Move::Dispatch | Move::TurnDown | Move::Extend)) => None,
        (true, true) => Some(Heard::Moved),
        (true, false) => Some(Heard::Gone),
        (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_hears_only_of_what_the_board_shows_or_showed() {
        let states = || State::ALL.iter().copied();
        for (was, became) in states().flat_map(|was| states().map(move |became| (was, became))) {
            let heard = |on_board| by_the_public(on_board, Some(was), became, Some(Move::Claim));

            assert_eq!(heard(false), None, "what is private");
            let there = was.is_on_board() || became.is_on_board();
            assert_eq!(heard(true).is_some(), there, "{was:?} {became:?}");
        }
        let filed = |became| by_the_public(true, None, became, None);
        assert_eq!((filed(State::Submitted), filed(State::Open)), (None, Some(Heard::New)));
    }

    #[test]
    fn whom_the_captain_asks_is_nobody_elses_affair() {
        for mv in [Move::Dispatch, Move::TurnDown, Move::Extend] {
            let heard = by_the_public(true, Some(State::Open), State::Open, Some(mv));

            assert_eq!(heard, None, "{mv:?}");
        }
    }
}
