//! Sessions in the books: a cookie with a random id, whose hash is the key of a row.

use crate::jobs;
use app::session::{ClientIp, Clock, DEVICE, PERSON, SINCE};
use async_trait::async_trait;
use axum::{
    extract::{Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{
    Millis,
    clock::{DAY, HOUR},
    people::PersonId,
    sign_in::{SESSION_LIFE, STRANGERS_PER_ADDRESS},
};
use photos::Album;
use std::{fmt, time::Duration};
use store::{
    Db, StoreError, cards, codes, credentials,
    limits::{self, What},
    notices,
    requests::family,
    retention,
    sessions::{self, Kept, Owner},
};
use tower_sessions::{
    Expiry, Session, SessionManagerLayer, SessionStore,
    cookie::{SameSite, time},
    session::{Id, Record},
    session_store::{Error, Result},
};

/// The name of the cookie.
pub const COOKIE: &str = "fifteen";

/// How long a browser is remembered in which nobody has signed in: it holds only a half-filled
/// form.
const STRANGER_LIFE: Millis = DAY;

/// Sessions kept in the books.
#[derive(Clone)]
pub struct Books {
    db: Db,
    clock: Clock,
}

impl Books {
    /// Sessions in these books, by this clock.
    pub fn new(db: Db, clock: Clock) -> Self {
        Self { db, clock }
    }
}

impl fmt::Debug for Books {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Books")
    }
}

/// The layer that gives every request its session. `Secure` is added by the guard, which knows
/// how the request came.
pub fn layer(books: Books) -> SessionManagerLayer<Books> {
    let life = time::Duration::milliseconds(SESSION_LIFE);
    SessionManagerLayer::new(books)
        .with_name(COOKIE)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_secure(false)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(life))
}

/// Renews the session and its cookie once an hour of use, so that it ends after 30 days without
/// any, and its owner sees when it was used last.
pub async fn renew(State(clock): State<Clock>, request: Request, next: Next) -> Response {
    const SEEN: &str = "seen";
    if let Some(session) = request.extensions().get::<Session>().cloned()
        && session.id().is_some()
    {
        let hour = clock().div_euclid(HOUR);
        let seen = session.get::<i64>(SEEN).await;
        // Reading tells whether the books know the session; a stranger's cookie makes none.
        if seen.is_ok_and(|last| last != Some(hour)) && session.id().is_some() {
            // A session that fails here fails the page too, which says so.
            let _ = session.insert(SEEN, hour).await;
        }
    }
    next.run(request).await
}

/// Lets only so many sessions of strangers begin at one address: each is a row that outlives the
/// visit.
pub async fn few(State(books): State<Books>, request: Request, next: Next) -> Response {
    let session = request.extensions().get::<Session>().cloned();
    let address = request.extensions().get::<ClientIp>().cloned();
    let response = next.run(request).await;
    let (Some(session), Some(ClientIp(address))) = (session, address) else { return response };
    let begins = session.id().is_none() && !session.is_empty().await;
    let known = session.get_value(PERSON).await.is_ok_and(|person| person.is_some());
    if !begins || known {
        return response;
    }
    match limits::count(&books.db, What::Stranger, &address, (books.clock)()).await {
        Ok(times) if times <= STRANGERS_PER_ADDRESS => response,
        Ok(_) => {
            session.clear().await;
            StatusCode::TOO_MANY_REQUESTS.into_response()
        }
        Err(error) => {
            tracing::error!(cause = error.cause(), "not counted: {error}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Clears away what has ended, every hour.
pub async fn sweep(db: Db, clock: Clock, album: Album) {
    let mut hourly = tokio::time::interval(Duration::from_millis(HOUR.unsigned_abs()));
    loop {
        hourly.tick().await;
        let now = clock();
        for swept in [
            sessions::delete_expired(&db, now).await,
            codes::delete_old(&db, now).await,
            limits::forget(&db, now).await,
            cards::forget(&db, now).await,
            retention::erase_contacts(&db, now).await,
            retention::erase_people(&db, now).await,
            retention::erase_photos(&db, now).await,
            credentials::delete_old(&db, now).await,
            notices::forget(&db, now).await,
            notices::outbox::forget(&db, now).await,
            family::forget(&db, now).await,
        ] {
            if let Err(error) = swept {
                tracing::warn!(cause = error.cause(), "not swept: {error}");
            }
        }
        jobs::clear_album(&db, &album, now).await;
    }
}

/// What the books keep of a record besides its data.
struct Held {
    data: String,
    expires: Millis,
    owner: Option<(PersonId, Millis, String)>,
    now: Millis,
}

impl Held {
    fn of(record: &Record, now: Millis) -> Result<Self> {
        let data = serde_json::to_string(&record.data);
        let data = data.map_err(|error| Error::Encode(damaged(error)))?;
        let read = |key: &str| record.data.get(key);
        let person = read(PERSON).and_then(|id| serde_json::from_value(id.clone()).ok());
        let owner = person.map(|person| {
            let since = read(SINCE).and_then(serde_json::Value::as_i64).unwrap_or(now);
            let device = read(DEVICE).and_then(serde_json::Value::as_str).unwrap_or_default();
            (person, since, device.to_owned())
        });
        let life = if owner.is_some() { SESSION_LIFE } else { STRANGER_LIFE };
        Ok(Self { data, expires: now + life, owner, now })
    }

    fn kept(&self) -> Kept<'_> {
        let owner = self.owner.as_ref().map(|(person, since, device)| Owner {
            person: *person,
            since: *since,
            seen: self.now,
            device,
        });
        Kept { data: &self.data, expires: self.expires, owner }
    }
}

#[async_trait]
impl SessionStore for Books {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let held = Held::of(record, (self.clock)())?;
        while !sessions::create(&self.db, &key(&record.id), &held.kept()).await.map_err(failed)? {
            record.id = Id::default();
        }
        Ok(())
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let held = Held::of(record, (self.clock)())?;
        sessions::save(&self.db, &key(&record.id), &held.kept()).await.map_err(failed)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let found = sessions::load(&self.db, &key(id), (self.clock)()).await.map_err(failed)?;
        let Some((data, expires)) = found else { return Ok(None) };
        let data = serde_json::from_str(&data).map_err(|error| Error::Decode(damaged(error)))?;
        let nanos = i128::from(expires) * 1_000_000;
        let expiry_date = time::OffsetDateTime::from_unix_timestamp_nanos(nanos)
            .map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        sessions::delete(&self.db, &key(id)).await.map_err(failed)
    }
}

fn failed(error: StoreError) -> Error {
    Error::Backend(format!("{error}: {}", error.cause()))
}

/// What a session holds is never quoted.
fn damaged(error: serde_json::Error) -> String {
    format!("{:?} error", error.classify())
}

/// The key of a session's row.
pub fn key(id: &Id) -> String {
    sessions::key(id.0)
}
