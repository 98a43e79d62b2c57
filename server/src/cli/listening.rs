//! `fifteen bench-live`: a house with so many who listen, and how long a move takes to reach them all.

use super::{Failure, benching::Folder};
use crate::{
    Parts, StartError,
    config::SecureCookies,
    connections::{self, Bounds},
    notices::{sms::sender, wire::Patience},
    router,
    site::Site,
    wall_clock,
};
use app::{live::hub::Live, session::Ways};
use clap::Args;
use domain::{
    people::PersonId,
    requests::{Category, Step, Urgency, submission::Submission},
};
use photos::Album;
use std::{
    fs,
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};
use store::{Db, credentials::Vault, demo, requests};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    time::timeout,
};
use uuid::Uuid;

/// How long everybody is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Debug, Args)]
pub(super) struct LiveArgs {
    /// How many listen.
    #[arg(long, default_value_t = 1_000)]
    listeners: usize,
    /// How many moves they hear of.
    #[arg(long, default_value_t = 10)]
    moves: usize,
}

/// Opens a house on a demo county, has so many listen to the board, files requests and measures.
pub(super) async fn bench(args: LiveArgs) -> Result<(), Failure> {
    let folder = Folder::make()?;
    let db = Db::open(&format!("sqlite:{}", folder.path().join("live.db").display())).await?;
    demo::fill(&db, 15, wall_clock()).await?;
    let live = Live::new(db.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.map_err(StartError::Listen)?;
    let address = listener.local_addr().map_err(StartError::Listen)?;
    let house = router(parts(&db, &live));
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(connections::answer(listener, house, Bounds::HOUSE, async {
        let _ = stopped.await;
    }));
    let granny = somebody(&db).await?;
    let before = memory();
    let (heard, mut hears) = mpsc::unbounded_channel();
    for _ in 0..args.listeners {
        tokio::spawn(listen(address, granny.at.clone(), heard.clone()));
    }
    let began = Instant::now();
    for _ in 0..args.listeners {
        let _ = timeout(PATIENCE, hears.recv()).await;
    }
    println!("{} listen after {:.1} s", live.listeners(), began.elapsed().as_secs_f64());
    let with_all = memory();
    let mut delays = vec![];
    for _ in 0..args.moves {
        let moved = Instant::now();
        granny.files(&db).await?;
        for _ in 0..args.listeners {
            if timeout(PATIENCE, hears.recv()).await.is_ok() {
                delays.push(moved.elapsed());
            }
        }
    }
    delays.sort_unstable();
    let at = |share: f64| {
        let place = (delays.len().saturating_sub(1)) as f64 * share;
        delays.get(place as usize).map_or(f64::NAN, Duration::as_secs_f64)
    };
    let (expected, came) = (args.listeners * args.moves, delays.len());
    println!(
        "{came} of {expected} heard; median {:.2} s, p95 {:.2} s, last {:.2} s",
        at(0.5),
        at(0.95),
        at(1.0)
    );
    println!("memory {before} KB, with all {with_all} KB (both ends of each line)");
    let closing = Instant::now();
    live.stop();
    let _ = stop.send(());
    let closed = timeout(PATIENCE, serving).await.is_ok();
    println!("closed after {:.2} s", closing.elapsed().as_secs_f64());
    db.close().await;
    if came == expected && closed { Ok(()) } else { Err(Failure::Unheard) }
}

fn parts(db: &Db, live: &Live) -> Parts {
    Parts {
        db: db.clone(),
        clock: Arc::new(wall_clock),
        sms: sender(&[], Patience::default()),
        ways: Ways::default(),
        live: live.clone(),
        vault: Vault::Open,
        album: Album::in_memory(),
        site: Arc::new(Site::default()),
        offline: false,
        demo: false,
        public_url: None,
        trusted_proxy: false,
        secure_cookies: SecureCookies::No,
    }
}

/// Who asks, and what the listeners look from.
struct Granny {
    who: domain::people::Actor,
    at: String,
}

async fn somebody(db: &Db) -> Result<Granny, Failure> {
    let people = store::people::demo_people(db).await?;
    let one = people.iter().find(|one| one.part == "resident").ok_or(Failure::Nobody)?;
    let who = store::people::actor(db, PersonId(one.id), wall_clock()).await?;
    let who = who.ok_or(Failure::Nobody)?;
    let village = who.home.map(|home| home.village.0).ok_or(Failure::Nobody)?;
    Ok(Granny { who, at: village.to_string() })
}

impl Granny {
    /// Files a request, which its captain lets onto the board.
    async fn files(&self, db: &Db) -> Result<(), Failure> {
        let home = self.who.home.ok_or(Failure::Nobody)?;
        let submission = Submission {
            category: Category::Repair,
            words: "bench".into(),
            urgency: Urgency::Normal,
            needed: 1,
            risks: None,
            wanted: None,
            door: None,
            phone: "15400009999".into(),
            on_board: true,
            neighbour: None,
        };
        let now = wall_clock();
        let code = requests::submit(db, &submission, &self.who, &home, Uuid::new_v4(), now).await?;
        let captains = store::people::captains_over(db, &home, now).await?;
        let captain = captains.iter().find_map(|one| one.person).ok_or(Failure::Nobody)?;
        let captain = store::people::actor(db, captain, now).await?.ok_or(Failure::Nobody)?;
        requests::apply(db, &code, &Step::Accept, &captain, now).await?;
        Ok(())
    }
}

/// One line: says once that it is open, and then each time that something new is told.
async fn listen(address: SocketAddr, at: String, heard: mpsc::UnboundedSender<()>) {
    let Ok(mut line) = TcpStream::connect(address).await else { return };
    let ask = format!(
        "GET /live?page=board HTTP/1.1\r\nhost: bench\r\naccept: text/event-stream\r\ncookie: at={at}\r\n\r\n"
    );
    if line.write_all(ask.as_bytes()).await.is_err() {
        return;
    }
    let mut lines = BufReader::new(line).lines();
    while let Ok(Some(said)) = lines.next_line().await {
        let new = said.starts_with("data:") && said.contains("\"new\":true");
        if (said.contains("event: hello") || new) && heard.send(()).is_err() {
            return;
        }
    }
}

/// What this program holds, in KB; 0 where the machine does not say.
fn memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
