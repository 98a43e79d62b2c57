//! The choice on the form, as markup that the server draws into it: it costs the program nothing.

use crate::{
    error::AppError,
    session::session,
    words::{Locale, recurring, td_string},
};
use domain::requests::recurring::{RepeatDraft, Weekday};

/// The key of what was chosen, in the session.
const CHOSEN: &str = "draft:repeat";

/// Keeps what was chosen until the form is taken.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn keep(draft: &RepeatDraft) -> Result<(), AppError> {
    Ok(session().await?.insert(CHOSEN, draft.cut()).await?)
}

/// What was chosen.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn chosen() -> Result<RepeatDraft, AppError> {
    Ok(session().await?.get(CHOSEN).await?.unwrap_or_default())
}

/// It was taken.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn forget() -> Result<(), AppError> {
    session().await?.remove_value(CHOSEN).await?;
    Ok(())
}

/// The choice: all of it is ours, nothing that was typed stands in it.
pub fn markup(l: Locale, chosen: &RepeatDraft) -> String {
    let every = [
        ("once", td_string!(l, recurring.once)),
        ("daily", td_string!(l, recurring.daily)),
        ("working", td_string!(l, recurring.working)),
        ("weekly", td_string!(l, recurring.weekly)),
        ("monthly", td_string!(l, recurring.monthly)),
    ];
    let none = every.iter().all(|(key, _)| *key != chosen.every);
    let open = if none || chosen.every == "once" { "" } else { " open" };
    let tick = |yes: bool| if yes { " checked" } else { "" };
    let mut html = format!(
        "<details class=\"fold\"{open}><summary>{}<svg class=\"icon\" viewBox=\"0 0 24 24\" \
         aria-hidden=\"true\"><use href=\"#i-down\"></use></svg></summary>\
         <p class=\"hint\">{}</p><fieldset class=\"field\"><legend class=\"vh\">{0}</legend>\
         <div class=\"choices two\">",
        td_string!(l, recurring.again),
        td_string!(l, recurring.form_hint),
    );
    for (key, words) in every {
        let checked = tick(chosen.every == key || none && key == "once");
        html += &format!(
            "<label class=\"choice\" for=\"every-{key}\"><input type=\"radio\" id=\"every-{key}\" \
             name=\"repeat[every]\" value=\"{key}\"{checked}><span>{words}</span></label>"
        );
    }
    html += &format!(
        "</div></fieldset><fieldset class=\"field\"><legend class=\"label\">{}</legend>\
         <div class=\"row wrap\">",
        td_string!(l, recurring.days)
    );
    for &day in Weekday::ALL {
        let (key, words) = (day.key(), recurring::weekday(l, day));
        let checked = tick(chosen.days.contains_key(key));
        html += &format!(
            "<label class=\"check\" for=\"on-{key}\"><input type=\"checkbox\" id=\"on-{key}\" \
             name=\"repeat[days][{key}]\" value=\"true\"{checked}><span>{words}</span></label>"
        );
    }
    html += &format!(
        "</div></fieldset><div class=\"field\"><label for=\"month_day\">{}</label>\
         <select class=\"select\" id=\"month_day\" name=\"repeat[month_day]\"><option value=\"\"></option>",
        td_string!(l, recurring.month_day)
    );
    let days = (1..=28).map(|n: i8| (n, n.to_string()));
    let days = days.chain([(-1, td_string!(l, recurring.month_end).to_owned())]);
    for (n, words) in days {
        let selected = if chosen.month_day == n.to_string() { " selected" } else { "" };
        html += &format!("<option value=\"{n}\"{selected}>{words}</option>");
    }
    html + "</select></div></details>"
}
