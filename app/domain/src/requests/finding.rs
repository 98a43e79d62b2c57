//! Finding requests by what the board shows of their words: letters and pairs of letters, since
//! Chinese has no spaces between words. Only what is masked is ever looked through, so a phone, an
//! ID number or a number plate finds nothing, whoever looks.

use super::privacy::masked;
use std::collections::BTreeSet;

/// Raised whenever the letters are taken differently: then those of every running request are
/// written again.
pub const RULES: i64 = 1;
/// The most characters of a question.
pub const LONGEST_QUESTION: usize = 40;
/// A question has at most so many words.
const MOST_WORDS: usize = 5;

/// Words as they are looked through: half-width, small, a space for whatever is no letter or digit.
fn plain(words: &str) -> String {
    let half = |letter: char| match letter {
        '！'..='～' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        other => other,
    };
    let mut out = String::with_capacity(words.len());
    for letter in words.chars().map(half) {
        if letter.is_alphanumeric() {
            out.extend(letter.to_lowercase());
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.trim().to_owned()
}

/// What of a request can be found: what its card and its page show to everybody.
pub fn text(words: &str, wanted: Option<&str>) -> String {
    plain(&format!("{} {}", masked(words), masked(wanted.unwrap_or_default())))
}

/// The letters and pairs of letters of a [`text`], each once.
pub fn grams(text: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for word in text.split(' ') {
        let letters: Vec<char> = word.chars().collect();
        all.extend(letters.iter().map(char::to_string));
        all.extend(letters.windows(2).map(|pair| pair.iter().collect::<String>()));
    }
    all
}

/// What somebody looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question(Vec<String>);

impl Question {
    /// Reads what was typed; none when it says nothing.
    pub fn read(typed: &str) -> Option<Self> {
        let typed: String = typed.chars().take(LONGEST_QUESTION).collect();
        let typed = plain(&typed);
        let words: Vec<String> =
            typed.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let words: Vec<String> = words.into_iter().take(MOST_WORDS).collect();
        (!words.is_empty()).then_some(Self(words))
    }

    /// What an answer has in any case, to be looked up: the pairs, or the one letter of a word that
    /// has no more.
    pub fn grams(&self) -> BTreeSet<String> {
        let of = |word: &String| {
            let all = grams(word);
            let one = all.iter().all(|gram| gram.chars().count() == 1);
            all.into_iter().filter(move |gram| one || gram.chars().count() == 2)
        };
        self.0.iter().flat_map(of).collect()
    }

    /// Whether a [`text`] has every word.
    pub fn is_answered_by(&self, text: &str) -> bool {
        self.0.iter().all(|word| text.contains(word.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn finds(typed: &str, words: &str) -> bool {
        let text = text(words, None);
        let grams = grams(&text);
        let question = Question::read(typed).unwrap();
        let candidate = question.grams().is_subset(&grams);
        assert!(candidate || !question.is_answered_by(&text), "the letters lose an answer");
        candidate && question.is_answered_by(&text)
    }

    #[test]
    fn words_of_any_length_are_found_also_one_letter_and_two() {
        let need = "给老人送药，顺路捎袋小米。ＡＴＭ机在村口";

        for typed in ["药", "送药", "送药顺", "老人", "小米 送药", "atm", "ATM 机", "袋小米"]
        {
            let wanted = typed != "送药顺";
            assert_eq!(finds(typed, need), wanted, "{typed}");
        }
        assert!(!finds("药送", need));
        assert!(!finds("送药 扫雪", need));
    }

    #[test]
    fn a_phone_a_plate_or_an_id_number_finds_nothing() {
        let need = "打我电话 15412345678，车是冀J12345，身份证 130982194905061234";

        for typed in ["15412345678", "5678", "1541234", "冀J12345", "J12345", "130982194905061234"]
        {
            assert!(!finds(typed, need), "{typed}");
        }
        assert!(finds("电话", need));
    }

    #[test]
    fn who_types_nothing_asks_nothing() {
        assert_eq!(Question::read(" ，。!? "), None);
        assert_eq!(Question::read(""), None);
    }

    proptest! {
        #[test]
        fn whatever_stands_in_the_text_is_found(words in "\\PC{0,40}", from in 0_usize..40, most in 1_usize..6) {
            let text = text(&words, None);
            let part: String = text.chars().skip(from).take(most).collect();
            if let Some(question) = Question::read(&part) {
                prop_assert!(question.grams().is_subset(&grams(&text)));
                prop_assert!(question.is_answered_by(&text));
            }
        }
    }
}
