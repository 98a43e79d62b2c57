//! Letters over SMTP: sealed on the way, but on this machine itself.

use super::secret::Secret;
use app::session::{Letter, MailFailed, MailSender};
use async_trait::async_trait;
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp::{authentication::Credentials, extension::ClientId},
};
use std::{net::IpAddr, time::Duration};
use uuid::Uuid;

/// How long the mail server is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where letters are handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    host: String,
    port: u16,
    seal: Seal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seal {
    /// TLS from the first byte.
    Whole,
    /// STARTTLS, or nothing.
    Begun,
    /// On this machine itself.
    None,
}

impl Server {
    /// Reads `smtps://host`, `smtp://host`, with a port where it is another.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn parse(typed: &str) -> Result<Self, &'static str> {
        const WHAT: &str = "is not smtps://HOST or smtp://HOST";
        let uri: axum::http::Uri = typed.parse().map_err(|_| WHAT)?;
        let authority = uri.authority().ok_or(WHAT)?;
        if authority.as_str().contains('@') {
            return Err("must not hold a user or a password");
        }
        let host = authority.host().trim_start_matches('[').trim_end_matches(']').to_owned();
        let here = host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
        let (seal, usual) = match uri.scheme_str() {
            Some("smtps") => (Seal::Whole, 465),
            Some("smtp") if here => (Seal::None, 25),
            Some("smtp") => (Seal::Begun, 587),
            _ => return Err(WHAT),
        };
        if host.is_empty() || !matches!(uri.path(), "" | "/") {
            return Err(WHAT);
        }
        Ok(Self { host, port: authority.port_u16().unwrap_or(usual), seal })
    }
}

/// What the settings know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Where letters are handed over.
    pub server: Server,
    /// Who they come from.
    pub from: Mailbox,
    /// User and password.
    pub login: Option<(String, Secret)>,
}

/// Who letters come from: `noreply@renqiu.example`, or with a name before it in `<…>`.
pub fn sender(typed: &str) -> Option<Mailbox> {
    typed.parse().ok()
}

/// Writes letters.
pub struct Mail {
    from: Mailbox,
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

impl Mail {
    /// A way to the mail server; none when its name is none that TLS knows.
    pub fn new(account: Account) -> Option<Self> {
        let Account { server, from, login } = account;
        let builder = match server.seal {
            Seal::Whole => AsyncSmtpTransport::<Tokio1Executor>::relay(&server.host).ok()?,
            Seal::Begun => {
                AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(&server.host).ok()?
            }
            Seal::None => AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&server.host),
        };
        let hello = ClientId::Domain(from.email.domain().to_owned());
        let builder = builder.port(server.port).timeout(Some(PATIENCE)).hello_name(hello);
        let builder = match login {
            Some((user, password)) => {
                builder.credentials(Credentials::new(user, password.key().to_owned()))
            }
            None => builder,
        };
        Some(Self { from, transport: builder.build() })
    }
}

#[async_trait]
impl MailSender for Mail {
    async fn write(&self, letter: &Letter, id: Uuid) -> Result<(), MailFailed> {
        let to: Address = letter.to.parse().map_err(|_| MailFailed::ForGood)?;
        let domain = self.from.email.domain();
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject.clone())
            .message_id(Some(format!("<{}@{domain}>", id.simple())))
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text.clone())
            .map_err(|_| MailFailed::ForGood)?;
        self.transport.send(message).await.map(drop).map_err(|error| {
            // What the server says may quote the address: only its number is told.
            let status = error.status().map(|code| code.to_string()).unwrap_or_default();
            tracing::warn!(status, "a letter was not taken");
            if error.is_permanent() { MailFailed::ForGood } else { MailFailed::ForNow }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_sealed_or_stay_on_this_machine() {
        let read = |typed| Server::parse(typed).map(|server| (server.port, server.seal));

        assert_eq!(read("smtps://mail.example"), Ok((465, Seal::Whole)));
        assert_eq!(read("smtp://mail.example"), Ok((587, Seal::Begun)));
        assert_eq!(read("smtp://mail.example:2525"), Ok((2525, Seal::Begun)));
        assert_eq!(read("smtp://127.0.0.1:2525"), Ok((2525, Seal::None)));
        for wrong in ["mail.example", "http://mail.example", "smtps://u:p@mail.example", ""] {
            assert!(Server::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn who_letters_come_from_is_an_address() {
        assert!(sender("noreply@renqiu.example").is_some());
        assert!(sender("十五米 <noreply@renqiu.example>").is_some());
        assert!(sender("noreply").is_none());
    }
}
