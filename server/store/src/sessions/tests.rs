//! Sessions on both engines: kept, listed, ended by their owner and by nobody else.

use super::*;
use uuid::Uuid;

const ONE: PersonId = PersonId(Uuid::from_u128(1));
const OTHER: PersonId = PersonId(Uuid::from_u128(2));

fn strangers(data: &str, expires: Millis) -> Kept<'_> {
    Kept { data, expires, owner: None }
}

fn of_person(person: PersonId, seen: Millis) -> Kept<'static> {
    let owner = Owner { person, since: 10, seen, device: "Android · WeChat" };
    Kept { data: "{}", expires: 100, owner: Some(owner) }
}

async fn keys(db: &Db, person: PersonId) -> Vec<String> {
    of(db, person, 50).await.unwrap().into_iter().map(|line| line.id_hash).collect()
}

both_engines! {
    async fn a_session_holds_what_was_put_in_until_it_ends(db: Db) {
        assert!(create(&db, "a", &strangers("{}", 100)).await.unwrap());
        save(&db, "a", &strangers(r#"{"person":1}"#, 200)).await.unwrap();

        let before = load(&db, "a", 199).await.unwrap();
        let after = load(&db, "a", 200).await.unwrap();

        assert_eq!(before, Some((r#"{"person":1}"#.to_owned(), 200)));
        assert_eq!(after, None);
    }

    async fn an_id_is_given_to_one_browser_only(db: Db) {
        create(&db, "a", &strangers("first", 100)).await.unwrap();

        assert!(!create(&db, "a", &strangers("second", 100)).await.unwrap());
        assert_eq!(load(&db, "a", 1).await.unwrap().unwrap().0, "first");
    }

    async fn a_session_that_was_ended_is_not_brought_back_by_a_late_save(db: Db) {
        create(&db, "a", &of_person(ONE, 20)).await.unwrap();
        end(&db, ONE, "a").await.unwrap();
        save(&db, "a", &of_person(ONE, 30)).await.unwrap();

        assert_eq!(load(&db, "a", 1).await.unwrap(), None);
        assert_eq!(keys(&db, ONE).await, [""; 0]);
    }

    async fn ended_sessions_are_cleared_away_and_living_ones_stay(db: Db) {
        create(&db, "ended", &strangers("{}", 100)).await.unwrap();
        create(&db, "living", &strangers("{}", 101)).await.unwrap();

        assert_eq!(delete_expired(&db, 100).await.unwrap(), 1);
        assert!(load(&db, "living", 100).await.unwrap().is_some());
    }

    async fn everybody_lists_their_own_living_sessions_the_last_used_first(db: Db) {
        create(&db, "old", &of_person(ONE, 20)).await.unwrap();
        create(&db, "new", &of_person(ONE, 30)).await.unwrap();
        create(&db, "another", &of_person(OTHER, 40)).await.unwrap();
        create(&db, "nobody's", &strangers("{}", 100)).await.unwrap();
        create(&db, "ended", &Kept { expires: 50, ..of_person(ONE, 45) }).await.unwrap();

        let line = of(&db, ONE, 50).await.unwrap().remove(0);

        assert_eq!(keys(&db, ONE).await, ["new", "old"]);
        assert_eq!((line.since, line.seen, line.device.as_str()), (10, 30, "Android · WeChat"));
    }

    async fn a_session_that_somebody_signs_into_becomes_theirs(db: Db) {
        create(&db, "a", &strangers("{}", 100)).await.unwrap();
        assert_eq!(keys(&db, ONE).await, [""; 0]);

        save(&db, "a", &of_person(ONE, 20)).await.unwrap();

        assert_eq!(keys(&db, ONE).await, ["a"]);
    }

    async fn nobody_ends_the_session_of_another(db: Db) {
        create(&db, "a", &of_person(ONE, 20)).await.unwrap();

        let refused = end(&db, OTHER, "a").await;

        assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
        assert_eq!(keys(&db, ONE).await, ["a"]);
    }

    async fn all_others_end_and_this_one_and_those_of_others_stay(db: Db) {
        for id in ["this", "second", "third"] {
            create(&db, id, &of_person(ONE, 20)).await.unwrap();
        }
        create(&db, "another", &of_person(OTHER, 20)).await.unwrap();

        assert_eq!(end_others(&db, ONE, "this").await.unwrap(), 2);

        assert_eq!(keys(&db, ONE).await, ["this"]);
        assert_eq!(keys(&db, OTHER).await, ["another"]);
    }
}
