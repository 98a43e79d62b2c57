//! The status of a refused server function. Leptos answers every error with 500; then the log and
//! those who watch it could not tell a refusal from a fault of ours.

use app::error::AppError;
use axum::{
    body::{self, Body},
    extract::Request,
    http::StatusCode,
    middleware::Next,
    response::Response,
};

/// Set by Leptos on every error of a server function.
const ERROR_HEADER: &str = "serverfnerror";

/// The most that an error may hold, in bytes.
const MOST: usize = 64 << 10;

/// Gives an error its own status. Plain form posts are answered with 302 and stay as they are.
pub async fn status(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let failed = response.status() == StatusCode::INTERNAL_SERVER_ERROR;
    if !failed || !response.headers().contains_key(ERROR_HEADER) {
        return response;
    }
    let (mut parts, sent) = response.into_parts();
    let bytes = body::to_bytes(sent, MOST).await.unwrap_or_default();
    if let Ok(error) = serde_json::from_slice(&bytes) {
        parts.status = status_of(&error);
    }
    Response::from_parts(parts, Body::from(bytes))
}

fn status_of(error: &AppError) -> StatusCode {
    match error {
        AppError::Refused(_) | AppError::Code(_) | AppError::Proof(_) => StatusCode::CONFLICT,
        AppError::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        AppError::SignInFirst => StatusCode::UNAUTHORIZED,
        AppError::NotAllowed | AppError::ProofFirst => StatusCode::FORBIDDEN,
        AppError::NotFound => StatusCode::NOT_FOUND,
        AppError::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        AppError::Network => StatusCode::BAD_REQUEST,
    }
}
