//! Short lives on both engines; `fifteen simulate` lives a whole year. Seeds that found a fault stay.

use super::*;
use crate::testing::{at_postgres, at_sqlite};
use domain::clock::moment;

async fn lives(url: String, life: Life) -> Told {
    simulate(&url, life, |_, _| ()).await.unwrap()
}

/// Something of everything happened: else the promises were not put to the test.
async fn a_full_life(url: String) {
    let told = lives(url, Life { days: 7, seed: 15 }).await;

    let least = [told.filed, told.made, told.refused, told.raised, told.released, told.reminded];
    assert!(least.iter().all(|count| *count > 3), "{told:?}");
    assert!(told.races > 0 && told.looks > 10 && told.minutes > 0 && told.rows > 100, "{told:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_town_lives_through_a_week_on_sqlite() {
    at_sqlite(a_full_life).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_town_lives_through_a_week_on_postgres() {
    at_postgres(a_full_life).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_seed_lives_the_same_life() {
    let life = Life { days: 2, seed: 7 };
    let (one, other) = (std::sync::Mutex::new(None), std::sync::Mutex::new(None));
    for told in [&one, &other] {
        at_sqlite(async |url| *told.lock().unwrap() = Some(lives(url, life).await)).await;
    }

    let told = one.lock().unwrap().take();
    assert!(told.is_some());
    assert_eq!(told, other.lock().unwrap().take());
}

#[test]
fn a_life_begins_at_midnight_of_the_first_of_december() {
    assert_eq!(moment(2026, 12, 1, 0, 0), Some(BEGINS));
}
