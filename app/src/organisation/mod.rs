//! The organisation for those in charge: both trees, who leads what, circles with their doors, and
//! changing them. Plain pages.

pub mod api;
pub mod area;
pub mod change;
pub mod doors;
pub mod leads;
pub mod moves;
pub mod parts;
pub mod reading;
pub mod team;
pub mod words;
