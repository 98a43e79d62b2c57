//! What the crate's small functions promise. A package of its own: built with the library's tests, the
//! pages would be compiled twice.
#![cfg(feature = "ssr")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod copies;
mod missing;
mod prefs;
mod rings;
mod search;
mod terms;
mod time;
