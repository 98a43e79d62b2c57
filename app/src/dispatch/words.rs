//! The reasons in words.

use crate::words::{Locale, distance, td_string, time, volunteers};
use domain::volunteers::candidates::Reason;

/// A reason for or against asking somebody.
pub fn reason(l: Locale, reason: &Reason) -> String {
    let comma = if l == Locale::en { ", " } else { "、" };
    match reason {
        Reason::SaidNo => td_string!(l, dispatch.said_no).to_owned(),
        Reason::Silent => td_string!(l, dispatch.silent).to_owned(),
        Reason::Skilled(skills) => {
            let skills: Vec<_> = skills.iter().map(|one| volunteers::skill(l, *one)).collect();
            let skills = skills.join(comma);
            td_string!(l, dispatch.skilled, skills = skills.as_str()).to_string()
        }
        Reason::Near(far) => distance(l, *far),
        Reason::Free => td_string!(l, dispatch.free).to_owned(),
        Reason::NotNow => td_string!(l, dispatch.not_now).to_owned(),
        Reason::Idle => td_string!(l, dispatch.idle).to_owned(),
        Reason::Busy(n) => td_string!(l, dispatch.busy, n = *n).to_string(),
        Reason::Rested => td_string!(l, dispatch.rested).to_owned(),
        Reason::Helped(n) => {
            let t = time::minutes(l, *n);
            td_string!(l, dispatch.helped, t = t.as_str()).to_string()
        }
        Reason::HelpedMuch(n) => {
            let t = time::minutes(l, *n);
            td_string!(l, dispatch.helped_much, t = t.as_str()).to_string()
        }
        Reason::Minor => td_string!(l, dispatch.minor).to_owned(),
    }
}
