//! The request board and everything that happens to a request.

pub mod api;
pub mod board;
pub mod captain;
pub mod detail;
#[cfg(feature = "ssr")]
pub mod earlier;
pub mod forms;
pub mod helper;
pub mod moves;
#[cfg(feature = "ssr")]
pub mod named;
pub mod new;
pub mod notes;
pub mod own;
pub mod people;
#[cfg(feature = "ssr")]
pub mod photos;
#[cfg(feature = "ssr")]
pub mod reading;
pub mod requester;
pub mod rings;
#[cfg(feature = "ssr")]
pub mod routing;
pub mod timeline;
pub mod view;
