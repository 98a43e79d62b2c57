//! `cargo xtask bench-people`: the county at its full size, on every engine that is here.

use crate::postgres::{self, Postgres};
use crate::tools::{Outcome, cargo, run};

/// Builds the bench and runs it; it fails by itself when a page is too slow.
pub fn people(dev: bool) -> Outcome {
    let mut bench = cargo(&["bench", "-p", "server", "--bench", "people"]);
    if dev {
        bench.args(["--profile", "dev"]);
    }
    let running = match postgres::installed() {
        Ok(bin) => Some(Postgres::start(&bin)?),
        Err(why) => {
            println!("xtask: on SQLite only: {why}");
            None
        }
    };
    match &running {
        Some(postgres) => bench.env("FIFTEEN_TEST_PG", &postgres.url),
        None => bench.env_remove("FIFTEEN_TEST_PG"),
    };
    run(&mut bench)
}
