//! Who sees how much of a request (DOMAIN.md §2 "Privacy"; PIPL; volunteer regulations §20, §21).

use super::{Request, State, moves::Part};
use crate::{Millis, clock::DAY, people::Actor};
use serde::{Deserialize, Serialize};

pub use super::masking::masked;

/// Phone, door and risks are kept so long after a request ended (PIPL §19). One that runs again
/// counts from its new end.
pub const CONTACT_LIFE: Millis = 30 * DAY;

/// How much a reader sees. Each sees what those before it see, and more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sight {
    /// Not that it exists.
    Nothing,
    /// What the board shows: masked words, surname and title, ring and lane. Who follows it sees so much
    /// also before and after it stands there.
    Board,
    /// The words as written, the risks, and every step: who was asked, was a helper, or filed it for
    /// somebody. Once it is over the steps only ([`Request::is_read_as_written`]).
    Words,
    /// Name, phone and door as well.
    Contact,
}

impl Request {
    /// How much this reader sees; `None` is somebody who has not signed in.
    pub fn sight(&self, reader: Option<&Actor>) -> Sight {
        // To the house they have left.
        let reader = reader.filter(|who| !who.standing.is_leaving());
        let Some(who) = reader else { return self.sight_of_the_public() };
        let plays = |part| self.plays(part, who);
        if plays(Part::Requester) || plays(Part::Captain) || plays(Part::Staff) {
            return Sight::Contact;
        }
        if plays(Part::Helper) {
            // From the claim until release or close.
            return if self.state.is_running() { Sight::Contact } else { Sight::Words };
        }
        // Who filed it for somebody keeps reading how it goes.
        if plays(Part::Asked) || self.filed_by == Some(who.id) {
            return Sight::Words;
        }
        if self.on_board && self.watchers.contains(&who.id) {
            return Sight::Board;
        }
        self.sight_of_the_public()
    }

    /// Whether this reader may call who is on it: those who wait for the helpers, while they do.
    pub fn lets_call_helpers(&self, reader: &Actor) -> bool {
        let waits = [Part::Requester, Part::Captain, Part::Staff];
        self.state.is_running() && waits.iter().any(|part| self.plays(*part, reader))
    }

    /// Whether a reader with this sight reads words and risks as they were written: a former helper
    /// keeps the steps and reads the words as strangers do.
    pub fn is_read_as_written(&self, sight: Sight) -> bool {
        sight == Sight::Contact || (sight == Sight::Words && self.state.is_running())
    }

    fn sight_of_the_public(&self) -> Sight {
        let seen = match self.state {
            State::Open | State::Claimed | State::Serving | State::Done | State::Closed => true,
            State::Submitted | State::Declined | State::Withdrawn => false,
        };
        if self.on_board && seen { Sight::Board } else { Sight::Nothing }
    }
}

/// The first words of a request, as a card shows them: up to the first full stop or `most`
/// characters.
pub fn headline(words: &str, most: usize) -> String {
    let first =
        words.split(['\n', '。', '！', '？', '!', '?', '；']).find(|part| !part.trim().is_empty());
    let first = first.unwrap_or(words).trim();
    if first.chars().count() <= most {
        return first.to_owned();
    }
    let cut: String = first.chars().take(most).collect();
    // Better to end at a comma than in the middle of a word.
    match cut.rfind(['，', ',', '、', ' ']) {
        Some(comma) if cut[..comma].chars().count() * 2 >= most => cut[..comma].to_owned(),
        _ => cut + "…",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("厨房漏水，总阀关不上。地上全是水。", "厨房漏水，总阀关不上")]
    #[case("\n 换灯泡", "换灯泡")]
    #[case(
        "一二三四五六七八九十，一二三四五六七八九十，一二三",
        "一二三四五六七八九十，一二三四五六七八九十"
    )]
    #[case(
        "一二三四五六七八九十一二三四五六七八九十一二三四五",
        "一二三四五六七八九十一二三四五六七八九十一二三四…"
    )]
    fn a_card_shows_the_first_words(#[case] words: &str, #[case] shown: &str) {
        assert_eq!(headline(words, 24), shown);
    }

    proptest! {
        #[test]
        fn masking_and_headlines_never_panic(words in ".*", most in 1_usize..40) {
            let shown = headline(&masked(&words), most);
            prop_assert!(shown.chars().count() <= most + 1);
        }
    }
}
