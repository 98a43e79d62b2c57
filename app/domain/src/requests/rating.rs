//! What the requester says of the help 评单.

use serde::{Deserialize, Serialize};

keyed! {
    /// What was good about it. Worded in `app/locales/*/after.json`.
    pub enum Good {
        /// 来得快.
        Quick = "quick",
        /// 活儿好.
        Skilled = "skilled",
        /// 有耐心.
        Patient = "patient",
        /// 说话和气.
        Kind = "kind",
    }
}

impl Good {
    /// Those whose keys are told, each once and in order; what is no key of ours is none.
    pub fn of<'a>(keys: impl IntoIterator<Item = &'a str>) -> Vec<Self> {
        let mut told: Vec<_> = keys.into_iter().filter_map(Self::from_key).collect();
        told.sort_unstable();
        told.dedup();
        told
    }
}

/// Stars, what was good, and words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// One to five.
    pub stars: u8,
    /// What was good, as far as they say; each once, in order.
    pub good: Vec<Good>,
    /// In words.
    pub words: Option<String>,
}

impl Rating {
    /// Stars and perhaps words.
    pub const fn new(stars: u8, words: Option<String>) -> Self {
        Self { stars, good: vec![], words }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_good_is_told_once_and_in_order() {
        let told = Good::of(["kind", "quick", "handsome", "kind", ""]);

        assert_eq!(told, [Good::Quick, Good::Kind]);
        for &one in Good::ALL {
            assert_eq!(Good::from_key(one.key()), Some(one));
        }
    }
}
