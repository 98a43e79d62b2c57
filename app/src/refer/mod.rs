//! What is not for neighbours: sent to a place, or moved to the long-term deeds of the village. Plain
//! pages.

pub mod api;
pub mod page;
