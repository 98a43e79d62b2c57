//! What one agrees to, and another phone: identify, delegate, translate.

use super::{account::covered, draft};
use crate::{
    error::AppError,
    kept,
    proof::fresh_if_set_up,
    session::{self, ClientIp, Notice, SmsFailed, client_ip, services},
};
use domain::{
    Millis,
    consent::{NEWEST, Text},
    forms::{self, Field, FormErrors},
    people::Actor,
    permissions::{Act, Subject},
    sign_in::{Channel, CodeFault, way_back},
    standing::Standing,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Whether the reader has to agree again.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(endpoint = "rights/asked_again")]
pub async fn asked_again() -> Result<bool, AppError> {
    let who = session::may(Act::Agree, Subject::House).await?;
    Ok(who.standing == Standing::AskedAgain)
}

/// Agrees to the terms that hold, and goes on to `next`.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(endpoint = "rights/agree")]
pub async fn agree_to_terms(
    /// Where to go afterwards.
    #[server(default)]
    next: String,
) -> Result<(), AppError> {
    let who = session::may(Act::Agree, Subject::House).await?;
    let services = services();
    store::consents::record(&services.db, who.id, Text::Terms, NEWEST, services.now()).await?;
    leptos_axum::redirect(way_back(&next));
    Ok(())
}

/// The name of the form among what was typed.
const FORM: &str = "phone";

/// The form about another phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneView {
    /// The present moment.
    pub now: Millis,
    /// The phone of the account with its middle covered.
    pub phone: String,
    /// The new one as it was typed.
    pub typed: String,
    /// A code is on its way to it.
    pub sent: bool,
}

/// What stands in the form.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(endpoint = "rights/phone")]
pub async fn phone_form() -> Result<PhoneView, AppError> {
    let who = session::signed_in().await?;
    let services = services();
    let phone = store::people::account(&services.db, who.id).await?.phone.unwrap_or_default();
    let typed = kept::typed(FORM).await?;
    Ok(PhoneView {
        now: services.now(),
        phone: covered(&phone),
        typed: typed.get("phone").cloned().unwrap_or_default(),
        sent: typed.contains_key("sent"),
    })
}

/// Who asks, when they may change their phone now.
async fn who_may() -> Result<Actor, AppError> {
    session::may(Act::Correct, Subject::House).await?;
    fresh_if_set_up().await
}

/// Codes for a change open no door, and codes for the door change nothing.
async fn browser() -> Result<String, AppError> {
    Ok(format!("phone:{}", draft::name_browser().await?))
}

/// Sends six digits to the new phone.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Code`], [`AppError::ProofFirst`].
#[server(endpoint = "rights/send_phone_code")]
pub async fn send_phone_code(
    /// The new phone as it was typed.
    phone: String,
) -> Result<(), AppError> {
    who_may().await?;
    kept::keep(FORM, &[("phone", &phone)]).await?;
    let mut faults = FormErrors::default();
    let Some(number) = faults.take(Field::Phone, forms::phone(&phone)) else {
        return Err(AppError::Invalid(faults));
    };
    let services = services();
    let (browser, ClientIp(address)) = (browser().await?, client_ip().await?);
    let (code, now) = (draft::six_digits(), services.now());
    let sending =
        store::codes::issue(&services.db, &number, &browser, &address, &code, now).await?;
    let Err(failed) = services.sms.send_code(&number, &code, Channel::Text, now).await else {
        return kept::keep(FORM, &[("phone", &phone), ("sent", "1")]).await;
    };
    if failed == SmsFailed::NotTaken {
        store::codes::give_back(&services.db, sending).await?;
    }
    Err(CodeFault::NotSent.into())
}

/// Changes the phone of whoever has the code: other sessions end, the old phone is told.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Code`], [`AppError::Refused`] when somebody has this phone.
#[server(endpoint = "rights/change_phone")]
pub async fn change_phone(
    /// The new phone as it was typed.
    phone: String,
    /// The code as it was typed.
    code: String,
) -> Result<(), AppError> {
    let who = who_may().await?;
    let mut faults = FormErrors::default();
    let number = faults.take(Field::Phone, forms::phone(&phone));
    let code = faults.take(Field::Code, forms::code(&code));
    let (Some(number), Some(code)) = (number, code) else { return Err(AppError::Invalid(faults)) };
    let services = services();
    let now = services.now();
    let (browser, ClientIp(address)) = (browser().await?, client_ip().await?);
    store::codes::check(&services.db, &number, &browser, &address, &code, now).await?;
    let before = store::rights::phone::change(&services.db, &who, &number, now).await?;
    kept::forget().await?;
    // Whoever signed in elsewhere with the old number does so no more; this session gets a new id.
    session::session().await?.cycle_id().await?;
    store::sessions::end_others(&services.db, who.id, "").await?;
    if let Some(old) = before {
        // The change holds whether or not the old phone could be reached.
        let _ = services.sms.tell(&old, Notice::PhoneChanged, now).await;
    }
    leptos_axum::redirect("/me/data/phone?done=1");
    Ok(())
}
