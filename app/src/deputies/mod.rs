//! Standing in for a captain who is away 代理. A plain page.

pub mod api;
pub mod page;
