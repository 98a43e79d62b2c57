//! Two hundred people on twenty requests for a minute, over HTTP against the real program: they claim,
//! give back, are asked, answer and take back at random. Ends with 1 when a place was lost or given
//! twice, or when the house broke down once (any status of 500 and above).
//! `cargo xtask bench-crowd` builds it and gives it a PostgreSQL.

#![allow(clippy::unwrap_used, reason = "a bench that cannot go on says where")]

mod house;
mod person;

use domain::Millis;
use house::House;
use person::{Person, Tally};
use std::{
    process::ExitCode,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use store::{
    Db,
    bench::crowd::{ask, doubts, gather},
    history::{self, Verdict},
};
use tokio::{sync::RwLock, task::JoinSet};

const PEOPLE: usize = 200;
const REQUESTS: usize = 20;

fn main() -> ExitCode {
    let lasts = Duration::from_secs(
        std::env::var("FIFTEEN_CROWD_SECONDS")
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or(60),
    );
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let well = runtime.block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let lite = format!("sqlite:{}", folder.path().join("books.db").display());
        let mut well = crowd("SQLite", &lite, lasts).await;
        match std::env::var("FIFTEEN_TEST_PG") {
            Ok(server) => {
                let url = store::testing::fresh_postgres_url(&server).await.unwrap();
                well &= crowd("PostgreSQL", &url, lasts).await;
            }
            Err(_) => println!("PostgreSQL: FIFTEEN_TEST_PG names no server"),
        }
        well
    });
    if well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn now() -> Millis {
    server::wall_clock()
}

/// One engine; says whether all went well.
async fn crowd(engine: &str, url: &str, lasts: Duration) -> bool {
    let db = Db::open(url).await.unwrap();
    let crowd = Arc::new(gather(&db, PEOPLE, REQUESTS, now()).await.unwrap());
    let mut codes = vec![];
    for (at, asker) in crowd.askers.iter().enumerate() {
        let needed = u8::try_from(at % 3 + 1).unwrap();
        codes.push((ask(&db, &crowd, *asker, needed, now()).await.unwrap(), *asker));
    }
    let codes = Arc::new(RwLock::new(codes));
    let house = House::open(url).await;
    let (began, tally) = (Instant::now(), Arc::new(Mutex::new(Tally::default())));
    let mut people = JoinSet::new();
    for (at, who) in crowd.volunteers.iter().enumerate() {
        let person = Person::come(&db, &house, *who, at).await;
        people.spawn(person.stay(
            Arc::clone(&crowd),
            Arc::clone(&codes),
            Arc::clone(&tally),
            began + lasts,
        ));
    }
    while let Some(done) = people.join_next().await {
        done.unwrap();
    }
    drop(house);
    let tally = tally.lock().unwrap().clone();
    let mut doubts = doubts(&db).await.unwrap();
    if !matches!(history::verify(&db).await.unwrap(), Verdict::Whole { .. }) {
        doubts.push("a chain is broken".to_owned());
    }
    db.close().await;
    println!(
        "{engine}, {} s, {PEOPLE} people, {REQUESTS} requests at a time: {tally}",
        lasts.as_secs()
    );
    doubts.iter().for_each(|doubt| println!("  {doubt}"));
    doubts.is_empty() && tally.broke == 0
}
