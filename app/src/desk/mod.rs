//! The captain's desk.

pub mod api;
pub mod inbox;
