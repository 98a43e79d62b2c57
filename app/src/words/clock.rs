//! Words for deadlines, the ladder and what the clock did. Only the server says them.

use super::{Locale, captain, reason, td_string, team};
use domain::{
    notices::Notice,
    requests::{
        Move, State,
        climb::Hindrance,
        deadlines::{Number, Unit},
        reasons::{NO_ANSWER, TIME_UP},
    },
    teams::TeamKind,
};

/// A captain with their team: 2 中队苑队长.
pub fn captain_of(l: Locale, kind: TeamKind, number: i32, surname: &str) -> String {
    let (team, who) = (team(l, kind, number), captain(l, surname));
    format!("{team}{}{who}", if l == Locale::en { ", " } else { "" })
}

/// Why a captain cannot hand it up, or extend it.
pub fn hindrance(l: Locale, hindrance: Hindrance) -> &'static str {
    match hindrance {
        Hindrance::RaisedAbove => td_string!(l, clock.raised_above),
        Hindrance::Top => td_string!(l, clock.is_top),
        Hindrance::Passed => td_string!(l, clock.passed),
        Hindrance::ExtendedAlready => td_string!(l, clock.extended_already),
    }
}

/// Why it was handed up or extended.
pub fn why(l: Locale, key: &str) -> &'static str {
    match key {
        "nobody_free" => td_string!(l, clock.nobody_free),
        "beyond_us" => td_string!(l, clock.beyond_us),
        "needs_office" => td_string!(l, clock.needs_office),
        "agreed" => td_string!(l, clock.agreed),
        "waits_for_parts" => td_string!(l, clock.waits_for_parts),
        "on_the_way" => td_string!(l, clock.on_the_way),
        other => reason(l, other),
    }
}

/// A step of the clock or of the ladder, as the timeline tells it; none for the other steps.
pub fn event(
    l: Locale,
    mv: Option<Move>,
    why: Option<&str>,
    who: Option<&str>,
    about: Option<&str>,
) -> Option<String> {
    let about = about.filter(|about| !about.is_empty());
    Some(match (mv?, who, about) {
        (Move::Raise, None, Some(about)) => td_string!(l, clock.e_raised, who = about).to_string(),
        (Move::Raise, None, None) => td_string!(l, clock.e_raised_nobody).to_owned(),
        (Move::Raise, Some(who), about) => {
            let about = about.unwrap_or_default();
            td_string!(l, clock.e_by_hand, who = who, about = about).to_string()
        }
        (Move::Extend, who, _) => {
            td_string!(l, clock.e_extended, who = who.unwrap_or_default()).to_string()
        }
        (Move::Release, None, about) if why == Some(TIME_UP) => {
            td_string!(l, clock.e_stale, who = about.unwrap_or_default()).to_string()
        }
        (Move::TurnDown, None, about) if why == Some(NO_ANSWER) => {
            td_string!(l, dispatch.e_lapsed, who = about.unwrap_or_default()).to_string()
        }
        (Move::Record, who, about) => {
            let (who, about) = (who.unwrap_or_default(), about.unwrap_or_default());
            td_string!(l, paper.event, who = who, about = about).to_string()
        }
        (Move::Merge, who, _) => {
            td_string!(l, alike.e_merged, who = who.unwrap_or_default()).to_string()
        }
        (Move::ToDeeds, who, _) => {
            td_string!(l, deeds.e_listed, who = who.unwrap_or_default()).to_string()
        }
        _ => return None,
    })
}

/// What a number is about: 队长受理.
pub fn number(l: Locale, number: Number) -> &'static str {
    match number {
        Number::AcceptUrgent | Number::AcceptToday | Number::AcceptNormal => {
            td_string!(l, clock.row_accept)
        }
        Number::ClaimUrgent | Number::ClaimToday | Number::ClaimNormal => {
            td_string!(l, clock.row_claim)
        }
        Number::OfferUrgent | Number::OfferToday | Number::OfferNormal => {
            td_string!(l, clock.row_offer)
        }
        Number::DoneUrgent | Number::DoneToday | Number::DoneNormal => {
            td_string!(l, clock.row_done)
        }
        Number::ConfirmUrgent | Number::ConfirmToday | Number::ConfirmNormal => {
            td_string!(l, clock.row_confirm)
        }
        Number::Evening => td_string!(l, clock.evening),
        Number::QuietFrom => td_string!(l, clock.quiet_from),
        Number::QuietTo => td_string!(l, clock.quiet_to),
    }
}

/// For what is urgent, for today, or has time; nothing for hours of the day.
pub fn urgency_of(l: Locale, number: Number) -> &'static str {
    match number {
        Number::AcceptUrgent
        | Number::ClaimUrgent
        | Number::OfferUrgent
        | Number::DoneUrgent
        | Number::ConfirmUrgent => td_string!(l, kinds.urgent),
        Number::DoneToday => td_string!(l, clock.done_today),
        Number::AcceptToday | Number::ClaimToday | Number::OfferToday | Number::ConfirmToday => {
            td_string!(l, kinds.today)
        }
        Number::AcceptNormal
        | Number::ClaimNormal
        | Number::OfferNormal
        | Number::DoneNormal
        | Number::ConfirmNormal => td_string!(l, kinds.normal),
        Number::Evening | Number::QuietFrom | Number::QuietTo => "",
    }
}

/// In what a number is counted.
pub fn unit(l: Locale, unit: Unit) -> &'static str {
    match unit {
        Unit::Minutes => td_string!(l, clock.minutes),
        Unit::Hours => td_string!(l, clock.hours),
        Unit::Days => td_string!(l, clock.days),
        Unit::OClock => td_string!(l, clock.o_clock),
    }
}

/// What a notice says.
pub fn notice(
    l: Locale,
    notice: Notice,
    mv: Option<Move>,
    became: State,
    asked: bool,
) -> &'static str {
    match notice {
        Notice::New if became == State::Submitted => td_string!(l, notices.new_captain),
        Notice::New => td_string!(l, notices.new),
        Notice::Asked if mv == Some(Move::TurnDown) => td_string!(l, dispatch.lapsed),
        Notice::Asked => td_string!(l, notices.asked),
        Notice::Near => td_string!(l, notices.near),
        Notice::Raised if asked => td_string!(l, notices.raised_asker),
        Notice::Raised => td_string!(l, notices.raised),
        Notice::Approved => td_string!(l, notices.approved),
        Notice::Filled => td_string!(l, notices.filled),
        Notice::Again => td_string!(l, notices.again),
        Notice::After => td_string!(l, notices.after),
        Notice::Said => td_string!(l, notices.said),
        Notice::Stopped => td_string!(l, notices.stopped),
        Notice::Moved => mv.map(|mv| moved(l, mv)).unwrap_or_default(),
    }
}

fn moved(l: Locale, mv: Move) -> &'static str {
    match mv {
        Move::Accept => td_string!(l, notices.m_accept),
        Move::Decline => td_string!(l, notices.m_decline),
        Move::Withdraw => td_string!(l, notices.m_withdraw),
        Move::Claim => td_string!(l, notices.m_claim),
        Move::Dispatch => td_string!(l, notices.asked),
        Move::TakeUp => td_string!(l, notices.m_take_up),
        Move::TurnDown => td_string!(l, notices.m_turn_down),
        Move::Start => td_string!(l, notices.m_start),
        Move::Release => td_string!(l, notices.m_release),
        Move::Finish => td_string!(l, notices.m_finish),
        Move::Cannot => td_string!(l, notices.m_cannot),
        Move::Record => td_string!(l, paper.told),
        Move::Approve => td_string!(l, notices.m_approve),
        Move::Return => td_string!(l, notices.m_return),
        Move::Rate => td_string!(l, notices.m_rate),
        Move::Reopen => td_string!(l, notices.m_reopen),
        Move::TakeOver => td_string!(l, notices.m_take_over),
        Move::Raise => td_string!(l, notices.m_raise),
        Move::Extend => td_string!(l, notices.m_extend),
        Move::AddPhotos => td_string!(l, notices.m_add_photos),
        Move::DropPhoto => td_string!(l, notices.m_drop_photo),
        Move::Merge => td_string!(l, notices.m_merge),
        Move::ToDeeds => td_string!(l, notices.m_to_deeds),
    }
}
