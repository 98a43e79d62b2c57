//! S3-compatible storage, spoken to over the connections that the gateways use: HTTP/1.1, rustls with
//! ring. The signatures are `object_store`'s.

use crate::album::{AlbumError, Bucket};
use async_trait::async_trait;
use http_body_util::BodyExt;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector as Tcp},
    rt::TokioExecutor,
};
use object_store::{
    BackoffConfig, ClientOptions, RetryConfig,
    aws::{AmazonS3, AmazonS3Builder},
    client::{
        HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpRequestBody,
        HttpResponse, HttpResponseBody, HttpService,
    },
};
use rustls::{ClientConfig, RootCertStore};
use std::{fmt, sync::Arc, time::Duration};
use tokio::time::timeout;

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(3);
/// How long one request may take.
const WHOLE: Duration = Duration::from_secs(10);
/// How long a request is tried again: somebody waits for it.
const TRIED_FOR: Duration = Duration::from_secs(20);

/// The storage behind a bucket.
pub(crate) fn store(bucket: &Bucket) -> Result<AmazonS3, AlbumError> {
    let Bucket { name, endpoint, region, key_id, secret, .. } = bucket;
    let own_host = endpoint.split_once("://").is_some_and(|(_, host)| {
        host.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with('.'))
    });
    AmazonS3Builder::new()
        .with_bucket_name(name)
        .with_endpoint(endpoint)
        .with_region(region)
        .with_access_key_id(key_id)
        .with_secret_access_key(secret)
        .with_virtual_hosted_style_request(own_host)
        // Not every storage knows how to delete several at once.
        .with_disable_bulk_delete(true)
        // The settings let plain HTTP through to this machine only.
        .with_allow_http(endpoint.starts_with("http://"))
        .with_retry(RetryConfig {
            max_retries: 3,
            retry_timeout: TRIED_FOR,
            backoff: BackoffConfig::default(),
        })
        .with_http_connector(Connector)
        .build()
        .map_err(|error| AlbumError::Settings(error.to_string()))
}

/// Makes the way to the storage.
#[derive(Debug)]
struct Connector;

impl HttpConnector for Connector {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let ring = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(ring)
            .with_safe_default_protocol_versions()
            .expect("ring speaks the versions of TLS that are in use")
            .with_root_certificates(roots)
            .with_no_client_auth();
        let mut tcp = Tcp::new();
        tcp.enforce_http(false);
        tcp.set_connect_timeout(Some(CONNECT));
        let https =
            HttpsConnectorBuilder::new().with_tls_config(tls).https_or_http().enable_http1();
        let client = Client::builder(TokioExecutor::new()).build(https.wrap_connector(tcp));
        Ok(HttpClient::new(Wire { client }))
    }
}

/// The way to the storage; its connections are kept.
struct Wire {
    client: Client<HttpsConnector<Tcp>, HttpRequestBody>,
}

impl fmt::Debug for Wire {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("Wire")
    }
}

#[async_trait]
impl HttpService for Wire {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let sent = timeout(WHOLE, self.client.request(request)).await;
        let sent = sent.map_err(|late| HttpError::new(HttpErrorKind::Timeout, late))?;
        let answer = sent.map_err(|error| {
            let kind =
                if error.is_connect() { HttpErrorKind::Connect } else { HttpErrorKind::Request };
            HttpError::new(kind, error)
        })?;
        let (parts, body) = answer.into_parts();
        let body = body.map_err(|error| HttpError::new(HttpErrorKind::Interrupted, error));
        Ok(HttpResponse::from_parts(parts, HttpResponseBody::new(body)))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use axum::{
        Router,
        body::Bytes,
        extract::{Request, State},
        http::{Method, StatusCode},
        response::{IntoResponse, Response},
    };
    use std::{collections::BTreeMap, sync::Mutex};

    /// What a small storage for tests was asked, and holds.
    #[derive(Default)]
    pub(crate) struct Seen {
        pub paths: Vec<String>,
        pub unsigned: usize,
        held: BTreeMap<String, Bytes>,
    }

    /// A bucket of a storage on this machine, which takes signed requests only.
    pub(crate) async fn a_bucket() -> (Bucket, Arc<Mutex<Seen>>) {
        let seen = Arc::new(Mutex::new(Seen::default()));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let storage = Router::new().fallback(answer).with_state(Arc::clone(&seen));
        tokio::spawn(async move { axum::serve(listener, storage).await });
        let bucket = Bucket {
            name: "county".into(),
            prefix: "renqiu/photos".into(),
            endpoint: format!("http://{at}"),
            region: "cn-north-1".into(),
            key_id: "THEKEY".into(),
            secret: "open secret".into(),
        };
        (bucket, seen)
    }

    async fn answer(State(seen): State<Arc<Mutex<Seen>>>, request: Request) -> Response {
        let (parts, body) = request.into_parts();
        let header = |name: &str| {
            parts.headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default().to_owned()
        };
        let signed = header("authorization");
        let well = signed.starts_with("AWS4-HMAC-SHA256 Credential=THEKEY/")
            && signed.contains("/cn-north-1/s3/aws4_request")
            && signed.contains("host;x-amz-content-sha256;x-amz-date")
            && !header("x-amz-date").is_empty();
        let bytes = axum::body::to_bytes(body, 1 << 20).await.unwrap();
        let mut seen = seen.lock().unwrap();
        let path = parts.uri.path().to_owned();
        seen.paths.push(path.clone());
        if !well {
            seen.unsigned += 1;
            return StatusCode::FORBIDDEN.into_response();
        }
        let tagged = [("etag", "\"1\""), ("last-modified", "Thu, 26 Nov 2026 10:00:00 GMT")];
        match parts.method {
            Method::PUT => {
                seen.held.insert(path, bytes);
                tagged.into_response()
            }
            Method::DELETE => {
                seen.held.remove(&path);
                StatusCode::NO_CONTENT.into_response()
            }
            _ => match seen.held.get(&path) {
                Some(bytes) => (tagged, bytes.clone()).into_response(),
                None => StatusCode::NOT_FOUND.into_response(),
            },
        }
    }

    #[tokio::test]
    async fn a_storage_that_says_no_is_a_failure_and_no_missing_picture() {
        let (bucket, _) = a_bucket().await;
        let wrong = Bucket { key_id: "ANOTHER".into(), ..bucket };
        let album = crate::Album::in_bucket(&wrong).unwrap();

        let outcome = album.get(uuid::Uuid::from_u128(1), crate::Size::Small).await;

        assert!(matches!(outcome, Err(AlbumError::Failed(_))), "{outcome:?}");
    }
}
