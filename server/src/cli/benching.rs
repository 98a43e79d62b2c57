//! `fifteen bench`: the board on a young county and on one with the books of years.

use super::Failure;
use clap::Args;
use std::{
    fs,
    path::{Path, PathBuf},
};
use store::{
    Db,
    bench::{self, County, Times, What},
    health,
};
use uuid::Uuid;

/// The median on the largest county is at most so many times that on the smallest.
const MOST: f64 = 1.5;

#[derive(Debug, Args)]
pub(super) struct BenchArgs {
    /// How many requests each county has, the smallest first.
    #[arg(long, value_delimiter = ',', default_values_t = [10_000, 1_000_000])]
    sizes: Vec<u32>,
    /// How often each thing is done.
    #[arg(long, default_value_t = 40)]
    times: usize,
    /// The same seed makes the same counties.
    #[arg(long, default_value_t = 15)]
    seed: u64,
    /// Empty databases of a PostgreSQL, one for each size; they are left filled. Without them SQLite
    /// files in the folder for temporary files, which are deleted.
    #[arg(long, value_delimiter = ',')]
    into: Vec<String>,
}

/// Measures and prints a table; a failure when the board grows slow.
pub(super) async fn bench(args: BenchArgs) -> Result<(), Failure> {
    let folder = Folder::make()?;
    let mut counties = vec![];
    for (at, &size) in args.sizes.iter().enumerate() {
        let file = format!("sqlite:{}", folder.0.join(format!("{at}.db")).display());
        let db = Db::open(args.into.get(at).unwrap_or(&file)).await?;
        if health::has_people(&db).await? {
            return Err(Failure::Inhabited);
        }
        println!("writing {size} requests …");
        counties.push(bench::fill(db, args.seed, size).await?);
    }
    let slow = print(&args, &counties).await?;
    for county in counties {
        county.db.close().await;
    }
    if slow { Err(Failure::Slow) } else { Ok(()) }
}

async fn print(args: &BenchArgs, counties: &[County]) -> Result<bool, Failure> {
    let claims = counties.iter().map(County::claims).min().unwrap_or_default();
    println!("\n| what | requests | median, ms | p95, ms | to the first |\n|---|---|---|---|---|");
    let mut slow = false;
    for what in What::ALL {
        let times = if what == What::Claim { args.times.min(claims) } else { args.times };
        let measured = bench::measure(what, counties, times).await?;
        let first = measured.first().map_or(f64::NAN, |times: &Times| times.at(0.5));
        for (times, size) in measured.iter().zip(&args.sizes) {
            let (median, p95) = (times.at(0.5), times.at(0.95));
            let ratio = median / first;
            let verdict = if ratio > MOST { " TOO SLOW" } else { "" };
            slow |= ratio > MOST;
            println!(
                "| {} | {size} | {median:.2} | {p95:.2} | {ratio:.2}{verdict} |",
                what.words()
            );
        }
    }
    Ok(slow)
}

/// A folder that is gone when it is no longer needed.
pub(super) struct Folder(pub PathBuf);

impl Folder {
    pub(super) fn make() -> Result<Self, Failure> {
        let path = std::env::temp_dir().join(format!("fifteen-bench-{}", Uuid::new_v4()));
        fs::create_dir_all(&path).map_err(Failure::Folder)?;
        Ok(Self(path))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be deleted is left to whoever cleans that folder.
        let _ = fs::remove_dir_all(&self.0);
    }
}
