//! Notices on both engines: in the transaction of the move, once, and to nobody else.

use super::*;
use crate::{example::*, requests, retention, rights::leaving};
use domain::{
    clock::DAY,
    people::Actor,
    requests::{Step, reasons::ReleaseReason},
};

async fn lines(db: &Db, who: &Actor) -> Vec<(Notice, Option<Move>, State)> {
    let lines = list(db, who.id, 50, 0).await.unwrap();
    lines.into_iter().rev().map(|one| (one.notice, one.mv, one.became)).collect()
}

both_engines! {
    async fn each_is_told_what_concerns_them_and_nobody_what_they_did(db: Db) {
        let (granny, leader) = (granny(&db).await, captain(&db).await);
        let (zhai, other) = (volunteer(&db, 1).await, volunteer(&db, 2).await);
        let beyond = volunteer_of(&db, 3, VILLAGE, Some(OTHER_SQUAD)).await;
        let code = filed(&db, &leak()).await;
        go(&db, &code, Step::Accept, &leader, later(1)).await;
        go(&db, &code, Step::Claim, &zhai, later(2)).await;
        let release = Step::Release(zhai.id, ReleaseReason::CannotCome);
        go(&db, &code, release, &zhai, later(3)).await;

        use Notice::{Again, Filled, Moved, New};
        assert_eq!(
            lines(&db, &granny).await,
            [
                (Moved, Some(Move::Accept), State::Open),
                (Moved, Some(Move::Claim), State::Claimed),
                (Moved, Some(Move::Release), State::Open),
            ]
        );
        assert_eq!(
            lines(&db, &leader).await,
            [(New, None, State::Submitted), (Moved, Some(Move::Release), State::Open)]
        );
        assert_eq!(
            lines(&db, &other).await,
            [
                (New, Some(Move::Accept), State::Open),
                (Filled, Some(Move::Claim), State::Claimed),
                (Again, Some(Move::Release), State::Open),
            ]
        );
        assert_eq!(lines(&db, &zhai).await, [(New, Some(Move::Accept), State::Open)]);
        assert_eq!(lines(&db, &beyond).await, [], "another circle");
    }

    async fn a_refused_move_tells_nobody(db: Db) {
        let code = an_open_request(&db).await;
        let before: i64 = value!(&db, "select count(*) from notices");

        let refused = requests::apply(&db, &code, &Step::Start, &granny(&db).await, now()).await;

        let after: i64 = value!(&db, "select count(*) from notices");
        assert!(refused.is_err());
        assert_eq!(before, after);
    }

    async fn what_is_private_is_told_to_the_captain_without_its_words(db: Db) {
        let (leader, zhai) = (captain(&db).await, volunteer(&db, 1).await);

        an_accepted(&db, &quarrel()).await;

        let told = list(&db, leader.id, 9, 0).await.unwrap();
        assert_eq!((told.len(), told[0].words.as_deref()), (1, None));
        assert_eq!(told[0].category, Category::Mediation);
        assert_eq!(lines(&db, &zhai).await, []);
    }

    async fn the_unread_are_counted_until_they_are_read_and_what_comes_later_stays(db: Db) {
        let granny = granny(&db).await;
        let code = an_open_request(&db).await;
        go(&db, &code, Step::Claim, &volunteer(&db, 1).await, later(5)).await;
        let all = unread(&db, granny.id).await.unwrap();

        have_read(&db, granny.id, later(4), later(6)).await.unwrap();

        assert_eq!((all, unread(&db, granny.id).await.unwrap()), (2, 1));
        let read: Vec<_> =
            list(&db, granny.id, 9, 0).await.unwrap().iter().map(|one| one.unread).collect();
        assert_eq!(read, [true, false]);
        assert_eq!(list(&db, granny.id, 9, 1).await.unwrap().len(), 1);
    }

    async fn what_was_read_is_forgotten_after_ninety_days_and_what_was_not_stays(db: Db) {
        let granny = granny(&db).await;
        let code = an_open_request(&db).await;
        have_read(&db, granny.id, now(), now()).await.unwrap();
        go(&db, &code, Step::Claim, &volunteer(&db, 1).await, later(5)).await;

        let early = forget(&db, now() + 90 * DAY - 1).await.unwrap();
        let late = forget(&db, now() + 90 * DAY).await.unwrap();

        assert_eq!((early, late, unread(&db, granny.id).await.unwrap()), (0, 1, 1));
    }

    async fn who_is_erased_has_no_notices_and_who_leaves_gets_none(db: Db) {
        let zhai = volunteer(&db, 1).await;
        an_open_request(&db).await;
        let before = unread(&db, zhai.id).await.unwrap();

        let on = leaving::leave(&db, &zhai, now()).await.unwrap();
        an_open_request(&db).await;
        let while_leaving = unread(&db, zhai.id).await.unwrap();
        retention::erase_people(&db, on).await.unwrap();

        assert_eq!((before, while_leaving, unread(&db, zhai.id).await.unwrap()), (1, 1, 0));
    }
}
