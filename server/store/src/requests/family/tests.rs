//! Links for the family on both engines: who makes them, what they open, when they end.

use super::*;
use crate::example::*;
use domain::{
    clock::{DAY, HOUR},
    requests::{Step, reasons::WithdrawReason},
    sign_in::CodeFault,
};

async fn opens(db: &Db, token: &str, at: Millis) -> bool {
    match open(db, token, "a", at).await {
        Ok(seen) => {
            assert!(seen.contact.is_none() && seen.helper_phones.is_empty());
            true
        }
        Err(StoreError::NotFound) => false,
        Err(error) => panic!("{error:?}"),
    }
}

both_engines! {
    async fn a_link_opens_its_request_until_it_is_ended_and_only_its_hash_is_kept(db: Db) {
        let (granny, code) = (granny(&db).await, an_open_request(&db).await);
        make(&db, &code, "key one", &granny, now()).await.unwrap();
        make(&db, &code, "key two", &granny, later(1)).await.unwrap();

        let (before, other) = (opens(&db, "key one", later(2)).await, opens(&db, "x", later(2)).await);
        let (listed, more) = links(&db, &code, &granny, later(3)).await.unwrap();
        end(&db, &code, listed[1].id, &granny, later(4)).await.unwrap();

        assert!(before && !other && more);
        let used: Vec<_> = listed.iter().map(|one| (one.made, one.used)).collect();
        assert_eq!(used, [(later(1), None), (now(), Some(later(2)))]);
        assert_eq!((opens(&db, "key one", later(5)).await, opens(&db, "key two", later(5)).await), (false, true));
        let plain: i64 = value!(&db, "select count(*) from family_links where token_hash like '%key%'");
        assert_eq!(plain, 0);
    }

    async fn who_asked_and_those_in_charge_keep_them_and_nobody_else(db: Db) {
        let code = a_claimed_request(&db).await;
        let (zhai, other) = (volunteer(&db, 1).await, resident(&db, 9).await);

        let captain = make(&db, &code, "c", &captain(&db).await, later(9)).await;
        let helper = make(&db, &code, "h", &zhai, later(9)).await;
        let neighbour = links(&db, &code, &other, later(9)).await;
        let unknown = make(&db, "99-9999-999", "u", &zhai, later(9)).await;

        assert!(captain.is_ok());
        assert!(matches!(helper, Err(StoreError::Refused(_))), "{helper:?}");
        assert!(matches!(neighbour, Err(StoreError::Refused(_))), "{neighbour:?}");
        assert!(matches!(unknown, Err(StoreError::NotFound)), "{unknown:?}");
    }

    async fn a_sixth_ends_the_oldest(db: Db) {
        let (granny, code) = (granny(&db).await, an_open_request(&db).await);
        for n in 0..6 {
            make(&db, &code, &format!("key {n}"), &granny, later(n)).await.unwrap();
        }

        let mut open = vec![];
        for n in 0..6 {
            open.push(opens(&db, &format!("key {n}"), later(9)).await);
        }
        assert_eq!(open, [false, true, true, true, true, true]);
    }

    async fn thirty_days_after_the_request_it_opens_no_more_and_none_is_made(db: Db) {
        let (granny, code) = (granny(&db).await, an_open_request(&db).await);
        make(&db, &code, "key", &granny, now()).await.unwrap();
        go(&db, &code, Step::Withdraw(WithdrawReason::NoLongerNeeded), &granny, later(5)).await;
        let end = later(5) + 30 * DAY;

        assert!(opens(&db, "key", end - 1).await && !opens(&db, "key", end).await);
        assert_eq!(links(&db, &code, &granny, end).await.unwrap(), (vec![], false));
        let late = make(&db, &code, "new", &granny, end).await;
        assert!(matches!(late, Err(StoreError::NotFound)), "{late:?}");
    }

    async fn keys_are_tried_thirty_times_an_hour_from_one_address(db: Db) {
        county(&db).await;
        for _ in 0..UNKNOWN_PER_ADDRESS {
            let tried = open(&db, "x", "a", now()).await;
            assert!(matches!(tried, Err(StoreError::NotFound)), "{tried:?}");
        }

        let more = open(&db, "x", "a", now()).await;
        let elsewhere = open(&db, "x", "b", now()).await;

        let waits = matches!(more, Err(StoreError::Code(CodeFault::TriedTooOften { .. })));
        assert!(waits, "{more:?}");
        assert!(matches!(elsewhere, Err(StoreError::NotFound)));
        assert_eq!(forget(&db, now() + HOUR).await.unwrap(), 2);
    }
}
