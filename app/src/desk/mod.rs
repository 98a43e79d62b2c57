//! The captain's desk.

pub mod api;
pub mod inbox;
#[cfg(feature = "ssr")]
mod links;
#[cfg(feature = "ssr")]
pub mod more;
#[cfg(feature = "ssr")]
pub mod paper;
#[cfg(feature = "ssr")]
pub mod print;
#[cfg(feature = "ssr")]
pub mod search;
