//! The way to a gateway: one POST, one answer, within limits of time and size. It follows no
//! redirect and tries nothing twice: a message must not be sent two times.

use super::failure::{Cause, Code, Failure};
use axum::{
    body::Bytes,
    http::{Request, StatusCode, Uri, header},
};
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{self, Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use rustls::{ClientConfig, RootCertStore};
use std::{error::Error, fmt, sync::Arc, time::Duration};
use tokio::time::timeout;

/// The longest answer that is read, in bytes.
const LONGEST: usize = 64 * 1024;

/// How long gateways are waited for.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For a connection.
    pub connect: Duration,
    /// For the whole of one gateway.
    pub whole: Duration,
    /// For all gateways together: shorter than a request may take, so that the person gets an
    /// answer and the books say the same.
    pub all: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { connect: seconds(3), whole: seconds(8), all: seconds(13) }
    }
}

/// Where a gateway answers: https, or anything on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint(Uri);

impl Endpoint {
    /// Reads an address. Nothing but `path` says whether more than a host may be named.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn parse(typed: &str, path: bool) -> Result<Self, &'static str> {
        let uri: Uri = typed.parse().map_err(|_| "is not an address like https://host")?;
        let host = uri.host().filter(|host| !host.is_empty());
        let (Some(host), Some(scheme), Some(authority)) = (host, uri.scheme_str(), uri.authority())
        else {
            return Err("is not an address like https://host");
        };
        if authority.as_str().contains('@') {
            return Err("must not hold a user or a password");
        }
        match scheme {
            "https" => {}
            "http" if is_here(host) => {}
            _ => return Err("must begin with https://, unless it is on this machine"),
        }
        if !path && (uri.path() != "/" || uri.query().is_some()) {
            return Err("must be a host without a path");
        }
        Ok(Self(uri))
    }

    /// What stands in the header `host`.
    pub fn host(&self) -> &str {
        self.0.authority().map(|authority| authority.as_str()).unwrap_or_default()
    }

    /// The address itself.
    pub fn uri(&self) -> String {
        self.0.to_string()
    }

    /// The address with a query.
    pub fn with_query(&self, query: &str) -> String {
        format!("{}?{query}", self.0)
    }
}

fn is_here(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
}

/// What is posted.
pub struct Post {
    /// The address with its query.
    pub uri: String,
    /// The headers.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: String,
}

/// What came back, below 500.
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The body.
    pub body: Bytes,
}

impl Answer {
    /// What an answer means that is none of the gateway's own: with a bad status somebody on the
    /// way said no, with a good one nobody knows.
    pub fn garbled(&self) -> Failure {
        if self.status.is_success() {
            Failure::Garbled
        } else {
            Failure::Refused(Cause::Other, Code::of(self.status.as_str()))
        }
    }
}

/// Posts to gateways. Its connections are kept for the next message.
#[derive(Clone)]
pub struct Wire {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    whole: Duration,
}

impl fmt::Debug for Wire {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("Wire")
    }
}

impl Wire {
    /// A way to all gateways. Whom to trust: the roots in the program, and those of the machine,
    /// which may know a private cloud.
    pub fn new(patience: Patience) -> Self {
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let ring = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(ring)
            .with_safe_default_protocol_versions()
            .expect("ring speaks the versions of TLS that are in use")
            .with_root_certificates(roots)
            .with_no_client_auth();
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_connect_timeout(Some(patience.connect));
        let https =
            HttpsConnectorBuilder::new().with_tls_config(tls).https_or_http().enable_http1();
        let client = Client::builder(TokioExecutor::new())
            .retry_canceled_requests(false)
            .build(https.wrap_connector(tcp));
        Self { client, whole: patience.whole }
    }

    /// Posts, and reads the answer.
    ///
    /// # Errors
    /// Every [`Failure`] but a refusal.
    pub async fn post(&self, post: Post) -> Result<Answer, Failure> {
        self.post_bytes(post.uri, post.headers, post.body.into()).await
    }

    /// The same with a body that is no text.
    ///
    /// # Errors
    /// Every [`Failure`] but a refusal.
    pub async fn post_bytes(
        &self,
        uri: String,
        headers: Vec<(&'static str, String)>,
        body: Bytes,
    ) -> Result<Answer, Failure> {
        let exchange = self.exchange(uri, headers, body);
        timeout(self.whole, exchange).await.unwrap_or(Err(Failure::TimedOut))
    }

    async fn exchange(
        &self,
        uri: String,
        headers: Vec<(&'static str, String)>,
        body: Bytes,
    ) -> Result<Answer, Failure> {
        let mut request = Request::post(uri).header(header::ACCEPT, "application/json");
        for (name, value) in headers {
            request = request.header(name, value);
        }
        // The settings were checked; what they let through and HTTP does not goes nowhere.
        let request = request.body(Full::from(body)).map_err(|_| Failure::Unreachable)?;
        let answer = self.client.request(request).await.map_err(|error| no_answer(&error))?;
        let status = answer.status();
        if status.is_server_error() {
            return Err(Failure::OutOfOrder(status.as_u16()));
        }
        let body = Limited::new(answer.into_body(), LONGEST).collect().await;
        let body = body.map_err(|_| Failure::BrokenOff)?.to_bytes();
        Ok(Answer { status, body })
    }
}

/// What became of a request without an answer. The cause of a connection that did not come about
/// names hosts and certificates; nothing of the message was there yet.
fn no_answer(error: &legacy::Error) -> Failure {
    if !error.is_connect() {
        return Failure::BrokenOff;
    }
    let causes = std::iter::successors(error.source(), |cause| Error::source(*cause));
    let causes: Vec<_> = causes.map(ToString::to_string).collect();
    tracing::warn!(cause = causes.join(": "), "no connection to a gateway");
    Failure::Unreachable
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_travel_by_https_or_not_at_all() {
        for good in ["https://dysmsapi.aliyuncs.com", "http://127.0.0.1:8080", "http://[::1]:80"] {
            assert!(Endpoint::parse(good, false).is_ok(), "{good}");
        }
        for bad in [
            "http://dysmsapi.aliyuncs.com",
            "http://127.0.0.1.evil.example",
            "dysmsapi.aliyuncs.com",
            "ftp://127.0.0.1",
            "https://",
            "https://key:secret@host",
            "",
        ] {
            assert!(Endpoint::parse(bad, true).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_path_is_for_those_that_do_not_sign_it() {
        assert!(Endpoint::parse("https://host/hooks?to=15", false).is_err());
        let hook = Endpoint::parse("https://host:8443/hooks?to=15", true).unwrap();

        assert_eq!(
            (hook.host(), hook.uri().as_str()),
            ("host:8443", "https://host:8443/hooks?to=15")
        );
        let cloud = Endpoint::parse("https://host", false).unwrap();
        assert_eq!(cloud.with_query("a=b"), "https://host/?a=b");
    }

    #[test]
    fn a_person_gets_an_answer_before_the_house_gives_the_request_up() {
        let patience = Patience::default();

        assert!(patience.connect < patience.whole && patience.whole < patience.all);
        assert!(patience.all < crate::guard::PATIENCE);
    }
}
