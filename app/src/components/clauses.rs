//! Words that break between their clauses, as Chinese is read.

use leptos::prelude::*;

/// A headline: it breaks after a comma, and inside a clause only where that has no room on a line.
pub fn clauses(words: &str) -> AnyView {
    let bits = words.split_inclusive(['，', '、']);
    bits.map(|bit| view! { <span class="bit">{bit.to_owned()}</span> }).collect_view().into_any()
}
