//! How somebody stands with the house: well, asked again for consent, blocked for a while, or about to
//! leave. One rule says what each of them may; [`crate::permissions::can`] and the moves of a request
//! both ask it.

use crate::{
    Millis,
    abuse::BlockReason,
    permissions::{Act, Denied},
    requests::Move,
};
use serde::{Deserialize, Serialize};

/// How somebody stands with the house at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Like most.
    #[default]
    Good,
    /// Agreed to terms that have changed since: reads as before, and agrees before the next act.
    AskedAgain,
    /// Blocked by a captain or staff.
    Blocked {
        /// Until when; none until the centre lifts it.
        until: Option<Millis>,
        /// Why.
        reason: BlockReason,
    },
    /// Asked to be erased.
    Leaving {
        /// When they will be.
        on: Millis,
    },
}

impl Standing {
    /// What stands in the way of an act that the table of permissions allows otherwise. `open` says
    /// that anybody may do it, without signing in.
    ///
    /// # Errors
    /// [`Denied::AgreeFirst`], [`Denied::Blocked`], [`Denied::Leaving`].
    pub fn allows(self, act: Act, open: bool) -> Result<(), Denied> {
        let (allowed, denied) = match self {
            Self::Good => (true, Denied::NotForYou),
            Self::AskedAgain => (open || reads(act) || is_a_right(act), Denied::AgreeFirst),
            Self::Blocked { until, .. } => {
                let rests = matches!(
                    act,
                    Act::ReadDesk
                        | Act::ReadLooks
                        | Act::ReadReports
                        | Act::SeeOrganisation
                        | Act::SeePeople
                );
                let may = open || ends_work(act) || reads(act) && !rests || answers_a_block(act);
                (may, Denied::Blocked { until })
            }
            Self::Leaving { on } => {
                (open || matches!(act, Act::Stay | Act::CopyOwn), Denied::Leaving { on })
            }
        };
        if allowed { Ok(()) } else { Err(denied) }
    }

    /// Whether their posts count: those of somebody who is blocked or leaves rest meanwhile.
    pub const fn keeps_posts(self) -> bool {
        matches!(self, Self::Good | Self::AskedAgain)
    }

    /// About to leave: to the others they have left.
    pub const fn is_leaving(self) -> bool {
        matches!(self, Self::Leaving { .. })
    }
}

/// Nothing in the books changes by it.
fn reads(act: Act) -> bool {
    match act {
        Act::LookAround
        | Act::ComeIn
        | Act::ReadOwn
        | Act::SeeRequest
        | Act::SeeContact
        | Act::SeePhotos
        | Act::ReadDesk
        | Act::SeeTeam
        | Act::ReadLooks
        | Act::ReadReports
        | Act::SeeOrganisation
        | Act::SeePeople => true,
        Act::ChangeOwn
        | Act::Ask
        | Act::Make(_)
        | Act::Appoint
        | Act::Admit
        | Act::KeepCards
        | Act::KeepDeeds
        | Act::ArrangeAreas
        | Act::ArrangeTeams
        | Act::KeepCircle
        | Act::Import
        | Act::Export
        | Act::CopyOwn
        | Act::Correct
        | Act::Answer
        | Act::Agree
        | Act::Leave
        | Act::Stay
        | Act::Report
        | Act::Judge
        | Act::Block
        | Act::BlockForGood
        | Act::Appeal
        | Act::Hear
        | Act::SetNumbers
        | Act::MindNotices
        | Act::Share
        | Act::HideThanks => false,
    }
}

/// What the law gives everybody, whatever they have agreed to.
fn is_a_right(act: Act) -> bool {
    matches!(act, Act::CopyOwn | Act::Correct | Act::Agree | Act::Leave | Act::Stay | Act::Appeal)
}

/// What is left to somebody who is blocked: their data, and a word against it.
fn answers_a_block(act: Act) -> bool {
    matches!(act, Act::CopyOwn | Act::Correct | Act::Agree | Act::Stay | Act::Appeal)
}

/// Ends or gives back what runs, so that nobody waits in vain; and takes back what one showed.
fn ends_work(act: Act) -> bool {
    match act {
        Act::Make(mv) => match mv {
            Move::Withdraw
            | Move::TurnDown
            | Move::Start
            | Move::Release
            | Move::Finish
            | Move::Cannot
            | Move::DropPhoto => true,
            Move::Accept
            | Move::Decline
            | Move::Claim
            | Move::Dispatch
            | Move::TakeUp
            | Move::Record
            | Move::Approve
            | Move::Return
            | Move::TakeOver
            | Move::Rate
            | Move::Reopen
            | Move::Raise
            | Move::Extend
            | Move::AddPhotos
            | Move::Merge
            | Move::ToDeeds => false,
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(standing: Standing) -> Vec<&'static str> {
        let may = |act: &Act| standing.allows(*act, false).is_ok();
        Act::all().into_iter().filter(may).map(Act::key).collect()
    }

    #[test]
    fn whoever_is_blocked_reads_their_own_ends_what_runs_and_says_a_word_against_it() {
        let blocked = Standing::Blocked { until: Some(1), reason: BlockReason::Insult };

        assert_eq!(
            allowed(blocked),
            [
                "look_around",
                "come_in",
                "read_own",
                "see_request",
                "see_contact",
                "see_photos",
                "see_team",
                "copy_own",
                "correct",
                "agree",
                "stay",
                "appeal",
                "withdraw",
                "turn_down",
                "start",
                "release",
                "finish",
                "cannot",
                "drop_photo"
            ]
        );
    }

    #[test]
    fn whoever_leaves_may_only_take_their_data_along_or_stay() {
        assert_eq!(allowed(Standing::Leaving { on: 1 }), ["copy_own", "stay"]);
        assert_eq!(Standing::Leaving { on: 1 }.allows(Act::LookAround, true), Ok(()));
    }

    #[test]
    fn whoever_is_asked_again_reads_and_keeps_their_rights() {
        assert_eq!(
            allowed(Standing::AskedAgain),
            [
                "look_around",
                "come_in",
                "read_own",
                "see_request",
                "see_contact",
                "see_photos",
                "read_desk",
                "see_team",
                "read_looks",
                "see_organisation",
                "see_people",
                "copy_own",
                "correct",
                "agree",
                "leave",
                "stay",
                "read_reports",
                "appeal"
            ]
        );
    }

    #[test]
    fn in_good_standing_everything_is_as_the_table_says() {
        assert_eq!(allowed(Standing::Good).len(), Act::all().len());
    }
}
