//! From the books to those who listen: what each of them may hear.

use super::words;
use crate::{
    error::AppError,
    session::{self, Clock, Services, reader, services},
    words::{Locale, lang},
};
use domain::{
    Millis,
    people::{Actor, Place},
    requests::heard::by_the_public,
};
use serde::Serialize;
use store::live::{self, MOST};

pub(super) use store::{Db, live::Change};

/// A page is a moment older than it says.
const MARGIN: Millis = 1_000;

/// What a page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// The board around the reader's place.
    Board,
    /// What waits within the reach of the reader's posts.
    Desk,
    /// One request.
    One(String),
}

/// What is told of one change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Told {
    /// The code of the request.
    pub code: String,
    /// What happened, in words.
    pub words: String,
    /// It was not there before, or waits on the reader's desk now.
    pub new: bool,
}

/// Whoever listens, and what they have heard.
pub(super) struct Listener {
    what: What,
    who: Option<Actor>,
    place: Option<Place>,
    language: Locale,
    db: Db,
    clock: Clock,
    /// The last change that they know.
    pub last: i64,
}

impl Listener {
    /// Whoever asks now, for a page of a moment or one that knows everything up to a change.
    pub async fn of(what: What, since: Option<i64>, at: Option<Millis>) -> Result<Self, AppError> {
        let who = reader().await?;
        let Services { db, clock, .. } = services();
        let place = match who.as_ref().and_then(|who| who.home) {
            Some(home) => Some(home),
            None => session::looked_at().await?,
        };
        match &what {
            What::Board => {}
            What::Desk if who.as_ref().is_some_and(|who| !who.posts.is_empty()) => {}
            What::Desk => return Err(AppError::NotAllowed),
            What::One(code) => {
                if !live::may_know(&db, code, who.as_ref()).await? {
                    return Err(AppError::NotFound);
                }
            }
        }
        let last = match (since, at) {
            (Some(seq), _) => seq,
            (None, Some(at)) => live::at(&db, at - MARGIN).await?,
            (None, None) => live::newest(&db).await?,
        };
        Ok(Self { what, who, place, language: lang(), db, clock, last })
    }

    /// What they missed; none when it is so much that the page is read anew.
    pub async fn missed(&mut self) -> Result<Option<Vec<Told>>, AppError> {
        let changes = live::after(&self.db, self.last).await?;
        if changes.len() >= usize::try_from(MOST).unwrap_or(usize::MAX) {
            self.last = live::newest(&self.db).await?;
            return Ok(None);
        }
        let mut told = vec![];
        for change in changes {
            told.extend(self.hears(&change).await);
        }
        Ok(Some(told))
    }

    /// What they hear of a change, once.
    pub async fn hears(&mut self, change: &Change) -> Option<Told> {
        if change.seq <= self.last {
            return None;
        }
        self.last = change.seq;
        let own = self.who.as_ref().is_some_and(|who| change.by == Some(who.id));
        if own || !self.looks_at(change) {
            return None;
        }
        let heard = by_the_public(change.on_board, change.was, change.became, change.mv);
        let (words, new) = match &self.what {
            What::Board => words::of_board(self.language, change, heard?)?,
            What::Desk => {
                let (words, new) = words::of_desk(self.language, change)?;
                (words, new || self.waits(change).await)
            }
            What::One(code) => {
                // As it is now, and as they are: a helper who stepped back sees less.
                let may = live::may_know(&self.db, code, self.who.as_ref()).await;
                may.is_ok_and(|may| may).then_some(())?;
                (words::of_one(self.language, change)?, false)
            }
        };
        Some(Told { code: change.code.clone(), words, new })
    }

    /// Whether it waits for this captain, as it is now: a result, a refusal, a claim given back.
    async fn waits(&self, change: &Change) -> bool {
        let Some(who) = &self.who else { return false };
        let now = (self.clock)();
        let waits = crate::desk::api::waits_for_posts_of(who, &change.code, &self.db, now);
        waits.await.unwrap_or_default()
    }

    fn looks_at(&self, change: &Change) -> bool {
        match &self.what {
            What::Board => self.place.is_some_and(|place| place.village == change.place.village),
            What::Desk => {
                let posts = self.who.iter().flat_map(|who| &who.posts);
                posts.map(|post| post.reach).any(|reach| reach.covers(&change.place))
            }
            What::One(code) => *code == change.code,
        }
    }
}

/// What came after a change; nothing when the books cannot be read, which is tried again.
pub(super) async fn after(db: &Db, seq: i64) -> Vec<Change> {
    live::after(db, seq).await.unwrap_or_else(|error| {
        tracing::warn!(cause = error.cause(), "nobody hears of changes: {error}");
        vec![]
    })
}

/// Where to begin when the first comes to listen.
pub(super) async fn a_little_before(db: &Db) -> i64 {
    live::newest(db).await.map_or(i64::MAX - 1, |newest| newest - MOST / 2)
}
