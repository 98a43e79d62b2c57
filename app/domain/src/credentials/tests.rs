//! Who needs a second proof, how long it holds, and how many guesses it stands.

use super::*;
use crate::{areas::AreaId, teams::TeamId};
use proptest::prelude::*;
use uuid::Uuid;

const NOON: Millis = 1_795_406_400_000;

fn post(kind: PostKind, reach: Reach) -> Post {
    Post { kind, reach, name: String::new() }
}

fn every_reach() -> [Reach; 5] {
    let team = TeamId(Uuid::from_u128(1));
    let area = AreaId(1);
    [
        Reach::City,
        Reach::Township(area),
        Reach::Village(area),
        Reach::Company(team),
        Reach::Squad(team),
    ]
}

#[test]
fn all_staff_and_every_captain_above_a_squad_must_prove_it() {
    for reach in every_reach() {
        let squad = matches!(reach, Reach::Squad(_));

        assert!(must_prove(&[post(PostKind::Staff, reach)]), "{reach:?}");
        assert_eq!(must_prove(&[post(PostKind::Captain, reach)]), !squad, "{reach:?}");
    }
    assert!(!must_prove(&[]));
}

#[test]
fn one_post_that_must_is_enough() {
    let [.., company, squad] = every_reach();
    let both = [post(PostKind::Captain, squad), post(PostKind::Captain, company)];

    assert!(must_prove(&both));
}

#[test]
fn a_squads_captain_is_asked_when_they_have_set_it_up_themselves() {
    let [.., squad] = every_reach();
    let captain = [post(PostKind::Captain, squad)];

    assert!(!posts_wait(&captain, false));
    assert!(posts_wait(&captain, true));
    assert!(!posts_wait(&[], true));
}

#[test]
fn a_proof_holds_for_twelve_hours_and_is_fresh_for_ten_minutes() {
    assert!(is_fresh(NOON, NOON) && is_fresh(NOON, NOON + 10 * MINUTE - 1));
    assert!(!is_fresh(NOON, NOON + 10 * MINUTE));
    assert!(holds(NOON, NOON + 12 * HOUR - 1));
    assert!(!holds(NOON, NOON + 12 * HOUR));
}

#[test]
fn a_proof_from_the_future_is_none() {
    assert!(!holds(NOON + 1, NOON) && !is_fresh(NOON + 1, NOON));
}

#[test]
fn a_first_proof_is_set_up_soon_after_the_phone_and_changed_only_with_itself() {
    let (late, old) = (NOON + TO_SET_UP, NOON - FRESH);

    assert!(may_change(false, NOON, None, late - 1));
    assert!(!may_change(false, NOON, None, late));
    assert!(!may_change(true, NOON, None, NOON));
    assert!(may_change(true, old, Some(NOON), NOON));
    assert!(!may_change(true, NOON, Some(old), NOON));
}

#[test]
fn digits_count_one_step_before_and_after_their_own() {
    let own = 1_000_000;
    let at = |step: i64| step * STEP * 1_000;
    let used = |now| step_of(now, 0, |step| step == own);

    assert_eq!(used(at(own)), Some(own));
    assert_eq!(used(at(own - 1)), Some(own));
    assert_eq!(used(at(own + 2) - 1), Some(own));
    assert_eq!(used(at(own + 2)), None);
    assert_eq!(used(at(own - 1) - 1), None);
}

#[test]
fn a_step_that_was_used_is_never_used_again_nor_one_before_it() {
    let step = NOON / (STEP * 1_000);

    assert_eq!(step_of(NOON, step, |of| of == step), None);
    assert_eq!(step_of(NOON, step, |of| of == step - 1), None);
    assert_eq!(step_of(NOON, step, |of| of == step + 1), Some(step + 1));
}

#[test]
fn five_wrong_tries_are_free_and_then_the_waits_double_to_a_quarter_of_an_hour() {
    let mut failed = vec![NOON; FREE_TRIES - 1];
    assert_eq!(may_try(&failed, &[], NOON), Ok(()));
    for minutes in [1, 2, 4, 8, 15, 15, 15] {
        failed.push(NOON);
        let until = NOON + minutes * MINUTE;

        assert_eq!(may_try(&failed, &[], NOON), Err(ProofFault::Wait { until }));
        assert_eq!(may_try(&failed, &[], until), Ok(()));
    }
}

#[test]
fn wrong_tries_are_forgotten_after_a_day() {
    let failed = vec![NOON; 50];

    assert_eq!(may_try(&failed, &[], NOON + DAY), Ok(()));
}

#[test]
fn one_address_has_thirty_wrong_tries_an_hour_whoever_they_are_for() {
    let wrong: Vec<_> = (0..30).map(|n| NOON + n).collect();

    assert_eq!(may_try(&[], &wrong[1..], NOON + MINUTE), Ok(()));
    let wait = Err(ProofFault::Wait { until: NOON + HOUR });
    assert_eq!(may_try(&[], &wrong, NOON + MINUTE), wait);
    assert_eq!(may_recover(&[], &wrong, NOON + MINUTE), wait);
}

#[test]
fn recovery_codes_are_counted_apart_and_by_where_they_come_from() {
    let ten = [NOON; 10];

    assert_eq!(may_recover(&ten[1..], &ten, NOON), Ok(()));
    assert_eq!(may_recover(&ten, &ten, NOON), Err(ProofFault::Wait { until: NOON + HOUR }));
}

/// Guesses as often as there is a moment, and waits as long as told.
fn looked_at_in(span: Millis, between: Millis) -> usize {
    let mut looked_at: Vec<Millis> = vec![];
    let mut now = NOON;
    while now < NOON + span {
        if may_try(&looked_at, &[], now).is_ok() {
            looked_at.push(now);
        }
        now += between;
    }
    looked_at.len()
}

#[test]
fn of_ten_thousand_guesses_a_second_apart_a_few_are_looked_at() {
    assert_eq!(looked_at_in(10_000 * 1_000, 1_000), 19);
}

proptest! {
    #[test]
    fn nobody_can_keep_the_owner_out_longer_than_a_quarter_of_an_hour(
        before in prop::collection::vec(0..2 * DAY, 0..200),
    ) {
        let failed: Vec<_> = before.iter().map(|ago| NOON - ago).collect();

        if let Err(ProofFault::Wait { until }) = may_try(&failed, &[], NOON) {
            prop_assert!(until > NOON && until <= NOON + LONGEST_WAIT);
            prop_assert_eq!(may_try(&failed, &[], until), Ok(()));
        }
    }

    #[test]
    fn each_step_counts_once_in_whatever_order_digits_come(
        tries in prop::collection::vec((-2_i64..40, 0_i64..40), 0..60),
    ) {
        let (mut last, mut used) = (-10, vec![]);
        for (of, at) in tries {
            if let Some(step) = step_of(at * STEP * 1_000, last, |step| step == of) {
                prop_assert!((step - at).abs() <= 1);
                prop_assert!(!used.contains(&step));
                used.push(step);
                last = step;
            }
        }
    }
}
