//! One icon of the sprite that every page carries. Always beside a word.

use domain::requests::{Category, Urgency};
use leptos::prelude::*;

/// An icon of `style/icons.svg`; hidden from screen readers, because a word stands beside it.
#[component]
pub fn Icon(
    /// Its name in the sprite.
    name: &'static str,
    /// More classes.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let class = if class.is_empty() { "icon".to_owned() } else { format!("icon {class}") };
    view! {
        <svg class=class viewBox="0 0 24 24" aria-hidden="true">
            <use href=format!("#i-{name}")></use>
        </svg>
    }
}

/// A sign of the sprite without the look of an icon: status rings, distance.
#[component]
pub fn Sign(
    /// Its name in the sprite.
    name: String,
) -> impl IntoView {
    view! {
        <svg viewBox="0 0 24 24" aria-hidden="true">
            <use href=format!("#i-{name}")></use>
        </svg>
    }
}

/// The icon of a kind of help.
pub const fn of_category(category: Category) -> &'static str {
    match category {
        Category::Errand => "c-errand",
        Category::Repair => "c-repair",
        Category::Escort => "c-clinic",
        Category::Care => "c-care",
        Category::Mediation => "c-peace",
        Category::Paperwork => "c-proof",
        Category::Legal => "c-law",
        Category::Environment => "c-clean",
        Category::Company => "c-talk",
        Category::Tech => "c-tech",
        Category::Other => "c-other",
    }
}

/// The hue of the tile of a kind of help: house and errands, care, papers and peace.
pub const fn tile_of(category: Category) -> &'static str {
    match category {
        Category::Errand | Category::Repair | Category::Environment | Category::Tech => "tile life",
        Category::Escort | Category::Care | Category::Company => "tile care",
        Category::Mediation | Category::Paperwork | Category::Legal | Category::Other => "tile",
    }
}

/// The icon and the tag's class of an urgency.
pub const fn of_urgency(urgency: Urgency) -> (&'static str, &'static str) {
    match urgency {
        Urgency::Urgent => ("bolt", "tag now"),
        Urgency::Today => ("clock", "tag today"),
        Urgency::Normal => ("leaf", "tag calm"),
    }
}

/// The mark of the product: a door inside three rings.
#[component]
pub fn Logo() -> impl IntoView {
    view! {
        <svg viewBox="0 0 40 40" aria-hidden="true">
            <use href="#i-logo"></use>
        </svg>
    }
}
