//! Volunteers: registering, one's teams, pausing; who waits for a captain, the members of a team.
//! Plain pages.

pub mod api;
mod draft;
mod fields;
pub mod members;
pub mod moves;
pub mod own;
mod parts;
pub mod profile;
pub mod sheet;
pub mod waiting;
