//! Filing: once for each form, with a code to say aloud, for oneself or for a neighbour.

use super::*;
use crate::requests::reading;
use domain::{
    clock::moment,
    people::Place,
    requests::{
        Category, Urgency,
        submission::{Neighbour, Submission},
    },
};

/// The station of the village accepts known households at once.
async fn accepting_at_once(db: &Db) {
    county(db).await;
    by_hand!(db, "update areas set accepts_at_once = true where id = $1", VILLAGE.0);
}

async fn contact_of(db: &Db, code: &str) -> (Option<String>, Option<String>, bool) {
    let mut tx = db.read().await.unwrap();
    on!(&mut tx, conn => {
        sqlx::query_as(
            "select c.phone, c.door, c.neighbour
             from contacts c join requests r on r.id = c.request where r.code = $1",
        )
        .bind(code)
        .fetch_one(conn)
        .await
        .unwrap()
    })
}

async fn filed_so_far(db: &Db) -> i64 {
    value!(db, "select count(*) from requests")
}

both_engines! {
    async fn what_granny_files_waits_for_the_captain(db: Db) {
        let granny = granny(&db).await;
        let submission = Submission { urgency: Urgency::Urgent, needed: 2, ..leak() };

        let code = filed_at(&db, &submission, &home(), now()).await;

        let loaded = load(&mut db.read().await.unwrap(), &code).await.unwrap();
        let request = &loaded.request;
        assert_eq!((request.state, request.since), (State::Submitted, now()));
        assert_eq!(request.due, Some(later(15)));
        assert_eq!((request.category, request.urgency), (Category::Repair, Urgency::Urgent));
        assert_eq!((request.words.as_str(), request.needed), ("厨房漏水，总阀关不上", 2));
        assert_eq!((request.place, request.asked_by), (home(), granny.id));
        assert_eq!((request.on_board, request.reopened), (true, false));
        assert_eq!((loaded.called.as_str(), loaded.created), ("李大娘", now()));
        assert_eq!(loaded.risks.as_deref(), Some("院里有狗"));
        assert_eq!(loaded.wanted.as_deref(), Some("上午"));
        let submitted = Line {
            at: now(),
            who: Some(granny.id.0),
            mv: "submit".into(),
            became: "submitted".into(),
            ..Line::default()
        };
        assert_eq!(lines(&db, &code).await, [submitted]);
    }

    async fn the_same_form_sent_again_files_nothing(db: Db) {
        let (granny, key) = (granny(&db).await, Uuid::now_v7());
        let first = submit(&db, &leak(), &granny, &home(), key, now()).await.unwrap();
        let before = books(&db, &first).await;

        let again = submit(&db, &leak(), &granny, &home(), key, later(1)).await.unwrap();

        assert_eq!(again, first);
        assert_eq!((filed_so_far(&db).await, books(&db, &first).await), (1, before));
    }

    async fn the_same_form_sent_twenty_times_at_once_files_one_request(db: Db) {
        let (granny, key) = (granny(&db).await, Uuid::now_v7());

        let codes = at_once(20, |_| {
            let (db, granny) = (db.clone(), granny.clone());
            async move { submit(&db, &leak(), &granny, &home(), key, now()).await.unwrap() }
        })
        .await;

        assert!(codes.iter().all(|code| code == "26-0617-001"), "{codes:?}");
        let contacts: i64 = value!(&db, "select count(*) from contacts");
        assert_eq!((filed_so_far(&db).await, contacts), (1, 1));
        assert_eq!(lines(&db, &codes[0]).await.len(), 1);
        assert_eq!(filed(&db, &leak()).await, "26-0617-002", "no number was lost");
    }

    async fn the_key_of_a_form_is_of_one_account_only(db: Db) {
        let (granny, other, key) = (granny(&db).await, resident(&db, 1).await, Uuid::now_v7());

        let one = submit(&db, &leak(), &granny, &home(), key, now()).await.unwrap();
        let two = submit(&db, &leak(), &other, &home(), key, now()).await.unwrap();

        assert_eq!((one.as_str(), two.as_str()), ("26-0617-001", "26-0617-002"));
    }

    async fn codes_count_up_from_one_each_day_in_renqiu(db: Db) {
        let at = |day, hour, minute| moment(2026, 6, day, hour, minute).unwrap();
        let mut codes = vec![];

        for at in [at(17, 0, 0), at(17, 9, 0), at(17, 23, 59), at(18, 0, 0), at(18, 7, 59)] {
            codes.push(filed_at(&db, &leak(), &home(), at).await);
        }

        assert_eq!(
            codes,
            ["26-0617-001", "26-0617-002", "26-0617-003", "26-0618-001", "26-0618-002"]
        );
    }

    async fn fifty_who_file_at_once_get_fifty_codes(db: Db) {
        let all = volunteers(&db, 50).await;

        let mut codes = at_once(50, |n| {
            let (db, who) = (db.clone(), all[n].clone());
            async move {
                submit(&db, &leak(), &who, &home(), Uuid::now_v7(), now()).await.unwrap()
            }
        })
        .await;

        codes.sort();
        let wanted: Vec<_> = (1..=50).map(|n| format!("26-0617-{n:03}")).collect();
        assert_eq!(codes, wanted);
    }

    async fn the_thousandth_of_a_day_has_a_code_as_well(db: Db) {
        filed(&db, &leak()).await;
        by_hand!(&db, "update day_numbers set last = 999");

        assert_eq!(filed(&db, &leak()).await, "26-0617-1000");
    }

    async fn a_known_household_is_accepted_at_once_where_the_station_says_so(db: Db) {
        accepting_at_once(&db).await;

        let code = filed(&db, &leak()).await;

        let request = found(&db, &code).await;
        assert_eq!((request.state, request.since), (State::Open, now()));
        assert_eq!(request.due, due(State::Open, now()));
        let accepted = Line {
            who: None,
            reason: Some("at_once".into()),
            ..line(now(), &granny(&db).await, Move::Accept, State::Submitted, State::Open)
        };
        assert_eq!(lines(&db, &code).await.len(), 2);
        assert_eq!(last_line(&db, &code).await, accepted);
    }

    async fn private_kinds_and_other_doors_and_other_stations_wait_for_the_captain(db: Db) {
        let without_setting = filed(&db, &leak()).await;
        accepting_at_once(&db).await;
        let next_door = Place { door: Some(8), ..home() };
        let next_village = Place::somewhere_in(TOWNSHIP, NEXT_VILLAGE);

        let private = filed(&db, &quarrel()).await;
        let elsewhere = filed_at(&db, &leak(), &next_door, now()).await;
        let far = filed_at(&db, &leak(), &next_village, now()).await;

        for code in [without_setting, private, elsewhere, far] {
            assert_eq!(found(&db, &code).await.state, State::Submitted, "{code}");
            assert_eq!(lines(&db, &code).await.len(), 1);
        }
    }

    async fn words_of_pay_wait_for_the_captain_who_sees_why(db: Db) {
        accepting_at_once(&db).await;
        let offer = Submission { words: "修好了给 50 元".into(), ..leak() };

        let code = filed(&db, &offer).await;

        assert_eq!(found(&db, &code).await.state, State::Submitted);
        assert_eq!(last_line(&db, &code).await.reason.as_deref(), Some("pay"));
    }

    async fn who_has_not_said_where_they_live_is_no_known_household(db: Db) {
        accepting_at_once(&db).await;
        let homeless = Actor { home: None, ..granny(&db).await };

        let key = Uuid::now_v7();
        let code = submit(&db, &leak(), &homeless, &home(), key, now()).await.unwrap();

        assert_eq!(found(&db, &code).await.state, State::Submitted);
    }

    async fn the_contact_is_kept_apart_with_the_phone_of_the_form_and_the_door_of_the_account(
        db: Db
    ) {
        let typed = Submission {
            phone: "15412345678".into(),
            door: Some("村口小卖部".into()),
            ..leak()
        };

        let at_home = filed(&db, &leak()).await;
        let elsewhere = filed(&db, &typed).await;

        let door = Some("柿庄中村 1 小队 7 号".to_owned());
        assert_eq!(contact_of(&db, &at_home).await, (Some("15400000001".into()), door, false));
        let (phone, door) = (Some("15412345678".into()), Some("村口小卖部".into()));
        assert_eq!(contact_of(&db, &elsewhere).await, (phone, door, false));
    }

    async fn filed_for_a_neighbour_it_names_the_neighbour_and_keeps_the_filer_apart(db: Db) {
        let (granny, captain) = (granny(&db).await, captain(&db).await);

        let code = filed(&db, &for_a_neighbour()).await;

        let loaded = load(&mut db.read().await.unwrap(), &code).await.unwrap();
        assert_eq!(loaded.called, "王大爷");
        assert_eq!(loaded.request.asked_by, granny.id);
        let seen = reading::read(&db, &code, Some(&captain), now()).await.unwrap();
        let contact = seen.contact.unwrap();
        assert_eq!((contact.neighbour, contact.filed_by.as_str()), (true, "李大娘"));
        assert_eq!(contact.phone.as_deref(), Some("15499999999"));
    }

    async fn a_neighbour_without_a_phone_is_reached_through_who_filed(db: Db) {
        let neighbour = Some(Neighbour { called: "王大爷".into(), phone: None });
        let code = filed(&db, &Submission { neighbour, ..leak() }).await;

        let (phone, _, neighbour) = contact_of(&db, &code).await;

        assert_eq!((phone.as_deref(), neighbour), (Some("15400000001"), true));
    }

    async fn a_form_that_the_books_cannot_take_leaves_no_trace(db: Db) {
        let granny = granny(&db).await;
        let too_long = Submission { words: "水".repeat(1_001), ..leak() };

        let outcome = submit(&db, &too_long, &granny, &home(), Uuid::now_v7(), now()).await;

        assert!(matches!(outcome, Err(StoreError::Database(_))), "{outcome:?}");
        assert_eq!(filed_so_far(&db).await, 0);
        assert_eq!(filed(&db, &leak()).await, "26-0617-001");
    }
}
