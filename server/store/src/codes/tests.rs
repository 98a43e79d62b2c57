//! Codes on both engines: one at a time, and many at once.

use super::*;
use domain::{
    clock::{HOUR, MINUTE},
    sign_in::CODE_LIFE,
};

const NOON: Millis = 1_795_000_000_000;
const PHONE: &str = "15400000001";
const BROWSER: &str = "hers";

fn fault<T>(outcome: Result<T, StoreError>) -> Result<(), CodeFault> {
    match outcome {
        Ok(_) => Ok(()),
        Err(StoreError::Code(fault)) => Err(fault),
        Err(other) => panic!("not about the code: {other:?}"),
    }
}

async fn tried(db: &Db, code: &str, now: Millis) -> Result<(), CodeFault> {
    tried_in(db, BROWSER, code, now).await
}

async fn tried_in(db: &Db, browser: &str, code: &str, now: Millis) -> Result<(), CodeFault> {
    fault(check(db, PHONE, browser, "address", code, now).await)
}

async fn asked(db: &Db, phone: &str, now: Millis) -> Result<(), CodeFault> {
    fault(issue(db, phone, BROWSER, "address", "123456", now).await)
}

both_engines! {
    async fn a_code_opens_the_door_once(db: Db) {
        asked(&db, PHONE, NOON).await.unwrap();

        assert_eq!(tried(&db, "123456", NOON).await, Ok(()));
        assert_eq!(tried(&db, "123456", NOON).await, Err(CodeFault::Old));
    }

    async fn a_phone_without_a_code_is_told_the_same_as_one_whose_code_is_old(db: Db) {
        asked(&db, PHONE, NOON).await.unwrap();

        let old = tried(&db, "123456", NOON + CODE_LIFE).await;
        let none = fault(check(&db, "15400000002", BROWSER, "address", "123456", NOON).await);

        assert_eq!((old, none), (Err(CodeFault::Old), Err(CodeFault::Old)));
    }

    async fn a_new_code_replaces_the_one_before_and_its_tries(db: Db) {
        asked(&db, PHONE, NOON).await.unwrap();
        assert_eq!(tried(&db, "000000", NOON).await, Err(CodeFault::Wrong { left: 4 }));
        fault(issue(&db, PHONE, BROWSER, "address", "654321", NOON + MINUTE).await).unwrap();

        assert_eq!(tried(&db, "123456", NOON + MINUTE).await, Err(CodeFault::Wrong { left: 4 }));
        assert_eq!(tried(&db, "654321", NOON + MINUTE).await, Ok(()));
    }

    async fn a_code_that_may_not_be_sent_leaves_the_one_before_alive(db: Db) {
        asked(&db, PHONE, NOON).await.unwrap();

        let refused = issue(&db, PHONE, BROWSER, "address", "654321", NOON + 1).await;

        assert_eq!(fault(refused), Err(CodeFault::TooMany { until: NOON + MINUTE }));
        assert_eq!(tried(&db, "123456", NOON + 2).await, Ok(()));
    }

    async fn what_is_tried_elsewhere_spends_nothing_and_tells_nothing(db: Db) {
        asked(&db, PHONE, NOON).await.unwrap();

        for code in ["000000", "111111", "222222", "333333", "444444", "123456"] {
            assert_eq!(tried_in(&db, "his", code, NOON).await, Err(CodeFault::Old));
            assert_eq!(tried_in(&db, "", code, NOON).await, Err(CodeFault::Old));
        }

        assert_eq!(tried(&db, "000000", NOON).await, Err(CodeFault::Wrong { left: 4 }));
        assert_eq!(tried(&db, "123456", NOON).await, Ok(()));
    }

    async fn a_code_that_another_browser_asked_for_leaves_hers_alive(db: Db) {
        asked(&db, PHONE, NOON).await.unwrap();
        fault(issue(&db, PHONE, "his", "address", "654321", NOON + MINUTE).await).unwrap();

        assert_eq!(tried(&db, "654321", NOON + MINUTE).await, Err(CodeFault::Wrong { left: 4 }));
        assert_eq!(tried(&db, "123456", NOON + MINUTE).await, Ok(()));
    }

    async fn an_address_that_tried_sixty_wrong_codes_waits_for_the_next_hour(db: Db) {
        asked(&db, PHONE, NOON).await.unwrap();
        for _ in 0..60 {
            assert_eq!(tried_in(&db, "his", "000000", NOON).await, Err(CodeFault::Old));
        }

        let until = (NOON.div_euclid(HOUR) + 1) * HOUR;
        let late = tried(&db, "123456", NOON).await;
        let elsewhere = check(&db, PHONE, BROWSER, "another", "123456", NOON).await;

        assert_eq!(late, Err(CodeFault::TriedTooOften { until }));
        assert_eq!(fault(elsewhere), Ok(()));
    }

    async fn ten_thousand_guesses_never_sign_in_wherever_they_come_from(db: Db) {
        // Nothing here has to outlive a loss of power: ten thousand waits for the disk are minutes.
        if let Db::Lite { write, .. } = &db {
            sqlx::query("pragma synchronous = off").execute(write).await.unwrap();
        }
        let (mut opened, mut sent) = (vec![], 0);
        // A new code every two hours, as often as the limits allow, and every guess from an address
        // of its own: the worst that somebody with ten thousand machines can do. The right number is
        // among the guesses each time, later than the fifth.
        for round in 0..20 {
            let (first, at) = (round * 500, NOON + round * 2 * HOUR);
            let right = format!("{:06}", first + 5 + round);
            sent += usize::from(fault(issue(&db, PHONE, BROWSER, "hers", &right, at).await).is_ok());
            for guess in first..first + 500 {
                let code = format!("{guess:06}");
                let outcome = check(&db, PHONE, BROWSER, &code, &code, at).await;
                if fault(outcome).is_ok() {
                    opened.push(code);
                }
            }
        }

        assert_eq!(opened, [""; 0]);
        assert_eq!(sent, 18, "ten codes a day");
    }

    async fn of_twenty_guesses_at_once_five_are_looked_at(db: Db) {
        asked(&db, PHONE, NOON).await.unwrap();

        let guesses: Vec<_> = (0..20)
            .map(|n| {
                let db = db.clone();
                tokio::spawn(async move { tried(&db, &format!("{n:06}"), NOON).await })
            })
            .collect();
        let mut wrong = Vec::new();
        let mut spent = 0;
        for guess in guesses {
            match guess.await.unwrap() {
                Err(CodeFault::Wrong { left }) => wrong.push(left),
                Err(CodeFault::Spent) => spent += 1,
                other => panic!("{other:?}"),
            }
        }
        wrong.sort_unstable();

        assert_eq!((wrong, spent), (vec![0, 1, 2, 3, 4], 15));
        assert_eq!(tried(&db, "123456", NOON).await, Err(CodeFault::Spent));
    }

    async fn of_two_right_guesses_at_once_one_opens_the_door(db: Db) {
        asked(&db, PHONE, NOON).await.unwrap();

        let (one, other) = tokio::join!(tried(&db, "123456", NOON), tried(&db, "123456", NOON));

        assert_eq!(one.is_ok(), other.is_err(), "{one:?} {other:?}");
    }

    async fn ten_who_ask_for_one_phone_at_once_send_one_message(db: Db) {
        let asking: Vec<_> = (0..10)
            .map(|_| {
                let db = db.clone();
                tokio::spawn(async move { asked(&db, PHONE, NOON).await })
            })
            .collect();
        let mut sent = 0;
        for one in asking {
            sent += usize::from(one.await.unwrap().is_ok());
        }

        assert_eq!(sent, 1);
    }

    async fn forty_phones_asked_for_at_once_from_one_address_get_thirty_messages(db: Db) {
        let asking: Vec<_> = (0..40)
            .map(|n| {
                let db = db.clone();
                tokio::spawn(async move { asked(&db, &format!("154{n:08}"), NOON).await })
            })
            .collect();
        let mut sent = 0;
        for one in asking {
            sent += usize::from(one.await.unwrap().is_ok());
        }

        assert_eq!(sent, 30);
        let elsewhere = issue(&db, "15400000099", BROWSER, "another", "123456", NOON).await;
        assert_eq!(fault(elsewhere), Ok(()));
    }

    async fn a_message_that_nobody_took_does_not_count_for_the_phone(db: Db) {
        for _ in 0..20 {
            let sending = issue(&db, PHONE, BROWSER, "address", "123456", NOON).await.unwrap();
            give_back(&db, sending).await.unwrap();
        }

        assert_eq!(asked(&db, PHONE, NOON).await, Ok(()));
        let until = NOON + MINUTE;
        assert_eq!(asked(&db, PHONE, NOON).await, Err(CodeFault::TooMany { until }));
    }

    async fn a_message_that_nobody_took_counts_for_the_address(db: Db) {
        for _ in 0..30 {
            let sending = issue(&db, PHONE, BROWSER, "address", "123456", NOON).await.unwrap();
            give_back(&db, sending).await.unwrap();
        }

        let until = NOON + HOUR;
        assert_eq!(asked(&db, PHONE, NOON).await, Err(CodeFault::TooMany { until }));
        assert_eq!(fault(issue(&db, PHONE, BROWSER, "another", "123456", NOON).await), Ok(()));
    }

    async fn neither_code_nor_address_is_kept_as_it_is_and_all_is_cleared_after_a_day(db: Db) {
        fault(issue(&db, PHONE, BROWSER, "hash-of-address", "123456", NOON).await).unwrap();
        let mut tx = db.read().await.unwrap();
        let kept: Vec<String> = on!(&mut tx, conn => {
            sqlx::query_scalar("select hash from sign_in_codes").fetch_all(conn).await
        })
        .unwrap();
        tx.commit().await.unwrap();

        let early = delete_old(&db, NOON + 23 * HOUR).await.unwrap();
        let late = delete_old(&db, NOON + DAY).await.unwrap();

        assert!(kept.iter().all(|hash| hash.len() == 64 && !hash.contains("123456")), "{kept:?}");
        assert_eq!((early, late), (0, 3));
    }
}
