//! A request for help 求助: submitted by a resident, accepted by the captain, claimed by
//! neighbours, approved by a captain who did not help (DOMAIN.md §2).

pub mod acting;
pub mod after;
pub mod alike;
pub mod card;
pub mod climb;
pub mod cursor;
pub mod deadlines;
pub mod diagram;
pub mod family;
pub mod filter;
pub mod finding;
pub mod heard;
pub mod held;
mod masking;
mod minutes;
pub mod moves;
pub mod paper;
pub mod photos;
pub mod privacy;
mod rating;
pub mod reasons;
pub mod recurring;
pub mod referral;
mod steps;
pub mod submission;

#[cfg(test)]
pub(crate) mod examples;
#[cfg(test)]
mod invariants;
#[cfg(test)]
mod walk;

use crate::{
    clock::Millis,
    people::{PersonId, Place},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use acting::{Facts, Step};
pub use climb::Climb;
pub use moves::Move;
pub use rating::{Good, Rating};

/// At most this many helpers can be asked for.
pub const MOST_HELPERS: u8 = 20;
/// The longest description, in characters.
pub const LONGEST_WORDS: u16 = 1_000;
/// The longest remark or free reason, in characters.
pub const LONGEST_NOTE: u16 = 300;
/// A volunteer holds at most this many claims at a time; a captain lifts it by dispatching.
pub const MOST_OPEN_CLAIMS: u8 = 3;
/// The fewest minutes that count.
pub const LEAST_MINUTES: u16 = 5;
/// The most minutes of one helper in one request.
pub const MOST_MINUTES: u16 = 480;

/// A request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RequestId(pub Uuid);

keyed! {
    /// What kind of help.
    pub enum Category {
        /// 跑腿代买.
        Errand = "errand",
        /// 水电维修.
        Repair = "repair",
        /// 看病陪护, health.
        Escort = "escort",
        /// 照看老人孩子.
        Care = "care",
        /// 邻里调解, law; private.
        Mediation = "mediation",
        /// 证明咨询; private.
        Paperwork = "paperwork",
        /// 法律咨询, law; private.
        Legal = "legal",
        /// 环境卫生.
        Environment = "environment",
        /// 心里话, health; private.
        Company = "company",
        /// 手机电脑, science.
        Tech = "tech",
        /// 其他.
        Other = "other",
    }
}

impl Category {
    /// Goes to the captain and not to the board, unless the asker says so.
    pub const fn is_private(self) -> bool {
        matches!(self, Self::Mediation | Self::Paperwork | Self::Legal | Self::Company)
    }
}

keyed! {
    /// How soon help is needed; most urgent first.
    pub enum Urgency {
        /// 紧急.
        Urgent = "urgent",
        /// 今天.
        Today = "today",
        /// 不急.
        Normal = "normal",
    }
}

keyed! {
    /// How far a request has come.
    pub enum State {
        /// 待受理: waits for the captain.
        Submitted = "submitted",
        /// 待认领: waits for a neighbour.
        Open = "open",
        /// 已认领: somebody is coming; more may join until helpers are enough.
        Claimed = "claimed",
        /// 服务中.
        Serving = "serving",
        /// 待确认: waits for the captain's approval.
        Done = "done",
        /// 已办结.
        Closed = "closed",
        /// 不予受理.
        Declined = "declined",
        /// 已撤回.
        Withdrawn = "withdrawn",
    }
}

impl State {
    /// Somebody still has to do something by a certain time.
    pub const fn is_running(self) -> bool {
        match self {
            Self::Submitted | Self::Open | Self::Claimed | Self::Serving | Self::Done => true,
            Self::Closed | Self::Declined | Self::Withdrawn => false,
        }
    }

    /// Neighbours see it on the board: they can help, or see that help is there.
    pub const fn is_on_board(self) -> bool {
        matches!(self, Self::Open | Self::Claimed | Self::Serving)
    }

    /// The steps done of the six of the status ring; none for those that went no further.
    pub const fn steps_done(self) -> Option<u8> {
        match self {
            Self::Submitted => Some(1),
            Self::Open => Some(2),
            Self::Claimed => Some(3),
            Self::Serving => Some(4),
            Self::Done => Some(5),
            Self::Closed => Some(6),
            Self::Declined | Self::Withdrawn => None,
        }
    }
}

/// A neighbour who is on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Helper {
    /// Who.
    pub person: PersonId,
    /// Surname and title.
    pub called: String,
    /// When they claimed.
    pub claimed_at: Millis,
    /// When they arrived.
    pub started_at: Option<Millis>,
    /// Minutes reported, and once closed, approved; without travel.
    pub minutes: Option<u16>,
}

/// A volunteer whom the captain asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Who was asked.
    pub person: PersonId,
    /// Surname and title.
    pub called: String,
    /// When.
    pub at: Millis,
}

/// A request as the rules see it. Names and phones of who asked live apart ([`privacy`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Its key.
    pub id: RequestId,
    /// What people read aloud: `26-0617-018`, digits only.
    pub code: String,
    /// What kind of help.
    pub category: Category,
    /// How soon.
    pub urgency: Urgency,
    /// The difficulty in words, up to [`LONGEST_WORDS`] characters.
    pub words: String,
    /// Where.
    pub place: Place,
    /// Whose it is: who filed it, also for a neighbour; the household or the neighbour for whom
    /// [`Self::filed_by`] did.
    pub asked_by: PersonId,
    /// Who filed it, when that is not whose it is.
    pub filed_by: Option<PersonId>,
    /// Whose account has the phone that was given as the neighbour's own; known for one request,
    /// not in lists.
    pub named: Option<PersonId>,
    /// Who needs it too and follows it; known for one request, not in lists.
    pub watchers: Vec<PersonId>,
    /// On the board, or for the captain only.
    pub on_board: bool,
    /// How many helpers are needed, 1 to [`MOST_HELPERS`].
    pub needed: u8,
    /// How far it has come.
    pub state: State,
    /// Since when it is in this state.
    pub since: Millis,
    /// By when the next move must come; none once it is over.
    pub due: Option<Millis>,
    /// Who is on it now, or was when it was done.
    pub helpers: Vec<Helper>,
    /// Who was asked and has not answered.
    pub offers: Vec<Offer>,
    /// What was done, in the helper's or requester's words.
    pub result: Option<String>,
    /// What the requester said of it.
    pub rating: Option<Rating>,
    /// Was reopened; it can be once.
    pub reopened: bool,
    /// Who wrote down from paper what was done; none when the helpers said it themselves.
    pub entered_by: Option<PersonId>,
    /// Where it stands on the ladder of captains, and what the clock has done about [`Self::due`].
    pub climb: Climb,
}

impl Request {
    /// Places that nobody has taken yet.
    pub fn places_left(&self) -> usize {
        usize::from(self.needed).saturating_sub(self.helpers.len())
    }

    /// The person's place among the helpers.
    pub fn helper(&self, person: PersonId) -> Option<&Helper> {
        self.helpers.iter().find(|helper| helper.person == person)
    }

    /// Whether it is this person's: asked by, filed by or filed for them, or they need it too. Nobody
    /// helps with their own.
    pub fn is_own(&self, person: PersonId) -> bool {
        self.asked_by == person
            || [self.filed_by, self.named].contains(&Some(person))
            || self.watchers.contains(&person)
    }

    /// Whether the captain asked this person.
    pub fn has_offer_for(&self, person: PersonId) -> bool {
        self.offers.iter().any(|offer| offer.person == person)
    }
}
