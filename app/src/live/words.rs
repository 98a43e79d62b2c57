//! What a change is called on the page under somebody's finger.

use super::reading::Change;
use crate::words::{Locale, td_string};
use domain::requests::{Move, heard::Heard};

/// On the board: the words, and whether it is new there.
pub(super) fn of_board(l: Locale, change: &Change, heard: Heard) -> Option<(String, bool)> {
    match heard {
        Heard::New => Some((td_string!(l, live.new_one).to_owned(), true)),
        Heard::Gone => Some((td_string!(l, live.gone).to_owned(), false)),
        Heard::Moved => of_one(l, change).map(|words| (words, false)),
    }
}

/// On the desk: what is filed or comes up is new there, whoever it waits for.
pub(super) fn of_desk(l: Locale, change: &Change) -> Option<(String, bool)> {
    match change.mv {
        None => Some((td_string!(l, live.new_one).to_owned(), true)),
        Some(Move::Raise) => of_one(l, change).map(|words| (words, true)),
        Some(_) => of_one(l, change).map(|words| (words, false)),
    }
}

/// On its own page.
pub(super) fn of_one(l: Locale, change: &Change) -> Option<String> {
    let who = change.who.as_deref().unwrap_or_default();
    Some(match change.mv? {
        Move::Accept => td_string!(l, live.accepted).to_owned(),
        Move::Decline => td_string!(l, live.declined).to_owned(),
        Move::Withdraw => td_string!(l, live.withdrawn).to_owned(),
        Move::Claim | Move::TakeUp => td_string!(l, live.claimed, who = who).to_string(),
        Move::Dispatch => td_string!(l, live.dispatched).to_owned(),
        Move::TurnDown => td_string!(l, live.turned_down).to_owned(),
        Move::Start => td_string!(l, live.started, who = who).to_string(),
        Move::Release | Move::Cannot => td_string!(l, live.released).to_owned(),
        Move::Finish => td_string!(l, live.finished).to_owned(),
        Move::Record => td_string!(l, paper.told).to_owned(),
        Move::Merge => td_string!(l, notices.m_merge).to_owned(),
        Move::ToDeeds => td_string!(l, notices.m_to_deeds).to_owned(),
        Move::AddPhotos => td_string!(l, notices.m_add_photos).to_owned(),
        Move::DropPhoto => td_string!(l, notices.m_drop_photo).to_owned(),
        Move::Approve => td_string!(l, live.approved).to_owned(),
        Move::Return => td_string!(l, live.returned).to_owned(),
        Move::Reopen => td_string!(l, live.reopened).to_owned(),
        Move::TakeOver => td_string!(l, live.taken_over).to_owned(),
        Move::Raise => td_string!(l, live.raised).to_owned(),
        Move::Extend => td_string!(l, live.extended).to_owned(),
        Move::Rate => td_string!(l, live.rated).to_owned(),
    })
}
