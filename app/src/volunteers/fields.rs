//! The fieldsets of a volunteer's form: who, what and when, with which team.

use super::api::OwnView;
use crate::{
    components::{
        field::{FaultLine, TextField, TickField, field_class},
        icon::Icon,
    },
    words::{lang, td_string, volunteers as words},
};
use domain::{
    forms::{Field, FormErrors},
    volunteers::{
        CONSENT,
        form::{Draft, Ticks, free_key},
        profile::{How, Language, Part, Relation, Weekday},
        skills::Group,
    },
};
use leptos::prelude::*;

/// The birth date, and for a child the guardian who agrees.
#[component]
pub(super) fn Who(draft: Draft, errors: Signal<FormErrors>) -> impl IntoView {
    let l = lang();
    let of_guardian = [
        Field::GuardianName,
        Field::GuardianPhone,
        Field::GuardianRelation,
        Field::GuardianHow,
        Field::GuardianAgreed,
    ];
    let wrong = of_guardian.iter().any(|field| errors.get_untracked().of(*field).is_some());
    let open = wrong || !draft.guardian_name.is_empty();
    view! {
        <fieldset class="step">
            <legend><span class="step-no">"1"</span>{td_string!(l, volunteers.step_who)}</legend>
            <TextField
                field=Field::Birth
                name="draft[birth]"
                label=td_string!(l, volunteers.birth)
                hint=td_string!(l, volunteers.birth_hint)
                value=draft.birth.clone()
                errors
                kind="date"
                autocomplete="bday"
                maxlength="20"
            />
            <details class="fold card gap-before" open=open>
                <summary>{td_string!(l, volunteers.guardian)}<Icon name="down"/></summary>
                <Guardian draft errors/>
            </details>
        </fieldset>
    }
}

#[component]
fn Guardian(draft: Draft, errors: Signal<FormErrors>) -> impl IntoView {
    let l = lang();
    let relations =
        Relation::ALL.iter().map(|one| (one.key(), words::relation(l, *one))).collect::<Vec<_>>();
    let ways = How::ALL.iter().map(|one| (one.key(), words::how(l, *one))).collect::<Vec<_>>();
    view! {
        <div class="stack">
            <p class="meta">{td_string!(l, volunteers.guardian_hint)}</p>
            <TextField
                field=Field::GuardianName
                name="draft[guardian_name]"
                label=td_string!(l, volunteers.guardian_name)
                value=draft.guardian_name
                errors
                maxlength="40"
            />
            <TextField
                field=Field::GuardianPhone
                name="draft[guardian_phone]"
                label=td_string!(l, volunteers.guardian_phone)
                value=draft.guardian_phone
                errors
                kind="tel"
                maxlength="24"
            />
            <Radios
                field=Field::GuardianRelation
                name="draft[guardian_relation]"
                label=td_string!(l, volunteers.relation)
                choices=relations
                chosen=draft.guardian_relation
                errors
            />
            <Radios
                field=Field::GuardianHow
                name="draft[guardian_how]"
                label=td_string!(l, volunteers.how)
                choices=ways
                chosen=draft.guardian_how
                errors
            />
            <TickField
                field=Field::GuardianAgreed
                name="draft[guardian_agreed]"
                checked=draft.guardian_agreed
                errors
            >
                {td_string!(l, volunteers.guardian_agreed)}
            </TickField>
        </div>
    }
}

#[component]
fn Radios(
    field: Field,
    name: &'static str,
    label: &'static str,
    choices: Vec<(&'static str, &'static str)>,
    chosen: String,
    errors: Signal<FormErrors>,
) -> impl IntoView {
    let choices = choices.into_iter().enumerate().map(|(at, (key, words))| {
        // The summary of what is wrong leads to the first one.
        let id = if at == 0 { field.key().to_owned() } else { format!("{}-{key}", field.key()) };
        let checked = chosen == key;
        view! {
            <label class="choice" for=id>
                <input type="radio" id=id.clone() name=name value=key checked=checked/>
                <span>{words}</span>
            </label>
        }
    });
    view! {
        <fieldset class=field_class(field, errors)>
            <legend class="label">{label}</legend>
            <FaultLine field errors/>
            <div class="choices">{choices.collect_view()}</div>
        </fieldset>
    }
}

/// Skills in their groups, languages, and when there is time.
#[component]
pub(super) fn What(draft: Draft, no: &'static str) -> impl IntoView {
    let l = lang();
    let groups = Group::ALL.iter().map(|&group| {
        let skills = group.skills();
        let chosen = skills.iter().filter(|skill| draft.skills.contains_key(skill.key())).count();
        let boxes: Vec<_> =
            skills.iter().map(|skill| (skill.key(), words::skill(l, *skill))).collect();
        let open = chosen > 0;
        let count = open.then(|| format!(" · {chosen}"));
        view! {
            <details class="fold card" open=open>
                <summary>
                    <span>{words::group(l, group)}{count}</span>
                    <Icon name="down"/>
                </summary>
                <Boxes name="skills" boxes ticked=draft.skills.clone()/>
            </details>
        }
    });
    let groups = groups.collect_view();
    let languages: Vec<_> =
        Language::ALL.iter().map(|one| (one.key(), words::language(l, *one))).collect();
    view! {
        <fieldset class="step">
            <legend><span class="step-no">{no}</span>{td_string!(l, volunteers.step_what)}</legend>
            <p class="hint gap">{td_string!(l, volunteers.skills_hint)}</p>
            <div class="skills">{groups}</div>
            <fieldset class="field gap-before">
                <legend class="label">{td_string!(l, volunteers.languages)}</legend>
                <Boxes name="languages" boxes=languages ticked=draft.languages.clone()/>
            </fieldset>
            <fieldset class="field gap-before">
                <legend class="label">{td_string!(l, volunteers.free)}</legend>
                <p class="hint">{td_string!(l, volunteers.free_hint)}</p>
                <Week ticked=draft.free/>
            </fieldset>
        </fieldset>
    }
}

#[component]
fn Boxes(
    name: &'static str,
    boxes: Vec<(&'static str, &'static str)>,
    ticked: Ticks,
) -> impl IntoView {
    let boxes = boxes.into_iter().map(|(key, words)| {
        let id = format!("{name}-{key}");
        view! {
            <label class="choice" for=id>
                <input
                    type="checkbox"
                    id=id.clone()
                    name=format!("draft[{name}][{key}]")
                    value="true"
                    checked=ticked.contains_key(key)
                />
                <span>{words}</span>
            </label>
        }
    });
    view! { <div class="choices two">{boxes.collect_view()}</div> }
}

/// Seven days, three parts each.
#[component]
fn Week(ticked: Ticks) -> impl IntoView {
    let l = lang();
    let heads = Part::ALL.iter().map(|part| view! { <th scope="col">{words::part(l, *part)}</th> });
    let rows = Weekday::ALL.iter().map(|&day| {
        let cells = Part::ALL.iter().map(|&part| {
            let key = free_key(day, part);
            let label = format!("{} {}", words::weekday(l, day), words::part(l, part));
            view! {
                <td>
                    <label class="tick">
                        <input
                            type="checkbox"
                            name=format!("draft[free][{key}]")
                            value="true"
                            checked=ticked.contains_key(&key)
                            aria-label=label
                        />
                    </label>
                </td>
            }
        });
        view! {
            <tr>
                <th scope="row">{words::weekday(l, day)}</th>
                {cells.collect_view()}
            </tr>
        }
    });
    view! {
        <table class="week">
            <thead>
                <tr>
                    <td></td>
                    {heads.collect_view()}
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

/// The first team, insurance, and the consent.
#[component]
pub(super) fn Team(view: OwnView, errors: Signal<FormErrors>) -> impl IntoView {
    let l = lang();
    let chosen = match view.draft.team.as_str() {
        "" => view.near.first().map(|(id, _)| id.to_string()).unwrap_or_default(),
        typed => typed.to_owned(),
    };
    let teams = view.near.iter().enumerate().map(|(at, (id, name))| {
        let key = id.to_string();
        let id = if at == 0 { Field::Team.key().to_owned() } else { format!("team-{at}") };
        let checked = chosen == key;
        view! {
            <label class="choice" for=id>
                <input type="radio" id=id.clone() name="draft[team]" value=key checked=checked/>
                <span>{name.clone()}</span>
            </label>
        }
    });
    let teams = teams.collect_view();
    let edition = CONSENT.trim_start_matches("volunteers-");
    let (y, m) = edition.split_once('-').unwrap_or((edition, ""));
    view! {
        <fieldset class="step">
            <legend><span class="step-no">"3"</span>{td_string!(l, volunteers.step_team)}</legend>
            <fieldset class=field_class(Field::Team, errors)>
                <legend class="label">{td_string!(l, volunteers.team)}</legend>
                <p class="hint">{td_string!(l, volunteers.team_hint)}</p>
                <FaultLine field=Field::Team errors/>
                <div class="choices">{teams}</div>
            </fieldset>
            <Insurance draft=view.draft.clone() errors/>
            <TickField field=Field::Agree name="draft[agree]" checked=view.draft.agree errors>
                {td_string!(l, volunteers.agree)} " "
                <span class="faint">{td_string!(l, volunteers.edition, y = y, m = m)}</span>
            </TickField>
        </fieldset>
    }
}

/// The policy, all of it or nothing.
#[component]
pub(super) fn Insurance(draft: Draft, errors: Signal<FormErrors>) -> impl IntoView {
    let l = lang();
    let fields = [Field::Insurer, Field::Policy, Field::InsuredFrom, Field::InsuredUntil];
    let wrong = fields.iter().any(|field| errors.get_untracked().of(*field).is_some());
    let open = wrong || !draft.policy.is_empty();
    view! {
        <details class="fold card gap-before" open=open>
            <summary>{td_string!(l, volunteers.insurance)}<Icon name="down"/></summary>
            <div class="stack">
                <TextField
                    field=Field::Insurer
                    name="draft[insurer]"
                    label=td_string!(l, volunteers.insurer)
                    value=draft.insurer
                    errors
                    maxlength="40"
                />
                <TextField
                    field=Field::Policy
                    name="draft[policy]"
                    label=td_string!(l, volunteers.policy)
                    value=draft.policy
                    errors
                    maxlength="40"
                />
                <TextField
                    field=Field::InsuredFrom
                    name="draft[insured_from]"
                    label=td_string!(l, volunteers.insured_from)
                    value=draft.insured_from
                    errors
                    kind="date"
                    maxlength="20"
                />
                <TextField
                    field=Field::InsuredUntil
                    name="draft[insured_until]"
                    label=td_string!(l, volunteers.insured_until)
                    value=draft.insured_until
                    errors
                    kind="date"
                    maxlength="20"
                />
            </div>
        </details>
    }
}
