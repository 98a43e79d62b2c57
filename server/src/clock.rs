//! What time it is in the house: the machine's, or that of a county that is only played.

use app::session::Clock;
use domain::Millis;
use std::{
    sync::Arc,
    time::{Instant, SystemTime, UNIX_EPOCH},
};

/// The present moment by the clock of the machine, in epoch ms UTC.
pub fn wall_clock() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis::try_from(since.as_millis()).unwrap_or(Millis::MAX)
}

/// The clock of a house: it shows `begin` now and goes on from there; without it the machine's.
pub fn clock(begin: Option<Millis>) -> Clock {
    let Some(begin) = begin else { return Arc::new(wall_clock) };
    let start = Instant::now();
    Arc::new(move || begin + Millis::try_from(start.elapsed().as_millis()).unwrap_or_default())
}
