//! The captain's desk.

pub mod api;
pub mod inbox;
#[cfg(feature = "ssr")]
pub mod more;
