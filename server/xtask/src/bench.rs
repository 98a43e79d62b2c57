//! `cargo xtask bench-…`: the county at its full size, or a crowd around a few requests, on every
//! engine that is here.

use crate::args::Bench;
use crate::postgres::{self, Postgres};
use crate::tools::{Outcome, cargo, run};

/// Builds the bench and runs it; it fails by itself when something is too slow or does not hold.
pub fn bench(which: Bench, dev: bool) -> Outcome {
    let mut bench = cargo(&["bench", "-p", "server", "--bench", which.name()]);
    if dev {
        bench.args(["--profile", "dev"]);
    }
    let running = match postgres::installed() {
        Ok(bin) => Some(Postgres::start(&bin, &std::env::temp_dir())?),
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
