//! Small pieces of the volunteers' pages.

use super::api::{EventLine, OfTeam};
use crate::{
    components::{
        act::{Act, ActForm},
        icon::Icon,
    },
    kept::Fields,
    words::{lang, td_string, time, volunteers as words},
};
use domain::{Millis, requests::LONGEST_NOTE, volunteers::Standing};
use leptos::prelude::*;
use uuid::Uuid;

/// The class of a standing's tag.
pub(super) const fn tag(standing: Standing) -> &'static str {
    match standing {
        Standing::Applied => "tag today",
        Standing::Member => "tag calm",
        Standing::Paused => "tag lake",
        Standing::Refused => "tag late",
        Standing::Outside | Standing::Left => "tag",
    }
}

/// A button that does one thing to a membership.
#[component]
pub(super) fn TeamButton(
    /// The verb.
    act: Act,
    /// The team.
    team: Uuid,
    /// What happens.
    words: &'static str,
    /// The team, for those who do not see which row it stands in.
    name: String,
    /// The classes of the button.
    #[prop(default = "btn second small")]
    class: &'static str,
) -> impl IntoView {
    view! {
        <ActForm act>
            <input type="hidden" name="team" value=team.to_string()/>
            <button class=class aria-label=format!("{words} {name}")>{words}</button>
        </ActForm>
    }
}

/// Typed reasons with a word more, for a decision on somebody.
#[component]
pub(super) fn Decision(
    /// The verb.
    act: Act,
    /// The team.
    team: Uuid,
    /// The person.
    person: Uuid,
    /// Before the `id`s.
    form: &'static str,
    /// The reasons: key and words.
    reasons: Vec<(&'static str, &'static str)>,
    /// What was typed before: reason and word.
    typed: Fields,
    /// The word of the button.
    words: &'static str,
) -> impl IntoView {
    let l = lang();
    let of = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let (chosen, note) = (of("reason"), of("note"));
    let id = format!("{form}-note");
    let choices = reasons.into_iter().map(move |(key, words)| {
        let checked = chosen == key;
        view! {
            <label class="choice" for=format!("{form}-{key}")>
                <input type="radio" name="reason" id=format!("{form}-{key}") value=key checked=checked/>
                <span>{words}</span>
            </label>
        }
    });
    view! {
        <ActForm act class="stack">
            <input type="hidden" name="team" value=team.to_string()/>
            <input type="hidden" name="person" value=person.to_string()/>
            <fieldset class="field">
                <legend class="label">{td_string!(l, volunteers.why)}</legend>
                <div class="choices">{choices.collect_view()}</div>
            </fieldset>
            <div class="field">
                <label for=id.clone()>{td_string!(l, volunteers.note)}</label>
                <textarea class="textarea short" id=id name="note" rows="2" maxlength=LONGEST_NOTE.to_string()>
                    {crate::words::escaped_on_server(&note)}
                </textarea>
            </div>
            <button class="btn second wide">{words}</button>
        </ActForm>
    }
}

/// The teams of somebody with how they stand to each.
#[component]
pub(super) fn Standings(
    /// The teams.
    teams: Vec<OfTeam>,
    /// The present moment.
    now: Millis,
) -> impl IntoView {
    let l = lang();
    let rows = teams.into_iter().map(|team| {
        let since = time::day(l, team.since, now);
        view! {
            <li class="rowlink">
                <span class="grow">
                    {team.name}<br/>
                    <span class="meta nowrap">{since}</span>
                </span>
                <span class=tag(team.standing)>{words::standing(l, team.standing)}</span>
            </li>
        }
    });
    view! { <ul class="card flush rows">{rows.collect_view()}</ul> }
}

/// What happened, the newest first.
#[component]
pub(super) fn History(
    /// The lines.
    events: Vec<EventLine>,
    /// The present moment.
    now: Millis,
) -> impl IntoView {
    let l = lang();
    (!events.is_empty()).then(|| {
        let rows = events.into_iter().map(|event| {
            let what = words::event(l, &event.mv);
            let why = event.reason.as_deref().map(|key| words::reason(l, key)).unwrap_or_default();
            let more = [event.team.unwrap_or_default(), event.who, why.to_owned()];
            let more: Vec<_> = more.into_iter().filter(|words| !words.is_empty()).collect();
            view! {
                <li class="rowlink">
                    <span class="grow">
                        {what}<br/>
                        <span class="meta">{more.join(" · ")}</span>
                    </span>
                    <span class="val">{time::near(l, event.at, now)}</span>
                </li>
            }
        });
        view! {
            <section class="section" aria-labelledby="history-h">
                <details class="fold card">
                    <summary id="history-h">
                        {td_string!(l, volunteers.history)}<Icon name="down"/>
                    </summary>
                    <ul class="rows">{rows.collect_view()}</ul>
                </details>
            </section>
        }
    })
}

/// One fact with its name.
#[component]
pub(super) fn Fact(
    /// The name.
    name: &'static str,
    /// The value; left out when empty.
    value: String,
    /// How it breaks.
    #[prop(optional)]
    class: Option<&'static str>,
) -> impl IntoView {
    (!value.is_empty()).then(|| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd class=class>{value}</dd>
            </div>
        }
    })
}
