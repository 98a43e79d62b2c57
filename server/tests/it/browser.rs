//! Browsers to visit a house with: with cookies, with and without JavaScript.

use crate::house::{HOST, House};
use app::error::AppError;
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use std::{collections::BTreeMap, sync::Mutex};

/// A browser with its cookies.
pub struct Browser<'a> {
    house: &'a House,
    cookies: Mutex<BTreeMap<String, String>>,
}

impl<'a> Browser<'a> {
    /// One that has never been here.
    pub fn new(house: &'a House) -> Self {
        Self { house, cookies: Mutex::default() }
    }

    /// Visits a page.
    pub async fn visit(&self, path: &str) -> Answer {
        self.send(self.request("GET", path, "text/html").body(Body::empty()).unwrap()).await
    }

    /// Asks for a file the way a program does.
    pub async fn asks(&self, path: &str) -> Answer {
        self.send(self.request("GET", path, "*/*").body(Body::empty()).unwrap()).await
    }

    /// Hands a file in, the way a browser does: fields, then the file.
    pub async fn hands_in(&self, path: &str, fields: &[(&str, &str)], file: &[u8]) -> Answer {
        const EDGE: &str = "----fifteen";
        let mut body = vec![];
        for (name, value) in fields {
            let part = format!(
                "--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
            body.extend_from_slice(part.as_bytes());
        }
        let part = format!(
            "--{EDGE}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"list.csv\"\r\n\
             Content-Type: text/csv\r\n\r\n"
        );
        body.extend_from_slice(part.as_bytes());
        body.extend_from_slice(file);
        body.extend_from_slice(format!("\r\n--{EDGE}--\r\n").as_bytes());
        let request = self
            .request("POST", path, "text/html,application/xhtml+xml")
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"))
            .header(header::CONTENT_LENGTH, body.len())
            .header(header::ORIGIN, format!("http://{HOST}"))
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    /// Submits a form the way a browser without JavaScript does, from the page `/from`.
    pub async fn submit(&self, path: &str, form: &str) -> Answer {
        self.post(path, form, "text/html,application/xhtml+xml").await
    }

    /// Calls a server function the way the program in the browser does.
    pub async fn call(&self, path: &str, form: &str) -> Answer {
        self.post(path, form, "application/json").await
    }

    async fn post(&self, path: &str, form: &str, accept: &str) -> Answer {
        let request = self
            .request("POST", path, accept)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::REFERER, format!("http://{HOST}/from"))
            .header(header::ORIGIN, format!("http://{HOST}"))
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(form.to_owned()))
            .unwrap();
        self.send(request).await
    }

    /// A request with the host and the cookies of this browser.
    pub fn request(&self, method: &str, path: &str, accept: &str) -> axum::http::request::Builder {
        let cookies = self.cookies.lock().unwrap();
        let cookies: Vec<_> =
            cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, HOST)
            .header(header::ACCEPT, accept)
            .header(header::COOKIE, cookies.join("; "))
    }

    /// Sends a request and keeps the cookies of the answer.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let answer = self.house.send(request).await;
        for cookie in answer.headers.get_all(header::SET_COOKIE) {
            let text = cookie.to_str().unwrap();
            let (pair, rest) = text.split_once(';').unwrap_or((text, ""));
            let (name, value) = pair.split_once('=').unwrap();
            if rest.contains("Max-Age=0") {
                self.cookies.lock().unwrap().remove(name);
            } else {
                self.put_cookie(name, value);
            }
        }
        answer
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    /// Puts a cookie into the jar.
    pub fn put_cookie(&self, name: &str, value: &str) {
        self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, as it travelled.
    pub body: Bytes,
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.body.to_vec()).unwrap()
    }

    /// A header as text; empty when it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// Where a form post is sent, as a path of this house with its query.
    pub fn location(&self) -> String {
        assert_eq!(self.status, StatusCode::FOUND, "{self:?}");
        let to = self.header("location");
        to.strip_prefix(&format!("http://{HOST}")).unwrap_or(to).trim_end_matches('?').to_owned()
    }

    /// The error of a server function that was called by the program.
    pub fn error(&self) -> AppError {
        assert!(!self.status.is_success(), "{self:?}");
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{self:?}"))
    }
}
