//! Volunteers in the books: registering, joining teams, pausing and leaving. Every verb is one
//! transaction: load, ask the rule, save, note.

mod events;
mod listed;
mod merging;
pub mod moving;
mod number;
pub mod reading;
mod rows;
mod standing;
#[cfg(test)]
mod tests;

use crate::{Db, StoreError, Tx, people};
use domain::{
    Millis, Refusal,
    people::{Actor, PersonId},
    teams::TeamId,
    volunteers::{Hindrance, Move, form::Registration, profile::Profile},
};

pub use events::Event;
pub(crate) use events::{LOOK, links};
pub(crate) use listed::enrol_listed;
pub(crate) use merging::merging;
pub use rows::{Known, known};
pub use standing::Member;
pub(crate) use standing::age;

/// Somebody registers and applies to their first team, or again after all teams were left.
///
/// # Errors
/// [`StoreError::Refused`]: no name or home yet, too young, not a team of where they live, registered
/// already; [`StoreError::NotFound`] for no such team.
pub async fn register(
    db: &Db,
    form: &Registration,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    who.has_a_name()?;
    if who.home.is_none() {
        return Err(Refusal::from(Hindrance::NoHome).into());
    }
    let mut tx = db.begin().await?;
    people::queue(&mut tx, who.id).await?;
    if let Some(running) = standing::any_running(&mut tx, who.id, now).await? {
        return Err(Refusal::from(Hindrance::NotNow(running)).into());
    }
    rows::save_person(&mut tx, who.id, form, now).await?;
    rows::save_profile(&mut tx, who.id, &form.profile).await?;
    moving::apply_in(&mut tx, form.team, who, now).await?;
    tx.commit().await
}

/// Changes what a volunteer says of themselves.
///
/// # Errors
/// [`StoreError::Refused`] for whoever is not registered.
pub async fn save(db: &Db, profile: &Profile, who: &Actor) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    people::queue(&mut tx, who.id).await?;
    if !rows::is_registered(&mut tx, who.id).await? {
        return Err(Refusal::from(Hindrance::NotRegistered).into());
    }
    rows::save_profile(&mut tx, who.id, profile).await?;
    tx.commit().await
}

/// Somebody who is a member without having applied here: from an import, or from before the books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// Who; their account is in the books.
    pub person: PersonId,
    /// Of which team.
    pub team: TeamId,
    /// Since when.
    pub since: Millis,
    /// The number that they have; a new one is given when there is none.
    pub number: Option<String>,
    /// Who brings them in: noted in the history.
    pub by: PersonId,
}

/// Makes somebody a member of a team past the application: for imports. Age and consent are for whoever
/// imports to check. Somebody who is a member already stays one; a number that they have stays theirs.
///
/// # Errors
/// [`StoreError::Database`], also for a number that somebody else has
/// ([`StoreError::is_unique_violation`]).
pub async fn enrol(tx: &mut Tx, one: &Enrolment, now: Millis) -> Result<(), StoreError> {
    people::queue(tx, one.person).await?;
    rows::save_enrolled(tx, one, now).await?;
    match &one.number {
        Some(number) => number::keep(tx, one.person, number).await?,
        None => number::give(tx, one.person, one.team).await?,
    }
    let note = events::Entry {
        person: one.person,
        team: Some(one.team),
        at: now,
        who: one.by,
        mv: Move::Approve.key(),
        reason: None,
        note: None,
    };
    events::note(tx, note).await
}
