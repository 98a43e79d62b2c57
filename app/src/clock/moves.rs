//! The server functions that change: handing up, extending, setting the numbers of the centre.

use crate::{
    error::AppError,
    kept,
    session::{fresh, may, services, signed_in},
};
use domain::{
    dates::Day,
    forms::{self, Fault, Field, FormErrors},
    permissions::{Act, Subject},
    requests::{
        LONGEST_NOTE, Step,
        deadlines::Number,
        reasons::{ExtendReason, RaiseReason},
    },
};
use leptos::prelude::*;
use std::collections::BTreeMap;
use store::clock::numbers as books;

/// The form of the numbers.
pub(super) const NUMBERS: &str = "numbers";

/// The captain hands a request to the next above 上报.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Refused`].
#[server(endpoint = "requests/raise")]
pub async fn raise_request(
    /// Which request.
    code: String,
    /// A key of the reasons.
    #[server(default)]
    reason: String,
    /// A word more.
    #[server(default)]
    note: String,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    kept::keep(&format!("raise {code}"), &[("reason", &reason), ("note", &note)]).await?;
    let (reason, note) = typed(RaiseReason::from_key(&reason), &note)?;
    let services = services();
    store::requests::raise(&services.db, &code, reason, note, &who, services.now()).await?;
    back_to(&code).await
}

/// The captain gives a deadline once more time 延期.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Refused`].
#[server(endpoint = "requests/extend")]
pub async fn extend_request(
    /// Which request.
    code: String,
    /// A key of the reasons.
    #[server(default)]
    reason: String,
    /// A word more.
    #[server(default)]
    note: String,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    kept::keep(&format!("extend {code}"), &[("reason", &reason), ("note", &note)]).await?;
    let (reason, note) = typed(ExtendReason::from_key(&reason), &note)?;
    let services = services();
    let step = Step::Extend(reason, note);
    store::requests::apply(&services.db, &code, &step, &who, services.now()).await?;
    back_to(&code).await
}

fn typed<T>(reason: Option<T>, note: &str) -> Result<(T, Option<String>), AppError> {
    let mut faults = FormErrors::default();
    let reason = faults.take(Field::Reason, reason.ok_or(Fault::NotAChoice));
    let note = faults.take(Field::Say, forms::maybe_words(note, LONGEST_NOTE));
    match (reason, note) {
        (Some(reason), Some(note)) => Ok((reason, note)),
        _ => Err(AppError::Invalid(faults)),
    }
}

async fn back_to(code: &str) -> Result<(), AppError> {
    kept::forget().await?;
    leptos_axum::redirect(&format!("/requests/{code}"));
    Ok(())
}

/// Sets numbers of the centre from a day on. Wants a fresh second proof.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::ProofFirst`], [`AppError::NotAllowed`] but for the centre.
#[server(endpoint = "clock/set")]
pub async fn set_numbers(
    /// Each number in its unit, as typed, by its key.
    #[server(default)]
    numbers: BTreeMap<String, String>,
    /// What the fields held before: what nobody touched is not set.
    #[server(default)]
    was: BTreeMap<String, String>,
    /// The first day, as typed.
    #[server(default)]
    from: String,
) -> Result<(), AppError> {
    may(Act::SetNumbers, Subject::House).await?;
    let mut typed: Vec<(&str, &str)> = vec![("from", &from)];
    let known = |key: &str| Number::from_key(key);
    typed.extend(
        numbers
            .iter()
            .filter(|(key, _)| known(key).is_some())
            .map(|(a, b)| (a.as_str(), b.as_str())),
    );
    kept::keep(NUMBERS, &typed).await?;
    let services = services();
    let now = services.now();
    let mut faults = FormErrors::default();
    let read = |(key, typed): (&String, &String)| {
        let number = known(key).ok_or(Fault::NotAChoice)?;
        let (least, most) = number.bounds();
        Ok((number, number.from_unit(forms::number(typed, least, most)?)))
    };
    let touched = |(key, typed): &(&String, &String)| was.get(*key) != Some(*typed);
    let set: Result<Vec<_>, Fault> = numbers.iter().filter(touched).map(read).collect();
    let set = faults.take(Field::Number, set.map_err(|_| Fault::NotAChoice));
    let day = Day::typed(&from).and_then(|day| match day < Day::of(now) {
        true => Err(Fault::Backwards),
        false => Ok(day),
    });
    let day = faults.take(Field::From, day);
    let (Some(set), Some(day)) = (set, day) else { return Err(AppError::Invalid(faults)) };
    let who = fresh().await?;
    let new = books::set(&services.db, &set, day.begins(), &who, now).await?;
    kept::forget().await?;
    leptos_axum::redirect(if new == 0 { "/clock?saved=0" } else { "/clock?saved=1" });
    Ok(())
}
