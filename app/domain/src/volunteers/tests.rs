//! Every standing × every move × everybody, against a table written by hand from DOMAIN.md §1.

use super::*;
use crate::requests::examples::{
    NEXT_VILLAGE, VILLAGE, captain, person, place, resident, staff, team, volunteer,
};
use Move::{Apply, Approve, Leave, Pause, Refuse, Remove, Resume, TakeBack};
use Standing::{Applied, Left, Member, Outside, Paused, Refused};

const ZHAI: u128 = 2;

fn at() -> Place {
    place()
}

fn of(standing: Standing, at: &Place) -> Membership<'_> {
    Membership { person: person(ZHAI), standing, reach: Reach::Squad(team(3)), at }
}

fn facts() -> Facts {
    Facts {
        age: Some(Age::Adult),
        guardian_agreed: false,
        takes_volunteers: true,
        at_home: true,
        member_at_home: false,
        teams: 1,
        open_claims: 0,
    }
}

fn moves(standing: Standing, who: &Actor) -> Vec<Move> {
    of(standing, &at()).moves_for(who, &facts())
}

fn why(standing: Standing, mv: Move, who: &Actor, facts: Facts) -> Refusal {
    of(standing, &at()).after(mv, who, &facts).unwrap_err()
}

fn hindered(hindrance: Hindrance) -> Refusal {
    Refusal::Volunteer(hindrance)
}

#[test]
fn the_table_has_exactly_one_line_for_every_move() {
    for &mv in Move::ALL {
        assert_eq!(TABLE.iter().filter(|rule| rule.mv == mv).count(), 1, "{mv:?}");
    }
}

#[test]
fn every_standing_can_be_reached_and_left_again() {
    for &standing in Standing::ALL {
        let reached = TABLE.iter().any(|rule| rule.to == standing);
        assert!(reached || standing == Outside, "{standing:?} is never reached");
        assert!(TABLE.iter().any(|rule| rule.from.contains(&standing)), "{standing:?}");
    }
}

#[test]
fn the_person_and_those_in_charge_may_do_exactly_what_the_table_says() {
    let zhai = resident(ZHAI);
    let own: [(Standing, &[Move]); 6] = [
        (Outside, &[Apply]),
        (Applied, &[TakeBack]),
        (Member, &[Pause, Leave]),
        (Paused, &[Resume, Leave]),
        (Refused, &[Apply]),
        (Left, &[Apply]),
    ];
    let in_charge: [(Standing, &[Move]); 6] = [
        (Outside, &[]),
        (Applied, &[Approve, Refuse]),
        (Member, &[Remove]),
        (Paused, &[Remove]),
        (Refused, &[]),
        (Left, &[]),
    ];

    for (standing, wanted) in own {
        assert_eq!(moves(standing, &zhai), wanted, "the person, {standing:?}");
    }
    for who in [
        captain(13, Reach::Squad(team(3))),
        captain(14, Reach::Company(team(2))),
        captain(15, Reach::Village(VILLAGE)),
        captain(16, Reach::City),
        staff(17, Reach::Village(VILLAGE)),
        staff(18, Reach::City),
    ] {
        for (standing, wanted) in in_charge {
            assert_eq!(moves(standing, &who), wanted, "{:?}, {standing:?}", who.posts);
        }
    }
}

#[test]
fn nobody_else_moves_anything() {
    for who in [
        resident(9),
        volunteer(9),
        captain(13, Reach::Squad(team(9))),
        captain(13, Reach::Village(NEXT_VILLAGE)),
        staff(13, Reach::Village(NEXT_VILLAGE)),
    ] {
        for &standing in Standing::ALL {
            assert_eq!(moves(standing, &who), [], "{:?}, {standing:?}", who.posts);
        }
    }
    assert_eq!(why(Applied, Approve, &resident(9), facts()), Refusal::NotForYou);
    assert_eq!(why(Member, Leave, &captain(9, Reach::City), facts()), Refusal::NotForYou);
    let beside = captain(9, Reach::Squad(team(9)));
    assert_eq!(why(Applied, Approve, &beside, facts()), Refusal::OutOfReach);
}

#[test]
fn nobody_lets_themselves_in_and_nobody_turns_themselves_out() {
    let own = captain(ZHAI, Reach::City);

    for (standing, mv) in [(Applied, Approve), (Applied, Refuse), (Member, Remove)] {
        assert_eq!(why(standing, mv, &own, facts()), hindered(Hindrance::OwnApplication), "{mv:?}");
    }
}

#[test]
fn a_move_in_another_standing_says_how_they_stand() {
    let leader = captain(13, Reach::Squad(team(3)));

    assert_eq!(why(Member, Apply, &resident(ZHAI), facts()), hindered(Hindrance::NotNow(Member)));
    assert_eq!(why(Left, Approve, &leader, facts()), hindered(Hindrance::NotNow(Left)));
}

#[test]
fn the_first_team_is_one_of_where_they_live_and_others_may_follow() {
    let zhai = resident(ZHAI);
    let elsewhere = Facts { at_home: false, ..facts() };
    let known = Facts { member_at_home: true, ..elsewhere };

    assert_eq!(why(Outside, Apply, &zhai, elsewhere), hindered(Hindrance::HomeTeamFirst));
    assert_eq!(of(Outside, &at()).after(Apply, &zhai, &known), Ok(Applied));
}

#[test]
fn a_team_that_takes_nobody_says_so() {
    let closed = Facts { takes_volunteers: false, ..facts() };

    assert_eq!(why(Outside, Apply, &resident(ZHAI), closed), hindered(Hindrance::TakesNobody));
}

#[test]
fn a_child_is_refused_and_who_is_under_fourteen_needs_a_guardian_who_agreed() {
    let (zhai, leader) = (resident(ZHAI), captain(13, Reach::Squad(team(3))));
    let aged = |age, guardian_agreed| Facts { age: Some(age), guardian_agreed, ..facts() };

    for (standing, mv, who) in [(Outside, Apply, &zhai), (Applied, Approve, &leader)] {
        let why = |age, agreed| of(standing, &at()).after(mv, who, &aged(age, agreed)).err();
        assert_eq!(why(Age::Child, true), Some(hindered(Hindrance::TooYoung)));
        assert_eq!(why(Age::Younger, false), Some(hindered(Hindrance::NoGuardian)));
        assert_eq!([why(Age::Younger, true), why(Age::Youth, false)], [None, None], "{mv:?}");
    }
}

#[test]
fn the_last_team_is_left_when_no_claim_runs_and_another_at_any_time() {
    let zhai = resident(ZHAI);
    let busy = Facts { open_claims: 2, ..facts() };

    for standing in [Member, Paused] {
        assert_eq!(why(standing, Leave, &zhai, busy), hindered(Hindrance::ClaimsRunning(2)));
        let one_of_two = Facts { teams: 2, ..busy };
        assert_eq!(of(standing, &at()).after(Leave, &zhai, &one_of_two), Ok(Left));
    }
    let leader = captain(13, Reach::Squad(team(3)));
    assert_eq!(of(Member, &at()).after(Remove, &leader, &busy), Ok(Left));
}
