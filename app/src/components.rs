//! Parts that two features or more show.

pub mod act;
pub mod asking;
pub mod bars;
pub mod call;
#[cfg(feature = "ssr")]
pub mod datum;
#[cfg(feature = "ssr")]
pub mod deed_fields;
pub mod field;
pub mod icon;
pub mod load;
#[cfg(feature = "ssr")]
pub mod locate;
pub mod missing;
#[cfg(feature = "ssr")]
pub mod plain_form;
#[cfg(feature = "ssr")]
pub mod print;
pub mod refused;
pub mod req_card;
#[cfg(feature = "ssr")]
pub mod square;
pub mod status;
pub mod stepper;
pub mod wire;
