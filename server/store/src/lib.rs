//! The books: the only place with SQL. Every verb is one transaction that loads, asks the domain,
//! saves and writes history; one SQL text serves SQLite and PostgreSQL.

#[macro_use]
pub mod db;
#[macro_use]
mod hourly;
#[cfg(any(test, feature = "testing"))]
#[macro_use]
pub mod testing;

pub mod abuse;
pub mod areas;
pub mod backup;
pub mod bench;
pub mod cards;
mod chain;
pub mod clock;
pub mod codes;
pub mod consents;
pub mod credentials;
pub mod data_log;
pub mod deeds;
pub mod demo;
pub mod error;
#[cfg(test)]
mod example;
pub mod exports;
pub mod health;
pub mod history;
pub mod imports;
pub mod limits;
pub mod live;
pub mod looks;
pub mod notices;
pub mod organisation;
pub mod people;
pub mod posts;
pub mod requests;
pub mod retention;
pub mod rights;
pub mod sessions;
pub mod simulation;
mod standing;
pub mod volunteers;

pub use db::{Db, Tx};
pub use error::StoreError;
