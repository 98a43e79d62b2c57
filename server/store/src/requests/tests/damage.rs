//! Rows that the checks of the tables should have kept out are said to be damaged, not panicked on.

use super::*;
use crate::requests::{lists, reading};
use domain::people::Reach;

/// Takes the checks of the tables away, as a broken disk or a hasty hand would.
async fn without_checks(db: &Db) {
    match db {
        // The writer's only connection keeps the setting.
        Db::Lite { .. } => {
            by_hand!(db, "pragma ignore_check_constraints = on");
        }
        Db::Pg(_) => {
            for sql in [
                "alter table requests drop constraint requests_category",
                "alter table requests drop constraint requests_urgency",
                "alter table requests drop constraint requests_state",
                "alter table requests drop constraint requests_due",
                "alter table requests drop constraint requests_needed",
                "alter table requests drop constraint requests_stars",
                "alter table posts drop constraint posts_kind",
                "alter table posts drop constraint posts_over",
            ] {
                by_hand!(db, sql);
            }
        }
    }
}

both_engines! {
    async fn a_request_with_a_word_or_number_that_the_rules_do_not_know_is_damaged(db: Db) {
        let (code, captain) = (filed(&db, &leak()).await, captain(&db).await);
        without_checks(&db).await;

        for (damage, repair) in [
            ("update requests set category = 'magic'", "update requests set category = 'repair'"),
            ("update requests set urgency = 'never'", "update requests set urgency = 'normal'"),
            ("update requests set state = 'lost'", "update requests set state = 'submitted'"),
            ("update requests set needed = 300", "update requests set needed = 1"),
            ("update requests set stars = -1", "update requests set stars = null"),
        ] {
            by_hand!(&db, damage);

            let read = reading::read(&db, &code, Some(&captain), now()).await.map(|_| ());
            let moved = apply(&db, &code, &Step::Accept, &captain, now()).await.map(|_| ());
            let listed = lists::mine(&db, granny(&db).await.id, 9).await.map(|_| ());

            for outcome in [read, moved, listed] {
                let Err(StoreError::Corrupt(what)) = outcome else {
                    panic!("{damage}: {outcome:?}")
                };
                assert!(what.contains(&code), "{what}");
            }
            by_hand!(&db, repair);
        }
        assert_eq!(lines(&db, &code).await.len(), 1);
        go(&db, &code, Step::Accept, &captain, now()).await;
    }

    async fn one_damaged_request_is_found_in_every_list(db: Db) {
        let (code, zhai) = (a_claimed_request(&db).await, volunteer(&db, 1).await);
        without_checks(&db).await;
        by_hand!(&db, "update requests set needed = 300 where code = $1", code);

        let ring = domain::requests::card::Ring::Village;
        let board = lists::board(&db, &home(), ring, 9).await.map(|_| ());
        let inbox = lists::inbox(&db, Reach::City, 9).await.map(|_| ());
        let helping = lists::helping(&db, zhai.id, 9).await.map(|_| ());

        for outcome in [board, inbox, helping] {
            assert!(matches!(outcome, Err(StoreError::Corrupt(_))), "{outcome:?}");
        }
    }

    async fn a_move_or_state_in_the_history_that_nobody_knows_is_damaged(db: Db) {
        let (code, captain) = (an_open_request(&db).await, captain(&db).await);

        for (damage, repair) in [
            (
                "update history set move = 'teleport' where seq = 2",
                "update history set move = 'accept' where seq = 2",
            ),
            (
                "update history set became = 'lost' where seq = 2",
                "update history set became = 'open' where seq = 2",
            ),
        ] {
            by_hand!(&db, damage);

            let outcome = reading::read(&db, &code, Some(&captain), now()).await;

            assert!(matches!(outcome, Err(StoreError::Corrupt(_))), "{outcome:?}");
            by_hand!(&db, repair);
        }
        assert!(reading::read(&db, &code, Some(&captain), now()).await.is_ok());
    }

    async fn a_post_of_a_kind_that_nobody_knows_is_damaged(db: Db) {
        let captain = captain(&db).await;
        without_checks(&db).await;
        by_hand!(&db, "update posts set kind = 'king'");

        let outcome = people::actor(&db, captain.id, now()).await;

        assert!(matches!(outcome, Err(StoreError::Corrupt(_))), "{outcome:?}");
    }
}
