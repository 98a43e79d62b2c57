//! What somebody does to a request, with what that needs.

use super::{
    Move, Rating,
    climb::Rung,
    minutes::Minutes,
    paper::Came,
    reasons::{
        CannotReason, DeclineReason, DropReason, ExtendReason, GUARDIAN_ALONG, LONG_TERM, ON_PAPER,
        RaiseReason, ReleaseReason, ReopenReason, ReturnReason, WithdrawReason,
    },
    referral::Office,
};
use crate::people::{Actor, PersonId};

/// A move together with what it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// 受理.
    Accept,
    /// 不予受理, with a typed reason and where to turn.
    Decline(DeclineReason, Option<String>),
    /// 不予受理, sent to a place, with words.
    Refer(Office, Option<String>),
    /// 撤回.
    Withdraw(WithdrawReason),
    /// 认领.
    Claim,
    /// 认领 by a minor: the form says that a guardian comes along.
    ClaimAlong,
    /// 派单 to a volunteer within reach.
    Dispatch(Box<Actor>),
    /// The asked volunteer comes.
    TakeUp,
    /// The asked volunteer is a minor: a guardian comes along, as the form says.
    TakeUpAlong,
    /// The asked volunteer does not come.
    TurnDown,
    /// The helper has arrived.
    Start,
    /// A helper's claim is given back, by the helper or by the captain.
    Release(PersonId, ReleaseReason),
    /// Done: every helper's minutes, and what was done.
    Finish(Vec<Minutes>, Option<String>),
    /// It cannot be done on the spot.
    Cannot(CannotReason, Option<String>),
    /// Entered from paper: everybody who helped and agreed to that, and what was done.
    Record(Vec<Came>, Option<String>),
    /// It cannot be done on the spot: sent to a place, with words.
    ReferOn(Office, Option<String>),
    /// Approved; changed minutes need a reason.
    Approve(Vec<Minutes>, Option<String>),
    /// Returned to the helper.
    Return(ReturnReason, Option<String>),
    /// Rated.
    Rate(Rating),
    /// Not solved after all.
    Reopen(ReopenReason),
    /// Whom it was filed for follows it themselves.
    TakeOver,
    /// 上报 by hand, to the next captain that there is.
    Raise(Rung, RaiseReason, Option<String>),
    /// 延期.
    Extend(ExtendReason, Option<String>),
    /// 加照片; which ones the books know.
    AddPhotos,
    /// 撤下照片 that this person sent, with a typed reason and a word more.
    DropPhoto(PersonId, DropReason, Option<String>),
    /// 并单 into the request with this code.
    Merge(String),
    /// 转入办实事长期清单, in these words.
    ToDeeds(String),
}

impl Step {
    /// The move that this step makes.
    pub const fn mv(&self) -> Move {
        match self {
            Self::Accept => Move::Accept,
            Self::Decline(..) | Self::Refer(..) => Move::Decline,
            Self::Withdraw(_) => Move::Withdraw,
            Self::Claim | Self::ClaimAlong => Move::Claim,
            Self::Dispatch(_) => Move::Dispatch,
            Self::TakeUp | Self::TakeUpAlong => Move::TakeUp,
            Self::TurnDown => Move::TurnDown,
            Self::Start => Move::Start,
            Self::Release(..) => Move::Release,
            Self::Finish(..) => Move::Finish,
            Self::Cannot(..) | Self::ReferOn(..) => Move::Cannot,
            Self::Record(..) => Move::Record,
            Self::Approve(..) => Move::Approve,
            Self::Return(..) => Move::Return,
            Self::Rate(..) => Move::Rate,
            Self::Reopen(_) => Move::Reopen,
            Self::TakeOver => Move::TakeOver,
            Self::Raise(..) => Move::Raise,
            Self::Extend(..) => Move::Extend,
            Self::AddPhotos => Move::AddPhotos,
            Self::DropPhoto(..) => Move::DropPhoto,
            Self::Merge(_) => Move::Merge,
            Self::ToDeeds(_) => Move::ToDeeds,
        }
    }

    /// The typed reason, as the history keeps it.
    pub const fn reason(&self) -> Option<&'static str> {
        match self {
            Self::Decline(reason, _) => Some(reason.key()),
            Self::Refer(office, _) | Self::ReferOn(office, _) => Some(office.reason()),
            Self::Withdraw(reason) => Some(reason.key()),
            Self::Release(_, reason) => Some(reason.key()),
            Self::Cannot(reason, _) => Some(reason.key()),
            Self::Return(reason, _) => Some(reason.key()),
            Self::Reopen(reason) => Some(reason.key()),
            Self::Raise(_, reason, _) => Some(reason.key()),
            Self::Extend(reason, _) => Some(reason.key()),
            Self::DropPhoto(_, reason, _) => Some(reason.key()),
            Self::Record(..) => Some(ON_PAPER),
            Self::Merge(_) => Some(DeclineReason::Duplicate.key()),
            Self::ToDeeds(_) => Some(LONG_TERM),
            Self::ClaimAlong | Self::TakeUpAlong => Some(GUARDIAN_ALONG),
            _ => None,
        }
    }

    /// The words beside the move, as the history keeps them.
    pub fn note(&self) -> Option<&str> {
        match self {
            Self::Decline(_, note)
            | Self::Refer(_, note)
            | Self::ReferOn(_, note)
            | Self::Finish(_, note)
            | Self::Cannot(_, note)
            | Self::Record(_, note)
            | Self::Approve(_, note)
            | Self::Return(_, note)
            | Self::Raise(_, _, note)
            | Self::Extend(_, note)
            | Self::DropPhoto(_, _, note) => note.as_deref(),
            Self::Rate(rating) => rating.words.as_deref(),
            Self::Merge(words) | Self::ToDeeds(words) => Some(words),
            _ => None,
        }
    }

    /// Whom the move is about, besides who makes it.
    pub fn about(&self) -> Option<PersonId> {
        match self {
            Self::Dispatch(volunteer) => Some(volunteer.id),
            Self::Release(person, _) | Self::DropPhoto(person, ..) => Some(*person),
            Self::Record(came, _) => came.first().map(|one| one.who.id),
            _ => None,
        }
    }
}
