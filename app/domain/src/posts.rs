//! Giving and ending posts 职务: a captain is appointed by whoever has reach above the team
//! (DOMAIN.md §1). A handover ends one term and begins the next at the same moment. While a captain is
//! away somebody of the team stands in, with the same powers, until a day.

use crate::{
    Millis, Refusal,
    clock::DAY,
    dates::Day,
    forms::Fault,
    people::{Actor, PersonId, Place, Reach},
    permissions::{Act, Subject, can},
};
use serde::{Deserialize, Serialize};

/// The most days that somebody stands in for a captain.
pub const LONGEST_AWAY: u16 = 60;

/// Why a captain cannot name somebody to stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Hindrance {
    /// Oneself.
    #[error("oneself")]
    Yourself,
    /// Neither a member of the team nor the captain of one below it.
    #[error("not of the team")]
    NotOfTheTeam,
    /// Not yet eighteen.
    #[error("a minor")]
    Minor,
    /// Somebody stands in already.
    #[error("somebody stands in already")]
    StoodInFor,
    /// Only who leads the team names somebody, and not who stands in.
    #[error("does not lead the team")]
    LeadsNot,
    /// Their account is stopped, or about to be erased.
    #[error("an account that is stopped")]
    Stopped,
}

/// The day on which a captain is back, as typed: the first moment of it.
///
/// # Errors
/// [`Fault::Missing`], [`Fault::NotADate`], [`Fault::Backwards`] for today and before,
/// [`Fault::OutOfRange`] after more than [`LONGEST_AWAY`] days.
pub fn back_on(typed: &str, now: Millis) -> Result<Millis, Fault> {
    let back = Day::typed(typed)?.begins();
    let today = Day::of(now).begins();
    if back <= today {
        Err(Fault::Backwards)
    } else if back - today > Millis::from(LONGEST_AWAY) * DAY {
        Err(Fault::OutOfRange { least: 1, most: LONGEST_AWAY })
    } else {
        Ok(back)
    }
}

/// What the rules need to know about a team before somebody stands in for its captain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Away {
    /// Who names them leads the team, in their own right.
    pub leads: bool,
    /// Whom they name is a member of the team, or leads a team below it.
    pub of_the_team: bool,
    /// Somebody stands in already.
    pub stood_in_for: bool,
}

/// A post over a team, as the rules see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat<'a> {
    /// What its holder reaches.
    pub reach: Reach,
    /// Where the team stands.
    pub at: &'a Place,
}

impl Seat<'_> {
    /// Whether somebody may give or end this post.
    ///
    /// # Errors
    /// [`Refusal::NotForYou`], [`Refusal::OutOfReach`].
    pub fn may_be_given_by(&self, who: &Actor) -> Result<(), Refusal> {
        let seat = Subject::Over { reach: self.reach, at: self.at };
        Ok(can(Some(who), Act::Appoint, seat)?)
    }

    /// Whether somebody may take this post: a person with a name who lives where the team serves and
    /// is neither blocked nor leaves.
    ///
    /// # Errors
    /// [`Refusal::NameFirst`], [`Hindrance::Stopped`], [`Refusal::LivesElsewhere`].
    pub fn may_be_taken_by(&self, person: &Actor) -> Result<(), Refusal> {
        person.has_a_name()?;
        if !person.standing.keeps_posts() {
            return Err(Hindrance::Stopped.into());
        }
        // A lane or a circle is led by anybody of its village.
        let near = match self.reach {
            Reach::City => true,
            Reach::Township(area) => person.home.is_some_and(|home| home.township == area),
            Reach::Village(_) | Reach::Company(_) | Reach::Squad(_) => {
                person.lives_in_village_of(self.at)
            }
        };
        if near { Ok(()) } else { Err(Refusal::LivesElsewhere) }
    }
}

impl Seat<'_> {
    /// Whether a captain may name this person to stand in.
    ///
    /// # Errors
    /// [`Refusal::Post`], and what [`Seat::may_be_taken_by`] says.
    pub fn may_be_lent_to(&self, person: &Actor, who: &Actor, away: Away) -> Result<(), Refusal> {
        let hindrance = if !away.leads {
            Some(Hindrance::LeadsNot)
        } else if away.stood_in_for {
            Some(Hindrance::StoodInFor)
        } else if !away.of_the_team {
            Some(Hindrance::NotOfTheTeam)
        } else if person.id == who.id {
            Some(Hindrance::Yourself)
        } else if person.minor {
            Some(Hindrance::Minor)
        } else {
            None
        };
        hindrance.map_or_else(|| self.may_be_taken_by(person), |why| Err(why.into()))
    }

    /// Whether somebody may end that: the captain, who stands in, or who may give the post.
    ///
    /// # Errors
    /// [`Refusal::NotForYou`], [`Refusal::OutOfReach`].
    pub fn may_be_taken_back_by(
        &self,
        who: &Actor,
        captain: PersonId,
        deputy: PersonId,
    ) -> Result<(), Refusal> {
        if [captain, deputy].contains(&who.id) { Ok(()) } else { self.may_be_given_by(who) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        abuse::BlockReason,
        people::PostKind,
        requests::examples::{
            NEXT_VILLAGE, TOWNSHIP, VILLAGE, captain, place, resident, staff, team, volunteer,
            volunteer_of_the_next_village, with_post,
        },
        standing::Standing,
    };

    /// From the widest to the nearest.
    fn ladder() -> [Reach; 5] {
        [
            Reach::City,
            Reach::Township(TOWNSHIP),
            Reach::Village(VILLAGE),
            Reach::Company(team(2)),
            Reach::Squad(team(3)),
        ]
    }

    #[test]
    fn a_post_is_given_by_whoever_reaches_over_it_from_above_and_by_nobody_else() {
        let at = place();
        for reach in ladder() {
            for giver in ladder() {
                for kind in PostKind::ALL {
                    let who = with_post(40, *kind, giver);
                    let above = giver.rank() < reach.rank();
                    let centre = giver == Reach::City && *kind == PostKind::Staff;

                    let may = Seat { reach, at: &at }.may_be_given_by(&who);

                    assert_eq!(may.is_ok(), above || centre, "{kind:?} {giver:?} over {reach:?}");
                }
            }
        }
    }

    const ALL_WELL: Away = Away { leads: true, of_the_team: true, stood_in_for: false };

    #[test]
    fn a_captain_is_stood_in_for_by_a_grown_member_of_the_team_and_by_one_at_a_time() {
        let at = place();
        let seat = Seat { reach: Reach::Squad(team(3)), at: &at };
        let leader = captain(40, Reach::Squad(team(3)));
        let lent = |person: &Actor, away| seat.may_be_lent_to(person, &leader, away);
        let why = |hindrance: Hindrance| Err(Refusal::Post(hindrance));
        let minor = Actor { minor: true, ..volunteer(41) };

        assert_eq!(lent(&volunteer(41), ALL_WELL), Ok(()));
        assert_eq!(lent(&leader, ALL_WELL), why(Hindrance::Yourself));
        assert_eq!(lent(&minor, ALL_WELL), why(Hindrance::Minor));
        let stranger = Away { of_the_team: false, ..ALL_WELL };
        assert_eq!(lent(&volunteer(41), stranger), why(Hindrance::NotOfTheTeam));
        let twice = Away { stood_in_for: true, ..ALL_WELL };
        assert_eq!(lent(&volunteer(41), twice), why(Hindrance::StoodInFor));
        let not_theirs = Away { leads: false, ..ALL_WELL };
        assert_eq!(lent(&volunteer(41), not_theirs), why(Hindrance::LeadsNot));
        let far = volunteer_of_the_next_village(41);
        assert_eq!(lent(&far, ALL_WELL), Err(Refusal::LivesElsewhere));
    }

    #[test]
    fn the_captain_who_stands_in_and_who_is_above_end_it_and_nobody_else() {
        let at = place();
        let seat = Seat { reach: Reach::Squad(team(3)), at: &at };
        let (leader, deputy) = (captain(40, Reach::Squad(team(3))), volunteer(41));
        let ends = |who: &Actor| seat.may_be_taken_back_by(who, leader.id, deputy.id);

        assert_eq!([ends(&leader), ends(&deputy)], [Ok(()), Ok(())]);
        assert_eq!(ends(&captain(42, Reach::Village(VILLAGE))), Ok(()));
        assert_eq!(ends(&captain(43, Reach::Squad(team(3)))), Err(Refusal::OutOfReach));
        assert_eq!(ends(&volunteer(44)), Err(Refusal::NotForYou));
    }

    #[test]
    fn a_captain_is_back_tomorrow_at_the_earliest_and_within_sixty_days() {
        let now = crate::requests::examples::nine();
        let back = |typed: &str| back_on(typed, now);

        assert_eq!(back("2026-06-18"), Ok(Day::parse("2026-06-18").unwrap().begins()));
        assert_eq!(back("2026-06-17"), Err(Fault::Backwards));
        assert_eq!(back("2026-08-16"), Ok(Day::parse("2026-08-16").unwrap().begins()));
        let too_long = Err(Fault::OutOfRange { least: 1, most: LONGEST_AWAY });
        assert_eq!(back("2026-08-17"), too_long);
        assert_eq!((back(""), back("下周")), (Err(Fault::Missing), Err(Fault::NotADate)));
    }

    #[test]
    fn no_post_beside_it_gives_it_and_nobody_without_a_post() {
        let at = place();
        let seat = Seat { reach: Reach::Squad(team(3)), at: &at };

        let beside = seat.may_be_given_by(&captain(40, Reach::Village(NEXT_VILLAGE)));
        let office = seat.may_be_given_by(&staff(40, Reach::Company(team(9))));

        assert_eq!((beside, office), (Err(Refusal::OutOfReach), Err(Refusal::OutOfReach)));
        assert_eq!(seat.may_be_given_by(&volunteer(40)), Err(Refusal::NotForYou));
    }

    #[test]
    fn a_post_is_taken_by_somebody_with_a_name_who_lives_there() {
        let at = place();
        let seat = Seat { reach: Reach::Squad(team(3)), at: &at };
        let nameless = Actor { called: String::new(), ..resident(40) };

        assert_eq!(seat.may_be_taken_by(&resident(40)), Ok(()));
        assert_eq!(seat.may_be_taken_by(&nameless), Err(Refusal::NameFirst));
        let blocked = Standing::Blocked { until: None, reason: BlockReason::Insult };
        for standing in [blocked, Standing::Leaving { on: 0 }] {
            let stopped = Actor { standing, ..resident(40) };
            assert_eq!(seat.may_be_taken_by(&stopped), Err(Hindrance::Stopped.into()));
        }
        let asked_again = Actor { standing: Standing::AskedAgain, ..resident(40) };
        assert_eq!(seat.may_be_taken_by(&asked_again), Ok(()));
        let far = volunteer_of_the_next_village(40);
        assert_eq!(seat.may_be_taken_by(&far), Err(Refusal::LivesElsewhere));
        let detachment = Seat { reach: Reach::Township(TOWNSHIP), at: &at };
        assert_eq!(detachment.may_be_taken_by(&far), Ok(()));
    }
}
