//! Every state × every move × every part, against a table written by hand from DOMAIN.md §2 and
//! not from the code.

use super::{
    Facts, Move, Request, State, Step,
    acting::Minutes,
    examples::*,
    moves::Part,
    reasons::{CannotReason, ReleaseReason},
};
use crate::{
    Refusal,
    clock::DAY,
    people::{Actor, Reach},
};
use Move::{
    Accept, AddPhotos, Approve, Cannot, Claim, Decline, Dispatch, DropPhoto, Extend, Finish, Merge,
    Raise, Rate, Record, Release, Reopen, Return, Start, TakeOver, TakeUp, ToDeeds, TurnDown,
    Withdraw,
};
use State::{Claimed, Closed, Declined, Done, Open, Serving, Submitted, Withdrawn};

/// What somebody may do: a state and its moves; nothing in the states that are not named.
type May = &'static [(State, &'static [Move])];

const NOTHING: May = &[];
const REQUESTER: May = &[
    (Submitted, &[Withdraw, AddPhotos, DropPhoto]),
    (Open, &[Withdraw, AddPhotos, DropPhoto]),
    (Claimed, &[Withdraw, AddPhotos, DropPhoto]),
    (Serving, &[Finish, DropPhoto]),
    (Done, &[DropPhoto]),
    (Closed, &[Rate, Reopen, DropPhoto]),
    (Declined, &[DropPhoto]),
    (Withdrawn, &[DropPhoto]),
];
const VOLUNTEER: May = &[(Open, &[Claim]), (Claimed, &[Claim])];
const ASKED_VOLUNTEER: May =
    &[(Open, &[Claim, TakeUp, TurnDown]), (Claimed, &[Claim, TakeUp, TurnDown])];
// While it is open nobody helps yet: who will help is a volunteer like any other.
const HELPER: May = &[
    (Open, &[Claim]),
    (Claimed, &[Start, Release, DropPhoto]),
    (Serving, &[Finish, Cannot, DropPhoto]),
    (Done, &[DropPhoto]),
    (Closed, &[DropPhoto]),
];
const CAPTAIN: May = &[
    (Submitted, &[Accept, Decline, Raise, Extend, DropPhoto, Merge, ToDeeds]),
    (Open, &[Dispatch, Record, Raise, Extend, DropPhoto, Merge, ToDeeds]),
    (Claimed, &[Dispatch, Release, Record, Raise, Extend, DropPhoto]),
    (Serving, &[Record, Raise, Extend, DropPhoto]),
    (Done, &[Approve, Return, Raise, Extend, DropPhoto]),
    (Closed, &[DropPhoto]),
    (Declined, &[DropPhoto]),
    (Withdrawn, &[DropPhoto]),
];
const CAPTAIN_WHO_HELPS: May = &[
    (Submitted, &[Accept, Decline, Raise, Extend, DropPhoto, Merge, ToDeeds]),
    (Open, &[Claim, Dispatch, Record, Raise, Extend, DropPhoto, Merge, ToDeeds]),
    (Claimed, &[Dispatch, Start, Release, Record, Raise, Extend, DropPhoto]),
    (Serving, &[Finish, Cannot, Record, Raise, Extend, DropPhoto]),
    // Four eyes: who helped does not approve, and may hand it up.
    (Done, &[Raise, Extend, DropPhoto]),
    (Closed, &[DropPhoto]),
    (Declined, &[DropPhoto]),
    (Withdrawn, &[DropPhoto]),
];
const STAFF: May = &[
    (Submitted, &[Accept, Decline, DropPhoto, Merge, ToDeeds]),
    (Open, &[DropPhoto, Merge, ToDeeds]),
    (Claimed, &[DropPhoto]),
    (Serving, &[DropPhoto]),
    (Done, &[DropPhoto]),
    (Closed, &[DropPhoto]),
    (Declined, &[DropPhoto]),
    (Withdrawn, &[DropPhoto]),
];
// A volunteer for whom a neighbour filed: it is their own, so they do not claim it.
const NAMED_NEIGHBOUR: May = &[
    (Submitted, &[TakeOver]),
    (Open, &[TakeOver]),
    (Claimed, &[TakeOver]),
    (Serving, &[TakeOver]),
    (Done, &[TakeOver]),
    (Closed, &[TakeOver]),
    (Declined, &[TakeOver]),
    (Withdrawn, &[TakeOver]),
];

fn everybody() -> Vec<(&'static str, Actor, May)> {
    let mut helping_captain = captain(ZHAI, Reach::Squad(team(3)));
    helping_captain.volunteer = true;
    let mut homeless = volunteer(20);
    homeless.home = None;
    vec![
        ("the requester", resident(GRANNY), REQUESTER),
        ("the requester, a volunteer", volunteer(GRANNY), REQUESTER),
        ("for whom it was filed", volunteer(NAMED), NAMED_NEIGHBOUR),
        ("a resident", resident(10), NOTHING),
        ("a volunteer", volunteer(11), VOLUNTEER),
        ("a volunteer of the next village", volunteer_of_the_next_village(12), NOTHING),
        ("a volunteer without a home", homeless, NOTHING),
        ("the asked volunteer", volunteer(ASKED), ASKED_VOLUNTEER),
        ("the helper", volunteer(ZHAI), HELPER),
        ("the squad's captain", captain(13, Reach::Squad(team(3))), CAPTAIN),
        ("the company's captain", captain(14, Reach::Company(team(2))), CAPTAIN),
        ("the brigade's captain", captain(15, Reach::Village(VILLAGE)), CAPTAIN),
        ("the detachment's captain", captain(16, Reach::Township(TOWNSHIP)), CAPTAIN),
        ("the corps' captain", captain(17, Reach::City), CAPTAIN),
        ("the captain who helps", helping_captain, CAPTAIN_WHO_HELPS),
        ("a captain next door", captain(18, Reach::Squad(team(4))), NOTHING),
        ("a captain of the next village", captain(19, Reach::Village(NEXT_VILLAGE)), NOTHING),
        ("staff of the station", staff(21, Reach::Village(VILLAGE)), STAFF),
        ("staff of the office", staff(22, Reach::Township(TOWNSHIP)), STAFF),
        ("staff of the centre", staff(23, Reach::City), STAFF),
        ("staff of the next station", staff(24, Reach::Village(NEXT_VILLAGE)), NOTHING),
    ]
}

fn expected(may: May, state: State) -> Vec<Move> {
    let mut moves: Vec<_> =
        may.iter().filter(|(at, _)| *at == state).flat_map(|(_, moves)| *moves).copied().collect();
    moves.sort_unstable();
    moves
}

#[test]
fn everybody_may_do_exactly_what_the_table_says_in_every_state() {
    for (name, who, may) in everybody() {
        for &state in State::ALL {
            let mut found = request(state).moves_for(&who, facts());
            found.sort_unstable();
            let wanted = expected(may, state);
            assert_eq!(found, wanted, "{name} while {state:?}");
        }
    }
}

#[test]
fn every_move_is_somebodys_in_some_state() {
    for &mv in Move::ALL {
        let anybody = everybody().iter().any(|(_, who, _)| {
            State::ALL.iter().any(|state| request(*state).may(mv, who, facts()).is_ok())
        });
        assert!(anybody, "{mv:?}");
    }
}

fn why(request: &Request, mv: Move, who: &Actor) -> Refusal {
    request.may(mv, who, facts()).unwrap_err()
}

#[test]
fn each_guard_says_its_own_reason() {
    let full = Request { needed: 1, ..request(Claimed) };
    let taken = Refusal::Taken { by: "志愿者2".into(), at: nine() - 1 };
    let private = Request { on_board: false, ..request(Open) };
    let elsewhere = volunteer_of_the_next_village(12);

    assert_eq!(why(&request(Open), Claim, &volunteer(GRANNY)), Refusal::OwnRequest);
    assert_eq!(why(&request(Claimed), Claim, &volunteer(ZHAI)), Refusal::AlreadyHelping);
    assert_eq!(why(&private, Claim, &volunteer(11)), Refusal::NotForYou);
    assert_eq!(why(&request(Open), Claim, &elsewhere), Refusal::NotFromHere);
    assert_eq!(why(&full, Claim, &volunteer(11)), taken);
    assert_eq!(why(&full, TakeUp, &volunteer(ASKED)), taken);
    assert_eq!(why(&full, Dispatch, &captain(13, Reach::City)), taken);
    assert_eq!(why(&request(Serving), Claim, &volunteer(11)), taken);
    assert_eq!(why(&request(Open), Claim, &resident(10)), Refusal::NotAVolunteer);
    assert_eq!(why(&request(Open), TakeUp, &volunteer(11)), Refusal::NotAsked);
    assert_eq!(why(&request(Done), Approve, &resident(10)), Refusal::NotForYou);
    assert_eq!(
        why(&request(Done), Approve, &captain(18, Reach::Squad(team(4)))),
        Refusal::OutOfReach
    );
    assert_eq!(why(&request(Done), Approve, &captain(ZHAI, Reach::City)), Refusal::OwnWork);
    assert_eq!(why(&request(Serving), Withdraw, &resident(GRANNY)), Refusal::NotNow(Serving));
}

/// Two neighbours are on it, and Zhai has arrived.
fn two_helpers_and_one_there() -> Request {
    let mut two = request(Serving);
    two.helpers.push(helper(11));
    two
}

#[test]
fn the_second_helper_arrives_later_and_each_arrives_once() {
    let two = two_helpers_and_one_there();

    let both = two.apply(&Step::Start, &volunteer(11), facts()).unwrap();

    assert_eq!(both.state, Serving);
    assert!(both.helpers.iter().all(|helper| helper.started_at.is_some()));
    assert_eq!(both.due, two.due);
    assert_eq!(why(&both, Start, &volunteer(11)), Refusal::AlreadyThere);
}

#[test]
fn who_cannot_goes_alone_and_the_rest_stay_as_far_as_they_have_come() {
    let two = two_helpers_and_one_there();
    let cannot = Step::Cannot(CannotReason::Unsafe, None);
    let zhai_cannot = two.apply(&cannot, &volunteer(ZHAI), facts()).unwrap();
    let other_cannot = two.apply(&cannot, &volunteer(11), facts()).unwrap();
    let neither = zhai_cannot.apply(
        &Step::Release(person(11), ReleaseReason::CannotCome),
        &volunteer(11),
        facts(),
    );

    assert_eq!(zhai_cannot.state, Claimed, "nobody has arrived any more");
    assert_eq!(zhai_cannot.helpers.iter().map(|one| one.person).collect::<Vec<_>>(), [person(11)]);
    assert_eq!(other_cannot.state, Serving);
    assert!(other_cannot.helper(person(ZHAI)).is_some());
    assert_eq!(neither.unwrap().state, Open);
}

#[test]
fn who_never_came_gets_no_minutes_and_is_off_it_but_somebody_came() {
    let two = two_helpers_and_one_there();
    let reported = |zhai: u16, other: u16| {
        let minutes = vec![
            Minutes { person: person(ZHAI), minutes: zhai },
            Minutes { person: person(11), minutes: other },
        ];
        two.apply(&Step::Finish(minutes, None), &volunteer(ZHAI), facts())
    };

    let done = reported(35, 0).unwrap();

    assert_eq!(done.helpers.iter().map(|one| one.minutes).collect::<Vec<_>>(), [Some(35)]);
    assert_eq!(reported(0, 35), Err(Refusal::MinutesOutOfRange), "Zhai was there");
    assert_eq!(reported(0, 0), Err(Refusal::MinutesOutOfRange), "somebody did it");
    assert_eq!(reported(35, 4), Err(Refusal::MinutesOutOfRange));
}

#[test]
fn three_open_claims_are_enough_but_a_captain_lifts_it_by_asking() {
    let busy = Facts { open_claims: 3, ..facts() };

    assert_eq!(request(Open).may(Claim, &volunteer(ASKED), busy), Err(Refusal::TooManyClaims(3)));
    assert_eq!(request(Open).may(TakeUp, &volunteer(ASKED), busy), Ok(()));
    let nearly = Facts { open_claims: 2, ..facts() };
    assert_eq!(request(Open).may(Claim, &volunteer(11), nearly), Ok(()));
}

#[test]
fn only_a_claim_that_is_there_is_given_back() {
    use super::{Step, reasons::ReleaseReason::CannotCome};
    let leader = captain(13, Reach::Squad(team(3)));
    let given_back = |person, who: &Actor| {
        request(Claimed).apply(&Step::Release(person, CannotCome), who, facts()).map(|_| ())
    };

    for nobody in [leader.id, person(GRANNY), person(11)] {
        assert_eq!(given_back(nobody, &leader), Err(Refusal::NotForYou), "{nobody:?}");
    }
    assert_eq!(given_back(person(ZHAI), &leader), Ok(()));
    assert_eq!(given_back(person(ZHAI), &volunteer(ZHAI)), Ok(()));
}

#[test]
fn reopening_ends_after_seven_days_and_happens_once() {
    let granny = resident(GRANNY);
    let last_moment = Facts { now: nine() + 7 * DAY, ..facts() };
    let too_late = Facts { now: nine() + 7 * DAY + 1, ..facts() };
    let again = Request { reopened: true, ..request(Closed) };

    assert_eq!(request(Closed).may(Reopen, &granny, last_moment), Ok(()));
    assert_eq!(request(Closed).may(Reopen, &granny, too_late), Err(Refusal::TooLate));
    assert_eq!(again.may(Reopen, &granny, facts()), Err(Refusal::AlreadyReopened));
}

/// Granny filed it, the neighbour whom she named took it over.
fn taken_over(state: State) -> Request {
    request(state).apply(&Step::TakeOver, &resident(NAMED), facts()).unwrap()
}

#[test]
fn who_takes_it_over_is_the_requester_in_every_state_and_who_filed_it_is_no_more() {
    for &state in State::ALL {
        let taken = taken_over(state);

        let (before, after) = (request(state), taken_over(state));
        assert_eq!((after.asked_by, after.filed_by), (person(NAMED), Some(person(GRANNY))));
        assert_eq!((after.state, after.due, &after.helpers), (state, before.due, &before.helpers));
        for (who, may) in [(NAMED, REQUESTER), (GRANNY, NOTHING)] {
            let mut found = taken.moves_for(&volunteer(who), facts());
            found.sort_unstable();
            assert_eq!(found, expected(may, state), "{who} while {state:?}");
        }
    }
}

#[test]
fn who_filed_it_reads_on_without_phone_and_door_and_does_not_help_with_it() {
    use super::privacy::Sight;
    for &state in State::ALL {
        let taken = Request { on_board: false, ..taken_over(state) };

        assert_eq!(taken.sight(Some(&volunteer(GRANNY))), Sight::Words, "{state:?}");
        assert_eq!(taken.sight(Some(&resident(NAMED))), Sight::Contact, "{state:?}");
    }
    let asks = Step::Dispatch(Box::new(volunteer(GRANNY)));
    let asked = taken_over(Open).apply(&asks, &captain(13, Reach::City), facts());
    assert_eq!(why(&taken_over(Open), Claim, &volunteer(GRANNY)), Refusal::OwnRequest);
    assert_eq!(asked, Err(Refusal::OwnRequest));
}

#[test]
fn it_is_taken_over_once_by_the_named_and_until_thirty_days_after_its_end() {
    let named = resident(NAMED);
    let at = |now| Facts { now, ..facts() };
    let month = nine() + 30 * DAY;

    assert_eq!(request(Closed).may(TakeOver, &named, at(month - 1)), Ok(()));
    assert_eq!(request(Closed).may(TakeOver, &named, at(month)), Err(Refusal::NotNow(Closed)));
    assert_eq!(request(Open).may(TakeOver, &named, at(month)), Ok(()), "it still runs");
    assert_eq!(why(&taken_over(Open), TakeOver, &named), Refusal::NotForYou);
    assert_eq!(why(&request(Open), TakeOver, &resident(GRANNY)), Refusal::NotForYou);
    let helps = Request { named: Some(person(ZHAI)), ..request(Claimed) };
    assert_eq!(why(&helps, TakeOver, &volunteer(ZHAI)), Refusal::AlreadyHelping);
}

#[test]
fn contact_is_for_the_requester_the_helper_now_and_those_in_reach() {
    use super::privacy::Sight;
    for (name, who, _) in everybody() {
        for &state in State::ALL {
            let request = request(state);
            let contact = request.sight(Some(&who)) == Sight::Contact;
            let known = [Part::Requester, Part::Captain, Part::Staff]
                .iter()
                .any(|part| request.plays(*part, &who));
            let helps_now = request.plays(Part::Helper, &who) && state.is_running();
            assert_eq!(contact, known || helps_now, "{name} while {state:?}");
        }
    }
}

#[test]
fn a_former_helper_reads_the_words_as_strangers_do() {
    let zhai = volunteer(ZHAI);
    let as_written = |state| {
        let request = request(state);
        request.is_read_as_written(request.sight(Some(&zhai)))
    };

    assert_eq!([Claimed, Serving, Done, Closed].map(as_written), [true, true, true, false]);
    let closed = request(Closed);
    for who in [resident(GRANNY), captain(13, Reach::City), staff(23, Reach::City)] {
        assert!(closed.is_read_as_written(closed.sight(Some(&who))));
    }
}

#[test]
fn strangers_see_the_board_and_nothing_private() {
    use super::privacy::Sight;
    for &state in State::ALL {
        let shown = !matches!(state, Submitted | State::Declined | State::Withdrawn);
        let private = Request { on_board: false, ..request(state) };
        for stranger in [None, Some(&resident(10))] {
            assert_eq!(request(state).sight(stranger) == Sight::Board, shown, "{state:?}");
            assert_eq!(private.sight(stranger), Sight::Nothing, "{state:?}");
        }
        assert_eq!(private.sight(Some(&captain(13, Reach::City))), Sight::Contact);
    }
}

#[test]
fn a_minor_claims_with_a_guardian_along_and_not_alone() {
    let minor = |n| Actor { minor: true, ..volunteer(n) };
    let (boy, asked) = (minor(11), minor(ASKED));
    let open = request(Open);
    let outcome =
        |step: Step, who: &Actor| open.apply(&step, who, facts()).map(|after| after.state);

    assert_eq!(outcome(Step::Claim, &boy), Err(Refusal::GuardianAlong));
    assert_eq!(outcome(Step::ClaimAlong, &boy), Ok(Claimed));
    assert_eq!(outcome(Step::TakeUp, &asked), Err(Refusal::GuardianAlong));
    assert_eq!(outcome(Step::TakeUpAlong, &asked), Ok(Claimed));
    assert_eq!(outcome(Step::Claim, &volunteer(11)), Ok(Claimed), "a grown neighbour comes alone");
    assert_eq!(Step::ClaimAlong.reason(), Some("guardian_along"));
    assert!(open.moves_for(&boy, facts()).contains(&Claim), "the form asks for the guardian");
}

#[test]
fn who_has_paused_is_told_so_claims_nothing_and_keeps_what_runs() {
    let paused = |n| Actor { paused: true, ..resident(n) };

    assert_eq!(why(&request(Open), Claim, &paused(11)), Refusal::Paused);
    assert_eq!(request(Claimed).may(Start, &paused(ZHAI), facts()), Ok(()));
    let ask = Step::Dispatch(Box::new(paused(11)));
    let leader = captain(13, Reach::Squad(team(3)));
    assert_eq!(request(Open).apply(&ask, &leader, facts()), Err(Refusal::NotAVolunteer));
}
