//! What a volunteer says of themselves, as the books hold it.

use super::Enrolment;
use crate::{Db, StoreError, Tx};
use domain::{
    Millis,
    dates::Day,
    people::PersonId,
    volunteers::{
        CONSENT,
        form::Registration,
        profile::{Free, Guardian, How, Insurance, Language, Profile, Relation},
        skills::Skill,
    },
};
use sqlx_macros::FromRow;

/// What is known of a volunteer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The birth date; none for those from before. For nobody else's eyes.
    pub born: Option<Day>,
    /// Who agreed for a child, and when that was recorded.
    pub guardian: Option<(Guardian, Millis)>,
    /// What they can change.
    pub profile: Profile,
    /// Since when they have paused, and until when.
    pub paused: Option<(Millis, Option<Millis>)>,
    /// The version of what they consented to, and when.
    pub consent: Option<(String, Millis)>,
}

/// What is known of a volunteer; none for whoever has never registered.
///
/// # Errors
/// [`StoreError::Corrupt`] when the books name what the rules do not know.
pub async fn known(db: &Db, person: PersonId) -> Result<Option<Known>, StoreError> {
    let mut tx = db.read().await?;
    known_in(&mut tx, person).await
}

pub(super) async fn known_in(tx: &mut Tx, person: PersonId) -> Result<Option<Known>, StoreError> {
    let row: Option<Row> = on!(&mut *tx, conn => {
        sqlx::query_as("select * from volunteers where person = $1")
            .bind(person.0)
            .fetch_optional(conn)
            .await?
    });
    let Some(row) = row else { return Ok(None) };
    let keys: Vec<String> = on!(tx, conn => {
        sqlx::query_scalar("select skill from volunteer_skills where person = $1")
            .bind(person.0)
            .fetch_all(conn)
            .await?
    });
    let mut skills = keys
        .iter()
        .map(|key| Skill::from_key(key).ok_or_else(|| corrupt("a skill", key)))
        .collect::<Result<Vec<_>, _>>()?;
    skills.sort_unstable();
    row.known(skills).map(Some)
}

pub(super) async fn is_registered(tx: &mut Tx, person: PersonId) -> Result<bool, StoreError> {
    let rows: i64 = on!(tx, conn => {
        sqlx::query_scalar("select count(*) from volunteers where person = $1")
            .bind(person.0)
            .fetch_one(conn)
            .await?
    });
    Ok(rows > 0)
}

/// Birth date, guardian and consent, as the form says them now.
pub(super) async fn save_person(
    tx: &mut Tx,
    person: PersonId,
    form: &Registration,
    now: Millis,
) -> Result<(), StoreError> {
    let guardian = form.guardian.as_ref();
    on!(tx, conn => {
        sqlx::query(
            "insert into volunteers (person, born, guardian_name, guardian_phone, guardian_relation,
                    guardian_how, guardian_at, consent, consent_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (person) do update set born = excluded.born,
                    guardian_name = excluded.guardian_name, guardian_phone = excluded.guardian_phone,
                    guardian_relation = excluded.guardian_relation, guardian_how = excluded.guardian_how,
                    guardian_at = excluded.guardian_at, consent = excluded.consent,
                    consent_at = excluded.consent_at, paused_since = null, paused_until = null",
        )
        .bind(person.0)
        .bind(form.born.to_string())
        .bind(guardian.map(|one| &one.name))
        .bind(guardian.map(|one| &one.phone))
        .bind(guardian.map(|one| one.relation.key()))
        .bind(guardian.map(|one| one.how.key()))
        .bind(guardian.map(|_| now))
        .bind(CONSENT)
        .bind(now)
        .execute(conn)
        .await?;
    });
    Ok(())
}

/// Skills, languages, time and insurance.
pub(super) async fn save_profile(
    tx: &mut Tx,
    person: PersonId,
    profile: &Profile,
) -> Result<(), StoreError> {
    let languages: Vec<_> = profile.languages.iter().map(|one| one.key()).collect();
    let insured = profile.insurance.as_ref();
    on!(&mut *tx, conn => {
        sqlx::query(
            "update volunteers set languages = $1, free = $2, insurer = $3, policy = $4,
                    insured_from = $5, insured_until = $6 where person = $7",
        )
        .bind(languages.join(" "))
        .bind(i64::from(profile.free.bits()))
        .bind(insured.map(|one| &one.insurer))
        .bind(insured.map(|one| &one.policy))
        .bind(insured.map(|one| one.from.to_string()))
        .bind(insured.map(|one| one.until.to_string()))
        .bind(person.0)
        .execute(conn)
        .await?;
    });
    on!(&mut *tx, conn => {
        sqlx::query("delete from volunteer_skills where person = $1")
            .bind(person.0)
            .execute(conn)
            .await?;
    });
    for skill in &profile.skills {
        on!(&mut *tx, conn => {
            sqlx::query("insert into volunteer_skills (person, skill) values ($1, $2)")
                .bind(person.0)
                .bind(skill.key())
                .execute(conn)
                .await?;
        });
    }
    Ok(())
}

/// A member who did not apply here.
pub(super) async fn save_enrolled(
    tx: &mut Tx,
    one: &Enrolment,
    now: Millis,
) -> Result<(), StoreError> {
    on!(&mut *tx, conn => {
        sqlx::query("insert into volunteers (person) values ($1) on conflict (person) do nothing")
            .bind(one.person.0)
            .execute(conn)
            .await?;
    });
    on!(tx, conn => {
        sqlx::query(
            "insert into memberships (person, team, since, standing, decided, decided_by)
             values ($1, $2, $3, 'member', $4, $5)
             on conflict (person, team) where standing in ('applied', 'member')
             do update set standing = 'member', decided = excluded.decided,
                           decided_by = excluded.decided_by
                where memberships.standing = 'applied'",
        )
        .bind(one.person.0)
        .bind(one.team.0)
        .bind(one.since)
        .bind(now)
        .bind(one.by.0)
        .execute(conn)
        .await?;
    });
    Ok(())
}

#[derive(FromRow)]
struct Row {
    born: Option<String>,
    guardian_name: Option<String>,
    guardian_phone: Option<String>,
    guardian_relation: Option<String>,
    guardian_how: Option<String>,
    guardian_at: Option<Millis>,
    languages: String,
    free: i64,
    insurer: Option<String>,
    policy: Option<String>,
    insured_from: Option<String>,
    insured_until: Option<String>,
    paused_since: Option<Millis>,
    paused_until: Option<Millis>,
    consent: Option<String>,
    consent_at: Option<Millis>,
}

impl Row {
    fn known(self, skills: Vec<Skill>) -> Result<Known, StoreError> {
        let day = |written: &str| Day::parse(written).ok_or_else(|| corrupt("a day", written));
        let languages = self
            .languages
            .split(' ')
            .filter(|key| !key.is_empty())
            .map(|key| Language::from_key(key).ok_or_else(|| corrupt("a language", key)))
            .collect::<Result<_, _>>()?;
        let insurance = match (self.insurer, self.policy, self.insured_from, self.insured_until) {
            (Some(insurer), Some(policy), Some(from), Some(until)) => {
                Some(Insurance { insurer, policy, from: day(&from)?, until: day(&until)? })
            }
            _ => None,
        };
        let how = self.guardian_how.as_deref().and_then(How::from_key);
        let relation = self.guardian_relation.as_deref().and_then(Relation::from_key);
        let who = self.guardian_name.zip(self.guardian_phone);
        let guardian = match (who, relation.zip(how), self.guardian_at) {
            (Some((name, phone)), Some((relation, how)), Some(at)) => {
                Some((Guardian { name, phone, relation, how }, at))
            }
            _ => None,
        };
        let free = Free::from_bits(u32::try_from(self.free).unwrap_or_default());
        Ok(Known {
            born: self.born.as_deref().map(day).transpose()?,
            guardian,
            profile: Profile { skills, languages, free, insurance },
            paused: self.paused_since.map(|since| (since, self.paused_until)),
            consent: self.consent.zip(self.consent_at),
        })
    }
}

fn corrupt(what: &str, key: &str) -> StoreError {
    StoreError::Corrupt(format!("volunteers: {what} {key}"))
}
