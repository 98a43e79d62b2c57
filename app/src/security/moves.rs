//! What one does about one's security. Each is a public endpoint: identify, delegate, translate.

use super::api::{CODES, here, who_may_change};
use crate::{
    error::AppError,
    proof::{Proof, entry, proved},
    session::{ClientIp, client_ip, services, session, signed_in},
};
use domain::{
    credentials::must_prove,
    forms::{self, Fault, Field, FormErrors},
    password::Password,
    people::PersonId,
    sign_in::way_back,
};
use leptos::prelude::*;
use store::{
    credentials::{self, Given},
    sessions,
};

/// Sets a password, the first or another; ends all other sessions.
///
/// # Errors
/// [`AppError::Invalid`]; as for every change.
#[server(endpoint = "security/set_password")]
pub async fn set_password(
    /// The password as it was typed.
    password: String,
    /// Once more.
    again: String,
) -> Result<(), AppError> {
    let (entry, kept) = who_may_change().await?;
    let services = services();
    let phone = store::people::account(&services.db, entry.who.id).await?.phone;
    let mut faults = FormErrors::default();
    let same = Password::typed(&password) == Password::typed(&again);
    let password = faults.take(Field::Password, Password::parse(&password, phone.as_deref()));
    if password.is_some() {
        faults.take(Field::Again, same.then_some(()).ok_or(Fault::Different));
    }
    let Some(password) = password.filter(|_| same) else { return Err(AppError::Invalid(faults)) };
    credentials::set_password(&services.db, entry.who.id, &password, services.now()).await?;
    session().await?.cycle_id().await?;
    sessions::end_others(&services.db, entry.who.id, "").await?;
    let next = if kept.secret_set.is_some() { "/me/security" } else { "/me/security/app" };
    leptos_axum::redirect(next);
    Ok(())
}

/// Makes the secret of an authenticator, to be shown on its page.
///
/// # Errors
/// As for every change; [`AppError::Proof`] before there is a password or without a key.
#[server(endpoint = "security/begin_app")]
pub async fn begin_app() -> Result<(), AppError> {
    let (entry, _) = who_may_change().await?;
    let services = services();
    let who = entry.who.id;
    credentials::begin_app(&services.db, &services.vault, who, services.now()).await?;
    leptos_axum::redirect("/me/security/app");
    Ok(())
}

/// Takes the authenticator into use; this is a second proof too.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Proof`]; as for every change.
#[server(endpoint = "security/confirm_app")]
pub async fn confirm_app(
    /// The six digits as they were typed.
    code: String,
) -> Result<(), AppError> {
    let (entry, _) = who_may_change().await?;
    let code = six_digits(&code)?;
    let services = services();
    let (who, now) = (entry.who.id, services.now());
    let codes = credentials::confirm_app(&services.db, &services.vault, who, &code, now).await?;
    proved(Proof::At(now)).await?;
    sessions::end_others(&services.db, who, "").await?;
    show_once(who, &codes).await
}

/// Makes new recovery codes.
///
/// # Errors
/// As for every change.
#[server(endpoint = "security/new_codes")]
pub async fn new_codes() -> Result<(), AppError> {
    let (entry, _) = who_may_change().await?;
    let services = services();
    let (who, now) = (entry.who.id, services.now());
    let codes = credentials::new_codes(&services.db, &services.vault, who, now).await?;
    show_once(who, &codes).await
}

/// Forgets the second proof of somebody who need not have one.
///
/// # Errors
/// [`AppError::NotAllowed`] for whoever must have one; as for every change.
#[server(endpoint = "security/turn_off")]
pub async fn turn_off() -> Result<(), AppError> {
    let (entry, _) = who_may_change().await?;
    if must_prove(&entry.who.posts) {
        return Err(AppError::NotAllowed);
    }
    let services = services();
    credentials::turn_off(&services.db, entry.who.id, services.now()).await?;
    leptos_axum::redirect("/me/security");
    Ok(())
}

/// Gives the second proof: password and digits.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Proof`].
#[server(endpoint = "security/prove")]
pub async fn prove(
    /// The password as it was typed.
    password: String,
    /// The six digits as they were typed.
    code: String,
    /// Where to go afterwards.
    #[server(default)]
    next: String,
) -> Result<(), AppError> {
    let mut faults = FormErrors::default();
    let filled = (!password.is_empty()).then(|| Password::typed(&password));
    let password = faults.take(Field::Password, filled.ok_or(Fault::Missing));
    let code = faults.take(Field::Digits, forms::code(&code));
    let (Some(password), Some(code)) = (password, code) else {
        return Err(AppError::Invalid(faults));
    };
    prove_with(&Given::Digits { password, code }, &next).await
}

/// Gives the second proof: a recovery code.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Proof`].
#[server(endpoint = "security/recover")]
pub async fn recover(
    /// The code as it was typed.
    recovery: String,
    /// Where to go afterwards.
    #[server(default)]
    next: String,
) -> Result<(), AppError> {
    let mut faults = FormErrors::default();
    let Some(code) = faults.take(Field::Recovery, forms::recovery(&recovery)) else {
        return Err(AppError::Invalid(faults));
    };
    prove_with(&Given::Recovery(code), &next).await
}

/// Ends one of the reader's own sessions.
///
/// # Errors
/// [`AppError::NotFound`] when it is not theirs.
#[server(endpoint = "security/end_session")]
pub async fn end_session(
    /// Its key.
    key: String,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    sessions::end(&services().db, who.id, &key).await?;
    leptos_axum::redirect("/me/security#sessions");
    Ok(())
}

/// Ends all of the reader's sessions but this one.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(endpoint = "security/end_others")]
pub async fn end_others() -> Result<(), AppError> {
    let who = signed_in().await?;
    let here = here().await?.unwrap_or_default();
    sessions::end_others(&services().db, who.id, &here).await?;
    leptos_axum::redirect("/me/security#sessions");
    Ok(())
}

async fn prove_with(given: &Given, next: &str) -> Result<(), AppError> {
    let entry = entry().await?.ok_or(AppError::SignInFirst)?;
    let ClientIp(address) = client_ip().await?;
    let services = services();
    let (who, now) = (entry.who.id, services.now());
    credentials::prove(&services.db, &services.vault, who, given, &address, now).await?;
    proved(Proof::At(now)).await?;
    leptos_axum::redirect(way_back(next));
    Ok(())
}

fn six_digits(typed: &str) -> Result<String, AppError> {
    let mut faults = FormErrors::default();
    faults.take(Field::Digits, forms::code(typed)).ok_or(AppError::Invalid(faults))
}

/// Leads to the page that shows the codes; until then they lie sealed in the session.
async fn show_once(who: PersonId, codes: &[String]) -> Result<(), AppError> {
    let sealed = services().vault.seal(who, codes.join(" ").as_bytes())?;
    session().await?.insert(CODES, sealed).await?;
    leptos_axum::redirect("/me/security/codes");
    Ok(())
}
