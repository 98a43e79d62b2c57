//! The moves of people who have no part in a request never change it.

use crate::{
    county::{CAPTAIN, County, RESIDENT, VOLUNTEER},
    reader::Reader,
};
use domain::{
    people::PersonId,
    requests::{Move, Step},
};

/// Stands for the name of the minutes' field on the page.
const MINUTES: &str = "MINUTES";

/// Everything that a form of this move could hold, filled in well.
fn filled_in(mv: Move, zhai: PersonId, whom: PersonId) -> String {
    let (zhai, whom) = (zhai.0, whom.0);
    match mv {
        Move::Accept
        | Move::Claim
        | Move::TakeUp
        | Move::TurnDown
        | Move::Start
        | Move::TakeOver => String::new(),
        Move::Decline => "reason=money".into(),
        Move::Withdraw => "reason=no_longer_needed".into(),
        Move::Dispatch => format!("volunteer={whom}"),
        Move::Release => format!("helper={zhai}&reason=did_not_come"),
        Move::Finish | Move::Approve => format!("{MINUTES}=35"),
        Move::Cannot => "reason=unsafe".into(),
        Move::Return => "reason=not_finished".into(),
        Move::Rate => "stars=1".into(),
        Move::Reopen => "reason=not_solved".into(),
        Move::Record => format!("minutes[of-{zhai}]=35&agreed=true"),
        Move::Raise => "reason=beyond_us".into(),
        Move::Extend => "reason=agreed".into(),
        Move::AddPhotos => String::new(),
        Move::DropPhoto => format!("photo={whom}&reason=wrong_photo"),
        Move::Merge => "typed=26-0101-001".into(),
        Move::ToDeeds => "kind=road&words=x&owner=y".into(),
    }
}

/// A request from which this move could be made, by others.
async fn ready_for(county: &County, mv: Move) -> String {
    match mv {
        Move::Accept | Move::Decline | Move::Withdraw | Move::Merge | Move::ToDeeds => {
            county.a_submitted_request().await
        }
        Move::Claim | Move::Dispatch => county.an_open_request().await,
        Move::TakeUp | Move::TurnDown => county.an_offered_request().await,
        Move::Start | Move::Release => county.a_claimed_request().await,
        Move::Finish | Move::Cannot => county.a_serving_request().await,
        Move::Approve | Move::Return => county.a_done_request().await,
        Move::Rate | Move::Reopen | Move::TakeOver => county.a_closed_request().await,
        Move::Raise | Move::Extend | Move::Record | Move::AddPhotos | Move::DropPhoto => {
            county.an_open_request().await
        }
    }
}

async fn nothing_moves(county: &County, who: &Reader<'_>, moves: &[Move]) {
    let zhai = county.person(VOLUNTEER);
    let whom = county.another_volunteer().await;
    for &mv in moves {
        let code = ready_for(county, mv).await;
        let before = county.books_say(&code).await;

        let mut fields = filled_in(mv, zhai, whom);
        if fields.contains(MINUTES) {
            let part = if mv == Move::Finish { VOLUNTEER } else { CAPTAIN };
            let page = county.of(part).await.opens(&format!("/requests/{code}")).await;
            fields = fields.replace(MINUTES, &page.name_of(&format!("m-{}", zhai.0)));
        }
        let seen = who.sends(&code, mv.key(), &fields).await;
        let form = format!("code={code}&{fields}");
        let call = who.0.call(&format!("/api/requests/{}", mv.key()), &form).await;

        assert!(seen.was_refused(), "{mv:?}");
        assert!(call.status.is_client_error(), "{mv:?}: {call:?}");
        assert_eq!(county.books_say(&code).await, before, "{mv:?}");
        set_aside(county, mv, &code).await;
    }
}

/// 翟师傅 holds at most three claims at a time.
async fn set_aside(county: &County, mv: Move, code: &str) {
    use domain::requests::reasons::CannotReason::Unsafe;
    if matches!(mv, Move::Start | Move::Release) {
        county.makes(VOLUNTEER, code, Step::Start).await;
    }
    if matches!(mv, Move::Start | Move::Release | Move::Finish | Move::Cannot) {
        county.makes(VOLUNTEER, code, Step::Cannot(Unsafe, None)).await;
    }
}

#[tokio::test]
async fn without_signing_in_nothing_can_be_moved() {
    let county = County::open().await;

    nothing_moves(&county, &county.nobody().await, Move::ALL).await;
}

#[tokio::test]
async fn somebody_from_elsewhere_moves_nothing_here() {
    let county = County::open().await;
    let far = county.before_a_browser(county.somebody_from_elsewhere().await).await;

    nothing_moves(&county, &far, Move::ALL).await;
}

#[tokio::test]
async fn a_neighbour_without_part_in_it_can_claim_and_nothing_else() {
    let county = County::open().await;
    let neighbour = county.before_a_browser(county.another_volunteer().await).await;
    let others: Vec<_> = Move::ALL.iter().copied().filter(|mv| *mv != Move::Claim).collect();

    nothing_moves(&county, &neighbour, &others).await;
}

#[tokio::test]
async fn a_captain_does_not_play_the_part_of_helper_or_requester() {
    let county = County::open().await;
    let own = [
        Move::Withdraw,
        Move::TakeUp,
        Move::TurnDown,
        Move::Start,
        Move::Finish,
        Move::Cannot,
        Move::Rate,
        Move::Reopen,
    ];

    nothing_moves(&county, &county.of(CAPTAIN).await, &own).await;
}

#[tokio::test]
async fn the_requester_approves_nothing_and_accepts_nothing() {
    let county = County::open().await;
    let moves: Vec<_> = Move::ALL
        .iter()
        .copied()
        .filter(|mv| !matches!(mv, Move::Withdraw | Move::Finish | Move::Rate | Move::Reopen))
        .collect();

    nothing_moves(&county, &county.of(RESIDENT).await, &moves).await;
}

#[tokio::test]
async fn a_private_request_is_not_there_for_strangers_whatever_they_send() {
    let county = County::open().await;
    let code = county.a_private_request().await;
    let before = county.books_say(&code).await;
    let zhai = county.person(VOLUNTEER);
    let neighbour = county.before_a_browser(county.another_volunteer().await).await;
    for &mv in Move::ALL {
        let form = format!("code={code}&{}", filled_in(mv, zhai, zhai));

        let call = neighbour.0.call(&format!("/api/requests/{}", mv.key()), &form).await;

        assert_eq!(call.status, 404, "{mv:?}: {call:?}");
    }
    assert_eq!(county.books_say(&code).await, before);
}
