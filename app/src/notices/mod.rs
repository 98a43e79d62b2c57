//! What the reader is told: a list, the unread first to see; how else, and where. Plain pages.

pub mod api;
pub mod choose;
pub mod list;
pub mod mailbox;
pub mod moves;
pub mod undelivered;
pub mod words;
