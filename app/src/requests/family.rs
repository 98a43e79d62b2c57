//! The link for the family: made, listed and ended on the request's page; what it shows to who opens it.
//! Plain pages.

pub mod follow;
pub mod moves;
pub mod share;
