//! The server functions of signing in. Each is a public endpoint: identify, delegate, translate.
//! The answers never tell whether a phone is known.

use crate::{components::call::CaptainLine, error::AppError};
#[cfg(feature = "ssr")]
use crate::{
    people::draft,
    proof::{Proof, after_phone, proved},
    session::{
        ClientIp, Services, SmsFailed, client_ip, looked_at, place_of, reader, services, sign_in_as,
    },
};
#[cfg(feature = "ssr")]
use domain::{
    consent::{NEWEST, Text},
    forms::{self, Fault, Field, FormErrors},
    sign_in::CodeFault,
};
use domain::{people::PersonId, sign_in::Channel};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What was typed into the sign-in form, kept for the next look at it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInDraft {
    /// The phone as it was typed.
    pub phone: String,
    /// How a code was sent that still lives.
    pub code_sent: Option<Channel>,
    /// A code can be read out by a call.
    pub speaks: bool,
    /// Whom to call instead, where the reader has said from where they look.
    pub captain: Option<CaptainLine>,
}

/// Sends six digits to a phone, whether or not anybody is known there.
///
/// # Errors
/// [`AppError::Invalid`] for a wrong number, [`AppError::Code`] when too many codes were asked
/// for or the message was not taken.
#[server(endpoint = "people/send_code")]
pub async fn send_code(
    /// The phone as it was typed.
    phone: String,
    /// How it is to come: `voice`, or anything else for a message.
    #[server(default)]
    channel: String,
) -> Result<(), AppError> {
    draft::note_phone(&phone).await?;
    let mut faults = FormErrors::default();
    let Some(phone) = faults.take(Field::Phone, forms::phone(&phone)) else {
        return Err(AppError::Invalid(faults));
    };
    let ClientIp(address) = client_ip().await?;
    let channel = Channel::from_key(&channel).unwrap_or_default();
    deliver(&services(), &phone, channel, &address).await
}

/// Sends a code and notes it. What a gateway may have taken counts, even if its answer was lost:
/// somebody's phone may have rung.
#[cfg(feature = "ssr")]
async fn deliver(
    services: &Services,
    phone: &str,
    channel: Channel,
    address: &str,
) -> Result<(), AppError> {
    let (code, now) = (draft::six_digits(), services.now());
    let browser = draft::name_browser().await?;
    let sending = store::codes::issue(&services.db, phone, &browser, address, &code, now).await?;
    let Err(failed) = services.sms.send_code(phone, &code, channel, now).await else {
        return draft::note_sent(services.now(), channel).await;
    };
    match failed {
        SmsFailed::NotTaken => store::codes::give_back(&services.db, sending).await?,
        SmsFailed::Unclear => {}
    }
    draft::note_not_sent().await?;
    Err(CodeFault::NotSent.into())
}

/// Opens the door to whoever has the code of the phone, and goes on to `next`, a path of ours.
/// Consent is a checkbox with the value `true`.
///
/// # Errors
/// [`AppError::Invalid`] with every fault of the form, [`AppError::Code`] for a code that does
/// not open.
#[server(endpoint = "people/sign_in")]
pub async fn sign_in(
    /// The phone as it was typed.
    phone: String,
    /// The code as it was typed.
    code: String,
    /// The terms were accepted.
    #[server(default)]
    agree: bool,
    /// Where to go afterwards.
    #[server(default)]
    next: String,
) -> Result<(), AppError> {
    draft::note_phone(&phone).await?;
    let mut faults = FormErrors::default();
    let phone = faults.take(Field::Phone, forms::phone(&phone));
    let code = faults.take(Field::Code, forms::code(&code));
    let agreed = faults.take(Field::Agree, agree.then_some(()).ok_or(Fault::ConsentMissing));
    let (Some(phone), Some(code), Some(())) = (phone, code, agreed) else {
        return Err(AppError::Invalid(faults));
    };
    let services = services();
    let now = services.now();
    let (browser, ClientIp(address)) = (draft::browser().await?, client_ip().await?);
    store::codes::check(&services.db, &phone, &browser, &address, &code, now).await?;
    let person = store::people::by_phone_or_new(&services.db, &phone, now).await?;
    store::consents::record(&services.db, person, Text::Terms, NEWEST, now).await?;
    draft::forget().await?;
    sign_in_as(person).await?;
    leptos_axum::redirect(&after_phone(person, &next).await?);
    Ok(())
}

/// Ends the session and goes to the first page.
///
/// # Errors
/// [`AppError::Broken`].
#[server(endpoint = "people/sign_out")]
pub async fn sign_out() -> Result<(), AppError> {
    crate::session::sign_out().await?;
    leptos_axum::redirect("/");
    Ok(())
}

/// In the demo county: becomes one of the people to try, without a code.
///
/// # Errors
/// [`AppError::NotFound`] outside the demo and for anybody else.
#[server(endpoint = "people/try_as")]
pub async fn try_as(
    /// Whom to become.
    person: PersonId,
) -> Result<(), AppError> {
    let services = services();
    if !services.demo {
        return Err(AppError::NotFound);
    }
    let people = store::people::demo_people(&services.db).await?;
    if !people.iter().any(|one| PersonId(one.id) == person) {
        return Err(AppError::NotFound);
    }
    sign_in_as(person).await?;
    proved(Proof::Tried).await?;
    leptos_axum::redirect("/");
    Ok(())
}

/// What was typed before, and whether a code is on its way.
///
/// # Errors
/// [`AppError::Broken`].
#[server(name = ReadSignInDraft, endpoint = "people/sign_in_draft")]
pub async fn sign_in_draft() -> Result<SignInDraft, AppError> {
    let services = services();
    let draft = draft::read(services.now(), services.sms.speaks()).await?;
    Ok(SignInDraft { captain: captain_there(&services).await?, ..draft })
}

/// The captain where the reader lives, else of the place that they chose to look from.
#[cfg(feature = "ssr")]
async fn captain_there(services: &Services) -> Result<Option<CaptainLine>, AppError> {
    let place = match reader().await? {
        Some(who) => place_of(&who).await?,
        None => looked_at().await?,
    };
    let Some(place) = place else { return Ok(None) };
    let captains = store::people::captains_over(&services.db, &place, services.now()).await?;
    let line = |first: store::people::Captain| {
        let store::people::Captain { kind, number, surname, phone, .. } = first;
        CaptainLine { kind, number, surname, phone }
    };
    Ok(captains.into_iter().next().map(line))
}
