//! Abuse in the books: reports, blocks and appeals, and the chain of hashes of all that happened.

pub mod appeals;
pub mod blocks;
pub(crate) mod events;
pub mod reports;
#[cfg(test)]
mod tests;
pub mod told;
