//! Who is acting, where they live, and how far their word reaches (DOMAIN.md §1).

use crate::{
    Refusal,
    areas::AreaId,
    organisation::point::{Around, Point},
    standing::Standing,
    teams::TeamId,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A person with an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonId(pub Uuid);

/// Where a door or a request stands in both trees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The township or street office.
    pub township: AreaId,
    /// The village or community.
    pub village: AreaId,
    /// The lane's company; none where the village has no companies yet.
    pub company: Option<TeamId>,
    /// The circle's squad; none where no circle covers the door.
    pub squad: Option<TeamId>,
    /// The place of the door along its lane, counted from the lane's mouth; none if unknown.
    pub door: Option<i32>,
    /// Where that door stands; none if unknown. Nobody is shown it: it is only measured from.
    #[serde(default)]
    pub point: Option<Point>,
}

impl Place {
    /// How far it is to another place of the village, in metres, where both points are known.
    pub fn metres_to(&self, there: &Self) -> Option<u32> {
        let (here, there) = (self.point?, there.point.filter(|_| self.village == there.village)?);
        Some(here.metres_to(there))
    }

    /// Whether another place of the village lies within fifteen metres; none unless both points are known.
    pub fn is_near(&self, there: &Self) -> Option<bool> {
        let (here, there) = (self.point?, there.point.filter(|_| self.village == there.village)?);
        Some(Around::of(here).holds(there))
    }

    /// A village without knowing where in it.
    pub const fn somewhere_in(township: AreaId, village: AreaId) -> Self {
        Self { township, village, company: None, squad: None, door: None, point: None }
    }
}

/// How far a post reaches: the thing named and all below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// The whole city: the corps and the centre.
    City,
    /// A township: its detachment and its office.
    Township(AreaId),
    /// A village or community: its brigade and its station.
    Village(AreaId),
    /// A lane: its company.
    Company(TeamId),
    /// A circle: its squad.
    Squad(TeamId),
}

impl Reach {
    /// How wide it is: the city is 0, a squad the last.
    pub const fn rank(self) -> u8 {
        match self {
            Self::City => 0,
            Self::Township(_) => 1,
            Self::Village(_) => 2,
            Self::Company(_) => 3,
            Self::Squad(_) => 4,
        }
    }

    /// Whether the place lies within.
    pub fn covers(self, place: &Place) -> bool {
        match self {
            Self::City => true,
            Self::Township(area) => place.township == area,
            Self::Village(area) => place.village == area,
            Self::Company(team) => place.company == Some(team),
            Self::Squad(team) => place.squad == Some(team),
        }
    }
}

keyed! {
    /// Why a person's word counts over others'.
    pub enum PostKind {
        /// 队长: leads a team.
        Captain = "captain",
        /// 工作人员: works for a unit.
        Staff = "staff",
    }
}

/// A post that a person holds now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Captain or staff.
    pub kind: PostKind,
    /// Over what.
    pub reach: Reach,
    /// What it is over, in words: 柿庄中村 3 小队.
    pub name: String,
}

/// A signed-in person together with what they may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Who.
    pub id: PersonId,
    /// Surname and title, as neighbours say it: 翟师傅.
    pub called: String,
    /// A volunteer of where they live: approved by a captain over their home, and not paused.
    pub volunteer: bool,
    /// A volunteer who takes nothing on for now.
    pub paused: bool,
    /// Not yet eighteen: helps with a guardian along.
    pub minor: bool,
    /// Where they live; none until they have said so.
    pub home: Option<Place>,
    /// The posts that they hold now, widest reach last; none while they rest ([`Actor::standing`]).
    pub posts: Vec<Post>,
    /// How they stand with the house.
    #[serde(default)]
    pub standing: Standing,
}

impl Actor {
    /// Has said how neighbours call them: nobody asks for help without a name.
    ///
    /// # Errors
    /// [`Refusal::NameFirst`].
    pub fn has_a_name(&self) -> Result<(), Refusal> {
        if self.called.trim().is_empty() { Err(Refusal::NameFirst) } else { Ok(()) }
    }

    /// Leads a team over this place.
    pub fn is_captain_over(&self, place: &Place) -> bool {
        self.holds(PostKind::Captain, place)
    }

    /// Works for a unit over this place.
    pub fn is_staff_over(&self, place: &Place) -> bool {
        self.holds(PostKind::Staff, place)
    }

    /// Holds a post that reaches over a team at this place from above: wider than its own.
    pub fn reaches_over(&self, reach: Reach, at: &Place) -> bool {
        let wider = |post: &Post| post.reach.rank() < reach.rank() && post.reach.covers(at);
        self.posts.iter().any(wider)
    }

    /// Holds a post that reaches a team at this place: its own, or a wider one.
    pub fn reaches(&self, reach: Reach, at: &Place) -> bool {
        let over = |post: &Post| post.reach.rank() <= reach.rank() && post.reach.covers(at);
        self.posts.iter().any(over)
    }

    /// The same person, standing so: the posts of who is blocked or leaves rest.
    pub fn in_standing(mut self, standing: Standing) -> Self {
        if !standing.keeps_posts() {
            self.posts.clear();
        }
        self.standing = standing;
        self
    }

    /// How high they stand: the rank of their widest post ([`Reach::rank`]); below every post without
    /// one.
    pub fn rank(&self) -> u8 {
        self.posts.iter().map(|post| post.reach.rank()).min().unwrap_or(u8::MAX)
    }

    /// The rank of their widest post over a place; only the whole city reaches who lives nowhere.
    pub fn rank_over(&self, place: Option<&Place>) -> Option<u8> {
        let covers = |reach: Reach| match place {
            Some(place) => reach.covers(place),
            None => reach == Reach::City,
        };
        self.posts.iter().filter(|post| covers(post.reach)).map(|post| post.reach.rank()).min()
    }

    /// Holds a post over the home of somebody else that is wider than any of theirs.
    pub fn stands_above(&self, person: &Self) -> bool {
        let mine = self.rank_over(person.home.as_ref());
        self.id != person.id && mine.is_some_and(|mine| mine < person.rank())
    }

    /// Works for a unit over the home of somebody else.
    pub fn is_staff_for(&self, person: &Self) -> bool {
        let staff = |post: &&Post| post.kind == PostKind::Staff;
        let covers = |post: &Post| match &person.home {
            Some(home) => post.reach.covers(home),
            None => post.reach == Reach::City,
        };
        self.id != person.id && self.posts.iter().filter(staff).any(covers)
    }

    /// Works for the unit of exactly this reach: the centre, an office, a station.
    pub fn works_for(&self, reach: Reach) -> bool {
        self.posts.iter().any(|post| post.kind == PostKind::Staff && post.reach == reach)
    }

    /// Lives in the village of this place.
    pub fn lives_in_village_of(&self, place: &Place) -> bool {
        self.home.is_some_and(|home| home.village == place.village)
    }

    fn holds(&self, kind: PostKind, place: &Place) -> bool {
        self.posts.iter().any(|post| post.kind == kind && post.reach.covers(place))
    }
}

/// Whether somebody may say by themselves that they live in village `to` now. Who claims in a village
/// reads phones and doors there, so a volunteer is let into another one by its captain: they join a
/// team there first (`joined_there`). The first village is free, like every move within it.
///
/// # Errors
/// [`Refusal::AskCaptainThere`].
pub fn may_move(
    volunteer: bool,
    from: Option<AreaId>,
    to: AreaId,
    joined_there: bool,
) -> Result<(), Refusal> {
    if volunteer && !joined_there && from.is_some_and(|from| from != to) {
        Err(Refusal::AskCaptainThere)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOWNSHIP: AreaId = AreaId(130_982_003_000);
    const VILLAGE: AreaId = AreaId(130_982_003_206);

    fn team(n: u128) -> TeamId {
        TeamId(Uuid::from_u128(n))
    }

    fn here() -> Place {
        Place {
            township: TOWNSHIP,
            village: VILLAGE,
            company: Some(team(2)),
            squad: Some(team(3)),
            door: Some(7),
            point: None,
        }
    }

    #[test]
    fn a_reach_covers_the_thing_named_and_all_below_it() {
        let within = [
            Reach::City,
            Reach::Township(TOWNSHIP),
            Reach::Village(VILLAGE),
            Reach::Company(team(2)),
            Reach::Squad(team(3)),
        ];
        let beside = [
            Reach::Township(AreaId(130_982_004_000)),
            Reach::Village(AreaId(130_982_003_207)),
            Reach::Company(team(9)),
            Reach::Squad(team(9)),
        ];

        assert!(within.iter().all(|reach| reach.covers(&here())));
        assert!(!beside.iter().any(|reach| reach.covers(&here())));
    }

    #[test]
    fn a_door_without_circle_is_still_within_its_village() {
        let door = Place::somewhere_in(TOWNSHIP, VILLAGE);

        assert!(Reach::Village(VILLAGE).covers(&door));
        assert!(!Reach::Squad(team(3)).covers(&door));
    }

    #[test]
    fn a_registered_volunteer_does_not_change_village_alone_and_others_do() {
        let next = AreaId(130_982_003_207);

        assert_eq!(may_move(true, Some(VILLAGE), next, false), Err(Refusal::AskCaptainThere));
        assert_eq!(may_move(true, Some(VILLAGE), next, true), Ok(()));
        assert_eq!(may_move(true, Some(VILLAGE), VILLAGE, false), Ok(()));
        assert_eq!(may_move(true, None, VILLAGE, false), Ok(()));
        assert_eq!(may_move(false, Some(VILLAGE), next, false), Ok(()));
    }
}
