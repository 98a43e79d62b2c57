//! Writes the county down: areas, teams, doors and people many rows at a time, requests through
//! the verbs that everybody uses.

use super::{
    lives::{Act, Dated, Life, Who},
    people::{Over, PARTS, People},
    teams::Teams,
    volunteers::Volunteer,
};
use crate::{
    Db, StoreError, Tx,
    people::{self, keys},
    requests,
};
use domain::{
    Millis,
    areas::Area,
    consent::{NEWEST, TERMS},
    organisation::point::Point,
    people::Actor,
    requests::{Good, Rating, Step, acting::Minutes, reasons::DeclineReason, referral::Office},
    teams::{Team, TeamKind},
};
use sqlx::QueryBuilder;
use std::collections::HashMap;

/// Rows in one statement: their values stay well below what either engine binds at once.
const AT_ONCE: usize = 400;

/// Inserts rows, many in one statement.
macro_rules! insert {
    ($tx:expr, $into:literal, $rows:expr, |$values:ident, $row:pat_param| $bind:block) => {
        for rows in $rows.chunks(AT_ONCE) {
            on!(&mut *$tx, conn => {
                let mut text = QueryBuilder::new($into);
                text.push_values(rows, |mut $values, $row| $bind);
                text.build().execute(conn).await?;
            });
        }
    };
}

/// Everything but the requests, in one transaction.
pub(super) async fn settle(
    db: &Db,
    areas: &[Area],
    teams: &Teams,
    people: &People,
    volunteers: &[Volunteer],
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    insert!(
        &mut tx,
        "insert into areas (id, kind, parent, name, accepts_at_once) ",
        areas,
        |row, area| {
            row.push_bind(area.id.0)
                .push_bind(area.kind.key())
                .push_bind(area.parent.map(|id| id.0))
                .push_bind(&area.name)
                .push_bind(area.accepts_at_once);
        }
    );
    insert!(
        &mut tx,
        "insert into teams (id, kind, parent, area, number, name, lat_e7, lon_e7) ",
        teams.all,
        |row, team| {
            let centre = centre(team);
            row.push_bind(team.id.0)
                .push_bind(team.kind.key())
                .push_bind(team.parent.map(|id| id.0))
                .push_bind(team.area.0)
                .push_bind(i64::from(team.number))
                .push_bind(&team.name)
                .push_bind(centre.map(|centre| centre.lat_e7))
                .push_bind(centre.map(|centre| centre.lon_e7));
        }
    );
    insert!(
        &mut tx,
        "insert into doors (id, squad, position, label, lat_e7, lon_e7) ",
        teams.doors,
        |row, door| {
            row.push_bind(door.id)
                .push_bind(door.squad.0)
                .push_bind(i64::from(door.position))
                .push_bind(&door.label)
                .push_bind(door.point.map(|at| at.lat_e7))
                .push_bind(door.point.map(|at| at.lon_e7));
        }
    );
    settle_people(&mut tx, teams, people, now).await?;
    settle_volunteers(&mut tx, people, volunteers).await?;
    tx.commit().await
}

async fn settle_people(
    tx: &mut Tx,
    teams: &Teams,
    people: &People,
    now: Millis,
) -> Result<(), StoreError> {
    insert!(
        tx,
        "insert into people (id, phone, surname, title, volunteer_no, village, squad, door, official, created, keyed) ",
        people.all,
        |row, person| {
            row.push_bind(person.id.0)
                .push_bind(&person.phone)
                .push_bind(person.surname)
                .push_bind(person.title)
                .push_bind(&person.volunteer_no)
                .push_bind(person.village.map(|id| id.0))
                .push_bind(person.squad.map(|id| id.0))
                .push_bind(person.door.map(|at| teams.doors[at].id))
                .push_bind(person.official)
                .push_bind(person.created)
                .push_bind(keys::RULES);
        }
    );
    let called = |one: &super::people::Person| keys::Called {
        id: one.id.0,
        surname: one.surname.to_owned(),
        given_name: None,
        title: one.title.to_owned(),
        phone: Some(one.phone.clone()),
    };
    keys::write(tx, &people.all.iter().map(called).collect::<Vec<_>>()).await?;
    // Nobody agrees to a text before it holds, nor tomorrow: a county that is told of an earlier day has
    // agreed by then, for the rules know the newest text alone.
    let holds = TERMS[TERMS.len() - 1].since;
    insert!(tx, "insert into consents (person, text, version, at) ", people.all, |row, person| {
        let at = person.created.max(holds).min(now);
        row.push_bind(person.id.0).push_bind("terms").push_bind(NEWEST).push_bind(at);
    });
    insert!(
        tx,
        "insert into posts (id, person, kind, team, area, since) ",
        people.posts,
        |row, post| {
            let (kind, team, area) = match post.over {
                Over::Team(team) => ("captain", Some(team.0), None),
                Over::Area(area) => ("staff", None, Some(area.0)),
            };
            row.push_bind(post.id)
                .push_bind(people.all[post.person].id.0)
                .push_bind(kind)
                .push_bind(team)
                .push_bind(area)
                .push_bind(post.since);
        }
    );
    let parts: Vec<_> = PARTS.iter().zip(&people.all).collect();
    insert!(tx, "insert into demo_people (part, person) ", parts, |row, (part, person)| {
        row.push_bind(**part).push_bind(person.id.0);
    });
    Ok(())
}

/// Members of their teams, with what they say of themselves.
async fn settle_volunteers(
    tx: &mut Tx,
    people: &People,
    volunteers: &[Volunteer],
) -> Result<(), StoreError> {
    insert!(
        tx,
        "insert into volunteers (person, born, languages, free, insurer, policy, insured_from, insured_until) ",
        volunteers,
        |row, one| {
            let languages: Vec<_> = one.profile.languages.iter().map(|it| it.key()).collect();
            let policy = one.profile.insurance.as_ref();
            row.push_bind(people.all[one.person].id.0)
                .push_bind(one.born.to_string())
                .push_bind(languages.join(" "))
                .push_bind(i64::from(one.profile.free.bits()))
                .push_bind(policy.map(|it| &it.insurer))
                .push_bind(policy.map(|it| &it.policy))
                .push_bind(policy.map(|it| it.from.to_string()))
                .push_bind(policy.map(|it| it.until.to_string()));
        }
    );
    insert!(
        tx,
        "insert into memberships (person, team, since, standing, decided) ",
        volunteers,
        |row, one| {
            let person = &people.all[one.person];
            row.push_bind(person.id.0)
                .push_bind(one.team.0)
                .push_bind(person.created)
                .push_bind("member")
                .push_bind(person.created);
        }
    );
    let each = |one: &Volunteer| {
        let person = people.all[one.person].id.0;
        one.profile.skills.iter().map(move |skill| (person, skill.key())).collect::<Vec<_>>()
    };
    let skills: Vec<_> = volunteers.iter().flat_map(each).collect();
    insert!(tx, "insert into volunteer_skills (person, skill) ", skills, |row, (person, skill)| {
        row.push_bind(*person).push_bind(*skill);
    });
    on!(tx, conn => {
        sqlx::query("update volunteer_numbers set last = $1")
            .bind(people.last_number)
            .execute(conn)
            .await?;
    });
    Ok(())
}

/// Lives every request through the real verbs, in the order of time over the whole county, so that
/// codes count up and the chain of history reads like one that was written day by day.
pub(super) async fn live(
    db: &Db,
    lives: &[Life],
    people: &People,
    now: Millis,
) -> Result<(), StoreError> {
    let mut moments: Vec<(&Dated, usize)> = lives
        .iter()
        .enumerate()
        .flat_map(|(life, told)| told.steps.iter().map(move |step| (step, life)))
        .collect();
    // Stable: steps of one life that share a moment keep their order.
    moments.sort_by_key(|(step, life)| (step.at, *life));
    let mut county = Lived { db, people, now, actors: HashMap::new(), codes: HashMap::new() };
    for (step, life) in moments {
        county.one(lives, life, step).await?;
    }
    Ok(())
}

/// What has been lived so far.
struct Lived<'a> {
    db: &'a Db,
    people: &'a People,
    now: Millis,
    actors: HashMap<Who, Actor>,
    codes: HashMap<usize, String>,
}

impl Lived<'_> {
    async fn one(&mut self, lives: &[Life], at: usize, step: &Dated) -> Result<(), StoreError> {
        let life = &lives[at];
        let who = self.actor(step.who).await?;
        if matches!(step.act, Act::Submit) {
            let Life { submission, place, key, .. } = life;
            let code = requests::submit(self.db, submission, &who, place, *key, step.at).await?;
            self.codes.insert(at, code);
            return Ok(());
        }
        let doing = self.step(life, &step.act).await?;
        let code = self.codes.get(&at).ok_or(StoreError::NotFound)?;
        requests::apply(self.db, code, &doing, &who, step.at).await?;
        Ok(())
    }

    async fn actor(&mut self, who: Who) -> Result<Actor, StoreError> {
        if let Some(known) = self.actors.get(&who) {
            return Ok(known.clone());
        }
        let id = self.people.all[who].id;
        let actor = people::actor(self.db, id, self.now).await?.ok_or(StoreError::NotFound)?;
        self.actors.insert(who, actor.clone());
        Ok(actor)
    }

    /// The step of the rules for what is done.
    async fn step(&mut self, life: &Life, act: &Act) -> Result<Step, StoreError> {
        let said = |words: &&str| (*words).to_owned();
        let id = |who: &Who| self.people.all[*who].id;
        let minutes = |served: &[(Who, i64)]| {
            let one = |(who, minutes): &(Who, i64)| Minutes {
                person: id(who),
                minutes: u16::try_from(*minutes).unwrap_or_default(),
            };
            served.iter().map(one).collect()
        };
        Ok(match act {
            Act::Submit | Act::Accept => Step::Accept,
            Act::Decline(reason, note) => {
                let first = life.same_as.and_then(|first| self.codes.get(&first));
                let code = first.map_or("", String::as_str);
                let note = note.replace("{code}", code);
                match reason {
                    DeclineReason::Referred => Step::Refer(place_in(&note), Some(note)),
                    _ => Step::Decline(*reason, Some(note)),
                }
            }
            Act::Withdraw(reason) => Step::Withdraw(*reason),
            Act::Claim => Step::Claim,
            Act::Dispatch(who) => Step::Dispatch(Box::new(self.actor(*who).await?)),
            Act::TakeUp => Step::TakeUp,
            Act::TurnDown => Step::TurnDown,
            Act::Start => Step::Start,
            Act::Release(who, reason) => Step::Release(id(who), *reason),
            Act::Finish(served, words) => Step::Finish(minutes(served), Some(said(words))),
            Act::Cannot(reason, words) => Step::Cannot(*reason, Some(said(words))),
            Act::Approve(served, why) => Step::Approve(minutes(served), why.as_ref().map(said)),
            Act::Return(reason, words) => Step::Return(*reason, Some(said(words))),
            Act::Rate(stars, words) => Step::Rate(Rating {
                good: praise(*stars),
                ..Rating::new(*stars, words.as_ref().map(said))
            }),
            Act::Reopen(reason) => Step::Reopen(*reason),
        })
    }
}

/// What was good about it, of what was served well.
fn praise(stars: u8) -> Vec<Good> {
    let from = usize::from(stars.checked_sub(4).unwrap_or(9));
    Good::ALL.iter().copied().skip(from).step_by(2).collect()
}

/// Where a note sends somebody.
fn place_in(note: &str) -> Office {
    let places = [
        ("法律援助", Office::LegalAid),
        ("民政", Office::CivilAffairs),
        ("乡镇", Office::Township),
        ("卫生院", Office::Clinic),
        ("医院", Office::Clinic),
    ];
    let found = places.iter().find(|(word, _)| note.contains(word));
    found.map_or(Office::Elsewhere, |(_, office)| *office)
}

/// Where the centre of a circle would be: invented like its people, three circles along each lane.
fn centre(team: &Team) -> Option<Point> {
    let (village, nth) = (team.area.0 % 400, i64::from(team.number - 1));
    let point = Point {
        lat_e7: 387_000_000 + village * 9_000 + nth % 3 * 5_400,
        lon_e7: 1_160_900_000 + village * 11_500 + nth / 3 * 8_000,
    };
    (team.kind == TeamKind::Squad).then_some(point)
}
