//! Words for the values of the rules, in the reader's language. The words themselves are in
//! `app/locales/`.

pub mod after;
#[cfg(feature = "ssr")]
pub mod clock;
#[cfg(feature = "ssr")]
pub mod desk;
#[cfg(feature = "ssr")]
pub mod imports;
#[cfg(feature = "ssr")]
pub mod photos;
mod plain;
#[cfg(feature = "ssr")]
pub mod recurring;
#[cfg(feature = "ssr")]
pub mod referral;
pub mod refused;
#[cfg(feature = "ssr")]
pub mod rights;
pub mod time;
#[cfg(feature = "ssr")]
pub mod volunteers;
#[cfg(feature = "ssr")]
pub mod ways;

pub use crate::generated::i18n::Locale;
pub use leptos_i18n::td_string;

use domain::{
    people::PostKind,
    requests::{Category, State, Urgency, card::Distance, card::Ring},
    teams::TeamKind,
};
use leptos::prelude::use_context;

/// The reader's language: of the page, or where the program asks the server for more, of the request.
pub fn lang() -> Locale {
    use_context().unwrap_or_else(crate::prefs::language)
}

/// A kind of help.
pub fn category(l: Locale, category: Category) -> &'static str {
    match category {
        Category::Errand => td_string!(l, kinds.errand),
        Category::Repair => td_string!(l, kinds.repair),
        Category::Escort => td_string!(l, kinds.escort),
        Category::Care => td_string!(l, kinds.care),
        Category::Mediation => td_string!(l, kinds.mediation),
        Category::Paperwork => td_string!(l, kinds.paperwork),
        Category::Legal => td_string!(l, kinds.legal),
        Category::Environment => td_string!(l, kinds.environment),
        Category::Company => td_string!(l, kinds.company),
        Category::Tech => td_string!(l, kinds.tech),
        Category::Other => td_string!(l, kinds.other),
    }
}

/// How soon.
pub fn urgency(l: Locale, urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Urgent => td_string!(l, kinds.urgent),
        Urgency::Today => td_string!(l, kinds.today),
        Urgency::Normal => td_string!(l, kinds.normal),
    }
}

/// How far a request has come.
pub fn state(l: Locale, state: State) -> &'static str {
    match state {
        State::Submitted => td_string!(l, kinds.submitted),
        State::Open => td_string!(l, kinds.open),
        State::Claimed => td_string!(l, kinds.claimed),
        State::Serving => td_string!(l, kinds.serving),
        State::Done => td_string!(l, kinds.done),
        State::Closed => td_string!(l, kinds.closed),
        State::Declined => td_string!(l, kinds.declined),
        State::Withdrawn => td_string!(l, kinds.withdrawn),
    }
}

/// A count with a comma before every third digit: 1,587.
pub fn grouped(count: i64) -> String {
    let digits = count.unsigned_abs().to_string();
    let mut out = if count < 0 { "-".to_owned() } else { String::new() };
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// How somebody was served, one star to five.
pub fn stars(l: Locale, n: u8) -> &'static str {
    match n {
        0 | 1 => td_string!(l, requests.star_1),
        2 => td_string!(l, requests.star_2),
        3 => td_string!(l, requests.star_3),
        4 => td_string!(l, requests.star_4),
        _ => td_string!(l, requests.star_5),
    }
}

/// How far away.
pub fn distance(l: Locale, distance: Distance) -> String {
    match distance {
        Distance::Home => td_string!(l, kinds.home).to_owned(),
        Distance::NextDoor => td_string!(l, kinds.next_door).to_owned(),
        Distance::Doors(n) => td_string!(l, kinds.doors, n = n).to_string(),
        Distance::Metres(n) => td_string!(l, board.metres, n = n).to_string(),
        Distance::Within(Ring::Circle) => td_string!(l, kinds.within_1).to_owned(),
        Distance::Within(Ring::Lane) => td_string!(l, kinds.within_2).to_owned(),
        Distance::Within(Ring::Village) => td_string!(l, kinds.within_3).to_owned(),
        Distance::Beyond => td_string!(l, kinds.beyond).to_owned(),
    }
}

/// A team by kind and number: 3 小队.
pub fn team(l: Locale, kind: TeamKind, number: i32) -> String {
    match kind {
        TeamKind::Squad => td_string!(l, kinds.squad, n = number).to_string(),
        TeamKind::Company => td_string!(l, kinds.company_n, n = number).to_string(),
        TeamKind::Brigade => td_string!(l, kinds.brigade).to_owned(),
        TeamKind::Detachment | TeamKind::Branch => td_string!(l, kinds.detachment).to_owned(),
        TeamKind::Corps => td_string!(l, kinds.corps).to_owned(),
    }
}

/// A captain by surname: 梁队长.
pub fn captain(l: Locale, surname: &str) -> String {
    td_string!(l, common.captain_of, surname = surname).to_string()
}

/// Captain or staff.
pub fn post(l: Locale, kind: PostKind) -> &'static str {
    match kind {
        PostKind::Captain => td_string!(l, people.captain),
        PostKind::Staff => td_string!(l, people.staff),
    }
}

/// A typed reason by its key in the books.
pub fn reason(l: Locale, key: &str) -> &'static str {
    match key {
        "not_suitable" => td_string!(l, reasons.not_suitable),
        "money" => td_string!(l, reasons.money),
        "emergency" => td_string!(l, reasons.emergency),
        "duplicate" => td_string!(l, reasons.duplicate),
        "referred" => td_string!(l, reasons.referred),
        "long_term" => td_string!(l, reasons.long_term),
        "no_longer_needed" => td_string!(l, reasons.no_longer_needed),
        "solved_by_others" => td_string!(l, reasons.solved_by_others),
        "cannot_come" => td_string!(l, reasons.cannot_come),
        "lacks_skill" => td_string!(l, reasons.lacks_skill),
        "did_not_come" => td_string!(l, reasons.did_not_come),
        "nobody_home" => td_string!(l, reasons.nobody_home),
        "needs_professional" => td_string!(l, reasons.needs_professional),
        "lacks_parts" => td_string!(l, reasons.lacks_parts),
        "unsafe" => td_string!(l, reasons.unsafe_there),
        "not_finished" => td_string!(l, reasons.not_finished),
        "minutes_doubtful" => td_string!(l, reasons.minutes_doubtful),
        "words_missing" => td_string!(l, reasons.words_missing),
        "not_solved" => td_string!(l, reasons.not_solved),
        "came_back" => td_string!(l, reasons.came_back),
        "pay" => td_string!(l, reasons.pay),
        "guardian_along" => td_string!(l, reasons.guardian_along),
        "at_once" => td_string!(l, reasons.at_once),
        _ => "",
    }
}

/// Words inside a `textarea` or a `title`: Leptos escapes them everywhere but there, and only the
/// server writes markup.
pub fn escaped_on_server(words: &str) -> String {
    if cfg!(feature = "ssr") {
        words.replace('&', "&amp;").replace('<', "&lt;")
    } else {
        words.to_owned()
    }
}
