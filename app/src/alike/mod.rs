//! Requests that are likely the same: a step of asking, what one follows, and merging for captains.
//! Plain pages.

pub mod api;
pub mod filing;
pub mod merge;
pub mod watched;
