//! Who may do and see what: one function, read by the server, the pages and the tests. What a
//! request's state adds to it stands in the table of moves.

#[cfg(test)]
mod table;

use crate::{
    people::{Actor, PersonId, Place, PostKind, Reach},
    requests::{
        Move, Request,
        moves::{Part, Rule},
        privacy::Sight,
    },
};
use serde::{Deserialize, Serialize};

/// Something that can be done or seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// The board, the places, the terms; choosing language and size.
    LookAround,
    /// Asking for a code, coming in with it.
    ComeIn,
    /// One's own account, lists, looks at one's data; signing out.
    ReadOwn,
    /// Saying who one is and where one lives.
    ChangeOwn,
    /// Filing a request, for oneself or a neighbour.
    Ask,
    /// Knowing that a request exists, as far as the board shows it.
    SeeRequest,
    /// Name, phone and door of a request; each look is written down.
    SeeContact,
    /// One step of a request; its state and guards are checked as well.
    Make(Move),
    /// The list of what waits for a captain or for staff.
    ReadDesk,
    /// A team with who leads it and led it.
    SeeTeam,
    /// Giving a post over a team to somebody, or ending it.
    Appoint,
    /// Letting somebody into a team or not, and out of it; what they wrote is read for that.
    Admit,
    /// The door cards of a circle: making, printing, replacing and revoking them, and filing for a
    /// household that says its code.
    KeepCards,
    /// Who of a place looked at whose contact data: for those who watch over the watchers.
    ReadLooks,
    /// The two trees: areas and teams, with who leads them.
    SeeOrganisation,
    /// Adding, renaming, moving, merging and closing areas with their teams, and what stands beside them.
    ArrangeAreas,
    /// The same with the companies and squads of a village.
    ArrangeTeams,
    /// A circle's doors, its centre and its name.
    KeepCircle,
    /// The people who live at a place: searching them, opening one. Each that is opened is written
    /// down.
    SeePeople,
    /// Bringing areas, teams, households and people in from a file.
    Import,
    /// Taking the lists of a place away as a file.
    Export,
}

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
    /// Plays this part in the request.
    Plays(Part),
    /// Sees at least so much of the request.
    Sees(Sight),
}

impl Act {
    /// Every act.
    pub fn all() -> Vec<Self> {
        let own = [
            Self::LookAround,
            Self::ComeIn,
            Self::ReadOwn,
            Self::ChangeOwn,
            Self::Ask,
            Self::SeeRequest,
            Self::SeeContact,
            Self::ReadDesk,
            Self::SeeTeam,
            Self::Appoint,
            Self::Admit,
            Self::KeepCards,
            Self::ReadLooks,
            Self::SeeOrganisation,
            Self::ArrangeAreas,
            Self::ArrangeTeams,
            Self::KeepCircle,
            Self::SeePeople,
            Self::Import,
            Self::Export,
        ];
        own.into_iter().chain(Move::ALL.iter().map(|&mv| Self::Make(mv))).collect()
    }

    /// Its name in the docs.
    pub const fn key(self) -> &'static str {
        match self {
            Self::LookAround => "look_around",
            Self::ComeIn => "come_in",
            Self::ReadOwn => "read_own",
            Self::ChangeOwn => "change_own",
            Self::Ask => "ask",
            Self::SeeRequest => "see_request",
            Self::SeeContact => "see_contact",
            Self::Make(mv) => mv.key(),
            Self::ReadDesk => "read_desk",
            Self::SeeTeam => "see_team",
            Self::Appoint => "appoint",
            Self::Admit => "admit",
            Self::KeepCards => "keep_cards",
            Self::ReadLooks => "read_looks",
            Self::SeeOrganisation => "see_organisation",
            Self::ArrangeAreas => "arrange_areas",
            Self::ArrangeTeams => "arrange_teams",
            Self::KeepCircle => "keep_circle",
            Self::SeePeople => "see_people",
            Self::Import => "import",
            Self::Export => "export",
        }
    }

    /// For a step of a request: the guards that are about who makes it, not about when.
    fn suits(self, actor: Option<&Actor>, subject: Subject<'_>) -> bool {
        match (self, actor, subject) {
            (Self::Make(mv), Some(who), Subject::Request(request)) => request.suits(mv, who),
            _ => true,
        }
    }

    /// The table: who may.
    fn who(self) -> Vec<Who> {
        match self {
            Self::LookAround | Self::ComeIn => vec![Who::Anybody],
            Self::ChangeOwn | Self::Ask => vec![Who::Known],
            Self::ReadOwn => vec![Who::Owner],
            Self::SeeRequest => vec![Who::Sees(Sight::Board)],
            Self::SeeContact => vec![Who::Sees(Sight::Contact)],
            Self::Make(mv) => Rule::of(mv).who.iter().map(|&part| Who::Plays(part)).collect(),
            Self::ReadDesk => vec![Who::Posted],
            Self::SeeTeam | Self::KeepCards | Self::SeePeople | Self::SeeOrganisation => {
                vec![Who::Posted]
            }
            Self::Admit => vec![Who::Reaching],
            Self::Appoint => vec![Who::Above, Who::Centre],
            Self::ReadLooks | Self::Import | Self::ArrangeAreas => vec![Who::Centre],
            Self::Export | Self::KeepCircle => vec![Who::Staff],
            Self::ArrangeTeams => vec![Who::Office],
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
    if listed && act.suits(actor, subject) {
        return Ok(());
    }
    let Some(actor) = actor else { return Err(Denied::SignInFirst) };
    let for_a_post = who.iter().any(|one| {
        matches!(
            one,
            Who::Posted
                | Who::Above
                | Who::Reaching
                | Who::Staff
                | Who::Centre
                | Who::Office
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
                Subject::House => !who.posts.is_empty(),
                Subject::Request(_) | Subject::Of(_) => false,
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
                Subject::Request(_) | Subject::Of(_) => false,
            }),
            Self::Centre => actor.is_some_and(|who| who.works_for(Reach::City)),
            Self::Office => match (actor, subject) {
                (Some(who), Subject::At(at) | Subject::Over { at, .. }) => {
                    who.works_for(Reach::City) || who.works_for(Reach::Township(at.township))
                }
                _ => false,
            },
            Self::Plays(part) => match (actor, subject) {
                (Some(who), Subject::Request(request)) => request.plays(part, who),
                _ => false,
            },
            Self::Sees(sight) => match subject {
                Subject::Request(request) => request.sight(actor) >= sight,
                Subject::House | Subject::At(_) | Subject::Of(_) | Subject::Over { .. } => false,
            },
        }
    }
}
