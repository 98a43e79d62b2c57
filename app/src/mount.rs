//! The pages and server functions as an axum router. Kept in this crate, so that an edit of
//! `server/src` does not build the pages again.

use crate::{app::App, plain::Plain, prefs, rights::moves as copies, session::Services, shell};
use axum::{
    Router,
    routing::{get, post},
};
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes, generate_route_list, render_app_async_with_context};

/// The paths of every page and every server function: the table of doors in the tests must name
/// each of them.
pub fn paths() -> Vec<String> {
    let live = generate_route_list(App).into_iter().map(|page| page.path().to_owned());
    let plain = generate_route_list(Plain).into_iter().map(|page| page.path().to_owned());
    let functions = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned());
    live.chain(plain).chain(functions).chain([copies::PATH.to_owned()]).collect()
}

/// Every page, every server function under `/api/`, and the preference form. The caller adds the
/// session layer, the guards and the files of the site.
pub fn router(services: Services) -> Router {
    let copy =
        Router::new().route(copies::PATH, post(copies::download)).with_state(services.clone());
    let options = LeptosOptions::builder().output_name("client").build();
    let routes = generate_route_list(App);
    let context = {
        let services = services.clone();
        move || provide_context(services.clone())
    };
    let site = services.site.clone();
    let live = {
        let site = site.clone();
        move || shell::live(&site)
    };
    let plain = render_app_async_with_context(context.clone(), move || shell::plain(&site));
    let plain_pages = generate_route_list(Plain)
        .into_iter()
        .fold(Router::new(), |pages, page| pages.route(page.path(), get(plain.clone())));
    Router::new()
        .route("/prefs", post(prefs::save))
        .merge(copy)
        .merge(plain_pages)
        .leptos_routes_with_context(&options, routes, context, live)
        .fallback(plain)
        .with_state(options)
}
