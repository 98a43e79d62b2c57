//! Households: a person without phone or name for every door with a card, so that what it asks for
//! has somebody whose it is.

use super::keys;
use crate::{StoreError, Tx};
use domain::{Millis, people::PersonId};
use uuid::Uuid;

/// How a household is called where nobody has said a name: in the history of its requests.
const CALLED: &str = "住户";

/// The household behind a door. Call it with the door to oneself: two who make it at once would
/// make two.
pub(crate) async fn household_of(
    tx: &mut Tx,
    door: Uuid,
    now: Millis,
) -> Result<PersonId, StoreError> {
    let known: Option<Uuid> = on!(&mut *tx, conn => {
        sqlx::query_scalar("select person from households where door = $1")
            .bind(door)
            .fetch_optional(conn)
            .await?
    });
    let person = match known {
        Some(person) => person,
        None => new_household(tx, door, now).await?,
    };
    // Doors move from circle to circle; the household goes along.
    on!(tx, conn => {
        sqlx::query(
            "update people set door = $2,
                    squad = (select d.squad from doors d where d.id = $2),
                    village = (select t.area from doors d join teams t on t.id = d.squad where d.id = $2)
             where id = $1",
        )
        .bind(person)
        .bind(door)
        .execute(conn)
        .await?;
    });
    Ok(PersonId(person))
}

async fn new_household(tx: &mut Tx, door: Uuid, now: Millis) -> Result<Uuid, StoreError> {
    let person = Uuid::now_v7();
    on!(&mut *tx, conn => {
        sqlx::query("insert into people (id, surname, title, created, keyed) values ($1, '', $2, $3, $4)")
            .bind(person)
            .bind(CALLED)
            .bind(now)
            // Nobody is searched by that name.
            .bind(keys::RULES)
            .execute(conn)
            .await?;
    });
    on!(tx, conn => {
        sqlx::query("insert into households (door, person) values ($1, $2)")
            .bind(door)
            .bind(person)
            .execute(conn)
            .await?;
    });
    Ok(person)
}
