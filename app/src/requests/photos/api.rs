//! The server functions of photos: identify, delegate, translate.

use super::{field, reading::pictures};
use crate::{
    error::AppError,
    kept::{self, Fields},
    session::{may, services, signed_in},
    words::lang,
};
use domain::{
    Millis,
    forms::{self, Fault, Field, FormErrors},
    permissions::{Act, Subject},
    requests::{
        LONGEST_NOTE, Move,
        photos::{MOST_PHOTOS, Shows},
        privacy::{headline, masked},
        reasons::DropReason,
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use store::requests::photos::{self as books, Form};
use uuid::Uuid;

/// The longest headline of the page.
const HEADLINE: usize = 40;

/// A photo on the page of photos.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoLine {
    /// Its key.
    pub id: Uuid,
    /// What it shows.
    pub shows: Shows,
    /// Surname and title of who sent it.
    pub called: String,
    /// When.
    pub at: Millis,
    /// The reader may take it down.
    pub may_drop: bool,
}

/// All photos of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotosView {
    /// The present moment.
    pub now: Millis,
    /// The request's code.
    pub code: String,
    /// Its first words, as strangers read them.
    pub headline: String,
    /// The photos, the oldest first.
    pub photos: Vec<PhotoLine>,
    /// The field to add some, as markup; none when the reader may not.
    pub field: Option<String>,
    /// What was typed to take one down and not taken, with that photo.
    pub typed: Fields,
}

/// The photos of a request.
///
/// # Errors
/// [`AppError::NotFound`] for no such request; [`AppError::SignInFirst`], [`AppError::NotAllowed`] for
/// whoever does not see its photos.
#[server(name = AskPhotos, endpoint = "photos/read")]
pub async fn photos(
    /// The request's code.
    code: String,
) -> Result<PhotosView, AppError> {
    let who = crate::session::reader().await?;
    let services = services();
    let (db, now) = (&services.db, services.now());
    let seen = store::requests::reading::read(db, &code, who.as_ref(), now).await?;
    let request = &seen.loaded.request;
    let who = may(Act::SeePhotos, Subject::Request(request)).await?;
    let drops = request.may(Move::DropPhoto, &who, seen.facts).is_ok();
    let anybodys = request.lets_take_down(&who);
    let line = |one: &books::Photo| PhotoLine {
        id: one.id,
        shows: one.shows,
        called: one.called.clone(),
        at: one.at,
        may_drop: drops && (anybodys || one.added_by == who.id),
    };
    let field = match request.may(Move::AddPhotos, &who, seen.facts) {
        Ok(()) => {
            let there = seen.photos.iter().filter(|one| one.shows == Shows::Need).count();
            let waiting = books::waiting(db, who.id, Form::Adding(&code)).await?;
            let fits = there + waiting.len() < usize::from(MOST_PHOTOS) || !waiting.is_empty();
            fits.then(|| field::markup(lang(), Shows::Need, there, &pictures(&waiting)))
        }
        Err(_) => None,
    };
    Ok(PhotosView {
        now,
        headline: headline(&masked(&request.words), HEADLINE),
        photos: seen.photos.iter().map(line).collect(),
        field,
        typed: kept::typed("drop photo").await?,
        code,
    })
}

/// The asker's photos that came with the form are taken.
///
/// # Errors
/// [`AppError::Invalid`] when none came; [`AppError::Refused`].
#[server(endpoint = "requests/add_photos")]
pub async fn add_photos(
    /// The request's code.
    code: String,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    let services = services();
    if !books::add(&services.db, &code, &who, services.now()).await? {
        return Err(AppError::Invalid(FormErrors(vec![(Field::Photos, Fault::Missing)])));
    }
    Ok(())
}

/// Takes a photo down.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Refused`], [`AppError::NotFound`].
#[server(endpoint = "requests/drop_photo")]
pub async fn drop_photo(
    /// The request's code.
    code: String,
    /// The photo's key.
    photo: Uuid,
    /// A key of the reasons.
    #[server(default)]
    reason: String,
    /// A word more.
    #[server(default)]
    note: String,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    let key = photo.to_string();
    kept::keep("drop photo", &[("photo", &key), ("reason", &reason), ("note", &note)]).await?;
    let mut faults = FormErrors::default();
    let reason = DropReason::from_key(&reason).ok_or(Fault::NotAChoice);
    let reason = faults.take(Field::Reason, reason);
    let note = faults.take(Field::Say, forms::maybe_words(&note, LONGEST_NOTE));
    let (Some(reason), Some(note)) = (reason, note) else {
        return Err(AppError::Invalid(faults));
    };
    let services = services();
    let (db, now) = (&services.db, services.now());
    books::take_down(db, &code, photo, (reason, note), &who, now).await?;
    kept::forget().await?;
    // What cannot be deleted now is tried again within the hour.
    match services.album.delete(photo).await {
        Ok(()) => books::cleared(db, photo).await?,
        Err(error) => tracing::warn!(cause = %error, "a picture was not deleted"),
    }
    leptos_axum::redirect(&format!("/requests/{code}/photos"));
    Ok(())
}
