//! The volunteer's number 志愿者编号: `RQ`, two digits of the township, six of their own, and one that
//! tells most slips of the pen: RQ030121054. Given at the first approval, never to anybody else.

use crate::areas::AreaId;

/// Renqiu.
const PREFIX: &str = "RQ";

/// The operation of Damm's group: no digit twice in a row or column, and no `a·b = b·a`.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/// The number for somebody whose first team stands in this area, the `nth` of the county.
pub fn number(area: AreaId, nth: i64) -> String {
    let township = area.0 / 1000 % 100;
    let digits = format!("{township:02}{nth:06}");
    let check = check(digits.bytes());
    format!("{PREFIX}{digits}{check}")
}

/// Whether a number that somebody read out can be one: its last digit fits.
pub fn holds(number: &str) -> bool {
    let digits = number.strip_prefix(PREFIX).filter(|digits| digits.len() >= 9);
    let digits = digits.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()));
    digits.is_some_and(|digits| check(digits.bytes()) == 0)
}

/// The digit that brings the sum of digits and itself to nought.
fn check(digits: impl Iterator<Item = u8>) -> u8 {
    digits.fold(0, |sum, digit| DAMM[usize::from(sum)][usize::from(digit - b'0') % 10])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_names_the_township_and_counts_on() {
        let yongfeng = AreaId(130_982_003_206);

        assert_eq!(number(yongfeng, 12_105), "RQ030121054");
        assert_eq!(number(AreaId(130_982_000_000), 1), "RQ000000013");
        assert!(holds("RQ030121054"));
        assert!(!holds("RQ0312085"), "those from before have no check digit");
        assert!(!holds("RQ03012105x") && !holds(""));
    }

    proptest! {
        #[test]
        fn one_wrong_digit_and_two_swapped_ones_are_seen(
            nth in 0_i64..1_000_000,
            at in 2_usize..11,
            other in b'0'..=b'9',
        ) {
            let good = number(AreaId(130_982_107_203), nth);
            prop_assert!(holds(&good));
            let mut wrong = good.clone().into_bytes();
            wrong[at] = other;
            let wrong = String::from_utf8(wrong).unwrap();
            prop_assert_eq!(holds(&wrong), wrong == good);
            let mut swapped = good.clone().into_bytes();
            swapped.swap(at, (at + 1).min(10));
            let swapped = String::from_utf8(swapped).unwrap();
            prop_assert_eq!(holds(&swapped), swapped == good);
        }

        #[test]
        fn no_two_have_the_same(a in 0_i64..9_999_999, b in 0_i64..9_999_999) {
            let area = AreaId(130_982_003_206);
            prop_assert_eq!(number(area, a) == number(area, b), a == b);
        }
    }
}
