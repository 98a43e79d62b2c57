//! Who leads what now, for lists of many requests: asked once, and not for each of them.

use crate::{Db, StoreError};
use domain::{
    Millis,
    people::PersonId,
    requests::{Request, State, climb::Rung},
    teams::TeamKind,
};
use sqlx_macros::FromRow;
use std::collections::HashMap;
use uuid::Uuid;

/// Who leads a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    /// Who.
    pub person: PersonId,
    /// What the team is.
    pub kind: TeamKind,
    /// Its number among its siblings, or 0.
    pub number: i32,
    /// The captain's surname.
    pub surname: String,
}

/// Where a team stands: companies and squads by themselves, the others by their area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Where {
    Team(Uuid),
    Area(Rung, i64),
    City,
}

/// Every post of a captain that is held at a moment.
#[derive(Clone, Debug, Default)]
pub struct Posts(HashMap<Where, Vec<Lead>>);

#[derive(FromRow)]
struct Row {
    team: Uuid,
    kind: String,
    area: i64,
    number: i64,
    person: Uuid,
    surname: String,
}

/// Every post of a captain that is held at `now`.
///
/// # Errors
/// [`StoreError::Corrupt`] when a team is of a kind that the rules do not know.
pub async fn held(db: &Db, now: Millis) -> Result<Posts, StoreError> {
    let mut tx = db.read().await?;
    let rows: Vec<Row> = on!(&mut tx, conn => {
        sqlx::query_as(
            "select t.id as team, t.kind, t.area, t.number, p.id as person, p.surname
             from posts po join teams t on t.id = po.team join people p on p.id = po.person
             where po.kind = 'captain' and t.closed is null
               and po.since <= $1 and (po.until is null or po.until > $1)
             order by case when po.deputy_for is null then 2 else 1 end, po.since",
        )
        .bind(now)
        .fetch_all(conn)
        .await?
    });
    let mut posts = Posts::default();
    for row in rows {
        let kind = TeamKind::from_key(&row.kind)
            .ok_or_else(|| StoreError::Corrupt(format!("teams: a kind {}", row.kind)))?;
        let at = match Rung::of(kind) {
            Some(Rung::Squad | Rung::Company) => Where::Team(row.team),
            Some(rung @ (Rung::Brigade | Rung::Detachment)) => Where::Area(rung, row.area),
            Some(Rung::Corps) => Where::City,
            None => continue,
        };
        let number = i32::try_from(row.number).unwrap_or_default();
        let lead = Lead { person: PersonId(row.person), kind, number, surname: row.surname };
        posts.0.entry(at).or_default().push(lead);
    }
    Ok(posts)
}

impl Posts {
    /// The rungs that are led over a request, the nearest first.
    pub fn led(&self, request: &Request) -> Vec<Rung> {
        let rungs = Rung::ALL.iter().copied();
        rungs.filter(|rung| self.captain(request, *rung).is_some()).collect()
    }

    /// Who leads on a rung over a request. Who helped passes the approval on: four eyes.
    pub fn captain(&self, request: &Request, rung: Rung) -> Option<&Lead> {
        let place = &request.place;
        let at = match rung {
            Rung::Squad => Where::Team(place.squad?.0),
            Rung::Company => Where::Team(place.company?.0),
            Rung::Brigade => Where::Area(rung, place.village.0),
            Rung::Detachment => Where::Area(rung, place.township.0),
            Rung::Corps => Where::City,
        };
        let passes =
            |lead: &&Lead| request.state == State::Done && request.is_own_work(lead.person);
        self.0.get(&at)?.iter().find(|lead| !passes(lead))
    }
}
