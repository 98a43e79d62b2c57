//! No sequence of moves breaks what must always hold of a request (DOMAIN.md §2).

use super::{
    Facts, Move, Rating, Request, State,
    acting::{Minutes, Step},
    climb::Rung,
    examples::*,
    moves::{Rule, TABLE},
    paper::Came,
    reasons::*,
    referral::Office,
};
use crate::{
    Refusal,
    people::{Actor, Reach},
};
use proptest::prelude::*;

fn cast() -> Vec<Actor> {
    let mut leader = captain(30, Reach::Squad(team(3)));
    leader.volunteer = true;
    vec![
        resident(GRANNY),
        volunteer(ZHAI),
        volunteer(ASKED),
        volunteer(11),
        volunteer_of_the_next_village(12),
        leader,
        captain(31, Reach::Village(VILLAGE)),
        staff(32, Reach::Township(TOWNSHIP)),
        resident(10),
        volunteer(NAMED),
    ]
}

/// A step of this move, with whatever it brings along drawn from `dice`.
fn step(request: &Request, mv: Move, dice: u16) -> Step {
    let cast = cast();
    let somebody = cast[usize::from(dice) % cast.len()].clone();
    let minutes = |n: u16| {
        request.helpers.iter().map(|h| Minutes { person: h.person, minutes: n }).collect::<Vec<_>>()
    };
    match mv {
        Move::Accept => Step::Accept,
        Move::Decline => Step::Refer(Office::Police, Some("派出所".into())),
        Move::Withdraw => Step::Withdraw(WithdrawReason::SolvedByOthers),
        Move::Claim => Step::Claim,
        Move::Dispatch => Step::Dispatch(Box::new(somebody)),
        Move::TakeUp => Step::TakeUp,
        Move::TurnDown => Step::TurnDown,
        Move::Start => Step::Start,
        Move::Release => Step::Release(somebody.id, ReleaseReason::CannotCome),
        Move::Finish => Step::Finish(minutes(dice % 520), Some("修好了".into())),
        Move::Cannot => Step::Cannot(CannotReason::NobodyHome, None),
        Move::Record => {
            let came = Came { who: Box::new(somebody), minutes: dice % 520 };
            Step::Record(vec![came], Some("修好了".into()))
        }
        Move::Approve => {
            Step::Approve(minutes(dice % 520), dice.is_multiple_of(2).then(|| "核实".into()))
        }
        Move::Return => Step::Return(ReturnReason::WordsMissing, None),
        Move::Rate => Step::Rate(Rating::new((dice % 8) as u8, None)),
        Move::Reopen => Step::Reopen(ReopenReason::CameBack),
        Move::TakeOver => Step::TakeOver,
        Move::Raise => {
            let to = Rung::ALL[usize::from(dice) % Rung::ALL.len()];
            Step::Raise(to, RaiseReason::BeyondUs, None)
        }
        Move::Extend => Step::Extend(ExtendReason::Agreed, None),
        Move::AddPhotos => Step::AddPhotos,
        Move::DropPhoto => Step::DropPhoto(somebody.id, DropReason::Mistake, None),
        Move::Merge => Step::Merge("26-0617-017".into()),
        Move::ToDeeds => Step::ToDeeds("村东土路垫平".into()),
    }
}

fn check(request: &Request) {
    let helpers = request.helpers.len();
    assert!(helpers <= usize::from(request.needed), "more helpers than places");
    let on_it =
        matches!(request.state, State::Claimed | State::Serving | State::Done | State::Closed);
    if request.state == State::Withdrawn {
        // Withdrawn while claimed keeps who was on it, for the history of the page.
    } else {
        assert_eq!(helpers > 0, on_it, "{:?} with {helpers} helpers", request.state);
    }
    assert_eq!(request.due.is_some(), request.state.is_running(), "{:?}", request.state);
    // Who arrives late begins work that is already late: `serving` goes on with that deadline.
    let in_time = request.due.is_none_or(|due| due > request.since);
    assert!(in_time || request.state == State::Serving, "late as soon as {:?}", request.state);
    for helper in &request.helpers {
        assert!(!request.is_own(helper.person), "somebody helps with their own request");
        let twice = request.helpers.iter().filter(|other| other.person == helper.person).count();
        assert_eq!(twice, 1, "a helper twice");
        if matches!(request.state, State::Done | State::Closed) {
            assert!(helper.minutes.is_some_and(|m| (5..=480).contains(&m)), "done without minutes");
        }
    }
    for offer in &request.offers {
        assert!(
            matches!(request.state, State::Open | State::Claimed),
            "an offer outlives its place"
        );
        assert!(request.helper(offer.person).is_none(), "a helper is still asked");
    }
    if request.rating.is_some() {
        assert_eq!(request.state, State::Closed);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_moves_breaks_the_invariants(
        needed in 1_u8..4,
        on_board: bool,
        moves in prop::collection::vec((0_usize..64, 0_usize..10, any::<u16>()), 1..80),
    ) {
        let mut request = Request { needed, on_board, ..request(State::Submitted) };
        let mut reopened = 0;
        for (tick, (mv, who, dice)) in moves.into_iter().enumerate() {
            let mv = Move::ALL[mv % Move::ALL.len()];
            let who = &cast()[who];
            let facts = Facts::of(nine() + i64::try_from(tick)? * 3_600_000, 0);
            let step = step(&request, mv, dice);

            match request.apply(&step, who, facts) {
                Err(_) => {}
                Ok(after) => {
                    let rule = Rule::of(mv);
                    prop_assert!(rule.from.contains(&request.state));
                    prop_assert!(rule.leads_to(request.state).contains(&after.state));
                    prop_assert!(rule.who.iter().any(|part| request.plays(*part, who)));
                    if mv == Move::Approve {
                        prop_assert!(!request.is_own_work(who.id), "approved own work");
                    }
                    if mv == Move::TakeOver {
                        prop_assert_eq!(after.filed_by, Some(request.asked_by));
                        prop_assert_eq!((after.asked_by, after.named), (who.id, None));
                    } else {
                        prop_assert_eq!(after.asked_by, request.asked_by);
                    }
                    reopened += usize::from(mv == Move::Reopen);
                    prop_assert!(reopened <= 1, "reopened twice");
                    check(&after);
                    request = after;
                }
            }
        }
    }

    #[test]
    fn what_is_allowed_is_what_is_done(state in 0_usize..8, mv in 0_usize..Move::ALL.len(), who in 0_usize..10) {
        let request = request(State::ALL[state]);
        let mv = Move::ALL[mv];
        let who = &cast()[who];

        let allowed = request.may(mv, who, facts());
        let done = request.apply(&step(&request, mv, 30), who, facts());

        if let Err(refusal) = allowed {
            prop_assert_eq!(done, Err(refusal));
        }
    }
}

fn go(request: &Request, who: &Actor, step: Step) -> Request {
    request.apply(&step, who, facts()).unwrap()
}

#[test]
fn the_whole_story_goes_from_asking_to_rating() {
    let (granny, zhai, leader) =
        (resident(GRANNY), volunteer(ZHAI), captain(13, Reach::Squad(team(3))));
    let one = Request { needed: 1, ..request(State::Submitted) };

    let open = go(&one, &leader, Step::Accept);
    let claimed = go(&open, &zhai, Step::Claim);
    let serving = go(&claimed, &zhai, Step::Start);
    let minutes = vec![Minutes { person: zhai.id, minutes: 35 }];
    let done = go(&serving, &zhai, Step::Finish(minutes.clone(), Some("换了接头".into())));
    let closed = go(&done, &leader, Step::Approve(minutes, None));
    let rated = go(&closed, &granny, Step::Rate(Rating::new(5, Some("谢谢".into()))));

    assert_eq!(serving.due, claimed.due, "the deadline of the work goes on");
    assert_eq!(rated.state, State::Closed);
    assert_eq!(rated.helpers[0].minutes, Some(35));
    assert_eq!(rated.rating.unwrap().stars, 5);
}

#[test]
fn changed_minutes_need_a_reason() {
    let leader = captain(13, Reach::City);
    let fewer = vec![Minutes { person: person(ZHAI), minutes: 20 }];
    let done = request(State::Done);

    let silent = done.apply(&Step::Approve(fewer.clone(), None), &leader, facts());
    let said = go(&done, &leader, Step::Approve(fewer, Some("来回路上不算".into())));

    assert_eq!(silent, Err(Refusal::ReasonMissing));
    assert_eq!(said.helpers[0].minutes, Some(20));
}

#[test]
fn minutes_are_those_of_the_helpers_and_no_others() {
    let zhai = volunteer(ZHAI);
    let serving = request(State::Serving);
    let finish = |minutes| serving.apply(&Step::Finish(minutes, None), &zhai, facts());
    let of = |n, minutes| Minutes { person: person(n), minutes };

    assert_eq!(finish(vec![]), Err(Refusal::MinutesMissing));
    assert_eq!(finish(vec![of(77, 30)]), Err(Refusal::MinutesMissing));
    assert_eq!(finish(vec![of(ZHAI, 30), of(77, 30)]), Err(Refusal::MinutesMissing));
    assert_eq!(finish(vec![of(ZHAI, 4)]), Err(Refusal::MinutesOutOfRange));
    assert_eq!(finish(vec![of(ZHAI, 481)]), Err(Refusal::MinutesOutOfRange));
    assert!(finish(vec![of(ZHAI, 480)]).is_ok());
}

#[test]
fn a_helper_gives_back_only_their_own_claim() {
    let two = Request {
        helpers: vec![helper(ZHAI), helper(11)],
        offers: vec![],
        ..request(State::Claimed)
    };
    let release = |who: &Actor, n| {
        two.apply(&Step::Release(person(n), ReleaseReason::CannotCome), who, facts())
    };

    assert_eq!(release(&volunteer(ZHAI), 11), Err(Refusal::NotForYou));
    assert_eq!(release(&captain(13, Reach::City), 77), Err(Refusal::NotForYou));
    let one_left = release(&captain(13, Reach::City), 11).unwrap();
    assert_eq!((one_left.state, one_left.helpers.len()), (State::Claimed, 1));
    let nobody =
        go(&one_left, &volunteer(ZHAI), Step::Release(person(ZHAI), ReleaseReason::CannotCome));
    assert_eq!((nobody.state, nobody.helpers.len()), (State::Open, 0));
}

#[test]
fn the_second_helper_joins_until_helpers_are_enough() {
    let claimed = request(State::Claimed);

    let full = go(&claimed, &volunteer(11), Step::Claim);

    assert_eq!(full.places_left(), 0);
    assert_eq!(full.due, claimed.due, "joining moves no deadline");
    assert!(matches!(
        full.apply(&Step::Claim, &volunteer(14), facts()),
        Err(Refusal::Taken { by, .. }) if by == "志愿者11"
    ));
}

#[test]
fn a_captain_asks_volunteers_of_the_township_only() {
    let leader = captain(13, Reach::City);
    let ask = |volunteer| {
        request(State::Open).apply(&Step::Dispatch(Box::new(volunteer)), &leader, facts())
    };
    let mut far = volunteer(40);
    far.home = None;

    assert!(ask(volunteer_of_the_next_village(12)).is_ok());
    assert_eq!(ask(far), Err(Refusal::NotFromHere));
    assert_eq!(ask(resident(10)), Err(Refusal::NotAVolunteer));
    assert_eq!(ask(volunteer(GRANNY)), Err(Refusal::OwnRequest));
    assert_eq!(ask(volunteer(ASKED)), Err(Refusal::AlreadyAsked));
}

#[test]
fn a_note_has_its_limit() {
    let leader = captain(13, Reach::City);
    let long = Step::Return(ReturnReason::NotFinished, Some("补".repeat(301)));

    assert_eq!(request(State::Done).apply(&long, &leader, facts()), Err(Refusal::NoteTooLong));
}

#[test]
fn every_line_of_the_table_is_walked_by_the_story_generator() {
    for rule in TABLE {
        for &state in rule.from {
            let request = Request { helpers: vec![helper(ZHAI)], ..request(state) };
            assert_eq!(step(&request, rule.mv, 30).mv(), rule.mv);
        }
    }
}
