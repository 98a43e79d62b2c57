//! Door cards hang at most doors of 荷花村: some have been used, one is tried too often, one is lost.

use super::{areas::LOTUS, people::People, teams::Teams};
use crate::{Db, StoreError, cards, credentials::Vault, people};
use domain::{
    Millis,
    clock::{DAY, HOUR, MINUTE},
};
use uuid::Uuid;

/// How a door's card has been used, by the place of the door in its circle; none of the others has been.
struct Used {
    at: usize,
    ago: Millis,
    filed: i64,
    refused: i64,
}

const USED: [Used; 4] = [
    Used { at: 0, ago: 3 * HOUR, filed: 2, refused: 0 },
    Used { at: 3, ago: 2 * DAY, filed: 1, refused: 0 },
    Used { at: 5, ago: 9 * DAY, filed: 5, refused: 0 },
    Used { at: 8, ago: 26 * HOUR, filed: 3, refused: 4 },
];
/// The door whose card is lost, and nobody has made a new one.
const LOST: usize = 6;

/// Hangs them. The captains of the circles made them four weeks ago.
pub(super) async fn hang(
    db: &Db,
    vault: &Vault,
    teams: &Teams,
    people: &People,
    now: Millis,
) -> Result<(), StoreError> {
    let made = now - 28 * DAY;
    let lotus = teams.villages.iter().filter(|village| village.area.id == LOTUS);
    for circle in lotus.flat_map(|village| &village.circles) {
        let captain = people.all[circle.captain].id;
        let captain = people::actor(db, captain, now).await?.ok_or(StoreError::NotFound)?;
        cards::make_missing(db, vault, circle.squad, &captain, made).await?;
        cards::printed(db, vault, circle.squad, None, &captain, made + 20 * MINUTE).await?;
        let doors = cards::of_circle(db, circle.squad, &captain).await?.doors;
        let card = |at: usize| doors.get(at).and_then(|door| door.card.as_ref());
        if let Some(lost) = card(LOST) {
            cards::revoke(db, lost.id, &captain, now - 4 * DAY).await?;
        }
        for used in &USED {
            if let Some(card) = card(used.at) {
                note(db, card.id, used, now).await?;
            }
        }
    }
    Ok(())
}

async fn note(db: &Db, card: Uuid, used: &Used, now: Millis) -> Result<(), StoreError> {
    let Used { ago, filed, refused, .. } = used;
    let mut tx = db.begin().await?;
    on!(&mut tx, conn => {
        sqlx::query(
            "update cards set used = $2, filed = $3, refused = $4, refused_at = $5 where id = $1",
        )
        .bind(card)
        .bind(now - ago)
        .bind(filed)
        .bind(refused)
        .bind((*refused > 0).then_some(now - ago + HOUR))
        .execute(conn)
        .await?;
    });
    tx.commit().await
}
