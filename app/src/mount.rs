//! The pages and server functions as an axum router. Kept in this crate, so that an edit of
//! `server/src` does not build the pages again.

use crate::{
    app::App,
    cards::account::knock,
    imports::moves,
    live::api::{listen, note_newest},
    plain::Plain,
    prefs,
    requests::photos::{moves as photos, reading},
    rights::moves as copies,
    ring,
    session::Services,
    shell,
};
use axum::{
    Router,
    extract::Request,
    middleware::from_fn_with_state,
    response::Response,
    routing::{get, post},
};
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes, generate_route_list, render_app_async_with_context};
use std::pin::Pin;

/// Where a list is handed in as a file. Larger than any form, so the guards let it through in pieces.
pub const UPLOAD: &str = "/api/imports/upload";
/// Where a list is taken out: a large one takes longer than a page.
pub const EXPORT: &str = "/api/imports/export";
/// Where photos come in, each with a form that is larger than others.
pub const PHOTOS: [&str; 4] = [photos::SUBMIT, photos::BY_CARD, photos::ADD, photos::FINISH];
const TEMPLATE: &str = "/imports/templates/{name}";
/// What the square of a door card leads to.
const CARD: &str = "/d/{token}";
const FAULTS: &str = "/imports/{id}/faults.csv";
/// What changes, as a stream of events.
pub const LIVE: &str = "/live";

/// The paths of every page and every server function: the table of doors in the tests must name
/// each of them.
pub fn paths() -> Vec<String> {
    let live = generate_route_list(App).into_iter().map(|page| page.path().to_owned());
    let plain = generate_route_list(Plain).into_iter().map(|page| page.path().to_owned());
    let functions = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned());
    let files = [UPLOAD, EXPORT, TEMPLATE, FAULTS, CARD, LIVE, copies::PATH];
    let pictures = [reading::LARGE, reading::SMALL];
    let files = files.into_iter().chain(PHOTOS).chain(pictures).map(str::to_owned);
    live.chain(plain).chain(functions).chain(files).collect()
}

/// Every page, every server function under `/api/`, the preference form, the ways of files and the
/// squares of door cards. The caller adds the session layer, the guards and the files of the site.
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
        .merge(plain_pages)
        .leptos_routes_with_context(&options, routes, context, live)
        .fallback(plain)
        .layer(from_fn_with_state(services.clone(), ring::find))
        .layer(from_fn_with_state(services.clone(), note_newest))
        .route("/prefs", post(prefs::save))
        .route(CARD, get(knock).with_state(services.clone()))
        .merge(files(&services))
        .merge(copy)
        .with_state(options)
}

/// The ways of files: what is neither a page nor a server function.
fn files(services: &Services) -> Router<LeptosOptions> {
    let beside = |handler: fn(Services, Request) -> Answer| {
        let services = services.clone();
        move |request: Request| handler(services.clone(), request)
    };
    let photo = || post(beside(|services, request| Box::pin(photos::receive(services, request))));
    let picture = || get(beside(|services, request| Box::pin(reading::picture(services, request))));
    let ways = PHOTOS.into_iter().fold(Router::new(), |all, path| all.route(path, photo()));
    ways.route(reading::LARGE, picture())
        .route(reading::SMALL, picture())
        .route(UPLOAD, post(beside(|services, request| Box::pin(moves::upload(services, request)))))
        .route(EXPORT, post(beside(|services, request| Box::pin(moves::export(services, request)))))
        .route(
            TEMPLATE,
            get(beside(|services, request| Box::pin(moves::template(services, request)))),
        )
        .route(FAULTS, get(beside(|services, request| Box::pin(moves::faults(services, request)))))
        .route(LIVE, get(beside(|services, request| Box::pin(listen(services, request)))))
}

/// An answer to come.
type Answer = Pin<Box<dyn Future<Output = Response> + Send>>;
