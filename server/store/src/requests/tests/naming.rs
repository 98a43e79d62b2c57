//! Taking over what a neighbour filed, in the books.

use super::*;
use crate::{
    people,
    requests::{naming, reading},
};
use domain::{
    Refusal,
    clock::DAY,
    requests::{
        Move, State,
        privacy::CONTACT_LIFE,
        reasons::WithdrawReason,
        submission::{Neighbour, Submission},
    },
};

/// 王大爷, who signs in with the phone that granny wrote down for him.
async fn wang(db: &Db) -> Actor {
    let id = people::by_phone_or_new(db, "15499999999", now()).await.unwrap();
    people::settle(db, id, "王", "大爷", VILLAGE, Some(SQUAD)).await.unwrap();
    people::actor(db, id, now()).await.unwrap().unwrap()
}

async fn offered(db: &Db, who: &Actor, at: Millis) -> Vec<String> {
    naming::named(db, who, at).await.unwrap().into_iter().map(|one| one.code).collect()
}

both_engines! {
    async fn whom_it_was_filed_for_takes_it_over_and_who_filed_it_reads_on(db: Db) {
        let code = filed(&db, &for_a_neighbour()).await;
        let (granny, wang) = (granny(&db).await, wang(&db).await);
        assert_eq!(offered(&db, &wang, now()).await, std::slice::from_ref(&code));
        assert!(offered(&db, &granny, now()).await.is_empty());

        let after = go(&db, &code, Step::TakeOver, &wang, later(5)).await;

        assert_eq!((after.asked_by, after.filed_by), (wang.id, Some(granny.id)));
        assert!(offered(&db, &wang, later(6)).await.is_empty());
        let seen = reading::read(&db, &code, Some(&wang), later(6)).await.unwrap();
        let contact = seen.contact.unwrap();
        assert_eq!((contact.filed_by.as_str(), contact.phone.as_deref()), ("李大娘", Some("15499999999")));
        assert_eq!(seen.loaded.called, "王大爷");
        let steps: Vec<_> = seen.events.iter().map(|event| (event.mv, event.by)).collect();
        assert_eq!(steps, [(None, Some(granny.id)), (Some(Move::TakeOver), Some(wang.id))]);
        let hers = reading::read(&db, &code, Some(&granny), later(6)).await.unwrap();
        assert!(hers.contact.is_none() && hers.events.len() == 2);
        let listed = crate::requests::lists::mine(&db, granny.id, 9).await.unwrap();
        assert_eq!(listed.len(), 1, "she still finds it");
        let withdraw = Step::Withdraw(WithdrawReason::NoLongerNeeded);
        let refused = apply(&db, &code, &withdraw, &granny, later(7)).await;
        assert!(matches!(refused, Err(StoreError::Refused(Refusal::NotForYou))), "{refused:?}");
        assert_eq!(go(&db, &code, withdraw, &wang, later(7)).await.state, State::Withdrawn);
        assert!(matches!(history::verify(&db).await.unwrap(), history::Verdict::Whole { .. }));
    }

    async fn what_is_private_is_taken_over_too(db: Db) {
        let private = Submission { on_board: false, ..for_a_neighbour() };
        let code = filed(&db, &private).await;

        let after = go(&db, &code, Step::TakeOver, &wang(&db).await, now()).await;

        assert_eq!(after.state, State::Submitted);
    }

    async fn without_a_phone_of_their_own_nobody_is_named(db: Db) {
        let neighbour = Neighbour { called: "王大爷".into(), phone: None };
        filed(&db, &Submission { neighbour: Some(neighbour), ..leak() }).await;
        // The phone to call back is the filer's, whoever has it.
        filed(&db, &Submission { phone: "15499999999".into(), ..leak() }).await;
        let wang = wang(&db).await;

        assert!(offered(&db, &wang, now()).await.is_empty());
    }

    async fn thirty_days_after_its_end_it_is_offered_no_more(db: Db) {
        let code = filed(&db, &for_a_neighbour()).await;
        let wang = wang(&db).await;
        let withdraw = Step::Withdraw(WithdrawReason::SolvedByOthers);
        go(&db, &code, withdraw, &granny(&db).await, now()).await;

        assert_eq!(offered(&db, &wang, now() + CONTACT_LIFE - 1).await.len(), 1);
        assert!(offered(&db, &wang, now() + CONTACT_LIFE).await.is_empty());
        let late = apply(&db, &code, &Step::TakeOver, &wang, now() + 30 * DAY).await;
        assert!(matches!(late, Err(StoreError::Refused(Refusal::NotNow(_)))), "{late:?}");
    }

    async fn who_says_that_it_is_not_theirs_is_not_asked_again(db: Db) {
        let code = filed(&db, &for_a_neighbour()).await;
        let (wang, other) = (wang(&db).await, resident(&db, 1).await);

        let refused = naming::not_mine(&db, &code, &other).await;
        naming::not_mine(&db, &code, &wang).await.unwrap();

        assert!(matches!(refused, Err(StoreError::Refused(Refusal::NotForYou))), "{refused:?}");
        assert!(offered(&db, &wang, now()).await.is_empty());
        let late = apply(&db, &code, &Step::TakeOver, &wang, now()).await;
        assert!(matches!(late, Err(StoreError::NotFound)), "{late:?}");
    }

    async fn the_same_form_of_who_filed_it_files_no_second_one_after_it_was_taken_over(db: Db) {
        let (granny, key) = (granny(&db).await, Uuid::now_v7());
        let send = async || submit(&db, &for_a_neighbour(), &granny, &home(), key, now()).await.unwrap();
        let code = send().await;
        go(&db, &code, Step::TakeOver, &wang(&db).await, now()).await;

        assert_eq!(send().await, code);
    }

    async fn of_two_taps_at_once_one_takes_it_over(db: Db) {
        let code = filed(&db, &for_a_neighbour()).await;
        let wang = wang(&db).await;
        every_connection_is_open(&db).await;

        let outcomes = at_once(2, |_| {
            let (db, code, wang) = (db.clone(), code.clone(), wang.clone());
            async move { apply(&db, &code, &Step::TakeOver, &wang, now()).await }
        })
        .await;

        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        let seen = reading::read(&db, &code, Some(&wang), now()).await.unwrap();
        assert_eq!(seen.events.len(), 2);
    }
}
