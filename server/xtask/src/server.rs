//! The server half: building `fifteen`, and its short errands.

use crate::site::{self, Flavour};
use crate::tools::{Outcome, cargo, run, target};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The server for development, and the site that it serves from a folder.
pub fn build_dev(flavour: Flavour) -> Outcome<PathBuf> {
    // `--examples` builds nothing (there are none), but makes Cargo choose the features that tests
    // have. With `-p server` the choice is another, and Leptos would be compiled once for each.
    run(&mut flavour.cargo(&["build", "--bin", "fifteen", "--examples"]))?;
    Ok(target().join("debug/fifteen"))
}

/// The one file to deploy, with the release site inside. Gives the binary and the site.
pub fn build_release() -> Outcome<(PathBuf, PathBuf)> {
    let site = site::build(Flavour::Release)?;
    let words = ["build", "--release", "-p", "server", "--features", "embed"];
    run(cargo(&words).env("FIFTEEN_SITE_DIR", &site))?;
    Ok((target().join("release/fifteen"), site))
}

/// Fills a new database with the demo county.
pub fn fill_demo(fifteen: &Path, db: &str) -> Outcome {
    run(Command::new(fifteen).args(["demo", "--db", db]))
}

/// The command that serves the demo county.
pub fn serve_demo(fifteen: &Path, db: &str, listen: &str) -> Command {
    let mut command = Command::new(fifteen);
    command.args(["serve", "--demo", "--db", db, "--listen", listen]);
    command
}
