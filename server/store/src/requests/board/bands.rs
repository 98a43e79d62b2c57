//! The parts of the board in the order of its list: one, or circle by circle outwards.

use crate::{StoreError, Tx};
use domain::{
    organisation::point::Point,
    people::Place,
    requests::{
        card::Ring,
        filter::{Filter, Sort},
    },
};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// Where the requests of a part lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// In a village.
    Village(i64),
    /// In a lane.
    Company(Uuid),
    /// In a circle.
    Squad(Uuid),
    /// In a village, outside every circle.
    NoSquad(i64),
    /// In a village, within fifteen metres of the home.
    Near(i64),
    /// In a circle, where nobody knows the point.
    SquadUnmeasured(Uuid),
}

impl Within {
    /// Everything of a ring, as `Ring::between` tells it; nothing where no ring begins. What lies in
    /// two of them is one.
    pub fn ring(home: &Place, ring: Ring) -> Vec<Self> {
        let squad = home.squad.map(|team| Self::Squad(team.0));
        let near = home.point.map(|_| Self::Near(home.village.0));
        let unmeasured = home.squad.map(|team| Self::SquadUnmeasured(team.0));
        let all = match ring {
            Ring::Circle if near.is_some() => [near, unmeasured],
            Ring::Circle => [squad, None],
            // A circle without a lane is its own.
            Ring::Lane => [near, home.company.map(|team| Self::Company(team.0)).or(squad)],
            Ring::Village => [Some(Self::Village(home.village.0)), None],
        };
        all.into_iter().flatten().collect()
    }

    /// The team.
    pub const fn team(self) -> Option<Uuid> {
        match self {
            Self::Company(team) | Self::Squad(team) | Self::SquadUnmeasured(team) => Some(team),
            Self::Village(_) | Self::NoSquad(_) | Self::Near(_) => None,
        }
    }

    /// The village.
    pub const fn area(self) -> Option<i64> {
        match self {
            Self::Village(area) | Self::NoSquad(area) | Self::Near(area) => Some(area),
            Self::Company(_) | Self::Squad(_) | Self::SquadUnmeasured(_) => None,
        }
    }
}

/// A part of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// Its place among the parts.
    pub number: u16,
    /// Where its requests lie: in any of these.
    pub within: Vec<Within>,
    /// What lies within fifteen metres stands in an earlier part.
    pub not_near: bool,
}

#[derive(FromRow)]
struct Circle {
    id: Uuid,
    parent: Option<Uuid>,
    lat_e7: Option<i64>,
    lon_e7: Option<i64>,
}

impl Circle {
    fn centre(&self) -> Option<Point> {
        Point::of(self.lat_e7, self.lon_e7)
    }
}

/// The parts of a list around `home`.
pub async fn bands_of(tx: &mut Tx, home: &Place, filter: &Filter) -> Result<Vec<Band>, StoreError> {
    let rings = match (filter.sort, filter.ring) {
        (Sort::Near, Ring::Lane | Ring::Village) => circle_by_circle(tx, home, filter.ring).await?,
        _ => vec![Within::ring(home, filter.ring)],
    };
    let band = |(within, number)| {
        let not_near = number > 0 && home.point.is_some();
        Band { number, within, not_near }
    };
    Ok(rings.into_iter().zip(0..).map(band).collect())
}

/// What lies within fifteen metres where that can be measured, then the circles of the village, the
/// nearest first: one's own, those of the lane, the others; by the distance of their centres where those
/// are known.
async fn circle_by_circle(
    tx: &mut Tx,
    home: &Place,
    ring: Ring,
) -> Result<Vec<Vec<Within>>, StoreError> {
    let mut circles: Vec<Circle> = on!(tx, conn => {
        sqlx::query_as(
            "select id, parent, lat_e7, lon_e7 from teams
             where area = $1 and kind = 'squad' and closed is null order by number, id",
        )
        .bind(home.village.0)
        .fetch_all(conn)
        .await?
    });
    let own = |one: &Circle| home.squad.is_some_and(|squad| squad.0 == one.id);
    let lane = |one: &Circle| home.company.is_some_and(|company| Some(company.0) == one.parent);
    let own_centre = circles.iter().find(|one| own(one)).and_then(Circle::centre);
    let here = home.point.or(own_centre);
    let metres = |one: &Circle| match (here, one.centre()) {
        (Some(here), Some(there)) => here.metres_to(there),
        _ => u32::MAX,
    };
    if ring == Ring::Lane {
        circles.retain(|one| own(one) || lane(one));
    }
    circles.sort_by_key(|one| (!own(one), !lane(one), metres(one)));
    let mut all: Vec<Within> =
        home.point.map(|_| Within::Near(home.village.0)).into_iter().collect();
    all.extend(circles.iter().map(|one| Within::Squad(one.id)));
    if ring == Ring::Village {
        all.push(Within::NoSquad(home.village.0));
    }
    Ok(all.into_iter().map(|one| vec![one]).collect())
}
