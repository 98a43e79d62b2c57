//! Hands changes on to those who listen. The history of the books is the one source, so it makes no
//! difference which process made a move; it is looked at once a second, while somebody listens.

use super::reading::{self, Change, Db};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::{
    sync::{broadcast, watch},
    time::sleep,
};

/// How often the books are looked at.
const EVERY: Duration = Duration::from_secs(1);
/// So many changes may wait for a slow listener; who is further behind reads the page anew.
const WAITING: usize = 512;
/// So many listen at once; there are more places for connections, and they are for pages.
const MOST: usize = 3_000;

/// The changes of one process. Cheap to clone.
#[derive(Clone)]
pub struct Live(Arc<Inner>);

struct Inner {
    db: Db,
    changes: broadcast::Sender<Arc<Change>>,
    listeners: watch::Sender<usize>,
    stop: watch::Sender<bool>,
    begun: AtomicBool,
}

impl Live {
    /// Changes of these books; nothing runs until somebody listens.
    pub fn new(db: Db) -> Self {
        let (changes, _) = broadcast::channel(WAITING);
        let (listeners, stop) = (watch::Sender::new(0), watch::Sender::new(false));
        Self(Arc::new(Inner { db, changes, listeners, stop, begun: AtomicBool::new(false) }))
    }

    /// Ends every stream at once, and takes nobody any more.
    pub fn stop(&self) {
        self.0.stop.send_replace(true);
    }

    /// How many listen.
    pub fn listeners(&self) -> usize {
        *self.0.listeners.borrow()
    }

    /// A place for one more listener; none when the house is full or closes.
    pub(super) fn enter(&self) -> Option<Listening> {
        let changes = self.0.changes.subscribe();
        let mut taken = false;
        self.0.listeners.send_modify(|count| {
            taken = *count < MOST;
            *count += usize::from(taken);
        });
        let stop = self.0.stop.subscribe();
        let listening = taken.then(|| Listening { changes, stop, place: self.clone() })?;
        if *listening.stop.borrow() {
            return None;
        }
        if !self.0.begun.swap(true, Ordering::SeqCst) {
            tokio::spawn(self.clone().follow());
        }
        Some(listening)
    }

    /// Looks at the books while somebody listens.
    async fn follow(self) {
        let (mut told, mut stop) = (self.0.listeners.subscribe(), self.0.stop.subscribe());
        loop {
            tokio::select! {
                // An error means that the teller is gone, which says the same.
                _ = stop.wait_for(|stop| *stop) => return,
                _ = told.wait_for(|count| *count > 0) => {}
            }
            // Who just came has read the books themselves: what they know already they leave out.
            let mut last = reading::a_little_before(&self.0.db).await;
            while self.listeners() > 0 {
                for change in reading::after(&self.0.db, last).await {
                    last = change.seq;
                    // Nobody listening is no fault.
                    let _ = self.0.changes.send(Arc::new(change));
                }
                tokio::select! {
                    _ = stop.wait_for(|stop| *stop) => return,
                    () = sleep(EVERY) => {}
                }
            }
        }
    }
}

/// One who listens, with their place.
pub(super) struct Listening {
    /// What changes.
    pub changes: broadcast::Receiver<Arc<Change>>,
    /// The house closes.
    pub stop: watch::Receiver<bool>,
    place: Live,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.place.0.listeners.send_modify(|count| *count -= 1);
    }
}
