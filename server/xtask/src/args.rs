//! The words after `cargo xtask`: what can be asked for, and how it is read.

use crate::tools::Outcome;

/// What `cargo xtask help` prints.
pub const HELP: &str = "\
Fifteen Metres · 十五米

cargo xtask run        builds the site and the server, fills a demo database once, and serves it
    --release            the small, fast build with the site inside the binary (slow to make)
    --fresh              starts from a new demo database
    --listen <addr>      where to listen (127.0.0.1:3000)
    --site-only          builds the site and stops
cargo xtask test       lint, rust, browser: stops at the first that fails
    --only <stage>       only lint, rust or browser
    FIFTEEN_TEST_CONCURRENCY=n in the environment runs n browser test files at once (2)
    FIFTEEN_SHOTS=all in the environment has them keep pictures of every size in every look
cargo xtask dist       the one file to deploy, target/release/fifteen, and its size against the budget
cargo xtask docs       rewrites the documents that are generated from the rules
cargo xtask postgres   a temporary PostgreSQL to run single tests against, until Enter is pressed
cargo xtask bench-people
                       times a county of 141,000 people: its import, the search, the pages of teams;
                       on SQLite, and on PostgreSQL where there is one; fails above 30 ms
    --dev                builds it unoptimised: quick to build, and no measure
cargo xtask bench-crowd
                       200 people on 20 requests for a minute, over HTTP; fails when a place is lost
                       or given twice, or an answer says 500
    --dev                builds it unoptimised
    FIFTEEN_CROWD_SECONDS=n in the environment has them stay n seconds (60)
cargo xtask help       this text
";

/// One thing to do.
#[derive(Debug, PartialEq, Eq)]
pub enum Order {
    Help,
    Run(Wishes),
    Test(Option<Stage>),
    Dist,
    Docs,
    Postgres,
    Bench { which: Bench, dev: bool },
}

/// How `run` shall run.
#[derive(Debug, PartialEq, Eq)]
pub struct Wishes {
    pub release: bool,
    pub fresh: bool,
    pub listen: String,
    pub site_only: bool,
}

/// A bench of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bench {
    People,
    Crowd,
}

impl Bench {
    /// Its name in `server/Cargo.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Bench::People => "people",
            Bench::Crowd => "crowd",
        }
    }
}

/// A part of `test`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Lint,
    Rust,
    Browser,
}

impl Stage {
    /// All of them, in the order in which they run.
    pub const ALL: [Stage; 3] = [Stage::Lint, Stage::Rust, Stage::Browser];

    /// The word for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Lint => "lint",
            Stage::Rust => "rust",
            Stage::Browser => "browser",
        }
    }

    fn named(name: &str) -> Outcome<Stage> {
        let found = Stage::ALL.into_iter().find(|stage| stage.name() == name);
        found.ok_or_else(|| format!("there is no stage `{name}`: lint, rust or browser"))
    }
}

/// Reads the words; the error says which one is not understood.
pub fn parse(words: impl IntoIterator<Item = String>) -> Outcome<Order> {
    let mut words = words.into_iter();
    let Some(verb) = words.next() else { return Ok(Order::Help) };
    match verb.as_str() {
        "help" | "--help" | "-h" => Ok(Order::Help),
        "run" => parse_run(words),
        "test" => parse_test(words),
        "dist" => alone(Order::Dist, &verb, words),
        "docs" => alone(Order::Docs, &verb, words),
        "postgres" => alone(Order::Postgres, &verb, words),
        "bench-people" => parse_bench(Bench::People, words),
        "bench-crowd" => parse_bench(Bench::Crowd, words),
        other => Err(format!("there is no command `{other}`; `cargo xtask help` lists them")),
    }
}

fn alone(order: Order, verb: &str, mut words: impl Iterator<Item = String>) -> Outcome<Order> {
    match words.next() {
        None => Ok(order),
        Some(word) => Err(unknown(verb, &word)),
    }
}

fn parse_run(mut words: impl Iterator<Item = String>) -> Outcome<Order> {
    let mut wishes =
        Wishes { release: false, fresh: false, listen: "127.0.0.1:3000".into(), site_only: false };
    while let Some(word) = words.next() {
        match word.as_str() {
            "--release" => wishes.release = true,
            "--fresh" => wishes.fresh = true,
            "--site-only" => wishes.site_only = true,
            "--listen" => wishes.listen = value(&mut words, "--listen", "127.0.0.1:3000")?,
            other => return Err(unknown("run", other)),
        }
    }
    Ok(Order::Run(wishes))
}

fn parse_test(mut words: impl Iterator<Item = String>) -> Outcome<Order> {
    let mut only = None;
    while let Some(word) = words.next() {
        match word.as_str() {
            "--only" => only = Some(Stage::named(&value(&mut words, "--only", "rust")?)?),
            other => return Err(unknown("test", other)),
        }
    }
    Ok(Order::Test(only))
}

fn parse_bench(which: Bench, words: impl Iterator<Item = String>) -> Outcome<Order> {
    let mut dev = false;
    for word in words {
        match word.as_str() {
            "--dev" => dev = true,
            other => return Err(unknown(&format!("bench-{}", which.name()), other)),
        }
    }
    Ok(Order::Bench { which, dev })
}

fn value(words: &mut impl Iterator<Item = String>, option: &str, example: &str) -> Outcome<String> {
    words.next().ok_or_else(|| format!("`{option}` needs a value, as in `{option} {example}`"))
}

fn unknown(verb: &str, word: &str) -> String {
    format!("`{verb}` does not know `{word}`; `cargo xtask help` lists what it knows")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Outcome<Order> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn without_words_it_helps() {
        assert_eq!(read(""), Ok(Order::Help));
    }

    #[test]
    fn run_takes_its_options_in_any_order() {
        let order = read("run --listen 0.0.0.0:80 --fresh").expect("understood");

        let listen = "0.0.0.0:80".to_owned();
        let wishes = Wishes { release: false, fresh: true, listen, site_only: false };
        assert_eq!(order, Order::Run(wishes));
    }

    #[test]
    fn test_can_be_narrowed_to_one_stage() {
        assert_eq!(read("test"), Ok(Order::Test(None)));
        assert_eq!(read("test --only browser"), Ok(Order::Test(Some(Stage::Browser))));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (line, word) in [
            ("walk", "`walk`"),
            ("run --fast", "`--fast`"),
            ("run --listen", "`--listen`"),
            ("test --only moon", "`moon`"),
            ("dist now", "`now`"),
            ("bench-people --fast", "`--fast`"),
        ] {
            let fault = read(line).expect_err(line);
            assert!(fault.contains(word), "{line}: {fault}");
        }
    }

    #[test]
    fn help_names_every_command() {
        for verb in ["run", "test", "dist", "docs", "postgres", "bench-people", "help"] {
            assert!(HELP.contains(&format!("cargo xtask {verb}")), "{verb}");
        }
    }
}
