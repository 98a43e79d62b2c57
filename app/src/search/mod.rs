//! Finding people within reach, and opening one. Plain pages; what is looked for stays in the session
//! and never stands in an address.

pub mod api;
pub mod draft;
pub mod list;
pub mod person;
