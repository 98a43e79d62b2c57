//! Who may do and see what: one function, read by the server, the pages and the tests. What a
//! request's state adds to it stands in the table of moves.

mod acts;
#[cfg(test)]
mod table;

use crate::{
    Millis,
    abuse::{Case, Complaint},
    people::{Actor, PersonId, Place, PostKind, Reach},
    requests::{
        Request,
        moves::{Part, Rule},
        privacy::Sight,
    },
};
use serde::{Deserialize, Serialize};

pub use acts::Act;

/// What it is done to.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// Nothing in particular.
    House,
    /// A place with all that stands there.
    At(&'a Place),
    /// A request.
    Request(&'a Request),
    /// What belongs to a person.
    Of(PersonId),
    /// A team or unit: what its post reaches, and where it stands.
    Over {
        /// What its captain or staff reach.
        reach: Reach,
        /// Where it stands.
        at: &'a Place,
    },
    /// Somebody, with where they live and what they hold.
    Person(&'a Actor),
    /// A report.
    Case(Case<'a>),
    /// A word against a block.
    Complaint(Complaint<'a>),
}

/// Why somebody may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Denied {
    /// Only for people who have signed in.
    #[error("please sign in first")]
    SignInFirst,
    /// For somebody else.
    #[error("not for this person")]
    NotForYou,
    /// For who holds such a post, but over another place.
    #[error("out of reach")]
    OutOfReach,
    /// For who has agreed to the terms of today.
    #[error("agree to the terms first")]
    AgreeFirst,
    /// Not for who is blocked.
    #[error("blocked")]
    Blocked {
        /// Until when; none until the centre lifts it.
        until: Option<Millis>,
    },
    /// Not for who is about to be erased.
    #[error("leaving")]
    Leaving {
        /// When they are.
        on: Millis,
    },
}

/// What somebody must be to the subject. Any one of an act's list is enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    /// Whoever comes by.
    Anybody,
    /// Signed in.
    Known,
    /// Whose it is.
    Owner,
    /// Holds any post.
    Posted,
    /// Holds a post that reaches over the subject from above.
    Above,
    /// Holds a post over the subject itself, or from above.
    Reaching,
    /// Works for a unit over the subject: centre, office or station.
    Staff,
    /// Works for the centre.
    Centre,
    /// Works for the centre, or for the office over the subject.
    Office,
    /// Works for a unit over their home.
    StaffFor,
    /// Holds a post over their home, wider than any of theirs.
    Stronger,
    /// Plays this part in the request.
    Plays(Part),
    /// Sees at least so much of the request.
    Sees(Sight),
    /// Sees the photos of the request.
    SeesPhotos,
}

impl Act {
    /// The guards that are about who does it, not about when.
    fn suits(self, actor: Option<&Actor>, subject: Subject<'_>) -> bool {
        match (self, actor, subject) {
            (Self::Make(mv), Some(who), Subject::Request(request)) => request.suits(mv, who),
            // Who reports is known; what they report they see.
            (Self::Report, who, _) => who.is_some(),
            (Self::Judge, Some(who), Subject::Case(case)) => case.suits(who),
            (Self::Hear, Some(who), Subject::Complaint(complaint)) => complaint.suits(who),
            (Self::BlockForGood, Some(who), Subject::Person(person)) => who.stands_above(person),
            _ => true,
        }
    }

    /// The table: who may.
    fn who(self) -> Vec<Who> {
        match self {
            Self::LookAround | Self::ComeIn => vec![Who::Anybody],
            Self::ChangeOwn
            | Self::Ask
            | Self::CopyOwn
            | Self::Correct
            | Self::Agree
            | Self::Leave
            | Self::Stay
            | Self::Appeal => vec![Who::Known],
            Self::ReadOwn => vec![Who::Owner],
            Self::HideThanks => vec![Who::Plays(Part::Captain), Who::Plays(Part::Staff)],
            Self::Share => vec![
                Who::Plays(Part::Requester),
                Who::Plays(Part::Captain),
                Who::Plays(Part::Staff),
            ],
            Self::SeeRequest | Self::Report => vec![Who::Sees(Sight::Board)],
            Self::SeeContact => vec![Who::Sees(Sight::Contact)],
            Self::SeePhotos => vec![Who::SeesPhotos],
            Self::Make(mv) => Rule::of(mv).who.iter().map(|&part| Who::Plays(part)).collect(),
            Self::ReadDesk
            | Self::ReadReports
            | Self::Judge
            | Self::Hear
            | Self::SeeTeam
            | Self::KeepCards
            | Self::SeePeople
            | Self::SeeOrganisation => vec![Who::Posted],
            Self::Admit | Self::KeepDeeds => vec![Who::Reaching],
            Self::Appoint => vec![Who::Above, Who::Centre],
            Self::ReadLooks
            | Self::BlockForGood
            | Self::Import
            | Self::ArrangeAreas
            | Self::SetNumbers => vec![Who::Centre],
            Self::Export | Self::KeepCircle => vec![Who::Staff],
            Self::ArrangeTeams => vec![Who::Office],
            Self::Answer | Self::MindNotices => vec![Who::StaffFor],
            Self::Block => vec![Who::Stronger],
        }
    }
}

/// Whether somebody may do that to this; nobody has signed in when there is no actor.
///
/// # Errors
/// [`Denied`] with what is missing. Whoever may not see a request is told that there is none.
pub fn can(actor: Option<&Actor>, act: Act, subject: Subject<'_>) -> Result<(), Denied> {
    let who = act.who();
    let listed = who.iter().any(|one| one.is(actor, subject));
    let open = who.contains(&Who::Anybody)
        || act == Act::SeeRequest && who.iter().any(|one| one.is(None, subject));
    if listed && act.suits(actor, subject) {
        return actor.map_or(Ok(()), |actor| actor.standing.allows(act, open));
    }
    let Some(actor) = actor else { return Err(Denied::SignInFirst) };
    // What they have lost for a while is said rather than what they never had.
    actor.standing.allows(act, open)?;
    let for_a_post = who.iter().any(|one| {
        matches!(
            one,
            Who::Posted
                | Who::Above
                | Who::Reaching
                | Who::Staff
                | Who::Centre
                | Who::Office
                | Who::StaffFor
                | Who::Stronger
                | Who::Plays(Part::Captain | Part::Staff)
        )
    });
    let reach_is_missing = for_a_post && !listed && !actor.posts.is_empty();
    Err(if reach_is_missing { Denied::OutOfReach } else { Denied::NotForYou })
}

impl Who {
    /// An act that is asked of what it is not for is refused.
    fn is(self, actor: Option<&Actor>, subject: Subject<'_>) -> bool {
        match self {
            Self::Anybody => true,
            Self::Known => actor.is_some(),
            Self::Owner => {
                let own = |who: &Actor| matches!(subject, Subject::Of(person) if person == who.id);
                actor.is_some_and(own)
            }
            Self::Posted => actor.is_some_and(|who| match subject {
                Subject::At(place) | Subject::Over { at: place, .. } => {
                    who.is_captain_over(place) || who.is_staff_over(place)
                }
                Subject::Case(Case { at, .. }) => who.rank_over(Some(at)).is_some(),
                Subject::Complaint(complaint) => {
                    who.rank_over(complaint.of.home.as_ref()).is_some()
                }
                Subject::House => !who.posts.is_empty(),
                Subject::Request(_) | Subject::Of(_) | Subject::Person(_) => false,
            }),
            Self::Above => match (actor, subject) {
                (Some(who), Subject::Over { reach, at }) => who.reaches_over(reach, at),
                _ => false,
            },
            Self::Reaching => match (actor, subject) {
                (Some(who), Subject::Over { reach, at }) => who.reaches(reach, at),
                _ => false,
            },
            Self::Staff => actor.is_some_and(|who| match subject {
                Subject::At(place) | Subject::Over { at: place, .. } => who.is_staff_over(place),
                Subject::House => who.posts.iter().any(|post| post.kind == PostKind::Staff),
                Subject::Request(_)
                | Subject::Of(_)
                | Subject::Person(_)
                | Subject::Case(_)
                | Subject::Complaint(_) => false,
            }),
            Self::Centre => actor.is_some_and(|who| who.works_for(Reach::City)),
            Self::Office => match (actor, subject) {
                (Some(who), Subject::At(at) | Subject::Over { at, .. }) => {
                    who.works_for(Reach::City) || who.works_for(Reach::Township(at.township))
                }
                _ => false,
            },
            Self::StaffFor | Self::Stronger => match (actor, subject) {
                (Some(who), Subject::Person(person)) if self == Self::StaffFor => {
                    who.is_staff_for(person)
                }
                (Some(who), Subject::Person(person)) => who.stands_above(person),
                _ => false,
            },
            Self::Plays(part) => match (actor, subject) {
                (Some(who), Subject::Request(request)) => request.plays(part, who),
                _ => false,
            },
            Self::SeesPhotos => match subject {
                Subject::Request(request) => request.shows_photos(actor),
                _ => false,
            },
            Self::Sees(sight) => match subject {
                Subject::Request(request) => request.sight(actor) >= sight,
                Subject::House
                | Subject::At(_)
                | Subject::Of(_)
                | Subject::Over { .. }
                | Subject::Person(_)
                | Subject::Case(_)
                | Subject::Complaint(_) => false,
            },
        }
    }
}
