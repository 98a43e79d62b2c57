//! Copies, corrections, another phone, leaving and being erased, on both engines; and the real tables
//! against what a copy tells.

use super::{
    about::{ABOUT, Told},
    copy, corrections, leaving, phone,
    sections::sections,
};
use crate::{
    Db, StoreError, consents,
    example::*,
    history,
    people::{
        self,
        search::{Question, search},
    },
    requests::{self, lists},
    retention::erase_people,
    sessions,
};
use domain::{
    Millis, Refusal,
    areas::RENQIU,
    clock::DAY,
    consent::{NEWEST, Text},
    people::{Actor, PersonId, PostKind},
    requests::{Category, State, Step},
    rights::{COPIES_A_DAY, Correctable, GONE, Hindrance, WAY_BACK, WORDS_GONE},
    standing::Standing,
};
use std::collections::BTreeSet;

mod going;

fn hindrance<T: std::fmt::Debug>(outcome: Result<T, StoreError>) -> Hindrance {
    match outcome {
        Err(StoreError::Refused(Refusal::Right(hindrance))) => hindrance,
        other => panic!("{other:?}"),
    }
}

async fn candidates_of(db: &Db, not: PersonId) -> Vec<PersonId> {
    let found = people::candidates(db, &home(), Category::Other, not, now()).await.unwrap();
    found.into_iter().map(|one| PersonId(one.person)).collect()
}

async fn again(db: &Db, who: &Actor, at: Millis) -> Option<Actor> {
    people::actor(db, who.id, at).await.unwrap()
}

mod tables {
    use super::*;

    /// Names of columns that point at a person, also where no key says so.
    const NAMES: &[&str] = &["person", "phone", "who", "about", "against", "reporter", "called"];

    #[tokio::test]
    async fn every_column_that_points_at_a_person_is_told_or_has_a_reason() {
        let db = Db::open("sqlite::memory:").await.unwrap();
        let mut tx = db.read().await.unwrap();
        let found: Vec<(String, String)> = on!(&mut tx, conn => {
            sqlx::query_as(
                "select m.name, c.name from sqlite_schema m join pragma_table_info(m.name) c
                 where m.type = 'table' and m.name not like 'sqlx%' and m.name not like '_sqlx%'",
            )
            .fetch_all(conn)
            .await
            .unwrap()
        });
        let keys: Vec<(String, String)> = on!(&mut tx, conn => {
            sqlx::query_as(
                "select m.name, f.\"from\" from sqlite_schema m join pragma_foreign_key_list(m.name) f
                 where m.type = 'table' and f.\"table\" = 'people'",
            )
            .fetch_all(conn)
            .await
            .unwrap()
        });
        let all: BTreeSet<(String, String)> = found.into_iter().collect();
        let named = all
            .iter()
            .filter(|(_, column)| NAMES.contains(&column.as_str()) || column.ends_with("_by"));
        let point: BTreeSet<_> = named.cloned().chain(keys).collect();

        let listed: BTreeSet<_> =
            ABOUT.iter().map(|one| (one.table.to_owned(), one.column.to_owned())).collect();

        assert!(point.len() > 25, "{point:?}");
        let missing: Vec<_> = point.difference(&listed).collect();
        assert!(missing.is_empty(), "neither in ABOUT nor with a reason: {missing:?}");
        let gone: Vec<_> = listed.difference(&all).collect();
        assert!(gone.is_empty(), "no such column: {gone:?}");
    }

    #[test]
    fn where_a_column_is_said_to_be_told_it_is() {
        let has = |text: &str, word: &str| {
            text.split(|one: char| !one.is_alphanumeric() && one != '_').any(|part| part == word)
        };
        for one in ABOUT {
            let Told::In(keys) = one.told else { continue };
            for key in keys {
                let section = sections().find(|section| section.key == *key);
                let sql = section.unwrap_or_else(|| panic!("no section {key}")).sql;
                assert!(has(sql, one.table) && has(sql, one.column), "{one:?}: {sql}");
            }
        }
        let keys: BTreeSet<_> = sections().map(|section| section.key).collect();
        assert_eq!(keys.len(), sections().count());
    }
}

both_engines! {
    async fn a_copy_holds_what_she_asked_for_with_words_and_phone_and_who_looked(db: Db) {
        let code = a_closed_request(&db).await;
        let (granny, captain) = (granny(&db).await, captain(&db).await);
        requests::reading::read(&db, &code, Some(&captain), now()).await.unwrap();
        consents::record(&db, granny.id, Text::Terms, NEWEST, now()).await.unwrap();
        corrections::ask(&db, &granny, Correctable::Door, "我家是 8 号", now()).await.unwrap();

        let copy = copy::fetch(&db, &granny, later(5)).await.unwrap().to_json();

        assert_eq!(copy["format"], 1);
        assert_eq!(copy["made"], "2026-06-17T09:05:00+08:00");
        assert_eq!(copy["account"][0]["phone"], "15400000001");
        assert_eq!(copy["account"][0]["surname"], "李");
        let request = &copy["requests"][0];
        assert_eq!(request["code"], code.as_str());
        assert_eq!(request["words"], leak().words.as_str());
        assert_eq!((&request["phone"], &request["needed"]), (&"15400000001".into(), &1.into()));
        assert_eq!((&request["on_board"], &request["neighbour"]), (&true.into(), &false.into()));
        assert_eq!(copy["looked_at_you"][0]["who"], "梁队长");
        assert_eq!(copy["consents"][0]["version"], NEWEST);
        assert_eq!(copy["corrections"][0]["words"], "我家是 8 号");
        assert!(copy["corrections"][0]["granted"].is_null());
        assert_eq!(copy["moves"][0]["what"], "submit");
        assert_eq!(copy["copies"][0]["at"], "2026-06-17T09:05:00+08:00");
        for section in sections() {
            assert!(copy[section.key].is_array(), "{}", section.key);
        }
    }

    async fn a_helpers_copy_holds_minutes_and_no_others_phone(db: Db) {
        a_closed_request(&db).await;
        let zhai = volunteer(&db, 1).await;

        let copy = copy::fetch(&db, &zhai, now()).await.unwrap().to_json();

        assert_eq!(copy["helped"][0]["minutes"], 35);
        assert!(copy["requests"].as_array().unwrap().is_empty());
        assert!(!copy.to_string().contains("15400000001"), "granny's phone");
    }

    async fn the_fourth_copy_of_a_day_waits_also_when_all_are_asked_for_at_once(db: Db) {
        let granny = granny(&db).await;

        let outcomes = at_once(6, |_| {
            let (db, granny) = (db.clone(), granny.clone());
            async move { copy::fetch(&db, &granny, now()).await.is_ok() }
        })
        .await;

        assert_eq!(outcomes.iter().filter(|done| **done).count(), COPIES_A_DAY);
        let late = copy::fetch(&db, &granny, now() + DAY - 1).await;
        assert_eq!(hindrance(late), Hindrance::EnoughCopies);
        assert!(copy::fetch(&db, &granny, now() + DAY).await.is_ok());
    }

    async fn a_phone_changes_once_and_never_to_one_that_somebody_has(db: Db) {
        let (granny, zhai) = (granny(&db).await, volunteer(&db, 1).await);

        let taken = phone::change(&db, &granny, "15400001001", now()).await;
        let same = phone::change(&db, &granny, "15400000001", now()).await;
        let before = phone::change(&db, &granny, "15400007001", now()).await.unwrap();

        assert_eq!(hindrance(taken), Hindrance::PhoneTaken);
        assert_eq!(hindrance(same), Hindrance::SamePhone);
        assert_eq!(before.as_deref(), Some("15400000001"));
        let now_has = people::account(&db, granny.id).await.unwrap().phone;
        assert_eq!(now_has.as_deref(), Some("15400007001"));
        assert_eq!(people::by_phone_or_new(&db, "15400007001", now()).await.unwrap(), granny.id);
        let old = people::by_phone_or_new(&db, "15400000001", now()).await.unwrap();
        assert!(old != granny.id && old != zhai.id, "whoever has the old number is somebody new");
    }

    async fn a_correction_is_answered_once_by_staff_over_their_home(db: Db) {
        let (granny, office) = (granny(&db).await, staff_of(&db, TOWNSHIP).await);
        let far = staff_of(&db, FAR_TOWNSHIP).await;
        for _ in 0..3 {
            corrections::ask(&db, &granny, Correctable::Minutes, "少记了 5 分钟", now()).await.unwrap();
        }
        let fourth = corrections::ask(&db, &granny, Correctable::Other, "还有", now()).await;
        let waiting = corrections::for_staff(&db, &office).await.unwrap();
        let id = waiting[0].id;

        let beside = corrections::answer(&db, id, &far, true, "好", now()).await;
        let captain = corrections::answer(&db, id, &captain(&db).await, true, "好", now()).await;
        corrections::answer(&db, id, &office, false, "查过了，是 35 分钟", later(1)).await.unwrap();
        let again = corrections::answer(&db, id, &office, true, "改", later(2)).await;

        assert_eq!(hindrance(fourth), Hindrance::EnoughAsked);
        assert_eq!(waiting.len(), 3);
        assert!(matches!(beside, Err(StoreError::Refused(Refusal::OutOfReach))), "{beside:?}");
        assert!(matches!(captain, Err(StoreError::Refused(Refusal::OutOfReach))), "{captain:?}");
        assert_eq!(hindrance(again), Hindrance::AnsweredAlready);
        let told = corrections::of(&db, granny.id).await.unwrap();
        let answered = told.iter().find(|one| one.id == id).unwrap();
        assert_eq!(answered.granted, Some(false));
        assert_eq!(answered.answer.as_deref(), Some("查过了，是 35 分钟"));
        assert!(corrections::for_staff(&db, &far).await.unwrap().is_empty());
    }
}
