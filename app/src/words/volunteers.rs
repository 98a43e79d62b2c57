//! Words for what is said of volunteers. Only the plain pages say them.

use super::{Locale, td_string, time};
use domain::{
    Millis,
    dates::Day,
    forms::{Fault, Field},
    volunteers::{
        Hindrance, Standing,
        profile::{Free, How, Insurance, Language, Part, Profile, Relation, Weekday},
        skills::{Group, Skill},
    },
};

/// How somebody stands to a team.
pub fn standing(l: Locale, standing: Standing) -> &'static str {
    match standing {
        Standing::Outside => td_string!(l, volunteers.outside),
        Standing::Applied => td_string!(l, volunteers.applied),
        Standing::Member => td_string!(l, volunteers.member),
        Standing::Paused => td_string!(l, volunteers.is_paused),
        Standing::Refused => td_string!(l, volunteers.is_refused),
        Standing::Left => td_string!(l, volunteers.left),
    }
}

/// What happened, by its key in the books.
pub fn event(l: Locale, key: &str) -> &'static str {
    match key {
        "apply" => td_string!(l, volunteers.did_apply),
        "take_back" => td_string!(l, volunteers.did_take_back),
        "approve" => td_string!(l, volunteers.did_approve),
        "refuse" => td_string!(l, volunteers.did_refuse),
        "pause" => td_string!(l, volunteers.did_pause),
        "resume" => td_string!(l, volunteers.did_resume),
        "leave" => td_string!(l, volunteers.did_leave),
        "remove" => td_string!(l, volunteers.did_remove),
        "look" => td_string!(l, volunteers.did_look),
        _ => "",
    }
}

/// A typed reason by its key in the books.
pub fn reason(l: Locale, key: &str) -> &'static str {
    match key {
        "not_known" => td_string!(l, volunteers.not_known),
        "incomplete" => td_string!(l, volunteers.incomplete),
        "other_team" => td_string!(l, volunteers.other_team),
        "full" => td_string!(l, volunteers.full),
        "not_suited" => td_string!(l, volunteers.not_suited),
        "moved_away" => td_string!(l, volunteers.moved_away),
        "inactive" => td_string!(l, volunteers.inactive),
        "broke_rules" => td_string!(l, volunteers.broke_rules),
        "deceased" => td_string!(l, volunteers.deceased),
        _ => "",
    }
}

/// Why the rules said no to a move of a membership.
pub fn hindrance(l: Locale, hindrance: Hindrance) -> String {
    match hindrance {
        Hindrance::NotNow(at) => {
            td_string!(l, volunteers.not_now, state = standing(l, at)).to_string()
        }
        Hindrance::NotRegistered => td_string!(l, volunteers.not_registered).to_owned(),
        Hindrance::NoHome => td_string!(l, volunteers.home_first).to_owned(),
        Hindrance::TakesNobody => td_string!(l, volunteers.takes_nobody).to_owned(),
        Hindrance::TooYoung => td_string!(l, volunteers.too_young_now).to_owned(),
        Hindrance::NoGuardian => td_string!(l, volunteers.no_guardian).to_owned(),
        Hindrance::HomeTeamFirst => td_string!(l, volunteers.home_team_first).to_owned(),
        Hindrance::OwnApplication => td_string!(l, volunteers.own_application).to_owned(),
        Hindrance::ClaimsRunning(n) => td_string!(l, volunteers.claims_running, n = n).to_string(),
    }
}

/// What is wrong with a field of a volunteer's form.
pub fn fault(l: Locale, field: Field, fault: Fault) -> String {
    match fault {
        Fault::NotADate => td_string!(l, volunteers.not_a_date).to_owned(),
        Fault::Backwards if field == Field::BackOn => td_string!(l, volunteers.to_come).to_owned(),
        Fault::Backwards => td_string!(l, volunteers.backwards).to_owned(),
        Fault::TooYoung { least } => td_string!(l, volunteers.too_young, n = least).to_string(),
        _ => missing(l, field).to_owned(),
    }
}

fn missing(l: Locale, field: Field) -> &'static str {
    match field {
        Field::Birth => td_string!(l, volunteers.birth_missing),
        Field::Team => td_string!(l, volunteers.team_missing),
        Field::GuardianName => td_string!(l, volunteers.guardian_name_missing),
        Field::GuardianPhone => td_string!(l, volunteers.guardian_phone_missing),
        Field::GuardianRelation => td_string!(l, volunteers.relation_missing),
        Field::GuardianHow => td_string!(l, volunteers.how_missing),
        Field::GuardianAgreed => td_string!(l, volunteers.guardian_agreed_missing),
        _ => td_string!(l, faults.missing),
    }
}

/// Who answers for a child.
pub fn relation(l: Locale, relation: Relation) -> &'static str {
    match relation {
        Relation::Parent => td_string!(l, volunteers.parent),
        Relation::Grandparent => td_string!(l, volunteers.grandparent),
        Relation::Guardian => td_string!(l, volunteers.other_guardian),
    }
}

/// How a guardian agreed.
pub fn how(l: Locale, how: How) -> &'static str {
    match how {
        How::InPerson => td_string!(l, volunteers.in_person),
        How::ByPhone => td_string!(l, volunteers.by_phone),
        How::Written => td_string!(l, volunteers.written),
    }
}

/// A day of the week.
pub fn weekday(l: Locale, day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => td_string!(l, volunteers.mon),
        Weekday::Tuesday => td_string!(l, volunteers.tue),
        Weekday::Wednesday => td_string!(l, volunteers.wed),
        Weekday::Thursday => td_string!(l, volunteers.thu),
        Weekday::Friday => td_string!(l, volunteers.fri),
        Weekday::Saturday => td_string!(l, volunteers.sat),
        Weekday::Sunday => td_string!(l, volunteers.sun),
    }
}

/// A part of the day.
pub fn part(l: Locale, part: Part) -> &'static str {
    match part {
        Part::Morning => td_string!(l, volunteers.morning),
        Part::Afternoon => td_string!(l, volunteers.afternoon),
        Part::Evening => td_string!(l, volunteers.evening),
    }
}

/// A language.
pub fn language(l: Locale, language: Language) -> &'static str {
    match language {
        Language::Mandarin => td_string!(l, volunteers.mandarin),
        Language::Local => td_string!(l, volunteers.local),
        Language::Sign => td_string!(l, volunteers.sign),
        Language::Braille => td_string!(l, volunteers.braille),
        Language::English => td_string!(l, volunteers.english),
        Language::Other => td_string!(l, volunteers.other_language),
    }
}

/// A group of skills.
pub fn group(l: Locale, group: Group) -> &'static str {
    match group {
        Group::Repairs => td_string!(l, volunteers.repairs),
        Group::Errands => td_string!(l, volunteers.errands),
        Group::Health => td_string!(l, volunteers.health),
        Group::Care => td_string!(l, volunteers.care),
        Group::Law => td_string!(l, volunteers.law),
        Group::Company => td_string!(l, volunteers.company),
        Group::Digital => td_string!(l, volunteers.digital),
        Group::Village => td_string!(l, volunteers.village),
    }
}

/// Something that a volunteer can do.
pub fn skill(l: Locale, skill: Skill) -> &'static str {
    match skill {
        Skill::Plumbing => td_string!(l, volunteers.s_plumbing),
        Skill::Wiring => td_string!(l, volunteers.s_wiring),
        Skill::Appliances => td_string!(l, volunteers.s_appliances),
        Skill::Carpentry => td_string!(l, volunteers.s_carpentry),
        Skill::Locks => td_string!(l, volunteers.s_locks),
        Skill::Masonry => td_string!(l, volunteers.s_masonry),
        Skill::Shopping => td_string!(l, volunteers.s_shopping),
        Skill::Delivery => td_string!(l, volunteers.s_delivery),
        Skill::Driving => td_string!(l, volunteers.s_driving),
        Skill::Queueing => td_string!(l, volunteers.s_queueing),
        Skill::Carrying => td_string!(l, volunteers.s_carrying),
        Skill::Cooking => td_string!(l, volunteers.s_cooking),
        Skill::Hospital => td_string!(l, volunteers.s_hospital),
        Skill::FirstAid => td_string!(l, volunteers.s_first_aid),
        Skill::Nursing => td_string!(l, volunteers.s_nursing),
        Skill::Measuring => td_string!(l, volunteers.s_measuring),
        Skill::Rehab => td_string!(l, volunteers.s_rehab),
        Skill::Medicine => td_string!(l, volunteers.s_medicine),
        Skill::Elders => td_string!(l, volunteers.s_elders),
        Skill::Children => td_string!(l, volunteers.s_children),
        Skill::Disabled => td_string!(l, volunteers.s_disabled),
        Skill::Homework => td_string!(l, volunteers.s_homework),
        Skill::Haircut => td_string!(l, volunteers.s_haircut),
        Skill::Bathing => td_string!(l, volunteers.s_bathing),
        Skill::Mediating => td_string!(l, volunteers.s_mediating),
        Skill::Legal => td_string!(l, volunteers.s_legal),
        Skill::Paperwork => td_string!(l, volunteers.s_paperwork),
        Skill::Insurance => td_string!(l, volunteers.s_insurance),
        Skill::Labour => td_string!(l, volunteers.s_labour),
        Skill::Family => td_string!(l, volunteers.s_family),
        Skill::Talking => td_string!(l, volunteers.s_talking),
        Skill::Counselling => td_string!(l, volunteers.s_counselling),
        Skill::Reading => td_string!(l, volunteers.s_reading),
        Skill::Walking => td_string!(l, volunteers.s_walking),
        Skill::Games => td_string!(l, volunteers.s_games),
        Skill::Mourning => td_string!(l, volunteers.s_mourning),
        Skill::Phones => td_string!(l, volunteers.s_phones),
        Skill::Computers => td_string!(l, volunteers.s_computers),
        Skill::Payments => td_string!(l, volunteers.s_payments),
        Skill::Fraud => td_string!(l, volunteers.s_fraud),
        Skill::Network => td_string!(l, volunteers.s_network),
        Skill::Photos => td_string!(l, volunteers.s_photos),
        Skill::Cleaning => td_string!(l, volunteers.s_cleaning),
        Skill::Greening => td_string!(l, volunteers.s_greening),
        Skill::Clearing => td_string!(l, volunteers.s_clearing),
        Skill::Traffic => td_string!(l, volunteers.s_traffic),
        Skill::Events => td_string!(l, volunteers.s_events),
        Skill::Performing => td_string!(l, volunteers.s_performing),
    }
}

/// What a volunteer has said of themselves, a line for each kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// What they can do.
    pub skills: String,
    /// In which languages.
    pub languages: String,
    /// When they have time.
    pub free: String,
    /// Their insurance.
    pub insurance: String,
}

impl Said {
    /// In the reader's language.
    pub fn of(l: Locale, profile: &Profile, now: Millis) -> Self {
        let comma = if l == Locale::en { ", " } else { "、" };
        let skills: Vec<_> = profile.skills.iter().map(|one| skill(l, *one)).collect();
        let languages: Vec<_> = profile.languages.iter().map(|one| language(l, *one)).collect();
        Self {
            skills: skills.join(comma),
            languages: languages.join(comma),
            free: free(l, profile.free, comma),
            insurance: profile.insurance.as_ref().map(|it| policy(l, it, now)).unwrap_or_default(),
        }
    }
}

fn free(l: Locale, free: Free, comma: &str) -> String {
    let space = if l == Locale::en { " " } else { "" };
    let days = Weekday::ALL.iter().filter_map(|&day| {
        let parts: Vec<_> = Part::ALL.iter().filter(|it| free.has(day, **it)).collect();
        let said: Vec<_> = parts.iter().map(|it| part(l, **it)).collect();
        match said.as_slice() {
            [] => None,
            all if all.len() == Part::ALL.len() => {
                Some(format!("{}{space}{}", weekday(l, day), td_string!(l, volunteers.all_day)))
            }
            some => Some(format!("{}{space}{}", weekday(l, day), some.join("/"))),
        }
    });
    days.collect::<Vec<_>>().join(comma)
}

fn policy(l: Locale, policy: &Insurance, now: Millis) -> String {
    let until = day(l, policy.until, now);
    let (insurer, number) = (policy.insurer.as_str(), policy.policy.as_str());
    let until = until.as_str();
    td_string!(l, volunteers.policy_line, who = insurer, no = number, t = until).to_string()
}

fn day(l: Locale, day: Day, now: Millis) -> String {
    time::day(l, day.begins(), now)
}
