//! What only the forms of plain pages say no with. The program carries no words for it.

use super::Locale;
use domain::{
    Refusal,
    forms::{Fault, Field},
};

/// The words for a refusal that only plain pages meet.
#[cfg(feature = "ssr")]
pub fn refusal(l: Locale, refusal: &Refusal) -> String {
    use super::{clock, desk, rights, td_string, volunteers};
    match refusal {
        Refusal::Volunteer(hindrance) => volunteers::hindrance(l, *hindrance),
        Refusal::Right(hindrance) => rights::right(l, *hindrance).to_owned(),
        Refusal::Abuse(hindrance) => rights::abuse(l, *hindrance).to_owned(),
        Refusal::Climb(hindrance) => clock::hindrance(l, *hindrance).to_owned(),
        Refusal::Post(hindrance) => desk::hindrance(l, *hindrance).to_owned(),
        Refusal::Beside(hindrance) => beside(l, *hindrance).to_owned(),
        Refusal::GoneAlready => td_string!(l, refusals.gone_already).to_owned(),
        Refusal::NotThere => td_string!(l, refusals.not_there).to_owned(),
        Refusal::NameTaken => td_string!(l, refusals.name_taken).to_owned(),
        Refusal::StillInUse => td_string!(l, refusals.still_in_use).to_owned(),
        Refusal::NoTeamThere => td_string!(l, refusals.no_team_there).to_owned(),
        _ => String::new(),
    }
}

/// Why something beside the moves of a request was refused.
#[cfg(feature = "ssr")]
fn beside(l: Locale, hindrance: domain::beside::Hindrance) -> &'static str {
    use super::td_string;
    use domain::beside::Hindrance as H;
    match hindrance {
        H::SaidLately => td_string!(l, near.x_said_lately),
        H::NoDoor => td_string!(l, near.no_door),
        H::TheSame => td_string!(l, alike.x_the_same),
        H::AnotherVillage => td_string!(l, alike.x_village),
        H::PrivateThere => td_string!(l, alike.x_private),
        H::EnoughWatched => td_string!(l, alike.x_enough),
        H::WhereMissing => td_string!(l, refer.x_where),
        H::EnoughSeries => td_string!(l, recurring.x_enough),
        H::SeriesOver => td_string!(l, recurring.x_over),
        H::DeedMovedOn => td_string!(l, deeds.x_moved_on),
    }
}

/// In the browser nobody meets it.
#[cfg(not(feature = "ssr"))]
pub fn refusal(_: Locale, _: &Refusal) -> String {
    String::new()
}

/// The words for a fault or a field that only plain pages have; none for the others.
#[cfg(feature = "ssr")]
pub fn fault(l: Locale, field: Field, fault: Fault) -> Option<String> {
    use super::{photos, td_string, volunteers};
    Some(match (fault, field) {
        (Fault::Photo(unfit), _) => photos::unfit(l, unfit),
        (_, Field::Photos) => td_string!(l, photos.x_missing).to_owned(),
        (Fault::OutOfRange { most, .. }, Field::BackOn) => {
            td_string!(l, deputies.too_long, n = most).to_string()
        }
        (Fault::ConsentMissing, Field::Outcome) => td_string!(l, paper.not_agreed).to_owned(),
        (Fault::Missing | Fault::NotAChoice, Field::Whom | Field::Outcome) => {
            td_string!(l, faults.choose).to_owned()
        }
        (_, Field::Number) => td_string!(l, clock.wrong_number).to_owned(),
        (Fault::Backwards, Field::From) => td_string!(l, clock.too_early).to_owned(),
        (Fault::NotADate | Fault::Backwards | Fault::TooYoung { .. }, _)
        | (
            Fault::Missing | Fault::ConsentMissing,
            Field::Birth
            | Field::Team
            | Field::GuardianName
            | Field::GuardianPhone
            | Field::GuardianRelation
            | Field::GuardianHow
            | Field::GuardianAgreed,
        ) => volunteers::fault(l, field, fault),
        (Fault::Taken, _) => td_string!(l, faults.taken).to_owned(),
        (Fault::NotNearby, _) => td_string!(l, faults.not_nearby).to_owned(),
        (Fault::CodeShape, Field::AreaCode) => td_string!(l, faults.area_code).to_owned(),
        (Fault::Missing, Field::Latitude | Field::Longitude) => {
            td_string!(l, faults.degrees).to_owned()
        }
        (Fault::Missing, Field::First | Field::Last | Field::Position) => {
            td_string!(l, faults.number).to_owned()
        }
        (Fault::Missing | Fault::NotAChoice, Field::Term) => td_string!(l, faults.term).to_owned(),
        (Fault::Missing | Fault::NotAChoice, Field::Reason) => {
            td_string!(l, faults.reason).to_owned()
        }
        (Fault::Missing, Field::Say) => td_string!(l, faults.say).to_owned(),
        (Fault::OutOfRange { .. }, Field::Name) => td_string!(l, board.saved_full).to_owned(),
        (Fault::Missing | Fault::NotAChoice, Field::Place) => {
            td_string!(l, refer.x_where).to_owned()
        }
        (Fault::Missing, Field::Kind) => td_string!(l, deeds.x_kind).to_owned(),
        (Fault::NotAChoice, Field::Kind) => td_string!(l, rights.x_field).to_owned(),
        (_, Field::Mail) => td_string!(l, ways.bad_address).to_owned(),
        (_, Field::Spoken) => td_string!(l, faults.spoken).to_owned(),
        (Fault::Missing, Field::Name | Field::AreaCode) => td_string!(l, faults.name).to_owned(),
        _ => return None,
    })
}

/// In the browser nobody meets one.
#[cfg(not(feature = "ssr"))]
pub fn fault(_: Locale, _: Field, _: Fault) -> Option<String> {
    None
}
