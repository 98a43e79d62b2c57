//! Who reads what of a request, and who is written down for it.

use super::*;
use crate::history::{Verdict, verify};
use crate::requests::reading::{Contact, Seen, read};
use domain::requests::{privacy::Sight, reasons::ReleaseReason};

async fn seen(db: &Db, code: &str, reader: Option<&Actor>) -> Seen {
    read(db, code, reader, later(99)).await.unwrap()
}

async fn sight(db: &Db, code: &str, reader: &Actor) -> (Sight, Option<Contact>) {
    let seen = seen(db, code, Some(reader)).await;
    (seen.sight, seen.contact)
}

async fn is_hidden(db: &Db, code: &str, reader: Option<&Actor>) {
    let outcome = read(db, code, reader, later(99)).await;
    assert!(matches!(outcome, Err(StoreError::NotFound)), "{code}: {outcome:?}");
}

/// Who looked at contact data, oldest first.
async fn looks(db: &Db) -> Vec<(Uuid, Millis)> {
    let mut tx = db.read().await.unwrap();
    on!(&mut tx, conn => {
        sqlx::query_as("select who, at from access_log order by seq").fetch_all(conn).await.unwrap()
    })
}

fn grannys() -> Option<Contact> {
    Some(Contact {
        phone: Some("15400000001".into()),
        door: Some("柿庄中村 1 小队 7 号".into()),
        neighbour: false,
        filed_by: "李大娘".into(),
    })
}

both_engines! {
    async fn strangers_see_the_board_and_never_contact(db: Db) {
        let neighbour = volunteer(&db, 9).await;
        for code in [
            an_open_request(&db).await,
            a_claimed_request(&db).await,
            a_serving_request(&db).await,
            a_done_request(&db).await,
            a_closed_request(&db).await,
        ] {
            for reader in [None, Some(&neighbour), Some(&resident(&db, 1).await)] {
                let seen = seen(&db, &code, reader).await;

                assert_eq!((seen.sight, seen.contact), (Sight::Board, None));
                assert_eq!(seen.helper_phones, []);
            }
        }
        assert_eq!(looks(&db).await, []);
    }

    async fn what_is_private_or_not_yet_accepted_is_not_there_for_strangers(db: Db) {
        let (granny, captain) = (granny(&db).await, captain(&db).await);
        let stranger = volunteer(&db, 9).await;
        let beside = captain_of(&db, NEXT_SQUAD).await;
        let waiting = filed(&db, &leak()).await;
        let private = an_accepted(&db, &quarrel()).await;

        for code in [&waiting, &private] {
            is_hidden(&db, code, None).await;
            is_hidden(&db, code, Some(&stranger)).await;
            is_hidden(&db, code, Some(&beside)).await;
            assert_eq!(sight(&db, code, &granny).await, (Sight::Contact, grannys()));
            assert_eq!(sight(&db, code, &captain).await, (Sight::Contact, grannys()));
        }
        is_hidden(&db, "26-0617-999", Some(&captain)).await;
        assert_eq!(looks(&db).await, [(captain.id.0, later(99)), (captain.id.0, later(99))]);
    }

    async fn the_helper_sees_contact_from_the_claim_until_it_is_closed(db: Db) {
        let (code, zhai) = (an_open_request(&db).await, volunteer(&db, 1).await);
        let mut found = vec![sight(&db, &code, &zhai).await];

        for step in [
            Step::Claim,
            Step::Start,
            Step::Finish(minutes(&zhai, 35), None),
            Step::Approve(minutes(&zhai, 35), None),
        ] {
            let who = if step.mv() == Move::Approve { captain(&db).await } else { zhai.clone() };
            go(&db, &code, step, &who, later(1)).await;
            found.push(sight(&db, &code, &zhai).await);
        }

        let contact = (Sight::Contact, grannys());
        assert_eq!(
            found,
            [
                (Sight::Board, None),
                contact.clone(),
                contact.clone(),
                contact,
                (Sight::Words, None),
            ]
        );
        assert_eq!(looks(&db).await.len(), 3);
    }

    async fn who_gave_a_claim_back_sees_the_board_again(db: Db) {
        let (code, zhai) = (a_claimed_request(&db).await, volunteer(&db, 1).await);
        let release = Step::Release(zhai.id, ReleaseReason::CannotCome);
        go(&db, &code, release, &zhai, later(1)).await;

        assert_eq!(sight(&db, &code, &zhai).await, (Sight::Board, None));
    }

    async fn who_was_asked_reads_the_words_and_no_contact(db: Db) {
        let code = an_accepted(&db, &quarrel()).await;
        let asked = volunteer(&db, 2).await;
        dispatch(&db, &code, asked.id, &captain(&db).await, now()).await.unwrap();

        assert_eq!(sight(&db, &code, &asked).await, (Sight::Words, None));
        assert_eq!(looks(&db).await, []);
    }

    async fn each_look_of_another_is_written_down_and_grannys_own_at_her_data_is_not(db: Db) {
        let (code, zhai) = (an_open_request(&db).await, volunteer(&db, 1).await);
        go(&db, &code, Step::Claim, &zhai, now()).await;
        read(&db, &an_open_request(&db).await, Some(&granny(&db).await), later(9)).await.unwrap();
        let (staff, captain) = (staff_of(&db, TOWNSHIP).await, captain_of(&db, CORPS).await);
        let readers = [&captain, &staff, &zhai, &captain];

        for (n, reader) in (0..).zip(readers) {
            let seen = read(&db, &code, Some(reader), later(n)).await.unwrap();
            assert_eq!(seen.contact, grannys());
        }

        assert_eq!(
            looks(&db).await,
            [
                (captain.id.0, later(0)),
                (staff.id.0, later(1)),
                (zhai.id.0, later(2)),
                (captain.id.0, later(3)),
            ]
        );
    }

    async fn a_look_at_the_phone_of_a_helper_is_written_down_too(db: Db) {
        let (code, granny) = (a_claimed_request(&db).await, granny(&db).await);
        let zhai = volunteer(&db, 1).await;
        by_hand!(&db, "delete from contacts");

        let hers = read(&db, &code, Some(&granny), later(1)).await.unwrap();
        let his = read(&db, &code, Some(&zhai), later(2)).await.unwrap();
        let captains = read(&db, &code, Some(&captain(&db).await), later(3)).await.unwrap();

        let phone = vec![(zhai.id, Some("15400001001".to_owned()))];
        assert_eq!(hers.helper_phones, phone);
        assert_eq!(his.helper_phones, []);
        assert_eq!(captains.helper_phones, phone);
        let captain = captain(&db).await;
        assert_eq!(looks(&db).await, [(granny.id.0, later(1)), (captain.id.0, later(3))]);
    }

    async fn once_it_is_closed_nobody_is_handed_a_helpers_phone(db: Db) {
        let code = a_closed_request(&db).await;

        for reader in [granny(&db).await, captain(&db).await] {
            assert_eq!(seen(&db, &code, Some(&reader)).await.helper_phones, []);
        }
        assert_eq!(looks(&db).await.len(), 1);
    }

    async fn twenty_looks_at_once_are_twenty_lines_in_one_chain(db: Db) {
        let (code, captain) = (an_open_request(&db).await, captain(&db).await);

        at_once(20, |_| {
            let (db, code, who) = (db.clone(), code.clone(), captain.clone());
            async move { read(&db, &code, Some(&who), now()).await.unwrap() }
        })
        .await;

        assert_eq!(looks(&db).await.len(), 20);
        assert!(matches!(verify(&db).await.unwrap(), Verdict::Whole { rows: 22, .. }));
    }

    async fn granny_reads_every_step_whom_to_call_and_what_she_may_do(db: Db) {
        let (code, granny) = (a_done_request(&db).await, granny(&db).await);
        let (zhai, captain) = (volunteer(&db, 1).await, captain(&db).await);

        let seen = seen(&db, &code, Some(&granny)).await;

        let moves: Vec<_> = seen.events.iter().map(|event| event.mv).collect();
        let told = [None, Some(Move::Accept), Some(Move::Claim), Some(Move::Start)];
        assert_eq!((&moves[..4], moves[4]), (&told[..], Some(Move::Finish)));
        let finish = &seen.events[4];
        assert_eq!((finish.at, finish.became), (now(), State::Done));
        assert_eq!(finish.who.as_deref(), Some("志愿者1"));
        assert_eq!(finish.note.as_deref(), Some("换了接头"));
        assert_eq!(seen.helper_phones, [(zhai.id, Some("15400001001".into()))]);
        let captains: Vec<_> = seen.captains.iter().map(|captain| captain.person).collect();
        assert_eq!(captains, [Some(captain.id), Some(captain_of(&db, CORPS).await.id)]);
        assert_eq!((seen.facts.now, seen.facts.open_claims), (later(99), 0));
    }

    async fn the_history_names_whom_a_move_was_about(db: Db) {
        let (code, captain) = (an_open_request(&db).await, captain(&db).await);
        dispatch(&db, &code, volunteer(&db, 2).await.id, &captain, later(5)).await.unwrap();

        let seen = seen(&db, &code, Some(&captain)).await;

        let asked = seen.events.last().unwrap();
        assert_eq!(asked.mv, Some(Move::Dispatch));
        assert_eq!(asked.who.as_deref(), Some("梁队长"));
        assert_eq!(asked.about.as_deref(), Some("志愿者2"));
    }

    async fn a_reader_is_told_how_many_claims_they_hold(db: Db) {
        let (code, zhai) = (an_open_request(&db).await, volunteer(&db, 1).await);
        a_claimed_request(&db).await;
        a_serving_request(&db).await;
        a_done_request(&db).await;

        let seen = seen(&db, &code, Some(&zhai)).await;

        assert_eq!(seen.facts.open_claims, 2);
    }

    async fn when_the_look_cannot_be_written_down_nothing_is_shown(db: Db) {
        let (code, captain) = (an_open_request(&db).await, captain(&db).await);
        by_hand!(&db, "delete from chains where name = 'access'");

        let outcome = read(&db, &code, Some(&captain), now()).await;

        assert!(outcome.is_err(), "{outcome:?}");
    }
}
