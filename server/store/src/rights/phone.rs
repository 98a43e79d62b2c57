//! Another phone for the same account. That the new one is theirs was proved with a code before.

use crate::{Db, StoreError, people};
use domain::{
    Millis, Refusal,
    people::Actor,
    permissions::{Act, Subject, can},
    rights::Hindrance,
};

/// Gives an account another phone; says which it had.
///
/// # Errors
/// [`StoreError::Refused`] when another account has it, or when it is the same.
pub async fn change(
    db: &Db,
    who: &Actor,
    phone: &str,
    now: Millis,
) -> Result<Option<String>, StoreError> {
    let mut tx = db.begin().await?;
    people::queue(&mut tx, who.id).await?;
    let who = crate::standing::refreshed(&mut tx, who, now).await?;
    can(Some(&who), Act::Correct, Subject::House).map_err(Refusal::from)?;
    let before: Option<String> = on!(&mut tx, conn => {
        sqlx::query_scalar("select phone from people where id = $1")
            .bind(who.id.0)
            .fetch_one(conn)
            .await?
    });
    if before.as_deref() == Some(phone) {
        return Err(Refusal::from(Hindrance::SamePhone).into());
    }
    let changed = on!(&mut tx, conn => {
        sqlx::query("update people set phone = $2 where id = $1")
            .bind(who.id.0)
            .bind(phone)
            .execute(conn)
            .await
            .map(drop)
    });
    match changed.map_err(StoreError::from) {
        Ok(()) => {
            people::keys::renew(&mut tx, who.id).await?;
            tx.commit().await.map(|()| before)
        }
        Err(error) if error.is_unique_violation() => {
            Err(Refusal::from(Hindrance::PhoneTaken).into())
        }
        Err(error) => Err(error),
    }
}
