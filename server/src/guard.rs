//! What stands between the network and the pages: who asks, from where, how much and how long;
//! and what every answer carries.

mod arrival;
mod body;
pub mod came_from;
mod plain;
pub mod refusals;

use crate::config::SecureCookies;
use app::mount::{EXPORT, PHOTOS, UPLOAD};
use axum::{
    Router,
    body::Body,
    extract::{MatchedPath, Request},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::Response,
};
use std::{any::Any, time::Duration};
use tokio::time::timeout;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, NotForContentType, Predicate},
    },
    csrf::{CsrfLayer, ProtectionError},
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
    trace::TraceLayer,
};
use tracing::Span;

/// How long one request may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(15);
/// How long a list may take on its way in or out, and photos on their way in: 48 MB over a village's
/// line.
const PATIENCE_WITH_FILES: Duration = Duration::from_secs(180);

/// What is packed on the way out: pages and answers. The program has its packed siblings in the
/// real site; in the quick build it is ten times as large, and packing it takes seconds.
fn packed_here() -> impl Predicate {
    DefaultPredicate::new().and(NotForContentType::const_new("application/wasm"))
}

/// What the guards need to know of the world outside.
#[derive(Clone, Copy, Debug)]
pub struct Borders {
    /// Whether one proxy of ours stands in front.
    pub trusted_proxy: bool,
    /// Whether cookies travel by https only.
    pub secure_cookies: SecureCookies,
}

/// Puts the guards around a house; the last line here is met first.
pub fn around(house: Router, borders: Borders) -> Router {
    house
        .layer(middleware::from_fn(body::whole))
        .layer(middleware::from_fn(in_time))
        .layer(CsrfLayer::new().with_rejection_response(from_elsewhere))
        .layer(CatchPanicLayer::custom(after_panic))
        .layer(middleware::map_response(plain::in_words))
        .layer(CompressionLayer::new().br(true).gzip(true).compress_when(packed_here()))
        .layer(middleware::map_response(headers))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(span)
                .on_request(())
                .on_response(note)
                .on_body_chunk(())
                .on_eos(())
                .on_failure(()),
        )
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .layer(middleware::from_fn_with_state(borders, arrival::arrive))
}

/// Ends a request that takes too long.
async fn in_time(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let with_files = [UPLOAD, EXPORT].contains(&path) || PHOTOS.contains(&path);
    let patience = if with_files { PATIENCE_WITH_FILES } else { PATIENCE };
    match timeout(patience, next.run(request)).await {
        Ok(response) => response,
        Err(_) => status(StatusCode::SERVICE_UNAVAILABLE),
    }
}

fn from_elsewhere(_: ProtectionError) -> Response {
    status(StatusCode::FORBIDDEN)
}

fn after_panic(_: Box<dyn Any + Send + 'static>) -> Response {
    status(StatusCode::INTERNAL_SERVER_ERROR)
}

/// An answer without words; `plain::in_words` adds them.
fn status(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

/// On every answer. A page that sets its own policy keeps it.
async fn headers(mut response: Response) -> Response {
    const ALWAYS: [(HeaderName, &str); 5] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        // The page that a form came from is needed to return there; nobody else is told.
        (header::REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), microphone=(), payment=(), usb=(), geolocation=(self)",
        ),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        ),
    ];
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    // What a person sees is theirs alone; files of the site say otherwise themselves.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-store"));
    response
}

/// Method, route and id: neither query nor anything that was typed, as an address can be.
fn span(request: &Request) -> Span {
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str);
    let id = request
        .extensions()
        .get::<RequestId>()
        .and_then(|id| id.header_value().to_str().ok())
        .unwrap_or_default();
    tracing::info_span!("request", method = %request.method(), route, id)
}

fn note(response: &Response, took: Duration, _: &Span) {
    let status = response.status().as_u16();
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    if response.status().is_server_error() {
        tracing::error!(status, ms, "answered");
    } else {
        tracing::info!(status, ms, "answered");
    }
}
