//! The form of a volunteer as it is typed, and as it is once every field holds.

use super::{
    age::{Age, LEAST_AGE},
    profile::{Free, Guardian, How, Insurance, Language, Part, Profile, Relation, Weekday},
    skills::Skill,
};
use crate::{
    Millis,
    dates::Day,
    forms::{self, Fault, Field, FormErrors},
    teams::TeamId,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The longest name of a guardian or an insurer, in characters.
const LONGEST_NAME: u16 = 40;
/// The longest number of a policy.
const LONGEST_POLICY: u16 = 40;
/// So many ticks are kept of one list: more than any list of ours has.
const MOST_TICKS: usize = 60;

/// Boxes that were ticked, by their keys.
pub type Ticks = BTreeMap<String, String>;

/// The form as typed: kept as it is until it holds, so that nothing is lost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// The birth date.
    pub birth: String,
    /// The guardian's name.
    pub guardian_name: String,
    /// The guardian's phone.
    pub guardian_phone: String,
    /// A key of [`Relation`].
    pub guardian_relation: String,
    /// A key of [`How`].
    pub guardian_how: String,
    /// The guardian agreed.
    pub guardian_agreed: bool,
    /// Keys of [`Skill`].
    pub skills: Ticks,
    /// Keys of [`Language`].
    pub languages: Ticks,
    /// Keys of [`Weekday`] and [`Part`]: `mon_morning`.
    pub free: Ticks,
    /// Who insures.
    pub insurer: String,
    /// The number of the policy.
    pub policy: String,
    /// The first day of the policy.
    pub insured_from: String,
    /// The last day of the policy.
    pub insured_until: String,
    /// The key of the team.
    pub team: String,
    /// Consents to what is done with all this.
    pub agree: bool,
}

/// A registration whose every field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// The birth date.
    pub born: Day,
    /// The guardian who agreed, where one is needed.
    pub guardian: Option<Guardian>,
    /// What can be changed later.
    pub profile: Profile,
    /// The team that they would join.
    pub team: TeamId,
}

impl Draft {
    /// Reads the whole form.
    ///
    /// # Errors
    /// Everything wrong with it, at once.
    pub fn parse(&self, now: Millis) -> Result<Registration, FormErrors> {
        let mut errors = FormErrors::default();
        let born = errors.take(Field::Birth, self.born(now));
        let needs_consent = born.is_some_and(|born| Age::of(born, now).needs_consent());
        let guardian = if needs_consent { self.guardian(&mut errors) } else { Some(None) };
        let insurance = self.insurance(&mut errors);
        let team = errors.take(Field::Team, self.team());
        let agree = if self.agree { Ok(()) } else { Err(Fault::ConsentMissing) };
        let agree = errors.take(Field::Agree, agree);
        let registration = (|| {
            agree?;
            let profile = Profile { insurance: insurance?, ..self.ticked() };
            Some(Registration { born: born?, guardian: guardian?, profile, team: team? })
        })();
        registration.ok_or(errors)
    }

    /// Reads what can be changed at any time.
    ///
    /// # Errors
    /// Everything wrong with it, at once.
    pub fn profile(&self) -> Result<Profile, FormErrors> {
        let mut errors = FormErrors::default();
        let insurance = self.insurance(&mut errors).ok_or(errors)?;
        Ok(Profile { insurance, ..self.ticked() })
    }

    /// The form with what is known already.
    pub fn of(profile: &Profile, born: Option<Day>, guardian: Option<&Guardian>) -> Self {
        let ticks = |keys: Vec<String>| keys.into_iter().map(|key| (key, "true".into())).collect();
        let skills = profile.skills.iter().map(|skill| skill.key().to_owned()).collect();
        let languages = profile.languages.iter().map(|one| one.key().to_owned()).collect();
        let free = parts().filter(|(day, part)| profile.free.has(*day, *part));
        let free = free.map(|(day, part)| free_key(day, part)).collect();
        let insured = profile.insurance.as_ref();
        let text = |of: fn(&Insurance) -> String| insured.map(of).unwrap_or_default();
        let of_guardian = |of: fn(&Guardian) -> String| guardian.map(of).unwrap_or_default();
        Self {
            birth: born.map(|day| day.to_string()).unwrap_or_default(),
            guardian_name: of_guardian(|one| one.name.clone()),
            guardian_phone: of_guardian(|one| one.phone.clone()),
            guardian_relation: of_guardian(|one| one.relation.key().to_owned()),
            guardian_how: of_guardian(|one| one.how.key().to_owned()),
            guardian_agreed: guardian.is_some(),
            skills: ticks(skills),
            languages: ticks(languages),
            free: ticks(free),
            insurer: text(|one| one.insurer.clone()),
            policy: text(|one| one.policy.clone()),
            insured_from: text(|one| one.from.to_string()),
            insured_until: text(|one| one.until.to_string()),
            team: String::new(),
            agree: false,
        }
    }

    /// The form with each field cut to what is worth keeping; never a burden for the books.
    pub fn cut(self) -> Self {
        let cut = |typed: String, longest: u16| {
            let seen = typed.chars().filter(|letter| !letter.is_control());
            seen.take(2 * usize::from(longest)).collect::<String>()
        };
        let name = |typed| cut(typed, LONGEST_NAME);
        let key = |typed| cut(typed, 20);
        let ticks = |ticks: Ticks| {
            let ticks = ticks.into_keys().take(MOST_TICKS).map(|one| (key(one), "true".into()));
            ticks.collect()
        };
        Self {
            birth: key(self.birth),
            guardian_name: name(self.guardian_name),
            guardian_phone: key(self.guardian_phone),
            guardian_relation: key(self.guardian_relation),
            guardian_how: key(self.guardian_how),
            guardian_agreed: self.guardian_agreed,
            skills: ticks(self.skills),
            languages: ticks(self.languages),
            free: ticks(self.free),
            insurer: name(self.insurer),
            policy: cut(self.policy, LONGEST_POLICY),
            insured_from: key(self.insured_from),
            insured_until: key(self.insured_until),
            team: key(self.team),
            agree: self.agree,
        }
    }

    fn born(&self, now: Millis) -> Result<Day, Fault> {
        let born = Day::typed(&self.birth)?;
        if born > Day::of(now) {
            return Err(Fault::NotADate);
        }
        match Age::of(born, now) {
            Age::Child => Err(Fault::TooYoung { least: LEAST_AGE }),
            Age::Younger | Age::Youth | Age::Adult => Ok(born),
        }
    }

    fn guardian(&self, errors: &mut FormErrors) -> Option<Option<Guardian>> {
        let name =
            errors.take(Field::GuardianName, forms::words(&self.guardian_name, LONGEST_NAME));
        let phone = errors.take(Field::GuardianPhone, forms::phone(&self.guardian_phone));
        let relation = Relation::from_key(&self.guardian_relation).ok_or(Fault::Missing);
        let relation = errors.take(Field::GuardianRelation, relation);
        let how = How::from_key(&self.guardian_how).ok_or(Fault::Missing);
        let how = errors.take(Field::GuardianHow, how);
        let agreed = if self.guardian_agreed { Ok(()) } else { Err(Fault::ConsentMissing) };
        errors.take(Field::GuardianAgreed, agreed)?;
        Some(Some(Guardian { name: name?, phone: phone?, relation: relation?, how: how? }))
    }

    /// All of it or nothing of it.
    fn insurance(&self, errors: &mut FormErrors) -> Option<Option<Insurance>> {
        let all = [&self.insurer, &self.policy, &self.insured_from, &self.insured_until];
        if all.iter().all(|typed| typed.trim().is_empty()) {
            return Some(None);
        }
        let insurer = errors.take(Field::Insurer, forms::words(&self.insurer, LONGEST_NAME));
        let policy = errors.take(Field::Policy, forms::words(&self.policy, LONGEST_POLICY));
        let from = errors.take(Field::InsuredFrom, Day::typed(&self.insured_from));
        let until = Day::typed(&self.insured_until).and_then(|until| match from {
            Some(from) if until < from => Err(Fault::Backwards),
            Some(_) | None => Ok(until),
        });
        let until = errors.take(Field::InsuredUntil, until);
        Some(Some(Insurance { insurer: insurer?, policy: policy?, from: from?, until: until? }))
    }

    fn team(&self) -> Result<TeamId, Fault> {
        match self.team.trim() {
            "" => Err(Fault::Missing),
            key => key.parse().map(TeamId).map_err(|_| Fault::NotAChoice),
        }
    }

    fn ticked(&self) -> Profile {
        let has = |ticks: &Ticks, key: &str| ticks.contains_key(key);
        let free = parts().filter(|(day, part)| has(&self.free, &free_key(*day, *part)));
        Profile {
            skills: of_all(Skill::ALL, |one| has(&self.skills, one.key())),
            languages: of_all(Language::ALL, |one| has(&self.languages, one.key())),
            free: free.fold(Free::default(), |free, (day, part)| free.with(day, part)),
            insurance: None,
        }
    }
}

/// The name of a part of the week in the form: `mon_morning`.
pub fn free_key(day: Weekday, part: Part) -> String {
    format!("{}_{}", day.key(), part.key())
}

/// When a pause ends: at the first moment of the day that was typed, or when they come back.
///
/// # Errors
/// [`Fault::NotADate`], [`Fault::Backwards`] for a day that is not yet to come.
pub fn back_on(typed: &str, now: Millis) -> Result<Option<Millis>, Fault> {
    match Day::typed(typed) {
        Err(Fault::Missing) => Ok(None),
        Err(fault) => Err(fault),
        Ok(day) if day <= Day::of(now) => Err(Fault::Backwards),
        Ok(day) => Ok(Some(day.begins())),
    }
}

fn parts() -> impl Iterator<Item = (Weekday, Part)> {
    Weekday::ALL.iter().flat_map(|day| Part::ALL.iter().map(move |part| (*day, *part)))
}

fn of_all<T: Copy>(all: &[T], ticked: impl Fn(T) -> bool) -> Vec<T> {
    all.iter().copied().filter(|one| ticked(*one)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::moment;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn now() -> Millis {
        moment(2026, 6, 17, 9, 0).unwrap()
    }

    fn ticks(keys: &[&str]) -> Ticks {
        keys.iter().map(|key| ((*key).to_owned(), "true".to_owned())).collect()
    }

    fn zhai() -> Draft {
        Draft {
            birth: "1980-05-01".into(),
            skills: ticks(&["plumbing", "driving", "no_such"]),
            languages: ticks(&["mandarin"]),
            free: ticks(&["sat_morning", "mon_evening"]),
            team: Uuid::from_u128(3).to_string(),
            agree: true,
            ..Draft::default()
        }
    }

    fn boy() -> Draft {
        Draft {
            birth: "2014-06-17".into(),
            guardian_name: "翟大哥".into(),
            guardian_phone: "154 0000 0009".into(),
            guardian_relation: "parent".into(),
            guardian_how: "in_person".into(),
            guardian_agreed: true,
            ..zhai()
        }
    }

    fn wrong(draft: &Draft) -> Vec<(Field, Fault)> {
        draft.parse(now()).unwrap_err().0
    }

    #[test]
    fn a_grown_neighbour_registers_without_guardian_or_insurance() {
        let read = zhai().parse(now()).unwrap();

        assert_eq!(read.born.to_string(), "1980-05-01");
        assert_eq!(read.profile.skills, [Skill::Plumbing, Skill::Driving]);
        assert!(read.profile.free.has(Weekday::Saturday, Part::Morning));
        assert!(!read.profile.free.has(Weekday::Saturday, Part::Evening));
        assert_eq!((read.guardian, read.profile.insurance), (None, None));
    }

    #[test]
    fn an_empty_form_tells_everything_that_is_missing() {
        let fields: Vec<_> = wrong(&Draft::default()).into_iter().map(|(field, _)| field).collect();

        assert_eq!(fields, [Field::Birth, Field::Team, Field::Agree]);
    }

    #[test]
    fn under_ten_is_refused_and_from_ten_to_thirteen_a_guardian_agrees() {
        let child = Draft { birth: "2016-06-18".into(), ..boy() };
        let alone = Draft { birth: "2014-06-17".into(), ..zhai() };
        let youth = Draft { birth: "2012-06-17".into(), ..zhai() };

        assert_eq!(wrong(&child), [(Field::Birth, Fault::TooYoung { least: 10 })]);
        assert_eq!(wrong(&alone).len(), 5, "{:?}", wrong(&alone));
        let unsaid = Draft { guardian_agreed: false, ..boy() };
        assert_eq!(wrong(&unsaid), [(Field::GuardianAgreed, Fault::ConsentMissing)]);
        let guardian = boy().parse(now()).unwrap().guardian.unwrap();
        assert_eq!((guardian.phone.as_str(), guardian.relation), ("15400000009", Relation::Parent));
        assert_eq!(youth.parse(now()).unwrap().guardian, None);
    }

    #[test]
    fn nobody_is_born_tomorrow() {
        let tomorrow = Draft { birth: "2026-06-18".into(), ..zhai() };

        assert_eq!(wrong(&tomorrow), [(Field::Birth, Fault::NotADate)]);
    }

    #[test]
    fn insurance_is_told_whole_or_not_at_all_and_ends_after_it_begins() {
        let half = Draft { policy: "P1".into(), ..zhai() };
        let backwards = Draft {
            insurer: "人保".into(),
            policy: "P1".into(),
            insured_from: "2026-06-01".into(),
            insured_until: "2026-05-31".into(),
            ..zhai()
        };
        let whole = Draft { insured_until: "2027-05-31".into(), ..backwards.clone() };

        let fields: Vec<_> = wrong(&half).into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, [Field::Insurer, Field::InsuredFrom, Field::InsuredUntil]);
        assert_eq!(wrong(&backwards), [(Field::InsuredUntil, Fault::Backwards)]);
        assert!(whole.profile().unwrap().insurance.is_some());
        assert!(half.profile().is_err());
    }

    #[test]
    fn what_is_known_is_read_back_from_its_own_form() {
        let read = boy().parse(now()).unwrap();

        let form = Draft::of(&read.profile, Some(read.born), read.guardian.as_ref());
        let again = Draft { team: read.team.0.to_string(), agree: true, ..form };

        assert_eq!(again.parse(now()), Ok(read));
    }

    #[test]
    fn a_pause_ends_on_a_day_to_come_or_when_they_come_back() {
        let midnight = moment(2026, 6, 18, 0, 0).unwrap();

        assert_eq!(back_on("", now()), Ok(None));
        assert_eq!(back_on("2026-06-18", now()), Ok(Some(midnight)));
        assert_eq!(back_on("2026-06-17", now()), Err(Fault::Backwards));
        assert_eq!(back_on("明天", now()), Err(Fault::NotADate));
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_parsed_or_refused_and_what_is_kept_stays_small(
            typed in ".*",
            many in prop::collection::vec(".{0,40}", 0..200),
        ) {
            let ticks: Ticks = many.into_iter().map(|key| (key, String::new())).collect();
            let draft = Draft {
                birth: typed.clone(),
                insurer: typed.repeat(20),
                skills: ticks.clone(),
                free: ticks,
                team: typed,
                ..boy()
            };
            let _ = (draft.parse(now()), draft.profile());
            let kept = draft.cut();
            prop_assert!(kept.skills.len() <= MOST_TICKS && kept.insurer.chars().count() <= 80);
        }
    }
}
