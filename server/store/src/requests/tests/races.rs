//! Many at once: places, limits, and moves that get in each other's way.

use super::*;
use crate::history::{Verdict, verify};
use domain::requests::reasons::{CannotReason, ReleaseReason, WithdrawReason};
use rand::{Rng, SeedableRng, rngs::StdRng};

/// All claim at once; whom it was given to, and what each of the others was told.
async fn claimed_at_once(db: &Db, code: &str, all: Vec<Actor>) -> (Vec<Actor>, Vec<StoreError>) {
    every_connection_is_open(db).await;
    let outcomes = at_once(all.len(), |n| {
        let (db, code, who) = (db.clone(), code.to_owned(), all[n].clone());
        async move { apply(&db, &code, &Step::Claim, &who, later(9)).await.map(|_| who) }
    })
    .await;
    let (mut given, mut told) = (vec![], vec![]);
    for outcome in outcomes {
        match outcome {
            Ok(who) => given.push(who),
            Err(why) => told.push(why),
        }
    }
    (given, told)
}

fn all_were_told(told: &[StoreError], wanted: &Refusal) {
    for why in told {
        assert!(matches!(why, StoreError::Refused(refusal) if refusal == wanted), "{why:?}");
    }
}

/// What must always hold of a request (`domain::requests::invariants`).
fn holds(request: &Request) {
    use State::{Claimed, Closed, Done, Open, Serving, Withdrawn};
    let helpers = request.helpers.len();
    assert!(helpers <= usize::from(request.needed), "more helpers than places: {request:?}");
    let on_it = matches!(request.state, Claimed | Serving | Done | Closed);
    assert!(request.state == Withdrawn || (helpers > 0) == on_it, "{request:?}");
    assert_eq!(request.due.is_some(), request.state.is_running(), "{request:?}");
    assert!(request.offers.is_empty() || matches!(request.state, Open | Claimed), "{request:?}");
    for helper in &request.helpers {
        let places = request.helpers.iter().filter(|other| other.person == helper.person).count();
        assert_eq!(places, 1, "a helper twice: {request:?}");
        assert_ne!(helper.person, request.asked_by, "{request:?}");
        assert!(!request.has_offer_for(helper.person), "a helper is still asked: {request:?}");
    }
}

/// Each line of the history takes up where the one before left it, and the last is where it is.
async fn is_told_without_gaps(db: &Db, code: &str) {
    let mut before = None;
    for line in lines(db, code).await {
        assert_eq!(line.was, before, "{code}");
        before = Some(line.became);
    }
    assert_eq!(before.as_deref(), Some(found(db, code).await.state.key()), "{code}");
}

async fn book_is_whole(db: &Db) {
    let verdict = verify(db).await.unwrap();
    assert!(matches!(verdict, Verdict::Whole { .. }), "{verdict:?}");
}

/// A step that anybody might try, with whatever it brings along.
fn any_step(dice: &mut StdRng, people: &[Actor], of: &Actor) -> Step {
    let somebody = &people[dice.random_range(0..people.len())];
    match dice.random_range(0..10) {
        0..4 => Step::Claim,
        4 => Step::Dispatch(Box::new(somebody.clone())),
        5 => Step::TakeUp,
        6 => Step::Release(of.id, ReleaseReason::CannotCome),
        7 => Step::Release(somebody.id, ReleaseReason::DidNotCome),
        8 => Step::Start,
        _ => Step::Cannot(CannotReason::NobodyHome, None),
    }
}

both_engines! {
    async fn of_200_volunteers_claiming_the_last_place_at_once_exactly_one_gets_it(db: Db) {
        let code = an_open_request(&db).await;
        let all = volunteers(&db, 200).await;

        let (given, told) = claimed_at_once(&db, &code, all).await;

        assert_eq!((given.len(), told.len()), (1, 199));
        all_were_told(&told, &Refusal::Taken { by: given[0].called.clone(), at: later(9) });
        assert_eq!(helpers(&found(&db, &code).await), [given[0].id]);
        let claims = value!(&db, "select count(*) from history where move = 'claim'");
        assert_eq!((1_i64, lines(&db, &code).await.len()), (claims, 3));
        book_is_whole(&db).await;
    }

    async fn of_198_volunteers_claiming_the_third_place_at_once_exactly_one_gets_it(db: Db) {
        let code = an_open_request_for(&db, 3).await;
        let mut all = volunteers(&db, 200).await;
        let coming = all.split_off(198);
        for early in &coming {
            go(&db, &code, Step::Claim, early, later(1)).await;
        }

        let (given, told) = claimed_at_once(&db, &code, all).await;

        assert_eq!((given.len(), told.len()), (1, 197));
        all_were_told(&told, &Refusal::Taken { by: given[0].called.clone(), at: later(9) });
        let after = found(&db, &code).await;
        assert_eq!((after.state, after.helpers.len()), (State::Claimed, 3));
        holds(&after);
        book_is_whole(&db).await;
    }

    async fn who_claims_ten_requests_at_once_gets_three(db: Db) {
        let eager = volunteer(&db, 1).await;
        let mut codes = vec![];
        for _ in 0..10 {
            codes.push(an_open_request(&db).await);
        }
        every_connection_is_open(&db).await;

        let outcomes = at_once(10, |n| {
            let (db, code, who) = (db.clone(), codes[n].clone(), eager.clone());
            async move { apply(&db, &code, &Step::Claim, &who, now()).await }
        })
        .await;

        let told: Vec<_> = outcomes.into_iter().filter_map(Result::err).collect();
        assert_eq!(told.len(), 7);
        all_were_told(&told, &Refusal::TooManyClaims(3));
        let open: i64 = value!(&db, "select count(*) from requests where state = 'open'");
        assert_eq!(open, 7);
    }

    async fn withdrawing_claiming_and_asking_at_once_never_corrupt_a_request(db: Db) {
        let (granny, captain) = (granny(&db).await, captain(&db).await);
        let all = volunteers(&db, 6).await;
        for _ in 0..10 {
            let code = an_open_request_for(&db, 2).await;
            let mut tries = vec![(Step::Withdraw(WithdrawReason::NoLongerNeeded), granny.clone())];
            // The first four come of their own accord, without regard to what they hold already.
            tries.extend(all[..4].iter().map(|who| (Step::Claim, who.clone())));
            tries.extend(
                all[4..].iter().map(|who| (Step::Dispatch(Box::new(who.clone())), captain.clone())),
            );

            let outcomes = at_once(tries.len(), |n| {
                let (db, code, (step, who)) = (db.clone(), code.clone(), tries[n].clone());
                async move { apply(&db, &code, &step, &who, later(9)).await }
            })
            .await;

            for outcome in outcomes.into_iter().filter_map(Result::err) {
                let said_no = matches!(outcome, StoreError::Refused(_) | StoreError::NotFound);
                assert!(said_no, "{outcome:?}");
            }
            let after = found(&db, &code).await;
            assert_eq!(after.state, State::Withdrawn);
            holds(&after);
            is_told_without_gaps(&db, &code).await;
        }
        book_is_whole(&db).await;
    }

    async fn a_wild_morning_of_six_people_and_five_requests_leaves_the_books_in_order(db: Db) {
        let captain = captain_of(&db, COMPANY).await;
        let mut people = volunteers(&db, 5).await;
        people.push(captain);
        let mut codes = vec![];
        for needed in [1, 2, 3, 1, 2] {
            codes.push(an_open_request_for(&db, needed).await);
        }
        let mut dice = StdRng::seed_from_u64(15);
        let tries: Vec<_> = (0..400)
            .map(|_| {
                let who = people[dice.random_range(0..people.len())].clone();
                let step = any_step(&mut dice, &people, &who);
                (codes[dice.random_range(0..codes.len())].clone(), step, who)
            })
            .collect();

        let outcomes = at_once(tries.len(), |n| {
            let (db, (code, step, who)) = (db.clone(), tries[n].clone());
            async move { apply(&db, &code, &step, &who, later(9)).await }
        })
        .await;

        let made = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        for outcome in outcomes.into_iter().filter_map(Result::err) {
            assert!(matches!(outcome, StoreError::Refused(_)), "{outcome:?}");
        }
        let mut told = 0;
        for code in &codes {
            holds(&found(&db, code).await);
            is_told_without_gaps(&db, code).await;
            told += lines(&db, code).await.len() - 2;
        }
        assert!(made > 5, "{made}");
        assert_eq!(told, made, "a line for every move, and no other");
        book_is_whole(&db).await;
    }
}
