//! What happens by the clock of the house: deadlines, reminders, claims that nobody began, offers that
//! nobody answered, pictures that nobody wants.

use ::photos::Album;
use app::session::Clock;
use domain::Millis;
use std::time::Duration;
use store::{
    Db, StoreError, clock,
    requests::{photos, recurring},
};
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

/// At most so many pictures are deleted at a time; the next time goes on.
const MOST_PICTURES: i64 = 2_000;

/// Deletes the pictures that no row of the books wants any more.
pub async fn clear_album(db: &Db, album: &Album, now: Millis) {
    let cleared = async {
        let mut count = 0_usize;
        for id in photos::leftovers(db, now, MOST_PICTURES).await? {
            match album.delete(id).await {
                Ok(()) => photos::cleared(db, id).await?,
                // The storage is away: the others wait as well.
                Err(error) => {
                    tracing::warn!(cause = %error, "pictures were not deleted");
                    break;
                }
            }
            count += 1;
        }
        Ok::<_, StoreError>(count)
    };
    match cleared.await {
        Ok(0) => {}
        Ok(pictures) => tracing::info!(pictures, "deleted from the album"),
        Err(error) => tracing::warn!(cause = error.cause(), "the album was not cleared: {error}"),
    }
}
