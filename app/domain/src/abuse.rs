//! Abuse: reporting a request or a person, what follows, and a word against it (民法典
//! §1195 asks for a way to report). Who may do which stands in [`crate::permissions`].

use crate::{
    Millis,
    clock::DAY,
    forms::{self, Fault},
    people::{Actor, PersonId, Place},
    requests::privacy::masked,
};
use serde::{Deserialize, Serialize};

/// Reports that one may make within [`DAY`].
pub const REPORTS_A_DAY: i64 = 10;

/// The longest words of a report, a decision or an appeal, in characters.
pub const LONGEST_WORDS: u16 = 500;

keyed! {
    /// Why somebody reports a request or a person.
    pub enum ReportReason {
        /// Pays, asks for money, sells.
        Pay = "pay",
        /// Insults.
        Insult = "insult",
        /// Is not true.
        False = "false",
        /// Is dangerous.
        Dangerous = "dangerous",
        /// Gives away what is private.
        Private = "private",
        /// Anything else.
        Other = "other",
    }
}

keyed! {
    /// Why somebody is blocked.
    pub enum BlockReason {
        /// Paid, asked for money, sold.
        Pay = "pay",
        /// Insulted.
        Insult = "insult",
        /// Said what is not true.
        False = "false",
        /// Endangered somebody.
        Dangerous = "dangerous",
        /// Gave away what is private.
        Private = "private",
        /// Anything else.
        Other = "other",
    }
}

keyed! {
    /// What a report leads to.
    pub enum Outcome {
        /// Nothing wrong.
        Nothing = "nothing",
        /// The request is taken off the board.
        Hidden = "hidden",
        /// Who is reported is warned.
        Warned = "warned",
        /// Who is reported is blocked.
        Blocked = "blocked",
    }
}

keyed! {
    /// How long a block lasts.
    pub enum Term {
        /// A day.
        Day = "day",
        /// Seven days.
        Week = "week",
        /// Thirty days.
        Month = "month",
        /// A year.
        Year = "year",
        /// Until it is lifted; only the centre.
        Open = "open",
    }
}

impl Term {
    /// When a block that begins now ends; none until it is lifted.
    pub const fn until(self, now: Millis) -> Option<Millis> {
        match self {
            Self::Day => Some(now + DAY),
            Self::Week => Some(now + 7 * DAY),
            Self::Month => Some(now + 30 * DAY),
            Self::Year => Some(now + 365 * DAY),
            Self::Open => None,
        }
    }
}

/// Why something about abuse was refused. The person can act on each of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Hindrance {
    /// One report for each person and request.
    #[error("reported already")]
    ReportedAlready,
    /// [`REPORTS_A_DAY`] reports within a day.
    #[error("too many reports today")]
    EnoughReports,
    /// Nobody reports themselves.
    #[error("oneself")]
    Oneself,
    /// Somebody else has decided it.
    #[error("decided already")]
    DecidedAlready,
    /// Their post is as high or higher.
    #[error("as high or higher")]
    AsHigh,
    /// Only the centre blocks without an end.
    #[error("only the centre")]
    OnlyCentre,
    /// Not blocked, or the block has ended.
    #[error("no block")]
    NoBlock,
    /// Once for each block.
    #[error("appealed already")]
    AppealedAlready,
}

/// A report, as the rules see it.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// Where the request stands.
    pub at: &'a Place,
    /// Who is reported.
    pub against: &'a Actor,
    /// Who reports.
    pub by: PersonId,
}

impl Case<'_> {
    /// Whether somebody with a post here is neither reported nor the reporter, and is not below who
    /// is: then the captain above decides.
    pub fn suits(&self, who: &Actor) -> bool {
        let apart = who.id != self.against.id && who.id != self.by;
        apart && is_above(who.rank_over(Some(self.at)), self.against.rank())
    }
}

/// A word against a block, as the rules see it.
#[derive(Clone, Copy, Debug)]
pub struct Complaint<'a> {
    /// Who is blocked.
    pub of: &'a Actor,
    /// Who blocked them.
    pub by: PersonId,
    /// How wide the post was by which they did: [`crate::people::Reach::rank`].
    pub rank: u8,
}

impl Complaint<'_> {
    /// Whether somebody stands above who blocked, over the home of who is blocked.
    pub fn suits(&self, who: &Actor) -> bool {
        let apart = who.id != self.of.id && who.id != self.by;
        apart && is_above(who.rank_over(self.of.home.as_ref()), self.rank)
    }
}

/// Above, or another at the top: nobody stands above the whole city.
const fn is_above(mine: Option<u8>, other: u8) -> bool {
    match mine {
        Some(mine) => mine < other || mine == 0 && other == 0,
        None => false,
    }
}

/// Words of a report or an appeal: what tells who somebody is never comes into the books.
///
/// # Errors
/// [`Fault::Missing`], [`Fault::TooLong`].
pub fn words(typed: &str) -> Result<String, Fault> {
    forms::words(typed, LONGEST_WORDS).map(|clean| masked(&clean))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        people::Reach,
        requests::{
            examples::{VILLAGE, captain, person, place, resident, staff, team},
            held::{Held, held},
        },
    };
    use rstest::rstest;

    #[test]
    fn a_block_ends_by_itself_unless_it_is_open() {
        let ends: Vec<_> = Term::ALL.iter().map(|term| term.until(0)).collect();

        assert_eq!(ends, [Some(DAY), Some(7 * DAY), Some(30 * DAY), Some(365 * DAY), None]);
    }

    #[test]
    fn who_is_reported_never_decides_and_neither_does_who_reports() {
        let at = place();
        let (liang, neighbour) = (captain(10, Reach::Squad(team(3))), resident(1));
        let case = |against, by| Case { at: &at, against, by: person(by) };

        assert!(!case(&liang, 1).suits(&liang));
        assert!(!case(&neighbour, 10).suits(&liang));
        assert!(case(&neighbour, 2).suits(&liang));
        assert!(!case(&neighbour, 2).suits(&captain(11, Reach::Squad(team(9)))));
    }

    #[test]
    fn a_captain_who_is_reported_is_judged_from_above() {
        let at = place();
        let liang = captain(10, Reach::Squad(team(3)));
        let centre = staff(20, Reach::City);
        let of_liang = Case { at: &at, against: &liang, by: person(1) };
        let of_the_centre = Case { at: &at, against: &centre, by: person(1) };

        assert!(!of_liang.suits(&captain(11, Reach::Squad(team(3)))));
        assert!(of_liang.suits(&captain(12, Reach::Company(team(2)))));
        assert!(!of_the_centre.suits(&captain(12, Reach::Village(VILLAGE))));
        assert!(of_the_centre.suits(&staff(21, Reach::City)), "another one of the centre");
    }

    #[test]
    fn a_word_against_a_block_goes_above_who_blocked() {
        let of = resident(1);
        let brigade = Reach::Village(VILLAGE);
        let complaint = Complaint { of: &of, by: person(10), rank: brigade.rank() };

        assert!(!complaint.suits(&captain(11, brigade)));
        assert!(!complaint.suits(&captain(10, Reach::City)), "who blocked has risen since");
        assert!(complaint.suits(&captain(12, Reach::City)));
        let of_the_centre = Complaint { rank: 0, ..complaint };
        assert!(of_the_centre.suits(&staff(13, Reach::City)));
        assert!(!of_the_centre.suits(&captain(12, brigade)));
    }

    #[rstest]
    #[case("他在群里发我电话 15400000001，还骂人", "他在群里发我电话 ****，还骂人")]
    #[case("把身份证13098219500101123X贴墙上了", "把身份证****贴墙上了")]
    #[case("开冀JD12345 堵着门不挪", "开**** 堵着门不挪")]
    #[case("一五四零零零零零零零一，天天打", "****，天天打")]
    #[case("修一次要二百块，说不给就不干", "修一次要二百块，说不给就不干")]
    fn numbers_that_tell_who_never_come_into_a_report(#[case] typed: &str, #[case] kept: &str) {
        assert_eq!(words(typed).as_deref(), Ok(kept));
    }

    #[rstest]
    #[case("放我一马，给你二百块")]
    #[case("解封了请吃饭，有红包")]
    #[case("收费的是他不是我")]
    fn an_appeal_that_speaks_of_money_is_marked_for_who_hears_it(#[case] typed: &str) {
        assert_eq!(held(&words(typed).unwrap()), Some(Held::Pay));
    }

    #[test]
    fn five_hundred_characters_are_enough() {
        assert!(words(&"言".repeat(500)).is_ok());
        assert_eq!(words(&"言".repeat(501)), Err(Fault::TooLong { most: 500 }));
        assert_eq!(words(" \n"), Err(Fault::Missing));
    }
}
