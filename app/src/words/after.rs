//! Words for what is said of a request once it is closed, and a week after.

use super::{Locale, td_string};
use domain::requests::{Good, Rating, after::Answer};

/// An answer.
pub fn answer(l: Locale, answer: Answer) -> &'static str {
    match answer {
        Answer::Well => td_string!(l, after.well),
        Answer::More => td_string!(l, after.more),
        Answer::Tell => td_string!(l, after.tell),
    }
}

/// All that was said of the help: 很满意，来得快、活儿好，谢谢.
pub fn rating(l: Locale, rating: &Rating) -> String {
    let comma = if l == Locale::en { ", " } else { "，" };
    let mut said = super::stars(l, rating.stars).to_owned();
    let good = goods(l, &rating.good);
    for more in [Some(good), rating.words.clone()].into_iter().flatten() {
        if !more.is_empty() {
            said.push_str(comma);
            said.push_str(&more);
        }
    }
    said
}

/// What was good, one after the other: 来得快、活儿好.
pub fn goods(l: Locale, good: &[Good]) -> String {
    let comma = if l == Locale::en { ", " } else { "、" };
    good.iter().map(|one| good_point(l, *one)).collect::<Vec<_>>().join(comma)
}

/// Something that was good about the help.
pub fn good_point(l: Locale, good: Good) -> &'static str {
    match good {
        Good::Quick => td_string!(l, after.good_quick),
        Good::Skilled => td_string!(l, after.good_skilled),
        Good::Patient => td_string!(l, after.good_patient),
        Good::Kind => td_string!(l, after.good_kind),
    }
}
