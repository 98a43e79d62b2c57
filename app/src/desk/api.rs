//! The server function of the captain's desk.

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::{
    requests::api::due_words,
    session::{may, services},
    words::{clock as said, lang, td_string, time},
};
use domain::{
    Millis,
    requests::{Move, card::Card},
};
#[cfg(feature = "ssr")]
use domain::{
    clock::that_day_at,
    people::{Actor, Place, Reach},
    permissions::{Act, Subject},
    requests::{Facts, Request, State, climb::Rung},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
#[cfg(feature = "ssr")]
use std::collections::{BTreeMap, BTreeSet};
#[cfg(feature = "ssr")]
use store::clock::posts::Posts;

/// So many running requests on one page of the desk.
#[cfg(feature = "ssr")]
const MOST: i64 = 200;

/// A request on the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskItem {
    /// As the board shows it.
    pub card: Card,
    /// Since when it is in this state: the due ring shows the share of time gone.
    pub since: Millis,
    /// On the board, or for the captain only.
    pub on_board: bool,
    /// The move that waits for the captain.
    pub next: Option<Move>,
    /// Where it is, for a post over more than one circle: the village or the circle.
    pub at: Option<String>,
    /// By when what must happen, in words.
    pub due: Option<String>,
    /// It is late and went up: to whom, and what that means here.
    pub raised: Option<String>,
}

/// The tabs of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeskTab {
    /// 要我办: waits for the captain.
    ToDo,
    /// 在帮: others are on it.
    Running,
    /// 今天办结.
    Closed,
}

impl DeskTab {
    /// Every tab, in order.
    pub const ALL: [Self; 3] = [Self::ToDo, Self::Running, Self::Closed];

    /// Its word in the address.
    pub const fn key(self) -> &'static str {
        match self {
            Self::ToDo => "todo",
            Self::Running => "running",
            Self::Closed => "closed",
        }
    }

    /// The tab of a word in the address; the first when it is none.
    pub fn from_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|tab| tab.key() == key).unwrap_or(Self::ToDo)
    }
}

/// The desk of one post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskView {
    /// The present moment.
    pub now: Millis,
    /// The posts that the reader holds.
    pub posts: Vec<String>,
    /// Which of them.
    pub post: u32,
    /// The chosen tab.
    pub tab: DeskTab,
    /// How many in each tab, in words: `99+` stands for more.
    pub counts: [String; 3],
    /// Who stands in for the reader, or for whom the reader does.
    pub deputy: Option<String>,
    /// The ways on, as the server draws them.
    pub links: String,
    /// The chosen tab's requests: what is late first, then by time.
    pub items: Vec<DeskItem>,
    /// The way to what is due later and runs as well.
    pub more: Option<String>,
}

/// What waits for the captain, what runs, what closed today.
///
/// # Errors
/// [`AppError::SignInFirst`], [`AppError::ProofFirst`] while the posts wait for it,
/// [`AppError::NotAllowed`] without a post.
#[server(endpoint = "desk")]
pub async fn desk(
    /// The number of the post.
    post: u32,
    /// A key of [`DeskTab`].
    tab: String,
) -> Result<DeskView, AppError> {
    let who = may(Act::ReadDesk, Subject::House).await?;
    let services = services();
    let now = services.now();
    // A number that no post has any more means the first.
    let chosen = who.posts.get(post as usize).map(|found| (post, found.reach));
    let (post, reach) = chosen.unwrap_or((0, who.posts[0].reach));
    let facts = Facts::of(now, u8::MAX);
    let page = store::requests::lists::running(&services.db, reach, None, MOST).await?;
    let (running, next) = (page.requests, page.next);
    let today = that_day_at(now, 0);
    let closed = store::requests::lists::closed_since(&services.db, reach, today, MOST).await?;
    let places = places(&services.db, reach, running.iter().chain(&closed), now).await?;
    let posts = store::clock::posts::held(&services.db, now).await?;
    let item = |one: &store::requests::Loaded| DeskItem {
        raised: raised(&one.request, reach, &posts, now),
        due: one
            .request
            .climb
            .late
            .or(one.request.due)
            .map(|at| due_words(one.request.state, at, now)),
        card: Card::of(
            &one.request,
            &one.called,
            one.wanted.as_deref(),
            Some(&who),
            who.home.as_ref(),
            facts,
        ),
        since: one.request.since,
        on_board: one.request.on_board,
        next: next_move(&one.request, &who, facts),
        at: places.get(&key_of(reach, &one.request.place)).cloned(),
    };
    let (to_do, others): (Vec<_>, Vec<_>) = running
        .iter()
        .partition(|one| waits_for(&one.request, reach, &who, &posts.led(&one.request), facts));
    let [to_do, others] =
        [to_do, others].map(|some| some.into_iter().map(item).collect::<Vec<_>>());
    let closed: Vec<_> = closed.iter().map(item).collect();
    let (all_to_do, all_others) = (to_do.len(), others.len());
    let counts = [
        counted(all_to_do, next.is_some()),
        counted(all_others, next.is_some()),
        counted(closed.len(), false),
    ];
    let tab = DeskTab::from_key(&tab);
    let items = match tab {
        DeskTab::ToDo => to_do,
        DeskTab::Running => others,
        DeskTab::Closed => closed,
    };
    let deputy = crate::deputies::api::said(&who, post as usize).await?;
    let links = super::links::drawn(&who, post).await?;
    let posts = who.posts.into_iter().map(|post| post.name).collect();
    let more = next.map(|next| format!("/desk/more?post={post}&after={next}"));
    Ok(DeskView { now, posts, post, tab, counts, deputy, links, items, more })
}

/// What runs within a post's reach and is due later than what the desk shows.
#[cfg(feature = "ssr")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoreView {
    /// The present moment.
    pub now: Millis,
    /// The requests, what is due first first.
    pub cards: Vec<Card>,
    /// The way to the next page.
    pub more: Option<String>,
}

/// The pages of the desk after the first.
///
/// # Errors
/// [`AppError::SignInFirst`], [`AppError::ProofFirst`] while the posts wait for it,
/// [`AppError::NotAllowed`] without a post.
#[cfg(feature = "ssr")]
#[server(endpoint = "desk/more")]
pub async fn desk_more(
    /// The number of the post.
    #[server(default)]
    post: u32,
    /// Where the page begins; the first when it is no place.
    #[server(default)]
    after: String,
) -> Result<MoreView, AppError> {
    let who = may(Act::ReadDesk, Subject::House).await?;
    let services = services();
    let now = services.now();
    let reach = who.posts.get(post as usize).unwrap_or(&who.posts[0]).reach;
    let after = after.parse().ok();
    let page = store::requests::lists::running(&services.db, reach, after, MOST).await?;
    let facts = Facts::of(now, u8::MAX);
    let card = |one: &store::requests::Loaded| {
        let home = who.home.as_ref();
        Card::of(&one.request, &one.called, one.wanted.as_deref(), Some(&who), home, facts)
    };
    let more = page.next.map(|next| format!("/desk/more?post={post}&after={next}"));
    Ok(MoreView { now, cards: page.requests.iter().map(card).collect(), more })
}

/// A number of a tab as the board tells its own; `more` are due later and not looked through.
#[cfg(feature = "ssr")]
fn counted(n: usize, more: bool) -> String {
    match n {
        100.. => "99+".to_owned(),
        n if more => format!("{n}+"),
        n => n.to_string(),
    }
}

/// How many requests wait for the first post of a person, in words; none when none does.
#[cfg(feature = "ssr")]
pub(crate) async fn waiting(who: &Actor) -> Result<Option<String>, AppError> {
    let Some(post) = who.posts.first() else { return Ok(None) };
    let services = services();
    let facts = Facts::of(services.now(), u8::MAX);
    let page = store::requests::lists::running(&services.db, post.reach, None, MOST).await?;
    let posts = store::clock::posts::held(&services.db, facts.now).await?;
    let waits = |one: &&store::requests::Loaded| {
        waits_for(&one.request, post.reach, who, &posts.led(&one.request), facts)
    };
    let found = page.requests.iter().filter(waits).count();
    let more = page.next.is_some();
    Ok((found > 0 || more).then(|| counted(found, more)))
}

/// Whether a request waits now for one of the posts of a person. Not only pages ask: all that it needs
/// is handed over.
#[cfg(feature = "ssr")]
pub(crate) async fn waits_for_posts_of(
    who: &Actor,
    code: &str,
    db: &store::Db,
    now: Millis,
) -> Result<bool, AppError> {
    let (request, led) = store::live::as_it_is(db, code, now).await?;
    let facts = Facts::of(now, u8::MAX);
    let reaches = who.posts.iter().map(|post| post.reach);
    let mut over = reaches.filter(|reach| reach.covers(&request.place));
    Ok(over.any(|reach| waits_for(&request, reach, who, &led, facts)))
}

/// What tells requests of this reach apart: their village, or their circle.
#[cfg(feature = "ssr")]
fn key_of(reach: Reach, place: &Place) -> String {
    match reach {
        Reach::City | Reach::Township(_) => place.village.0.to_string(),
        Reach::Village(_) | Reach::Company(_) | Reach::Squad(_) => {
            place.squad.map(|squad| squad.0.to_string()).unwrap_or_default()
        }
    }
}

/// The names of the villages or circles of these requests, by [`key_of`].
#[cfg(feature = "ssr")]
async fn places(
    db: &store::Db,
    reach: Reach,
    requests: impl Iterator<Item = &store::requests::Loaded>,
    now: Millis,
) -> Result<BTreeMap<String, String>, AppError> {
    let places: Vec<Place> = requests.map(|one| one.request.place).collect();
    let mut names = BTreeMap::new();
    match reach {
        Reach::Squad(_) => {}
        Reach::Village(_) | Reach::Company(_) => {
            let villages: BTreeSet<_> = places.iter().map(|place| place.village).collect();
            for village in villages {
                for circle in store::areas::circles(db, village, now).await? {
                    names.insert(circle.squad.to_string(), circle.name);
                }
            }
        }
        Reach::City | Reach::Township(_) => {
            let townships: BTreeSet<_> = places.iter().map(|place| place.township).collect();
            for township in townships {
                for village in store::areas::villages(db, township).await? {
                    names.insert(village.id.to_string(), village.name);
                }
            }
        }
    }
    Ok(names)
}

/// Whether a request waits for a post: it stands on its rung or has gone past it, and there is
/// something to do. What is late is the desk's business, whatever comes next. `led` are the rungs that
/// are led over it.
#[cfg(feature = "ssr")]
fn waits_for(request: &Request, reach: Reach, who: &Actor, led: &[Rung], facts: Facts) -> bool {
    let rung = request.climb.rung.holder(led).unwrap_or(request.climb.rung);
    let late = request.climb.late.is_some() || request.due.is_some_and(|due| due <= facts.now);
    Rung::of_reach(reach) <= rung && (late || next_move(request, who, facts).is_some())
}

/// What is said of a late request that went up: at the desk that it left, and at the one it came to.
#[cfg(feature = "ssr")]
fn raised(request: &Request, reach: Reach, posts: &Posts, now: Millis) -> Option<String> {
    let (l, due) = (lang(), request.due.filter(|_| request.climb.late.is_some())?);
    let holder = request.climb.rung.holder(&posts.led(request))?;
    let t = time::near(l, due, now);
    if Rung::of_reach(reach) >= holder {
        return Some(td_string!(l, clock.desk_mine, t = t.as_str()).to_string());
    }
    let who = posts.captain(request, holder)?;
    let who = said::captain_of(l, who.kind, who.number, &who.surname);
    Some(td_string!(l, clock.desk_raised, who = who.as_str()).to_string())
}

/// What the captain should do next: accept, approve, or find somebody for what nobody claims.
#[cfg(feature = "ssr")]
fn next_move(request: &Request, who: &Actor, facts: Facts) -> Option<Move> {
    let late = request.climb.late.is_some() || request.due.is_some_and(|due| due <= facts.now);
    let next = match request.state {
        State::Submitted => Move::Accept,
        State::Done => Move::Approve,
        State::Open if !request.on_board || late => Move::Dispatch,
        _ => return None,
    };
    request.may(next, who, facts).is_ok().then_some(next)
}
