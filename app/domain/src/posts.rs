//! Giving and ending posts 职务: a captain is appointed by whoever has reach above the team
//! (DOMAIN.md §1). A handover ends one term and begins the next at the same moment.

use crate::{
    Refusal,
    people::{Actor, Place, Reach},
    permissions::{Act, Subject, can},
};

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
    /// [`Refusal::NameFirst`], [`Refusal::LivesElsewhere`].
    pub fn may_be_taken_by(&self, person: &Actor) -> Result<(), Refusal> {
        person.has_a_name()?;
        if !person.standing.keeps_posts() {
            return Err(Refusal::NotForYou);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        people::PostKind,
        requests::examples::{
            NEXT_VILLAGE, TOWNSHIP, VILLAGE, captain, place, resident, staff, team, volunteer,
            volunteer_of_the_next_village, with_post,
        },
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
        let far = volunteer_of_the_next_village(40);
        assert_eq!(seat.may_be_taken_by(&far), Err(Refusal::LivesElsewhere));
        let detachment = Seat { reach: Reach::Township(TOWNSHIP), at: &at };
        assert_eq!(detachment.may_be_taken_by(&far), Ok(()));
    }
}
