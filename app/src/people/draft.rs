//! What stands half-filled in the sign-in form, kept in the session: a browser without JavaScript
//! comes back to an empty page otherwise.

use super::api::SignInDraft;
use crate::{error::AppError, session::session};
use domain::{Millis, sign_in::CODE_LIFE};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

const KEY: &str = "draft:sign_in";

/// The longest phone that is kept, in characters; longer ones are no phones.
const LONGEST: usize = 40;

#[derive(Default, Serialize, Deserialize)]
struct Kept {
    phone: String,
    sent: Option<Millis>,
}

async fn kept() -> Result<Kept, AppError> {
    Ok(session().await?.get(KEY).await?.unwrap_or_default())
}

/// Keeps the phone as it was typed.
pub async fn note_phone(typed: &str) -> Result<(), AppError> {
    let phone: String = typed.chars().take(LONGEST).collect();
    let before = kept().await?;
    if before.phone == phone {
        return Ok(());
    }
    Ok(session().await?.insert(KEY, Kept { phone, sent: None }).await?)
}

/// Notes that a code is on its way to the phone that was typed.
pub async fn note_sent(now: Millis) -> Result<(), AppError> {
    let before = kept().await?;
    Ok(session().await?.insert(KEY, Kept { sent: Some(now), ..before }).await?)
}

/// Forgets what was typed.
pub async fn forget() -> Result<(), AppError> {
    session().await?.remove_value(KEY).await?;
    Ok(())
}

/// What was typed before.
pub async fn read(now: Millis) -> Result<SignInDraft, AppError> {
    let Kept { phone, sent } = kept().await?;
    Ok(SignInDraft { phone, code_sent: sent.is_some_and(|at| now < at + CODE_LIFE) })
}

/// A code out of the random bits of a v4 identifier.
pub fn six_digits() -> String {
    // The lower 62 bits are random; the two above them name the variant.
    let random = Uuid::new_v4().as_u64_pair().1 & ((1 << 62) - 1);
    format!("{:06}", random % 1_000_000)
}
