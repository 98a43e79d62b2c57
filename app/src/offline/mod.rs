//! For when there is no net: the page that a phone keeps, with the captain to call, a form whose words
//! wait on the phone, and what waits.

pub mod api;
pub mod page;
