//! Passwords of those who need a second proof: long, and not what others would try first. No rules
//! about signs and capitals: they make passwords harder to remember and no harder to guess.

use crate::forms::Fault;
use std::{fmt, sync::LazyLock};
use unicode_normalization::UnicodeNormalization;

/// The least and the most characters.
pub const LENGTH: (u16, u16) = (12, 128);

/// A password that is a list of fewer well-known pieces and single characters is a common one.
const FEWEST_PIECES: usize = 8;

/// How many syllables of Pinyin still read as a name.
const SYLLABLES_OF_A_NAME: usize = 4;

/// What people make passwords of: words, Pinyin, numbers with a sound, walks over the keyboard.
const COMMON: &str = include_str!("../data/common_in_passwords.txt");

/// What we are called: guessed first by whoever knows where the password is for.
const OUR_NAMES: [&str; 5] = ["fifteenmetres", "fifteenmeters", "shiwumi", "十五米", "15米"];

/// The rows of the keyboard.
const ROWS: [&str; 4] = ["1234567890-=", "qwertyuiop[]\\", "asdfghjkl;'", "zxcvbnm,./"];

/// A password that may be used, one spelling for all keyboards (NFKC). Never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// Checks a new password; `phone` is the person's own.
    ///
    /// # Errors
    /// [`Fault::Missing`], [`Fault::TooShort`], [`Fault::TooLong`], [`Fault::TellsYou`] when it
    /// holds the phone or our name, [`Fault::Common`] when it is easily guessed.
    pub fn parse(typed: &str, phone: Option<&str>) -> Result<Self, Fault> {
        let (least, most) = LENGTH;
        if typed.is_empty() {
            return Err(Fault::Missing);
        }
        // Enough to see that it is too long: what is longer is not spelled out.
        let spelled: String = typed.nfkc().take(usize::from(most) * 4).collect();
        let length = spelled.chars().count();
        if length < usize::from(least) {
            return Err(Fault::TooShort { least });
        }
        if length > usize::from(most) {
            return Err(Fault::TooLong { most });
        }
        let plain = spelled.to_lowercase();
        let letters: String = plain.chars().filter(|letter| letter.is_alphanumeric()).collect();
        let own = phone.into_iter().filter(|phone| !phone.is_empty());
        if own.chain(OUR_NAMES).any(|name| letters.contains(name)) {
            return Err(Fault::TellsYou);
        }
        if is_common(&plain) { Err(Fault::Common) } else { Ok(Self(spelled)) }
    }

    /// A password as somebody types it to prove who they are: in the same spelling, not judged.
    pub fn typed(typed: &str) -> Self {
        Self(typed.nfkc().take(usize::from(LENGTH.1) + 1).collect())
    }

    /// For the hash, and for nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Whether it is among the first million that anybody would try: made of few known pieces, or a
/// name with a number.
fn is_common(plain: &str) -> bool {
    let letters: Vec<char> = plain.chars().collect();
    let unit = &letters[..period(&letters)];
    pieces(unit) < FEWEST_PIECES || is_name_and_number(plain)
}

/// The length of what is repeated: 4 in abcdabcdabcd; the whole length when nothing is.
fn period(letters: &[char]) -> usize {
    let repeats = |unit: &usize| letters.iter().zip(&letters[*unit..]).all(|(a, b)| a == b);
    (1..letters.len()).find(repeats).unwrap_or(letters.len())
}

/// How many choices somebody made who wrote this: each known piece is one, each other character.
fn pieces(letters: &[char]) -> usize {
    let (mut at, mut choices) = (0, 0);
    while at < letters.len() {
        at += known_piece(&letters[at..]).max(1);
        choices += 1;
    }
    choices
}

/// The length of the longest well-known piece that stands at the start; 0 when none does.
fn known_piece(rest: &[char]) -> usize {
    let word = common_words().iter().filter(|word| rest.starts_with(word)).map(Vec::len).max();
    let pieces = [word.unwrap_or(0), same(rest), steps(rest), walk(rest), date(rest)];
    pieces.into_iter().max().unwrap_or(0)
}

fn common_words() -> &'static [Vec<char>] {
    static WORDS: LazyLock<Vec<Vec<char>>> =
        LazyLock::new(|| COMMON.split_whitespace().map(|word| word.chars().collect()).collect());
    &WORDS
}

/// aaa
fn same(rest: &[char]) -> usize {
    run(rest, |a, b| a == b)
}

/// 4567, dcba
fn steps(rest: &[char]) -> usize {
    let code = |letter: char| i64::from(u32::from(letter));
    let by = |step: i64| move |a: char, b: char| code(b) - code(a) == step;
    run(rest, by(1)).max(run(rest, by(-1)))
}

/// sdfgh, 0987
fn walk(rest: &[char]) -> usize {
    let place = |letter: char| {
        ROWS.iter().enumerate().find_map(|(row, keys)| {
            let key = keys.chars().position(|key| key == letter)?;
            Some((row, i64::try_from(key).unwrap_or_default()))
        })
    };
    let by = |step: i64| {
        move |a: char, b: char| match (place(a), place(b)) {
            (Some((row, from)), Some((other, to))) => row == other && to - from == step,
            _ => false,
        }
    };
    run(rest, by(1)).max(run(rest, by(-1)))
}

/// How many letters follow each other in this way, when there are three or more.
fn run(rest: &[char], follows: impl Fn(char, char) -> bool) -> usize {
    let pairs = rest.iter().zip(rest.iter().skip(1)).take_while(|(a, b)| follows(**a, **b));
    match pairs.count() + 1 {
        long @ 3.. => long,
        _ => 0,
    }
}

/// 1978, 19780615, 780615: a year, a birthday.
fn date(rest: &[char]) -> usize {
    let digits: String = rest.iter().take(8).take_while(|letter| letter.is_ascii_digit()).collect();
    let number = |from: usize, to: usize| digits.get(from..to).and_then(|n| n.parse::<u32>().ok());
    let is_day = |at: usize| {
        matches!((number(at, at + 2), number(at + 2, at + 4)), (Some(1..=12), Some(1..=31)))
    };
    let is_year = matches!(number(0, 4), Some(1930..=2049));
    if is_year && is_day(4) {
        8
    } else if number(0, 2).is_some() && is_day(2) {
        6
    } else if is_year {
        4
    } else {
        0
    }
}

/// zhangwei8371, 13-liu.jun-2020: a name in Pinyin and otherwise numbers and signs.
fn is_name_and_number(plain: &str) -> bool {
    let letters: String = plain.chars().filter(|letter| letter.is_alphabetic()).collect();
    letters.is_ascii() && is_pinyin(&letters, SYLLABLES_OF_A_NAME)
}

/// Whether the letters are at most so many syllables of Pinyin.
fn is_pinyin(letters: &str, most: usize) -> bool {
    if letters.is_empty() {
        return true;
    }
    most > 0
        && (1..=letters.len().min(6)).any(|cut| {
            let (syllable, rest) = letters.split_at(cut);
            is_syllable(syllable) && is_pinyin(rest, most - 1)
        })
}

fn is_syllable(letters: &str) -> bool {
    const INITIALS: [&str; 24] = [
        "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x",
        "r", "z", "c", "s", "y", "w", "",
    ];
    const FINALS: [&str; 35] = [
        "a", "ai", "an", "ang", "ao", "e", "ei", "en", "eng", "er", "i", "ia", "ian", "iang",
        "iao", "ie", "in", "ing", "iong", "iu", "o", "ong", "ou", "u", "ua", "uai", "uan", "uang",
        "ue", "ui", "un", "uo", "v", "ve", "van",
    ];
    INITIALS
        .iter()
        .any(|initial| letters.strip_prefix(initial).is_some_and(|vowels| FINALS.contains(&vowels)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    const PHONE: &str = "15400000001";

    fn checked(typed: &str) -> Result<(), Fault> {
        Password::parse(typed, Some(PHONE)).map(drop)
    }

    #[rstest]
    #[case("123456789012")]
    #[case("aaaaaaaaaaaa")]
    #[case("qwertyuiop[]")]
    #[case("Password1234")]
    #[case("ｐａｓｓｗｏｒｄ１２３４")]
    #[case("woaini5201314")]
    #[case("5201314woaini")]
    #[case("woaini1314520")]
    #[case("zhangwei8371")]
    #[case("ZhangWei1990")]
    #[case("wangxiaoming1")]
    #[case("liu.jun-2020-03")]
    #[case("19780615zhao")]
    #[case("1q2w3e4r5t6y")]
    #[case("1qaz2wsx3edc")]
    #[case("qazwsxedcrfv12")]
    #[case("abcd1234abcd1234")]
    #[case("xk7qxk7qxk7qxk7q")]
    #[case("Renqiu@2026!!")]
    #[case("iloveyou-renqiu-2026")]
    #[case("我爱你5201314生日快乐")]
    #[case("00000000000000000000000000000000")]
    #[case("987654321098")]
    #[case("147258369147258")]
    fn what_everybody_would_try_is_refused(#[case] typed: &str) {
        assert_eq!(checked(typed), Err(Fault::Common));
    }

    #[rstest]
    #[case("correct horse battery staple")]
    #[case("k7Qf-2mXa-9zPw")]
    #[case("三棵枣树下面晒着两筐辣椒")]
    #[case("早上六点喂鸡，八点去赶集")]
    #[case("xiaoshihou women zhu zai he bian")]
    #[case("hJ4#vv9qLpT2")]
    fn a_long_one_of_ones_own_is_taken(#[case] typed: &str) {
        assert_eq!(checked(typed), Ok(()));
    }

    #[test]
    fn it_has_twelve_to_a_hundred_and_twenty_eight_characters_of_any_language() {
        let of =
            |n: usize| "枣树辣椒赶集喂鸡早上八点晒".chars().cycle().take(n).collect::<String>();
        let long: String = (0..129_u32).filter_map(|n| char::from_u32(0x4e00 + n * 7)).collect();
        let fits: String = long.chars().take(128).collect();

        assert_eq!(checked(&of(11)), Err(Fault::TooShort { least: 12 }));
        assert_eq!(checked(&of(12)), Ok(()));
        assert_eq!(checked(&fits), Ok(()));
        assert_eq!(checked(&long), Err(Fault::TooLong { most: 128 }));
        assert_eq!(checked(""), Err(Fault::Missing));
    }

    #[rstest]
    #[case("k7Qf-15400000001")]
    #[case("k7Qf-154 0000 0001 zz")]
    #[case("shi-wu-mi-k7Qf2mXa")]
    #[case("十五米k7Qf2mXa9z")]
    #[case("FifteenMetres-k7Qf2")]
    fn neither_ones_phone_nor_our_name_is_in_it(#[case] typed: &str) {
        assert_eq!(checked(typed), Err(Fault::TellsYou));
    }

    #[test]
    fn one_spelling_is_kept_for_all_keyboards() {
        let wide = Password::parse("ｋ７Ｑｆ－２ｍＸａ－９ｚ", None).expect("taken");

        assert_eq!(wide, Password::typed("k7Qf-2mXa-9z"));
        assert_ne!(wide, Password::typed("K7QF-2MXA-9Z"));
    }

    #[test]
    fn a_password_is_not_written_into_any_log() {
        assert_eq!(format!("{:?}", Password::typed("k7Qf-2mXa-9z")), "Password(…)");
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_taken_or_refused_and_never_panics(typed in "\\PC{0,200}") {
            let _ = checked(&typed);
        }

        #[test]
        fn what_is_taken_is_recognised_when_it_is_typed_again(typed in "[a-z0-9ａ-ｚ]{12,40}") {
            if let Ok(password) = Password::parse(&typed, None) {
                prop_assert_eq!(password, Password::typed(&typed));
            }
        }

        #[test]
        fn a_known_piece_with_a_number_is_never_enough(
            word in prop::sample::select(common_words()), number in "[0-9]{4}",
        ) {
            let typed: String = word.iter().cloned().chain(number.chars()).collect();
            prop_assert!(checked(&typed).is_err(), "{}", typed);
        }

        #[test]
        fn random_letters_are_taken(typed in "[a-zA-Z0-9]{20}") {
            prop_assert_eq!(checked(&typed), Ok(()));
        }
    }
}
