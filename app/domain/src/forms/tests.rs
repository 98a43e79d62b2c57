//! What people type, as they type it.

use super::*;
use proptest::prelude::*;
use rstest::rstest;

#[rstest]
#[case("15400000001")]
#[case(" 154 0000 0001 ")]
#[case("+86 154-0000-0001")]
#[case("8615400000001")]
#[case("１５４ ００００ ０００１")]
fn a_phone_is_understood_as_people_type_it(#[case] typed: &str) {
    assert_eq!(phone(typed), Ok("15400000001".to_owned()));
}

#[rstest]
#[case("", Fault::Missing)]
#[case("  ", Fault::Missing)]
#[case("1540000000", Fault::PhoneDigits { n: 10 })]
#[case("154000000011", Fault::PhoneDigits { n: 12 })]
#[case("12345678901", Fault::PhoneShape)]
#[case("1540000000x", Fault::PhoneShape)]
fn a_wrong_phone_says_what_is_wrong(#[case] typed: &str, #[case] fault: Fault) {
    assert_eq!(phone(typed), Err(fault));
}

#[rstest]
#[case("123456", Ok("123456".to_owned()))]
#[case("123 456", Ok("123456".to_owned()))]
#[case("１２３４５６", Ok("123456".to_owned()))]
#[case("", Err(Fault::Missing))]
#[case("12345", Err(Fault::CodeShape))]
#[case("12345a", Err(Fault::CodeShape))]
fn a_code_is_six_digits(#[case] typed: &str, #[case] parsed: Result<String, Fault>) {
    assert_eq!(code(typed), parsed);
}

#[rstest]
#[case("ABCD-EFGH-JK23", Ok("ABCDEFGHJK23".to_owned()))]
#[case(" abcd efgh jk23 ", Ok("ABCDEFGHJK23".to_owned()))]
#[case("ＡＢＣＤ－ＥＦＧＨ－ＪＫ２３", Ok("ABCDEFGHJK23".to_owned()))]
#[case("--", Err(Fault::Missing))]
#[case("ABCD-EFGH-JK2", Err(Fault::CodeShape))]
#[case("ABCD-EFGH-JK01", Err(Fault::CodeShape))]
fn a_recovery_code_is_understood_as_people_copy_it(
    #[case] typed: &str,
    #[case] parsed: Result<String, Fault>,
) {
    assert_eq!(recovery(typed), parsed);
}

#[test]
fn letters_to_copy_stand_in_fours() {
    assert_eq!(in_fours("ABCDEFGHJK23"), "ABCD-EFGH-JK23");
    assert_eq!(in_fours("ABCDE"), "ABCD-E");
}

#[test]
fn words_lose_what_nobody_typed_and_keep_their_lines() {
    assert_eq!(words(" 漏水\r\n很急\u{202e}\0 ", 10), Ok("漏水\n很急".to_owned()));
    assert_eq!(words("一二三", 2), Err(Fault::TooLong { most: 2 }));
    assert_eq!(words("\u{200b}\n ", 9), Err(Fault::Missing));
    assert_eq!(maybe_words(" ", 9), Ok(None));
}

#[test]
fn a_number_stays_within_its_bounds() {
    assert_eq!(number("２０", 1, 20), Ok(20));
    assert_eq!(number("", 1, 20), Err(Fault::Missing));
    for typed in ["0", "21", "-1", "two", "1.5", "99999999999"] {
        assert_eq!(number(typed, 1, 20), Err(Fault::OutOfRange { least: 1, most: 20 }));
    }
}

#[test]
fn every_fault_of_a_form_is_told_at_once() {
    let mut errors = FormErrors::default();

    let phone = errors.take(Field::Phone, phone("12"));
    let words = errors.take(Field::Words, words("", 9));

    assert_eq!((phone, words), (None, None));
    assert_eq!(errors.of(Field::Phone), Some(Fault::PhoneDigits { n: 2 }));
    assert_eq!(errors.of(Field::Words), Some(Fault::Missing));
    assert_eq!(errors.of(Field::Code), None);
}

proptest! {
    #[test]
    fn whatever_is_typed_is_parsed_or_refused_and_never_panics(typed in ".*") {
        let _ = (phone(&typed), code(&typed), words(&typed, 30), number(&typed, 1, 20));
    }

    #[test]
    fn what_parses_as_a_phone_parses_as_itself(typed in "[ -]?1[3-9][0-9 -]{9,14}") {
        if let Ok(parsed) = phone(&typed) {
            prop_assert_eq!(phone(&parsed), Ok(parsed.clone()));
        }
    }
}

#[test]
fn the_code_of_a_request_is_read_from_paper_as_people_type_it() {
    let read = |typed| request_code(typed);

    for typed in ["26-0617-018", " 260617018 ", "２６－０６１７－０１８", "26 0617 018"]
    {
        assert_eq!(read(typed).as_deref(), Some("26-0617-018"), "{typed}");
    }
    assert_eq!(read("26-0617-1018").as_deref(), Some("26-0617-1018"));
    for typed in ["", "26-0617", "十八号", "26-0617-0180000000"] {
        assert_eq!(read(typed), None, "{typed}");
    }
}
