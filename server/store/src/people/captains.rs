//! The ladder of captains over a place.

use crate::{Db, StoreError, Tx};
use domain::{
    Millis,
    people::{PersonId, Place},
    teams::TeamKind,
};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// A captain on the ladder over a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Captain {
    /// Which team's.
    pub kind: TeamKind,
    /// The number of the team among its siblings, or 0.
    pub number: i32,
    /// The name of the team.
    pub team: String,
    /// The captain; none while the post is vacant.
    pub person: Option<PersonId>,
    /// The surname, as in 梁队长.
    pub surname: String,
    /// Eleven digits: captains' phones are public, a phone call always works.
    pub phone: Option<String>,
}

/// The captains over a place at `now`, nearest first: squad, company, brigade, detachment, corps. Vacant
/// posts are left out: the captain above covers them. Who stands in for a captain comes before them.
///
/// # Errors
/// [`StoreError::Corrupt`] when a team is of a kind that the rules do not know.
pub async fn captains_over(
    db: &Db,
    place: &Place,
    now: Millis,
) -> Result<Vec<Captain>, StoreError> {
    let mut tx = db.read().await?;
    captains_in(&mut tx, place, now).await
}

pub(crate) async fn captains_in(
    tx: &mut Tx,
    place: &Place,
    now: Millis,
) -> Result<Vec<Captain>, StoreError> {
    let rows: Vec<CaptainRow> = on!(tx, conn => {
        sqlx::query_as(
            "select t.kind, t.number, t.name as team, p.id as person, p.surname, p.phone
             from teams t
             join posts po on po.team = t.id and po.kind = 'captain'
                  and po.since <= $5 and (po.until is null or po.until > $5)
             join people p on p.id = po.person
             where t.closed is null and (t.id = $1 or t.id = $2
                or (t.kind = 'brigade' and t.area = $3)
                or (t.kind = 'detachment' and t.area = $4)
                or t.kind = 'corps')
             order by case t.kind when 'squad' then 1 when 'company' then 2 when 'brigade' then 3
                                  when 'detachment' then 4 else 5 end,
                      case when po.deputy_for is null then 2 else 1 end, po.since",
        )
        .bind(place.squad.map(|team| team.0))
        .bind(place.company.map(|team| team.0))
        .bind(place.village.0)
        .bind(place.township.0)
        .bind(now)
        .fetch_all(conn)
        .await?
    });
    rows.into_iter().map(Captain::try_from).collect()
}

#[derive(FromRow)]
struct CaptainRow {
    kind: String,
    number: i64,
    team: String,
    person: Option<Uuid>,
    surname: String,
    phone: Option<String>,
}

impl TryFrom<CaptainRow> for Captain {
    type Error = StoreError;

    fn try_from(row: CaptainRow) -> Result<Self, StoreError> {
        let kind = TeamKind::from_key(&row.kind)
            .ok_or_else(|| StoreError::Corrupt(format!("teams: a kind {}", row.kind)))?;
        Ok(Self {
            kind,
            number: i32::try_from(row.number).unwrap_or_default(),
            team: row.team,
            person: row.person.map(PersonId),
            surname: row.surname,
            phone: row.phone,
        })
    }
}
