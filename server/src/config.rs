//! The settings, read once and checked at the start. A setting that cannot be used stops the
//! program with one line that names it.

mod photos;
mod secret_key;
mod sms;
mod ways;

pub use photos::PhotoPlace;
pub use secret_key::SecretKey;

use crate::{
    notices::{mail, push, sms::Way},
    site::Site,
};
use clap::Args;
use domain::Millis;
use photos::PhotoSettings;
use sms::SmsSettings;
use std::{fmt, net::SocketAddr, path::PathBuf, time::Duration};
use store::backup::path_of;
use tracing_subscriber::EnvFilter;
use ways::WaySettings;

/// The settings as they were typed: flags first, then the environment.
#[derive(Debug, Args)]
pub struct Settings {
    /// sqlite:PATH or postgres://USER@HOST/NAME.
    #[arg(
        long,
        global = true,
        env = "FIFTEEN_DB",
        default_value = "sqlite:data/fifteen.db",
        hide_env_values = true
    )]
    db: String,
    /// Address and port to listen on.
    #[arg(long, global = true, env = "FIFTEEN_LISTEN", default_value = "127.0.0.1:3000")]
    listen: String,
    /// yes: people to try at /demo, and sign-in codes on the terminal. Never with real people.
    #[arg(
        long,
        global = true,
        env = "FIFTEEN_DEMO",
        default_value = "no",
        num_args = 0..=1,
        default_missing_value = "yes",
        require_equals = true
    )]
    demo: String,
    /// Where the clock begins, in epoch ms UTC: for a demo on a day of its own. Without it, now.
    #[arg(long, global = true, env = "FIFTEEN_BEGIN")]
    begin: Option<String>,
    /// Folder with the built site; without it the one in the program, else target/site.
    #[arg(long, global = true, env = "FIFTEEN_SITE")]
    site: Option<PathBuf>,
    /// no: phones keep nothing for when there is no network, and forget what they kept.
    #[arg(long, global = true, env = "FIFTEEN_OFFLINE", default_value = "yes")]
    offline: String,
    /// yes: one proxy of ours stands in front; its X-Forwarded-For and -Proto are believed.
    #[arg(
        long,
        global = true,
        env = "FIFTEEN_TRUSTED_PROXY",
        default_value = "no",
        num_args = 0..=1,
        default_missing_value = "yes",
        require_equals = true
    )]
    trusted_proxy: String,
    /// Where phones find this house: https://renqiu.example. It is printed on door cards; without it,
    /// where the captain who prints them found it.
    #[arg(long, global = true, env = "FIFTEEN_PUBLIC_URL")]
    public_url: Option<String>,
    /// Cookies by https only: auto (when the proxy says https), yes or no.
    #[arg(long, global = true, env = "FIFTEEN_SECURE_COOKIES", default_value = "auto")]
    secure_cookies: String,
    /// Key of the house, 64 hexadecimal digits: seals the second proofs of staff and captains.
    #[arg(long, global = true, env = "FIFTEEN_SECRET_KEY", hide_env_values = true)]
    secret_key: Option<String>,
    /// File with the key of the house.
    #[arg(long, global = true, env = "FIFTEEN_SECRET_KEY_FILE", conflicts_with = "secret_key")]
    secret_key_file: Option<PathBuf>,
    /// How often the clock looks for deadlines that have passed, in seconds.
    #[arg(long, global = true, env = "FIFTEEN_TICK", default_value = "15")]
    tick: String,
    /// How the log is written: text or json.
    #[arg(long, global = true, env = "FIFTEEN_LOG_FORMAT", default_value = "text")]
    log: String,
    /// What is logged, as in tracing's filters: info,store=debug.
    #[arg(long, global = true, env = "FIFTEEN_LOG", default_value = "info,sqlx=warn")]
    log_filter: String,
    #[command(flatten)]
    photos: PhotoSettings,
    #[command(flatten)]
    sms: SmsSettings,
    #[command(flatten)]
    ways: WaySettings,
}

/// The settings, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// The database's URL. May hold a password: never logged.
    pub db: String,
    /// Where to listen.
    pub listen: SocketAddr,
    /// The demo county.
    pub demo: bool,
    /// Where the demo's clock begins, in epoch ms UTC; none: now.
    pub begin: Option<Millis>,
    /// Phones keep what they need without a network.
    pub offline: bool,
    /// Where the site's files come from.
    pub site: SiteSource,
    /// Whether a proxy's word on address and scheme counts.
    pub trusted_proxy: bool,
    /// Where phones find this house, without a slash at the end.
    pub public_url: Option<String>,
    /// Whether cookies travel by https only.
    pub secure_cookies: SecureCookies,
    /// The ways for sign-in codes in the order of trial; none: nobody can sign in.
    pub sms: Vec<Way>,
    /// What makers of browsers know this house by; none: browsers are not told.
    pub push: Option<push::Account>,
    /// The mail server; none: no letters.
    pub mail: Option<mail::Account>,
    /// Seals the second proofs of staff and captains.
    pub secret_key: Option<SecretKey>,
    /// Where photos are kept.
    pub photos: PhotoPlace,
    /// How often the clock looks for deadlines that have passed.
    pub tick: Duration,
    /// How the log is written.
    pub log: LogFormat,
    /// What is logged.
    pub log_filter: String,
}

/// Where the site's files come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SiteSource {
    /// A folder that must hold a built site.
    Folder(PathBuf),
    /// The files in the program, else `target/site`, else none.
    Default,
}

/// Whether cookies travel by https only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecureCookies {
    /// When the trusted proxy says that the request came by https.
    Auto,
    /// Always.
    Yes,
    /// Never.
    No,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines, one object a line.
    Json,
}

/// A setting that cannot be used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{flag} ({env}): {why}")]
pub struct ConfigError {
    flag: &'static str,
    env: &'static str,
    why: String,
}

impl TryFrom<Settings> for Config {
    type Error = ConfigError;

    fn try_from(typed: Settings) -> Result<Self, ConfigError> {
        let demo = choice("--demo", "FIFTEEN_DEMO", &typed.demo, &YES_OR_NO)?;
        let sms = typed.sms.ways()?;
        let (push, mail) = (typed.ways.push()?, typed.ways.mail()?);
        let secure =
            [("auto", SecureCookies::Auto), ("yes", SecureCookies::Yes), ("no", SecureCookies::No)];
        let log = [("text", LogFormat::Text), ("json", LogFormat::Json)];
        Ok(Self {
            db: database(typed.db.clone())?,
            listen: typed.listen.parse().map_err(|_| ConfigError {
                flag: "--listen",
                env: "FIFTEEN_LISTEN",
                why: format!(
                    "{:?} is not an address with a port like 127.0.0.1:3000",
                    typed.listen
                ),
            })?,
            demo,
            begin: typed.begin.map(|typed| begin(&typed, demo)).transpose()?,
            offline: choice("--offline", "FIFTEEN_OFFLINE", &typed.offline, &YES_OR_NO)?,
            site: typed.site.map_or(SiteSource::Default, SiteSource::Folder),
            trusted_proxy: choice(
                "--trusted-proxy",
                "FIFTEEN_TRUSTED_PROXY",
                &typed.trusted_proxy,
                &YES_OR_NO,
            )?,
            public_url: typed.public_url.map(public_url).transpose()?,
            secure_cookies: choice(
                "--secure-cookies",
                "FIFTEEN_SECURE_COOKIES",
                &typed.secure_cookies,
                &secure,
            )?,
            // The people of the demo have numbers that may be somebody's.
            sms: if demo { vec![Way::Log] } else { sms },
            push,
            mail,
            secret_key: SecretKey::from_settings(typed.secret_key, typed.secret_key_file)?,
            photos: typed.photos.place(&typed.db)?,
            tick: tick(&typed.tick)?,
            log: choice("--log", "FIFTEEN_LOG_FORMAT", &typed.log, &log)?,
            log_filter: filter(typed.log_filter)?,
        })
    }
}

const YES_OR_NO: [(&str, bool); 6] =
    [("yes", true), ("no", false), ("true", true), ("false", false), ("1", true), ("0", false)];

fn choice<T: Copy>(
    flag: &'static str,
    env: &'static str,
    typed: &str,
    choices: &[(&str, T)],
) -> Result<T, ConfigError> {
    choices.iter().find(|(word, _)| *word == typed).map(|(_, value)| *value).ok_or_else(|| {
        let words: Vec<_> = choices.iter().map(|(word, _)| *word).collect();
        ConfigError { flag, env, why: format!("{typed:?} is not one of {}", words.join(", ")) }
    })
}

/// A scheme and a host, and a port where there is one: what a phone's camera can open.
fn public_url(typed: String) -> Result<String, ConfigError> {
    let trimmed = typed.trim_end_matches('/');
    let host = trimmed.strip_prefix("https://").or_else(|| trimmed.strip_prefix("http://"));
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
    if host.is_some_and(|host| !host.is_empty() && host.bytes().all(plain)) {
        return Ok(trimmed.to_owned());
    }
    let why = format!("{typed:?} is not an address like https://renqiu.example");
    Err(ConfigError { flag: "--public-url", env: "FIFTEEN_PUBLIC_URL", why })
}

/// Seldom enough to cost nothing, and often enough for a deadline of five minutes.
fn tick(typed: &str) -> Result<Duration, ConfigError> {
    let seconds = typed.parse().ok().filter(|seconds| (1..=300).contains(seconds));
    seconds.map(Duration::from_secs).ok_or_else(|| ConfigError {
        flag: "--tick",
        env: "FIFTEEN_TICK",
        why: format!("{typed:?} is not a number of seconds from 1 to 300"),
    })
}

/// A house with real people has the time that they have.
fn begin(typed: &str, demo: bool) -> Result<Millis, ConfigError> {
    let fault = |why| ConfigError { flag: "--begin", env: "FIFTEEN_BEGIN", why };
    if !demo {
        return Err(fault("is for the demo only (--demo)".to_owned()));
    }
    typed.parse().map_err(|_| fault(format!("{typed:?} is not a number of milliseconds")))
}

/// Only the scheme is told, since a URL may hold a password.
fn database(url: String) -> Result<String, ConfigError> {
    let known = ["sqlite:", "postgres://", "postgresql://"];
    if known.iter().any(|scheme| url.starts_with(scheme) && url.len() > scheme.len()) {
        return Ok(url);
    }
    let why = "must be sqlite:PATH or postgres://USER@HOST/NAME".to_owned();
    Err(ConfigError { flag: "--db", env: "FIFTEEN_DB", why })
}

/// The name of the mail server is none that TLS knows.
pub(crate) fn no_mail_server() -> ConfigError {
    let why = "names no host".to_owned();
    ConfigError { flag: "--mail", env: "FIFTEEN_MAIL", why }
}

fn filter(typed: String) -> Result<String, ConfigError> {
    EnvFilter::try_new(&typed).map_err(|error| ConfigError {
        flag: "--log-filter",
        env: "FIFTEEN_LOG",
        why: error.to_string(),
    })?;
    Ok(typed)
}

impl Config {
    /// Makes the folder that a SQLite file is to stand in.
    ///
    /// # Errors
    /// [`ConfigError`] when it cannot be made.
    pub async fn make_folder(&self) -> Result<(), ConfigError> {
        let Ok(file) = path_of(&self.db) else { return Ok(()) };
        let Some(folder) = file.parent() else { return Ok(()) };
        tokio::fs::create_dir_all(folder).await.map_err(|error| ConfigError {
            flag: "--db",
            env: "FIFTEEN_DB",
            why: format!("the folder {} cannot be made: {error}", folder.display()),
        })
    }
}

impl SiteSource {
    /// Reads the files of the site.
    ///
    /// # Errors
    /// [`ConfigError`] when a folder was named that holds no site.
    pub fn load(&self) -> Result<Site, ConfigError> {
        let fault = |why: &dyn fmt::Display| ConfigError {
            flag: "--site",
            env: "FIFTEEN_SITE",
            why: why.to_string(),
        };
        match self {
            Self::Folder(folder) => Site::from_folder(folder).map_err(|error| fault(&error)),
            Self::Default => Site::of_this_program().map_err(|error| fault(&error)),
        }
    }
}

#[cfg(test)]
mod tests;
