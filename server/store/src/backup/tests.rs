//! Copies on a real disk: with a writer at work, put back, refused.

use super::*;
use crate::{Db, StoreError, sessions};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use tempfile::{TempDir, tempdir};

struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempdir().unwrap())
    }

    fn url(&self, name: &str) -> String {
        format!("sqlite:{}", self.path(name).display())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

fn kept() -> sessions::Kept<'static> {
    sessions::Kept { data: "{}", expires: 100, owner: None }
}

async fn with_sessions(url: &str, count: usize) -> Db {
    let db = Db::open(url).await.unwrap();
    for n in 0..count {
        sessions::create(&db, &format!("{n:06}"), &kept()).await.unwrap();
    }
    db
}

async fn count(url: &str) -> i64 {
    let db = Db::open(url).await.unwrap();
    let mut tx = db.read().await.unwrap();
    let count = on!(&mut tx, conn => {
        sqlx::query_scalar("select count(*) from sessions").fetch_one(conn).await
    })
    .unwrap();
    drop(tx);
    db.close().await;
    count
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_is_taken_while_somebody_writes_and_holds_an_unbroken_row_of_entries() {
    let place = Place::new();
    let db = with_sessions(&place.url("books.db"), 10).await;
    let stop = Arc::new(AtomicBool::new(false));
    let writer = tokio::spawn({
        let (db, stop) = (db.clone(), Arc::clone(&stop));
        async move {
            let mut n = 10;
            while !stop.load(Ordering::Relaxed) {
                sessions::create(&db, &format!("{n:06}"), &kept()).await?;
                n += 1;
            }
            Ok::<i64, StoreError>(n)
        }
    });

    let before = sqlx_count(&db).await;
    backup(&place.url("books.db"), &place.path("copy.db")).await.unwrap();
    let after = sqlx_count(&db).await;
    stop.store(true, Ordering::Relaxed);
    let written = writer.await.unwrap().unwrap();
    restore(&place.path("copy.db"), &place.url("new/again.db"), false).await.unwrap();
    let copied = count(&place.url("new/again.db")).await;

    assert!((before..=after).contains(&copied), "{before} {copied} {after}");
    assert_eq!(sqlx_count(&db).await, written);
}

async fn sqlx_count(db: &Db) -> i64 {
    let mut tx = db.read().await.unwrap();
    on!(&mut tx, conn => {
        sqlx::query_scalar("select count(*) from sessions").fetch_one(conn).await
    })
    .unwrap()
}

#[tokio::test]
async fn a_copy_is_taken_of_a_house_that_is_closed() {
    let place = Place::new();
    with_sessions(&place.url("books.db"), 3).await.close().await;

    backup(&place.url("books.db"), &place.path("copy.db")).await.unwrap();

    assert_eq!(count(&place.url("copy.db")).await, 3);
}

#[tokio::test]
async fn nothing_is_overwritten_unasked() {
    let place = Place::new();
    with_sessions(&place.url("books.db"), 3).await.close().await;
    with_sessions(&place.url("other.db"), 5).await.close().await;
    backup(&place.url("books.db"), &place.path("copy.db")).await.unwrap();

    let again = backup(&place.url("books.db"), &place.path("copy.db")).await;
    let unasked = restore(&place.path("copy.db"), &place.url("other.db"), false).await;

    assert!(matches!(again, Err(BackupError::Exists(_))), "{again:?}");
    assert!(matches!(unasked, Err(BackupError::Exists(_))), "{unasked:?}");
    assert_eq!(count(&place.url("other.db")).await, 5);
    restore(&place.path("copy.db"), &place.url("other.db"), true).await.unwrap();
    assert_eq!(count(&place.url("other.db")).await, 3);
}

#[tokio::test]
async fn books_that_are_open_are_not_replaced() {
    let place = Place::new();
    let db = with_sessions(&place.url("books.db"), 3).await;
    backup(&place.url("books.db"), &place.path("copy.db")).await.unwrap();
    sessions::create(&db, "later", &kept()).await.unwrap();

    let refused = restore(&place.path("copy.db"), &place.url("books.db"), true).await;

    assert!(matches!(refused, Err(BackupError::InUse(_))), "{refused:?}");
    assert_eq!(sqlx_count(&db).await, 4);
}

#[tokio::test]
async fn a_damaged_copy_is_refused_and_the_books_stay() {
    let place = Place::new();
    with_sessions(&place.url("books.db"), 2_000).await.close().await;
    backup(&place.url("books.db"), &place.path("copy.db")).await.unwrap();
    let mut bytes = std::fs::read(place.path("copy.db")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 4096].fill(0x5a);
    std::fs::write(place.path("damaged.db"), bytes).unwrap();
    std::fs::write(place.path("letter.db"), "not a database at all".repeat(99)).unwrap();

    for name in ["damaged.db", "letter.db"] {
        let refused = restore(&place.path(name), &place.url("books.db"), true).await;
        assert!(matches!(refused, Err(BackupError::Unfit(..))), "{name}: {refused:?}");
    }
    assert_eq!(count(&place.url("books.db")).await, 2_000);
}

#[tokio::test]
async fn a_copy_of_a_newer_version_or_of_another_program_is_refused() {
    let place = Place::new();
    for (name, text) in [
        ("newer.db", "insert into _sqlx_migrations values (9999, 'later', '', true, x'00', 0)"),
        ("changed.db", "update _sqlx_migrations set checksum = x'00' where version = 1"),
        ("other.db", "drop table _sqlx_migrations"),
    ] {
        with_sessions(&place.url(name), 1).await.close().await;
        let mut conn = open(&place.path(name)).connect().await.unwrap();
        sqlx::query(text).execute(&mut conn).await.unwrap();
        conn.close().await.unwrap();

        let refused = restore(&place.path(name), &place.url("books.db"), false).await;

        assert!(matches!(refused, Err(BackupError::Unfit(..))), "{name}: {refused:?}");
        assert!(!place.path("books.db").exists());
    }
}

#[tokio::test]
async fn postgresql_is_left_to_its_own_tools() {
    let refused = backup("postgres://localhost/fifteen", Path::new("copy.db")).await.unwrap_err();

    assert!(refused.to_string().contains("pg_dump"), "{refused}");
}
