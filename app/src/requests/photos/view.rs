//! A photo as the pages draw it.

use domain::requests::photos::Shows;
use uuid::Uuid;

/// A photo to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its key.
    pub id: Uuid,
    /// What it shows.
    pub shows: Shows,
    /// Width of the large picture, in pixels.
    pub width: i64,
    /// Its height, in pixels.
    pub height: i64,
}
