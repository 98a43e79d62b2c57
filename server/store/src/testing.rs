//! Fresh databases for tests, on both engines.
//!
//! ```ignore
//! store::both_engines! {
//!     async fn nobody_gets_a_place_twice(db: Db) {
//!         let mut tx = db.begin().await.unwrap();
//!         …
//!     }
//! }
//! ```
//! becomes `nobody_gets_a_place_twice::on_sqlite` and `::on_postgres`. PostgreSQL runs on the server
//! named by `FIFTEEN_TEST_PG` (postgres://postgres@127.0.0.1:5555/postgres); without it that half
//! says so and passes. While it runs, a test has its database to itself.

mod turns;

use crate::{Db, StoreError};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::{
    future::{Future, poll_fn},
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    pin::pin,
    task::Poll,
    time::Duration,
};
use uuid::Uuid;

/// The setting that names the PostgreSQL server for tests.
pub const TEST_PG: &str = "FIFTEEN_TEST_PG";

/// Two tests for each story, one on each engine. The parameter's type must be written `Db`.
#[macro_export]
macro_rules! both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($db:ident: Db) $story:block)+) => {
        $(
            $(#[$meta])*
            mod $name {
                #[allow(unused_imports)]
                use super::*;

                async fn story($db: $crate::Db) $story

                #[::tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn on_sqlite() {
                    $crate::testing::on_sqlite(story).await;
                }

                #[::tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn on_postgres() {
                    $crate::testing::on_postgres(story).await;
                }
            }
        )+
    };
}

/// Runs a story on a fresh SQLite file, which is gone afterwards.
///
/// # Panics
/// When the story does, or when the file cannot be made.
pub async fn on_sqlite<F: Future<Output = ()>>(story: impl FnOnce(Db) -> F) {
    let folder = tempfile::tempdir().expect("a folder for a test");
    let url = format!("sqlite:{}", folder.path().join("books.db").display());
    let db = Db::open(&url).await.expect("fresh books");

    let outcome = caught(story(db.clone())).await;

    db.close().await;
    drop(folder);
    outcome.unwrap_or_else(|panic| resume_unwind(panic));
}

/// Runs a story on a PostgreSQL database that looks fresh; says so and passes when no server is
/// named.
///
/// # Panics
/// When the story does, or when the server cannot be used.
pub async fn on_postgres<F: Future<Output = ()>>(story: impl FnOnce(Db) -> F) {
    let Ok(server) = std::env::var(TEST_PG) else {
        println!("not run on PostgreSQL: {TEST_PG} names no server");
        return;
    };
    let (db, turn) = turns::take(&server).await.expect("fresh books on PostgreSQL");

    let outcome = caught(story(db.clone())).await;

    // Best effort: a story that keeps a connection must not hide its own outcome.
    let _ = tokio::time::timeout(Duration::from_secs(5), db.close()).await;
    drop(turn);
    outcome.unwrap_or_else(|panic| resume_unwind(panic));
}

/// Runs a story that opens its books itself, and more than once: on a fresh SQLite file, which is gone
/// afterwards.
///
/// # Panics
/// When the story does, or when the file cannot be made.
pub async fn at_sqlite<F: Future<Output = ()>>(story: impl FnOnce(String) -> F) {
    let folder = tempfile::tempdir().expect("a folder for a test");
    story(format!("sqlite:{}", folder.path().join("books.db").display())).await;
}

/// The same on a fresh PostgreSQL database; says so and passes when no server is named.
///
/// # Panics
/// When the story does, or when the server cannot be used.
pub async fn at_postgres<F: Future<Output = ()>>(story: impl FnOnce(String) -> F) {
    let Ok(server) = std::env::var(TEST_PG) else {
        println!("not run on PostgreSQL: {TEST_PG} names no server");
        return;
    };
    let url = fresh_postgres_url(&server).await.expect("fresh books on PostgreSQL");
    let outcome = caught(story(url.clone())).await;
    clear_away(&server, url.rsplit('/').next().unwrap_or_default()).await;
    outcome.unwrap_or_else(|panic| resume_unwind(panic));
}

/// Best effort: what cannot be cleared away goes with the server.
async fn clear_away(server: &str, name: &str) {
    if let Ok(mut admin) = PgConnection::connect(server).await {
        let drop = format!("drop database if exists {name} with (force)");
        let _ = sqlx::query(AssertSqlSafe(drop)).execute(&mut admin).await;
    }
}

/// A database of its own on a PostgreSQL server, for a bench: it stays until the server goes.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn fresh_postgres_url(server: &str) -> Result<String, StoreError> {
    let name = format!("fifteen_bench_{}", Uuid::new_v4().simple());
    let mut admin = PgConnection::connect(server).await?;
    let make =
        format!("create database {name} template template0 encoding 'UTF8' locale 'C.UTF-8'");
    sqlx::query(AssertSqlSafe(make)).execute(&mut admin).await?;
    admin.close().await?;
    Ok(match server.rsplit_once('/') {
        Some((before, _)) => format!("{before}/{name}"),
        None => server.to_owned(),
    })
}

/// Has PostgreSQL count its rows now, as it would by itself within a minute.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn analyze(db: &Db) -> Result<(), StoreError> {
    if let Db::Pg(pool) = db {
        sqlx::query("analyze").execute(pool).await?;
    }
    Ok(())
}

/// Runs to the end even when the story panics, so that its database can be cleared away.
async fn caught<F: Future<Output = ()>>(story: F) -> std::thread::Result<()> {
    let mut story = pin!(story);
    poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| story.as_mut().poll(cx))) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(())) => Poll::Ready(Ok(())),
        Err(panic) => Poll::Ready(Err(panic)),
    })
    .await
}

#[cfg(test)]
mod tests {

    both_engines! {
        async fn every_test_has_books_of_its_own(db: Db) {
            let mut tx = db.begin().await.unwrap();
            let areas: i64 = on!(&mut tx, conn => {
                sqlx::query_scalar("select count(*) from areas").fetch_one(conn).await
            })
            .unwrap();
            on!(&mut tx, conn => {
                sqlx::query("insert into areas (id, kind, name) values (1, 'city', '任丘市')")
                    .execute(conn)
                    .await
                    .map(|_| ())
            })
            .unwrap();
            tx.commit().await.unwrap();

            assert_eq!(areas, 0);
        }
    }
}
