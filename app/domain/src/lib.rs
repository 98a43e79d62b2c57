//! The rules of the house, as plain values and functions.
//!
//! Nothing here reads a clock, a database or a request: time and chance come in as values, and
//! everything runs the same on the server and in the browser. Times are [`Millis`].

#[macro_use]
mod keyed;

pub mod abuse;
pub mod areas;
pub mod beside;
pub mod cards;
pub mod clock;
pub mod consent;
pub mod credentials;
pub mod dates;
pub mod deeds;
pub mod devices;
pub mod forms;
pub mod imports;
pub mod names;
pub mod notices;
pub mod organisation;
pub mod password;
pub mod people;
pub mod permissions;
pub mod posts;
pub mod refusal;
pub mod requests;
pub mod rights;
pub mod sign_in;
pub mod standing;
pub mod teams;
pub mod volunteers;

pub use clock::Millis;
pub use refusal::Refusal;
