//! How much may be sent. A form is read whole before a page sees it, so that one that is too
//! large or breaks off is told apart from one that is wrong.

use super::status;
use axum::{
    body::{self, Body},
    extract::Request,
    http::{StatusCode, header::CONTENT_LENGTH},
    middleware::Next,
    response::Response,
};
use std::error::Error;

/// The most that a form may hold, in bytes.
pub const MOST: usize = 1 << 20;

/// Reads the body, up to [`MOST`].
pub async fn whole(request: Request, next: Next) -> Response {
    let told = request
        .headers()
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if told.is_some_and(|length| length > MOST as u64) {
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
