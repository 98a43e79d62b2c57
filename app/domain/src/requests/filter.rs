//! What somebody wants to see of the board: ring, kinds of help, states, skills and order, as it
//! stands in an address. Words that are looked for are no part of it: they stay in the session.

use super::{Category, State, card::Ring};
use crate::{
    forms::{self, Fault},
    volunteers::skills::Skill,
};
use serde::{Deserialize, Serialize};

/// Somebody keeps at most so many filters.
pub const MOST_SAVED: u16 = 8;
/// The longest name of a saved filter, in characters.
pub const LONGEST_NAME: u16 = 16;

/// What somebody calls a filter: 我会修的.
///
/// # Errors
/// [`Fault::Missing`], [`Fault::TooLong`].
pub fn name(typed: &str) -> Result<String, Fault> {
    let line = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    forms::words(&line, LONGEST_NAME)
}

/// A longer filter than all its choices together is none.
const LONGEST_QUERY: usize = 2_000;

keyed! {
    /// The order of the board.
    pub enum Sort {
        /// 先急后缓: what is urgent, then what is due first.
        Urgent = "urgent",
        /// 先近后远: circle by circle outwards, each urgent first.
        Near = "near",
        /// 先到期: whatever its urgency.
        Due = "due",
    }
}

/// A filter of the board. Several kinds are joined by "or", kinds and skills by "and".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// How far out.
    pub ring: Ring,
    /// These kinds of help; none means all.
    pub categories: Vec<Category>,
    /// These states; none means all that the board has.
    pub states: Vec<State>,
    /// What somebody with one of these skills can help with; none means everything.
    pub skills: Vec<Skill>,
    /// In which order.
    pub sort: Sort,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            ring: Ring::Village,
            categories: vec![],
            states: vec![],
            skills: vec![],
            sort: Sort::Urgent,
        }
    }
}

/// The states that stand on the board.
pub const ON_BOARD: [State; 3] = [State::Open, State::Claimed, State::Serving];

impl Filter {
    /// Reads a filter from the part of an address after the question mark. What it does not know it
    /// leaves out: an address may be typed or old.
    pub fn of_query(query: &str) -> Self {
        let mut filter = Self::default();
        let query: String = query.chars().take(LONGEST_QUERY).collect();
        for (name, key) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            match name {
                "ring" => filter.ring = Ring::from_key(key).unwrap_or(filter.ring),
                "sort" => filter.sort = Sort::from_key(key).unwrap_or(filter.sort),
                "kind" => filter.categories.extend(Category::from_key(key)),
                "state" => {
                    let state = State::from_key(key).filter(|one| ON_BOARD.contains(one));
                    filter.states.extend(state);
                }
                "skill" => filter.skills.extend(Skill::from_key(key)),
                _ => {}
            }
        }
        filter.categories.sort_unstable();
        filter.categories.dedup();
        filter.states.sort_unstable();
        filter.states.dedup();
        filter.skills.sort_unstable();
        filter.skills.dedup();
        filter
    }

    /// The same as part of an address: one text for one filter.
    pub fn query(&self) -> String {
        let mut pairs = vec![format!("ring={}", self.ring.key())];
        pairs.extend(self.categories.iter().map(|one| format!("kind={}", one.key())));
        pairs.extend(self.states.iter().map(|one| format!("state={}", one.key())));
        pairs.extend(self.skills.iter().map(|one| format!("skill={}", one.key())));
        if self.sort != Sort::Urgent {
            pairs.push(format!("sort={}", self.sort.key()));
        }
        pairs.join("&")
    }

    /// The kinds of help that pass; none of them when kinds and skills do not meet, and `None` when
    /// all pass.
    pub fn kinds(&self) -> Option<Vec<Category>> {
        if self.categories.is_empty() && self.skills.is_empty() {
            return None;
        }
        let asked = |one: &Category| self.categories.is_empty() || self.categories.contains(one);
        let fits = |one: &Category| {
            self.skills.is_empty()
                || Skill::fitting(*one).iter().any(|skill| self.skills.contains(skill))
        };
        Some(Category::ALL.iter().copied().filter(|one| asked(one) && fits(one)).collect())
    }

    /// The states that pass.
    pub fn passing_states(&self) -> Vec<State> {
        if self.states.is_empty() { ON_BOARD.to_vec() } else { self.states.clone() }
    }

    /// How many choices narrow the board; ring and order do not.
    pub fn in_force(&self) -> usize {
        self.categories.len() + self.states.len() + self.skills.len()
    }

    /// Only the ring and the order are left.
    pub fn cleared(&self) -> Self {
        Self { ring: self.ring, sort: self.sort, ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_address_says_the_filter_and_the_filter_the_address() {
        let query = "ring=2&kind=errand&kind=repair&state=open&skill=plumbing&sort=near";

        let filter = Filter::of_query(query);

        assert_eq!(filter.ring, Ring::Lane);
        assert_eq!(filter.categories, [Category::Errand, Category::Repair]);
        assert_eq!(filter.states, [State::Open]);
        assert_eq!(filter.sort, Sort::Near);
        assert_eq!(filter.query(), query);
        assert_eq!(filter.in_force(), 4);
        assert_eq!(filter.cleared().query(), "ring=2&sort=near");
    }

    #[test]
    fn an_old_or_mistyped_address_is_read_as_far_as_it_can_be() {
        let filter = Filter::of_query("ring=9&kind=errand&kind=errand&kind=x&state=closed&&=&q");

        assert_eq!(filter, Filter { categories: vec![Category::Errand], ..Filter::default() });
    }

    #[test]
    fn a_plumber_sees_repairs_and_nobody_sees_what_two_wishes_exclude() {
        let of = |query| Filter::of_query(query).kinds();

        assert_eq!(of("ring=3"), None);
        assert_eq!(of("skill=plumbing"), Some(vec![Category::Repair]));
        assert_eq!(of("skill=driving"), Some(vec![Category::Errand, Category::Escort]));
        assert_eq!(of("skill=driving&kind=escort&kind=repair"), Some(vec![Category::Escort]));
        assert_eq!(of("skill=plumbing&kind=errand"), Some(vec![]));
    }

    #[test]
    fn the_board_has_no_other_states_than_those_that_run_in_public() {
        assert_eq!(Filter::default().passing_states(), ON_BOARD);
        assert_eq!(Filter::of_query("state=serving").passing_states(), [State::Serving]);
    }

    proptest! {
        #[test]
        fn whatever_stands_in_an_address_is_read_and_says_the_same_again(query in ".*") {
            let filter = Filter::of_query(&query);
            prop_assert_eq!(Filter::of_query(&filter.query()), filter);
        }
    }
}
