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
//! says so and passes. Each test has a database of its own, gone when the test ends.

use crate::{Db, StoreError, db::MIGRATIONS};
use sha2::{Digest, Sha256};
use sqlx::{
    AssertSqlSafe, Connection, PgConnection,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{
    fmt::Write,
    future::{Future, poll_fn},
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    pin::pin,
    str::FromStr,
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

/// Runs a story on a fresh PostgreSQL database, which is gone afterwards; says so and passes when
/// no server is named.
///
/// # Panics
/// When the story does, or when the server cannot be used.
pub async fn on_postgres<F: Future<Output = ()>>(story: impl FnOnce(Db) -> F) {
    let Ok(server) = std::env::var(TEST_PG) else {
        println!("not run on PostgreSQL: {TEST_PG} names no server");
        return;
    };
    let name = format!("fifteen_test_{}", Uuid::new_v4().simple());
    let db = fresh_postgres(&server, &name).await.expect("fresh books on PostgreSQL");

    let outcome = caught(story(db.clone())).await;

    // Best effort: a story that keeps a connection must not hide its own outcome.
    let _ = tokio::time::timeout(Duration::from_secs(5), db.close()).await;
    clear_away(&server, &name).await;
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

/// Copies the template, which is migrated once for each set of migrations and server.
async fn fresh_postgres(server: &str, name: &str) -> Result<Db, StoreError> {
    let options = PgConnectOptions::from_str(server)?;
    let mut admin = PgConnection::connect_with(&options).await?;
    let template = template_name();
    // Tests run in many processes at once; one makes the template, the others wait here.
    sqlx::query("select pg_advisory_lock(15, 1500)").execute(&mut admin).await?;
    let known = sqlx::query_scalar::<_, bool>("select true from pg_database where datname = $1")
        .bind(&template)
        .fetch_optional(&mut admin)
        .await?;
    if known.is_none() {
        make_template(&mut admin, &options, &template).await?;
    }
    let copy = format!("create database {name} template {template}");
    sqlx::query(AssertSqlSafe(copy)).execute(&mut admin).await?;
    admin.close().await?;
    let pool = PgPoolOptions::new().max_connections(24).acquire_timeout(Duration::from_secs(10));
    Ok(Db::Pg(pool.connect_with(options.database(name)).await?))
}

/// Migrates under another name, so that a template of the right name is always whole.
async fn make_template(
    admin: &mut PgConnection,
    options: &PgConnectOptions,
    template: &str,
) -> Result<(), StoreError> {
    let making = format!("{template}_making");
    for text in [
        format!("drop database if exists {making} with (force)"),
        format!("create database {making} template template0 encoding 'UTF8' locale 'C.UTF-8'"),
    ] {
        sqlx::query(AssertSqlSafe(text)).execute(&mut *admin).await?;
    }
    let mut fresh = PgConnection::connect_with(&options.clone().database(&making)).await?;
    MIGRATIONS.run(&mut fresh).await?;
    fresh.close().await?;
    let rename = format!("alter database {making} rename to {template}");
    sqlx::query(AssertSqlSafe(rename)).execute(&mut *admin).await?;
    Ok(())
}

fn template_name() -> String {
    let mut hash = Sha256::new();
    for migration in MIGRATIONS.iter() {
        hash.update(migration.version.to_be_bytes());
        hash.update(&migration.checksum);
    }
    let mut name = "fifteen_template_".to_owned();
    for byte in hash.finalize().iter().take(8) {
        write!(name, "{byte:02x}").expect("a string takes every write");
    }
    name
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
