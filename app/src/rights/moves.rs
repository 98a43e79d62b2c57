//! The copy of one's own data as one zip file. A plain handler: its answer is a file, which a server
//! function cannot give.

use super::reading;
use crate::{
    error::AppError,
    prefs,
    proof::fresh_if_set_up,
    session::{Services, services},
};
use ::photos::Size;
use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::people::PersonId;
use leptos::{
    prelude::*,
    reactive::{computed::ScopedFuture, owner::Owner},
    server_fn::error::ServerFnUrlError,
};
use std::io::{Cursor, Write};
use store::rights::copy::Copy;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// Where the form goes.
pub const PATH: &str = "/api/rights/copy";

/// The page with the form.
const PAGE: &str = "/me/data";

/// `POST /api/rights/copy`: a zip with `data.json` and `data.html`.
pub async fn download(State(services): State<Services>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let plain = parts.headers.get_all(header::ACCEPT).iter();
    let plain =
        plain.filter_map(|kinds| kinds.to_str().ok()).any(|kinds| kinds.contains("text/html"));
    let owner = Owner::new();
    let made = owner.with(|| {
        provide_context(parts);
        provide_context(services);
        ScopedFuture::new(made())
    });
    match made.await {
        Ok(zip) => answer(zip),
        Err(error) if plain => back(error),
        Err(error) => refused(&error),
    }
}

async fn made() -> Result<Vec<u8>, AppError> {
    let who = fresh_if_set_up().await?;
    let services = services();
    let copy = store::rights::copy::fetch(&services.db, &who, services.now()).await?;
    let page = reading::html(prefs::language(), &copy, &who.called);
    let photos = photos(&services, who.id, &copy).await?;
    zipped(&copy, &page, &photos).map_err(|error| {
        tracing::error!(cause = %error, "a copy could not be packed");
        AppError::Broken
    })
}

/// The pictures that lie in the album, named in the order of their section.
async fn photos(
    services: &Services,
    who: PersonId,
    copy: &Copy,
) -> Result<Vec<(String, Bytes)>, AppError> {
    let rows = copy.sections.iter().find(|filled| filled.section.key == "photos");
    let rows = rows.map(|filled| filled.rows.as_slice()).unwrap_or_default();
    let mut files = vec![];
    let ids = store::requests::photos::in_copy(&services.db, who).await?;
    for (at, (id, row)) in ids.into_iter().zip(rows).enumerate() {
        let told = row.iter().take(2).flatten().cloned().collect::<Vec<_>>().join("-");
        match services.album.get(id, Size::Large).await {
            Ok(bytes) => files.push((format!("photos/{:03}-{told}.jpg", at + 1), bytes)),
            Err(error) => tracing::warn!(cause = %error, "a picture is missing in a copy"),
        }
    }
    Ok(files)
}

/// The files: the page to read, the same as JSON, and pictures by their names.
///
/// # Errors
/// When the archive cannot be written.
pub fn zipped(
    copy: &Copy,
    page: &str,
    photos: &[(String, Bytes)],
) -> Result<Vec<u8>, zip::result::ZipError> {
    let json = serde_json::to_vec_pretty(&copy.to_json()).unwrap_or_default();
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in [("data.html", page.as_bytes()), ("data.json", &json)] {
        zip.start_file(name, options)?;
        zip.write_all(bytes)?;
    }
    for (name, bytes) in photos {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn answer(zip: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/zip"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"fifteen-metres-data.zip\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, Body::from(zip)).into_response()
}

/// Back to the page, with the reason in its address: as every form without script.
fn back(error: AppError) -> Response {
    let to = ServerFnUrlError::new(PATH, error.unnamed()).to_url(&format!("http://x{PAGE}"));
    let to = to.map_or_else(
        |_| PAGE.to_owned(),
        |url| format!("{PAGE}?{}", url.query().unwrap_or_default()),
    );
    (StatusCode::FOUND, [(header::LOCATION, to)]).into_response()
}

/// As server functions answer a program: the server gives it the status of its kind.
fn refused(error: &AppError) -> Response {
    let body = serde_json::to_string(error).unwrap_or_default();
    (StatusCode::INTERNAL_SERVER_ERROR, [("serverfnerror", PATH)], body).into_response()
}
