//! How somebody stands with the house at a moment, by the books.

use crate::{StoreError, Tx};
use domain::{
    Millis,
    abuse::BlockReason,
    consent::is_asked_again,
    people::{Actor, PersonId},
    standing::Standing,
};
use sqlx_macros::FromRow;

#[derive(FromRow)]
struct Row {
    leaving: Option<Millis>,
    agreed: Option<i64>,
    reason: Option<String>,
    until: Option<Millis>,
}

/// The standing of a person at `now`. Of several blocks the one that ends last counts.
pub(crate) async fn of(tx: &mut Tx, id: PersonId, now: Millis) -> Result<Standing, StoreError> {
    let row: Option<Row> = on!(tx, conn => {
        sqlx::query_as(
            "select p.leaving, b.reason, b.until,
                    (select max(c.version) from consents c
                     where c.person = p.id and c.text = 'terms') as agreed
             from people p
             left join blocks b on b.person = p.id and b.since <= $2 and b.lifted is null
                  and (b.until is null or b.until > $2)
             where p.id = $1
             order by case when b.until is null then 0 else 1 end, b.until desc limit 1",
        )
        .bind(id.0)
        .bind(now)
        .fetch_optional(conn)
        .await?
    });
    let Some(row) = row else { return Ok(Standing::Good) };
    if let Some(on) = row.leaving {
        return Ok(Standing::Leaving { on });
    }
    if let Some(reason) = row.reason {
        let reason = BlockReason::from_key(&reason)
            .ok_or_else(|| StoreError::Corrupt(format!("blocks: a reason {reason}")))?;
        return Ok(Standing::Blocked { until: row.until, reason });
    }
    Ok(if is_asked_again(row.agreed) { Standing::AskedAgain } else { Standing::Good })
}

/// The same person as they stand in this transaction: who was blocked or asked to leave since they
/// were loaded acts no more.
pub(crate) async fn refreshed(tx: &mut Tx, who: &Actor, now: Millis) -> Result<Actor, StoreError> {
    let standing = of(tx, who.id, now).await?;
    Ok(who.clone().in_standing(standing))
}
