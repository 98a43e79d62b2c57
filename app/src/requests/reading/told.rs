//! What is told of a request's ladder and steps: whose turn it is, what the clock did.

use super::{Captain, Event, Millis, Move, Request, Seen, State, captain_line, turns};
use crate::{
    components::{call::CaptainLine, timeline::EventLine},
    requests::view::Parts,
    words::{Locale, captain, clock as said, lang, photos, referral, td_string, time},
};
use domain::{
    people::Actor,
    requests::{
        climb::Rung,
        reasons::{DeclineReason, RECURS},
        referral::Office,
    },
};

/// The captain whose turn it is, and who is told when that one is late.
pub(super) fn in_turn(
    request: &Request,
    seen: &Seen,
) -> (Option<CaptainLine>, Option<CaptainLine>) {
    let turns = turns(request, &seen.captains);
    let at = holder(request, &turns);
    let line = |at: usize| turns.get(at).map(|(_, one)| captain_line((*one).clone()));
    (at.and_then(line), at.and_then(|at| line(at + 1)))
}

/// Whether it is this reader's turn, as captain.
pub(super) fn is_in_turn(request: &Request, seen: &Seen, reader: &Actor) -> bool {
    let turns = turns(request, &seen.captains);
    let holder = holder(request, &turns).and_then(|at| turns.get(at));
    holder.is_some_and(|(_, captain)| captain.person == Some(reader.id))
}

/// Which of the captains holds it. Where nobody leads from its rung on, the highest below has to do.
fn holder(request: &Request, turns: &[(Rung, &Captain)]) -> Option<usize> {
    let held = turns.iter().position(|(of, _)| *of >= request.climb.rung);
    held.or(turns.len().checked_sub(1))
}

/// Who was asked and has not answered, and until when they may.
pub(super) fn offers(request: &Request, seen: &Seen, now: Millis) -> Vec<String> {
    let l = lang();
    let line = |offer: &domain::requests::Offer| {
        let until = seen.facts.deadlines.answer_by(request.urgency, offer.at);
        let (who, t) = (offer.called.as_str(), time::near(l, until, now));
        td_string!(l, dispatch.waits, who = who, t = t.as_str()).to_string()
    };
    request.offers.iter().map(line).collect()
}

/// More about the deadline: to whom a late request was passed up and until when; for helpers, by when
/// they must be there; for who was asked, until when to answer.
pub(super) fn climb(
    request: &Request,
    seen: &Seen,
    holder: Option<&CaptainLine>,
    parts: Parts,
    me: Option<&Actor>,
    now: Millis,
) -> Option<String> {
    let l = lang();
    let deadlines = &seen.facts.deadlines;
    if let Some(until) = me.and_then(|me| request.answer_by(me.id, deadlines)) {
        let t = time::near(l, until, now);
        return Some(td_string!(l, dispatch.waits_you, t = t.as_str()).to_string());
    }
    if request.state == State::Done && parts.in_charge {
        let entered = seen.events.iter().rev().find(|event| event.mv == Some(Move::Record));
        if let Some(by) = entered.filter(|_| request.entered_by.is_some()) {
            let captain = by.captain.as_ref().map(|surname| captain(l, surname));
            let who = captain.or_else(|| by.who.clone()).unwrap_or_default();
            return Some(td_string!(l, paper.entered, who = who.as_str()).to_string());
        }
    }
    if request.climb.late.is_some() {
        let (holder, due) = (holder?, request.due?);
        let who = said::captain_of(l, holder.kind, holder.number, &holder.surname);
        let t = time::near(l, due, now);
        return Some(
            td_string!(l, clock.raised_line, who = who.as_str(), t = t.as_str()).to_string(),
        );
    }
    let waits = request.state == State::Claimed && (parts.helper || parts.in_charge);
    let start_by = request.first_start_by(deadlines).filter(|_| waits)?;
    let t = time::near(l, start_by, now);
    Some(td_string!(l, clock.start_by, t = t.as_str()).to_string())
}

/// Every step so far.
pub(super) fn events(seen: &Seen, reader: Option<&Actor>) -> Vec<EventLine> {
    let line = |event: Event| {
        let mine = event.by.is_some() && event.by == reader.map(|who| who.id);
        let words = words_of(&event, mine);
        // Worded here: the program has no words for these.
        let of_ladder = matches!(event.mv, Some(Move::Raise | Move::Extend | Move::DropPhoto));
        let place = event.reason.as_deref().and_then(Office::of_reason);
        let note = match place {
            Some(office) => Some(referral::told(lang(), office, event.note.as_deref())),
            None if of_ladder => why(&event),
            None => event.note,
        };
        let reason = match place {
            Some(_) => Some(DeclineReason::Referred.key().to_owned()),
            None => event.reason.filter(|_| !of_ladder),
        };
        EventLine {
            at: event.at,
            mv: event.mv,
            became: event.became,
            mine,
            who: event.who,
            captain: event.captain.filter(|_| event.mv.is_some_and(Move::is_of_office)),
            about: event.about,
            reason,
            note,
            words,
        }
    };
    seen.events.iter().cloned().map(line).collect()
}

/// Every step as the family reads it: where it was sent on, in the words of the place, and none of
/// what somebody typed beside a step.
pub(super) fn followed(seen: &Seen) -> Vec<EventLine> {
    let sent_to = |event: &Event| {
        let office = event.reason.as_deref().and_then(Office::of_reason)?;
        // Of a place that is none of ours only typed words say where.
        (!office.needs_words()).then(|| referral::told(lang(), office, None))
    };
    let steps = events(seen, None).into_iter().zip(&seen.events);
    steps.map(|(line, event)| EventLine { note: sent_to(event), ..line }).collect()
}

/// Why it went no further, for those who need it too: without names and words.
pub(super) fn end(seen: &Seen, request: &Request, reader: Option<&Actor>) -> Vec<EventLine> {
    let follows = reader.is_some_and(|who| request.watchers.contains(&who.id));
    let ended = |event: &EventLine| event.became == State::Declined;
    let unnamed = |event| EventLine { who: None, captain: None, about: None, note: None, ..event };
    match follows && request.state == State::Declined {
        true => events(seen, reader).into_iter().filter(ended).map(unnamed).collect(),
        false => vec![],
    }
}

fn words_of(event: &Event, mine: bool) -> Option<String> {
    let l = lang();
    if event.mv.is_none() && event.reason.as_deref() == Some(RECURS) {
        return Some(td_string!(l, recurring.e_made).to_owned());
    }
    let surname = |surname: &String| captain(l, surname);
    let you = mine.then(|| td_string!(l, steps.you).to_owned());
    let who = event.captain.as_ref().map(surname).or(you).or_else(|| event.who.clone());
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
