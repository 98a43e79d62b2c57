//! The deadline of a request with the ladder of captains, and the numbers that the centre sets.
//! Plain pages.

pub mod api;
pub mod ladder;
pub mod moves;
pub mod numbers;
