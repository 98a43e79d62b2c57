//! Who sees how much of a request (DOMAIN.md §2 "Privacy"; PIPL; volunteer regulations §20, §21).

use super::{Request, State, moves::Part};
use crate::people::Actor;
use serde::{Deserialize, Serialize};

/// How much a reader sees. Each sees what those before it see, and more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sight {
    /// Not that it exists.
    Nothing,
    /// What the board shows: masked words, surname and title, ring and lane.
    Board,
    /// The words as written, the risks, and every step: who was asked or was a helper.
    Words,
    /// Name, phone and door as well.
    Contact,
}

impl Request {
    /// How much this reader sees; `None` is somebody who has not signed in.
    pub fn sight(&self, reader: Option<&Actor>) -> Sight {
        let Some(who) = reader else { return self.sight_of_the_public() };
        let plays = |part| self.plays(part, who);
        if plays(Part::Requester) || plays(Part::Captain) || plays(Part::Staff) {
            return Sight::Contact;
        }
        if plays(Part::Helper) {
            // From the claim until release or close.
            return if self.state.is_running() { Sight::Contact } else { Sight::Words };
        }
        if plays(Part::Asked) {
            return Sight::Words;
        }
        self.sight_of_the_public()
    }

    fn sight_of_the_public(&self) -> Sight {
        let seen = match self.state {
            State::Open | State::Claimed | State::Serving | State::Done | State::Closed => true,
            State::Submitted | State::Declined | State::Withdrawn => false,
        };
        if self.on_board && seen { Sight::Board } else { Sight::Nothing }
    }
}

/// Words as strangers may read them: runs of seven or more digits (phones, ID and card numbers)
/// and number plates are covered.
pub fn masked(words: &str) -> String {
    let letters: Vec<char> = words.chars().collect();
    let mut out = String::with_capacity(words.len());
    let mut at = 0;
    while at < letters.len() {
        let run = number_run(&letters[at..]).max(plate_run(&letters[at..]));
        if run == 0 {
            out.push(letters[at]);
            at += 1;
        } else {
            out.push_str("****");
            at += run;
        }
    }
    out
}

/// Fewest digits that are covered: shorter ones are times, doses and prices.
const TELLING_DIGITS: usize = 7;

/// Letters of a telling number at the start: digits of either width, with single spaces or dashes
/// between them, and the X that may end an ID number.
fn number_run(letters: &[char]) -> usize {
    let mut digits = 0;
    let mut end = 0;
    for (at, letter) in letters.iter().enumerate() {
        match letter {
            '0'..='9' | '０'..='９' => {
                digits += 1;
                end = at + 1;
            }
            'X' | 'x' if digits == 17 && end == at => return at + 1,
            ' ' | '-' | '－' | '　' | '·' if digits > 0 && end == at => {}
            _ => break,
        }
    }
    if digits >= TELLING_DIGITS { end } else { 0 }
}

/// Letters of a number plate at the start: province, office letter, five or six signs.
fn plate_run(letters: &[char]) -> usize {
    const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
    let [province, office, rest @ ..] = letters else { return 0 };
    if !PROVINCES.contains(*province) || !office.is_ascii_alphabetic() {
        return 0;
    }
    let dot = usize::from(matches!(rest.first(), Some('·' | ' ' | '-')));
    let signs = rest[dot..].iter().take_while(|sign| sign.is_ascii_alphanumeric()).count();
    if (5..=6).contains(&signs) { 2 + dot + signs } else { 0 }
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
    #[case("打我电话15400000001", "打我电话****")]
    #[case("打 154-0000-0001 或 8:30 来", "打 **** 或 8:30 来")]
    #[case("身份证13098219500101123X。", "身份证****。")]
    #[case("１５４００００００００", "****")]
    #[case("车牌冀J·12345挡路", "车牌****挡路")]
    #[case("冀JD12345 挡了门", "**** 挡了门")]
    #[case("药一天3次，每次2片，共168元", "药一天3次，每次2片，共168元")]
    #[case("新A来了", "新A来了")]
    fn strangers_do_not_read_numbers_that_tell_who(#[case] words: &str, #[case] seen: &str) {
        assert_eq!(masked(words), seen);
    }

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
        fn no_seven_digits_in_a_row_are_ever_left(words in "[0-9 a-zA-Z冀J·-]{0,40}") {
            let seen = masked(&words);
            let longest = seen.split(|c: char| !c.is_ascii_digit()).map(str::len).max();

            prop_assert!(longest.unwrap_or(0) < TELLING_DIGITS, "{seen}");
        }

        #[test]
        fn masking_and_headlines_never_panic(words in ".*", most in 1_usize..40) {
            let shown = headline(&masked(&words), most);
            prop_assert!(shown.chars().count() <= most + 1);
        }
    }
}
