//! The server: turns HTTP into pages and server-function calls, behind guards.

pub mod cli;
mod clock;
pub mod config;
pub mod connections;
pub mod guard;
pub mod health;
pub mod jobs;
pub mod notices;
pub mod serve;
pub mod sessions;
pub mod site;

use app::live::hub::Live;
use app::session::{Clock, MailSender, PushKey, Services, SmsSender, Ways};
use axum::{Router, middleware, routing::get};
pub use clock::wall_clock;
use config::{Config, ConfigError, SecureCookies};
use notices::{
    mail::Mail,
    outbox::Carriers,
    push::Push,
    wire::{Patience, Wire},
};
use photos::Album;
use site::Site;
use std::{io, sync::Arc};
use store::{Db, StoreError, credentials::Vault};

/// Everything that the router is made of. Tests choose each of them.
#[derive(Clone)]
pub struct Parts {
    /// The books.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// Where codes are sent.
    pub sms: Arc<dyn SmsSender>,
    /// The ways out for notices.
    pub ways: Ways,
    /// Where the secrets of second proofs are kept.
    pub vault: Vault,
    /// Where the photos lie.
    pub album: Album,
    /// What changes, for those who look.
    pub live: Live,
    /// The files of the site.
    pub site: Arc<Site>,
    /// Phones keep what they need without a network.
    pub offline: bool,
    /// The demo county: people to try, one tap each.
    pub demo: bool,
    /// Where phones find this house; none: where each request found it.
    pub public_url: Option<String>,
    /// Whether a proxy of ours stands in front, whose word on address and scheme counts.
    pub trusted_proxy: bool,
    /// Whether cookies travel by https only.
    pub secure_cookies: SecureCookies,
}

/// A house that is ready to open its door.
pub struct House {
    /// Answers every request.
    pub router: Router,
    /// The books, to be closed at the end.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// Where the photos lie.
    pub album: Album,
    /// Carries notices out.
    pub carriers: Carriers,
    /// Whom the house tells of changes, to be sent home at the end.
    pub live: Live,
}

/// Why the house did not open, or did not close well.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A setting that cannot be used.
    #[error(transparent)]
    Setting(#[from] ConfigError),
    /// The books cannot be opened.
    #[error("the database cannot be opened (--db, FIFTEEN_DB): {}", .0.cause())]
    Books(#[from] StoreError),
    /// The address is taken or not ours.
    #[error("cannot listen (--listen, FIFTEEN_LISTEN): {0}")]
    Listen(#[source] io::Error),
    /// The network failed while serving.
    #[error("the network failed: {0}")]
    Network(#[source] io::Error),
}

/// Opens the books, brings the tables up to date and puts the house together.
///
/// # Errors
/// [`StartError`] when the database or the site cannot be used.
pub async fn build(config: &Config) -> Result<House, StartError> {
    // First: the time that opening the books takes passes as well.
    let clock: Clock = clock::clock(config.begin);
    let site = config.site.load()?;
    let site = Arc::new(if config.offline { site } else { site.without_worker() });
    if site.is_empty() {
        tracing::warn!("no site is built: pages come without styles and program");
    }
    let album = config.album()?;
    let db = open(config).await?;
    let (sms, ways, carriers) = ways_out(config)?;
    let live = Live::new(db.clone());
    let router = router(Parts {
        db: db.clone(),
        clock: Arc::clone(&clock),
        sms,
        ways,
        live: live.clone(),
        vault: config.vault(),
        album: album.clone(),
        site,
        offline: config.offline,
        demo: config.demo,
        public_url: config.public_url.clone(),
        trusted_proxy: config.trusted_proxy,
        secure_cookies: config.secure_cookies,
    });
    Ok(House { router, db, clock, album, carriers, live })
}

/// The ways out that the settings name: for codes, for the pages, for the outbox.
fn ways_out(config: &Config) -> Result<(Arc<dyn SmsSender>, Ways, Carriers), StartError> {
    let chain = notices::sms::sender(&config.sms, Patience::default());
    let mail = config.mail.clone().map(|account| {
        let mail = Mail::new(account).ok_or_else(config::no_mail_server)?;
        Ok::<_, ConfigError>(Arc::new(mail) as Arc<dyn MailSender>)
    });
    let mail = mail.transpose()?;
    let key = config.push.clone().map(|account| Arc::new(account) as Arc<dyn PushKey>);
    let push =
        config.push.clone().map(|account| Push::new(account, Wire::new(Patience::default())));
    let ways = Ways { sms: chain.tells(), push: key, mail: mail.clone() };
    let sms = chain.tells().then(|| Arc::clone(&chain));
    let carriers = Carriers { sms, push, mail, public_url: config.public_url.clone() };
    Ok((chain, ways, carriers))
}

/// Opens the books; makes the folder of a SQLite file first.
///
/// # Errors
/// [`StartError::Books`], or [`StartError::Setting`] when the folder cannot be made.
pub async fn open(config: &Config) -> Result<Db, StartError> {
    config.make_folder().await?;
    let db = Db::open(&config.db).await?;
    let found_anew = store::people::keys::catch_up(&db).await?;
    if found_anew > 0 {
        tracing::info!(people = found_anew, "made what people are found by");
    }
    let lettered = store::requests::finding::catch_up(&db).await?;
    if lettered > 0 {
        tracing::info!(requests = lettered, "wrote the letters of what runs");
    }
    Ok(db)
}

/// The whole house behind its guards: files and health first, pages with sessions behind them.
pub fn router(parts: Parts) -> Router {
    let borders =
        guard::Borders { trusted_proxy: parts.trusted_proxy, secure_cookies: parts.secure_cookies };
    let ready = health::Ready { db: parts.db.clone(), site: Arc::clone(&parts.site) };
    let books = sessions::Books::new(parts.db.clone(), Arc::clone(&parts.clock));
    let renewal = Arc::clone(&parts.clock);
    let pages = app::mount::router(Services {
        db: parts.db,
        clock: parts.clock,
        sms: parts.sms,
        ways: parts.ways,
        live: parts.live,
        vault: parts.vault,
        album: parts.album,
        site: parts.site.names.clone(),
        offline: parts.offline,
        demo: parts.demo,
        public_url: parts.public_url,
    })
    .layer(middleware::from_fn(guard::refusals::status))
    .layer(middleware::map_request(guard::came_from::without_refusals))
    .layer(middleware::from_fn_with_state(renewal, sessions::renew))
    .layer(middleware::from_fn_with_state(books.clone(), sessions::few))
    .layer(sessions::layer(books));
    let house = Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready).with_state(ready))
        .merge(pages)
        .layer(middleware::from_fn_with_state(parts.site, site::files));
    guard::around(house, borders)
}
