//! What can go wrong between a button and the books, as the browser may know it.

use domain::{Refusal, credentials::ProofFault, forms::FormErrors, sign_in::CodeFault};
use leptos::{
    prelude::*,
    server_fn::{
        Bytes, ContentType, Decodes, Encodes, Format, FormatType, codec::JsonEncoding,
        error::ServerFnErrorErr,
    },
};
use serde::{Deserialize, Serialize};

/// The error of every server function. Without JavaScript it travels in the address of the page,
/// where it holds no words that a person typed ([`AppError::unnamed`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AppError {
    /// The rules said no; the person can do something about it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A sign-in code was not sent or not taken.
    #[error(transparent)]
    Code(#[from] CodeFault),
    /// A second proof was not taken.
    #[error(transparent)]
    Proof(#[from] ProofFault),
    /// Some fields of the form need another look. What was typed is kept beside the session.
    #[error("some fields need another look")]
    Invalid(FormErrors),
    /// Only for people who have signed in.
    #[error("please sign in first")]
    SignInFirst,
    /// Only after a second proof, or a fresh one: the page leads to `/proof`.
    #[error("please prove again that it is you")]
    ProofFirst,
    /// Signed in, but not for this person to see.
    #[error("not for this person")]
    NotAllowed,
    /// No such page or record.
    #[error("there is nothing here")]
    NotFound,
    /// Ours to fix. The cause is in the log and nowhere else.
    #[error("something broke on our side")]
    Broken,
    /// The phone could not reach us, or the form was damaged on the way.
    #[error("the network failed")]
    Network,
}

impl AppError {
    /// The same without what a person typed: as it may stand in an address, and all that is
    /// believed of one that came with an address.
    pub fn unnamed(self) -> Self {
        match self {
            Self::Refused(refusal) => Self::Refused(refusal.unnamed()),
            other => other,
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = AsText;

    fn from_server_fn_error(_: ServerFnErrorErr) -> Self {
        Self::Network
    }
}

/// JSON, read as text like the data of the pages: a second kind of reader would be compiled into
/// the program for nothing.
#[derive(Debug)]
pub struct AsText;

impl ContentType for AsText {
    const CONTENT_TYPE: &'static str = JsonEncoding::CONTENT_TYPE;
}

impl FormatType for AsText {
    const FORMAT_TYPE: Format = Format::Text;
}

impl Encodes<AppError> for AsText {
    type Error = serde_json::Error;

    fn encode(error: &AppError) -> Result<Bytes, Self::Error> {
        JsonEncoding::encode(error)
    }
}

impl Decodes<AppError> for AsText {
    type Error = serde_json::Error;

    fn decode(bytes: Bytes) -> Result<AppError, Self::Error> {
        // Bytes that are no text are no JSON either: the empty text says so.
        serde_json::from_str(str::from_utf8(&bytes).unwrap_or_default())
    }
}

#[cfg(feature = "ssr")]
impl From<store::StoreError> for AppError {
    fn from(error: store::StoreError) -> Self {
        use store::StoreError;
        match error {
            StoreError::Refused(refusal) if goes_into_an_address() => {
                Self::Refused(refusal).unnamed()
            }
            StoreError::Refused(refusal) => Self::Refused(refusal),
            StoreError::Code(fault) => Self::Code(fault),
            StoreError::Proof(fault) => Self::Proof(fault),
            StoreError::NotFound => Self::NotFound,
            broken @ (StoreError::Corrupt(_)
            | StoreError::Database(_)
            | StoreError::Migration(_)) => {
                tracing::error!(cause = broken.cause(), "{broken}");
                Self::Broken
            }
        }
    }
}

/// Whether the answer is for a plain form: Leptos then writes an error into the address.
#[cfg(feature = "ssr")]
fn goes_into_an_address() -> bool {
    use_context::<axum::http::request::Parts>().is_some_and(|request| {
        let accepts = request.headers.get_all(axum::http::header::ACCEPT).iter();
        accepts.filter_map(|kinds| kinds.to_str().ok()).any(|kinds| kinds.contains("text/html"))
    })
}

#[cfg(feature = "ssr")]
impl From<tower_sessions::session::Error> for AppError {
    fn from(error: tower_sessions::session::Error) -> Self {
        use tower_sessions::session::Error;
        // What a session holds is not for the log.
        let cause = match &error {
            Error::Store(cause) => cause.to_string(),
            Error::SerdeJson(cause) => format!("{:?} error", cause.classify()),
        };
        tracing::error!(cause, "the session failed");
        Self::Broken
    }
}
