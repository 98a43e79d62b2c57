//! When a team is merged into another, whoever is of both is of the survivor once.

use crate::{StoreError, Tx};
use domain::Millis;
use uuid::Uuid;

/// Ends what would be double once the memberships of `from` are those of `into`: an application
/// beside a membership, and the second of two of a kind. What ended before stays where it was.
pub(crate) async fn merging(
    tx: &mut Tx,
    from: Uuid,
    into: Uuid,
    now: Millis,
) -> Result<(), StoreError> {
    for text in [
        // A member of the one does not wait to be let into the other.
        "update memberships set standing = 'left', ended = $3
         where team = $2 and standing = 'applied' and exists
             (select 1 from memberships o where o.person = memberships.person and o.team = $1
              and o.standing = 'member')",
        "update memberships set standing = 'left', ended = $3
         where team = $1 and standing in ('applied', 'member') and exists
             (select 1 from memberships o where o.person = memberships.person and o.team = $2
              and o.standing in ('applied', 'member'))",
        // Two rows of one person never begin at the same moment: the younger one gives way.
        "update memberships set since = $3
         where team = $1 and standing in ('applied', 'member') and exists
             (select 1 from memberships o where o.person = memberships.person and o.team = $2
              and o.since = memberships.since)",
    ] {
        on!(&mut *tx, conn => {
            sqlx::query(text).bind(from).bind(into).bind(now).execute(conn).await?;
        });
    }
    Ok(())
}
