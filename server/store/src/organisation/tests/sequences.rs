//! No sequence of changes leaves anything pointing at what is closed, and no tree grows into a circle.

use super::*;
use proptest::{
    collection::vec,
    test_runner::{Config, TestCaseError, TestRunner},
};

/// What somebody tries, with two numbers that choose what to try it on.
type Try = (u8, usize, usize);

/// Every area and team, closed ones too: what is tried on them must be refused.
async fn everything(db: &Db) -> (Vec<AreaId>, Vec<TeamId>, Vec<Uuid>) {
    let mut tx = db.read().await.unwrap();
    let areas: Vec<i64> = on!(&mut tx, conn => {
        sqlx::query_scalar("select id from areas order by id").fetch_all(conn).await.unwrap()
    });
    let teams: Vec<Uuid> = on!(&mut tx, conn => {
        sqlx::query_scalar("select id from teams order by id").fetch_all(conn).await.unwrap()
    });
    let doors: Vec<Uuid> = on!(&mut tx, conn => {
        sqlx::query_scalar("select id from doors order by id limit 5").fetch_all(conn).await.unwrap()
    });
    (areas.into_iter().map(AreaId).collect(), teams.into_iter().map(TeamId).collect(), doors)
}

async fn tries(
    db: &Db,
    centre: &Actor,
    (verb, one, two): Try,
    at: Millis,
) -> Result<(), StoreError> {
    let (all_areas, all_teams, all_doors) = everything(db).await;
    let area = |n: usize| all_areas[n % all_areas.len()];
    let team = |n: usize| all_teams[n % all_teams.len()];
    let kinds = [TeamKind::Company, TeamKind::Squad];
    let granny = granny(db).await;
    match verb {
        0 => areas::merge(db, area(one), area(two), &decreed(), centre, at).await,
        1 => areas::close(db, area(one), &decreed(), centre, at).await,
        2 => areas::relocate(db, area(one), area(two), &decreed(), centre, at).await,
        3 => {
            let kind = AreaKind::ALL[two % AreaKind::ALL.len()];
            areas::add(db, kind, area(one), None, &format!("新{at}"), centre, at).await.map(drop)
        }
        4 => teams::add(db, kinds[two % 2], team(one), None, centre, at).await.map(drop),
        5 | 6 => teams::merge(db, team(one), team(two), &decreed(), centre, at).await,
        7 | 8 => teams::relocate(db, team(one), team(two), &decreed(), centre, at).await,
        9 => teams::close(db, team(one), &decreed(), centre, at).await,
        10 => {
            let label = vec![format!("门{at}")];
            super::books_of_doors::add(db, team(one), &label, None, centre, at).await
        }
        11 => match all_doors.get(one % 5) {
            Some(door) => super::books_of_doors::relocate(db, *door, team(two), centre, at).await,
            None => Ok(()),
        },
        12 => match all_doors.get(one % 5) {
            Some(door) => super::books_of_doors::remove(db, *door, centre, at).await,
            None => Ok(()),
        },
        13 => people::settle(db, granny.id, "李", "大娘", area(one), Some(team(two))).await,
        _ => {
            let home = granny.home.expect("granny has a home");
            requests::submit(db, &leak(), &granny, &home, Uuid::now_v7(), at).await.map(drop)
        }
    }
}

async fn holds_after(tried: Vec<Try>) -> Result<(), TestCaseError> {
    let db = Db::open("sqlite::memory:").await.unwrap();
    let centre = centre(&db).await;
    granny(&db).await;
    captain_of(&db, BRIGADE).await;
    for (at, one) in tried.iter().enumerate() {
        let at = now() + i64::try_from(at).unwrap();
        match tries(&db, &centre, *one, at).await {
            Ok(()) | Err(StoreError::Refused(_) | StoreError::NotFound) => {}
            Err(broken) => return Err(TestCaseError::fail(format!("{one:?}: {broken:?}"))),
        }
        let faults = faults(&db).await.unwrap();
        if !faults.is_empty() {
            return Err(TestCaseError::fail(format!("after {one:?}: {faults:?}")));
        }
    }
    db.close().await;
    Ok(())
}

#[test]
fn no_sequence_of_changes_leaves_anything_pointing_at_what_is_closed() {
    let config = Config { cases: 40, failure_persistence: None, ..Config::default() };
    let run = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let outcome = TestRunner::new(config)
        .run(&vec((0..15_u8, 0..60_usize, 0..60_usize), 1..40), |tried| {
            run.block_on(holds_after(tried))
        });

    outcome.unwrap();
}
