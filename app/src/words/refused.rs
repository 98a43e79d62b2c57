//! Words for every no: refusals of the rules, faults of a field, what else went wrong.

use super::{Locale, plain, state, td_string, time};
use crate::error::AppError;
use domain::{
    Millis, Refusal,
    credentials::ProofFault,
    forms::{Fault, Field},
    sign_in::CodeFault,
};

/// Why it did not happen, and what to do about it.
pub fn error(l: Locale, error: &AppError, now: Millis) -> String {
    match error {
        AppError::Refused(refusal) => self::refusal(l, refusal, now),
        AppError::Code(fault) => code(l, *fault, now),
        AppError::Proof(fault) => proof(l, *fault, now),
        AppError::Invalid(errors) => match errors.0.as_slice() {
            [(field, fault)] => self::fault(l, *field, *fault),
            several => td_string!(l, common.fix_n, n = several.len()).to_string(),
        },
        AppError::SignInFirst => td_string!(l, common.sign_in_first).to_owned(),
        AppError::ProofFirst => td_string!(l, security.first).to_owned(),
        AppError::NotAllowed => td_string!(l, common.not_allowed).to_owned(),
        AppError::NotFound => td_string!(l, common.not_found).to_owned(),
        AppError::Broken => td_string!(l, common.broken).to_owned(),
        AppError::Network => td_string!(l, common.network).to_owned(),
    }
}

/// Why the rules said no.
pub fn refusal(l: Locale, refusal: &Refusal, now: Millis) -> String {
    match refusal {
        Refusal::NotNow(at) => td_string!(l, refusals.not_now, state = state(l, *at)).to_string(),
        Refusal::NotForYou => td_string!(l, refusals.not_for_you).to_owned(),
        Refusal::OutOfReach => td_string!(l, refusals.out_of_reach).to_owned(),
        Refusal::NameFirst => td_string!(l, refusals.name_first).to_owned(),
        Refusal::NotAVolunteer => td_string!(l, refusals.not_a_volunteer).to_owned(),
        Refusal::NotFromHere => td_string!(l, refusals.not_from_here).to_owned(),
        Refusal::LivesElsewhere => td_string!(l, refusals.lives_elsewhere).to_owned(),
        Refusal::LeadsAlready => td_string!(l, refusals.leads_already).to_owned(),
        Refusal::NobodyThere => td_string!(l, refusals.nobody_there).to_owned(),
        Refusal::OwnRequest => td_string!(l, refusals.own_request).to_owned(),
        Refusal::AlreadyHelping => td_string!(l, refusals.already_helping).to_owned(),
        Refusal::AlreadyThere => td_string!(l, refusals.already_there).to_owned(),
        Refusal::Taken { by, .. } if by.is_empty() => {
            td_string!(l, refusals.taken_by_another).to_owned()
        }
        Refusal::Taken { by, at } => {
            let t = time::short(l, *at, now);
            td_string!(l, refusals.taken, who = by.as_str(), t = t.as_str()).to_string()
        }
        Refusal::TooManyClaims(n) => td_string!(l, refusals.too_many_claims, n = *n).to_string(),
        Refusal::AlreadyAsked => td_string!(l, refusals.already_asked).to_owned(),
        Refusal::NotAsked => td_string!(l, refusals.not_asked).to_owned(),
        Refusal::OwnWork => td_string!(l, refusals.own_work).to_owned(),
        Refusal::MinutesOutOfRange => td_string!(l, refusals.minutes_out_of_range).to_owned(),
        Refusal::MinutesMissing => td_string!(l, refusals.minutes_missing).to_owned(),
        Refusal::ReasonMissing => td_string!(l, refusals.reason_missing).to_owned(),
        Refusal::NoteTooLong => td_string!(l, refusals.note_too_long).to_owned(),
        Refusal::StarsOutOfRange => td_string!(l, refusals.stars_out_of_range).to_owned(),
        Refusal::AlreadyRated => td_string!(l, refusals.already_rated).to_owned(),
        Refusal::TooLate => td_string!(l, refusals.too_late).to_owned(),
        Refusal::AlreadyReopened => td_string!(l, refusals.already_reopened).to_owned(),
        Refusal::AskCaptainThere => td_string!(l, refusals.ask_captain_there).to_owned(),
        Refusal::GuardianAlong => td_string!(l, refusals.guardian_along).to_owned(),
        Refusal::Paused => td_string!(l, refusals.paused).to_owned(),
        Refusal::AgreeFirst => td_string!(l, refusals.agree_first).to_owned(),
        Refusal::Blocked { until: None } => td_string!(l, refusals.blocked_open).to_owned(),
        Refusal::Blocked { until: Some(until) } => {
            let t = time::near(l, *until, now);
            td_string!(l, refusals.blocked, t = t.as_str()).to_string()
        }
        Refusal::Leaving { on } => {
            let t = time::near(l, *on, now);
            td_string!(l, refusals.leaving, t = t.as_str()).to_string()
        }
        Refusal::ChooseReason => td_string!(l, refusals.choose_reason).to_owned(),
        Refusal::Volunteer(_)
        | Refusal::Right(_)
        | Refusal::Abuse(_)
        | Refusal::Climb(_)
        | Refusal::Post(_)
        | Refusal::Beside(_)
        | Refusal::GoneAlready
        | Refusal::NotThere
        | Refusal::NameTaken
        | Refusal::StillInUse
        | Refusal::NoTeamThere => plain::refusal(l, refusal),
    }
}

/// What is wrong with a field, and what to write there.
pub fn fault(l: Locale, field: Field, fault: Fault) -> String {
    if let Some(words) = plain::fault(l, field, fault) {
        return words;
    }
    match fault {
        Fault::Missing
        | Fault::NotAChoice
        | Fault::ConsentMissing
        | Fault::NotADate
        | Fault::Backwards
        | Fault::TooYoung { .. }
        | Fault::Taken
        | Fault::NotNearby
        | Fault::Photo(_) => missing(l, field).to_owned(),
        Fault::TooLong { most } => td_string!(l, faults.too_long, n = most).to_string(),
        Fault::PhoneDigits { n } => td_string!(l, faults.phone_digits, n = n).to_string(),
        Fault::PhoneShape => td_string!(l, faults.phone_shape).to_owned(),
        Fault::CodeShape if field == Field::Recovery => {
            td_string!(l, security.recovery_shape).to_owned()
        }
        Fault::TooShort { least } => td_string!(l, security.too_short, n = least).to_string(),
        Fault::Common => td_string!(l, security.common).to_owned(),
        Fault::TellsYou => td_string!(l, security.tells_you).to_owned(),
        Fault::Different => td_string!(l, security.different).to_owned(),
        Fault::CodeShape => td_string!(l, faults.code_shape).to_owned(),
        Fault::LettersOnly => td_string!(l, faults.letters_only).to_owned(),
        Fault::Office => td_string!(l, faults.office).to_owned(),
        Fault::OutOfRange { least, most } => {
            td_string!(l, faults.out_of_range, a = least, b = most).to_string()
        }
    }
}

fn missing(l: Locale, field: Field) -> &'static str {
    match field {
        Field::Category => td_string!(l, faults.category),
        Field::Words => td_string!(l, faults.words),
        Field::Urgency => td_string!(l, faults.urgency),
        Field::Phone | Field::NeighbourPhone => td_string!(l, faults.phone_missing),
        Field::Code => td_string!(l, faults.code_missing),
        Field::Agree => td_string!(l, faults.agree),
        Field::NeighbourName => td_string!(l, faults.neighbour_name),
        Field::NeighbourConsent => td_string!(l, faults.neighbour_consent),
        Field::Surname => td_string!(l, faults.surname),
        Field::Title => td_string!(l, faults.title),
        Field::Village => td_string!(l, faults.village),
        Field::Door => td_string!(l, faults.door),
        Field::Password | Field::Again => td_string!(l, security.password_missing),
        Field::Digits => td_string!(l, security.digits_missing),
        Field::Recovery => td_string!(l, security.recovery_missing),
        Field::Needed
        | Field::Risks
        | Field::Wanted
        | Field::Birth
        | Field::GuardianName
        | Field::GuardianPhone
        | Field::GuardianRelation
        | Field::GuardianHow
        | Field::GuardianAgreed
        | Field::Insurer
        | Field::Policy
        | Field::InsuredFrom
        | Field::InsuredUntil
        | Field::Team
        | Field::BackOn
        | Field::Name
        | Field::AreaCode
        | Field::First
        | Field::Last
        | Field::Position
        | Field::Latitude
        | Field::Longitude
        | Field::Spoken
        | Field::Reason
        | Field::Whom
        | Field::Outcome
        | Field::Term
        | Field::Say
        | Field::Number
        | Field::Kind
        | Field::Owner
        | Field::Due
        | Field::Place
        | Field::From
        | Field::Mail
        | Field::Photos => td_string!(l, faults.missing),
    }
}

/// Why a second proof was not taken.
pub fn proof(l: Locale, fault: ProofFault, now: Millis) -> String {
    match fault {
        ProofFault::Wrong => td_string!(l, security.wrong).to_owned(),
        ProofFault::Wait { until } => {
            let t = time::short(l, until, now);
            td_string!(l, security.wait, t = t.as_str()).to_string()
        }
        ProofFault::NotSetUp => td_string!(l, security.not_set_up).to_owned(),
        ProofFault::NotBegun => td_string!(l, security.not_begun).to_owned(),
        ProofFault::NoKey => td_string!(l, security.no_key).to_owned(),
    }
}

/// Why a code did not open the door.
pub fn code(l: Locale, fault: CodeFault, now: Millis) -> String {
    match fault {
        CodeFault::Wrong { left } => td_string!(l, faults.code_wrong, n = left).to_string(),
        CodeFault::Spent => td_string!(l, faults.code_spent).to_owned(),
        CodeFault::Old => td_string!(l, faults.code_old).to_owned(),
        CodeFault::TooMany { until } => {
            // Where the page does not know the time, the hour alone says it.
            let t = time::short(l, until, if now == 0 { until } else { now });
            td_string!(l, faults.code_too_many, t = t.as_str()).to_string()
        }
        CodeFault::TriedTooOften { until } => {
            let t = time::short(l, until, now);
            td_string!(l, faults.code_tried_too_often, t = t.as_str()).to_string()
        }
        CodeFault::NotSent => td_string!(l, faults.code_not_sent).to_owned(),
    }
}
