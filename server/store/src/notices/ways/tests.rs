//! Choices, browsers and addresses on both engines.

use super::*;
use crate::example::*;
use domain::{
    clock::HOUR,
    sign_in::{CODE_LIFE, TRIES},
};

fn browser(endpoint: &str) -> Subscription<'_> {
    Subscription { endpoint, key: "BK", secret: "S", device: "Android", lang: "zh-CN" }
}

both_engines! {
    async fn only_what_differs_from_the_rule_is_kept(db: Db) {
        let granny = granny(&db).await;
        let mut chosen = choices(&db, granny.id).await.unwrap();
        chosen.set(Topic::New, Channel::Sms, true);
        chosen.set(Topic::Mine, Channel::Sms, true);

        choose(&db, granny.id, &chosen).await.unwrap();

        let rows: i64 = value!(&db, "select count(*) from notice_choices");
        let kept = choices(&db, granny.id).await.unwrap();
        assert_eq!(rows, 1);
        assert!(kept.wants(Topic::New, Channel::Sms) && kept.wants(Topic::Mine, Channel::Sms));
    }

    async fn a_browser_belongs_to_who_asked_last_and_the_oldest_of_six_goes(db: Db) {
        let (granny, zhai) = (granny(&db).await, volunteer(&db, 1).await);
        add_device(&db, granny.id, browser("https://shared"), now()).await.unwrap();
        add_device(&db, zhai.id, browser("https://shared"), later(1)).await.unwrap();
        for n in 2..8 {
            let endpoint = format!("https://own/{n}");
            add_device(&db, zhai.id, browser(&endpoint), later(n)).await.unwrap();
        }

        let told = devices(&db, zhai.id).await.unwrap();

        assert_eq!(devices(&db, granny.id).await.unwrap(), []);
        let since: Vec<_> = told.iter().map(|one| one.since).collect();
        assert_eq!(since, [7, 6, 5, 4, 3].map(later));
        remove_device(&db, granny.id, told[0].id).await.unwrap();
        assert_eq!(devices(&db, zhai.id).await.unwrap().len(), 5, "of somebody else");
        remove_device(&db, zhai.id, told[0].id).await.unwrap();
        assert_eq!(devices(&db, zhai.id).await.unwrap().len(), 4);
    }

    async fn an_address_is_written_to_once_its_code_was_typed(db: Db) {
        let granny = granny(&db).await;
        let none = prove_mail(&db, granny.id, "012345", now()).await;
        want_mail(&db, granny.id, "li@example.com", "012345", "zh-CN", now()).await.unwrap();

        let wrong = prove_mail(&db, granny.id, "999999", later(1)).await;
        let waiting = mailbox(&db, granny.id).await.unwrap();
        prove_mail(&db, granny.id, "012345", later(1)).await.unwrap();
        let proved = mailbox(&db, granny.id).await.unwrap();
        let twice = prove_mail(&db, granny.id, "012345", later(1)).await;

        assert!(matches!(none, Err(StoreError::Code(CodeFault::Old))), "{none:?}");
        assert!(matches!(wrong, Err(StoreError::Code(CodeFault::Wrong { left: 4 }))), "{wrong:?}");
        let address = Some("li@example.com".to_owned());
        assert_eq!(waiting, Mailbox { address: None, wanted: address.clone() });
        assert_eq!(proved, Mailbox { address, wanted: None });
        assert!(matches!(twice, Err(StoreError::Code(CodeFault::Old))), "{twice:?}");
        forget_mail(&db, granny.id).await.unwrap();
        assert_eq!(mailbox(&db, granny.id).await.unwrap(), Mailbox::default());
    }

    async fn a_code_is_tried_five_times_and_lives_five_minutes(db: Db) {
        let granny = granny(&db).await;
        let send = async |at| {
            want_mail(&db, granny.id, "li@example.com", "012345", "zh-CN", at).await.unwrap();
        };
        send(now()).await;
        for _ in 0..TRIES {
            prove_mail(&db, granny.id, "999999", now()).await.unwrap_err();
        }
        let spent = prove_mail(&db, granny.id, "012345", now()).await;
        send(later(2)).await;
        let old = prove_mail(&db, granny.id, "012345", later(2) + CODE_LIFE).await;

        assert!(matches!(spent, Err(StoreError::Code(CodeFault::Spent))), "{spent:?}");
        assert!(matches!(old, Err(StoreError::Code(CodeFault::Old))), "{old:?}");
    }

    async fn one_code_a_minute_and_ten_a_day_go_out_whatever_is_forgotten(db: Db) {
        let granny = granny(&db).await;
        let send = async |at| want_mail(&db, granny.id, "li@example.com", "1", "en", at).await;

        send(now()).await.unwrap();
        let soon = send(now() + MINUTE - 1).await;
        for n in 1..10 {
            send(now() + n * HOUR).await.unwrap();
        }
        forget_mail(&db, granny.id).await.unwrap();
        let eleventh = send(now() + 10 * HOUR).await;
        let tomorrow = send(now() + DAY).await;

        let until = |outcome: Result<(), StoreError>| match outcome {
            Err(StoreError::Code(CodeFault::TooMany { until })) => until,
            other => panic!("{other:?}"),
        };
        assert_eq!(until(soon), now() + MINUTE);
        assert_eq!(until(eleventh), now() + DAY);
        assert!(tomorrow.is_ok());
    }
}
