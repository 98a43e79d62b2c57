//! Volunteers whom a captain may ask.

#[cfg(test)]
mod tests;

use crate::{Db, StoreError, Tx, volunteers};
use domain::{
    Millis,
    clock::month_begins,
    organisation::point::Point,
    people::{PersonId, Place},
    requests::{Category, Move, Request, card::Distance},
    teams::TeamId,
    volunteers::{
        age::Age,
        candidates::{Answer, Reason, SHOWN, Suits, usual},
        profile::Free,
        skills::{MOST_FITTING, Skill},
    },
};
use sqlx::QueryBuilder;
use sqlx_macros::FromRow;
use std::collections::HashMap;
use uuid::Uuid;

/// So many are looked at before the rules put them in order: more than ever stand before the eighth.
const LOOKED_AT: i64 = 60;

/// A volunteer whom a captain may ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub person: Uuid,
    /// Surname and title.
    pub called: String,
    /// What the rules put them in order by.
    pub suits: Suits,
    /// Why they stand where they stand.
    pub reasons: Vec<Reason>,
}

/// Volunteers of the village whom a captain may ask for this kind of help, in the order of the rules
/// ([`Suits::rank`]). Who has paused is left out.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn candidates(
    db: &Db,
    place: &Place,
    category: Category,
    not: PersonId,
    now: Millis,
) -> Result<Vec<Candidate>, StoreError> {
    let mut tx = db.read().await?;
    let found = looked_at(&mut tx, place, category, not, now).await?;
    Ok(in_order(found, now))
}

/// The same for one request: without who is on it or was asked and may still answer, and last who
/// said no to it.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn suggested(
    db: &Db,
    request: &Request,
    now: Millis,
) -> Result<Vec<Candidate>, StoreError> {
    let mut tx = db.read().await?;
    let answers = answers(&mut tx, request).await?;
    let (place, category) = (&request.place, request.category);
    let mut found = looked_at(&mut tx, place, category, request.asked_by, now).await?;
    found.retain(|one| {
        let person = PersonId(one.person);
        let asked = request.helper(person).is_some() || request.has_offer_for(person);
        !asked && !request.is_own(person)
    });
    for one in &mut found {
        one.suits.answer = answers.get(&one.person).copied();
    }
    Ok(in_order(found, now))
}

fn in_order(mut found: Vec<Candidate>, now: Millis) -> Vec<Candidate> {
    let all: Vec<Suits> = found.iter().map(|one| one.suits.clone()).collect();
    let usual = usual(&all);
    found.sort_by_key(|one| one.suits.rank(now, usual));
    // Who said no before can be asked again, and is not pushed off the list.
    let answered = found.iter().position(|one| one.suits.answer.is_some()).unwrap_or(found.len());
    found.drain(SHOWN.min(answered)..answered);
    for one in &mut found {
        one.reasons = one.suits.reasons(now, usual);
    }
    found
}

#[derive(FromRow)]
struct Row {
    person: Uuid,
    called: String,
    busy: i64,
    ring: i64,
    squad: Option<Uuid>,
    company: Option<Uuid>,
    position: Option<i64>,
    lat_e7: Option<i64>,
    lon_e7: Option<i64>,
    free: i64,
    born: Option<String>,
}

/// Those whose skills fit, then the nearest.
async fn looked_at(
    tx: &mut Tx,
    place: &Place,
    category: Category,
    not: PersonId,
    now: Millis,
) -> Result<Vec<Candidate>, StoreError> {
    let mut fitting = [""; MOST_FITTING];
    for (at, skill) in fitting.iter_mut().zip(Skill::fitting(category)) {
        *at = skill.key();
    }
    let [a, b, c, d, e, f] = fitting;
    let found: Vec<Row> = on!(&mut *tx, conn => {
        sqlx::query_as(
            "select p.id as person, p.surname || p.title as called, count(r.id) as busy,
                    cast(case when p.squad = $1 then 1 when t.parent = $2 then 2 else 3 end as bigint) as ring,
                    p.squad, t.parent as company, d.position, d.lat_e7, d.lon_e7,
                    coalesce(v.free, 0) as free, v.born
             from people p
             left join volunteers v on v.person = p.id
             left join teams t on t.id = p.squad
             left join doors d on d.id = p.door and d.squad = p.squad
             left join helpers h on h.person = p.id
             left join requests r on r.id = h.request and r.round = h.round and r.state in ('claimed', 'serving')
             where p.village = $3 and p.id <> $4 and p.leaving is null
               and exists (select 1 from home_members hm where hm.person = p.id)
               and (v.paused_since is null or v.paused_until <= $5)
               and not exists (select 1 from blocks b where b.person = p.id and b.since <= $5
                   and b.lifted is null and (b.until is null or b.until > $5))
             group by p.id, p.surname, p.title, p.squad, t.parent, d.position, d.lat_e7, d.lon_e7, v.free, v.born
             order by case when exists (select 1 from volunteer_skills s where s.person = p.id
                           and s.skill in ($6, $7, $8, $9, $10, $11)) then 1 else 2 end,
                      ring, busy, p.id limit $12",
        )
        .bind(place.squad.map(|team| team.0))
        .bind(place.company.map(|team| team.0))
        .bind(place.village.0)
        .bind(not.0)
        .bind(now)
        .bind(a)
        .bind(b)
        .bind(c)
        .bind(d)
        .bind(e)
        .bind(f)
        .bind(LOOKED_AT)
        .fetch_all(conn)
        .await?
    });
    let people: Vec<Uuid> = found.iter().map(|one| one.person).collect();
    let mut skills = skills_of(tx, &people, category).await?;
    let minutes = minutes_of(tx, &people, now).await?;
    let candidate = |row: Row| {
        let home = Place {
            squad: row.squad.map(TeamId),
            company: row.company.map(TeamId),
            door: row.position.and_then(|at| i32::try_from(at).ok()),
            point: Point::of(row.lat_e7, row.lon_e7),
            ..*place
        };
        let suits = Suits {
            skills: skills.remove(&row.person).unwrap_or_default(),
            free: Free::from_bits(u32::try_from(row.free).unwrap_or_default()),
            ring: row.ring,
            distance: Distance::between(place, &home),
            busy: row.busy,
            minutes: minutes.get(&row.person).copied().unwrap_or_default(),
            minor: volunteers::age(row.born.as_deref(), now).is_some_and(Age::is_minor),
            answer: None,
        };
        Candidate { person: row.person, called: row.called, suits, reasons: vec![] }
    };
    Ok(found.into_iter().map(candidate).collect())
}

/// The skills that fit a kind of help, in the order of the tree.
async fn skills_of(
    tx: &mut Tx,
    people: &[Uuid],
    category: Category,
) -> Result<HashMap<Uuid, Vec<Skill>>, StoreError> {
    let mut of: HashMap<Uuid, Vec<Skill>> = HashMap::new();
    if people.is_empty() {
        return Ok(of);
    }
    let rows: Vec<(Uuid, String)> = on!(&mut *tx, conn => {
        let mut text = QueryBuilder::new("select s.person, s.skill from volunteer_skills s where s.person in (");
        let mut ids = text.separated(", ");
        for id in people {
            ids.push_bind(*id);
        }
        text.push(")");
        text.build_query_as().fetch_all(conn).await?
    });
    for (person, key) in rows {
        let skill = Skill::from_key(&key).filter(|it| Skill::fitting(category).contains(it));
        if let Some(skill) = skill {
            of.entry(person).or_default().push(skill);
        }
    }
    of.values_mut().for_each(|skills| skills.sort_unstable());
    Ok(of)
}

/// The minutes of help begun in this month that were approved.
async fn minutes_of(
    tx: &mut Tx,
    people: &[Uuid],
    now: Millis,
) -> Result<HashMap<Uuid, i64>, StoreError> {
    if people.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, i64)> = on!(&mut *tx, conn => {
        let mut text = QueryBuilder::new(
            "select h.person, cast(coalesce(sum(h.minutes), 0) as bigint)
             from helpers h join requests r on r.id = h.request
             where (r.state = 'closed' or h.round < r.round) and h.started_at >= ",
        );
        text.push_bind(month_begins(now)).push(" and h.person in (");
        let mut ids = text.separated(", ");
        for id in people {
            ids.push_bind(*id);
        }
        text.push(") group by h.person");
        text.build_query_as().fetch_all(conn).await?
    });
    Ok(rows.into_iter().collect())
}

/// Who said no to a request, or did not answer; the last answer counts.
async fn answers(tx: &mut Tx, request: &Request) -> Result<HashMap<Uuid, Answer>, StoreError> {
    let rows: Vec<(Option<Uuid>, Option<Uuid>)> = on!(tx, conn => {
        sqlx::query_as(
            "select h.who, h.about from history h where h.request = $1 and h.move = $2 order by h.seq",
        )
        .bind(request.id.0)
        .bind(Move::TurnDown.key())
        .fetch_all(conn)
        .await?
    });
    let answer = |(who, about): (Option<Uuid>, Option<Uuid>)| match who {
        Some(who) => Some((who, Answer::No)),
        None => about.map(|about| (about, Answer::None)),
    };
    Ok(rows.into_iter().filter_map(answer).collect())
}
