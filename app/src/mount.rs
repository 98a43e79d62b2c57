//! The pages and server functions as an axum router. Kept in this crate, so that an edit of
//! `server/src` does not build the pages again.

use crate::{app::App, prefs, session::Services, shell::shell};
use axum::{Router, routing::post};
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes, generate_route_list};

/// Every page, every server function under `/api/`, and the preference form. The caller adds the
/// session layer, the guards and the files of the site.
pub fn router(services: Services) -> Router {
    let options = LeptosOptions::builder().output_name("client").build();
    let routes = generate_route_list(App);
    let context = {
        let services = services.clone();
        move || provide_context(services.clone())
    };
    let site = services.site.clone();
    Router::new()
        .route("/prefs", post(prefs::save))
        .leptos_routes_with_context(&options, routes, context.clone(), {
            let site = site.clone();
            move || shell(&site)
        })
        .fallback(leptos_axum::render_app_async_with_context(context, move || shell(&site)))
        .with_state(options)
}
