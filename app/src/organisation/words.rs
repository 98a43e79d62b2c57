//! Words for kinds, verbs and reasons of the organisation.

use crate::words::{Locale, td_string};
use domain::{
    areas::AreaKind,
    organisation::{Kind, Verb, Why},
    teams::TeamKind,
};

/// What something is: 村, 小队.
pub fn kind(l: Locale, kind: Kind) -> &'static str {
    match kind {
        Kind::Area(AreaKind::City) => td_string!(l, organisation.city),
        Kind::Area(AreaKind::Township) => td_string!(l, organisation.township),
        Kind::Area(AreaKind::Village) => td_string!(l, organisation.village),
        Kind::Area(AreaKind::Community) => td_string!(l, organisation.community),
        Kind::Team(TeamKind::Corps) => td_string!(l, organisation.corps),
        Kind::Team(TeamKind::Detachment) => td_string!(l, organisation.detachment),
        Kind::Team(TeamKind::Branch) => td_string!(l, organisation.branch),
        Kind::Team(TeamKind::Brigade) => td_string!(l, organisation.brigade),
        Kind::Team(TeamKind::Company) => td_string!(l, organisation.company),
        Kind::Team(TeamKind::Squad) => td_string!(l, organisation.squad),
    }
}

/// Adding one of a kind: 新建小队.
pub fn add(l: Locale, kind: Kind) -> String {
    td_string!(l, organisation.add_kind, kind = self::kind(l, kind)).to_string()
}

/// The practice unit of an area: 实践站.
pub fn unit(l: Locale, kind: AreaKind) -> &'static str {
    match kind {
        AreaKind::City => td_string!(l, organisation.centre),
        AreaKind::Township => td_string!(l, organisation.office),
        AreaKind::Village | AreaKind::Community => td_string!(l, organisation.station),
    }
}

/// What can be done to it.
pub fn verb(l: Locale, verb: Verb) -> &'static str {
    match verb {
        Verb::Add => td_string!(l, organisation.add),
        Verb::Rename => td_string!(l, organisation.rename),
        Verb::Move => td_string!(l, organisation.move_it),
        Verb::Merge => td_string!(l, organisation.merge),
        Verb::Close => td_string!(l, organisation.close),
        Verb::Circle => td_string!(l, organisation.circle),
    }
}

/// What happened, by its key in the books.
pub fn happened(l: Locale, what: &str) -> &'static str {
    match what {
        "add" => td_string!(l, organisation.was_added),
        "rename" => td_string!(l, organisation.was_renamed),
        "move" => td_string!(l, organisation.was_moved),
        "merge" => td_string!(l, organisation.was_merged),
        "close" => td_string!(l, organisation.was_closed),
        "point" => td_string!(l, organisation.point_set),
        "add_doors" => td_string!(l, organisation.doors_added),
        "change_door" => td_string!(l, organisation.door_changed),
        "move_door" => td_string!(l, organisation.door_moved),
        "remove_door" => td_string!(l, organisation.door_removed),
        _ => "",
    }
}

/// What stands beside it in the books. They know no language: between the first and the last of
/// several doors they have a dash.
pub fn aside(l: Locale, detail: &str) -> String {
    match l {
        Locale::zh_CN => format!("（{}）", detail.replace(" – ", "到")),
        Locale::en => format!(" ({detail})"),
    }
}

/// Why it was done.
pub fn why(l: Locale, why: Why) -> &'static str {
    match why {
        Why::Decreed => td_string!(l, organisation.decreed),
        Why::Boundary => td_string!(l, organisation.boundary),
        Why::Regrouped => td_string!(l, organisation.regrouped),
        Why::Resettled => td_string!(l, organisation.resettled),
        Why::Mistake => td_string!(l, organisation.mistake),
    }
}
