//! Words for what is said a week after a request was closed.

use super::{Locale, td_string};
use domain::requests::after::Answer;

/// An answer.
pub fn answer(l: Locale, answer: Answer) -> &'static str {
    match answer {
        Answer::Well => td_string!(l, after.well),
        Answer::More => td_string!(l, after.more),
        Answer::Tell => td_string!(l, after.tell),
    }
}
