//! How near things are: where one's own door stands. Plain pages.

pub mod api;
pub mod door;
