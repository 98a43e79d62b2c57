//! Everything that can be done or seen, by name.

use crate::requests::Move;

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
    /// The photos of a request.
    SeePhotos,
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
    /// The list of practical deeds of a village.
    KeepDeeds,
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
    /// Fetching a copy of all data on oneself.
    CopyOwn,
    /// Another phone; asking for a correction.
    Correct,
    /// Answering somebody who asked for a correction.
    Answer,
    /// Agreeing to the terms of today.
    Agree,
    /// Asking to be erased.
    Leave,
    /// Taking that back.
    Stay,
    /// Reporting a request or a person.
    Report,
    /// The list of reports and appeals that wait.
    ReadReports,
    /// Deciding about a report.
    Judge,
    /// Blocking somebody for a term.
    Block,
    /// Blocking somebody until it is lifted.
    BlockForGood,
    /// Saying a word against one's block.
    Appeal,
    /// Deciding about that.
    Hear,
    /// The deadlines and quiet hours of the county.
    SetNumbers,
    /// What could not be delivered to the people of a place: having it tried again, giving it up.
    MindNotices,
    /// Links by which the family of who asked follows a request.
    Share,
    /// Taking thanks out of sight.
    HideThanks,
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
            Self::SeePhotos,
            Self::ReadDesk,
            Self::SeeTeam,
            Self::Appoint,
            Self::Admit,
            Self::KeepCards,
            Self::KeepDeeds,
            Self::ReadLooks,
            Self::SeeOrganisation,
            Self::ArrangeAreas,
            Self::ArrangeTeams,
            Self::KeepCircle,
            Self::SeePeople,
            Self::Import,
            Self::Export,
            Self::CopyOwn,
            Self::Correct,
            Self::Answer,
            Self::Agree,
            Self::Leave,
            Self::Stay,
            Self::Report,
            Self::ReadReports,
            Self::Judge,
            Self::Block,
            Self::BlockForGood,
            Self::Appeal,
            Self::Hear,
            Self::SetNumbers,
            Self::MindNotices,
            Self::Share,
            Self::HideThanks,
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
            Self::SeePhotos => "see_photos",
            Self::Make(mv) => mv.key(),
            Self::ReadDesk => "read_desk",
            Self::SeeTeam => "see_team",
            Self::Appoint => "appoint",
            Self::Admit => "admit",
            Self::KeepCards => "keep_cards",
            Self::KeepDeeds => "keep_deeds",
            Self::ReadLooks => "read_looks",
            Self::SeeOrganisation => "see_organisation",
            Self::ArrangeAreas => "arrange_areas",
            Self::ArrangeTeams => "arrange_teams",
            Self::KeepCircle => "keep_circle",
            Self::SeePeople => "see_people",
            Self::Import => "import",
            Self::Export => "export",
            Self::CopyOwn => "copy_own",
            Self::Correct => "correct",
            Self::Answer => "answer",
            Self::Agree => "agree",
            Self::Leave => "leave",
            Self::Stay => "stay",
            Self::Report => "report",
            Self::ReadReports => "read_reports",
            Self::Judge => "judge",
            Self::Block => "block",
            Self::BlockForGood => "block_for_good",
            Self::Appeal => "appeal",
            Self::Hear => "hear",
            Self::SetNumbers => "set_numbers",
            Self::MindNotices => "mind_notices",
            Self::Share => "share",
            Self::HideThanks => "hide_thanks",
        }
    }
}
