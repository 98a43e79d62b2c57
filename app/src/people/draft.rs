//! What stands half-filled in the sign-in form, kept in the session: a browser without JavaScript
//! comes back to an empty page otherwise.

use super::api::SignInDraft;
use crate::{error::AppError, session::session};
use domain::{
    Millis,
    sign_in::{CODE_LIFE, Channel},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

const KEY: &str = "draft:sign_in";

/// The longest phone that is kept, in characters; longer ones are no phones.
const LONGEST: usize = 40;

#[derive(Default, Serialize, Deserialize)]
struct Kept {
    phone: String,
    sent: Option<Millis>,
    /// What this browser is called; empty until it asks for a code.
    #[serde(default)]
    browser: String,
    #[serde(default)]
    channel: Channel,
}

async fn kept() -> Result<Kept, AppError> {
    Ok(session().await?.get(KEY).await?.unwrap_or_default())
}

/// Keeps the phone as it was typed.
pub async fn note_phone(typed: &str) -> Result<(), AppError> {
    let phone: String = typed.chars().filter(|one| !one.is_control()).take(LONGEST).collect();
    let before = kept().await?;
    if before.phone == phone {
        return Ok(());
    }
    let channel = Channel::default();
    Ok(session().await?.insert(KEY, Kept { phone, sent: None, channel, ..before }).await?)
}

/// Notes that a code is on its way to the phone that was typed.
pub async fn note_sent(now: Millis, channel: Channel) -> Result<(), AppError> {
    let before = kept().await?;
    Ok(session().await?.insert(KEY, Kept { sent: Some(now), channel, ..before }).await?)
}

/// Notes that no living code is on its way: the one before was replaced.
pub async fn note_not_sent() -> Result<(), AppError> {
    let before = kept().await?;
    Ok(session().await?.insert(KEY, Kept { sent: None, ..before }).await?)
}

/// Gives this browser a name, for the codes that it asks for: nobody else knows it.
pub async fn name_browser() -> Result<String, AppError> {
    let before = kept().await?;
    if !before.browser.is_empty() {
        return Ok(before.browser);
    }
    let browser = Uuid::new_v4().simple().to_string();
    session().await?.insert(KEY, Kept { browser: browser.clone(), ..before }).await?;
    Ok(browser)
}

/// What this browser is called; empty when it has asked for no code.
pub async fn browser() -> Result<String, AppError> {
    Ok(kept().await?.browser)
}

/// Forgets what was typed.
pub async fn forget() -> Result<(), AppError> {
    session().await?.remove_value(KEY).await?;
    Ok(())
}

/// What was typed before; `speaks` says that a code can be read out.
pub async fn read(now: Millis, speaks: bool) -> Result<SignInDraft, AppError> {
    let Kept { phone, sent, channel, .. } = kept().await?;
    let code_sent = sent.filter(|at| now < at + CODE_LIFE).map(|_| channel);
    Ok(SignInDraft { phone, code_sent, speaks, captain: None })
}

/// A code out of the random bits of a v4 identifier.
pub fn six_digits() -> String {
    // The lower 62 bits are random; the two above them name the variant.
    let random = Uuid::new_v4().as_u64_pair().1 & ((1 << 62) - 1);
    format!("{:06}", random % 1_000_000)
}
