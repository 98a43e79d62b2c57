//! Lists that come in and go out as files, for those in charge. Plain pages, and a few ways of their
//! own for the files themselves.

pub mod api;
pub mod desk;
pub mod log;
pub mod moves;
pub mod reading;
pub mod report;
