//! Second proofs on both engines: one at a time, and many at once.

use super::{proving::counted, *};
use crate::{
    codes,
    example::{at_once, by_hand, every_connection_is_open, granny, value, volunteer},
    history::{Verdict, verify},
};
use domain::{
    clock::{DAY, HOUR},
    credentials::{FREE_TRIES, LONGEST_WAIT, STEP},
    sign_in::CodeFault,
};

const NOON: Millis = 1_795_406_400_000;
const VAULT: Vault = Vault::Key([7; 32]);
const PASSWORD: &str = "k7Qf-2mXa-9zPw";

fn step_at(now: Millis) -> i64 {
    now / (STEP * 1_000)
}

fn next_step(now: Millis) -> Millis {
    now + STEP * 1_000
}

fn fault(outcome: Result<(), StoreError>) -> Result<(), ProofFault> {
    match outcome {
        Ok(()) => Ok(()),
        Err(StoreError::Proof(fault)) => Err(fault),
        Err(other) => panic!("not about the proof: {other:?}"),
    }
}

fn digits(secret: &Secret, now: Millis) -> Given {
    Given::Digits { password: Password::typed(PASSWORD), code: secret.digits(step_at(now)) }
}

fn recovery(code: &str) -> Given {
    Given::Recovery(forms::recovery(code).unwrap())
}

async fn tried(db: &Db, who: PersonId, given: &Given, now: Millis) -> Result<(), ProofFault> {
    fault(prove(db, &VAULT, who, given, "address", now).await)
}

/// 李大娘 with password and app, set up at noon; her secret and her recovery codes.
async fn set_up(db: &Db) -> (PersonId, Secret, Vec<String>) {
    let who = granny(db).await.id;
    set_password(db, who, &Password::typed(PASSWORD), NOON).await.unwrap();
    begin_app(db, &VAULT, who, NOON).await.unwrap();
    let secret = begun_app(db, &VAULT, who, NOON).await.unwrap().unwrap();
    let code = secret.digits(step_at(NOON));
    let codes = confirm_app(db, &VAULT, who, &code, NOON).await.unwrap();
    (who, secret, codes)
}

both_engines! {
    async fn password_and_digits_prove_it_and_the_same_digits_do_not_again(db: Db) {
        let (who, secret, _) = set_up(&db).await;
        let now = next_step(NOON);
        let given = digits(&secret, now);

        assert_eq!(tried(&db, who, &given, now).await, Ok(()));
        assert_eq!(tried(&db, who, &given, now).await, Err(ProofFault::Wrong));
    }

    async fn the_digits_that_set_the_app_up_prove_nothing_afterwards(db: Db) {
        let (who, secret, _) = set_up(&db).await;

        assert_eq!(tried(&db, who, &digits(&secret, NOON), NOON).await, Err(ProofFault::Wrong));
    }

    async fn neither_half_alone_is_enough(db: Db) {
        let (who, secret, _) = set_up(&db).await;
        let now = next_step(NOON);
        let code = secret.digits(step_at(now));
        let wrong = Given::Digits { password: Password::typed("another-9zPw"), code };
        let other = Given::Digits { password: Password::typed(PASSWORD), code: "000000".into() };

        assert_eq!(tried(&db, who, &wrong, now).await, Err(ProofFault::Wrong));
        assert_eq!(tried(&db, who, &other, now).await, Err(ProofFault::Wrong));
        assert_eq!(tried(&db, who, &digits(&secret, now), now).await, Ok(()));
    }

    async fn each_recovery_code_proves_it_once_and_for_its_owner_only(db: Db) {
        let (who, _, codes) = set_up(&db).await;
        let neighbour = volunteer(&db, 2).await.id;

        assert_eq!(tried(&db, neighbour, &recovery(&codes[0]), NOON).await, Err(ProofFault::Wrong));
        for code in &codes {
            assert_eq!(tried(&db, who, &recovery(code), NOON).await, Ok(()));
            assert_eq!(tried(&db, who, &recovery(code), NOON).await, Err(ProofFault::Wrong));
        }
        assert_eq!((codes.len(), kept(&db, who).await.unwrap().codes_left), (10, 0));
    }

    async fn new_codes_make_the_old_ones_worthless(db: Db) {
        let (who, _, old) = set_up(&db).await;

        let new = new_codes(&db, &VAULT, who, NOON).await.unwrap();

        assert_eq!(tried(&db, who, &recovery(&old[0]), NOON).await, Err(ProofFault::Wrong));
        assert_eq!(tried(&db, who, &recovery(&new[0]), NOON).await, Ok(()));
    }

    async fn of_the_same_digits_from_eight_at_once_one_counts(db: Db) {
        let (who, secret, _) = set_up(&db).await;
        let now = next_step(NOON);
        every_connection_is_open(&db).await;

        let outcomes = at_once(8, |n| {
            let (db, given, from) = (db.clone(), digits(&secret, now), format!("address {n}"));
            async move { fault(prove(&db, &VAULT, who, &given, &from, now).await) }
        })
        .await;

        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
    }

    async fn of_the_same_recovery_code_from_eight_at_once_one_counts(db: Db) {
        let (who, _, codes) = set_up(&db).await;
        every_connection_is_open(&db).await;

        let outcomes = at_once(8, |_| {
            let (db, given) = (db.clone(), recovery(&codes[3]));
            async move { tried(&db, who, &given, NOON).await }
        })
        .await;

        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
    }

    async fn of_twenty_guesses_at_once_five_are_looked_at(db: Db) {
        let (who, _, _) = set_up(&db).await;
        every_connection_is_open(&db).await;

        let outcomes = at_once(20, |n| {
            let (db, from) = (db.clone(), format!("address {n}"));
            async move { counted(&db, who, false, &from, NOON).await.is_ok() }
        })
        .await;

        assert_eq!(outcomes.into_iter().filter(|looked_at| *looked_at).count(), FREE_TRIES);
    }

    async fn a_right_proof_forgets_the_wrong_ones_before(db: Db) {
        let (who, secret, _) = set_up(&db).await;
        let now = next_step(NOON);
        for _ in 1..FREE_TRIES {
            counted(&db, who, false, "address", now).await.map(drop).unwrap();
        }
        assert_eq!(tried(&db, who, &digits(&secret, now), now).await, Ok(()));

        for _ in 0..FREE_TRIES {
            counted(&db, who, false, "address", now).await.map(drop).unwrap();
        }
        let next = counted(&db, who, false, "address", now).await.map(drop);

        assert!(matches!(fault(next), Err(ProofFault::Wait { .. })));
    }

    async fn whoever_guesses_at_digits_does_not_keep_the_owner_out(db: Db) {
        let (who, secret, codes) = set_up(&db).await;
        let mut now = NOON + HOUR;
        for _ in 0..12 {
            let _ = counted(&db, who, false, "somebody else", now).await;
            now += LONGEST_WAIT;
        }

        let last = tried(&db, who, &recovery(&codes[0]), now - LONGEST_WAIT).await;
        let _ = counted(&db, who, false, "somebody else", now).await;

        assert_eq!(last, Ok(()));
        assert_eq!(tried(&db, who, &digits(&secret, now), now).await, Ok(()));
    }

    async fn one_address_tries_thirty_times_an_hour_for_whoever_it_is(db: Db) {
        for n in 0..10 {
            let who = volunteer(&db, n).await.id;
            for _ in 0..3 {
                counted(&db, who, false, "address", NOON).await.map(drop).unwrap();
            }
        }
        let who = volunteer(&db, 11).await.id;

        let here = fault(counted(&db, who, false, "address", NOON).await.map(drop));
        let elsewhere = fault(counted(&db, who, false, "another", NOON).await.map(drop));

        assert_eq!(here, Err(ProofFault::Wait { until: NOON + HOUR }));
        assert_eq!(elsewhere, Ok(()));
    }

    async fn without_a_second_proof_there_is_nothing_to_prove_with(db: Db) {
        let who = granny(&db).await.id;
        let given = Given::Digits { password: Password::typed(""), code: "000000".into() };

        assert_eq!(tried(&db, who, &given, NOON).await, Err(ProofFault::NotSetUp));
        let begun = begin_app(&db, &VAULT, who, NOON).await;
        assert_eq!(fault(begun), Err(ProofFault::NotSetUp));
        let codes = new_codes(&db, &VAULT, who, NOON).await.map(drop);
        assert_eq!(fault(codes), Err(ProofFault::NotSetUp));
    }

    async fn an_app_is_taken_into_use_by_its_digits_within_half_an_hour(db: Db) {
        let who = granny(&db).await.id;
        set_password(&db, who, &Password::typed(PASSWORD), NOON).await.unwrap();
        begin_app(&db, &VAULT, who, NOON).await.unwrap();
        let secret = begun_app(&db, &VAULT, who, NOON).await.unwrap().unwrap();
        let confirm = async |code: &str, now| {
            fault(confirm_app(&db, &VAULT, who, code, now).await.map(drop))
        };
        let late = NOON + TO_CONFIRM;

        assert_eq!(confirm("000000", NOON).await, Err(ProofFault::Wrong));
        let code = secret.digits(step_at(late));
        assert_eq!(confirm(&code, late).await, Err(ProofFault::NotBegun));
        assert!(!kept(&db, who).await.unwrap().is_set_up());
        let soon = late - 1;
        assert_eq!(confirm(&secret.digits(step_at(soon)), soon).await, Ok(()));
        assert!(kept(&db, who).await.unwrap().is_set_up());
        assert_eq!(begun_app(&db, &VAULT, who, soon).await.unwrap(), None);
    }

    async fn another_app_replaces_the_one_before_only_when_it_is_confirmed(db: Db) {
        let (who, old, _) = set_up(&db).await;
        let now = NOON + HOUR;
        begin_app(&db, &VAULT, who, now).await.unwrap();
        let new = begun_app(&db, &VAULT, who, now).await.unwrap().unwrap();

        assert_eq!(tried(&db, who, &digits(&old, now), now).await, Ok(()));
        let now = now + HOUR / 4;
        confirm_app(&db, &VAULT, who, &new.digits(step_at(now)), now).await.unwrap();
        let now = next_step(now);
        assert_eq!(tried(&db, who, &digits(&old, now), now).await, Err(ProofFault::Wrong));
        assert_eq!(tried(&db, who, &digits(&new, now), now).await, Ok(()));
    }

    async fn the_books_hold_nothing_to_prove_with(db: Db) {
        let (who, secret, codes) = set_up(&db).await;

        let password: String = value!(&db, "select password from credentials where person = $1", who.0);
        let sealed: String = value!(&db, "select secret from credentials where person = $1", who.0);
        let tag: String = value!(&db, "select min(tag) from recovery_codes");

        assert!(password.starts_with("$argon2id$") && !password.contains(PASSWORD));
        let hex: String = secret.bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(!sealed.contains(&hex) && !sealed.contains(&secret.letters()));
        assert!(codes.iter().all(|code| *code != tag) && tag.len() == 64);
    }

    async fn another_key_opens_nothing_and_says_so(db: Db) {
        let (who, secret, _) = set_up(&db).await;
        let now = next_step(NOON);

        let other = Vault::Key([8; 32]);
        let outcome = prove(&db, &other, who, &digits(&secret, now), "address", now).await;

        assert!(matches!(outcome, Err(StoreError::Corrupt(_))), "{outcome:?}");
    }

    async fn what_is_turned_off_or_reset_proves_nothing_and_can_be_set_up_again(db: Db) {
        let (who, secret, codes) = set_up(&db).await;
        turn_off(&db, who, NOON).await.unwrap();
        let now = next_step(NOON);

        assert_eq!(kept(&db, who).await.unwrap(), Kept::default());
        let given = digits(&secret, now);
        assert_eq!(tried(&db, who, &given, now).await, Err(ProofFault::NotSetUp));
        assert_eq!(tried(&db, who, &recovery(&codes[0]), now).await, Err(ProofFault::Wrong));
        let (_, secret, _) = set_up(&db).await;
        assert_eq!(tried(&db, who, &digits(&secret, now), now).await, Ok(()));
    }

    async fn a_reset_ends_the_sessions_of_that_person(db: Db) {
        use crate::sessions::{self, Kept, Owner};
        let (who, _, _) = set_up(&db).await;
        let owner = Some(Owner { person: who, since: NOON, seen: NOON, device: "" });
        let kept = Kept { data: "{}", expires: NOON + DAY, owner };
        sessions::create(&db, "a", &kept).await.unwrap();
        let phone: String = value!(&db, "select phone from people where id = $1", who.0);

        reset(&db, &phone, NOON).await.unwrap();

        assert_eq!(sessions::of(&db, who, NOON).await.unwrap(), []);
        let nobody = reset(&db, "15499999999", NOON).await;
        assert!(matches!(nobody, Err(StoreError::NotFound)), "{nobody:?}");
    }

    async fn what_happened_to_credentials_is_in_the_chain_and_cannot_be_altered_unseen(db: Db) {
        let (who, _, codes) = set_up(&db).await;
        tried(&db, who, &recovery(&codes[0]), NOON).await.unwrap();
        new_codes(&db, &VAULT, who, NOON).await.unwrap();
        turn_off(&db, who, NOON).await.unwrap();
        let told: String = value!(&db, "select string_agg(what, ' ' order by seq) from credential_events");
        let whole = verify(&db).await.unwrap();

        by_hand!(&db, "update credential_events set what = 'reset' where seq = 3");

        assert_eq!(told, "password_set app_set code_used codes_made turned_off");
        assert!(matches!(whole, Verdict::Whole { .. }), "{whole:?}");
        let broken = verify(&db).await.unwrap();
        assert!(matches!(broken, Verdict::Broken { seq: 3, .. }), "{broken:?}");
    }

    async fn old_tries_are_cleared_away_after_a_day(db: Db) {
        let who = granny(&db).await.id;
        counted(&db, who, false, "address", NOON).await.map(drop).unwrap();

        assert_eq!(delete_old(&db, NOON + DAY - 1).await.unwrap(), 0);
        assert_eq!(delete_old(&db, NOON + DAY).await.unwrap(), 1);
    }

    async fn of_a_thousand_guesses_at_digits_in_a_day_the_limits_let_a_hundred_through(db: Db) {
        let who = granny(&db).await.id;
        let mut looked_at = 0;
        for n in 0..1_000 {
            let now = NOON + n * 86_400;
            let from = format!("address {n}");
            looked_at += usize::from(counted(&db, who, false, &from, now).await.is_ok());
        }

        // Five free, four growing waits, then one in a quarter of an hour.
        assert!((90..=106).contains(&looked_at), "{looked_at}");
    }

    async fn of_a_thousand_guesses_at_codes_in_a_day_fifty_are_looked_at(db: Db) {
        let phone = "15400000001";
        let mut looked_at = 0;
        for n in 0..1_000_i64 {
            let now = NOON + n * 86_400;
            let _ = codes::issue(&db, phone, "hers", "address", "123456", now).await;
            match codes::check(&db, phone, "hers", "address", &format!("{n:06}"), now).await {
                Err(StoreError::Code(CodeFault::Wrong { .. })) => looked_at += 1,
                Err(StoreError::Code(CodeFault::Old | CodeFault::Spent)) => {}
                other => panic!("{other:?}"),
            }
        }

        assert!(looked_at <= 50, "{looked_at}");
    }
}
