//! `GET /live`: a stream of events, or with `poll=1` what came since. Which page: `page=board`,
//! `page=desk` or `code=`; since when: `since=` a change, or `at=` the moment of the page. It tells codes
//! and words, and only of what this reader sees there.

use super::{
    hub::Listening,
    reading::{Listener, Told, What},
};
use crate::{
    error::AppError,
    prefs,
    session::{Services, beside_pages},
};
use axum::{
    extract::{Query, Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header::RETRY_AFTER},
    middleware::Next,
    response::{
        IntoResponse, Json, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use domain::Millis;
use futures_util::stream::unfold;
use leptos::prelude::provide_context;
use serde::{Deserialize, Serialize};
use std::{collections::VecDeque, convert::Infallible, time::Duration};
use tokio::{
    sync::broadcast::error::RecvError,
    time::{Instant, sleep_until},
};

/// A stream ends after so long; the browser comes again, and is asked anew who it is.
const LASTS: Duration = Duration::from_secs(600);
/// A word now and then, so that nobody on the way thinks that the line is dead.
const PULSE: Duration = Duration::from_secs(25);

#[derive(Debug, Default, Deserialize)]
struct Asked {
    page: Option<String>,
    code: Option<String>,
    since: Option<i64>,
    at: Option<Millis>,
    poll: Option<String>,
}

/// What came since, for who asks now and then.
#[derive(Serialize)]
struct Since {
    seq: i64,
    told: Vec<Told>,
    stale: bool,
}

/// Answers who wants to hear of changes.
pub async fn listen(services: Services, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let Ok(Query(asked)) = Query::<Asked>::try_from_uri(&parts.uri) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let heard = parts.headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    let live = services.live.clone();
    let poll = asked.poll.is_some();
    let since = heard.or(asked.since);
    let what = match (asked.code, asked.page.as_deref()) {
        (Some(code), _) => What::One(code),
        (None, Some("desk")) => What::Desk,
        (None, _) => What::Board,
    };
    // Before the books are read: nothing falls between.
    let listening = if poll { None } else { live.enter() };
    if !poll && listening.is_none() {
        return full();
    }
    let answer = beside_pages(services, parts, async move {
        provide_context(prefs::language());
        let mut listener = Listener::of(what, since, asked.at).await?;
        let missed = listener.missed().await?;
        Ok((listener, missed))
    });
    let (listener, missed) = match answer.await {
        Ok(answer) => answer,
        Err(error) => return refused(&error),
    };
    match listening {
        None => {
            let stale = missed.is_none();
            let told = missed.unwrap_or_default();
            Json(Since { seq: listener.last, told, stale }).into_response()
        }
        Some(listening) => stream(listening, listener, missed),
    }
}

fn full() -> Response {
    let mut answer = StatusCode::SERVICE_UNAVAILABLE.into_response();
    answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("30"));
    answer
}

fn refused(error: &AppError) -> Response {
    match error {
        AppError::NotFound => StatusCode::NOT_FOUND,
        AppError::SignInFirst => StatusCode::UNAUTHORIZED,
        AppError::Broken | AppError::Network => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::FORBIDDEN,
    }
    .into_response()
}

/// What goes down one line.
struct Line {
    listening: Listening,
    listener: Listener,
    ready: VecDeque<Event>,
    ends: Instant,
}

fn stream(listening: Listening, listener: Listener, missed: Option<Vec<Told>>) -> Response {
    let seq = listener.last;
    // The first word says where they are, so that a line that breaks goes on from there.
    let first = if missed.is_some() { "hello" } else { "stale" };
    let mut ready = VecDeque::from([named(first, seq)]);
    ready.extend(missed.iter().flatten().filter_map(|told| change(told, seq)));
    let line = Line { listening, listener, ready, ends: Instant::now() + LASTS };
    let events = unfold(line, |mut line| async move {
        let event = line.next().await?;
        Some((Ok::<_, Infallible>(event), line))
    });
    let mut answer = Sse::new(events).keep_alive(KeepAlive::new().interval(PULSE)).into_response();
    // A proxy that waits for more keeps the words to itself.
    let unbuffered = HeaderName::from_static("x-accel-buffering");
    answer.headers_mut().insert(unbuffered, HeaderValue::from_static("no"));
    answer
}

impl Line {
    /// The next event; none when the line ends.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            let received = tokio::select! {
                biased;
                _ = self.listening.stop.wait_for(|stop| *stop) => return None,
                () = sleep_until(self.ends) => return None,
                received = self.listening.changes.recv() => received,
            };
            match received {
                Ok(one) => {
                    let told = self.listener.hears(&one).await;
                    let seq = self.listener.last;
                    self.ready.extend(told.and_then(|told| change(&told, seq)));
                }
                Err(RecvError::Lagged(_)) => {
                    self.ready.push_back(named("stale", self.listener.last));
                }
                Err(RecvError::Closed) => return None,
            }
        }
    }
}

fn named(name: &'static str, seq: i64) -> Event {
    Event::default().event(name).id(seq.to_string()).data("{}")
}

fn change(told: &Told, seq: i64) -> Option<Event> {
    Event::default().event("change").id(seq.to_string()).json_data(told).ok()
}

/// Whether a page follows what changes: the script goes with those alone.
pub(crate) fn follows(path: &str) -> bool {
    let code = path.strip_prefix("/requests/");
    let is_code = |code: &str| {
        !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
    };
    matches!(path, "/" | "/board" | "/desk") || code.is_some_and(is_code)
}

/// The last change that a page knows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Knows(pub i64);

/// Notes before a page is drawn up to which change it knows everything: nothing falls between, and
/// nothing that it shows is told once more.
pub(crate) async fn note_newest(
    State(services): State<Services>,
    mut request: Request,
    next: Next,
) -> Response {
    if request.method() == Method::GET && follows(request.uri().path()) {
        match store::live::newest(&services.db).await {
            Ok(seq) => {
                request.extensions_mut().insert(Knows(seq));
            }
            Err(error) => tracing::warn!(%error, "a page follows from its moment on"),
        }
    }
    next.run(request).await
}
