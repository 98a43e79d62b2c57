//! The list of what follows misses no column of the tables.

use super::*;
use crate::organisation::follows::{POINTERS, Pointer, To};
use crate::testing::on_sqlite;
use std::collections::BTreeSet;

/// Every column that points at areas, teams or doors, by the tables themselves.
async fn foreign_keys(db: &Db) -> BTreeSet<(String, String, String)> {
    let mut tx = db.read().await.unwrap();
    let found: Vec<(String, String, String)> = match &mut tx {
        crate::Tx::Pg(_) => vec![],
        crate::Tx::Lite(tx) => sqlx::query_as(
            "select m.name, f.\"from\", f.\"table\" from sqlite_master m, pragma_foreign_key_list(m.name) f
             where m.type = 'table' and f.\"table\" in ('areas', 'teams', 'doors')",
        )
        .fetch_all(&mut **tx)
        .await
        .unwrap(),
    };
    found.into_iter().collect()
}

fn listed(pointer: &Pointer) -> (String, String, String) {
    let to = match pointer.to {
        To::Area => "areas",
        To::Team => "teams",
        To::Door => "doors",
    };
    (pointer.table.to_owned(), pointer.column.to_owned(), to.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_column_that_points_at_the_trees_is_in_the_list_of_what_follows() {
    on_sqlite(async |db: Db| {
        let tables = foreign_keys(&db).await;
        let list: BTreeSet<_> = POINTERS.iter().map(listed).collect();

        assert!(tables.len() >= 23, "{tables:?}");
        let missed: Vec<_> = tables.difference(&list).collect();
        assert!(missed.is_empty(), "say in follows.rs what becomes of {missed:?}");
        let gone: Vec<_> = list.difference(&tables).collect();
        assert!(gone.is_empty(), "no such column: {gone:?}");
    })
    .await;
}
