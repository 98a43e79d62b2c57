use super::*;
use crate::requests::examples::{
    NEXT_VILLAGE, TOWNSHIP, VILLAGE, captain, nine, place, resident, staff, team, volunteer,
};
use proptest::prelude::*;

#[test]
fn a_code_is_understood_however_it_is_typed() {
    for typed in ["7K2M 9QHT", "7k2m9qht", " 7K2M-9QHT ", "７Ｋ２Ｍ　９ＱＨＴ", "7k2m.9qht"]
    {
        assert_eq!(spoken(typed).as_deref(), Ok("7K2M9QHT"), "{typed}");
    }
    assert_eq!(in_two("7K2M9QHT"), "7K2M 9QHT");
}

#[test]
fn what_no_card_can_have_is_no_code() {
    assert_eq!(spoken(" - "), Err(Fault::Missing));
    for typed in ["7K2M 9QH", "7K2M 9QHTT", "0K2M 9QHT", "7K2M 9QHO", "七K2M 9QHT", "7K2M 9QHé"] {
        assert_eq!(spoken(typed), Err(Fault::NotAChoice), "{typed}");
    }
}

#[test]
fn no_two_letters_of_a_code_look_or_sound_alike() {
    let both = |group: &str| group.chars().filter(|one| SPOKEN_LETTERS.contains(*one)).count();

    for group in ["0ODQ", "1IL", "5S", "2Z", "8B", "UV", "BDEGPTV", "MN", "FS", "CG", "XS", "UQ"] {
        assert!(both(group) <= 1, "{group}");
    }
    let mut letters: Vec<_> = SPOKEN_LETTERS.chars().collect();
    letters.dedup();
    assert_eq!(letters.len(), SPOKEN_LETTERS.len());
    let ways = (SPOKEN_LETTERS.len() as u64).pow(SPOKEN_LENGTH as u32);
    assert!(ways > 10_000_000_000, "enough for every door of the county: {ways}");
}

#[test]
fn the_cards_of_a_circle_are_kept_by_its_captain_those_above_and_staff_over_it() {
    let kept = |who: &Actor| may_be_kept_by(who, team(3), &place());

    for reach in [
        Reach::Squad(team(3)),
        Reach::Company(team(2)),
        Reach::Village(VILLAGE),
        Reach::Township(TOWNSHIP),
        Reach::City,
    ] {
        assert_eq!(kept(&captain(9, reach)), Ok(()), "{reach:?}");
    }
    assert_eq!(kept(&staff(9, Reach::Village(VILLAGE))), Ok(()));
    assert_eq!(kept(&captain(9, Reach::Squad(team(4)))), Err(Refusal::OutOfReach));
    assert_eq!(kept(&staff(9, Reach::Village(NEXT_VILLAGE))), Err(Refusal::OutOfReach));
    for who in [resident(9), volunteer(9)] {
        assert_eq!(kept(&who), Err(Refusal::NotForYou));
    }
}

#[test]
fn a_card_files_three_in_an_hour_and_six_in_a_day() {
    let now = nine();
    let ago = |minutes: &[i64]| minutes.iter().map(|n| now - n * MINUTE).collect::<Vec<_>>();
    let full = |until| Err(CodeFault::TooMany { until });

    assert_eq!(may_file(&[], 0, now), Ok(()));
    assert_eq!(may_file(&ago(&[1, 2]), 0, now), Ok(()));
    assert_eq!(may_file(&ago(&[1, 2, 50]), 0, now), full(now + 10 * MINUTE));
    assert_eq!(may_file(&ago(&[1, 2, 60]), 0, now), Ok(()));
    let day = ago(&[100, 200, 300, 400, 500, 600]);
    assert_eq!(may_file(&day, 0, now), full(now - 600 * MINUTE + DAY));
    assert_eq!(may_file(&day[..5], 0, now), Ok(()));
}

#[test]
fn an_address_is_full_until_the_next_hour_of_the_clock() {
    let now = nine() + 5 * MINUTE;

    assert_eq!(may_file(&[], FILED_PER_ADDRESS - 1, now), Ok(()));
    assert_eq!(
        may_file(&[], FILED_PER_ADDRESS, now),
        Err(CodeFault::TooMany { until: nine() + HOUR })
    );
    assert_eq!(has_room(4, 5, now), Ok(()));
    assert_eq!(has_room(5, 5, now), Err(CodeFault::TriedTooOften { until: nine() + HOUR }));
}

#[test]
fn a_visit_lasts_a_day() {
    assert!(lasts(nine(), nine()) && lasts(nine(), nine() + DAY - 1));
    assert!(!lasts(nine(), nine() + DAY) && !lasts(nine(), nine() - 1));
}

proptest! {
    #[test]
    fn whatever_is_typed_is_a_code_or_a_fault(typed in ".{0,20}") {
        if let Ok(code) = spoken(&typed) {
            prop_assert_eq!(spoken(&in_two(&code)), Ok(code));
        }
    }
}
