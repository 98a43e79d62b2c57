//! The server function of the page for when there is no net.

use crate::{
    components::call::CaptainLine,
    error::AppError,
    session::{self, reader, services},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The page for when there is no net. It lies on the phone: nothing about anybody but the captain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfflineView {
    /// The key of the form; the page's script makes a new one for every request.
    pub key: Uuid,
    /// The captain of the reader's circle, or the next above.
    pub captain: Option<CaptainLine>,
    /// Signed in, with a home: what they type can be sent later.
    pub may_ask: bool,
}

/// The page for when there is no net.
///
/// # Errors
/// [`AppError::Broken`].
#[server(name = AskOffline, endpoint = "offline/read")]
pub async fn offline() -> Result<OfflineView, AppError> {
    let who = reader().await?;
    let place = match &who {
        Some(who) => session::place_of(who).await?,
        None => session::looked_at().await?,
    };
    let services = services();
    let captain = match place {
        Some(place) => {
            let captains =
                store::people::captains_over(&services.db, &place, services.now()).await?;
            captains.into_iter().next().map(|one| CaptainLine {
                kind: one.kind,
                number: one.number,
                surname: one.surname,
                phone: one.phone,
            })
        }
        None => None,
    };
    let may_ask = who.is_some_and(|who| who.home.is_some() && who.has_a_name().is_ok());
    Ok(OfflineView { key: Uuid::new_v4(), captain, may_ask })
}
