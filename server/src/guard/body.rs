//! How much may be sent. A form is read whole before a page sees it, so that one that is too
//! large or breaks off is told apart from one that is wrong.

use super::{plain, status};
use app::mount::{PHOTOS, UPLOAD};
use axum::{
    body::{self, Body},
    extract::Request,
    http::{StatusCode, header::CONTENT_LENGTH},
    middleware::Next,
    response::Response,
};
use domain::imports::MOST_BYTES;
use http_body_util::Limited;
use std::error::Error;

/// The most that a form may hold, in bytes.
pub const MOST: usize = 1 << 20;

/// The most that a form with a list may hold, in bytes: the file and the few fields around it.
pub const MOST_OF_A_LIST: usize = MOST_BYTES as usize + (64 << 10);

/// The most that a form with photos may hold, in bytes. More than four of them may have: then each
/// that is too large is told at its field.
pub const MOST_OF_PHOTOS: usize = 64 << 20;

/// How much a form may hold that goes on in pieces, and what is said of one that holds more.
fn in_pieces(path: &str) -> Option<(usize, fn() -> Response)> {
    if path == UPLOAD {
        Some((MOST_OF_A_LIST, || plain::list_too_large(MOST_BYTES >> 20)))
    } else if PHOTOS.contains(&path) {
        Some((MOST_OF_PHOTOS, plain::photos_too_large))
    } else {
        None
    }
}

/// Reads the body, up to [`MOST`]. What holds files goes on in pieces.
pub async fn whole(request: Request, next: Next) -> Response {
    let told = request
        .headers()
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    let too_large = |most: usize| told.is_some_and(|length| length > most as u64);
    if let Some((most, say)) = in_pieces(request.uri().path()) {
        if too_large(most) {
            return say();
        }
        return next.run(request.map(|sent| Body::new(Limited::new(sent, most)))).await;
    }
    if too_large(MOST) {
        return status(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let (parts, sent) = request.into_parts();
    match body::to_bytes(sent, MOST).await {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(error) if is_too_large(&error) => status(StatusCode::PAYLOAD_TOO_LARGE),
        Err(_) => status(StatusCode::BAD_REQUEST),
    }
}

fn is_too_large(error: &axum::Error) -> bool {
    error.source().is_some_and(|cause| cause.is::<http_body_util::LengthLimitError>())
}
