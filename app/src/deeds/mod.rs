//! Practical deeds of a village: the list for everybody, kept by those in charge. Plain pages.

pub mod api;
pub mod list;
