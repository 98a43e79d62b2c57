//! What happens by the clock of the house: deadlines, reminders, claims that nobody began, offers that
//! nobody answered.

use app::session::Clock;
use std::time::Duration;
use store::{Db, clock, requests::recurring};
use tokio::{
    sync::watch,
    time::{MissedTickBehavior, interval},
};

/// Looks at the clock every so often until told to stop; what is begun then is done to its end. Says
/// only how much was done, never to whom.
pub async fn tick(db: Db, time: Clock, every: Duration, mut told: watch::Receiver<bool>) {
    let mut beat = interval(every);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = beat.tick() => look(&db, &time).await,
            () = until(&mut told) => return,
        }
    }
}

async fn until(told: &mut watch::Receiver<bool>) {
    // An error means that the teller is gone, which says the same.
    let _ = told.wait_for(|stop| *stop).await;
}

async fn look(db: &Db, time: &Clock) {
    match store::requests::after::ask(db, time()).await {
        Ok(0) => {}
        Ok(asked) => tracing::info!(asked, "whether all is well a week later"),
        Err(error) => tracing::error!(cause = error.cause(), "nobody was asked: {error}"),
    }
    match clock::tick(db, time()).await {
        Ok(done) if done.is_empty() => {}
        Ok(done) => {
            let clock::Ticked { raised, released, lapsed, reminded, failed } = done;
            tracing::info!(raised, released, lapsed, reminded, "the clock");
            if let Some(error) = failed.first() {
                let (failed, cause) = (failed.len(), error.cause());
                tracing::error!(failed, cause, "the clock could not look at some: {error}");
            }
        }
        Err(error) => tracing::error!(cause = error.cause(), "the clock stands still: {error}"),
    }
    match recurring::tick(db, time()).await {
        Ok(done) if done.is_empty() => {}
        Ok(recurring::Recurred { made, paused, failed }) => {
            tracing::info!(made, paused, "needs that come again");
            if let Some(error) = failed.first() {
                let (failed, cause) = (failed.len(), error.cause());
                tracing::error!(failed, cause, "some could not be asked for: {error}");
            }
        }
        Err(error) => tracing::error!(cause = error.cause(), "nothing comes again: {error}"),
    }
}
