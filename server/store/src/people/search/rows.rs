//! People as rows, with where they live in both trees.

use super::{Cursor, Found};
use crate::{StoreError, Tx, people::keys::Called};
use domain::{
    Millis,
    areas::{AreaId, RENQIU},
    people::{PersonId, Place},
    teams::TeamId,
};
use sqlx::QueryBuilder;
use sqlx_macros::FromRow;
use uuid::Uuid;

/// The columns of [`FoundRow`] and where they come from; `$key` is what stands for the key. Members are
/// counted, because PostgreSQL answers `exists` by reading all members of the city once.
macro_rules! select {
    ($key:literal, $from:literal, $rest:literal) => {
        concat!(
            "select ",
            $key,
            " as key, p.id, p.surname, p.given_name, p.title, p.phone,
                    (select count(*) from home_members h where h.person = p.id) > 0 as volunteer,
                    p.official, p.village, p.squad,
                    a.parent as township, a.name as village_name, t.name as squad_name,
                    c.id as company
             from ",
            $from,
            "
             left join areas a on a.id = p.village
             left join teams t on t.id = p.squad and t.area = p.village
             left join teams c on c.id = t.parent and c.kind = 'company' ",
            $rest
        )
    };
}

pub(super) const BY_KEY: &str = select!(
    "k.key",
    "people_keys k join people p on p.id = k.person",
    "where k.key >= $1 and k.key < $2 and (k.key, k.person) > ($1, $3)
       and (cast($4 as bigint) is null or a.parent = $4)
     order by k.key, k.person limit $5"
);
// Who leaves has no keys any more, and is not found by a whole number either.
pub(super) const BY_PHONE: &str =
    select!("cast(null as text)", "people p", "where p.phone = $1 and p.leaving is null");
pub(super) const BY_NUMBER: &str =
    select!("cast(null as text)", "people p", "where p.volunteer_no = $1 and p.leaving is null");
pub(super) const OF_VILLAGE: &str = select!(
    "k.key",
    "people p join people_keys k on k.person = p.id and k.key >= $2 and k.key < $3",
    "where p.village = $1 order by p.id, k.key"
);
pub(super) const OF_COMPANY: &str = select!(
    "k.key",
    "people p join people_keys k on k.person = p.id and k.key >= $2 and k.key < $3",
    "where p.squad in (select id from teams where parent = $1) order by p.id, k.key"
);
pub(super) const OF_SQUAD: &str = select!(
    "k.key",
    "people p join people_keys k on k.person = p.id and k.key >= $2 and k.key < $3",
    "where p.squad = $1 order by p.id, k.key"
);
pub(super) const BY_ID: &str = select!("cast(null as text)", "people p", "where p.id = $1");

#[derive(Clone, Debug, FromRow)]
pub(super) struct FoundRow {
    pub key: Option<String>,
    pub id: Uuid,
    surname: String,
    given_name: Option<String>,
    title: String,
    phone: Option<String>,
    volunteer: bool,
    official: bool,
    village: Option<i64>,
    squad: Option<Uuid>,
    township: Option<i64>,
    village_name: Option<String>,
    squad_name: Option<String>,
    company: Option<Uuid>,
}

impl FoundRow {
    pub fn called(&self) -> Called {
        Called {
            id: self.id,
            surname: self.surname.clone(),
            given_name: self.given_name.clone(),
            title: self.title.clone(),
            phone: self.phone.clone(),
        }
    }

    /// Whoever lives nowhere yet is the city's.
    pub fn place(&self) -> Place {
        let (Some(township), Some(village)) = (self.township, self.village) else {
            return Place::somewhere_in(RENQIU, RENQIU);
        };
        Place {
            squad: self.squad.filter(|_| self.squad_name.is_some()).map(TeamId),
            company: self.company.map(TeamId),
            ..Place::somewhere_in(AreaId(township), AreaId(village))
        }
    }

    pub fn found(self, key: String) -> Found {
        Found {
            id: PersonId(self.id),
            place: self.place(),
            cursor: Cursor { key, person: self.id },
            surname: self.surname,
            given: self.given_name,
            title: self.title,
            phone: self.phone,
            volunteer: self.volunteer,
            official: self.official,
            village: self.village_name,
            squad: self.squad_name,
            leads: vec![],
        }
    }
}

/// Adds what each of them leads.
pub(super) async fn add_posts(
    tx: &mut Tx,
    people: &mut [Found],
    now: Millis,
) -> Result<(), StoreError> {
    if people.is_empty() {
        return Ok(());
    }
    let posts: Vec<(Uuid, String)> = on!(tx, conn => {
        let mut text = QueryBuilder::new(
            "select po.person, t.name from posts po join teams t on t.id = po.team
             where po.kind = 'captain' and po.since <= ",
        );
        text.push_bind(now).push(" and (po.until is null or po.until > ").push_bind(now);
        text.push(") and po.person in ");
        text.push_tuples(people.iter(), |mut row, one| {
            row.push_bind(one.id.0);
        });
        text.push(" order by po.since, po.id");
        text.build_query_as().fetch_all(conn).await?
    });
    for (person, team) in posts {
        if let Some(one) = people.iter_mut().find(|one| one.id.0 == person) {
            one.leads.push(team);
        }
    }
    Ok(())
}
