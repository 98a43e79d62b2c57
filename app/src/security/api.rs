//! What the pages about security show.

use crate::{
    error::AppError,
    proof::{Entry, entry},
    session::{services, session, signed_in},
};
use domain::{
    Millis,
    credentials::{may_change, must_prove},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use store::credentials::{Kept, begun_app, kept};

/// The key of recovery codes that have not been shown yet in the session, sealed.
pub(super) const CODES: &str = "codes";

/// What is set up, and where one is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecurityView {
    /// The present moment.
    pub now: Millis,
    /// Holds a post: there is something to protect.
    pub posts: bool,
    /// Has no powers without it.
    pub must: bool,
    /// When the password was set.
    pub password_set: Option<Millis>,
    /// When the authenticator was set up.
    pub app_set: Option<Millis>,
    /// How many recovery codes are left.
    pub codes_left: i64,
    /// Whether it may be changed now.
    pub may_change: bool,
    /// Whether this house can keep secrets.
    pub has_key: bool,
    /// The sessions, the last used first.
    pub sessions: Vec<SessionLine>,
}

impl SecurityView {
    /// There is everything that a second proof needs.
    pub const fn is_set_up(&self) -> bool {
        self.password_set.is_some() && self.app_set.is_some()
    }
}

/// One of the reader's sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionLine {
    /// Its key, to end it.
    pub key: String,
    /// System and browser; empty when unknown.
    pub device: String,
    /// When it was signed in to.
    pub since: Millis,
    /// The last use.
    pub seen: Millis,
    /// The one that reads this.
    pub here: bool,
}

/// What the reader has set up, and where they are signed in.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(endpoint = "security")]
pub async fn security() -> Result<SecurityView, AppError> {
    signed_in().await?;
    let entry = entry().await?.ok_or(AppError::SignInFirst)?;
    let services = services();
    let now = services.now();
    let kept = kept(&services.db, entry.who.id).await?;
    let here = here().await?;
    let lines = store::sessions::of(&services.db, entry.who.id, now).await?;
    let line = |line: store::sessions::Line| {
        let here = here.as_deref() == Some(line.id_hash.as_str());
        let seen = if here { now } else { line.seen };
        SessionLine { key: line.id_hash, device: line.device, since: line.since, seen, here }
    };
    let has_key = services.vault != store::credentials::Vault::Shut;
    if !has_key {
        tracing::warn!("nobody can set up a second proof: FIFTEEN_SECRET_KEY is not set");
    }
    Ok(SecurityView {
        now,
        posts: !entry.who.posts.is_empty(),
        must: must_prove(&entry.who.posts),
        password_set: kept.password_set,
        app_set: kept.secret_set,
        codes_left: kept.codes_left,
        may_change: may_change(kept.is_set_up(), entry.since, entry.proved_at, now),
        has_key,
        sessions: lines.into_iter().map(line).collect(),
    })
}

/// The key of the session that asks.
pub(super) async fn here() -> Result<Option<String>, AppError> {
    Ok(session().await?.id().map(|id| store::sessions::key(id.0)))
}

/// The reader, when they hold a post and may change what proves it.
///
/// # Errors
/// [`AppError::SignInFirst`], also when the code from the phone is too old for a first set-up;
/// [`AppError::ProofFirst`], [`AppError::NotAllowed`] without a post.
pub(super) async fn who_may_change() -> Result<(Entry, Kept), AppError> {
    let entry = entry().await?.ok_or(AppError::SignInFirst)?;
    if entry.who.posts.is_empty() {
        return Err(AppError::NotAllowed);
    }
    let services = services();
    let kept = kept(&services.db, entry.who.id).await?;
    let now = services.now();
    if may_change(kept.is_set_up(), entry.since, entry.proved_at, now) {
        Ok((entry, kept))
    } else if kept.is_set_up() {
        Err(AppError::ProofFirst)
    } else {
        Err(AppError::SignInFirst)
    }
}

/// An authenticator that waits for its first digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppView {
    /// There is a password already.
    pub password: bool,
    /// The letters to type and the address to scan; none before it was begun.
    pub secret: Option<(String, String)>,
}

/// The authenticator that is being set up.
///
/// # Errors
/// As for every change.
#[server(endpoint = "security/app")]
pub async fn app_begun() -> Result<AppView, AppError> {
    let (entry, kept) = who_may_change().await?;
    let services = services();
    let who = entry.who.id;
    let account = store::people::account(&services.db, who).await?;
    let phone = account.phone.unwrap_or_default();
    // Enough to tell two accounts in one authenticator apart.
    let ending = phone.get(phone.len().saturating_sub(4)..).unwrap_or_default();
    let begun = begun_app(&services.db, &services.vault, who, services.now()).await?;
    let secret = begun.map(|secret| (secret.letters(), secret.address(ending)));
    Ok(AppView { password: kept.password_set.is_some(), secret })
}

/// The new recovery codes, once.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(endpoint = "security/codes")]
pub async fn codes_once() -> Result<Vec<String>, AppError> {
    let entry = entry().await?.ok_or(AppError::SignInFirst)?;
    let Some(sealed) = session().await?.remove::<String>(CODES).await? else { return Ok(vec![]) };
    let codes = services().vault.open(entry.who.id, &sealed)?;
    Ok(String::from_utf8_lossy(&codes).split(' ').map(str::to_owned).collect())
}

/// Whether there is something to prove with.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(endpoint = "security/can_prove")]
pub async fn can_prove() -> Result<bool, AppError> {
    let entry = entry().await?.ok_or(AppError::SignInFirst)?;
    Ok(kept(&services().db, entry.who.id).await?.is_set_up())
}
