//! Pages that follow what changes, while somebody looks: a stream of events, and the same by asking.

pub mod api;
pub mod hub;
mod reading;
mod words;
