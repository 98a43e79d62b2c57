//! What the reader is told: a list, the unread first to see. Plain pages.

pub mod api;
pub mod list;
