//! From the books to the pages: what this reader may know, and no more.

mod told;

use super::view::{
    BoardView, ContactLine, Dot, HelperLine, NewView, OwnView, Parts, RequestView, Typed,
};
use super::{
    photos::{self, reading::pictures},
    routing,
};
use crate::{
    components::{call::CaptainLine, timeline::EventLine},
    error::AppError,
    repeat,
    session::{self, reader, services},
    standpoint,
    words::{lang, recurring},
};
use domain::{
    Millis, Refusal,
    people::{Actor, PersonId},
    requests::{
        Facts, Move, Request, State,
        card::{Card, Distance, Ring},
        filter::Filter,
        moves::Part,
        photos::Shows,
        privacy::{Sight, headline, masked},
    },
    standing::Standing,
};
use store::{
    clock::in_turn as turns,
    history::Event,
    people::Captain,
    requests::{
        Loaded,
        board::{Glance, Spot},
        photos::{self as books, Form},
        reading::Seen,
    },
};
use uuid::Uuid;

/// Cards that the board shows at first; the rest is turned page by page.
const PAGE: usize = 30;
/// At most this many dots in a band; the number tells the rest.
const DOTS: usize = 16;
/// The longest headline on a request's own page.
const HEADLINE: usize = 40;

pub(super) async fn board(ring: Ring) -> Result<BoardView, AppError> {
    let who = reader().await?;
    let services = services();
    let now = services.now();
    let home = who.as_ref().and_then(|who| who.home);
    let place = match home {
        Some(home) => Some(home),
        None => session::looked_at().await?,
    };
    let mut view = BoardView {
        now,
        village: None,
        captain: None,
        ring,
        counts: [0; 3],
        dots: vec![],
        cards: vec![],
        more: None,
        signed_in: who.is_some(),
        visiting: home.is_none(),
        demo: services.demo,
    };
    let Some(place) = place else { return Ok(view) };
    let captains = store::people::captains_over(&services.db, &place, services.now()).await?;
    let glance = store::requests::board::glance(&services.db, &place).await?;
    view.village = Some(store::areas::name(&services.db, place.village).await?);
    view.captain = captains.into_iter().next().map(captain_line);
    view.counts = [glance.rings.circle, glance.rings.lane, glance.rings.village];
    if place.squad.is_none() {
        view.ring = Ring::Village;
    }
    view.dots = dots(&glance);
    let open_claims = match &who {
        Some(who) => store::people::claims_in_hand(&services.db, who.id).await?,
        None => 0,
    };
    let facts = Facts::of(now, open_claims);
    let filter = Filter { ring: view.ring, ..Filter::default() };
    let page = store::requests::board::page(&services.db, &place, &filter, None, PAGE).await?;
    view.cards = page
        .requests
        .iter()
        .map(|one| {
            Card::of(
                &one.request,
                &one.called,
                one.wanted.as_deref(),
                who.as_ref(),
                Some(&place),
                facts,
            )
        })
        .collect();
    view.more = page.next.map(|next| format!("/board?{}&after={next}", filter.query()));
    Ok(view)
}

fn captain_line(captain: Captain) -> CaptainLine {
    let Captain { kind, number, surname, phone, .. } = captain;
    CaptainLine { kind, number, surname, phone }
}

fn dots(glance: &Glance) -> Vec<Dot> {
    let mut dots: Vec<Dot> = vec![];
    for &Spot { ring, held, urgent } in &glance.spots {
        if dots.iter().filter(|dot| dot.ring == ring).count() < DOTS {
            dots.push(Dot { ring, held, urgent });
        }
    }
    dots
}

pub(super) async fn new_form() -> Result<NewView, AppError> {
    let who = reader().await?;
    let services = services();
    let mut draft = session::draft().await?.unwrap_or_default();
    let mut view = NewView {
        now: services.now(),
        key: Uuid::new_v4(),
        home: None,
        door_known: false,
        captain: None,
        goes_to: None,
        measure: None,
        repeat: String::new(),
        signed_in: who.is_some(),
        named: who.as_ref().is_some_and(|who| who.has_a_name().is_ok()),
        blocked: who.as_ref().is_some_and(|who| matches!(who.standing, Standing::Blocked { .. })),
        draft: draft.clone(),
        photo_field: String::new(),
    };
    let place = match &who {
        Some(who) => session::place_of(who).await?,
        None => session::looked_at().await?,
    };
    if let Some(home) = place {
        let (place, metres) = standpoint::routed(home).await?;
        let captains = store::people::captains_over(&services.db, &place, services.now()).await?;
        view.home = Some(session::place_name(&place).await?);
        if let Some(first) = captains.into_iter().next() {
            let far = match metres {
                Some(metres) => Some(Distance::Metres(metres)),
                None => routing::reading::far(&services.db, &place, &first, services.now()).await?,
            };
            let captain = captain_line(first);
            view.goes_to = Some(routing::goes_to(lang(), &place, &captain, far));
            view.captain = Some(captain);
        }
        // Where no circle serves the home, the nearest can be found.
        let unserved = home.squad.is_none() && metres.is_none();
        let village = home.village;
        if unserved && !store::areas::centres(&services.db, village).await?.is_empty() {
            view.measure = Some(format!("/places?village={}&next=ask", village.0));
        }
    }
    if let Some(who) = &who {
        let account = store::people::account(&services.db, who.id).await?;
        view.door_known = account.door.is_some();
        if who.home.is_some() {
            view.repeat = repeat::markup(lang(), &repeat::chosen().await?);
        }
        if draft.phone.is_empty() {
            draft.phone = account.phone.unwrap_or_default();
        }
    }
    if let Some(who) = &who {
        view.photo_field = photo_field(who.id, None).await?;
    }
    view.draft = draft;
    Ok(view)
}

pub(super) async fn request(code: &str) -> Result<RequestView, AppError> {
    let who = reader().await?;
    let services = services();
    let now = services.now();
    let seen = store::requests::reading::read(&services.db, code, who.as_ref(), now).await?;
    let mut view = shown(&seen, who.as_ref(), now);
    view.typed = session::typed().await?;
    let may_add = view.may(Move::AddPhotos);
    let page = Some(format!("/requests/{code}/photos"));
    view.photos = photos::gallery::markup(lang(), page, &pictures(&seen.photos), may_add);
    if let Some(who) = who.as_ref().filter(|_| view.may(Move::Finish)) {
        let there = seen.photos.iter().filter(|one| one.shows == Shows::Result).count();
        let waiting = books::waiting(&services.db, who.id, Form::Finishing(code)).await?;
        view.photo_field = photos::field::markup(lang(), Shows::Result, there, &pictures(&waiting));
    }
    if view.may(Move::Approve) {
        for helper in &mut view.helpers {
            helper.served = store::requests::lists::served(&services.db, helper.person).await?.0;
        }
    }
    Ok(view)
}

fn shown(seen: &Seen, who: Option<&Actor>, now: Millis) -> RequestView {
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
    RequestView {
        now,
        code: request.code.clone(),
        category: request.category,
        urgency: request.urgency,
        state: request.state,
        since: request.since,
        due: request.climb.late.or(request.due),
        until: request.due,
        climb,
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
        events: if knows { told::events(seen, who) } else { told::end(seen, request, who) },
        result: request.result.clone().filter(|_| knows),
        rating: request.rating.clone().filter(|_| knows),
        captain,
        my_turn,
        above,
        why_not: why_not(request, who, &moves, seen.facts),
        moves,
        signed_in: who.is_some(),
        minor: who.is_some_and(|who| who.minor),
        me: who.map(|who| who.id),
        typed: Typed::default(),
        photos: String::new(),
        photo_field: String::new(),
    }
}

/// The photos of a request, for who has no page of their own for them.
pub(super) fn gallery(seen: &Seen) -> String {
    photos::gallery::markup(lang(), None, &pictures(&seen.photos), false)
}

/// The field for photos of a new request, with those that wait in it: all of theirs, or these.
pub(super) async fn photo_field(who: PersonId, own: Option<&[Uuid]>) -> Result<String, AppError> {
    let mut waiting = books::waiting(&services().db, who, Form::Filing).await?;
    waiting.retain(|photo| own.is_none_or(|own| own.contains(&photo.id)));
    Ok(photos::field::markup(lang(), Shows::Need, 0, &pictures(&waiting)))
}

/// Every step so far, for whoever may read them all.
pub(super) fn steps(seen: &Seen, reader: &Actor) -> Vec<EventLine> {
    told::events(seen, Some(reader))
}

/// What the family sees: the steps without what was typed beside them, and nothing that only
/// neighbours know.
pub(super) fn followed(seen: &Seen, now: Millis) -> RequestView {
    RequestView {
        events: told::followed(seen),
        headline: String::new(),
        words: String::new(),
        wanted: None,
        risks: None,
        result: None,
        rating: None,
        ..shown(seen, None, now)
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

pub(crate) fn own(found: Vec<Loaded>, who: &Actor, helped: bool, now: Millis) -> OwnView {
    let facts = Facts::of(now, u8::MAX);
    let mut own =
        OwnView { now, asked: vec![], running: vec![], over: vec![], named: 0, more: None };
    for one in found {
        let card = Card::of(
            &one.request,
            &one.called,
            one.wanted.as_deref(),
            Some(who),
            who.home.as_ref(),
            facts,
        );
        if one.request.has_offer_for(who.id) {
            own.asked.push(card);
        } else if one.request.state.is_running() && !(helped && past_for(&one.request, who)) {
            own.running.push(card);
        } else {
            own.over.push(card);
        }
    }
    own
}

/// A request that runs again without somebody who helped in an earlier round.
fn past_for(request: &Request, who: &Actor) -> bool {
    let theirs = request.asked_by == who.id || request.filed_by == Some(who.id);
    !theirs && request.helper(who.id).is_none()
}
