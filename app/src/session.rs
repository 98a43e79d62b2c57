//! Who is asking, and what every server function may reach for. Only the server can know.

use crate::{error::AppError, live::hub::Live, prefs, proof};
use axum::{
    Extension,
    http::{
        HeaderValue,
        header::{HOST, SET_COOKIE, USER_AGENT},
        request::Parts,
    },
};
use domain::{
    Millis, Refusal, devices,
    people::{Actor, PersonId, Place},
    permissions::{self, Act, Denied, Subject},
    sign_in::Channel,
};
use leptos::{
    prelude::*,
    reactive::{computed::ScopedFuture, owner::Owner},
};
use photos::Album;
use std::sync::Arc;
use store::{Db, credentials::Vault};
use tower_sessions::Session;
use uuid::Uuid;

pub use crate::proof::{Entry, entry, fresh};
pub use crate::typed::{draft, forget_draft, forget_typed, keep_draft, keep_typed, typed};

/// The address that a request came from, as a hash: the guards of the server put it there.
#[derive(Clone, Debug)]
pub struct ClientIp(pub String);

/// Whether the request came by https, as far as a proxy of ours says so.
#[derive(Clone, Copy, Debug)]
pub struct Https(pub bool);

/// Tells the time: epoch milliseconds UTC. A value, so that tests choose it.
pub type Clock = Arc<dyn Fn() -> Millis + Send + Sync>;

/// Sends a code to a phone. The gateways live in the server.
#[async_trait::async_trait]
pub trait SmsSender: Send + Sync {
    /// Whether a code can be read out by a call.
    fn speaks(&self) -> bool;

    /// Hands the six digits over for delivery. `now` is in epoch milliseconds UTC.
    ///
    /// # Errors
    /// [`SmsFailed`] when no gateway took it, as far as we know.
    async fn send_code(
        &self,
        phone: &str,
        code: &str,
        channel: Channel,
        now: Millis,
    ) -> Result<(), SmsFailed>;

    /// Hands a notice over. `now` is in epoch milliseconds UTC.
    ///
    /// # Errors
    /// [`SmsFailed`] when no gateway took it; those that send codes alone take none.
    async fn tell(&self, phone: &str, notice: Notice, now: Millis) -> Result<(), SmsFailed> {
        let _ = (phone, notice, now);
        Err(SmsFailed::NotTaken)
    }
}

/// Writes letters. The way to the mail server lives in the server.
#[async_trait::async_trait]
pub trait MailSender: Send + Sync {
    /// Hands a letter over; `id` is the same with every try.
    ///
    /// # Errors
    /// [`MailFailed`].
    async fn write(&self, letter: &Letter, id: Uuid) -> Result<(), MailFailed>;
}

/// A letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// To whom.
    pub to: String,
    /// What stands above it.
    pub subject: String,
    /// What it says.
    pub text: String,
}

/// The mail server did not take a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailFailed {
    /// Out of reach, or it said: later.
    #[error("the mail server cannot be reached")]
    ForNow,
    /// It said: never.
    #[error("the mail server refused")]
    ForGood,
}

/// What browsers need to be told. The way to their makers lives in the server.
pub trait PushKey: Send + Sync {
    /// The public key that this house is known by, as browsers take it.
    fn key(&self) -> &str;

    /// Whether an address is one of a maker that this house sends to.
    fn takes(&self, endpoint: &str) -> bool;
}

/// The ways out of this house besides the list in the app.
#[derive(Clone, Default)]
pub struct Ways {
    /// Notices go out as messages.
    pub sms: bool,
    /// To browsers.
    pub push: Option<Arc<dyn PushKey>>,
    /// By letter.
    pub mail: Option<Arc<dyn MailSender>>,
}

/// What a phone is told besides codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The account that it opened has another phone now.
    PhoneChanged,
}

impl Notice {
    /// Its name for gateways.
    pub const fn key(self) -> &'static str {
        match self {
            Self::PhoneChanged => "phone_changed",
        }
    }
}

/// No gateway said that it took the message; the worse case is the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum SmsFailed {
    /// None has it.
    #[error("the message was not taken")]
    NotTaken,
    /// One may have it: its answer did not come or was not understood.
    #[error("the message may have been taken")]
    Unclear,
}

/// The names of the built site's files, with their hashes.
#[derive(Clone, Debug, Default, serde::Deserialize)]
pub struct SiteNames {
    /// The glue script, under `/pkg/`.
    pub js: String,
    /// The program, under `/pkg/`.
    pub wasm: String,
    /// The style sheet, under `/pkg/`.
    pub css: String,
    /// The script of every page, under `/pkg/`; empty in a site without one.
    #[serde(default)]
    pub page: String,
}

/// What every server function may reach for.
#[derive(Clone)]
pub struct Services {
    /// The books.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// Where codes are sent.
    pub sms: Arc<dyn SmsSender>,
    /// Where the secrets of second proofs are kept.
    pub vault: Vault,
    /// Where the photos lie.
    pub album: Album,
    /// The built site's file names.
    pub site: SiteNames,
    /// Phones keep what they need without a network.
    pub offline: bool,
    /// The demo county: people to try, one tap each.
    pub demo: bool,
    /// Where phones find this house: `https://renqiu.example`; none: where this request found it.
    pub public_url: Option<String>,
    /// The ways out for notices.
    pub ways: Ways,
    /// What changes, for those who look.
    pub live: Live,
}

impl Services {
    /// The present moment.
    pub fn now(&self) -> Millis {
        (self.clock)()
    }
}

/// Where the request came from, as the guards of the server noted it.
///
/// # Errors
/// [`AppError::Broken`] when no guard did.
pub async fn client_ip() -> Result<ClientIp, AppError> {
    let noted: Result<Extension<ClientIp>, _> = leptos_axum::extract().await;
    noted.map(|Extension(ip)| ip).map_err(|error| {
        tracing::error!(cause = ?error, "no guard noted the address");
        AppError::Broken
    })
}

/// Where phones find this house: the setting, or what this request asked for.
pub fn public_url() -> String {
    if let Some(set) = services().public_url {
        return set;
    }
    let parts = use_context::<Parts>();
    let host = parts.as_ref().and_then(|parts| {
        let told = parts.headers.get(HOST).and_then(|host| host.to_str().ok());
        told.or_else(|| parts.uri.authority().map(|authority| authority.as_str()))
    });
    // It is printed: anything but a host is not.
    let plain = |host: &&str| {
        let mut letters = host.bytes();
        letters.all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte))
    };
    let host = host.filter(plain).unwrap_or("localhost").to_owned();
    let https = parts.and_then(|parts| parts.extensions.get::<Https>().copied());
    let scheme = if https.is_some_and(|Https(yes)| yes) { "https" } else { "http" };
    format!("{scheme}://{host}")
}

/// The services of this request.
pub fn services() -> Services {
    expect_context()
}

/// The key of the signed-in person in the session.
pub const PERSON: &str = "person";

/// When they signed in.
pub const SINCE: &str = "since";

/// The door card that opened the session, where nobody has signed in: `crate::cards`.
pub const CARD: &str = "card";

/// What they signed in with: system and browser.
pub const DEVICE: &str = "device";

/// The session of this request.
///
/// # Errors
/// [`AppError::Broken`] when the session layer is missing.
pub async fn session() -> Result<Session, AppError> {
    leptos_axum::extract().await.map_err(|error| {
        tracing::error!(cause = ?error, "no session layer");
        AppError::Broken
    })
}

/// The signed-in person, if any, with home and posts as the books hold them now. Posts that wait
/// for a second proof are left out: without it staff and captains are residents like others.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn reader() -> Result<Option<Actor>, AppError> {
    Ok(entry().await?.map(Entry::allowed))
}

/// The signed-in person, unless they are about to leave.
///
/// # Errors
/// [`AppError::SignInFirst`] when nobody is, [`AppError::Refused`] for who leaves.
pub async fn signed_in() -> Result<Actor, AppError> {
    let who = reader().await?.ok_or(AppError::SignInFirst)?;
    permissions::can(Some(&who), Act::ReadOwn, Subject::Of(who.id)).map_err(Refusal::from)?;
    Ok(who)
}

/// The signed-in person, however they stand with the house: for what is left to who leaves.
///
/// # Errors
/// [`AppError::SignInFirst`] when nobody is.
pub async fn whoever() -> Result<Actor, AppError> {
    reader().await?.ok_or(AppError::SignInFirst)
}

/// The signed-in person, if the rules allow the act to them.
///
/// # Errors
/// [`AppError::SignInFirst`] or [`AppError::NotAllowed`]; [`AppError::Refused`] for how they stand.
pub async fn may(act: Act, subject: Subject<'_>) -> Result<Actor, AppError> {
    let who = reader().await?;
    match (permissions::can(who.as_ref(), act, subject), who) {
        (Ok(()), Some(who)) => Ok(who),
        (Ok(()) | Err(Denied::SignInFirst), None) => Err(AppError::SignInFirst),
        (
            Err(denied @ (Denied::AgreeFirst | Denied::Blocked { .. } | Denied::Leaving { .. })),
            _,
        ) => Err(Refusal::from(denied).into()),
        // A post may only be waiting for its second proof.
        (Err(Denied::SignInFirst | Denied::NotForYou | Denied::OutOfReach), _) => {
            Err(proof::no_post().await)
        }
    }
}

/// Signs a person in: the session gets a new id. What nobody in particular typed into it stays; what
/// it held of another person or of a household goes.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn sign_in_as(person: PersonId) -> Result<(), AppError> {
    let session = session().await?;
    let before = session.get::<PersonId>(PERSON).await?;
    let by_card = session.get_value(CARD).await?.is_some();
    if by_card || before.is_some_and(|before| before != person) {
        session.flush().await?;
    }
    session.cycle_id().await?;
    session.insert(PERSON, person).await?;
    session.insert(SINCE, services().now()).await?;
    session.insert(DEVICE, device()).await?;
    mark(&store::sessions::mark(person), "31536000");
    proof::forget(&session).await
}

/// Leaves a mark in the browser, which its own script reads: whose phone this is, without a name.
fn mark(mark: &str, lasts: &str) {
    let cookie = format!("who={mark}; Max-Age={lasts}; Path=/; SameSite=Lax");
    if let (Some(answer), Ok(cookie)) =
        (use_context::<leptos_axum::ResponseOptions>(), HeaderValue::from_str(&cookie))
    {
        answer.append_header(SET_COOKIE, cookie);
    }
}

/// What the browser says it is, told coarsely.
pub fn device() -> String {
    let parts = use_context::<Parts>();
    let agent = parts.as_ref().and_then(|parts| parts.headers.get(USER_AGENT)?.to_str().ok());
    devices::name(agent.unwrap_or_default())
}

/// Signs out: the session and what it held are gone.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn sign_out() -> Result<(), AppError> {
    mark("", "0");
    Ok(session().await?.flush().await?)
}

/// Runs what is neither a page nor a server function with what those have around them.
pub async fn beside_pages<T>(
    services: Services,
    parts: Parts,
    run: impl Future<Output = T> + Send,
) -> T {
    let owner = Owner::new();
    let inside = owner.with(|| {
        provide_context(services);
        provide_context(parts);
        ScopedFuture::new(run)
    });
    inside.await
}

/// The place that the reader chose to look from.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn looked_at() -> Result<Option<Place>, AppError> {
    let Some((village, squad)) = prefs::chosen_place() else { return Ok(None) };
    Ok(store::areas::place(&services().db, village, squad).await?)
}

/// Where a person lives, or for now the place that they chose to look from.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn place_of(who: &Actor) -> Result<Option<Place>, AppError> {
    match who.home {
        Some(home) => Ok(Some(home)),
        None => looked_at().await,
    }
}

/// A place in words: 荷花村 3 小队.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn place_name(place: &Place) -> Result<String, AppError> {
    let db = services().db;
    Ok(match place.squad {
        Some(squad) => store::areas::team_name(&db, squad).await?,
        None => store::areas::name(&db, place.village).await?,
    })
}
