//! The files of the built site, held in memory: a map from path to bytes, so no request can name
//! anything else. Files under `/pkg/` carry a hash in their name and never change.

use app::session::SiteNames;
use axum::{
    body::Body,
    extract::{Request, State},
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
        header::{
            ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH,
            CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
        },
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};
use std::{
    borrow::Cow,
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

/// Compiled in with the feature `embed`; empty without.
static EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// Where `xtask` builds the site.
const BUILT: &str = "target/site";

/// The list of names, which is not served.
const NAMES: &str = "site.json";

/// The worker that phones keep for when there is no network.
const WORKER: &str = "sw.js";

/// What stands in its place when it is not wanted: it clears what phones kept, and ends itself.
const NO_WORKER: &str = include_str!("site/no-worker.js");

/// What the worker may do: ask this house, and nothing else.
const OF_THE_WORKER: HeaderValue =
    HeaderValue::from_static("default-src 'none'; script-src 'self'; connect-src 'self'");
const EACH_TIME: HeaderValue = HeaderValue::from_static("no-cache");
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// The files of the site.
#[derive(Debug, Default)]
pub struct Site {
    /// The names of the three that every page asks for.
    pub names: SiteNames,
    files: HashMap<String, File>,
}

/// One file with the ways it can travel.
#[derive(Debug)]
struct File {
    kind: HeaderValue,
    keep: HeaderValue,
    policy: Option<HeaderValue>,
    etag: HeaderValue,
    plain: Bytes,
    br: Option<Bytes>,
    gz: Option<Bytes>,
}

type Bytes = axum::body::Bytes;

/// Why a site cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// The folder cannot be read.
    #[error("{}: {}", .0.display(), .1)]
    Unreadable(PathBuf, #[source] io::Error),
    /// The list of names is damaged, or names a file that is not there.
    #[error("{NAMES} {0}")]
    Names(String),
}

impl Site {
    /// The site compiled into this program, else the one that `xtask` built, else none.
    ///
    /// # Errors
    /// [`SiteError`] when there is one but it is damaged.
    pub fn of_this_program() -> Result<Self, SiteError> {
        if !EMBEDDED.is_empty() {
            let embedded =
                EMBEDDED.iter().map(|(path, bytes)| ((*path).to_owned(), Cow::from(*bytes)));
            return Self::from_files(embedded.collect());
        }
        let built = Path::new(BUILT);
        if built.join(NAMES).exists() { Self::from_folder(built) } else { Ok(Self::default()) }
    }

    /// Reads a folder with a built site.
    ///
    /// # Errors
    /// [`SiteError`].
    pub fn from_folder(folder: &Path) -> Result<Self, SiteError> {
        let mut files = HashMap::new();
        read(folder, folder, &mut files)
            .map_err(|error| SiteError::Unreadable(folder.to_owned(), error))?;
        Self::from_files(files)
    }

    fn from_files(mut files: HashMap<String, Cow<'static, [u8]>>) -> Result<Self, SiteError> {
        let names = files.remove(NAMES).ok_or(SiteError::Names("is missing".to_owned()))?;
        let names: SiteNames =
            serde_json::from_slice(&names).map_err(|error| SiteError::Names(error.to_string()))?;
        let page = Some(&names.page).filter(|name| !name.is_empty());
        for name in [&names.js, &names.wasm, &names.css].into_iter().chain(page) {
            if !files.contains_key(&format!("pkg/{name}")) {
                return Err(SiteError::Names(format!("names {name}, which is not in pkg")));
            }
        }
        let paths: Vec<_> = files.keys().cloned().collect();
        let is_sibling = |path: &str| {
            let base = path.strip_suffix(".br").or_else(|| path.strip_suffix(".gz"));
            base.is_some_and(|base| files.contains_key(base))
        };
        let own: Vec<_> = paths.into_iter().filter(|path| !is_sibling(path)).collect();
        let files = own
            .into_iter()
            .filter_map(|path| Some((format!("/{path}"), File::new(&path, &mut files)?)))
            .collect();
        Ok(Self { names, files })
    }

    /// The same with a worker that ends itself on every phone and takes along what it kept.
    #[must_use]
    pub fn without_worker(mut self) -> Self {
        let mut alone = HashMap::from([(WORKER.to_owned(), Cow::from(NO_WORKER.as_bytes()))]);
        self.files.extend(Some(format!("/{WORKER}")).zip(File::new(WORKER, &mut alone)));
        self
    }

    /// Whether there is no site.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

impl File {
    fn new(path: &str, files: &mut HashMap<String, Cow<'static, [u8]>>) -> Option<Self> {
        let plain = files.remove(path)?;
        let mut sibling = |ending| files.remove(&format!("{path}{ending}")).map(bytes);
        let mut kind = mime_guess::from_path(path).first_or_octet_stream().to_string();
        if kind.starts_with("text/") {
            kind.push_str("; charset=utf-8");
        }
        let hash = format!("{:x}", Sha256::digest(&plain));
        Some(Self {
            kind: kind.parse().ok()?,
            keep: match path {
                WORKER => EACH_TIME,
                path if path.starts_with("pkg/") => FOREVER,
                _ => AN_HOUR,
            },
            policy: (path == WORKER).then_some(OF_THE_WORKER),
            // Weak: the same for every encoding.
            etag: format!("W/\"{}\"", &hash[..16]).parse().ok()?,
            br: sibling(".br"),
            gz: sibling(".gz"),
            plain: bytes(plain),
        })
    }

    fn answer(&self, headers: &HeaderMap, head: bool) -> Response {
        let mut response = Response::new(Body::empty());
        let out = response.headers_mut();
        out.insert(CACHE_CONTROL, self.keep.clone());
        out.insert(ETAG, self.etag.clone());
        if let Some(policy) = &self.policy {
            out.insert(CONTENT_SECURITY_POLICY, policy.clone());
        }
        if self.br.is_some() || self.gz.is_some() {
            out.insert(VARY, HeaderValue::from_name(ACCEPT_ENCODING));
        }
        if has(headers, &IF_NONE_MATCH, &self.etag) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
        out.insert(CONTENT_TYPE, self.kind.clone());
        let (encoding, body) = match (&self.br, &self.gz) {
            (Some(br), _) if accepts(headers, "br") => (Some("br"), br),
            (_, Some(gz)) if accepts(headers, "gzip") => (Some("gzip"), gz),
            _ => (None, &self.plain),
        };
        if let Some(encoding) = encoding {
            out.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        out.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
        if !head {
            *response.body_mut() = Body::from(body.clone());
        }
        response
    }
}

/// Answers when the path is a file of the site; all else goes on.
pub async fn files(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let head = request.method() == Method::HEAD;
    match site.files.get(request.uri().path()) {
        Some(file) if head || request.method() == Method::GET => {
            file.answer(request.headers(), head)
        }
        Some(_) => StatusCode::METHOD_NOT_ALLOWED.into_response(),
        None => next.run(request).await,
    }
}

fn bytes(from: Cow<'static, [u8]>) -> Bytes {
    match from {
        Cow::Borrowed(there) => Bytes::from_static(there),
        Cow::Owned(read) => Bytes::from(read),
    }
}

fn items<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    headers
        .get_all(name)
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
}

fn has(headers: &HeaderMap, name: &HeaderName, etag: &HeaderValue) -> bool {
    items(headers, name).any(|item| item == "*" || item.as_bytes() == etag.as_bytes())
}

/// Whether the browser takes an encoding: named, and not with a weight of nought.
fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    items(headers, &ACCEPT_ENCODING).any(|item| {
        let (name, weight) = item.split_once(';').unwrap_or((item, ""));
        let weight = weight.trim().strip_prefix("q=").unwrap_or("1");
        name.trim().eq_ignore_ascii_case(encoding) && weight.parse::<f32>().is_ok_and(|q| q > 0.0)
    })
}

fn read(
    root: &Path,
    folder: &Path,
    files: &mut HashMap<String, Cow<'static, [u8]>>,
) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read(root, &path, files)?;
        } else if let Some(name) = path.strip_prefix(root).ok().and_then(Path::to_str) {
            files.insert(name.to_owned(), Cow::Owned(fs::read(&path)?));
        }
    }
    Ok(())
}
