//! The texts that people agree to, each with its versions. The words of every version stay in
//! `app/locales/*/terms.json`, so that an old one can still be read.

use crate::Millis;

keyed! {
    /// A text that people agree to.
    pub enum Text {
        /// The terms and the privacy notice.
        Terms = "terms",
    }
}

/// A version of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its number: 1, 2, 3.
    pub number: i64,
    /// The day from which it holds, by the clock of Renqiu.
    pub since: Millis,
}

/// Every version of the terms, the oldest first.
pub const TERMS: [Version; 2] = [
    // 1 July and 25 November 2026, at midnight in Renqiu.
    Version { number: 1, since: 1_782_835_200_000 },
    Version { number: 2, since: 1_795_536_000_000 },
];

/// The version of the terms that holds.
pub const NEWEST: i64 = TERMS[TERMS.len() - 1].number;

/// Whether somebody who agreed to this version last is asked again. Who has agreed to none is asked
/// where they sign in.
pub const fn is_asked_again(agreed: Option<i64>) -> bool {
    matches!(agreed, Some(version) if version < NEWEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::moment;

    #[test]
    fn versions_count_up_from_one_in_the_order_of_their_days() {
        for (at, version) in TERMS.iter().enumerate() {
            assert_eq!(version.number, at as i64 + 1);
        }
        assert!(TERMS.windows(2).all(|pair| pair[0].since < pair[1].since));
        assert_eq!(TERMS[0].since, moment(2026, 7, 1, 0, 0).unwrap());
        assert_eq!(TERMS[1].since, moment(2026, 11, 25, 0, 0).unwrap());
    }

    #[test]
    fn whoever_agreed_to_an_older_version_is_asked_again_and_nobody_else() {
        assert!(is_asked_again(Some(NEWEST - 1)));
        assert!(!is_asked_again(Some(NEWEST)));
        assert!(!is_asked_again(None));
    }
}
