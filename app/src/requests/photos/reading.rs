//! From the album and the books to the pages: the files of a photo, for whoever may see it and for
//! nobody else.

use super::view::Picture;
use crate::{
    cards::account::of_card,
    error::AppError,
    session::{Services, beside_pages, reader, services},
};
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use photos::{AlbumError, Size};
use store::requests::photos::Photo;
use uuid::Uuid;

/// Photos as the pages draw them.
pub(crate) fn pictures(photos: &[Photo]) -> Vec<Picture> {
    let picture = |one: &Photo| Picture {
        id: one.id,
        shows: one.shows,
        width: one.width,
        height: one.height,
    };
    photos.iter().map(picture).collect()
}

/// The large picture.
pub const LARGE: &str = "/photos/{id}";
/// The small one.
pub const SMALL: &str = "/photos/{id}/small";

/// `GET /photos/ID` and `GET /photos/ID/small`. Asked anew each time, since who may see it changes; a
/// browser that has it is told so without the bytes.
pub async fn picture(services: Services, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let headers = parts.headers.clone();
    let mut path = parts.uri.path().split('/').skip(2);
    let id = path.next().and_then(|id| id.parse::<Uuid>().ok());
    let size = if path.next() == Some("small") { Size::Small } else { Size::Large };
    let found = beside_pages(services, parts, found(id, size, &headers)).await;
    match found {
        Ok(answer) => answer,
        Err(AppError::Broken) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn found(id: Option<Uuid>, size: Size, headers: &HeaderMap) -> Result<Response, AppError> {
    let id = id.ok_or(AppError::NotFound)?;
    let who = match reader().await? {
        Some(who) => Some(who),
        None => of_card().await?.map(|(_, household)| household),
    };
    let services = services();
    store::requests::photos::may_see(&services.db, id, who.as_ref()).await?;
    let tag = match size {
        Size::Large => format!("\"{}\"", id.simple()),
        Size::Small => format!("\"{}-small\"", id.simple()),
    };
    let has =
        headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut answer = if has {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from(services.album.get(id, size).await.map_err(gone)?).into_response()
    };
    let out = answer.headers_mut();
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        out.insert(header::ETAG, tag);
    }
    if !has {
        out.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
        out.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
    }
    Ok(answer)
}

fn gone(error: AlbumError) -> AppError {
    if matches!(error, AlbumError::Missing) {
        // The books were restored without their album, or it is being deleted at this moment.
        tracing::warn!("a picture is missing in the album");
        return AppError::NotFound;
    }
    tracing::error!(cause = %error, "a picture cannot be read");
    AppError::Broken
}
