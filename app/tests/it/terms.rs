//! The versions of what people agree to.

use app::{
    people::terms::{Words, changed, words},
    words::Locale,
};
use domain::consent::TERMS;

#[test]
fn every_version_has_words_in_both_languages_and_adds_something() {
    for l in [Locale::zh_CN, Locale::en] {
        for version in TERMS {
            let Words { terms, privacy } = words(l, version.number);
            assert!(terms.len() >= 5 && privacy.len() >= 5);
        }
        for pair in TERMS.windows(2) {
            assert!(!changed(l, pair[1].number).is_empty());
        }
    }
}
