//! What is kept about oneself: reading why, a copy, corrections, another phone, being erased. Plain
//! pages.

pub mod api;
pub mod corrections;
pub mod data;
pub mod delete;
pub mod moves;
pub mod reading;
