//! The command line: one word for each thing that the program can do.

mod benching;
mod importing;
mod listening;
mod simulating;

use crate::{
    StartError,
    clock::clock,
    config::{Config, Settings},
    notices::push,
    open, serve, wall_clock,
};
use clap::{Args, Parser, Subcommand};
use std::{path::PathBuf, process::ExitCode};
use store::{
    StoreError, backup,
    credentials::{self, Vault},
    health, history,
};

/// Fifteen Metres · 十五米: help among neighbours.
#[derive(Debug, Parser)]
#[command(name = "fifteen", version)]
struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    word: Word,
}

#[derive(Debug, Subcommand)]
enum Word {
    /// Opens the house and answers until it is told to stop.
    Serve,
    /// Fills an empty database with a county to try everything in.
    Demo(DemoArgs),
    /// Copies a SQLite database to FILE, also while the house is open.
    Backup {
        /// Where the copy goes; must not exist.
        file: PathBuf,
    },
    /// Puts a copy back as the database, after checking it.
    Restore {
        /// The copy.
        file: PathBuf,
        /// Replace the database that is there.
        #[arg(long)]
        force: bool,
    },
    /// Forgets the second proof of whoever has this phone, and ends their sessions.
    ResetProof {
        /// Eleven digits. They set a new one up after their next sign-in.
        phone: String,
    },
    /// Brings a list in from a CSV or XLSX file: whole, or not at all.
    Import(importing::ImportArgs),
    /// Measures the board on counties of several sizes, in databases that are gone afterwards.
    Bench(benching::BenchArgs),
    /// A town lives a year on the real books; ends at the first promise that does not hold.
    Simulate(simulating::SimulateArgs),
    /// Measures how long a move takes to reach many who look at the board.
    BenchLive(listening::LiveArgs),
    /// Makes a key for Web Push: its public and its secret half, for the settings.
    PushKeys,
    /// Questions about the history.
    Audit {
        #[command(subcommand)]
        question: Question,
    },
}

#[derive(Debug, Args)]
struct DemoArgs {
    /// The same seed makes the same county.
    #[arg(long, default_value_t = 15)]
    seed: u64,
}

#[derive(Debug, Subcommand)]
enum Question {
    /// Proves that no row of history was altered or left out.
    Verify,
}

/// Why a command did not succeed.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Start(#[from] StartError),
    #[error(transparent)]
    Backup(#[from] backup::BackupError),
    #[error("there are people in this database already; the demo county needs an empty one")]
    Inhabited,
    #[error("the history is broken")]
    Broken,
    #[error("nobody here has this phone")]
    Nobody,
    #[error("nothing was written")]
    NotTaken,
    #[error("the board grows slow with its books")]
    Slow,
    #[error("seed {seed}, day {day}: {what}")]
    Promise { seed: u64, day: i64, what: String },
    #[error("not everybody heard of it")]
    Unheard,
    #[error("this machine gives no random numbers")]
    NoChance,
    #[error("cannot make a folder: {0}")]
    Folder(std::io::Error),
}

impl From<store::StoreError> for Failure {
    fn from(error: store::StoreError) -> Self {
        Self::Start(error.into())
    }
}

/// Runs the command line. A setting that cannot be used ends with 2, any other failure with 1.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let outcome =
        Config::try_from(cli.settings).map_err(StartError::from).and_then(|mut config| {
            // Whole books are written at once: every statement of that is slow.
            if matches!(cli.word, Word::Bench(_) | Word::BenchLive(_) | Word::Simulate(_)) {
                config.log_filter = "error".to_owned();
            }
            serve::start_log(&config);
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .enable_all()
                .build()
                .map_err(StartError::Network)?;
            Ok((config, runtime))
        });
    let outcome = outcome
        .map_err(Failure::from)
        .and_then(|(config, runtime)| runtime.block_on(act(cli.word, &config)));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("fifteen: {failure}");
            match failure {
                Failure::Start(StartError::Setting(_)) => ExitCode::from(2),
                _ => ExitCode::FAILURE,
            }
        }
    }
}

async fn act(word: Word, config: &Config) -> Result<(), Failure> {
    match word {
        Word::Serve => Ok(serve::serve(config).await?),
        Word::Demo(args) => fill(config, args.seed).await,
        Word::BenchLive(args) => listening::bench(args).await,
        Word::PushKeys => {
            let (key, secret) = push::new_key().map_err(|_| Failure::NoChance)?;
            println!("FIFTEEN_PUSH_KEY={key}\nFIFTEEN_PUSH_SECRET={secret}");
            Ok(())
        }
        Word::Backup { file } => {
            backup::backup(&config.db, &file).await?;
            println!("copied to {}", file.display());
            Ok(())
        }
        Word::Restore { file, force } => {
            backup::restore(&file, &config.db, force).await?;
            println!("put back from {}", file.display());
            Ok(())
        }
        Word::ResetProof { phone } => reset_proof(config, &phone).await,
        Word::Import(args) => importing::import(config, args).await,
        Word::Bench(args) => benching::bench(args).await,
        Word::Simulate(args) => simulating::live(args).await,
        Word::Audit { question: Question::Verify } => verify(config).await,
    }
}

async fn fill(config: &Config, seed: u64) -> Result<(), Failure> {
    let db = open(config).await?;
    if health::has_people(&db).await? {
        return Err(Failure::Inhabited);
    }
    // What serves it with --demo and no key keeps secrets open as well.
    let vault = if config.secret_key.is_some() { config.vault() } else { Vault::Open };
    let made = store::demo::fill_with(&db, &vault, seed, clock(config.begin)()).await?;
    db.close().await;
    println!(
        "{} areas, {} teams, {} people, {} requests",
        made.areas, made.teams, made.people, made.requests
    );
    Ok(())
}

async fn reset_proof(config: &Config, phone: &str) -> Result<(), Failure> {
    let db = open(config).await?;
    let outcome = credentials::reset(&db, phone, wall_clock()).await;
    db.close().await;
    outcome.map_err(|error| match error {
        StoreError::NotFound => Failure::Nobody,
        other => Failure::from(other),
    })?;
    println!("forgotten, and signed out everywhere");
    Ok(())
}

async fn verify(config: &Config) -> Result<(), Failure> {
    let db = open(config).await?;
    let verdict = history::verify(&db).await?;
    db.close().await;
    match verdict {
        history::Verdict::Whole { rows, head } => {
            println!("whole: {rows} rows, head {head}");
            Ok(())
        }
        history::Verdict::Broken { seq, why } => {
            println!("broken at row {seq}: {why}");
            Err(Failure::Broken)
        }
    }
}
