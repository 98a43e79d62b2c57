//! A whole house for one test, and browsers to visit it with.
//!
//! ```ignore
//! let house = House::open().await;                       // SQLite, gone at the end
//! let page = house.visit("/requests").await.text();      // a stranger, without JavaScript
//! let browser = house.browser_of(person).await;          // cookies of a signed-in person
//! let answer = browser.submit("/api/requests/claim", "id=…").await;   // plain form: 302
//! let answer = browser.call("/api/requests/claim", "id=…").await;     // as the program does
//! house.set_clock(later);
//! ```
//! For both engines: `store::both_engines! { async fn name(db: Db) { let house = House::of(db); … } }`.

use crate::browser::{Answer, Browser};
use app::live::hub::Live;
use app::session::{Clock, Notice, SmsFailed, SmsSender, Ways};
use axum::{Router, body::Body, extract::ConnectInfo, http::Request};
use domain::{Millis, people::PersonId, sign_in::Channel};
use http_body_util::BodyExt;
use photos::Album;
use server::{Parts, config::SecureCookies, sessions, site::Site};
use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
};
use store::{
    Db,
    credentials::Vault,
    sessions::{Kept, Owner},
};
use tempfile::TempDir;
use tower::ServiceExt;
use tower_sessions::session::Id;

/// Noon of a Monday in Renqiu, 23 November 2026: where every clock starts.
pub const NOON: Millis = 1_795_406_400_000;

/// Where the houses of tests keep their secrets.
pub const VAULT: Vault = Vault::Key([7; 32]);

/// The host that browsers in tests ask for.
pub const HOST: &str = "fifteen.example";

/// A house of its own.
pub struct House {
    /// Its books.
    pub db: Db,
    router: Router,
    clock: Arc<AtomicI64>,
    messages: Arc<Messages>,
    /// Removed when the house is.
    _folder: Option<TempDir>,
}

impl House {
    /// A house without demo, with fresh books on SQLite.
    pub async fn open() -> Self {
        Self::open_with(|_| {}).await
    }

    /// The same, with some of its parts chosen.
    pub async fn open_with(choose: impl FnOnce(&mut Parts)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("books.db").display());
        let mut house = Self::of_with(Db::open(&url).await.unwrap(), choose);
        house._folder = Some(folder);
        house
    }

    /// A house around books that are there: see `store::both_engines!`.
    pub fn of(db: Db) -> Self {
        Self::of_with(db, |_| {})
    }

    /// The same, with some of its parts chosen.
    pub fn of_with(db: Db, choose: impl FnOnce(&mut Parts)) -> Self {
        let clock = Arc::new(AtomicI64::new(NOON));
        let messages = Arc::new(Messages::default());
        let told: Clock = {
            let clock = Arc::clone(&clock);
            Arc::new(move || clock.load(Ordering::SeqCst))
        };
        let mut parts = Parts {
            db: db.clone(),
            clock: told,
            sms: Arc::clone(&messages) as Arc<dyn SmsSender>,
            ways: Ways::default(),
            live: Live::new(db.clone()),
            vault: VAULT,
            album: Album::in_memory(),
            site: Arc::new(Site::default()),
            offline: true,
            demo: false,
            public_url: None,
            trusted_proxy: false,
            secure_cookies: SecureCookies::Auto,
        };
        choose(&mut parts);
        Self { db, router: server::router(parts), clock, messages, _folder: None }
    }

    /// What the clock on the wall shows.
    pub fn now(&self) -> Millis {
        self.clock.load(Ordering::SeqCst)
    }

    /// Sets the clock on the wall.
    pub fn set_clock(&self, now: Millis) {
        self.clock.store(now, Ordering::SeqCst);
    }

    /// The last code that was sent to a phone.
    pub fn code_sent_to(&self, phone: &str) -> Option<String> {
        self.messages.codes.lock().unwrap().get(phone).cloned()
    }

    /// What a phone was told besides codes, in their order.
    pub fn told(&self, phone: &str) -> Vec<Notice> {
        let told = self.messages.told.lock().unwrap();
        told.iter().filter(|(to, _)| to == phone).map(|(_, notice)| *notice).collect()
    }

    /// A browser that has never been here.
    pub fn browser(&self) -> Browser<'_> {
        Browser::new(self)
    }

    /// A browser in which a person is signed in and has given a second proof.
    pub async fn browser_of(&self, person: PersonId) -> Browser<'_> {
        let now = self.now();
        self.browser_with(person, &format!(r#","proof":{{"at":{now}}}"#)).await
    }

    /// A browser in which a person is signed in by the code from their phone alone.
    pub async fn half_browser_of(&self, person: PersonId) -> Browser<'_> {
        self.browser_with(person, "").await
    }

    async fn browser_with(&self, person: PersonId, more: &str) -> Browser<'_> {
        let (id, now) = (Id::default(), self.now());
        let data = format!(r#"{{"person":"{}","since":{now}{more}}}"#, person.0);
        let owner = Owner { person, since: now, seen: now, device: "" };
        let expires = now + domain::sign_in::SESSION_LIFE;
        let kept = Kept { data: &data, expires, owner: Some(owner) };
        store::sessions::create(&self.db, &sessions::key(&id), &kept).await.unwrap();
        let browser = self.browser();
        browser.put_cookie(sessions::COOKIE, &id.to_string());
        browser
    }

    /// A stranger without JavaScript visits a page.
    pub async fn visit(&self, path: &str) -> Answer {
        self.browser().visit(path).await
    }

    /// A person without JavaScript submits a form; returns where they are sent, as a path.
    pub async fn submit(&self, person: PersonId, path: &str, form: &str) -> String {
        self.browser_of(person).await.submit(path, form).await.location()
    }

    /// Sends a request whose answer does not end by itself.
    pub async fn opens_a_stream(&self, mut request: Request<Body>) -> Body {
        let address = SocketAddr::from(([203, 0, 113, 9], 40_000));
        request.extensions_mut().insert(ConnectInfo(address));
        let response = self.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), 200);
        response.into_body()
    }

    /// Sends a request as it is.
    pub async fn send(&self, mut request: Request<Body>) -> Answer {
        let address = SocketAddr::from(([203, 0, 113, 9], 40_000));
        request.extensions_mut().insert(ConnectInfo(address));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

/// Keeps the last code to each phone, and every notice.
#[derive(Default)]
struct Messages {
    codes: Mutex<BTreeMap<String, String>>,
    told: Mutex<Vec<(String, Notice)>>,
}

#[async_trait::async_trait]
impl SmsSender for Messages {
    fn speaks(&self) -> bool {
        true
    }

    async fn send_code(
        &self,
        phone: &str,
        code: &str,
        _: Channel,
        _: Millis,
    ) -> Result<(), SmsFailed> {
        self.codes.lock().unwrap().insert(phone.to_owned(), code.to_owned());
        Ok(())
    }

    async fn tell(&self, phone: &str, notice: Notice, _: Millis) -> Result<(), SmsFailed> {
        self.told.lock().unwrap().push((phone.to_owned(), notice));
        Ok(())
    }
}
