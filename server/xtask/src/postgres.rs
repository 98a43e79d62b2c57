//! A PostgreSQL of our own for the tests: fresh folder, free port, gone when we are.

use crate::dist::free_address;
use crate::tools::{Outcome, find, missing, output, read};
use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Stops the server and empties its folder as soon as its input ends: when we are done, or dead.
const WATCH: &str = r#"cat >/dev/null; cd /; "$1" stop -s -m immediate -D "$2/data" 2>/dev/null; rm -rf "$2" 2>/dev/null"#;

/// A running server; dropping it stops the server and removes its folder.
pub struct Postgres {
    /// Where the tests find it.
    pub url: String,
    folder: PathBuf,
    server: Child,
    watch: Child,
}

/// Where PostgreSQL's programs are, or the line that says how to get them.
pub fn installed() -> Outcome<PathBuf> {
    let on_path = find("initdb").and_then(|initdb| Some(initdb.parent()?.to_owned()));
    let mut folders: Vec<PathBuf> = on_path.into_iter().collect();
    folders.extend(versions("/usr/lib/postgresql", ""));
    folders.extend(versions("/opt/homebrew/opt", "postgresql"));
    folders.extend(versions("/usr/local/opt", "postgresql"));
    let whole = |folder: &PathBuf| {
        ["initdb", "postgres", "pg_ctl", "pg_isready"].iter().all(|it| folder.join(it).is_file())
    };
    let found = folders.into_iter().find(whole);
    found.ok_or_else(|| missing("PostgreSQL", "postgresql", "postgresql@17"))
}

/// `<base>/<start…>/bin`, the newest first.
fn versions(base: &str, start: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(base).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = entries
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(start))
        .map(|entry| entry.path())
        .collect();
    folders.sort_by_key(|folder| {
        let name = folder.to_string_lossy();
        name.rsplit(['/', '@']).next().and_then(|number| number.parse::<u32>().ok())
    });
    folders.into_iter().rev().map(|folder| folder.join("bin")).collect()
}

/// What it holds is gone with it: nothing needs to reach the disk, and nobody tidies up behind a test.
const SETTINGS: [&str; 9] = [
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "wal_init_zero=off",
    "autovacuum=off",
    "max_wal_size=4GB",
    "max_connections=300",
];

impl Postgres {
    /// Starts one from these programs, in a folder of its own under `base`, and waits until it accepts
    /// connections.
    pub fn start(bin: &Path, base: &Path) -> Outcome<Postgres> {
        let folder = base.join(format!("fifteen-pg-{}", std::process::id()));
        crate::site::clear(&folder)?;
        let begun = Postgres::begin(bin, &folder);
        if begun.is_err() {
            fs::remove_dir_all(&folder).ok();
        }
        let mut postgres = begun?;
        postgres.wait(bin)?;
        Ok(postgres)
    }

    fn begin(bin: &Path, folder: &Path) -> Outcome<Postgres> {
        let owner = unprivileged(folder)?;
        let data = folder.join("data");
        create(bin, folder, owner)?;

        let address = free_address()?;
        let port = address.rsplit(':').next().unwrap_or_default();
        let log = folder.join("log");
        let log = fs::File::create(&log).map_err(|error| format!("{}: {error}", log.display()))?;
        let mut server = command(&bin.join("postgres"), folder, owner);
        server.arg("-D").arg(&data).args(["-p", port, "-h", "127.0.0.1", "-k", ""]);
        for setting in SETTINGS {
            server.args(["-c", setting]);
        }
        // Groups of their own: Ctrl-C reaches only us, and the watch then does the rest in order.
        server.process_group(0).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        let mut watch = command(Path::new("/bin/sh"), folder, owner);
        watch.args(["-c", WATCH, "watch"]).arg(bin.join("pg_ctl")).arg(folder);
        watch.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null());

        let watch = watch.spawn().map_err(|error| format!("/bin/sh: {error}"))?;
        let server = server.spawn().map_err(|error| format!("postgres: {error}"))?;
        let url = format!("postgres://fifteen@{address}/postgres");
        Ok(Postgres { url, folder: folder.to_owned(), server, watch })
    }

    fn wait(&mut self, bin: &Path) -> Outcome {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(60) {
            let asked = Command::new(bin.join("pg_isready")).args(["-q", "-d", &self.url]).status();
            if asked.is_ok_and(|status| status.success()) {
                return Ok(());
            }
            if let Ok(Some(status)) = self.server.try_wait() {
                let log = read(&self.folder.join("log")).unwrap_or_default();
                return Err(format!("PostgreSQL stopped at once ({status}):\n{log}"));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err("PostgreSQL did not accept connections within a minute".into())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.watch.stdin.take());
        self.watch.wait().ok();
        self.server.kill().ok();
        self.server.wait().ok();
        fs::remove_dir_all(&self.folder).ok();
    }
}

/// PostgreSQL refuses to run as root: then somebody else has to, and the folder becomes theirs.
fn unprivileged(folder: &Path) -> Outcome<Option<(u32, u32)>> {
    let fault = |error: std::io::Error| format!("{}: {error}", folder.display());
    if fs::metadata(folder).map_err(fault)?.uid() != 0 {
        return Ok(None);
    }
    let id = |kind: &str, name: &str| {
        output(Command::new("id").args([kind, name])).ok().and_then(|id| id.parse::<u32>().ok())
    };
    let found =
        ["postgres", "nobody"].iter().find_map(|name| Some((id("-u", name)?, id("-g", name)?)));
    let (user, group) = found.ok_or("there is neither a user `postgres` nor `nobody`")?;
    chown(folder, Some(user), Some(group)).map_err(fault)?;
    Ok(Some((user, group)))
}

fn command(program: &Path, folder: &Path, owner: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder);
    if let Some((user, group)) = owner {
        command.uid(user).gid(group);
    }
    command
}

/// Chinese text sorts by code point as in production; macOS has no `C.UTF-8`, where `C` is the same.
fn create(bin: &Path, folder: &Path, owner: Option<(u32, u32)>) -> Outcome {
    let initdb = |locale: &str| {
        let mut command = command(&bin.join("initdb"), folder, owner);
        command.args(["-U", "fifteen", "-A", "trust", "-E", "UTF8", locale, "--no-sync", "-D"]);
        output(command.arg(folder.join("data"))).map(drop)
    };
    initdb("--locale=C.UTF-8").or_else(|_| initdb("--no-locale"))
}

/// `cargo xtask postgres`: runs one until Enter, or the end of the input.
pub fn hold() -> Outcome {
    let postgres = Postgres::start(&installed()?, &std::env::temp_dir())?;
    println!("export FIFTEEN_TEST_PG={}", postgres.url);
    eprintln!("xtask: press Enter to stop it");
    std::io::stdin().read_line(&mut String::new()).map(drop).map_err(|error| error.to_string())
}
