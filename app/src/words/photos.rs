//! Words about photos: what they show, why one is taken down, what is wrong with a file.

use super::{Locale, td_string};
use domain::requests::{
    Move,
    photos::{MOST_BYTES, MOST_PHOTOS, Shows, Unfit},
    reasons::DropReason,
};

/// What a photo shows.
pub fn shows(l: Locale, shows: Shows) -> &'static str {
    match shows {
        Shows::Need => td_string!(l, photos.of_need),
        Shows::Result => td_string!(l, photos.of_result),
    }
}

/// Why a photo was taken down, by its key in the books; nothing for other keys.
pub fn reason(l: Locale, key: &str) -> &'static str {
    match DropReason::from_key(key) {
        Some(DropReason::Private) => td_string!(l, photos.r_private),
        Some(DropReason::Unrelated) => td_string!(l, photos.r_unrelated),
        Some(DropReason::Unsuitable) => td_string!(l, photos.r_unsuitable),
        Some(DropReason::Mistake) => td_string!(l, photos.r_mistake),
        None => "",
    }
}

/// A step of the history that is about photos; none for others.
pub fn event(l: Locale, mv: Option<Move>, who: Option<&str>) -> Option<String> {
    let who = who.unwrap_or_default();
    Some(match mv? {
        Move::AddPhotos => td_string!(l, photos.h_add, who = who).to_string(),
        Move::DropPhoto => td_string!(l, photos.h_drop, who = who).to_string(),
        _ => return None,
    })
}

/// What is wrong with a file, and what to do.
pub fn unfit(l: Locale, unfit: Unfit) -> String {
    match unfit {
        Unfit::Kind => td_string!(l, photos.x_kind).to_owned(),
        Unfit::Damaged => td_string!(l, photos.x_damaged).to_owned(),
        Unfit::Bytes => td_string!(l, photos.x_bytes, n = MOST_BYTES >> 20).to_string(),
        Unfit::Pixels => td_string!(l, photos.x_pixels).to_owned(),
        Unfit::Count => td_string!(l, photos.x_count, n = MOST_PHOTOS).to_string(),
    }
}
