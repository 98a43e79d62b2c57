//! A crowd around a few requests, and whether every place was given once, as the history tells it.

use super::county::{CLAIMERS, NEIGHBOURS, person, place};
use crate::{Db, StoreError, people, requests};
use domain::{
    Millis,
    people::{Actor, PersonId},
    requests::{Category, Urgency, submission::Submission},
};
use sqlx_macros::FromRow;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Who is there.
#[derive(Clone, Debug)]
pub struct Crowd {
    /// Volunteers of one village, at most 500.
    pub volunteers: Vec<PersonId>,
    /// Leads that village.
    pub captain: PersonId,
    /// Who asks.
    pub askers: Vec<PersonId>,
}

/// Writes a county without requests and gathers so many volunteers and askers, with a captain.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn gather(
    db: &Db,
    volunteers: usize,
    askers: usize,
    now: Millis,
) -> Result<Crowd, StoreError> {
    super::county::write(db).await?;
    let captain = person(NEIGHBOURS - 1);
    let mut tx = db.begin().await?;
    on!(&mut tx, conn => {
        sqlx::query("insert into posts (id, person, kind, team, since) values ($1, $1, 'captain', $2, $3)")
            .bind(captain)
            .bind(Uuid::from_u128(0xb000))
            .bind(now)
            .execute(conn)
            .await?;
    });
    let asking = (0..askers).map(|at| person(CLAIMERS + at));
    for who in asking.clone().chain([captain]) {
        on!(&mut tx, conn => {
            sqlx::query("insert into consents (person, text, version, at) values ($1, 'terms', $2, $3)")
                .bind(who)
                .bind(domain::consent::NEWEST)
                .bind(now)
                .execute(conn)
                .await?;
        });
    }
    tx.commit().await?;
    Ok(Crowd {
        volunteers: (0..volunteers.min(CLAIMERS)).map(|at| PersonId(person(at))).collect(),
        captain: PersonId(captain),
        askers: asking.map(PersonId).collect(),
    })
}

/// Files a request that wants so many helpers, and has the captain take it on.
///
/// # Errors
/// Whatever filing and accepting fail with.
pub async fn ask(
    db: &Db,
    crowd: &Crowd,
    asker: PersonId,
    needed: u8,
    now: Millis,
) -> Result<String, StoreError> {
    let actor = known(db, asker, now).await?;
    let wish = Submission {
        category: Category::Environment,
        words: "雪大，巷口走不了人，来几个人扫一扫".to_owned(),
        urgency: Urgency::Today,
        needed,
        risks: None,
        wanted: None,
        door: Some("东头第二家".to_owned()),
        phone: "15500000000".to_owned(),
        on_board: true,
        neighbour: None,
    };
    let home = actor.home.unwrap_or_else(|| place(0));
    let code = requests::submit(db, &wish, &actor, &home, Uuid::new_v4(), now).await?;
    let captain = known(db, crowd.captain, now).await?;
    match requests::apply(db, &code, &domain::requests::Step::Accept, &captain, now).await {
        // It was taken on at once.
        Ok(_) | Err(StoreError::Refused(_)) => Ok(code),
        Err(error) => Err(error),
    }
}

async fn known(db: &Db, who: PersonId, now: Millis) -> Result<Actor, StoreError> {
    people::actor(db, who, now).await?.ok_or(StoreError::NotFound)
}

#[derive(FromRow)]
struct Step {
    request: Uuid,
    #[sqlx(rename = "move")]
    mv: Option<String>,
    who: Option<Uuid>,
    about: Option<Uuid>,
    became: String,
}

#[derive(FromRow)]
struct Place {
    id: Uuid,
    code: String,
    needed: i64,
    state: String,
}

/// What is wrong with the places of all requests: their history, told again from its beginning, never
/// has more helpers than are needed or one twice, and ends with those who stand in the books.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn doubts(db: &Db) -> Result<Vec<String>, StoreError> {
    let mut tx = db.read().await?;
    let places: Vec<Place> = on!(&mut tx, conn => {
        sqlx::query_as("select id, code, needed, state from requests").fetch_all(conn).await?
    });
    let steps: Vec<Step> = on!(&mut tx, conn => {
        sqlx::query_as("select request, move, who, about, became from history order by seq")
            .fetch_all(conn)
            .await?
    });
    let helpers: Vec<(Uuid, Uuid)> = on!(&mut tx, conn => {
        sqlx::query_as("select request, person from helpers").fetch_all(conn).await?
    });
    let mut doubts = vec![];
    for one in places {
        let told = steps.iter().filter(|step| step.request == one.id);
        match told_again(&one, told) {
            Err(why) => doubts.push(format!("{}: {why}", one.code)),
            Ok((there, state)) => {
                let books: BTreeSet<Uuid> =
                    helpers.iter().filter(|row| row.0 == one.id).map(|row| row.1).collect();
                if there != books || state != one.state {
                    doubts.push(format!("{}: the books say something else", one.code));
                }
            }
        }
    }
    Ok(doubts)
}

/// Who is there at the end of a history, and in which state it is.
fn told_again<'a>(
    one: &Place,
    steps: impl Iterator<Item = &'a Step>,
) -> Result<(BTreeSet<Uuid>, String), String> {
    let mut there = BTreeSet::new();
    let mut state = String::new();
    for step in steps {
        let helper = step.about.or(step.who);
        let once = match (step.mv.as_deref(), helper) {
            (Some("claim" | "take_up"), Some(who)) => there.insert(who),
            (Some("release"), Some(who)) => there.remove(&who),
            _ => true,
        };
        if !once {
            return Err("somebody claimed twice, or gave back what they did not have".to_owned());
        }
        if i64::try_from(there.len()).is_ok_and(|there| there > one.needed) {
            return Err(format!("{} helpers for {} places", there.len(), one.needed));
        }
        state.clone_from(&step.became);
    }
    Ok((there, state))
}
