//! Who is told what when a request moves (DOMAIN.md §10). The words are the pages'.

pub mod delivery;

use crate::{
    people::PersonId,
    requests::{Move, Request, State, climb::Tick},
};

keyed! {
    /// What a notice is about.
    pub enum Notice {
        /// A new request in one's circle.
        New = "new",
        /// A request that one has to do with moved on.
        Moved = "moved",
        /// The captain asks; with the move `turn_down`: it was not answered in time.
        Asked = "asked",
        /// A deadline is near.
        Near = "near",
        /// A deadline passed, or a captain handed it up.
        Raised = "raised",
        /// One's help was approved.
        Approved = "approved",
        /// Helpers are enough: said to those who were told that it is new.
        Filled = "filled",
        /// Helpers are missing again: said to the same.
        Again = "again",
        /// A week after it was closed: is all well?
        After = "after",
        /// Who asked has a word for the captain.
        Said = "said",
        /// What comes again is asked for no more until one looks at it.
        Stopped = "stopped",
    }
}

/// Who is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// This person.
    Person(PersonId),
    /// The captain whose turn it is: the first that leads a team on its rung or above.
    Holder,
    /// The volunteers of its circle.
    Circle,
    /// Those who were told that it is new.
    Told,
}

/// Who is told what when it has been filed; whoever filed it knows.
pub fn of_filing(filed: &Request) -> Vec<(To, Notice)> {
    let mut told = vec![];
    if filed.state == State::Submitted || !filed.on_board {
        told.push((To::Holder, Notice::New));
    }
    told.extend(on_the_board(filed));
    told
}

/// Who is told what after somebody's move, or the clock's when `who` is none. `about` is whom the
/// move was about. Nobody is told of their own moves.
pub fn of_move(
    mv: Move,
    before: &Request,
    after: &Request,
    who: Option<PersonId>,
    about: Option<PersonId>,
) -> Vec<(To, Notice)> {
    let requester = (To::Person(after.asked_by), Notice::Moved);
    let holder = (To::Holder, Notice::Moved);
    let helpers = |notice| before.helpers.iter().map(move |one| (To::Person(one.person), notice));
    let mut told = vec![];
    match mv {
        Move::Accept => {
            told.push(requester);
            told.extend(on_the_board(after));
        }
        Move::Decline | Move::Start | Move::Extend | Move::Merge | Move::ToDeeds => {
            told.push(requester);
        }
        Move::Withdraw => {
            told.extend(helpers(Notice::Moved));
            told.extend(before.offers.iter().map(|one| (To::Person(one.person), Notice::Moved)));
        }
        Move::Claim => told.push(requester),
        Move::TakeUp => told.extend([requester, holder]),
        Move::Dispatch => told.extend(about.map(|asked| (To::Person(asked), Notice::Asked))),
        Move::TurnDown => {
            told.push(holder);
            // Only the clock says whom: who says no knows.
            told.extend(about.map(|asked| (To::Person(asked), Notice::Asked)));
        }
        Move::Release | Move::Cannot => {
            told.extend([requester, holder]);
            told.extend(about.map(|helper| (To::Person(helper), Notice::Moved)));
        }
        Move::Finish => {
            told.extend([requester, holder]);
            told.extend(helpers(Notice::Moved));
        }
        Move::Record => {
            told.extend([requester, holder]);
            // Who is said to have helped reads it, and who claimed that they are off it.
            told.extend(helpers(Notice::Moved));
            let new = after.helpers.iter().filter(|one| before.helper(one.person).is_none());
            told.extend(new.map(|one| (To::Person(one.person), Notice::Moved)));
        }
        Move::Approve => {
            told.push(requester);
            told.extend(helpers(Notice::Approved));
        }
        Move::Return | Move::Rate => told.extend(helpers(Notice::Moved)),
        Move::Reopen => told.push(holder),
        Move::AddPhotos => told.extend(helpers(Notice::Moved)),
        Move::DropPhoto => {
            told.extend(about.map(|whose| (To::Person(whose), Notice::Moved)));
        }
        Move::TakeOver => told.push((To::Person(before.asked_by), Notice::Moved)),
        Move::Raise => {
            told.extend([(To::Holder, Notice::Raised), (requester.0, Notice::Raised)]);
        }
    }
    if tells_watchers(mv) {
        let watchers = after.watchers.iter();
        told.extend(watchers.map(|watcher| (To::Person(*watcher), Notice::Moved)));
    }
    told.extend(places(before, after));
    told.retain(|(to, _)| who.is_none_or(|who| *to != To::Person(who)));
    told
}

/// Whether those who need it too hear of it: of what brings help nearer or ends it.
const fn tells_watchers(mv: Move) -> bool {
    match mv {
        Move::Accept
        | Move::Decline
        | Move::Withdraw
        | Move::Claim
        | Move::TakeUp
        | Move::Start
        | Move::Release
        | Move::Finish
        | Move::Record
        | Move::Cannot
        | Move::Approve
        | Move::Reopen
        | Move::Merge
        | Move::ToDeeds => true,
        Move::Dispatch
        | Move::TurnDown
        | Move::Return
        | Move::Rate
        | Move::TakeOver
        | Move::AddPhotos
        | Move::DropPhoto
        | Move::Raise
        | Move::Extend => false,
    }
}

/// Who is told what after the clock: a reminder goes to those who should act.
pub fn of_tick(tick: Tick, before: &Request, after: &Request) -> Vec<(To, Notice)> {
    match tick {
        Tick::Raise => of_move(Move::Raise, before, after, None, None),
        Tick::Release(helper) => of_move(Move::Release, before, after, None, Some(helper)),
        Tick::Lapse(asked) => of_move(Move::TurnDown, before, after, None, Some(asked)),
        Tick::Remind => match after.state {
            State::Claimed | State::Serving => {
                after.helpers.iter().map(|one| (To::Person(one.person), Notice::Near)).collect()
            }
            _ => vec![(To::Holder, Notice::Near)],
        },
    }
}

fn on_the_board(request: &Request) -> Option<(To, Notice)> {
    (request.state == State::Open && request.on_board).then_some((To::Circle, Notice::New))
}

/// What those hear who were told that it is new: that the last place is taken, or free again.
fn places(before: &Request, after: &Request) -> Option<(To, Notice)> {
    let wanted = |one: &Request| one.state.is_on_board() && one.on_board && one.places_left() > 0;
    let waits = |one: &Request| matches!(one.state, State::Open | State::Claimed) && wanted(one);
    match (waits(before), waits(after)) {
        (true, false) if after.state.is_on_board() => Some((To::Told, Notice::Filled)),
        (false, true) if before.state != State::Submitted => Some((To::Told, Notice::Again)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        people::{Actor, Reach},
        requests::{Step, examples::*, reasons::ReleaseReason},
    };

    fn after(before: &Request, step: &Step, who: &Actor) -> (Request, Vec<(To, Notice)>) {
        let after = before.apply(step, who, facts()).unwrap();
        let told = of_move(step.mv(), before, &after, Some(who.id), step.about());
        (after, told)
    }

    #[test]
    fn a_new_request_is_told_to_the_captain_and_once_accepted_to_the_circle() {
        let filed = request(State::Submitted);
        let private = Request { on_board: false, ..filed.clone() };
        let leader = captain(13, Reach::Squad(team(3)));

        let (_, told) = after(&filed, &Step::Accept, &leader);
        let (_, alone) = after(&private, &Step::Accept, &leader);

        assert_eq!(of_filing(&filed), [(To::Holder, Notice::New)]);
        assert_eq!(of_filing(&request(State::Open)), [(To::Circle, Notice::New)]);
        let granny = (To::Person(person(GRANNY)), Notice::Moved);
        assert_eq!(told, [granny, (To::Circle, Notice::New)]);
        assert_eq!(alone, [granny], "what is private is not for the circle");
    }

    #[test]
    fn those_who_were_told_hear_that_it_is_filled_and_that_it_is_open_again() {
        let one = Request { needed: 1, ..request(State::Open) };
        let zhai = volunteer(ZHAI);
        let granny = (To::Person(person(GRANNY)), Notice::Moved);

        let (claimed, filled) = after(&one, &Step::Claim, &zhai);
        let release = Step::Release(person(ZHAI), ReleaseReason::CannotCome);
        let (_, again) = after(&claimed, &release, &zhai);
        let (_, with_a_place_left) = after(&request(State::Open), &Step::Claim, &zhai);

        assert_eq!(filled, [granny, (To::Told, Notice::Filled)]);
        assert_eq!(again, [granny, (To::Holder, Notice::Moved), (To::Told, Notice::Again)]);
        assert_eq!(with_a_place_left, [granny]);
    }

    #[test]
    fn who_needs_it_too_hears_what_brings_help_nearer_and_not_every_word() {
        let watched = Request { watchers: vec![person(60)], ..request(State::Open) };
        let watcher = (To::Person(person(60)), Notice::Moved);
        let leader = captain(13, Reach::Squad(team(3)));

        let (_, claimed) = after(&watched, &Step::Claim, &volunteer(ZHAI));
        let (_, merged) = after(&watched, &Step::Merge("26-0617-017".into()), &leader);
        let (_, asked) = after(&watched, &Step::Dispatch(Box::new(volunteer(40))), &leader);

        assert!(claimed.contains(&watcher) && merged.contains(&watcher));
        assert!(merged.contains(&(To::Person(person(GRANNY)), Notice::Moved)));
        assert!(!asked.contains(&watcher));
    }

    #[test]
    fn nobody_is_told_of_what_they_did_themselves() {
        let granny = resident(GRANNY);
        let minutes = vec![crate::requests::acting::Minutes { person: person(ZHAI), minutes: 30 }];

        let (_, told) = after(&request(State::Serving), &Step::Finish(minutes, None), &granny);

        let helper = (To::Person(person(ZHAI)), Notice::Moved);
        assert_eq!(told[..2], [(To::Holder, Notice::Moved), helper]);
    }

    #[test]
    fn the_clock_tells_the_captain_above_and_who_asked_and_reminds_who_should_act() {
        let claimed = request(State::Claimed);
        let raised = of_tick(Tick::Raise, &claimed, &claimed);
        let released = of_tick(Tick::Release(person(ZHAI)), &claimed, &claimed);

        let granny = To::Person(person(GRANNY));
        assert_eq!(raised, [(To::Holder, Notice::Raised), (granny, Notice::Raised)]);
        assert!(released.contains(&(To::Person(person(ZHAI)), Notice::Moved)), "{released:?}");
        let open = request(State::Open);
        let lapsed = of_tick(Tick::Lapse(person(ASKED)), &open, &open);
        let asked = (To::Person(person(ASKED)), Notice::Asked);
        assert_eq!(lapsed, [(To::Holder, Notice::Moved), asked]);
        let near = |state| of_tick(Tick::Remind, &request(state), &request(state));
        assert_eq!(near(State::Submitted), [(To::Holder, Notice::Near)]);
        assert_eq!(near(State::Claimed), [(To::Person(person(ZHAI)), Notice::Near)]);
    }
}
