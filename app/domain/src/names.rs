//! How people are called: a surname and what neighbours say after it. Both stand on the board, so
//! they hold letters only and claim no office.

use crate::{
    forms::{Fault, words},
    requests::{held::held, privacy::masked},
};

/// The longest surname, in characters.
const LONGEST_SURNAME: u16 = 4;
/// The longest title, in characters.
const LONGEST_TITLE: u16 = 8;

/// What only the books may say of somebody: posts are given, not typed.
const OFFICES: &[&str] = &[
    "队长",
    "隊長",
    "书记",
    "書記",
    "主任",
    "村长",
    "村長",
    "镇长",
    "乡长",
    "县长",
    "市长",
    "局长",
    "科长",
    "处长",
    "所长",
    "站长",
    "部长",
    "会长",
    "委员",
    "代表",
    "警",
    "公安",
    "城管",
    "法官",
    "干部",
    "幹部",
    "领导",
    "官方",
    "政府",
    "志愿者",
    "客服",
    "管理员",
    "captain",
    "police",
    "officer",
    "official",
    "mayor",
    "admin",
];

/// A surname: letters, and the dot inside names like 买买提·.
///
/// # Errors
/// [`Fault::Missing`], [`Fault::TooLong`] or [`Fault::LettersOnly`].
pub fn surname(typed: &str) -> Result<String, Fault> {
    let surname = words(typed, LONGEST_SURNAME)?;
    let holds = surname.chars().all(|letter| letter.is_alphabetic() || letter == '·');
    if holds && surname != "·" { Ok(surname) } else { Err(Fault::LettersOnly) }
}

/// How neighbours address somebody of this surname: 大娘, 师傅.
///
/// # Errors
/// [`Fault::Missing`], [`Fault::TooLong`], [`Fault::LettersOnly`], also when the words spell a number,
/// or [`Fault::Office`] when the title, alone or after the surname, says a post or speaks of pay.
pub fn title(typed: &str, surname: &str) -> Result<String, Fault> {
    let title = words(typed, LONGEST_TITLE)?;
    if !title.chars().all(char::is_alphabetic) {
        return Err(Fault::LettersOnly);
    }
    let called = format!("{surname}{title}");
    if carries(&called) {
        return Err(Fault::LettersOnly);
    }
    if held(&called).is_some() || claims_office(surname, &title) {
        return Err(Fault::Office);
    }
    Ok(title)
}

/// Whether a name carries what nobody should read: a phone in words, a number.
fn carries(called: &str) -> bool {
    masked(called) != called
}

/// Whether a title, alone or after the surname, says a post.
pub fn claims_office(surname: &str, title: &str) -> bool {
    let called = format!("{surname}{title}").to_lowercase();
    OFFICES.iter().any(|office| called.contains(office))
}

/// Surname and title in one, as somebody says it who has no account: 佟大娘.
///
/// # Errors
/// [`Fault::Missing`], [`Fault::TooLong`], [`Fault::LettersOnly`] or [`Fault::Office`].
pub fn called(typed: &str) -> Result<String, Fault> {
    let called = words(typed, LONGEST_SURNAME + LONGEST_TITLE)?;
    if !called.chars().all(|letter| letter.is_alphabetic() || letter == '·') || carries(&called) {
        return Err(Fault::LettersOnly);
    }
    let low = called.to_lowercase();
    if OFFICES.iter().any(|office| low.contains(office)) { Err(Fault::Office) } else { Ok(called) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("佟", "大娘")]
    #[case("欧阳", "师傅")]
    #[case("翟", "老师")]
    #[case("李", "二大爷")]
    #[case("买·", "大叔")]
    #[case("Li", "Auntie")]
    fn people_are_called_as_neighbours_say_it(#[case] before: &str, #[case] after: &str) {
        assert_eq!(surname(before), Ok(before.to_owned()));
        assert_eq!(title(after, before), Ok(after.to_owned()));
    }

    #[rstest]
    #[case("154")]
    #[case("王1")]
    #[case("王①")]
    #[case("王!")]
    #[case("<b>")]
    #[case("王 李")]
    #[case("·")]
    fn a_name_holds_letters_only(#[case] typed: &str) {
        assert_eq!(surname(typed), Err(Fault::LettersOnly));
        assert_eq!(title(typed, "王"), Err(Fault::LettersOnly));
    }

    #[rstest]
    #[case("王", "队长")]
    #[case("王", "大队长")]
    #[case("王", "村书记")]
    #[case("王", "主任")]
    #[case("王", "村长")]
    #[case("王", "民警")]
    #[case("王", "警察")]
    #[case("王", "干部")]
    #[case("王", "志愿者队")]
    #[case("王", "Captain")]
    #[case("干", "部")]
    fn a_title_claims_no_office(#[case] before: &str, #[case] after: &str) {
        assert_eq!(title(after, before), Err(Fault::Office));
    }

    #[rstest]
    #[case("王", "有偿师傅")]
    #[case("王", "红包大哥")]
    #[case("给", "钱")]
    #[case("收", "费大叔")]
    #[case("王", "给二百块")]
    fn a_title_offers_no_pay_and_asks_for_none(#[case] before: &str, #[case] after: &str) {
        assert_eq!(title(after, before), Err(Fault::Office));
    }

    #[rstest]
    #[case("王", "一五四零零零零")]
    #[case("一五四零", "零零零零零零一")]
    fn a_title_spells_no_phone(#[case] before: &str, #[case] after: &str) {
        assert_eq!(title(after, before), Err(Fault::LettersOnly));
    }

    #[test]
    fn what_is_missing_or_too_long_says_so() {
        assert_eq!(surname(" "), Err(Fault::Missing));
        assert_eq!(surname("一二三四五"), Err(Fault::TooLong { most: 4 }));
        assert_eq!(title("", "王"), Err(Fault::Missing));
        assert_eq!(title("大大大大大大大大大", "王"), Err(Fault::TooLong { most: 8 }));
    }

    #[test]
    fn who_has_no_account_says_a_name_in_one_and_no_office() {
        assert_eq!(called(" 佟大娘 ").as_deref(), Ok("佟大娘"));
        assert_eq!(called(""), Err(Fault::Missing));
        assert_eq!(called("佟大娘154"), Err(Fault::LettersOnly));
        assert_eq!(called("梁队长"), Err(Fault::Office));
        assert_eq!(called(&"佟".repeat(13)), Err(Fault::TooLong { most: 12 }));
    }
}
