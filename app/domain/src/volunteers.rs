//! Volunteers 志愿者 (DOMAIN.md §1): how somebody comes to be a member of a team, pauses and leaves.
//! One table says who moves a membership on, from which standing, under which guards, to which.

pub mod age;
pub mod candidates;
pub mod form;
pub mod number;
pub mod profile;
pub mod reasons;
pub mod skills;
#[cfg(test)]
mod tests;

use crate::{
    Refusal,
    people::{Actor, PersonId, Place, Reach},
    permissions::{Act, Subject, can},
};
use age::Age;
use serde::{Deserialize, Serialize};

/// The version of the consent that the form asks for: recorded with who gave it and when.
pub const CONSENT: &str = "volunteers-2026-11";

keyed! {
    /// How somebody stands to a team.
    pub enum Standing {
        /// Has nothing to do with it.
        Outside = "outside",
        /// 待批: waits for its captain.
        Applied = "applied",
        /// 队员.
        Member = "member",
        /// 歇着: a member who takes nothing on for now.
        Paused = "paused",
        /// 没批.
        Refused = "refused",
        /// 离队.
        Left = "left",
    }
}

impl Standing {
    /// Belongs to the team, or waits to.
    pub const fn is_running(self) -> bool {
        match self {
            Self::Applied | Self::Member | Self::Paused => true,
            Self::Outside | Self::Refused | Self::Left => false,
        }
    }
}

keyed! {
    /// A move of a membership.
    pub enum Move {
        /// 申请, for the first time or again.
        Apply = "apply",
        /// 收回申请.
        TakeBack = "take_back",
        /// 同意.
        Approve = "approve",
        /// 不同意, with a typed reason.
        Refuse = "refuse",
        /// 歇一阵: in all teams at once.
        Pause = "pause",
        /// 回来.
        Resume = "resume",
        /// 离队.
        Leave = "leave",
        /// 请出, with a typed reason.
        Remove = "remove",
    }
}

keyed! {
    /// The part that somebody plays in a membership.
    pub enum Part {
        /// Whose it is.
        Person = "person",
        /// The captain of the team, or captain or staff with reach over it.
        InCharge = "in_charge",
    }
}

keyed! {
    /// What else must hold.
    pub enum Guard {
        /// The team takes volunteers.
        TakesVolunteers = "takes_volunteers",
        /// Old enough, and with a guardian's consent under 14 (PIPL §31).
        OldEnough = "old_enough",
        /// The first team is one of where they live: who claims reads phones and doors there.
        HomeFirst = "home_first",
        /// Four eyes: nobody lets themselves in.
        NotOwn = "not_own",
        /// The last team is left when no claim is running.
        NoClaimLeft = "no_claim_left",
    }
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// From these standings.
    pub from: &'static [Standing],
    /// This move.
    pub mv: Move,
    /// By whom.
    pub who: Part,
    /// When all of these hold, checked in this order.
    pub guards: &'static [Guard],
    /// Leads here.
    pub to: Standing,
}

use Guard as G;
use Standing as S;

/// Every move there is. What is not here cannot happen.
pub const TABLE: &[Rule] = &[
    rule(
        &[S::Outside, S::Refused, S::Left],
        Move::Apply,
        Part::Person,
        &[G::TakesVolunteers, G::OldEnough, G::HomeFirst],
        S::Applied,
    ),
    rule(&[S::Applied], Move::TakeBack, Part::Person, &[], S::Left),
    rule(&[S::Applied], Move::Approve, Part::InCharge, &[G::NotOwn, G::OldEnough], S::Member),
    rule(&[S::Applied], Move::Refuse, Part::InCharge, &[G::NotOwn], S::Refused),
    rule(&[S::Member], Move::Pause, Part::Person, &[], S::Paused),
    rule(&[S::Paused], Move::Resume, Part::Person, &[], S::Member),
    rule(&[S::Member, S::Paused], Move::Leave, Part::Person, &[G::NoClaimLeft], S::Left),
    rule(&[S::Member, S::Paused], Move::Remove, Part::InCharge, &[G::NotOwn], S::Left),
];

const fn rule(
    from: &'static [Standing],
    mv: Move,
    who: Part,
    guards: &'static [Guard],
    to: Standing,
) -> Rule {
    Rule { from, mv, who, guards, to }
}

impl Rule {
    /// The line of the table for a move.
    pub fn of(mv: Move) -> &'static Self {
        let found = TABLE.iter().find(|rule| rule.mv == mv);
        found.expect("the table has a line for every move; a test holds it to that")
    }
}

/// Why the rules said no to a move of a membership. Worded in `app/locales/*/volunteers.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Hindrance {
    /// Not in the present standing.
    #[error("not while the person is {0:?}")]
    NotNow(Standing),
    /// Registers first: birth date, skills, consent.
    #[error("not registered")]
    NotRegistered,
    /// Says first where they live.
    #[error("no home yet")]
    NoHome,
    /// This team takes no volunteers itself.
    #[error("takes no volunteers")]
    TakesNobody,
    /// Under ten.
    #[error("too young")]
    TooYoung,
    /// Under fourteen, and no guardian agreed.
    #[error("no guardian agreed")]
    NoGuardian,
    /// A team of where they live comes first.
    #[error("a team at home comes first")]
    HomeTeamFirst,
    /// One's own application.
    #[error("one's own application")]
    OwnApplication,
    /// So many claims are still running.
    #[error("{0} claims are running")]
    ClaimsRunning(u8),
}

/// What the rules need to know beside the membership: counted in the same transaction.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// How old they are; none when the books do not say (those from before), who count as adults.
    pub age: Option<Age>,
    /// A guardian's consent is recorded.
    pub guardian_agreed: bool,
    /// The team takes volunteers.
    pub takes_volunteers: bool,
    /// The team is one of where they live.
    pub at_home: bool,
    /// Is a member of a team of where they live.
    pub member_at_home: bool,
    /// Teams of which they are a member, this one too.
    pub teams: u32,
    /// Open claims: claimed or serving, in all requests.
    pub open_claims: u8,
}

/// A membership as the rules see it.
#[derive(Clone, Copy, Debug)]
pub struct Membership<'a> {
    /// Whose.
    pub person: PersonId,
    /// How they stand to the team.
    pub standing: Standing,
    /// What the captain of the team reaches.
    pub reach: Reach,
    /// Where the team stands.
    pub at: &'a Place,
}

impl Membership<'_> {
    /// The standing after the move, or why not.
    ///
    /// # Errors
    /// A [`Refusal`] that says who, when or what is in the way: the part, the standing, the guards.
    pub fn after(&self, mv: Move, who: &Actor, facts: &Facts) -> Result<Standing, Refusal> {
        let rule = Rule::of(mv);
        self.plays(rule.who, who)?;
        if !rule.from.contains(&self.standing) {
            return Err(Refusal::Volunteer(Hindrance::NotNow(self.standing)));
        }
        rule.guards.iter().try_for_each(|guard| self.holds(*guard, who, facts))?;
        Ok(rule.to)
    }

    /// The moves that this person can make now, in the order of the table: the buttons.
    pub fn moves_for(&self, who: &Actor, facts: &Facts) -> Vec<Move> {
        Move::ALL.iter().copied().filter(|mv| self.after(*mv, who, facts).is_ok()).collect()
    }

    fn plays(&self, part: Part, who: &Actor) -> Result<(), Refusal> {
        match part {
            Part::Person if who.id == self.person => Ok(()),
            Part::Person => Err(Refusal::NotForYou),
            Part::InCharge => {
                let over = Subject::Over { reach: self.reach, at: self.at };
                can(Some(who), Act::Admit, over).map_err(Refusal::from)
            }
        }
    }

    fn holds(&self, guard: Guard, who: &Actor, facts: &Facts) -> Result<(), Refusal> {
        let hindered = match guard {
            Guard::TakesVolunteers => (!facts.takes_volunteers).then_some(Hindrance::TakesNobody),
            Guard::OldEnough => age::hindrance(facts.age, facts.guardian_agreed),
            Guard::HomeFirst => {
                (!facts.at_home && !facts.member_at_home).then_some(Hindrance::HomeTeamFirst)
            }
            Guard::NotOwn => (who.id == self.person).then_some(Hindrance::OwnApplication),
            Guard::NoClaimLeft => (facts.teams <= 1 && facts.open_claims > 0)
                .then_some(Hindrance::ClaimsRunning(facts.open_claims)),
        };
        hindered.map_or(Ok(()), |hindrance| Err(Refusal::Volunteer(hindrance)))
    }
}
