//! Opens the door, and closes it well: on SIGTERM or SIGINT nobody new comes in, those inside are
//! served to the end, then the books are closed.

use crate::{
    StartError, build,
    config::{Config, LogFormat},
    connections::{self, Bounds},
    jobs,
    notices::outbox,
    sessions,
};
use app::live::hub::Live;
use axum::Router;
use std::{
    io::{self, IsTerminal},
    sync::Arc,
    time::Duration,
};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
    task::JoinError,
    time::timeout,
};
use tracing_subscriber::{EnvFilter, fmt};

/// How long those inside are waited for.
const GRACE: Duration = Duration::from_secs(8);

/// How long the books may take to close.
const CLOSING: Duration = Duration::from_secs(2);

/// Starts the log, on stderr. Called once.
pub fn start_log(config: &Config) {
    let filter = EnvFilter::try_new(&config.log_filter).unwrap_or_default();
    let colours = io::stderr().is_terminal();
    let log = fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(colours);
    match config.log {
        LogFormat::Text => log.with_target(false).init(),
        LogFormat::Json => log.json().init(),
    }
    // The message of a panic may quote a row, so only its place is logged.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a panic");
    }));
}

/// Answers until told to stop.
///
/// # Errors
/// [`StartError`].
pub async fn serve(config: &Config) -> Result<(), StartError> {
    let house = build(config).await?;
    let listener = TcpListener::bind(config.listen).await.map_err(StartError::Listen)?;
    let address = listener.local_addr().map_err(StartError::Listen)?;
    println!("open: http://{address}");
    if config.demo {
        println!("people to try: http://{address}/demo");
    }
    let sweeping =
        tokio::spawn(sessions::sweep(house.db.clone(), Arc::clone(&house.clock), house.album));
    let (stop, stopped) = watch::channel(false);
    let (books, clock) = (house.db.clone(), Arc::clone(&house.clock));
    let mut ticking = tokio::spawn(jobs::tick(books, clock, config.tick, stopped.clone()));
    let (books, clock) = (house.db.clone(), Arc::clone(&house.clock));
    let mut carrying = tokio::spawn(outbox::carry(books, clock, house.carriers, stopped));

    let outcome = until_told(listener, house.router, house.live).await;

    sweeping.abort();
    let _ = stop.send(true);
    let (ticked, carried) =
        tokio::join!(timeout(CLOSING, &mut ticking), timeout(CLOSING, &mut carrying));
    if ticked.is_err() {
        // What it was doing is undone whole, and done when the house opens again.
        ticking.abort();
    }
    if carried.is_err() {
        // What was under way may have gone out: it goes once more, under the same key.
        carrying.abort();
    }
    if timeout(CLOSING, house.db.close()).await.is_err() {
        tracing::warn!("the database was left before it had closed");
    }
    tracing::info!("closed");
    outcome
}

async fn until_told(listener: TcpListener, router: Router, live: Live) -> Result<(), StartError> {
    let mut term = signal(SignalKind::terminate()).map_err(StartError::Network)?;
    let mut int = signal(SignalKind::interrupt()).map_err(StartError::Network)?;
    let (tell, mut told) = watch::channel(false);
    let mut serving =
        tokio::spawn(connections::answer(listener, router, Bounds::HOUSE, async move {
            // An error means that the teller is gone, which says the same.
            let _ = told.wait_for(|stop| *stop).await;
        }));
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
        ended = &mut serving => return joined(ended),
    }
    tracing::info!("told to stop; finishing what is under way");
    let _ = tell.send(true);
    // Who only listens would listen for ever.
    live.stop();
    match timeout(GRACE, &mut serving).await {
        Ok(ended) => joined(ended),
        Err(_) => {
            tracing::warn!("some requests were not finished in time");
            serving.abort();
            Ok(())
        }
    }
}

fn joined(ended: Result<(), JoinError>) -> Result<(), StartError> {
    ended.map_err(|error| StartError::Network(io::Error::other(error)))
}
