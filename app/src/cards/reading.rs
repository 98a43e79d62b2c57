//! From the books to the pages of cards.

use super::{
    draft,
    view::{
        AfterLine, AskView, CardLine, CircleView, DoorLine, FollowView, HelperLine, Visit,
        VisitView,
    },
};
use crate::{
    components::call::CaptainLine,
    error::AppError,
    kept,
    session::services,
    words::{self, lang, referral},
};
use domain::{
    Millis,
    cards::in_two,
    people::{Actor, Place},
    requests::{Facts, State, card::Card, referral::Office},
};
use store::{
    StoreError,
    cards::{Circle, Household, Knock},
    requests::after as books,
};
use uuid::Uuid;

/// At most so many of its requests.
const MOST: i64 = 60;

/// The form of the answer a week later.
pub(super) const AFTER: &str = "card after";
/// The form of the rating.
pub(super) const RATING: &str = "card rating";

pub(super) fn circle(id: Uuid, circle: Circle, now: Millis) -> CircleView {
    let card = |card: store::cards::Card| CardLine {
        id: card.id,
        spoken: in_two(&card.spoken),
        printed: card.printed.is_some(),
        used: card.used,
        filed: card.filed,
        refused: card.refused,
        refused_at: card.refused_at,
    };
    let door = |door: store::cards::DoorLine| DoorLine {
        id: door.id,
        label: door.label,
        card: door.card.map(card),
    };
    let doors = circle.doors.into_iter().map(door).collect();
    CircleView { now, id, name: circle.name, doors }
}

/// The captain of a place, or the next above.
pub(super) async fn captain(place: &Place) -> Result<Option<CaptainLine>, AppError> {
    let services = services();
    let found = store::people::captains_over(&services.db, place, services.now()).await?;
    Ok(found.into_iter().next().map(captain_line))
}

fn captain_line(captain: store::people::Captain) -> CaptainLine {
    let store::people::Captain { kind, number, surname, phone, .. } = captain;
    CaptainLine { kind, number, surname, phone }
}

pub(super) async fn visit(knock: Option<Knock>) -> Result<VisitView, AppError> {
    let now = services().now();
    let mut view = VisitView {
        now,
        visit: Visit::None,
        label: String::new(),
        captain: None,
        question: None,
        running: vec![],
        over: vec![],
    };
    match knock {
        None => {}
        Some(Knock::Over(place)) => {
            view.visit = Visit::Over;
            view.captain = captain(&place).await?;
        }
        Some(Knock::Household(household)) => {
            view.visit = Visit::Open;
            view.captain = captain(&household.home).await?;
            view.question = books::waiting(&services().db, household.actor.id).await?;
            (view.running, view.over) = own(&household, now).await?;
            view.label = household.label;
        }
    }
    Ok(view)
}

/// What a household asked for: what still runs, and what is over.
async fn own(household: &Household, now: Millis) -> Result<(Vec<Card>, Vec<Card>), AppError> {
    let who = &household.actor;
    let found = store::requests::lists::mine(&services().db, who.id, MOST).await?;
    let facts = Facts::of(now, u8::MAX);
    let card = |one: &store::requests::Loaded| {
        let home = Some(&household.home);
        Card::of(&one.request, &one.called, one.wanted.as_deref(), Some(who), home, facts)
    };
    let (running, over): (Vec<_>, Vec<_>) =
        found.iter().partition(|one| one.request.state.is_running());
    Ok((running.into_iter().map(card).collect(), over.into_iter().map(card).collect()))
}

/// The form, with what was typed before; the name is the one that was said the last time.
pub(super) async fn form(household: &Household) -> Result<AskView, AppError> {
    let services = services();
    let mut draft = draft::of(household.card).await?;
    if draft.neighbour_name.is_empty() {
        draft.neighbour_name = store::cards::called_before(&services.db, household).await?;
    }
    Ok(AskView {
        now: services.now(),
        key: Uuid::new_v4(),
        card: None,
        label: household.label.clone(),
        captain: captain(&household.home).await?,
        draft,
        photo_field: None,
    })
}

/// One of a household's own requests; any other is not there.
pub(super) async fn follow(household: &Household, code: &str) -> Result<FollowView, AppError> {
    let services = services();
    let (now, who) = (services.now(), &household.actor);
    let seen = store::requests::reading::read(&services.db, code, Some(who), now).await?;
    let request = &seen.loaded.request;
    if request.asked_by != who.id {
        return Err(AppError::NotFound);
    }
    let after = after(code, who).await?;
    let phone = |person| {
        let mut phones = seen.helper_phones.iter();
        phones.find(|(helper, _)| *helper == person).and_then(|(_, phone)| phone.clone())
    };
    let helpers = request
        .helpers
        .iter()
        .map(|helper| HelperLine { called: helper.called.clone(), phone: phone(helper.person) });
    let there = request.helpers.iter().filter(|helper| helper.started_at.is_some());
    let declined = seen.events.iter().rev().find(|event| event.became == State::Declined);
    let filed = seen.contact.as_ref().filter(|contact| contact.neighbour);
    let helped = |helper: &domain::requests::Helper| helper.person;
    // Whoever helped does not confirm it: their turn passes to the captain above.
    let helpers_now: Vec<_> = request.helpers.iter().map(helped).collect();
    let turn = seen.captains.iter().find(|captain| {
        let helped = captain.person.is_some_and(|person| helpers_now.contains(&person));
        request.state != State::Done || !helped
    });
    Ok(FollowView {
        now,
        code: request.code.clone(),
        category: request.category,
        urgency: request.urgency,
        state: request.state,
        due: request.due,
        since: request.since,
        on_board: request.on_board,
        called: seen.loaded.called.clone(),
        words: request.words.clone(),
        filed_by: filed.map(|contact| contact.filed_by.clone()),
        captain: turn.cloned().map(captain_line),
        helpers: helpers.collect(),
        there: there.map(|helper| helper.called.as_str()).collect::<Vec<_>>().join("、"),
        declined: declined.map(why_declined),
        minutes: request.helpers.iter().filter_map(|one| one.minutes).map(u32::from).sum(),
        rating: request.rating.clone(),
        typed: typed_of(RATING, &request.code).await?,
        after,
        photos: crate::requests::api::gallery(&seen),
        events: crate::requests::api::steps(&seen, who),
        moves: request.moves_for(who, seen.facts),
    })
}

/// Whether all is well a week later; none where it was not asked.
async fn after(code: &str, who: &Actor) -> Result<Option<AfterLine>, AppError> {
    let question = match books::question(&services().db, code, who).await {
        Err(StoreError::NotFound) => return Ok(None),
        found => found?,
    };
    let typed = typed_of(AFTER, code).await?.remove("words").unwrap_or_default();
    Ok(Some(AfterLine { answer: question.answer, said: question.said, typed }))
}

/// What was typed into a form of this request and not taken.
async fn typed_of(form: &str, code: &str) -> Result<kept::Fields, AppError> {
    let mut typed = kept::typed(form).await?;
    if typed.remove("code").is_none_or(|of| of != code) {
        typed.clear();
    }
    Ok(typed)
}

/// Why it went no further, and where to turn.
fn why_declined(event: &store::history::Event) -> String {
    let l = lang();
    let reason = event.reason.as_deref().unwrap_or_default();
    let note = event.note.as_deref();
    match Office::of_reason(reason) {
        Some(office) => referral::told(l, office, note),
        None => {
            let words = words::reason(l, reason);
            [Some(words), note].into_iter().flatten().collect::<Vec<_>>().join("，")
        }
    }
}
