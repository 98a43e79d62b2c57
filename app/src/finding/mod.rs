//! Finding on the board: filters, words, orders, and pages by key. Plain pages; filters stand in the
//! address, words that are looked for stay in the session.

pub mod api;
pub mod choose;
pub mod draft;
pub mod list;
pub mod parts;
pub mod saved;
