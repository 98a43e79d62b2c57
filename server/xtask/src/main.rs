//! `cargo xtask`: sets up, builds, runs and tests the house. Unix only (Linux, macOS).

mod args;
mod bench;
mod budget;
mod client;
mod css;
mod dist;
mod http;
mod postgres;
mod run;
mod scratch;
mod server;
mod site;
mod test;
mod tools;

use args::Order;
use std::process::ExitCode;

fn main() -> ExitCode {
    match args::parse(std::env::args().skip(1)).and_then(obey) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("xtask: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn obey(order: Order) -> tools::Outcome {
    match order {
        Order::Help => {
            print!("{}", args::HELP);
            Ok(())
        }
        Order::Run(wishes) => run::run(&wishes),
        Order::Test(only) => test::test(only),
        Order::Dist => dist::dist(),
        Order::Docs => test::docs(),
        Order::Postgres => postgres::hold(),
        Order::Bench { which, dev } => bench::bench(which, dev),
    }
}
