//! Numbers of volunteers: each is given once.

use crate::{StoreError, Tx};
use domain::{areas::AreaId, people::PersonId, teams::TeamId, volunteers::number::number};

/// Gives a person a number, unless they have one from before: the next of the county that nobody has.
pub(super) async fn give(tx: &mut Tx, person: PersonId, team: TeamId) -> Result<(), StoreError> {
    let has: bool = on!(&mut *tx, conn => {
        sqlx::query_scalar("select volunteer_no is not null from people where id = $1")
            .bind(person.0)
            .fetch_one(conn)
            .await?
    });
    if has {
        return Ok(());
    }
    let area: i64 = on!(&mut *tx, conn => {
        sqlx::query_scalar("select area from teams where id = $1").bind(team.0).fetch_one(conn).await?
    });
    loop {
        let nth: i64 = on!(&mut *tx, conn => {
            sqlx::query_scalar(
                "update volunteer_numbers set last = last + 1 where id = 1 returning last",
            )
            .fetch_one(conn)
            .await?
        });
        let next = number(AreaId(area), nth);
        // One that came with an import is skipped.
        let taken: i64 = on!(&mut *tx, conn => {
            sqlx::query_scalar("select count(*) from people where volunteer_no = $1")
                .bind(&next)
                .fetch_one(conn)
                .await?
        });
        if taken == 0 {
            return keep(tx, person, &next).await;
        }
    }
}

/// Notes the number of a person who has none.
pub(super) async fn keep(tx: &mut Tx, person: PersonId, number: &str) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query("update people set volunteer_no = $1 where id = $2 and volunteer_no is null")
            .bind(number)
            .bind(person.0)
            .execute(conn)
            .await?;
    });
    Ok(())
}
