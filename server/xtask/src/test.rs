//! `cargo xtask test`: lint, then Rust, then the browser; stops at the first stage that fails.

use crate::args::Stage;
use crate::postgres::{self, Postgres};
use crate::scratch::Scratch;
use crate::site::{self, Flavour};
use crate::tools::{
    Outcome, cargo, chromium, find, linting_cargo, node, npm_ci, root, run, run_hearing,
    wasm_target,
};
use crate::{client, server};
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

/// What was left out although asked for; empty when nothing was.
type Skipped = Vec<String>;

/// Runs the stages and prints how long each took and what it left out.
pub fn test(only: Option<Stage>) -> Outcome {
    let mut table = String::new();
    let mut failure = Ok(());
    for stage in Stage::ALL.into_iter().filter(|stage| only.is_none_or(|one| one == *stage)) {
        if failure.is_err() {
            table += &row(stage, None, "not run");
            continue;
        }
        println!("\nxtask: {}", stage.name());
        let start = Instant::now();
        let result = match stage {
            // As a whole, the client is linted while the Rust tests run: it keeps one core busy.
            Stage::Lint => lint(only.is_some()),
            Stage::Rust => rust(only.is_none()),
            Stage::Browser => browser(),
        };
        let verdict = match &result {
            Err(_) => "FAILED".to_owned(),
            Ok(skipped) if skipped.is_empty() => "ok".to_owned(),
            Ok(skipped) => format!("ok, but: {}", skipped.join("; ")),
        };
        table += &row(stage, Some(start.elapsed()), &verdict);
        failure = result.map(drop).map_err(|fault| format!("{}: {fault}", stage.name()));
    }
    print!("\n{table}");
    failure
}

fn row(stage: Stage, time: Option<Duration>, verdict: &str) -> String {
    let time = time.map_or("-".to_owned(), |time| format!("{:.1} s", time.as_secs_f32()));
    format!("{:<8}{time:>10}  {verdict}\n", stage.name())
}

fn lint(client: bool) -> Outcome<Skipped> {
    wasm_target()?;
    run(&mut cargo(&["fmt", "--all", "--check"]))?;
    run(&mut linting_cargo(&["build", "--all-targets"]))?;
    if client {
        client::compile(Flavour::Linted)?;
    }
    Ok(Skipped::new())
}

fn rust(client_beside: bool) -> Outcome<Skipped> {
    let mut skipped = Skipped::new();
    let scratch = Scratch::new();
    let mut tests = match find("cargo-nextest") {
        Some(_) => linting_cargo(&["nextest", "run", "--no-fail-fast"]),
        None => linting_cargo(&["test"]),
    };
    let running = match (postgres::installed(), on_ci()) {
        (Ok(bin), _) => Some(Postgres::start(&bin, &scratch.folder())?),
        (Err(why), true) => return Err(why),
        (Err(why), false) => {
            println!("PostgreSQL tests skipped: {why}");
            skipped.push(format!("PostgreSQL tests skipped: {why}"));
            None
        }
    };
    match &running {
        Some(postgres) => tests.env("FIFTEEN_TEST_PG", &postgres.url),
        None => tests.env_remove("FIFTEEN_TEST_PG"),
    };
    scratch.serves(&mut tests);
    if client_beside {
        beside_the_client(&mut tests)?
    } else {
        run(&mut tests)?
    }
    Ok(skipped)
}

/// Compiles the client as soon as the tests run: until then they hold Cargo's lock themselves.
fn beside_the_client(tests: &mut Command) -> Outcome {
    thread::scope(|scope| {
        let mut client = None;
        let tested = run_hearing(tests, |line| {
            let run = ["Starting", "Running"].iter().any(|word| line.contains(word));
            if run && client.is_none() {
                client = Some(scope.spawn(|| client::compile(Flavour::Linted)));
            }
        });
        let compiled = client.map(|client| client.join().map_err(|_| "the client".to_owned()));
        tested?;
        compiled.transpose()?.transpose().map(drop)
    })
}

fn on_ci() -> bool {
    env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}

fn browser() -> Outcome<Skipped> {
    let chromium = chromium()?;
    let tests = browser_tests(&root().join("end2end/tests"))?;
    let end2end = npm_ci()?;
    let site = site::build(Flavour::Linted)?;
    let fifteen = server::build_dev(Flavour::Linted)?;

    let at_once = env::var("FIFTEEN_TEST_CONCURRENCY").unwrap_or_else(|_| "2".to_owned());
    let scratch = Scratch::new();
    let mut node = node()?;
    scratch.serves(&mut node);
    node.arg("--test").arg(format!("--test-concurrency={at_once}")).args(tests);
    node.env("FIFTEEN_BIN", fifteen).env("FIFTEEN_SITE", site).env("CHROMIUM", chromium);
    run(node.current_dir(end2end))?;
    Ok(Skipped::new())
}

fn browser_tests(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut tests: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    tests.sort();
    match tests.is_empty() {
        true => Err(format!("{} holds no *.test.mjs", folder.display())),
        false => Ok(tests),
    }
}

/// `cargo xtask docs`: the tests that compare generated documents write them instead.
pub fn docs() -> Outcome {
    run(cargo(&["test", "-p", "domain", "docs_"]).env("FIFTEEN_WRITE_DOCS", "1"))
}
