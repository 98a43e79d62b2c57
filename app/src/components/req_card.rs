//! A request in a list: the link covers the card.

use super::{
    clauses::clauses,
    icon::{Icon, Sign, of_category, tile_of},
    status::{Status, UrgencyTag},
};
use crate::words::{self, Locale, lang, td_string, time};
use domain::{
    Millis,
    organisation::point::NEAR,
    requests::{
        State, Urgency,
        card::{Card, Distance, Ring},
    },
};
use leptos::prelude::*;

/// One card of a list.
#[component]
pub fn ReqCard(
    /// What it shows.
    card: Card,
    /// The present moment.
    now: Millis,
    /// The ring that it was found in: the way back.
    #[prop(optional)]
    ring: Option<Ring>,
) -> impl IntoView {
    let l = lang();
    let runs = card.state.is_running();
    let urgent = runs && card.urgency == Urgency::Urgent;
    let class = if urgent { "card req urgent" } else { "card req" };
    let from = ring.map(|ring| format!("?ring={}", ring.key())).unwrap_or_default();
    let href = format!("/requests/{}{from}", card.code);
    let kind = words::category(l, card.category);
    let distance = card.distance.map(|at| {
        view! { <span class="dist"><Sign name=distance_sign(at)/>{words::distance(l, at)}</span> }
    });
    // What was wanted is no news of what is over.
    let when = card.wanted.clone().filter(|_| runs).map(|wanted| {
        view! { <span><Icon name="clock"/>{wanted}</span> }
    });
    view! {
        <li class=class>
            <span class=tile_of(card.category)><Icon name=of_category(card.category)/></span>
            <div>
                <h3><a href=href>{clauses(&card.headline)}</a></h3>
                <p class="who">
                    {runs.then(|| view! { <UrgencyTag urgency=card.urgency/> })}
                    {format!("{}·{kind}", card.called)}
                </p>
            </div>
            <p class="facts-line">
                {distance} {when}
                {runs
                    .then(|| {
                        view! {
                            <span class="only-std"><Icon name="users"/>{people_line(l, &card)}</span>
                        }
                    })}
            </p>
            <footer>
                <Status
                    state=card.state
                    more=state_line(l, &card, now)
                    late=card.due.is_some_and(|due| due <= now)
                />
                <span class="more" aria-hidden="true">{invitation(l, &card)}<Icon name="go"/></span>
            </footer>
        </li>
    }
}

/// The same three rings; the one that the request lies in is filled.
pub fn distance_sign(distance: Distance) -> String {
    let ring = match distance {
        Distance::Home | Distance::NextDoor | Distance::Doors(_) => 1,
        Distance::Within(Ring::Circle) | Distance::Metres(..=NEAR) => 1,
        Distance::Within(Ring::Lane) | Distance::Metres(..=100) => 2,
        Distance::Within(Ring::Village) | Distance::Metres(_) | Distance::Beyond => 3,
    };
    format!("d{ring}")
}

/// By when the next move must come, in the fewest words.
fn due_line(l: Locale, card: &Card, now: Millis) -> Option<String> {
    let due = card.due?;
    let t = time::near(l, due, now);
    Some(if due <= now {
        td_string!(l, board.was_due, t = t.as_str()).to_string()
    } else {
        td_string!(l, board.by_time, t = t.as_str()).to_string()
    })
}

fn people_line(l: Locale, card: &Card) -> String {
    let left = card.needed.saturating_sub(card.helping);
    if card.helping == 0 || left == 0 {
        td_string!(l, board.needs_n, n = card.needed).to_string()
    } else {
        td_string!(l, board.still_n, n = left).to_string()
    }
}

/// The small words beside the state: who is on it, else by when; of what is over, since when.
fn state_line(l: Locale, card: &Card, now: Millis) -> String {
    if let Some(over) = card.over {
        return time::day(l, over, now);
    }
    match card.state {
        State::Claimed if card.needed > 1 => {
            td_string!(l, board.of_n, a = card.helping, b = card.needed).to_string()
        }
        State::Serving => td_string!(l, board.doing_n, n = card.helping).to_string(),
        _ => due_line(l, card, now).unwrap_or_default(),
    }
}

fn invitation(l: Locale, card: &Card) -> &'static str {
    if card.mine && card.state == State::Closed {
        td_string!(l, board.was_mine)
    } else if card.mine && card.over.is_none() {
        td_string!(l, board.is_mine)
    } else if card.claimable && card.helping > 0 {
        td_string!(l, board.me_too)
    } else if card.claimable {
        td_string!(l, board.i_help)
    } else {
        td_string!(l, board.look)
    }
}
