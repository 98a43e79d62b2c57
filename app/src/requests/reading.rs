//! From the books to the pages: what this reader may know, and no more.

mod shown;
mod told;

use shown::shown;
pub(super) use shown::{Course, followed};

use super::view::{BoardView, Dot, NewView, OwnView, RequestView};
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
    words::lang,
};
use domain::{
    Millis,
    people::{Actor, PersonId},
    requests::{
        Facts, Move, Request, State,
        card::{Card, Distance, Ring},
        filter::Filter,
        photos::Shows,
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
