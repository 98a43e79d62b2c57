//! The server functions of how somebody wants to be told: identify, delegate, translate.

use super::words;
use crate::{
    error::AppError,
    kept::{self, Fields},
    people::account::six_digits,
    prefs,
    session::{self, Ways, may, services, signed_in},
};
use domain::{
    Millis,
    forms::{self, Field, FormErrors},
    notices::delivery::{Channel, Topic, Why, address},
    permissions::{Act, Subject},
    sign_in::CodeFault,
};
use leptos::prelude::*;
use leptos_i18n::Locale as _;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::notices::{undelivered, ways as books};
use uuid::Uuid;

/// The form of the address.
const FORM: &str = "mail";

/// A browser that rings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceLine {
    /// Its key.
    pub id: Uuid,
    /// System and browser.
    pub device: String,
    /// Since when.
    pub since: Millis,
}

/// How the reader is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaysView {
    /// The present moment.
    pub now: Millis,
    /// The ways of this house.
    pub channels: Vec<Channel>,
    /// What is told by which way.
    pub wanted: Vec<(Topic, Vec<Channel>)>,
    /// The public key of this house, for browsers.
    pub key: Option<String>,
    /// The reader's browsers.
    pub devices: Vec<DeviceLine>,
    /// The address that is written to.
    pub address: Option<String>,
}

fn channels(ways: &Ways) -> Vec<Channel> {
    let there = |channel: &Channel| match channel {
        Channel::Sms => ways.sms,
        Channel::Push => ways.push.is_some(),
        Channel::Mail => ways.mail.is_some(),
    };
    Channel::ALL.iter().copied().filter(there).collect()
}

/// How the reader is told.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(name = AskWays, endpoint = "notices/ways")]
pub async fn ask_ways() -> Result<WaysView, AppError> {
    let who = signed_in().await?;
    let services = services();
    let db = &services.db;
    let choices = books::choices(db, who.id).await?;
    let channels = channels(&services.ways);
    let of = |topic: &Topic| {
        let wanted = channels.iter().copied().filter(|by| choices.wants(*topic, *by));
        (*topic, wanted.collect())
    };
    let wanted = Topic::ALL.iter().map(of).collect();
    let devices = books::devices(db, who.id).await?;
    let line = |one: books::Device| DeviceLine { id: one.id, device: one.device, since: one.since };
    Ok(WaysView {
        now: services.now(),
        wanted,
        key: services.ways.push.as_ref().map(|push| push.key().to_owned()),
        devices: devices.into_iter().map(line).collect(),
        address: books::mailbox(db, who.id).await?.address,
        channels,
    })
}

/// Notes how the reader wants to be told. What this house has no way for stays as it was.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(endpoint = "notices/choose")]
pub async fn choose_ways(
    /// `mine-sms` for each box that is ticked.
    #[server(default)]
    wanted: BTreeMap<String, String>,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    let services = services();
    let mut choices = books::choices(&services.db, who.id).await?;
    for &topic in Topic::ALL {
        for channel in channels(&services.ways) {
            let ticked = wanted.contains_key(&format!("{}-{}", topic.key(), channel.key()));
            choices.set(topic, channel, ticked);
        }
    }
    books::choose(&services.db, who.id, &choices).await?;
    leptos_axum::redirect("/me/notices?saved=1");
    Ok(())
}

/// Has this browser ring.
///
/// # Errors
/// [`AppError::NotFound`] for an address of no maker that this house sends to.
#[server(endpoint = "notices/add_device")]
pub async fn add_device(
    /// Where its maker takes messages for it.
    #[server(default)]
    endpoint: String,
    /// Its public key.
    #[server(default)]
    key: String,
    /// What it shares with this house alone.
    #[server(default)]
    secret: String,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    let services = services();
    let known = |text: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_=".contains(&byte);
        !text.is_empty() && text.len() <= 200 && text.bytes().all(plain)
    };
    let takes = services.ways.push.as_ref().is_some_and(|push| push.takes(&endpoint));
    if !takes || !known(&key) || !known(&secret) {
        return Err(AppError::NotFound);
    }
    let subscription = books::Subscription {
        endpoint: &endpoint,
        key: &key,
        secret: &secret,
        device: &session::device(),
        lang: prefs::language().as_str(),
    };
    books::add_device(&services.db, who.id, subscription, services.now()).await?;
    leptos_axum::redirect("/me/notices?saved=1");
    Ok(())
}

/// Has a browser of the reader's ring no more.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(endpoint = "notices/remove_device")]
pub async fn remove_device(
    /// Which.
    id: Uuid,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    books::remove_device(&services().db, who.id, id).await?;
    leptos_axum::redirect("/me/notices?saved=1");
    Ok(())
}

/// The reader's address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailView {
    /// The present moment.
    pub now: Millis,
    /// This house writes letters.
    pub there: bool,
    /// The address that is written to.
    pub address: Option<String>,
    /// The one that waits for its code.
    pub wanted: Option<String>,
    /// What was typed and not taken.
    pub typed: Fields,
}

/// The reader's address.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(name = AskMail, endpoint = "notices/mail")]
pub async fn ask_mail() -> Result<MailView, AppError> {
    let who = signed_in().await?;
    let services = services();
    let mailbox = books::mailbox(&services.db, who.id).await?;
    Ok(MailView {
        now: services.now(),
        there: services.ways.mail.is_some(),
        address: mailbox.address,
        wanted: mailbox.wanted,
        typed: kept::typed(FORM).await?,
    })
}

/// Sends six digits to an address.
///
/// # Errors
/// [`AppError::Invalid`]; [`AppError::Code`] beyond the limits, or when no letter could be sent.
#[server(endpoint = "notices/send_mail_code")]
pub async fn send_mail_code(
    /// The address as it was typed.
    #[server(default)]
    address: String,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    kept::keep(FORM, &[("address", &address)]).await?;
    let services = services();
    let mail = services.ways.mail.clone().ok_or(AppError::NotFound)?;
    let mut faults = FormErrors::default();
    let Some(to) = faults.take(Field::Mail, self::address(&address)) else {
        return Err(AppError::Invalid(faults));
    };
    let (code, lang, now) = (six_digits(), prefs::language(), services.now());
    books::want_mail(&services.db, who.id, &to, &code, lang.as_str(), now).await?;
    let letter = words::code_letter(lang.as_str(), &to, &code);
    mail.write(&letter, Uuid::new_v4()).await.map_err(|_| CodeFault::NotSent)?;
    kept::forget().await
}

/// Uses the address that has the code.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Code`].
#[server(endpoint = "notices/prove_mail")]
pub async fn prove_mail(
    /// The code as it was typed.
    #[server(default)]
    code: String,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    let services = services();
    let mut faults = FormErrors::default();
    let Some(code) = faults.take(Field::Code, forms::code(&code)) else {
        return Err(AppError::Invalid(faults));
    };
    books::prove_mail(&services.db, who.id, &code, services.now()).await?;
    leptos_axum::redirect("/me/notices?saved=1");
    Ok(())
}

/// No more letters.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(endpoint = "notices/forget_mail")]
pub async fn forget_mail() -> Result<(), AppError> {
    let who = signed_in().await?;
    books::forget_mail(&services().db, who.id).await?;
    leptos_axum::redirect("/me/mail");
    Ok(())
}

/// A notice that was not delivered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndeliveredLine {
    /// Its key.
    pub id: Uuid,
    /// Surname and title of whom it was for.
    pub called: String,
    /// By which way.
    pub channel: Channel,
    /// What it tells.
    pub topic: Topic,
    /// The code of the request.
    pub code: String,
    /// When it was tried last.
    pub last: Millis,
    /// How often.
    pub tries: i64,
    /// Why the last try failed.
    pub why: Why,
}

/// What was not delivered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndeliveredView {
    /// The present moment.
    pub now: Millis,
    /// The latest first.
    pub lines: Vec<UndeliveredLine>,
}

/// What was not delivered to the people of the reader's places.
///
/// # Errors
/// [`AppError::NotAllowed`] without a post.
#[server(name = AskUndelivered, endpoint = "notices/undelivered")]
pub async fn ask_undelivered() -> Result<UndeliveredView, AppError> {
    let who = may(Act::ReadDesk, Subject::House).await?;
    let services = services();
    let found = undelivered::for_staff(&services.db, &who).await?;
    let line = |one: undelivered::Line| UndeliveredLine {
        id: one.id,
        called: one.called,
        channel: one.channel,
        topic: one.topic,
        code: one.code,
        last: one.done,
        tries: one.tries,
        why: one.why,
    };
    Ok(UndeliveredView { now: services.now(), lines: found.into_iter().map(line).collect() })
}

/// Has one tried again, or gives it up.
///
/// # Errors
/// [`AppError::Refused`] out of reach, [`AppError::NotFound`].
#[server(endpoint = "notices/decide")]
pub async fn decide_undelivered(
    /// Which.
    id: Uuid,
    /// Try again.
    #[server(default)]
    again: bool,
) -> Result<(), AppError> {
    let who = may(Act::ReadDesk, Subject::House).await?;
    let services = services();
    undelivered::decide(&services.db, id, again, &who, services.now()).await?;
    leptos_axum::redirect("/notices/undelivered");
    Ok(())
}
