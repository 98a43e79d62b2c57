//! What is told of a request's ladder and steps: whose turn it is, what the clock did.

use super::{Event, Millis, Move, Parts, Request, Seen, State, captain_line, turns};
use crate::{
    components::call::CaptainLine,
    requests::view::EventLine,
    words::{Locale, captain, clock as said, lang, photos, td_string, time},
};
use domain::people::Actor;

/// The captain whose turn it is, and who is told when that one is late.
pub(super) fn in_turn(
    request: &Request,
    seen: &Seen,
) -> (Option<CaptainLine>, Option<CaptainLine>) {
    let turns = turns(request, &seen.captains);
    let rung = request.climb.rung;
    // Where nobody leads from that rung on, the highest below has to do.
    let at = turns.iter().position(|(of, _)| *of >= rung).or(turns.len().checked_sub(1));
    let line = |at: usize| turns.get(at).map(|(_, one)| captain_line((*one).clone()));
    (at.and_then(line), at.and_then(|at| line(at + 1)))
}

/// More about the deadline: to whom a late request was passed up and until when; for helpers, by when
/// they must be there.
pub(super) fn climb(
    request: &Request,
    seen: &Seen,
    holder: Option<&CaptainLine>,
    parts: Parts,
    now: Millis,
) -> Option<String> {
    let l = lang();
    if request.climb.late.is_some() {
        let (holder, due) = (holder?, request.due?);
        let who = said::captain_of(l, holder.kind, holder.number, &holder.surname);
        let t = time::near(l, due, now);
        return Some(
            td_string!(l, clock.raised_line, who = who.as_str(), t = t.as_str()).to_string(),
        );
    }
    let waits = request.state == State::Claimed && (parts.helper || parts.in_charge);
    let start_by = request.first_start_by(&seen.facts.deadlines).filter(|_| waits)?;
    let t = time::near(l, start_by, now);
    Some(td_string!(l, clock.start_by, t = t.as_str()).to_string())
}

/// Every step so far.
pub(super) fn events(seen: &Seen, reader: Option<&Actor>) -> Vec<EventLine> {
    let line = |event: Event| {
        let words = words_of(&event);
        // Worded here: the program has no words for these.
        let of_ladder = matches!(event.mv, Some(Move::Raise | Move::Extend | Move::DropPhoto));
        let note = if of_ladder { why(&event) } else { event.note };
        EventLine {
            at: event.at,
            mv: event.mv,
            became: event.became,
            mine: event.by.is_some() && event.by == reader.map(|who| who.id),
            who: event.who,
            captain: event.captain.filter(|_| event.mv.is_some_and(Move::is_of_office)),
            about: event.about,
            reason: event.reason.filter(|_| !of_ladder),
            note,
            words,
        }
    };
    seen.events.iter().cloned().map(line).collect()
}

fn words_of(event: &Event) -> Option<String> {
    let l = lang();
    let surname = |surname: &String| captain(l, surname);
    let who = event.captain.as_ref().map(surname).or_else(|| event.who.clone());
    let about = event.about_captain.as_ref().map(surname).or_else(|| event.about.clone());
    photos::event(l, event.mv, who.as_deref()).or_else(|| {
        said::event(l, event.mv, event.reason.as_deref(), who.as_deref(), about.as_deref())
    })
}

/// The typed reason with a word more; nothing for what the clock did.
fn why(event: &Event) -> Option<String> {
    let l = lang();
    let words = |key: &str| match event.mv {
        Some(Move::DropPhoto) => photos::reason(l, key),
        _ => said::why(l, key),
    };
    let reason = event.reason.as_deref().map(words).filter(|it| !it.is_empty());
    let colon = if l == Locale::en { ": " } else { "：" };
    match (reason, &event.note) {
        (Some(reason), Some(note)) => Some(format!("{reason}{colon}{note}")),
        (Some(reason), None) => Some(reason.to_owned()),
        (None, note) => note.clone(),
    }
}
