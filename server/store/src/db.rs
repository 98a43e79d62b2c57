//! The two engines behind one handle. SQL is written once; `on!` runs the same text on whichever
//! engine holds the connection.

use crate::StoreError;
use sqlx::{
    PgPool, Postgres, Sqlite, SqlitePool, Transaction,
    migrate::Migrator,
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{str::FromStr, time::Duration};

/// The tables that both engines share.
pub static MIGRATIONS: Migrator = sqlx_macros::migrate!("./migrations");

/// How long a connection waits for another writer or a free place in the pool.
const PATIENCE: Duration = Duration::from_secs(10);

/// An open database.
#[derive(Clone, Debug)]
pub enum Db {
    /// One machine, one file: a single writer and many readers.
    Lite {
        /// Holds exactly one connection, so that writers queue here and not inside SQLite.
        write: SqlitePool,
        /// Readers see the last committed state and never wait for the writer (WAL).
        read: SqlitePool,
    },
    /// For those who outgrow one machine.
    Pg(PgPool),
}

/// A transaction on either engine. Dropped without [`Tx::commit`] it leaves no trace.
#[derive(Debug)]
pub enum Tx {
    /// On SQLite.
    Lite(Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Pg(Transaction<'static, Postgres>),
}

/// Runs one expression on the connection of a [`Tx`], whichever engine it is. The body is compiled
/// once for each engine, so a query that only one of them understands does not slip in by type.
macro_rules! on {
    ($tx:expr, $conn:ident => $body:expr) => {
        match $tx {
            $crate::db::Tx::Lite(tx) => {
                let $conn = &mut **tx;
                $body
            }
            $crate::db::Tx::Pg(tx) => {
                let $conn = &mut **tx;
                $body
            }
        }
    };
}

impl Db {
    /// Opens `sqlite:PATH`, `sqlite::memory:` or `postgres://…` and brings the tables up to date.
    ///
    /// # Errors
    /// [`StoreError::Database`] when it cannot be reached, [`StoreError::Migration`] when the
    /// tables are of a newer or damaged version.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let db = if url.starts_with("sqlite:") {
            Self::open_lite(url).await?
        } else {
            let pool =
                PgPoolOptions::new().max_connections(24).acquire_timeout(PATIENCE).connect(url);
            Self::Pg(pool.await?)
        };
        match &db {
            Self::Lite { write, .. } => MIGRATIONS.run(write).await?,
            Self::Pg(pool) => MIGRATIONS.run(pool).await?,
        }
        Ok(db)
    }

    async fn open_lite(url: &str) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(PATIENCE);
        let pool = |size| SqlitePoolOptions::new().max_connections(size).acquire_timeout(PATIENCE);
        let write = pool(1).connect_with(options.clone()).await?;
        // A database in memory belongs to its one connection.
        let read = if url.contains(":memory:") {
            write.clone()
        } else {
            pool(8).connect_with(options.read_only(true)).await?
        };
        Ok(Self::Lite { write, read })
    }

    /// Begins a transaction that will write. On SQLite it takes the writer's place at once, so it
    /// never fails half way with "busy".
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Lite { write, .. } => Tx::Lite(write.begin_with("begin immediate").await?),
            Self::Pg(pool) => Tx::Pg(pool.begin().await?),
        })
    }

    /// Begins a transaction that only reads: one consistent view of the books.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn read(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Lite { read, .. } => Tx::Lite(read.begin().await?),
            Self::Pg(pool) => {
                Tx::Pg(pool.begin_with("begin isolation level repeatable read read only").await?)
            }
        })
    }

    /// Waits for what is running and closes every connection.
    pub async fn close(&self) {
        match self {
            Self::Lite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Self::Pg(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Makes all of it last.
    ///
    /// # Errors
    /// [`StoreError::Database`]; then nothing of the transaction happened.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Lite(tx) => tx.commit().await?,
            Self::Pg(tx) => tx.commit().await?,
        }
        Ok(())
    }
}
