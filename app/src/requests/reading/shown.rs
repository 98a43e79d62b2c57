//! A request as one reader may see it: neighbours, those in charge, the family by its link.

use super::{Loaded, Seen, told};
use crate::{
    components::{call::CaptainLine, timeline::EventLine},
    requests::{
        said,
        view::{ContactLine, HelperLine, Parts, Report, RequestView, Told, Typed},
    },
    words::{after, lang, recurring},
};
use domain::{
    Millis, Refusal,
    people::{Actor, PersonId},
    requests::{
        Facts, Move, Request, State,
        card::Distance,
        moves::Part,
        privacy::{Sight, headline, masked},
    },
};
use uuid::Uuid;

/// The longest headline on a request's own page.
const HEADLINE: usize = 40;

/// What the words of a page are made of.
pub(in crate::requests) struct Course {
    /// Every step so far, as this reader may know it.
    pub events: Vec<EventLine>,
    /// Since when it is in its state.
    pub since: Millis,
    /// By when the next move must come; the first deadline that was missed, once one was.
    pub due: Option<Millis>,
    /// The deadline that runs.
    pub until: Option<Millis>,
    /// More about that.
    pub climb: Option<String>,
    /// The captain whose turn it is is the reader.
    pub my_turn: bool,
    /// Who is told when that captain is late.
    pub above: Option<CaptainLine>,
}

/// A request, cut to what this reader may know.
pub(super) fn shown(seen: &Seen, who: Option<&Actor>, now: Millis) -> RequestView {
    let knows = seen.sight >= Sight::Words;
    let events =
        if knows { told::events(seen, who) } else { told::end(seen, &seen.loaded.request, who) };
    shown_with(seen, who, events, now)
}

fn shown_with(
    seen: &Seen,
    who: Option<&Actor>,
    events: Vec<EventLine>,
    now: Millis,
) -> RequestView {
    let Loaded { request, called, risks, wanted, .. } = &seen.loaded;
    let knows = seen.sight >= Sight::Words;
    let as_written = request.is_read_as_written(seen.sight);
    let told = |words: &str| if as_written { words.to_owned() } else { masked(words) };
    let words = told(&request.words);
    let (captain, above) = told::in_turn(request, seen);
    let in_charge = parts(request, who).in_charge;
    let my_turn = in_charge && who.is_some_and(|who| told::is_in_turn(request, seen, who));
    let climb = told::climb(request, seen, captain.as_ref(), parts(request, who), who, now);
    let moves = who.map(|who| request.moves_for(who, seen.facts)).unwrap_or_default();
    let report = events.iter().rev().find(|event| event.mv == Some(Move::Finish));
    let mut view = RequestView {
        now,
        code: request.code.clone(),
        category: request.category,
        urgency: request.urgency,
        state: request.state,
        told: Told::default(),
        sight: seen.sight,
        parts: parts(request, who),
        headline: headline(&words, HEADLINE),
        words,
        wanted: recurring::wanted(lang(), seen.repeats.as_ref(), wanted.as_deref().map(told)),
        risks: risks.clone().filter(|_| as_written),
        called: told(called),
        distance: who
            .and_then(|who| who.home.as_ref())
            .map(|home| Distance::between(home, &request.place)),
        on_board: request.on_board,
        needed: request.needed,
        helpers: helpers(request, seen, parts(request, who)),
        offers: if parts(request, who).in_charge {
            told::offers(request, seen, now)
        } else {
            vec![]
        },
        contact: seen.contact.as_ref().map(|contact| ContactLine {
            phone: contact.phone.clone(),
            door: contact.door.clone(),
            filed_by: contact.neighbour.then(|| contact.filed_by.clone()),
        }),
        erased: seen.sight == Sight::Contact && seen.contact.is_none(),
        report: report.map(|event| Report { at: event.at, note: event.note.clone() }),
        result: request.result.clone().filter(|_| knows),
        rating: request
            .rating
            .as_ref()
            .filter(|_| knows)
            .map(|rating| after::rating(lang(), rating)),
        captain,
        why_not: why_not(request, who, &moves, seen.facts),
        moves,
        signed_in: who.is_some(),
        minor: who.is_some_and(|who| who.minor),
        me: who.map(|who| who.id),
        typed: Typed::default(),
        photos: String::new(),
        photo_field: String::new(),
    };
    let course = Course {
        events,
        since: request.since,
        due: request.climb.late.or(request.due),
        until: request.due,
        climb,
        my_turn,
        above,
    };
    view.told = said::told(lang(), &view, course);
    view
}

/// What the family sees: the steps without what was typed beside them, and nothing that only
/// neighbours know.
pub(in crate::requests) fn followed(seen: &Seen, now: Millis) -> RequestView {
    RequestView {
        headline: String::new(),
        words: String::new(),
        wanted: None,
        risks: None,
        result: None,
        rating: None,
        ..shown_with(seen, None, told::followed(seen), now)
    }
}

fn parts(request: &Request, who: Option<&Actor>) -> Parts {
    let plays = |part| who.is_some_and(|who| request.plays(part, who));
    Parts {
        requester: plays(Part::Requester),
        helper: plays(Part::Helper),
        asked: plays(Part::Asked),
        in_charge: plays(Part::Captain) || plays(Part::Staff),
    }
}

/// Why somebody who looks at an open request and has no other part in it cannot claim it.
fn why_not(
    request: &Request,
    who: Option<&Actor>,
    moves: &[Move],
    facts: Facts,
) -> Option<Refusal> {
    let who = who?;
    let open = matches!(request.state, State::Open | State::Claimed);
    let other_part = [Part::Requester, Part::Helper, Part::Captain, Part::Staff]
        .iter()
        .any(|part| request.plays(*part, who));
    if !open || !moves.is_empty() || other_part {
        return None;
    }
    request.may(Move::Claim, who, facts).err()
}

fn helpers(request: &Request, seen: &Seen, parts: Parts) -> Vec<HelperLine> {
    let may_call = parts.requester || parts.in_charge;
    // A helper's phone is for those who wait for the helper, not for ever.
    let phone = |person| {
        if !request.state.is_running() || !may_call {
            return None;
        }
        let found = seen.helper_phones.iter().find(|(id, _)| *id == person);
        found.and_then(|(_, phone)| phone.clone())
    };
    let line = |helper: &domain::requests::Helper| HelperLine {
        person: helper.person,
        called: helper.called.clone(),
        claimed_at: helper.claimed_at,
        started_at: helper.started_at,
        minutes: helper.minutes,
        phone: phone(helper.person),
        served: 0,
    };
    if seen.sight < Sight::Words {
        return request.helpers.iter().map(only_name).collect();
    }
    request.helpers.iter().map(line).collect()
}

/// A helper as strangers know them: that somebody is on it, and how neighbours call them.
fn only_name(helper: &domain::requests::Helper) -> HelperLine {
    HelperLine {
        person: PersonId(Uuid::nil()),
        called: masked(&helper.called),
        claimed_at: 0,
        started_at: None,
        minutes: None,
        phone: None,
        served: 0,
    }
}
