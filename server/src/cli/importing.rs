//! `fifteen import people FILE`: the same way as on the page, with every mistake on the screen.

use super::Failure;
use crate::{config::Config, open, wall_clock};
use app::words::{Locale, imports as words};
use clap::{Args, ValueEnum};
use domain::imports::List;
use std::path::PathBuf;
use store::imports::{Order, Outcome, run};

/// What to bring in.
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// What the file lists.
    list: Listed,
    /// CSV (UTF-8 or GB18030) or XLSX.
    file: PathBuf,
    /// Only say what would happen.
    #[arg(long)]
    dry_run: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Listed {
    Areas,
    Teams,
    Households,
    People,
}

impl From<Listed> for List {
    fn from(listed: Listed) -> Self {
        match listed {
            Listed::Areas => Self::Areas,
            Listed::Teams => Self::Teams,
            Listed::Households => Self::Households,
            Listed::People => Self::People,
        }
    }
}

/// Brings a list in and says what became of it.
pub(super) async fn import(config: &Config, args: ImportArgs) -> Result<(), Failure> {
    let db = open(config).await?;
    let list = List::from(args.list);
    let order = Order { list, dry_run: args.dry_run, who: None, at: wall_clock() };
    let file = args.file;
    let outcome = run(&db, &order, &|| sheets::open(file.clone(), list)).await;
    db.close().await;
    let outcome = outcome?;
    say(&outcome, args.dry_run);
    if outcome.is_clean() { Ok(()) } else { Err(Failure::NotTaken) }
}

fn say(outcome: &Outcome, dry_run: bool) {
    if let Some(fault) = outcome.file_fault {
        both(|l| words::file_fault(l, fault));
    }
    for fault in &outcome.faults {
        both(|l| words::row_fault(l, fault));
    }
    let Outcome { added, changed, same, fault_count, .. } = outcome;
    let would = if dry_run { "would be " } else { "" };
    println!("{would}new: {added}, changed: {changed}, as before: {same}, wrong: {fault_count}");
}

/// In Chinese, then in English.
fn both(words: impl Fn(Locale) -> String) {
    println!("{}\n    {}", words(Locale::zh_CN), words(Locale::en));
}
