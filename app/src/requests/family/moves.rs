//! The server functions of links for the family: identify, delegate, translate.

use crate::{
    error::AppError,
    requests::{reading, view::RequestView},
    session::{ClientIp, client_ip, public_url, services, signed_in},
};
use axum::http::{
    HeaderName, HeaderValue,
    header::{COOKIE, REFERRER_POLICY, SET_COOKIE},
    request::Parts,
};
use domain::Millis;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use serde::{Deserialize, Serialize};
use store::requests::family as books;
use uuid::Uuid;

/// Carries a new key to the one page that shows it; the books never have it.
const NEW: &str = "family";

/// A link that opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkLine {
    /// Its key.
    pub id: Uuid,
    /// When it was made.
    pub made: Millis,
    /// Surname and title of who made it.
    pub made_by: String,
    /// When it opened last.
    pub used: Option<Millis>,
}

/// The links of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinksView {
    /// The present moment.
    pub now: Millis,
    /// The code of the request.
    pub code: String,
    /// Those that open, the newest first.
    pub links: Vec<LinkLine>,
    /// More can be made.
    pub open: bool,
    /// The address of the one that was just made: shown once.
    pub fresh: Option<String>,
}

/// The links of a request, and the address of the one that was just made.
///
/// # Errors
/// [`AppError::SignInFirst`], [`AppError::Refused`], [`AppError::NotFound`].
#[server(name = AskLinks, endpoint = "requests/links")]
pub async fn ask_links(
    /// The code of the request.
    code: String,
) -> Result<LinksView, AppError> {
    let who = signed_in().await?;
    let services = services();
    let now = services.now();
    let (links, open) = books::links(&services.db, &code, &who, now).await?;
    let line = |one: books::Link| LinkLine {
        id: one.id,
        made: one.made,
        made_by: one.made_by,
        used: one.used,
    };
    let fresh = new_key().map(|key| format!("{}/follow/{key}", public_url()));
    if fresh.is_some() {
        carry(&code, "", 0);
    }
    silent();
    let links = links.into_iter().map(line).collect();
    Ok(LinksView { now, code, links, open, fresh })
}

/// Makes a link; its address stands on the next page, once.
///
/// # Errors
/// [`AppError::Refused`], [`AppError::NotFound`].
#[server(endpoint = "requests/make_link")]
pub async fn make_link(
    /// The code of the request.
    code: String,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    let services = services();
    let key = Uuid::new_v4().simple().to_string();
    books::make(&services.db, &code, &key, &who, services.now()).await?;
    carry(&code, &key, 60);
    leptos_axum::redirect(&format!("/requests/{code}/family"));
    Ok(())
}

/// Ends a link.
///
/// # Errors
/// [`AppError::Refused`], [`AppError::NotFound`].
#[server(endpoint = "requests/end_link")]
pub async fn end_link(
    /// The code of the request.
    code: String,
    /// Which link.
    id: Uuid,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    let services = services();
    books::end(&services.db, &code, id, &who, services.now()).await?;
    leptos_axum::redirect(&format!("/requests/{code}/family"));
    Ok(())
}

/// What a link shows: the steps and whom to call. No door, no phone of theirs, no words beside the steps.
///
/// # Errors
/// [`AppError::NotFound`] for no link that opens, [`AppError::Code`] beyond the limits.
#[server(name = AskFollow, endpoint = "requests/follow")]
pub async fn ask_follow(
    /// The key in the address.
    token: String,
) -> Result<RequestView, AppError> {
    silent();
    let ClientIp(address) = client_ip().await?;
    let services = services();
    let now = services.now();
    let seen = books::open(&services.db, &token, &address, now).await;
    // Whoever tried too often is told no more than that.
    let seen = seen.map_err(|error| match AppError::from(error) {
        AppError::Code(_) => AppError::NotAllowed,
        other => other,
    })?;
    Ok(reading::followed(&seen, now))
}

/// The page is told to nobody: not to the next one, not to those who search.
fn silent() {
    if let Some(answer) = use_context::<ResponseOptions>() {
        answer.insert_header(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        let nowhere = HeaderValue::from_static("noindex, nofollow");
        answer.insert_header(HeaderName::from_static("x-robots-tag"), nowhere);
    }
}

/// Gives the key to the browser that made it, for the page of this request alone.
fn carry(code: &str, key: &str, seconds: u8) {
    let plain = code.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let cookie = format!(
        "{NEW}={key}; Path=/requests/{code}/family; Max-Age={seconds}; HttpOnly; SameSite=Strict"
    );
    if let (true, Some(answer), Ok(cookie)) =
        (plain, use_context::<ResponseOptions>(), HeaderValue::from_str(&cookie))
    {
        answer.append_header(SET_COOKIE, cookie);
    }
}

fn new_key() -> Option<String> {
    let parts = use_context::<Parts>()?;
    let cookies = parts.headers.get_all(COOKIE).iter();
    let mut pairs = cookies
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    let key = pairs.find_map(|(name, key)| (name == NEW).then_some(key))?;
    let whole = key.len() == 32 && key.bytes().all(|byte| byte.is_ascii_hexdigit());
    whole.then(|| key.to_owned())
}
