//! The question a week later and the thanks, on both engines.

use super::*;
use crate::{
    example::*,
    requests::{self, thanks},
};
use domain::{
    clock::DAY,
    requests::{Good, Rating, Step, submission::Submission},
};

/// Granny was brought to the doctor, and it was closed.
async fn escorted(db: &Db) -> (String, Millis) {
    let code = an_accepted(db, &Submission { category: Category::Escort, ..leak() }).await;
    let (zhai, granny) = (volunteer(db, 1).await, granny(db).await);
    go(db, &code, Step::Claim, &zhai, later(2)).await;
    go(db, &code, Step::Start, &zhai, later(3)).await;
    go(db, &code, Step::Finish(minutes(&zhai, 30), None), &granny, later(40)).await;
    let leader = captain_of(db, CORPS).await;
    let closed = go(db, &code, Step::Approve(minutes(&zhai, 30), None), &leader, later(50)).await;
    (code, closed.since)
}

both_engines! {
    async fn who_was_escorted_is_asked_once_a_week_later_whatever_restarts(db: Db) {
        let (code, closed) = escorted(&db).await;
        a_closed_request(&db).await;
        let week = closed + 7 * DAY;

        let early = ask(&db, week - 1).await.unwrap();
        every_connection_is_open(&db).await;
        let asked = at_once(4, |_| {
            let db = db.clone();
            async move { ask(&db, week).await.unwrap() }
        })
        .await;
        let again = ask(&db, week + DAY).await.unwrap();

        assert_eq!((early, asked.iter().sum::<u64>(), again), (0, 1, 0));
        let told: i64 = value!(&db, "select count(*) from notices where kind = 'after'");
        assert_eq!(told, 1);
        let question = question(&db, &code, &granny(&db).await).await.unwrap();
        assert!(question.own && question.answer.is_none());
    }

    async fn after_a_long_outage_it_is_not_asked_any_more(db: Db) {
        let (_, closed) = escorted(&db).await;

        assert_eq!(ask(&db, closed + 21 * DAY).await.unwrap(), 0);
        assert_eq!(ask(&db, closed + 20 * DAY).await.unwrap(), 1);
    }

    async fn who_asked_answers_once_and_a_word_reaches_the_captain(db: Db) {
        let (code, closed) = escorted(&db).await;
        let week = closed + 7 * DAY;
        let (granny, zhai) = (granny(&db).await, volunteer(&db, 1).await);
        let leader = captain(&db).await;
        let unasked = answer(&db, &code, Answer::Well, None, &granny, week).await;
        ask(&db, week).await.unwrap();
        let waits = waiting(&db, granny.id).await.unwrap();

        let stranger = answer(&db, &code, Answer::Well, None, &zhai, week).await;
        let captains = answer(&db, &code, Answer::Well, None, &leader, week).await;
        answer(&db, &code, Answer::Tell, Some("药快吃完了"), &granny, week).await.unwrap();
        let twice = answer(&db, &code, Answer::Well, None, &granny, week).await;

        let over = waiting(&db, granny.id).await.unwrap();
        assert_eq!((waits.as_ref(), over), (Some(&code), None));
        assert_eq!(waiting(&db, zhai.id).await.unwrap(), None);
        assert!(matches!(unasked, Err(StoreError::NotFound)), "{unasked:?}");
        assert!(matches!(stranger, Err(StoreError::NotFound)), "{stranger:?}");
        assert!(matches!(captains, Err(StoreError::Refused(_))), "{captains:?}");
        assert!(matches!(twice, Err(StoreError::Refused(_))), "{twice:?}");
        let read = question(&db, &code, &leader).await.unwrap();
        assert_eq!((read.said.as_deref(), read.own), (Some("药快吃完了"), false));
        let told: i64 = value!(&db, "select count(*) from notices where kind = 'said' and person = $1", leader.id.0);
        assert_eq!(told, 1);
    }

    async fn thanks_stand_where_who_asked_agrees_and_go_when_the_captain_hides_them(db: Db) {
        let (granny, leader) = (granny(&db).await, captain(&db).await);
        let (agreed, silent, low) =
            (a_closed_request(&db).await, a_closed_request(&db).await, a_closed_request(&db).await);
        for (code, stars, shown) in [(&agreed, 5, true), (&silent, 5, false), (&low, 3, true)] {
            let said = Rating::new(stars, Some("手真巧".into()));
            let step = Step::Rate(Rating { good: vec![Good::Quick, Good::Kind], ..said });
            thanks::rate(&db, code, &step, shown, &granny, later(99)).await.unwrap();
        }

        let seen = thanks::of_village(&db, VILLAGE, 9, 0).await.unwrap();
        let next = thanks::of_village(&db, NEXT_VILLAGE, 9, 0).await.unwrap();
        let refused = thanks::hide(&db, &agreed, "x", &granny, later(100)).await;
        thanks::hide(&db, &agreed, "说了病", &leader, later(100)).await.unwrap();

        assert_eq!(seen.iter().map(|one| &one.code).collect::<Vec<_>>(), [&agreed]);
        assert_eq!((seen[0].stars, seen[0].helpers.len()), (5, 1));
        assert_eq!(seen[0].good, [Good::Quick, Good::Kind]);
        assert_eq!(next, []);
        assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
        assert_eq!(thanks::of_village(&db, VILLAGE, 9, 0).await.unwrap(), []);
        let twice = requests::apply(&db, &agreed, &Step::Rate(Rating::new(5, None)), &granny, later(101)).await;
        assert!(twice.is_err(), "rated once");
    }
}
