//! Another name for an area or a team.

use super::{
    Key, alone_with, bind_key,
    events::{Entry, What, note},
    is_free,
};
use crate::{Db, StoreError, Tx};
use domain::{Millis, organisation::Verb, people::Actor};

/// Gives an area or a team another name. The teams of an area keep theirs.
///
/// # Errors
/// [`StoreError::Refused`]: not theirs, gone, or a sibling is called so.
pub async fn rename(
    db: &Db,
    key: Key,
    name: &str,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let found = alone_with(&mut tx, key).await?;
    found.node.may_be_changed_by(who, found.node.kind.act(Verb::Rename))?;
    found.node.stands()?;
    if let Some(parent) = found.node.parent {
        is_free(&mut tx, Some(found.node.key), parent, name).await?;
    }
    renames(&mut tx, found.node.key, name).await?;
    let of = found.node.key;
    let entry =
        Entry { what: What::Rename, of, into: None, detail: Some(&found.name), reason: None };
    note(&mut tx, entry, who.id, now).await?;
    tx.commit().await
}

/// Gives it another name.
pub(super) async fn renames(tx: &mut Tx, key: Key, name: &str) -> Result<(), StoreError> {
    let text = match key {
        Key::Area(_) => "update areas set name = $2 where id = $1",
        Key::Team(_) => "update teams set name = $2 where id = $1",
    };
    on!(tx, conn => {
        bind_key!(sqlx::query(text), key).bind(name).execute(conn).await?;
    });
    Ok(())
}
