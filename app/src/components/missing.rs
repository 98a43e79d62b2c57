//! The pages for what is not there, not allowed or broken: each says what to do next.

use super::{
    bars::{Skip, TabBar, TopBar},
    icon::Icon,
    refused,
};
use crate::{
    error::AppError,
    words::{self, lang, td_string},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;

/// No such page.
#[component]
pub fn Missing() -> impl IntoView {
    view! { <Trouble error=AppError::NotFound/> }
}

/// A link of a page led to one that the program does not have: the server draws it, or says that
/// there is none.
#[component]
pub fn Elsewhere() -> impl IntoView {
    let to = use_location();
    Effect::new(move |_| {
        let there = address(&to.pathname.read(), &to.search.read());
        // A browser that does not go leaves an empty page with a working back button.
        let _ = window().location().assign(&there);
    });
}

/// A path with its query as an address of this house: a path like `//elsewhere` names another one.
pub fn address(path: &str, query: &str) -> String {
    let mark = if query.is_empty() { "" } else { "?" };
    domain::sign_in::way_back(&format!("{path}{mark}{query}")).to_owned()
}

/// A whole page that says what is wrong and where to go. Sets the status of the answer.
#[component]
pub fn Trouble(
    /// What is wrong.
    error: AppError,
) -> impl IntoView {
    let l = lang();
    set_status(&error);
    let (heading, hint) = match &error {
        AppError::NotFound => {
            (td_string!(l, common.not_found), td_string!(l, common.not_found_hint))
        }
        AppError::NotAllowed => {
            (td_string!(l, common.not_allowed), td_string!(l, common.not_allowed_hint))
        }
        AppError::SignInFirst => {
            (td_string!(l, common.sign_in_to_see), td_string!(l, common.slogan))
        }
        AppError::ProofFirst => (td_string!(l, security.first), td_string!(l, security.first_hint)),
        AppError::Network => (td_string!(l, common.network), ""),
        AppError::Refused(_) => (td_string!(l, common.not_now), ""),
        AppError::Code(_) | AppError::Proof(_) | AppError::Invalid(_) | AppError::Broken => {
            (td_string!(l, common.broken), "")
        }
    };
    let door = refused::door(l, &error);
    // The bar has the number where one is known; the page that the phone keeps has it for everybody else.
    let rings = matches!(
        error,
        AppError::NotFound | AppError::NotAllowed | AppError::Network | AppError::Broken
    );
    let why = matches!(error, AppError::Refused(_)).then(|| words::refused::error(l, &error, 0));
    view! {
        <Title text=format!("{heading} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <TopBar/>
            <main id="main">
                <section class="empty welcome">
                    <svg class="lotus" viewBox="0 0 120 92" aria-hidden="true"><use href="#i-lotus"></use></svg>
                    <h1>{heading}</h1>
                    <p>{hint}{why}</p>
                    <p class="stack">
                        {door.map(|(to, words)| view! { <a class="btn second wide" href=to>{words}</a> })}
                        {rings
                            .then(|| {
                                view! {
                                    <a class="btn call wide" href="/offline">
                                        <Icon name="phone"/>{td_string!(l, common.ring_captain)}
                                    </a>
                                }
                            })}
                        <a class="btn second wide" href="/">{td_string!(l, common.to_board)}</a>
                    </p>
                </section>
            </main>
        </div>
        <TabBar/>
    }
}

/// The status of the answer, once, on the server.
fn set_status(error: &AppError) {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        use axum::http::StatusCode;
        response.set_status(match error {
            AppError::NotFound => StatusCode::NOT_FOUND,
            AppError::SignInFirst => StatusCode::UNAUTHORIZED,
            AppError::NotAllowed | AppError::ProofFirst | AppError::Refused(_) => {
                StatusCode::FORBIDDEN
            }
            AppError::Code(_)
            | AppError::Proof(_)
            | AppError::Invalid(_)
            | AppError::Broken
            | AppError::Network => StatusCode::INTERNAL_SERVER_ERROR,
        });
    }
    #[cfg(not(feature = "ssr"))]
    let _ = error;
}
