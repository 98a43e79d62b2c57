//! How near things are: where one's own door stands, and the circle nearest to where somebody stands.
//! Plain pages.

pub mod door;
pub mod standpoint;
