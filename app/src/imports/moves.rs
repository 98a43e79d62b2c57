//! Files on their way in and out. No server functions: a form with a file and an answer that is a
//! file are for the browser alone. The same words as everywhere: identify, delegate, translate.

use crate::{
    error::AppError,
    prefs,
    session::{Services, beside_pages, fresh, may, services},
    words::imports as words,
};
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    imports::{List, MOST_BYTES},
    permissions::{Act, Subject},
    sign_in::leading_to,
};
use sheets::{Finished, Format, Writer};
use std::{io::Write, time::Duration};
use store::imports::Order;
use tempfile::{NamedTempFile, TempPath};
use tokio_util::io::ReaderStream;
use uuid::Uuid;

/// Where everything about lists begins.
const HOME: &str = "/imports";
/// How long a form waits for what it started; a large file goes on by itself.
const PATIENCE: Duration = Duration::from_secs(8);
/// The most bytes of a form without a file.
const SMALL: usize = 4 << 10;

/// Why a form with a file was not taken, as a word in the address of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// No file was chosen.
    NoFile,
    /// What it lists was not said.
    NoList,
    /// More bytes than one file may have.
    TooLarge,
    /// It broke off on the way.
    BrokenOff,
}

impl NotTaken {
    /// Every reason.
    pub const ALL: [Self; 4] = [Self::NoFile, Self::NoList, Self::TooLarge, Self::BrokenOff];

    /// Its word in the address.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NoFile => "no_file",
            Self::NoList => "no_list",
            Self::TooLarge => "too_large",
            Self::BrokenOff => "broken_off",
        }
    }
}

/// Why a file did not come in or go out.
enum Failed {
    App(AppError),
    NotTaken(NotTaken),
}

impl<E: Into<AppError>> From<E> for Failed {
    fn from(error: E) -> Self {
        Self::App(error.into())
    }
}

impl Failed {
    /// A program is told by the status, a person is led to where it can be mended.
    fn answer(self, headers: &HeaderMap) -> Response {
        let reads_pages = headers
            .get(header::ACCEPT)
            .and_then(|kinds| kinds.to_str().ok())
            .is_some_and(|kinds| kinds.contains("text/html"));
        let (status, to) = match self {
            Self::App(AppError::SignInFirst) => {
                (StatusCode::UNAUTHORIZED, leading_to("/sign-in", HOME))
            }
            Self::App(AppError::ProofFirst) => (StatusCode::FORBIDDEN, leading_to("/proof", HOME)),
            Self::App(AppError::NotFound) => (StatusCode::NOT_FOUND, HOME.to_owned()),
            Self::App(AppError::Broken) => {
                return StatusCode::INTERNAL_SERVER_ERROR.into_response();
            }
            Self::App(_) => (StatusCode::FORBIDDEN, HOME.to_owned()),
            Self::NotTaken(why) => {
                (StatusCode::UNPROCESSABLE_ENTITY, format!("{HOME}?no={}", why.key()))
            }
        };
        if reads_pages { see(&to) } else { status.into_response() }
    }
}

fn see(path: &str) -> Response {
    let mut answer = StatusCode::SEE_OTHER.into_response();
    let to = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static(HOME));
    answer.headers_mut().insert(header::LOCATION, to);
    answer
}

/// `POST /api/imports/upload`: takes a file and begins to read it; leads to what becomes of it.
pub async fn upload(services: Services, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let headers = parts.headers.clone();
    let taken = beside_pages(services, parts, taken(headers.clone(), body)).await;
    match taken {
        Ok(id) => see(&format!("{HOME}/{id}")),
        Err(failed) => failed.answer(&headers),
    }
}

async fn taken(headers: HeaderMap, body: Body) -> Result<Uuid, Failed> {
    // Before a byte of the file is read.
    may(Act::Import, Subject::House).await?;
    let who = fresh().await?;
    let form = form(&headers, body).await?;
    let list = form.list.ok_or(Failed::NotTaken(NotTaken::NoList))?;
    let path = form.file.ok_or(Failed::NotTaken(NotTaken::NoFile))?;
    let services = services();
    let order = Order { list, dry_run: form.dry_run, who: Some(who.id), at: services.now() };
    let id = store::imports::begin(&services.db, &order).await?;
    let job = tokio::spawn(async move {
        let open = || sheets::open(path.to_path_buf(), list);
        let outcome = store::imports::run(&services.db, &order, &open).await;
        let noted = match outcome {
            Ok(outcome) => store::imports::finish(&services.db, id, &outcome).await,
            Err(error) => {
                tracing::error!(cause = error.cause(), "a list did not come in: {error}");
                store::imports::fail(&services.db, id).await
            }
        };
        if let Err(error) = noted {
            tracing::error!(cause = error.cause(), "what became of a list was not noted: {error}");
        }
    });
    // A large file is read on after the answer; its page says when it is done.
    let _ = tokio::time::timeout(PATIENCE, job).await;
    Ok(id)
}

/// The form with the file.
#[derive(Default)]
struct Form {
    list: Option<List>,
    dry_run: bool,
    /// Gone when it is dropped.
    file: Option<TempPath>,
}

async fn form(headers: &HeaderMap, body: Body) -> Result<Form, Failed> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let boundary = multer::parse_boundary(kind.unwrap_or_default());
    let boundary = boundary.map_err(|_| Failed::NotTaken(NotTaken::NoFile))?;
    let mut parts = multer::Multipart::new(body.into_data_stream(), boundary);
    let mut form = Form::default();
    while let Some(mut part) = parts.next_field().await.map_err(broken_off)? {
        match part.name() {
            Some("file") => {
                let mut file = NamedTempFile::new().map_err(no_room)?;
                let mut bytes = 0;
                while let Some(piece) = part.chunk().await.map_err(broken_off)? {
                    bytes += piece.len() as u64;
                    if bytes > MOST_BYTES {
                        return Err(Failed::NotTaken(NotTaken::TooLarge));
                    }
                    file.write_all(&piece).map_err(no_room)?;
                }
                file.flush().map_err(no_room)?;
                form.file = Some(file.into_temp_path()).filter(|_| bytes > 0);
            }
            Some("list") => form.list = List::from_key(&short(part).await?),
            Some("dry_run") => form.dry_run = short(part).await? == "yes",
            _ => {}
        }
    }
    Ok(form)
}

/// A field that is a word of ours.
async fn short(mut part: multer::Field<'_>) -> Result<String, Failed> {
    let mut word = vec![];
    while let Some(piece) = part.chunk().await.map_err(broken_off)? {
        word.extend_from_slice(&piece[..piece.len().min(SMALL.saturating_sub(word.len()))]);
    }
    Ok(String::from_utf8_lossy(&word).into_owned())
}

fn broken_off(error: multer::Error) -> Failed {
    tracing::info!(cause = ?std::mem::discriminant(&error), "a file did not arrive whole");
    Failed::NotTaken(NotTaken::BrokenOff)
}

fn no_room(error: std::io::Error) -> Failed {
    tracing::error!(cause = ?error.kind(), "a file was not kept");
    Failed::App(AppError::Broken)
}

/// `POST /api/imports/export`: a list as a file, written down before its first byte leaves.
pub async fn export(services: Services, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let headers = parts.headers.clone();
    match beside_pages(services, parts, exported(body)).await {
        Ok((list, format, file)) => sent(&format!("fifteen-{}", list.key()), format, file),
        Err(failed) => failed.answer(&headers),
    }
}

async fn exported(body: Body) -> Result<(List, Format, Finished), Failed> {
    may(Act::Export, Subject::House).await?;
    let who = fresh().await?;
    let sent = to_bytes(body, SMALL).await.map_err(|_| AppError::Network)?;
    let asked: Vec<(String, String)> =
        serde_qs::from_bytes::<std::collections::BTreeMap<_, _>>(&sent)
            .map_err(|_| AppError::Network)?
            .into_iter()
            .collect();
    let of = |name: &str| asked.iter().find(|(key, _)| key == name).map(|(_, value)| value);
    let list = of("list").and_then(|list| List::from_key(list)).ok_or(AppError::NotFound)?;
    let format = of("format").and_then(|one| Format::from_key(one)).ok_or(AppError::NotFound)?;
    let (services, l) = (services(), prefs::language());
    let header: Vec<_> =
        list.columns().iter().map(|one| words::column(l, *one).to_owned()).collect();
    let mut writer = Writer::begin(format, &header).map_err(no_room)?;
    let mut after = None;
    loop {
        let page = store::exports::page(&services.db, list, &who, after, services.now()).await?;
        for cells in &page.rows {
            writer.row(cells).map_err(no_room)?;
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let finished = finished(writer).await?;
    store::exports::note(&services.db, list, finished.rows, &who, services.now()).await?;
    Ok((list, format, finished))
}

/// Packing a workbook takes a while: beside those who answer.
async fn finished(writer: Writer) -> Result<Finished, Failed> {
    let finished = tokio::task::spawn_blocking(|| writer.finish()).await;
    finished.map_err(std::io::Error::other).and_then(|file| file).map_err(no_room)
}

/// An answer that the browser keeps as a file.
pub(super) fn sent(name: &str, format: Format, file: Finished) -> Response {
    let stream = ReaderStream::with_capacity(tokio::fs::File::from_std(file.file), 64 << 10);
    let mut answer = Body::from_stream(stream).into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(file.bytes));
    let name = format!("attachment; filename=\"{name}.{}\"", format.key());
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    answer
}

/// `GET /imports/templates/people.xlsx`: an empty list to fill in.
pub async fn template(services: Services, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let headers = parts.headers.clone();
    let name = parts.uri.path().rsplit('/').next().unwrap_or_default().to_owned();
    let made = beside_pages(services, parts, async move {
        may(Act::Import, Subject::House).await?;
        let (list, format) = name.split_once('.').ok_or(AppError::NotFound)?;
        let list = List::from_key(list).ok_or(AppError::NotFound)?;
        let format = Format::from_key(format).ok_or(AppError::NotFound)?;
        let file = sheets::template(list, format, &words::notes(list)).map_err(no_room)?;
        Ok::<_, Failed>((list, format, file))
    });
    match made.await {
        Ok((list, format, file)) => sent(&format!("template-{}", list.key()), format, file),
        Err(failed) => failed.answer(&headers),
    }
}

/// `GET /imports/ID/faults.csv`: every mistake of a file that was kept, to be mended row by row.
pub async fn faults(services: Services, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let headers = parts.headers.clone();
    let id = parts.uri.path().split('/').nth(2).unwrap_or_default().to_owned();
    let made = beside_pages(services, parts, async move {
        may(Act::Import, Subject::House).await?;
        let id: Uuid = id.parse().map_err(|_| AppError::NotFound)?;
        let l = prefs::language();
        let faults = super::reading::all_faults(id).await?;
        let mut writer = Writer::begin(Format::Csv, &words::fault_header(l)).map_err(no_room)?;
        for fault in &faults {
            writer.row(&words::fault_row(l, fault)).map_err(no_room)?;
        }
        writer.finish().map_err(no_room)
    });
    match made.await {
        Ok(file) => sent("faults", Format::Csv, file),
        Err(failed) => failed.answer(&headers),
    }
}
