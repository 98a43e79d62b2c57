//! Why something beside the moves of a request is refused: where a door stands, what is merged, what
//! is asked for again and again. Only plain pages meet it.

use crate::Refusal;
use serde::{Deserialize, Serialize};

/// What is in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Hindrance {
    /// Who lives there said so within the last thirty days.
    #[error("said within thirty days")]
    SaidLately,
    /// The books know no door of theirs.
    #[error("no door")]
    NoDoor,
    /// A request is not merged into itself.
    #[error("the same request")]
    TheSame,
    /// It goes on in another village.
    #[error("of another village")]
    AnotherVillage,
    /// It is for the captain only: who asked for this would read it.
    #[error("private")]
    PrivateThere,
    /// Somebody follows as many as one can.
    #[error("follows enough")]
    EnoughWatched,
    /// Who is sent elsewhere is told where.
    #[error("where is missing")]
    WhereMissing,
    /// Somebody has as many needs that come again as one can.
    #[error("enough that come again")]
    EnoughSeries,
    /// It is over.
    #[error("over")]
    SeriesOver,
    /// A deed that somebody moved on meanwhile.
    #[error("moved on")]
    DeedMovedOn,
}

impl From<Hindrance> for Refusal {
    fn from(hindrance: Hindrance) -> Self {
        Self::Beside(hindrance)
    }
}
