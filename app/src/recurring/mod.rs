//! Needs that come again: chosen while asking, kept at `/mine/recurring`. Drawn by the server.

pub mod api;
pub mod list;
