//! The server functions of the moves, one for each verb: identify, delegate, translate. Choices and
//! numbers come in as typed, so that a damaged form is refused in words.

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::session::{services, signed_in};
use domain::people::PersonId;
#[cfg(feature = "ssr")]
use domain::{
    Refusal,
    forms::maybe_words,
    requests::{LONGEST_NOTE, Step, acting::Minutes, reasons},
};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// 受理.
///
/// # Errors
/// [`AppError::Refused`].
#[server(endpoint = "requests/accept")]
pub async fn accept_request(
    /// Which request.
    code: String,
) -> Result<(), AppError> {
    make(&code, &Step::Accept).await
}

/// 不予受理.
///
/// # Errors
/// [`AppError::Refused`].
#[server(endpoint = "requests/decline")]
pub async fn decline_request(
    /// Which request.
    code: String,
    /// A key of the reasons.
    #[server(default)]
    reason: String,
    /// Where to turn.
    #[server(default)]
    note: String,
) -> Result<(), AppError> {
    let reason = reason_of(&reason, reasons::DeclineReason::from_key)?;
    make(&code, &Step::Decline(reason, note_of(&note)?)).await
}

/// 撤回.
///
/// # Errors
/// [`AppError::Refused`].
#[server(endpoint = "requests/withdraw")]
pub async fn withdraw_request(
    /// Which request.
    code: String,
    /// A key of the reasons.
    #[server(default)]
    reason: String,
) -> Result<(), AppError> {
    let reason = reason_of(&reason, reasons::WithdrawReason::from_key)?;
    make(&code, &Step::Withdraw(reason)).await
}

/// 认领.
///
/// # Errors
/// [`AppError::Refused`].
#[server(endpoint = "requests/claim")]
pub async fn claim_request(
    /// Which request.
    code: String,
) -> Result<(), AppError> {
    make(&code, &Step::Claim).await
}

/// 派单.
///
/// # Errors
/// [`AppError::Refused`], [`AppError::NotFound`] for no such volunteer.
#[server(endpoint = "requests/dispatch")]
pub async fn dispatch_request(
    /// Which request.
    code: String,
    /// Whom to ask.
    volunteer: PersonId,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    let services = services();
    store::requests::dispatch(&services.db, &code, volunteer, &who, services.now()).await?;
    Ok(())
}

/// The asked volunteer comes.
///
/// # Errors
/// [`AppError::Refused`].
#[server(endpoint = "requests/take_up")]
pub async fn take_up_request(
    /// Which request.
    code: String,
) -> Result<(), AppError> {
    make(&code, &Step::TakeUp).await
}

/// The asked volunteer does not come, without penalty.
///
/// # Errors
/// [`AppError::Refused`].
#[server(endpoint = "requests/turn_down")]
pub async fn turn_down_request(
    /// Which request.
    code: String,
) -> Result<(), AppError> {
    make(&code, &Step::TurnDown).await
}

/// The helper has arrived.
///
/// # Errors
/// [`AppError::Refused`].
#[server(endpoint = "requests/start")]
pub async fn start_request(
    /// Which request.
    code: String,
) -> Result<(), AppError> {
    make(&code, &Step::Start).await
}

/// A helper's claim is given back.
///
/// # Errors
/// [`AppError::Refused`].
#[server(endpoint = "requests/release")]
pub async fn release_request(
    /// Which request.
    code: String,
    /// Whose claim.
    helper: PersonId,
    /// A key of the reasons.
    #[server(default)]
    reason: String,
) -> Result<(), AppError> {
    let reason = reason_of(&reason, reasons::ReleaseReason::from_key)?;
    make(&code, &Step::Release(helper, reason)).await
}

/// 帮好了.
///
/// # Errors
/// [`AppError::Refused`].
#[server(endpoint = "requests/finish")]
pub async fn finish_request(
    /// Which request.
    code: String,
    /// Minutes as typed, by helper.
    #[server(default)]
    minutes: BTreeMap<String, String>,
    /// What was done.
    #[server(default)]
    note: String,
) -> Result<(), AppError> {
    make(&code, &Step::Finish(minutes_of(&minutes)?, note_of(&note)?)).await
}

/// 办不了.
///
/// # Errors
/// [`AppError::Refused`].
#[server(endpoint = "requests/cannot")]
pub async fn cannot_serve(
    /// Which request.
    code: String,
    /// A key of the reasons.
    #[server(default)]
    reason: String,
    /// A word more.
    #[server(default)]
    note: String,
) -> Result<(), AppError> {
    let reason = reason_of(&reason, reasons::CannotReason::from_key)?;
    make(&code, &Step::Cannot(reason, note_of(&note)?)).await
}

/// 同意办结.
///
/// # Errors
/// [`AppError::Refused`].
#[server(endpoint = "requests/approve")]
pub async fn approve_request(
    /// Which request.
    code: String,
    /// Minutes as typed, by helper.
    #[server(default)]
    minutes: BTreeMap<String, String>,
    /// Why the minutes were changed.
    #[server(default)]
    note: String,
) -> Result<(), AppError> {
    make(&code, &Step::Approve(minutes_of(&minutes)?, note_of(&note)?)).await
}

/// 退回补充.
///
/// # Errors
/// [`AppError::Refused`].
#[server(endpoint = "requests/return")]
pub async fn return_request(
    /// Which request.
    code: String,
    /// A key of the reasons.
    #[server(default)]
    reason: String,
    /// A word more.
    #[server(default)]
    note: String,
) -> Result<(), AppError> {
    let reason = reason_of(&reason, reasons::ReturnReason::from_key)?;
    make(&code, &Step::Return(reason, note_of(&note)?)).await
}

/// 评单.
///
/// # Errors
/// [`AppError::Refused`].
#[server(endpoint = "requests/rate")]
pub async fn rate_request(
    /// Which request.
    code: String,
    /// One to five, as typed.
    #[server(default)]
    stars: String,
    /// In words.
    #[server(default)]
    note: String,
) -> Result<(), AppError> {
    let stars = stars.parse().unwrap_or(0);
    make(&code, &Step::Rate(stars, note_of(&note)?)).await
}

/// 没帮好, 再开.
///
/// # Errors
/// [`AppError::Refused`].
#[server(endpoint = "requests/reopen")]
pub async fn reopen_request(
    /// Which request.
    code: String,
    /// A key of the reasons.
    #[server(default)]
    reason: String,
) -> Result<(), AppError> {
    let reason = reason_of(&reason, reasons::ReopenReason::from_key)?;
    make(&code, &Step::Reopen(reason)).await
}

#[cfg(feature = "ssr")]
async fn make(code: &str, step: &Step) -> Result<(), AppError> {
    let who = signed_in().await?;
    let services = services();
    store::requests::apply(&services.db, code, step, &who, services.now()).await?;
    Ok(())
}

#[cfg(feature = "ssr")]
fn reason_of<T>(key: &str, from_key: fn(&str) -> Option<T>) -> Result<T, AppError> {
    from_key(key).ok_or(AppError::Refused(Refusal::ChooseReason))
}

#[cfg(feature = "ssr")]
fn note_of(typed: &str) -> Result<Option<String>, AppError> {
    maybe_words(typed, LONGEST_NOTE).map_err(|_| AppError::Refused(Refusal::NoteTooLong))
}

#[cfg(feature = "ssr")]
fn minutes_of(typed: &BTreeMap<String, String>) -> Result<Vec<Minutes>, AppError> {
    typed
        .iter()
        .map(|(key, typed)| {
            // A key that began with a digit would be read as the place in a list.
            let person = key.strip_prefix("of-").and_then(|id| id.parse().ok()).map(PersonId);
            let person = person.ok_or(AppError::Refused(Refusal::MinutesMissing))?;
            let minutes = domain::forms::number(typed, 0, u16::MAX)
                .map_err(|_| AppError::Refused(Refusal::MinutesOutOfRange))?;
            Ok(Minutes { person, minutes })
        })
        .collect()
}
