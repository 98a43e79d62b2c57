//! For those who look after the machine: is it alive, can it serve.

use crate::site::Site;
use axum::{extract::State, http::StatusCode};
use std::sync::Arc;
use store::Db;

/// What readiness depends on.
#[derive(Clone)]
pub struct Ready {
    /// The books.
    pub db: Db,
    /// The files of the site.
    pub site: Arc<Site>,
}

/// The process answers.
pub async fn alive() -> &'static str {
    "alive\n"
}

/// The books answer and the site is there.
pub async fn ready(State(ready): State<Ready>) -> (StatusCode, &'static str) {
    if ready.site.is_empty() {
        return (StatusCode::SERVICE_UNAVAILABLE, "no site\n");
    }
    match store::health::ping(&ready.db).await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::error!(cause = error.cause(), "{error}");
            (StatusCode::SERVICE_UNAVAILABLE, "no database\n")
        }
    }
}
