//! Parts that two features or more show.

pub mod act;
pub mod asking;
pub mod bars;
pub mod call;
pub mod field;
pub mod icon;
pub mod load;
pub mod missing;
#[cfg(feature = "ssr")]
pub mod plain_form;
pub mod refused;
pub mod req_card;
#[cfg(feature = "ssr")]
pub mod square;
pub mod status;
pub mod stepper;
pub mod wire;
