//! A lived-in book is whole; whatever is done to it by hand shows.

use super::*;
use crate::Db;
use crate::{example::*, requests::reading::read};
use domain::{
    people::Actor,
    requests::{Rating, Step, reasons::ReopenReason, referral::Office},
};
use sqlx::AssertSqlSafe;

/// A day in the village: ten moves of two requests, three of them with a note, and the captain's
/// four looks.
///
/// | seq | move | note |
/// |---|---|---|
/// | 1–6 | submit, accept, claim, start, finish, approve of the first | 5 |
/// | 7 | rate | 7 |
/// | 8–9 | submit, decline of the second | 9 |
/// | 10 | reopen | |
async fn a_lived_in_book(db: &Db) -> String {
    let (granny, captain) = (granny(db).await, captain(db).await);
    let first = a_closed_request(db).await;
    go(db, &first, Step::Rate(Rating::new(5, Some("谢谢".into()))), &granny, later(1)).await;
    let second = filed(db, &leak()).await;
    let decline = Step::Refer(Office::Hotline, Some("打 12345".into()));
    go(db, &second, decline, &captain, later(2)).await;
    go(db, &first, Step::Reopen(ReopenReason::CameBack), &granny, later(3)).await;
    for n in 4..8 {
        look(db, &first, &captain, n).await;
    }
    first
}

async fn look(db: &Db, code: &str, who: &Actor, minute: i64) {
    read(db, code, Some(who), later(minute)).await.unwrap();
}

async fn is_whole(db: &Db) -> String {
    match verify(db).await.unwrap() {
        Verdict::Whole { rows, head } => {
            assert_eq!(rows, 14);
            head
        }
        broken @ Verdict::Broken { .. } => panic!("{broken:?}"),
    }
}

/// Where the book is broken, and which.
async fn broken(db: &Db) -> (i64, String) {
    match verify(db).await.unwrap() {
        Verdict::Broken { seq, why } => (seq, why),
        whole @ Verdict::Whole { .. } => panic!("nobody noticed: {whole:?}"),
    }
}

async fn broken_by(db: &Db, sql: &'static str) -> (i64, String) {
    a_lived_in_book(db).await;
    assert_ne!(by_hand!(db, sql), 0);
    broken(db).await
}

/// Does some damage to the fourth row and takes it back: both must show.
async fn shows(db: &Db, table: &str, column: &str, wrong: &str) {
    let kept = format!("kept_{column}");
    for sql in [
        format!("create table {kept} as select {column} as was from {table} where seq = 4"),
        format!("update {table} set {column} = {wrong} where seq = 4"),
    ] {
        by_hand!(db, AssertSqlSafe(sql));
    }

    let (seq, why) = broken(db).await;

    assert_eq!(seq, 4, "{column}: {why}");
    assert!(why.starts_with(if table == "history" { "history: " } else { "access: " }), "{why}");
    let back = format!("update {table} set {column} = (select was from {kept}) where seq = 4");
    by_hand!(db, AssertSqlSafe(back));
    is_whole(db).await;
}

both_engines! {
    async fn an_empty_book_is_whole(db: Db) {
        let verdict = verify(&db).await.unwrap();

        assert_eq!(verdict, Verdict::Whole { rows: 0, head: String::new() });
    }

    async fn a_lived_in_book_is_whole_and_its_head_is_the_newest_move(db: Db) {
        a_lived_in_book(&db).await;

        let head = is_whole(&db).await;

        let newest: String = value!(&db, "select hash from history where seq = 10");
        assert_eq!(head, newest);
    }

    async fn a_book_of_more_than_one_batch_is_walked_to_its_end(db: Db) {
        let code = an_open_request(&db).await;
        let mut tx = db.begin().await.unwrap();
        let request = RequestId(value!(&db, "select id from requests where code = $1", &code));
        for n in 0..1_100 {
            note_look(&mut tx, request, PersonId(Uuid::from_u128(1)), later(n)).await.unwrap();
        }
        tx.commit().await.unwrap();
        let whole = verify(&db).await.unwrap();
        by_hand!(&db, "update access_log set at = at + 1 where seq = 1050");

        let (seq, _) = broken(&db).await;

        assert!(matches!(whole, Verdict::Whole { rows: 1_102, .. }), "{whole:?}");
        assert_eq!(seq, 1_050);
    }

    async fn no_field_of_a_move_is_altered_unseen(db: Db) {
        a_lived_in_book(&db).await;
        for (column, wrong) in [
            ("request", "(select id from requests where state = 'declined')"),
            ("at", "at + 1"),
            ("who", "(select id from people where surname = '梁')"),
            ("who", "null"),
            ("move", "'finish'"),
            ("was", "'open'"),
            ("was", "null"),
            ("became", "'done'"),
            ("about", "(select id from people where surname = '李')"),
            ("reason", "'at_once'"),
            ("reason", "''"),
            ("note", "'他没来'"),
            ("note_hash", "''"),
            ("prev", "''"),
            ("hash", "prev"),
        ] {
            shows(&db, "history", column, wrong).await;
            by_hand!(&db, AssertSqlSafe(format!("drop table kept_{column}")));
        }
    }

    async fn no_field_of_a_look_is_altered_unseen(db: Db) {
        a_lived_in_book(&db).await;
        for (column, wrong) in [
            ("request", "(select id from requests where state = 'declined')"),
            ("at", "at - 1"),
            ("who", "(select id from people where surname = '李')"),
            ("prev", "''"),
            ("hash", "prev"),
        ] {
            shows(&db, "access_log", column, wrong).await;
        }
    }

    async fn a_note_is_erased_and_the_book_stays_whole(db: Db) {
        let code = a_lived_in_book(&db).await;
        let before = is_whole(&db).await;

        let erased = by_hand!(&db, "update history set note = null where note is not null");

        assert_eq!((erased, is_whole(&db).await), (3, before));
        let granny = granny(&db).await;
        let seen = read(&db, &code, Some(&granny), later(9)).await.unwrap();
        assert!(seen.events.iter().all(|event| event.note.is_none()));
    }

    async fn a_note_is_not_altered_unseen(db: Db) {
        let (seq, why) = broken_by(&db, "update history set note = '没修好' where seq = 5").await;

        assert_eq!((seq, why.as_str()), (5, "history: the note was altered"));
    }

    async fn a_note_is_not_slipped_in_unseen(db: Db) {
        let (seq, why) = broken_by(&db, "update history set note = '收了钱' where seq = 3").await;

        assert_eq!((seq, why.as_str()), (3, "history: the note was altered"));
    }

    async fn a_note_does_not_vanish_together_with_its_hash(db: Db) {
        let sql = "update history set note = null, note_hash = null where seq = 9";

        let (seq, why) = broken_by(&db, sql).await;

        assert_eq!((seq, why.as_str()), (9, "history: the row was altered"));
    }

    async fn a_move_in_the_middle_is_not_torn_out_unseen(db: Db) {
        let (seq, why) = broken_by(&db, "delete from history where seq = 6").await;

        assert_eq!((seq, why.as_str()), (6, "history: a row is missing"));
    }

    async fn the_first_move_is_not_torn_out_unseen(db: Db) {
        let (seq, _) = broken_by(&db, "delete from history where seq = 1").await;

        assert_eq!(seq, 1);
    }

    async fn the_newest_move_is_not_torn_out_unseen(db: Db) {
        let (seq, why) = broken_by(&db, "delete from history where seq = 10").await;

        assert_eq!((seq, why.as_str()), (10, "history: the newest rows are missing"));
    }

    async fn all_moves_are_not_torn_out_unseen(db: Db) {
        let (seq, _) = broken_by(&db, "delete from history").await;

        assert_eq!(seq, 1);
    }

    async fn two_moves_are_not_swapped_unseen(db: Db) {
        a_lived_in_book(&db).await;
        for sql in [
            "update history set seq = -1 where seq = 3",
            "update history set seq = 3 where seq = 4",
            "update history set seq = 4 where seq = -1",
        ] {
            by_hand!(&db, sql);
        }

        assert_eq!(broken(&db).await.0, 3);
    }

    async fn a_move_that_nobody_made_is_not_added_unseen(db: Db) {
        let sql = "insert into history (seq, request, at, who, move, was, became, prev, hash)
                   select 11, request, at, who, move, was, became, hash, hash
                   from history where seq = 10";

        let (seq, _) = broken_by(&db, sql).await;

        assert_eq!(seq, 11);
    }

    async fn a_move_torn_out_is_not_covered_by_renumbering(db: Db) {
        a_lived_in_book(&db).await;
        by_hand!(&db, "delete from history where seq = 9");
        by_hand!(&db, "update history set seq = 9 where seq = 10");
        by_hand!(&db, "update chains set seq = 9 where name = 'history'");

        let (seq, why) = broken(&db).await;

        assert_eq!((seq, why.as_str()), (9, "history: it does not follow the row before"));
    }

    /// Whoever rewrites the end of the book with all its hashes is found by the head alone: that
    /// is what noting it elsewhere is for.
    async fn a_book_cut_off_with_care_has_another_head(db: Db) {
        a_lived_in_book(&db).await;
        let noted = is_whole(&db).await;
        by_hand!(&db, "delete from history where seq = 10");
        by_hand!(
            &db,
            "update chains set seq = 9, hash = (select hash from history where seq = 9)
             where name = 'history'",
        );

        let verdict = verify(&db).await.unwrap();

        let Verdict::Whole { rows: 13, head } = verdict else { panic!("{verdict:?}") };
        assert_ne!(head, noted);
    }

    async fn a_look_in_the_middle_is_not_torn_out_unseen(db: Db) {
        let (seq, why) = broken_by(&db, "delete from access_log where seq = 2").await;

        assert_eq!((seq, why.as_str()), (2, "access: a row is missing"));
    }

    async fn the_newest_look_is_not_torn_out_unseen(db: Db) {
        let (seq, why) = broken_by(&db, "delete from access_log where seq = 4").await;

        assert_eq!((seq, why.as_str()), (4, "access: the newest rows are missing"));
    }

    async fn two_looks_are_not_swapped_unseen(db: Db) {
        a_lived_in_book(&db).await;
        for sql in [
            "update access_log set seq = -1 where seq = 1",
            "update access_log set seq = 1 where seq = 2",
            "update access_log set seq = 2 where seq = -1",
        ] {
            by_hand!(&db, sql);
        }

        assert_eq!(broken(&db).await.0, 1);
    }
}
