//! `cargo xtask run`: from a fresh clone to a running house.

use crate::args::Wishes;
use crate::server;
use crate::site::{self, Flavour};
use crate::tools::{Outcome, root};
use std::fs;
use std::os::unix::process::CommandExt;
use std::path::Path;

const DB: &str = "sqlite:data/demo.db";

/// Builds, fills the demo database if there is none, and becomes the server.
pub fn run(wishes: &Wishes) -> Outcome {
    if wishes.site_only {
        let flavour = if wishes.release { Flavour::Release } else { Flavour::Dev };
        println!("xtask: {} is ready", site::build(flavour)?.display());
        return Ok(());
    }
    let (fifteen, site) = match wishes.release {
        true => (server::build_release()?.0, None),
        false => {
            let site = site::build(Flavour::Dev)?;
            (server::build_dev(Flavour::Dev)?, Some(site))
        }
    };
    prepare_demo(&fifteen, wishes.fresh)?;
    let mut serve = server::serve_demo(&fifteen, DB, &wishes.listen);
    if let Some(site) = site {
        serve.arg("--site").arg(site);
    }
    // Xtask turns into the server: Ctrl-C and the exit code are the server's own.
    let error = serve.current_dir(root()).exec();
    Err(format!("{}: {error}", fifteen.display()))
}

fn prepare_demo(fifteen: &Path, fresh: bool) -> Outcome {
    let data = root().join("data");
    fs::create_dir_all(&data).map_err(|error| format!("{}: {error}", data.display()))?;
    if fresh {
        forget_demo(&data)?;
    }
    if data.join("demo.db").exists() {
        return Ok(());
    }
    std::env::set_current_dir(root()).map_err(|error| error.to_string())?;
    // Half a county is worse than none: the next run shall start again.
    server::fill_demo(fifteen, DB).inspect_err(|_| forget_demo(&data).unwrap_or_default())
}

fn forget_demo(data: &Path) -> Outcome {
    for name in ["demo.db", "demo.db-wal", "demo.db-shm"] {
        let file = data.join(name);
        if file.exists() {
            fs::remove_file(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        }
    }
    Ok(())
}
