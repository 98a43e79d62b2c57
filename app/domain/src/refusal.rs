//! Every reason that the rules can say no. The wording lives with the other text
//! (`app/locales/*/refusals.json`).

use crate::{
    abuse, beside,
    clock::Millis,
    permissions::Denied,
    posts,
    requests::{State, climb},
    rights,
    volunteers::Hindrance,
};
use serde::{Deserialize, Serialize};

/// Why a move was refused. The person can act on each of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The request has moved on; this move is not for its present state.
    #[error("not while the request is {0:?}")]
    NotNow(State),
    /// This move is for somebody else: the requester, the helper, the captain.
    #[error("not for this person")]
    NotForYou,
    /// A captain or staff member, but not over this place.
    #[error("out of reach")]
    OutOfReach,
    /// Whoever asks says first how neighbours call them.
    #[error("no name yet")]
    NameFirst,
    /// Only registered volunteers may help.
    #[error("only volunteers may do that")]
    NotAVolunteer,
    /// Volunteers claim in their own village; further away a captain dispatches.
    #[error("only volunteers of this village may claim")]
    NotFromHere,
    /// A post is held where its holder lives.
    #[error("lives elsewhere")]
    LivesElsewhere,
    /// Who leads the team now need not be appointed.
    #[error("leads it already")]
    LeadsAlready,
    /// Nobody is known by this phone.
    #[error("nobody has this phone")]
    NobodyThere,
    /// Nobody claims their own request.
    #[error("one's own request")]
    OwnRequest,
    /// Nobody claims twice.
    #[error("already helping")]
    AlreadyHelping,
    /// The last place went to somebody else first.
    #[error("taken first by another")]
    Taken {
        /// Surname and title of who was first; empty where the reason stands in an address.
        by: String,
        /// When they claimed.
        at: Millis,
    },
    /// A helper arrives once.
    #[error("already there")]
    AlreadyThere,
    /// At most this many open claims at a time; a captain can lift it by dispatching.
    #[error("at most {0} open claims")]
    TooManyClaims(u8),
    /// The person was already asked and has not answered.
    #[error("already asked")]
    AlreadyAsked,
    /// Nobody dispatched this to the person, or the offer is gone.
    #[error("no such offer")]
    NotAsked,
    /// Four eyes: nobody approves what they helped with (DOMAIN.md §2).
    #[error("one's own work")]
    OwnWork,
    /// Minutes must lie between 5 and 480.
    #[error("minutes out of range")]
    MinutesOutOfRange,
    /// Every helper's minutes must be given, and nobody else's.
    #[error("minutes of another set of people")]
    MinutesMissing,
    /// Changing what the helper reported needs a reason.
    #[error("a reason is missing")]
    ReasonMissing,
    /// This move needs one of its typed reasons.
    #[error("choose a reason")]
    ChooseReason,
    /// A reason or remark of more than 300 characters.
    #[error("the note is too long")]
    NoteTooLong,
    /// One to five stars.
    #[error("stars out of range")]
    StarsOutOfRange,
    /// A request is rated once.
    #[error("already rated")]
    AlreadyRated,
    /// Reopened only within seven days of closing.
    #[error("too late")]
    TooLate,
    /// Reopened only once.
    #[error("already reopened")]
    AlreadyReopened,
    /// A registered volunteer moves to another village; the captain there lets them in.
    #[error("registered volunteers ask the captain of the new village")]
    AskCaptainThere,
    /// Who is not yet eighteen helps with a guardian along (DOMAIN.md §1).
    #[error("a guardian must come along")]
    GuardianAlong,
    /// A volunteer who has paused comes back first.
    #[error("paused")]
    Paused,
    /// A membership of a team.
    #[error(transparent)]
    Volunteer(#[from] Hindrance),
    /// An area or team that was merged or closed meanwhile.
    #[error("merged or closed already")]
    GoneAlready,
    /// It does not fit where it was to go: another kind, another village.
    #[error("it cannot stand there")]
    NotThere,
    /// A sibling has this name, or another area this code.
    #[error("the name is taken")]
    NameTaken,
    /// Something still stands on what was to close or to be removed.
    #[error("still in use")]
    StillInUse,
    /// Where everything was to go, no brigade or detachment could take the teams.
    #[error("no team could take the others")]
    NoTeamThere,
    /// The terms have changed: read what is new and agree first.
    #[error("agree to the terms first")]
    AgreeFirst,
    /// Blocked until then; without an end until the centre lifts it.
    #[error("blocked")]
    Blocked {
        /// When it ends.
        until: Option<Millis>,
    },
    /// About to be erased: only staying is left.
    #[error("leaving")]
    Leaving {
        /// When they are erased.
        on: Millis,
    },
    /// A right cannot be used just now.
    #[error(transparent)]
    Right(rights::Hindrance),
    /// Something about a report, a block or an appeal.
    #[error(transparent)]
    Abuse(abuse::Hindrance),
    /// Something about standing in for a captain.
    #[error(transparent)]
    Post(#[from] posts::Hindrance),
    /// Something about a deadline, or about handing a request up.
    #[error(transparent)]
    Climb(climb::Hindrance),
    /// Something beside the moves of a request.
    #[error(transparent)]
    Beside(beside::Hindrance),
}

impl From<Denied> for Refusal {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::SignInFirst | Denied::NotForYou => Self::NotForYou,
            Denied::OutOfReach => Self::OutOfReach,
            Denied::AgreeFirst => Self::AgreeFirst,
            Denied::Blocked { until } => Self::Blocked { until },
            Denied::Leaving { on } => Self::Leaving { on },
        }
    }
}

impl From<rights::Hindrance> for Refusal {
    fn from(hindrance: rights::Hindrance) -> Self {
        Self::Right(hindrance)
    }
}

impl From<abuse::Hindrance> for Refusal {
    fn from(hindrance: abuse::Hindrance) -> Self {
        Self::Abuse(hindrance)
    }
}

impl From<climb::Hindrance> for Refusal {
    fn from(hindrance: climb::Hindrance) -> Self {
        Self::Climb(hindrance)
    }
}

impl Refusal {
    /// The same without what a person typed: for the address of a page.
    pub fn unnamed(self) -> Self {
        match self {
            Self::Taken { at, .. } => Self::Taken { by: String::new(), at },
            other => other,
        }
    }
}
