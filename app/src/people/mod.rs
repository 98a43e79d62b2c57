//! Signing in, the account, and where one lives.

pub mod account;
pub mod api;
#[cfg(feature = "ssr")]
pub mod draft;
pub mod home;
#[cfg(feature = "ssr")]
pub mod looks;
#[cfg(feature = "ssr")]
pub mod me;
#[cfg(feature = "ssr")]
pub mod moves;
#[cfg(feature = "ssr")]
pub mod phone;
#[cfg(feature = "ssr")]
pub mod reading;
pub mod sign_in;
#[cfg(feature = "ssr")]
pub mod terms;
#[cfg(feature = "ssr")]
pub mod try_out;
