//! The server functions of the moves, one for each verb: identify, delegate, translate. Choices and
//! numbers come in as typed, so that a damaged form is refused in words.

#[cfg(feature = "ssr")]
use super::view::Typed;
use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::session::{self, services, signed_in};
use domain::people::PersonId;
#[cfg(feature = "ssr")]
use domain::{
    Refusal,
    forms::maybe_words,
    requests::{Good, LONGEST_NOTE, Move, Rating, Step, acting::Minutes, privacy::Sight, reasons},
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
    make(Typed::of(code, Move::Accept), |_| Ok(Step::Accept)).await
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
    let typed = Typed { reason, note, ..Typed::of(code, Move::Decline) };
    make(typed, |typed| {
        Ok(Step::Decline(
            reason_of(&typed.reason, reasons::DeclineReason::from_key)?,
            note_of(&typed.note)?,
        ))
    })
    .await
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
    let typed = Typed { reason, ..Typed::of(code, Move::Withdraw) };
    make(typed, |typed| {
        Ok(Step::Withdraw(reason_of(&typed.reason, reasons::WithdrawReason::from_key)?))
    })
    .await
}

/// 认领.
///
/// # Errors
/// [`AppError::Refused`].
#[server(endpoint = "requests/claim")]
pub async fn claim_request(
    /// Which request.
    code: String,
    /// A minor's guardian comes along.
    #[server(default)]
    along: bool,
) -> Result<(), AppError> {
    let step = if along { Step::ClaimAlong } else { Step::Claim };
    make(Typed::of(code, Move::Claim), |_| Ok(step)).await
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
    leptos_axum::redirect(&format!("/requests/{code}"));
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
    /// A minor's guardian comes along.
    #[server(default)]
    along: bool,
) -> Result<(), AppError> {
    let step = if along { Step::TakeUpAlong } else { Step::TakeUp };
    make(Typed::of(code, Move::TakeUp), |_| Ok(step)).await
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
    make(Typed::of(code, Move::TurnDown), |_| Ok(Step::TurnDown)).await
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
    make(Typed::of(code, Move::Start), |_| Ok(Step::Start)).await
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
    let typed = Typed { reason, ..Typed::of(code, Move::Release) };
    make(typed, |typed| {
        Ok(Step::Release(helper, reason_of(&typed.reason, reasons::ReleaseReason::from_key)?))
    })
    .await
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
    let typed = Typed { minutes, note, ..Typed::of(code, Move::Finish) };
    make(typed, |typed| Ok(Step::Finish(minutes_of(&typed.minutes)?, note_of(&typed.note)?))).await
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
    let typed = Typed { reason, note, ..Typed::of(code, Move::Cannot) };
    make(typed, |typed| {
        Ok(Step::Cannot(
            reason_of(&typed.reason, reasons::CannotReason::from_key)?,
            note_of(&typed.note)?,
        ))
    })
    .await
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
    let typed = Typed { minutes, note, ..Typed::of(code, Move::Approve) };
    make(typed, |typed| Ok(Step::Approve(minutes_of(&typed.minutes)?, note_of(&typed.note)?))).await
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
    let typed = Typed { reason, note, ..Typed::of(code, Move::Return) };
    make(typed, |typed| {
        Ok(Step::Return(
            reason_of(&typed.reason, reasons::ReturnReason::from_key)?,
            note_of(&typed.note)?,
        ))
    })
    .await
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
    /// What was good: keys with a tick.
    #[server(default)]
    good: BTreeMap<String, String>,
    /// In words.
    #[server(default)]
    note: String,
    /// Others may read it as thanks.
    #[server(default)]
    shown: bool,
) -> Result<(), AppError> {
    let typed = Typed { stars, good, note, shown, ..Typed::of(code, Move::Rate) };
    make(typed, |typed| {
        Ok(Step::Rate(Rating {
            stars: typed.stars.parse().unwrap_or(0),
            good: Good::of(typed.good.keys().map(String::as_str)),
            words: note_of(&typed.note)?,
        }))
    })
    .await
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
    let typed = Typed { reason, ..Typed::of(code, Move::Reopen) };
    make(typed, |typed| {
        Ok(Step::Reopen(reason_of(&typed.reason, reasons::ReopenReason::from_key)?))
    })
    .await
}

/// Whom it was filed for follows it themselves.
///
/// # Errors
/// [`AppError::Refused`].
#[server(endpoint = "requests/take_over")]
pub async fn take_over_request(
    /// Which request.
    code: String,
) -> Result<(), AppError> {
    let to = format!("/requests/{code}");
    make(Typed::of(code, Move::TakeOver), |_| Ok(Step::TakeOver)).await?;
    leptos_axum::redirect(&to);
    Ok(())
}

/// Makes the move, or keeps what was typed for the next try. Whoever may not see the request any
/// more goes to their list.
#[cfg(feature = "ssr")]
async fn make(
    typed: Typed,
    step: impl FnOnce(&Typed) -> Result<Step, AppError>,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    let services = services();
    let moved = async {
        let step = step(&typed)?;
        let now = services.now();
        let (db, code) = (&services.db, &typed.code);
        Ok(match step {
            Step::Rate(..) => {
                store::requests::thanks::rate(db, code, &step, typed.shown, &who, now).await?
            }
            _ => store::requests::apply(db, code, &step, &who, now).await?,
        })
    };
    match moved.await {
        Ok(after) => {
            session::forget_typed().await?;
            if after.sight(Some(&who)) == Sight::Nothing {
                leptos_axum::redirect("/helping");
            }
            Ok(())
        }
        Err(refused) => {
            if typed.holds_something() {
                session::keep_typed(&typed.cut()).await?;
            }
            Err(refused)
        }
    }
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
