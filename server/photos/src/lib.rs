//! Pictures: made small and plain, and kept in the album, on disk or in S3-compatible storage. Knows
//! their bytes; whose they are and who sees them is for `domain::requests::photos` and the books.

pub mod album;
mod plain;
mod s3;

pub use album::{Album, AlbumError, Bucket, Size};
pub use plain::{Plain, plain};
