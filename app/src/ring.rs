//! Whom the reader of a page can ring: a phone call always works (UI.md §1), so the button stands in
//! the bar of every page, also where the program never starts.

use crate::components::call::Call;
use crate::words::{self, lang};
use leptos::prelude::*;

/// The captain nearest to the reader: the surname and eleven digits.
type Nearest = (String, String);

/// The button that rings the captain nearest to the reader; nothing where none is known.
#[component]
pub fn RingCaptain() -> impl IntoView {
    nearest().map(|(surname, phone)| {
        let who = words::captain(lang(), &surname);
        view! { <Call phone=Some(phone) who class="small round"/> }
    })
}

/// On the server what was found before the page, in the browser what stands in the page.
fn nearest() -> Option<Nearest> {
    #[cfg(feature = "ssr")]
    {
        known()
    }
    #[cfg(not(feature = "ssr"))]
    {
        let root = document().document_element()?;
        Some((root.get_attribute("data-captain")?, root.get_attribute("data-ring")?))
    }
}

#[cfg(feature = "ssr")]
pub use request::{find, known};

#[cfg(feature = "ssr")]
mod request {
    use super::Nearest;
    use crate::{
        error::AppError,
        proof::{Entry, Known, entry},
        session::{Services, beside_pages},
        standpoint::captain_to_ring,
    };
    use axum::{
        extract::{Request, State},
        http::{Method, request::Parts},
        middleware::Next,
        response::Response,
    };
    use leptos::prelude::use_context;

    #[derive(Clone)]
    struct Found(Nearest);

    /// What [`find`] found for this page.
    pub fn known() -> Option<Nearest> {
        let parts = use_context::<Parts>()?;
        parts.extensions.get::<Found>().map(|Found(nearest)| nearest.clone())
    }

    /// Finds the captain before a page is drawn. A page without the button is better than none.
    pub async fn find(State(services): State<Services>, request: Request, next: Next) -> Response {
        let (mut parts, body) = request.into_parts();
        // Households and families have the captain on their pages, and no account.
        let path = parts.uri.path();
        let bare = ["/api/", "/card/", "/follow/"].iter().any(|start| path.starts_with(start));
        if parts.method == Method::GET && !bare {
            match beside_pages(services, parts.clone(), who_and_captain()).await {
                Ok((known, captain)) => {
                    parts.extensions.insert(known);
                    if let Some(captain) = captain {
                        parts.extensions.insert(Found(captain));
                    }
                }
                Err(error) => tracing::warn!(%error, "no captain for the bar"),
            }
        }
        next.run(Request::from_parts(parts, body)).await
    }

    /// Who reads, for the page to come, and whom they can ring.
    async fn who_and_captain() -> Result<(Known, Option<Nearest>), AppError> {
        let known = Known(entry().await?);
        let captain = captain_to_ring(known.0.clone().map(Entry::allowed)).await?;
        Ok((known, captain))
    }
}
