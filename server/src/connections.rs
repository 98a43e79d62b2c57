//! Connections: how many there are at once, and how long one may stay without saying what it
//! wants. Whoever sends a header byte by byte gets no more than that time, and no more than one place.

use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use std::{io, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::sleep,
};
use tower::ServiceExt;

/// How much is let in at once, and how long it is waited for.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// From the opening of a connection, or the end of an answer, to the end of the next header.
    pub header: Duration,
    /// So many at once; whoever is next waits in the queue of the system.
    pub connections: usize,
}

impl Bounds {
    /// Enough for a county behind a proxy or without one; a phone on a bad line sends its header in
    /// a second or two.
    pub const HOUSE: Self = Self { header: Duration::from_secs(10), connections: 4_096 };
}

/// How long to wait when the system has no connection to give, as when it is out of file handles.
const BREATH: Duration = Duration::from_millis(200);

/// Answers whoever comes, until `told`; then nobody new comes in and those inside are served to the
/// end, however long that takes.
pub async fn answer(
    listener: TcpListener,
    router: Router,
    bounds: Bounds,
    told: impl Future<Output = ()>,
) {
    let places = Arc::new(Semaphore::new(bounds.connections));
    let inside = GracefulShutdown::new();
    let mut told = std::pin::pin!(told);
    loop {
        let (stream, peer, place) = tokio::select! {
            () = &mut told => break,
            next = next(&listener, &places) => match next {
                Ok(next) => next,
                Err(error) => {
                    tracing::warn!(cause = %error, "no connection could be taken");
                    sleep(BREATH).await;
                    continue;
                }
            },
        };
        serve(stream, peer, router.clone(), bounds.header, &inside, place);
    }
    drop(listener);
    inside.shutdown().await;
}

/// The next connection, once there is a place for it.
async fn next(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.map_err(io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    Ok((stream, peer, place))
}

fn serve(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    header: Duration,
    inside: &GracefulShutdown,
    place: OwnedSemaphorePermit,
) {
    // Answers are written whole: waiting to fill a packet only makes them late.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(cause = %error, "a connection without nodelay");
    }
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request.map(Body::new))
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(header)
        .serve_connection(TokioIo::new(stream), service);
    let served = inside.watch(connection);
    tokio::spawn(async move {
        // An error here is a line that broke or a header that never came: the other end's affair.
        if let Err(error) = served.await {
            tracing::debug!(cause = %error, "a connection ended early");
        }
        drop(place);
    });
}
