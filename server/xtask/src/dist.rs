//! `cargo xtask dist`: the one file to deploy, and whether a phone's first visit stays light.

use crate::budget::{Budget, Line, table};
use crate::http;
use crate::server;
use crate::site;
use crate::tools::{Outcome, read, root};
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::{Duration, Instant};

/// Builds for release, prints the sizes, fails over budget.
pub fn dist() -> Outcome {
    let (fifteen, site) = server::build_release()?;
    let budget = Budget::parse(&read(&root().join("server/xtask/budget.txt"))?)?;
    let [js, wasm, css, page] = site::named(&site)?;
    let packed = |name: &str| size(&site.join("pkg").join(format!("{name}.br")));

    let mut first =
        vec![("board".to_owned(), board(&fifteen)?), ("styles".to_owned(), packed(&css)?)];
    first.push(("page script".to_owned(), packed(&page)?));
    first.extend(icons(&site)?);
    let scripts =
        vec![("JavaScript".to_owned(), packed(&js)?), ("WASM".to_owned(), packed(&wasm)?)];

    let lines = [
        Line { name: "first_visit_br", parts: first, limit: budget.first_visit_br },
        Line { name: "scripts_br", parts: scripts, limit: budget.scripts_br },
    ];
    print!("{}", table(&lines));
    println!("{} is ready ({} KB)", fifteen.display(), size(&fifteen)? / 1024);
    match lines.iter().find(|line| line.is_over()) {
        None => Ok(()),
        Some(line) => Err(format!("{} is over budget (server/xtask/budget.txt)", line.name)),
    }
}

fn size(file: &Path) -> Outcome<u64> {
    let about = fs::metadata(file).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(about.len())
}

/// The icon sprite and the icon of the tab: drawings at the top of the site.
fn icons(site: &Path) -> Outcome<Vec<(String, u64)>> {
    let entries = fs::read_dir(site).map_err(|error| format!("{}: {error}", site.display()))?;
    let mut icons = Vec::new();
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_icon = name.starts_with("icon") || name.starts_with("favicon");
        if is_icon && name.ends_with(".svg") {
            icons.push((name.clone(), size(&site.join(format!("{name}.br")))?));
        }
    }
    icons.sort();
    Ok(icons)
}

/// The bytes of the board as a phone gets it, from a server started for this.
fn board(fifteen: &Path) -> Outcome<u64> {
    let visit = Visit::start(fifteen)?;
    let answer = http::get(&visit.address, "/")?;
    match answer.header("content-encoding") {
        Some("br") => Ok(answer.body.len() as u64),
        other => Err(format!("GET / came as {other:?}, not brotli: a first visit would be heavy")),
    }
}

/// A server on a demo database of its own; both are gone when this is dropped.
struct Visit {
    address: String,
    folder: PathBuf,
    server: Option<Child>,
}

impl Visit {
    fn start(fifteen: &Path) -> Outcome<Visit> {
        let folder = std::env::temp_dir().join(format!("fifteen-dist-{}", std::process::id()));
        site::clear(&folder)?;
        let mut visit = Visit { address: free_address()?, folder, server: None };
        let db = format!("sqlite:{}", visit.folder.join("b.db").display());
        server::fill_demo(fifteen, &db)?;
        let child = server::serve_demo(fifteen, &db, &visit.address).spawn();
        visit.server = Some(child.map_err(|error| format!("{}: {error}", fifteen.display()))?);
        visit.wait()?;
        Ok(visit)
    }

    fn wait(&mut self) -> Outcome {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(30) {
            if std::net::TcpStream::connect(&self.address).is_ok() {
                return Ok(());
            }
            if let Some(Ok(Some(status))) = self.server.as_mut().map(Child::try_wait) {
                return Err(format!("the server stopped at once ({status})"));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err(format!("the server does not answer on {}", self.address))
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        if let Some(server) = &mut self.server {
            server.kill().ok();
            server.wait().ok();
        }
        fs::remove_dir_all(&self.folder).ok();
    }
}

/// A loopback address whose port nobody uses now.
pub fn free_address() -> Outcome<String> {
    let taken = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    taken.map(|address| address.to_string()).map_err(|error| format!("no free port: {error}"))
}
