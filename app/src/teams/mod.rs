//! Teams for those in charge: who leads which, who led it, handing one over. Plain pages.

pub mod api;
pub mod sheet;
