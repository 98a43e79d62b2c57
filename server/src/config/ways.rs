//! The settings of Web Push and of letters. Without them notices do not go out by these ways.

use super::{
    ConfigError,
    sms::{Name, given, kept_secret, wrong},
};
use crate::notices::{mail, push};
use clap::Args;

/// What was typed about ways out. Secrets come by environment or file only.
#[derive(Debug, Args)]
#[command(next_help_heading = "Notices (all of it: server/docs/notices.md)")]
pub struct WaySettings {
    /// Web Push: the public key of this house, as `fifteen push-keys` prints it.
    #[arg(long, global = true, hide_short_help = true, env = "FIFTEEN_PUSH_KEY")]
    push_key: Option<String>,
    /// File with its secret half, instead of the variable FIFTEEN_PUSH_SECRET.
    #[arg(long, global = true, hide_short_help = true, env = "FIFTEEN_PUSH_SECRET_FILE")]
    push_secret_file: Option<String>,
    /// Whom the makers of browsers write to: mailto:… or https://….
    #[arg(long, global = true, hide_short_help = true, env = "FIFTEEN_PUSH_CONTACT")]
    push_contact: Option<String>,
    /// The hosts of the makers that are sent to; one that begins with a full stop stands for all below.
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        env = "FIFTEEN_PUSH_HOSTS",
        default_value = push::HOSTS
    )]
    push_hosts: String,
    /// Letters: smtps://HOST, or smtp://HOST with STARTTLS (without it only on this machine).
    #[arg(long, global = true, hide_short_help = true, env = "FIFTEEN_MAIL")]
    mail: Option<String>,
    /// Who they come from: noreply@renqiu.example.
    #[arg(long, global = true, hide_short_help = true, env = "FIFTEEN_MAIL_FROM")]
    mail_from: Option<String>,
    /// The account at the mail server.
    #[arg(long, global = true, hide_short_help = true, env = "FIFTEEN_MAIL_USER")]
    mail_user: Option<String>,
    /// File with its password, instead of the variable FIFTEEN_MAIL_PASSWORD.
    #[arg(long, global = true, hide_short_help = true, env = "FIFTEEN_MAIL_PASSWORD_FILE")]
    mail_password_file: Option<String>,
}

const PUSH_KEY: Name = ("--push-key", "FIFTEEN_PUSH_KEY");
const PUSH_SECRET: Name = ("--push-secret-file", "FIFTEEN_PUSH_SECRET");
const PUSH_CONTACT: Name = ("--push-contact", "FIFTEEN_PUSH_CONTACT");
const PUSH_HOSTS: Name = ("--push-hosts", "FIFTEEN_PUSH_HOSTS");
const MAIL: Name = ("--mail", "FIFTEEN_MAIL");
const MAIL_FROM: Name = ("--mail-from", "FIFTEEN_MAIL_FROM");
const MAIL_USER: Name = ("--mail-user", "FIFTEEN_MAIL_USER");
const MAIL_PASSWORD: Name = ("--mail-password-file", "FIFTEEN_MAIL_PASSWORD");

impl WaySettings {
    /// The account for Web Push; none when no key is set.
    ///
    /// # Errors
    /// [`ConfigError`] that names the setting that is wrong or missing.
    pub fn push(&self) -> Result<Option<push::Account>, ConfigError> {
        let secret = kept_secret(PUSH_SECRET, &self.push_secret_file)?;
        let (key, secret) = match (given(&self.push_key), secret) {
            (None, None) => return Ok(None),
            (None, Some(_)) => return Err(wrong(PUSH_KEY, "is needed beside its secret half")),
            (Some(_), None) => return Err(wrong(PUSH_SECRET, "is needed beside the public key")),
            (Some(key), Some(secret)) => (key, secret),
        };
        let contact = given(&self.push_contact).unwrap_or_default();
        if !["mailto:", "https://"].iter().any(|start| contact.starts_with(start)) {
            return Err(wrong(PUSH_CONTACT, "is needed: mailto:… or https://…"));
        }
        let hosts = push::Hosts::parse(&self.push_hosts);
        let hosts = hosts.ok_or_else(|| wrong(PUSH_HOSTS, "is not a list of hosts"))?;
        // What was typed is not repeated: it may be nearly right.
        let account = push::Account::new(&key, &secret, contact, hosts);
        account.map(Some).ok_or_else(|| wrong(PUSH_KEY, "does not fit its secret half"))
    }

    /// The account for letters; none when no server is set.
    ///
    /// # Errors
    /// [`ConfigError`] that names the setting that is wrong or missing.
    pub fn mail(&self) -> Result<Option<mail::Account>, ConfigError> {
        let Some(server) = given(&self.mail) else { return Ok(None) };
        let server = mail::Server::parse(&server).map_err(|why| wrong(MAIL, why))?;
        let from = given(&self.mail_from).ok_or_else(|| wrong(MAIL_FROM, "is needed by --mail"))?;
        let from = mail::sender(&from).ok_or_else(|| wrong(MAIL_FROM, "is not an address"))?;
        let password = kept_secret(MAIL_PASSWORD, &self.mail_password_file)?;
        let login = match (given(&self.mail_user), password) {
            (None, None) => None,
            (Some(user), Some(password)) => Some((user, password)),
            (Some(_), None) => return Err(wrong(MAIL_PASSWORD, "is needed beside --mail-user")),
            (None, Some(_)) => return Err(wrong(MAIL_USER, "is needed beside the password")),
        };
        Ok(Some(mail::Account { server, from, login }))
    }
}
