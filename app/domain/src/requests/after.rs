//! After it is closed: whether all is well a week later, and thanks that others may read.

use super::{Category, State};
use crate::{
    clock::{DAY, Millis},
    forms::{Fault, Field, FormErrors, maybe_words},
};

keyed! {
    /// What who asked says a week later.
    pub enum Answer {
        /// All is well.
        Well = "well",
        /// More help is needed: the form comes filled in.
        More = "more",
        /// Something for the captain.
        Tell = "tell",
    }
}

/// So long after it was closed it is asked.
pub const ASKED_AFTER: Millis = 7 * DAY;

/// After an outage it is asked later, but not so late that nobody remembers.
pub const LATEST: Millis = 21 * DAY;

/// The longest word for the captain, in characters.
pub const LONGEST_SAID: u16 = 300;

/// Of whom it is asked: who was brought to a doctor, or looked after.
pub const fn is_asked_of(category: Category) -> bool {
    matches!(category, Category::Escort | Category::Care)
}

/// Whether it is asked now of a request that has been in this state since then.
pub const fn asks(category: Category, state: State, since: Millis, now: Millis) -> bool {
    let passed = now - since;
    is_asked_of(category)
        && matches!(state, State::Closed)
        && passed >= ASKED_AFTER
        && passed < LATEST
}

/// Reads an answer: with words for the captain, and only for them.
///
/// # Errors
/// Each field that does not hold.
pub fn read(answer: &str, words: &str) -> Result<(Answer, Option<String>), FormErrors> {
    let mut faults = FormErrors::default();
    let answer = faults.take(Field::Reason, Answer::from_key(answer).ok_or(Fault::Missing));
    let said = faults.take(Field::Say, maybe_words(words, LONGEST_SAID));
    match (answer, said) {
        (Some(Answer::Tell), Some(None)) => Err(FormErrors(vec![(Field::Say, Fault::Missing)])),
        (Some(Answer::Tell), Some(said)) => Ok((Answer::Tell, said)),
        (Some(answer), Some(_)) => Ok((answer, None)),
        (None, _) | (_, None) => Err(faults),
    }
}

/// From so many stars on it is thanks.
pub const THANKS_FROM: u8 = 4;

/// Whether thanks may stand for all to read, where who asked agrees: of what was on the board, and meant
/// as thanks.
pub const fn thanks_may_stand(on_board: bool, stars: u8) -> bool {
    on_board && stars >= THANKS_FROM
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_after_an_escort_or_care_was_closed_it_is_asked_and_of_nothing_else() {
        for &category in Category::ALL {
            for &state in State::ALL {
                let at = |days| asks(category, state, 0, days * DAY);
                let meant =
                    matches!(category, Category::Escort | Category::Care) && state == State::Closed;

                assert_eq!([6, 7, 20, 21].map(at), [false, meant, meant, false], "{category:?}");
            }
        }
    }

    #[test]
    fn words_go_with_what_is_for_the_captain_and_with_nothing_else() {
        let faults = |answer: &str, words: &str| read(answer, words).unwrap_err().0;

        assert_eq!(read("well", "药"), Ok((Answer::Well, None)));
        assert_eq!(read("tell", " 药快吃完了 "), Ok((Answer::Tell, Some("药快吃完了".into()))));
        assert_eq!(faults("tell", "  "), [(Field::Say, Fault::Missing)]);
        assert_eq!(faults("", "药"), [(Field::Reason, Fault::Missing)]);
    }

    #[test]
    fn thanks_are_of_the_board_and_meant_well() {
        let stars = |on_board| (1..=5).filter(|n| thanks_may_stand(on_board, *n)).count();

        assert_eq!((stars(true), stars(false)), (2, 0));
    }
}
