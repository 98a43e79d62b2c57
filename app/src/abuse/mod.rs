//! Reporting, deciding, blocking and a word against it. Plain pages.

pub mod api;
pub mod mine;
pub mod moves;
pub mod queue;
pub mod report;
