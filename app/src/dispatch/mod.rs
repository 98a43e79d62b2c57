//! Dispatch 派单: whom a captain may ask for a request, and why. A plain page.

pub mod api;
pub mod list;
mod words;
