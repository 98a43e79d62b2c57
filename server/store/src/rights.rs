//! The rights of a person over what is kept about them: a copy, a correction, another phone, being
//! erased with seven days to come back.

mod about;
mod around;
pub mod copy;
pub mod corrections;
pub mod leaving;
pub mod phone;
mod sections;
#[cfg(test)]
mod tests;

pub use about::{ABOUT, About, Told};
