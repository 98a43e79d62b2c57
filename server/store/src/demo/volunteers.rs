//! What the volunteers of the demo county say of themselves; who waits to be let in, who has paused.

use super::{
    areas::LOTUS,
    dice::Dice,
    people::{CIRCLE, People, SQUAD_CAPTAIN},
    teams::Teams,
};
use crate::{
    Db, StoreError, people,
    volunteers::{
        self as books,
        moving::{self, Step},
    },
};
use domain::{
    Millis,
    clock::{DAY, HOUR},
    dates::Day,
    people::Actor,
    teams::{TeamId, TeamKind},
    volunteers::{
        form::Registration,
        profile::{Free, Guardian, How, Insurance, Language, Part, Profile, Relation, Weekday},
        skills::{Group, Skill},
    },
};

/// Somebody with a number: of which team, and what they say.
#[derive(Debug)]
pub(super) struct Volunteer {
    /// Place in the list of people.
    pub person: usize,
    pub team: TeamId,
    pub born: Day,
    pub profile: Profile,
}

/// Everybody with a number is of the squad of their home, or of their village.
pub(super) fn volunteers(
    teams: &Teams,
    people: &People,
    dice: &mut Dice,
    now: Millis,
) -> Vec<Volunteer> {
    let brigade = |village| {
        let mut all = teams.all.iter();
        all.find(|team| team.kind == TeamKind::Brigade && team.area == village).map(|team| team.id)
    };
    let with_number = people.all.iter().enumerate().filter(|(_, one)| one.volunteer_no.is_some());
    with_number
        .filter_map(|(person, one)| {
            let team = one.squad.or_else(|| one.village.and_then(brigade))?;
            let born = Day::of(now - dice.between(24 * 365, 66 * 365) * DAY);
            Some(Volunteer { person, team, born, profile: profile(dice, now) })
        })
        .collect()
}

fn profile(dice: &mut Dice, now: Millis) -> Profile {
    let group = dice.rather_first(Group::ALL).skills();
    let mut skills: Vec<Skill> = group.into_iter().filter(|_| dice.chance(45)).collect();
    if dice.chance(40) {
        skills.push(*dice.one_of(Skill::ALL));
    }
    skills.sort_unstable();
    skills.dedup();
    let mut languages = vec![Language::Mandarin, Language::Local];
    languages.extend(dice.chance(4).then_some(Language::Sign));
    let free = if dice.chance(50) { weekend() } else { Free::default() };
    let from = Day::of(now - dice.between(20, 300) * DAY);
    let insurance = dice.chance(60).then(|| Insurance {
        insurer: "志愿者保障计划".to_owned(),
        policy: format!("ZY{:08}", dice.between(1, 99_999_999)),
        from,
        until: Day::of(from.begins() + 364 * DAY),
    });
    Profile { skills, languages, free, insurance }
}

fn weekend() -> Free {
    let days = [Weekday::Saturday, Weekday::Sunday];
    let all = days.iter().flat_map(|day| Part::ALL.iter().map(move |part| (*day, *part)));
    all.fold(Free::default(), |free, (day, part)| free.with(day, part))
}

/// Two neighbours and a child wait for the captain of the circle, a pupil was let in, somebody in
/// another lane has paused: through the verbs that everybody uses.
pub(super) async fn tell(
    db: &Db,
    teams: &Teams,
    people: &People,
    young: [usize; 2],
    now: Millis,
) -> Result<(), StoreError> {
    let Some(village) = teams.villages.iter().find(|village| village.area.id == LOTUS) else {
        return Ok(());
    };
    let [child, pupil] = young;
    let plain = |at: &&usize| people.all[**at].volunteer_no.is_none() && **at > SQUAD_CAPTAIN;
    for (nth, circle) in village.circles[1..=CIRCLE].iter().enumerate() {
        let Some(&who) = circle.residents.iter().find(plain) else { continue };
        let at = now - (29 - 9 * i64::try_from(nth).unwrap_or_default()) * HOUR;
        let skills = vec![Skill::Shopping, Skill::Talking];
        apply(db, people, who, &form(circle.squad, 47, now, skills, None), at).await?;
    }
    let squad = village.circles[CIRCLE].squad;
    let mother = Guardian {
        name: "翟嫂子".to_owned(),
        phone: "15400009902".to_owned(),
        relation: Relation::Parent,
        how: How::InPerson,
    };
    let of_child = form(squad, 12, now, vec![Skill::Cleaning], Some(mother));
    apply(db, people, child, &of_child, now - 5 * HOUR).await?;
    let of_pupil = form(squad, 16, now, vec![Skill::Phones, Skill::Homework], None);
    apply(db, people, pupil, &of_pupil, now - 20 * DAY).await?;
    let captain = actor(db, people, SQUAD_CAPTAIN, now).await?;
    let whom = people.all[pupil].id;
    moving::step(db, whom, squad, &Step::Approve, &captain, now - 19 * DAY).await?;
    let with_number = |at: &&usize| people.all[**at].volunteer_no.is_some();
    let other = village.circles.iter().rev().find_map(|circle| {
        circle.residents.iter().filter(|at| **at != circle.captain).find(with_number)
    });
    if let Some(&who) = other {
        let back = Day::of(now + 12 * DAY).begins();
        let who = actor(db, people, who, now).await?;
        moving::pause(db, Some(back), &who, now - 2 * HOUR).await?;
    }
    Ok(())
}

fn form(
    team: TeamId,
    years: i64,
    now: Millis,
    skills: Vec<Skill>,
    guardian: Option<Guardian>,
) -> Registration {
    let born = Day::of(now - (years * 365 + years / 4 + 40) * DAY);
    let languages = vec![Language::Mandarin, Language::Local];
    let profile = Profile { skills, languages, free: weekend(), insurance: None };
    Registration { born, guardian, profile, team }
}

async fn apply(
    db: &Db,
    people: &People,
    who: usize,
    form: &Registration,
    at: Millis,
) -> Result<(), StoreError> {
    let who = actor(db, people, who, at).await?;
    books::register(db, form, &who, at).await
}

async fn actor(db: &Db, people: &People, who: usize, now: Millis) -> Result<Actor, StoreError> {
    people::actor(db, people.all[who].id, now).await?.ok_or(StoreError::NotFound)
}
