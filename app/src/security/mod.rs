//! The second proof of staff and captains, and the list of one's sessions. Plain pages.

pub mod api;
pub mod app;
pub mod codes;
pub mod moves;
pub mod overview;
pub mod password;
pub mod proof;
