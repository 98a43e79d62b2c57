//! A county of 141,000 people in 907 teams: how long its lists take to come in, how much memory, and
//! how long the pages take that are built for it. Ends with 1 when a page's median is above 30 ms.
//! `cargo xtask bench-people` builds it optimised and gives it a PostgreSQL.

#![allow(clippy::unwrap_used, reason = "a bench that cannot go on says where")]

mod county;
mod measure;
mod pages;

use domain::imports::List;
use measure::{Table, peak_rss, reset_peak};
use std::{path::Path, process::ExitCode, time::Instant};
use store::{
    Db,
    imports::{Order, Outcome, run},
};

/// Noon of a Monday in Renqiu, 23 November 2026.
const NOON: i64 = 1_795_406_400_000;

fn main() -> ExitCode {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let slow = runtime.block_on(async {
        let folder = tempfile::tempdir().unwrap();
        county::write(folder.path());
        let lite = format!("sqlite:{}", folder.path().join("books.db").display());
        let mut slow = bench("SQLite", &lite, folder.path()).await;
        match std::env::var("FIFTEEN_TEST_PG") {
            Ok(server) => {
                let url = store::testing::fresh_postgres_url(&server).await.unwrap();
                slow += bench("PostgreSQL", &url, folder.path()).await;
            }
            Err(_) => println!("\nPostgreSQL: FIFTEEN_TEST_PG names no server"),
        }
        slow
    });
    if slow == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Everything on one engine; says how many pages are too slow.
async fn bench(engine: &str, url: &str, files: &Path) -> usize {
    println!(
        "\n## {engine}\n\n| list | rows | what | seconds | peak RSS, MB |\n|---|---|---|---|---|"
    );
    let db = Db::open(url).await.unwrap();
    for list in [List::Areas, List::Teams] {
        import(&db, files, list, "csv", false).await;
    }
    import(&db, files, List::People, "csv", true).await;
    import(&db, files, List::People, "csv", false).await;
    import(&db, files, List::People, "csv", false).await;
    import(&db, files, List::People, "xlsx", true).await;
    if let Db::Pg(_) = db {
        // As autovacuum would within a minute.
        store::testing::analyze(&db).await.unwrap();
    }
    let mut table = Table::default();
    pages::all(&db, &mut table).await;
    db.close().await;
    println!("\n{table}");
    table.slow()
}

async fn import(db: &Db, files: &Path, list: List, format: &str, dry_run: bool) {
    let path = files.join(format!("{}.{format}", list.key()));
    let order = Order { list, dry_run, who: None, at: NOON };
    reset_peak();
    let begun = Instant::now();
    let outcome = run(db, &order, &|| sheets::open(path.clone(), list)).await.unwrap();
    let took = begun.elapsed().as_secs_f64();
    let Outcome { added, changed, same, .. } = outcome;
    assert!(outcome.is_clean(), "{:?} {:?}", outcome.file_fault, outcome.faults.first());
    let kind = if dry_run { "dry run" } else { "import" };
    let what = format!("{format} {kind}: {added} new, {changed} changed, {same} as before");
    let rows = added + changed + same;
    println!("| {} | {rows} | {what} | {took:.1} | {} |", list.key(), peak_rss());
}
