//! Photos on their way in, with the form that they belong to. No server functions: a form with files
//! is for the browser alone. Each photo is read, made plain and kept before the next, so that one form
//! never stands in memory whole. What else the form holds goes the way that it goes without photos.

use super::super::{
    api::{ALIKE, SubmitRequest, file},
    moves::{FinishRequest, finish_request},
    view::Typed,
};
use super::api::{AddPhotos, add_photos};
use crate::{
    cards::account::{of_card, one_more_waits, waiting_photos},
    cards::moves::{SubmitByCard, faults_by_card, file_by_card},
    error::AppError,
    repeat,
    session::{self, Services, beside_pages, reader, services},
};
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    forms::{Fault, Field, FormErrors},
    people::Actor,
    permissions::{Act, Subject, can},
    requests::{
        Move,
        photos::{MOST_BYTES, Unfit},
    },
};
use leptos::server_fn::{ServerFn, error::ServerFnUrlError};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use store::requests::photos::{self as books, Form, Picture};
use uuid::Uuid;

/// A new request with photos.
pub const SUBMIT: &str = "/api/photos/submit";
/// The same of a household that scanned its card.
pub const BY_CARD: &str = "/api/photos/card";
/// More photos of what it is about.
pub const ADD: &str = "/api/photos/add";
/// The word that it is done, with photos.
pub const FINISH: &str = "/api/photos/finish";

/// The most bytes of all other fields together.
const MOST_OF_FIELDS: usize = 64 << 10;

/// What a form held besides its photos.
#[derive(Default)]
struct Sent {
    fields: BTreeMap<String, String>,
    /// The card by which it is sent.
    card: Option<Uuid>,
    bytes: usize,
    unfit: Option<Unfit>,
}

/// `POST` to one of the four: leads to where the form leads, or back to it.
pub async fn receive(services: Services, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let headers = parts.headers.clone();
    let path = parts.uri.path().to_owned();
    let mut sent = Sent::default();
    let taken = beside_pages(services, parts, taken(&path, &mut sent, &headers, body)).await;
    let to = match taken {
        Ok(to) => to,
        Err(AppError::Broken) => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Err(error) => back(&path, &sent, error),
    };
    leading(&to, &headers)
}

/// A person goes there by themselves; the page's script, which shows how far the sending is, is told.
fn leading(to: &str, headers: &HeaderMap) -> Response {
    let accepts = headers.get(header::ACCEPT).and_then(|kinds| kinds.to_str().ok());
    if !accepts.is_some_and(|kinds| kinds.contains("text/html")) {
        let told = serde_json::json!({ "to": to }).to_string();
        return ([(header::CONTENT_TYPE, "application/json")], told).into_response();
    }
    let mut answer = StatusCode::SEE_OTHER.into_response();
    let to = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/mine"));
    answer.headers_mut().insert(header::LOCATION, to);
    answer
}

/// The page that the form stands on, with the reason in its address, as every form without script.
fn back(path: &str, sent: &Sent, error: AppError) -> String {
    let code = sent.code().unwrap_or_default();
    let (page, function) = match path {
        FINISH => (format!("/requests/{code}"), FinishRequest::PATH),
        ADD => (format!("/requests/{code}/photos"), AddPhotos::PATH),
        BY_CARD => ("/card/new".to_owned(), SubmitByCard::PATH),
        _ => ("/requests/new".to_owned(), SubmitRequest::PATH),
    };
    let to = ServerFnUrlError::new(function, error.unnamed()).to_url(&format!("http://x{page}"));
    to.map_or(page.clone(), |url| format!("{page}?{}", url.query().unwrap_or_default()))
}

async fn taken(
    path: &str,
    sent: &mut Sent,
    headers: &HeaderMap,
    body: Body,
) -> Result<String, AppError> {
    let who = match path {
        BY_CARD => of_card().await?.map(|(card, household)| {
            sent.card = Some(card);
            household
        }),
        _ => reader().await?,
    };
    sent.read(path, who.as_ref(), headers, body).await?;
    match path {
        BY_CARD => filed_by_card(sent, who).await,
        FINISH => finished(sent).await,
        ADD => added(sent).await,
        _ => filed(sent, who).await,
    }
}

/// Files the request; whatever waits with the form belongs to it.
async fn filed(sent: &Sent, who: Option<Actor>) -> Result<String, AppError> {
    let form: SubmitRequest = sent.as_form()?;
    if let Some(unfit) = sent.unfit {
        let SubmitRequest { draft, repeat, .. } = form;
        session::keep_draft(&draft).await?;
        repeat::keep(&repeat).await?;
        let home = who.and_then(|who| who.home);
        let door_known = home.is_some_and(|home| home.door.is_some());
        let mut faults = draft.parse(door_known).err().unwrap_or_default();
        faults.0.extend(FormErrors(vec![(Field::Photos, Fault::Photo(unfit))]).0);
        return Err(AppError::Invalid(faults));
    }
    // What waits stays with the form until its asker has said.
    let Some(code) = file(form).await? else { return Ok(ALIKE.to_owned()) };
    // The same form sent twice: what came the second time is not for the next request.
    take_back(who.as_ref(), |_| true).await?;
    Ok(format!("/requests/{code}"))
}

/// Files it as the household whose card opened this session.
async fn filed_by_card(sent: &Sent, who: Option<Actor>) -> Result<String, AppError> {
    let SubmitByCard { key, draft } = sent.as_form()?;
    if let Some(unfit) = sent.unfit {
        let mut faults = faults_by_card(draft).await?;
        faults.0.extend(FormErrors(vec![(Field::Photos, Fault::Photo(unfit))]).0);
        return Err(AppError::Invalid(faults));
    }
    let own = match sent.card {
        Some(card) => waiting_photos(card).await?,
        None => vec![],
    };
    let code = file_by_card(key, draft).await?;
    take_back(who.as_ref(), |photo| own.contains(&photo)).await?;
    Ok(format!("/card/requests/{code}"))
}

/// Takes back what waits with the form of a new request.
async fn take_back(who: Option<&Actor>, which: impl Fn(Uuid) -> bool) -> Result<(), AppError> {
    let (Some(who), services) = (who, services()) else { return Ok(()) };
    for photo in books::waiting(&services.db, who.id, Form::Filing).await? {
        if which(photo.id) {
            books::take_back(&services.db, who.id, photo.id, services.now()).await?;
        }
    }
    Ok(())
}

async fn finished(sent: &Sent) -> Result<String, AppError> {
    let FinishRequest { code, minutes, note } = sent.as_form()?;
    if let Some(unfit) = sent.unfit {
        let typed = Typed { code, mv: Some(Move::Finish), note, minutes, ..Typed::default() };
        session::keep_typed(&typed.cut()).await?;
        return Err(sent.at_field(unfit));
    }
    finish_request(code.clone(), minutes, note).await?;
    Ok(format!("/requests/{code}"))
}

async fn added(sent: &Sent) -> Result<String, AppError> {
    if let Some(unfit) = sent.unfit {
        return Err(sent.at_field(unfit));
    }
    let code = sent.code().ok_or(AppError::NotFound)?.to_owned();
    add_photos(code.clone()).await?;
    Ok(format!("/requests/{code}"))
}

impl Sent {
    /// The code of the request, if it can be one: it becomes part of an address.
    fn code(&self) -> Option<&str> {
        let plain = |code: &&String| {
            code.len() < 20 && code.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
        };
        self.fields.get("code").filter(plain).map(String::as_str)
    }

    fn at_field(&self, unfit: Unfit) -> AppError {
        AppError::Invalid(FormErrors(vec![(Field::Photos, Fault::Photo(unfit))]))
    }

    /// The fields as the server function of the same form reads them.
    fn as_form<T: DeserializeOwned>(&self) -> Result<T, AppError> {
        let text = serde_qs::to_string(&self.fields).map_err(|_| AppError::Network)?;
        serde_qs::Config::new(5, false).deserialize_str(&text).map_err(|_| AppError::Network)
    }

    /// Which form the photos came with, once its code has been read.
    fn form(&self, path: &str) -> Option<Form<'_>> {
        match path {
            FINISH => self.code().map(Form::Finishing),
            ADD => self.code().map(Form::Adding),
            _ => Some(Form::Filing),
        }
    }

    /// Reads the form piece by piece and keeps its photos. Of whoever may not file nothing is kept.
    async fn read(
        &mut self,
        path: &str,
        who: Option<&Actor>,
        headers: &HeaderMap,
        body: Body,
    ) -> Result<(), AppError> {
        let who = who.filter(|who| {
            ![SUBMIT, BY_CARD].contains(&path) || can(Some(*who), Act::Ask, Subject::House).is_ok()
        });
        let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let boundary = multer::parse_boundary(kind.unwrap_or_default());
        let boundary = boundary.map_err(|_| AppError::Network)?;
        let mut parts = multer::Multipart::new(body.into_data_stream(), boundary);
        while let Some(mut part) = parts.next_field().await.map_err(broken_off)? {
            let name = part.name().unwrap_or_default().to_owned();
            match (name.as_str(), who) {
                // Words where a file belongs: the program sends an empty choice so.
                ("photo" | "photos", _) if part.file_name().is_none() => {
                    self.word(part).await?;
                }
                ("photo" | "photos", Some(who)) => {
                    let file = bytes_of(&mut part).await?;
                    self.keep(path, who, file).await?;
                }
                ("drop_photo", Some(who)) => {
                    let services = services();
                    if let Ok(id) = self.word(part).await?.parse() {
                        books::take_back(&services.db, who.id, id, services.now()).await?;
                    }
                }
                // Nobody reads it, and it ends nowhere.
                ("photo" | "photos" | "drop_photo", None) => {
                    bytes_of(&mut part).await?.ok();
                }
                _ => {
                    let word = self.word(part).await?;
                    self.fields.insert(name, word);
                }
            }
        }
        Ok(())
    }

    /// A field that is no file.
    async fn word(&mut self, mut part: multer::Field<'_>) -> Result<String, AppError> {
        let mut word = vec![];
        while let Some(piece) = part.chunk().await.map_err(broken_off)? {
            self.bytes += piece.len();
            if self.bytes > MOST_OF_FIELDS {
                return Err(AppError::Network);
            }
            word.extend_from_slice(&piece);
        }
        Ok(String::from_utf8_lossy(&word).into_owned())
    }

    /// Makes a photo plain and keeps it with the form; what is wrong with it is told once the whole
    /// form has been read.
    async fn keep(
        &mut self,
        path: &str,
        who: &Actor,
        file: Result<Vec<u8>, Unfit>,
    ) -> Result<(), AppError> {
        let outcome = match file {
            // Nothing was chosen.
            Ok(file) if file.is_empty() => return Ok(()),
            Ok(_) if self.unfit == Some(Unfit::Count) => return Ok(()),
            Ok(file) => {
                if let Some(card) = self.card {
                    may_send(card, who).await?;
                }
                let form = self.form(path).ok_or(AppError::NotFound)?;
                match kept(who, form, file).await? {
                    Ok(photo) => {
                        if let Some(card) = self.card {
                            one_more_waits(card, photo).await?;
                        }
                        Ok(())
                    }
                    Err(unfit) => Err(unfit),
                }
            }
            Err(unfit) => Err(unfit),
        };
        self.unfit = self.unfit.or(outcome.err());
        Ok(())
    }
}

/// Whether a card may send one more photo. What waits of the same household in other sessions goes:
/// their phone may be anybody's, and it would take the room.
async fn may_send(card: Uuid, household: &Actor) -> Result<(), AppError> {
    let services = services();
    store::cards::count_photo(&services.db, card, services.now()).await?;
    let own = waiting_photos(card).await?;
    take_back(Some(household), |photo| !own.contains(&photo)).await
}

async fn kept(who: &Actor, form: Form<'_>, file: Vec<u8>) -> Result<Result<Uuid, Unfit>, AppError> {
    let plain = match photos::plain(file).await {
        Ok(plain) => plain,
        Err(unfit) => return Ok(Err(unfit)),
    };
    let services = services();
    let (db, now) = (&services.db, services.now());
    let id = books::expect(db, now).await?;
    services.album.put(id, plain.large, plain.small).await.map_err(|error| {
        tracing::error!(cause = %error, "a picture was not kept");
        AppError::Broken
    })?;
    let (width, height, digest) = (plain.width, plain.height, plain.digest);
    let picture = Picture { id, width, height, digest };
    Ok(books::keep(db, who, form, &picture, now).await?.map(|()| id))
}

/// The bytes of a file. One that is too large is read to its end all the same, so that its sender
/// hears what is wrong with it.
async fn bytes_of(part: &mut multer::Field<'_>) -> Result<Result<Vec<u8>, Unfit>, AppError> {
    let mut file = vec![];
    let mut too_large = false;
    while let Some(piece) = part.chunk().await.map_err(broken_off)? {
        too_large |= file.len() + piece.len() > MOST_BYTES;
        if too_large {
            file.clear();
        } else {
            file.extend_from_slice(&piece);
        }
    }
    Ok(if too_large { Err(Unfit::Bytes) } else { Ok(file) })
}

fn broken_off(error: multer::Error) -> AppError {
    tracing::info!(cause = ?std::mem::discriminant(&error), "a form with photos did not arrive whole");
    AppError::Network
}
