//! The moves of memberships.

use super::{
    events::{self, Entry},
    number,
    standing::{self, Member},
};
use crate::{Db, StoreError, Tx, people};
use domain::{
    Millis, Refusal,
    people::{Actor, PersonId},
    teams::TeamId,
    volunteers::{
        Hindrance, Move, Standing,
        reasons::{RefuseReason, RemoveReason},
    },
};

/// A move of one membership, with what it brings along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// 申请: one team more, or again.
    Apply,
    /// 收回申请.
    TakeBack,
    /// 同意.
    Approve,
    /// 不同意, with a word to the person.
    Refuse(RefuseReason, Option<String>),
    /// 离队.
    Leave,
    /// 请出, with a word to the person.
    Remove(RemoveReason, Option<String>),
}

impl Step {
    const fn mv(&self) -> Move {
        match self {
            Self::Apply => Move::Apply,
            Self::TakeBack => Move::TakeBack,
            Self::Approve => Move::Approve,
            Self::Refuse(..) => Move::Refuse,
            Self::Leave => Move::Leave,
            Self::Remove(..) => Move::Remove,
        }
    }

    const fn reason(&self) -> Option<&'static str> {
        match self {
            Self::Refuse(reason, _) => Some(reason.key()),
            Self::Remove(reason, _) => Some(reason.key()),
            Self::Apply | Self::TakeBack | Self::Approve | Self::Leave => None,
        }
    }

    fn note(&self) -> Option<&str> {
        match self {
            Self::Refuse(_, note) | Self::Remove(_, note) => note.as_deref(),
            Self::Apply | Self::TakeBack | Self::Approve | Self::Leave => None,
        }
    }
}

/// Moves somebody's membership of a team on; gives how they stand then.
///
/// # Errors
/// [`StoreError::Refused`] with the reason of the rules; [`StoreError::NotFound`] for no such team,
/// or when somebody in charge decides on whoever has never been of it.
pub async fn step(
    db: &Db,
    person: PersonId,
    team: TeamId,
    step: &Step,
    who: &Actor,
    now: Millis,
) -> Result<Standing, StoreError> {
    let mut tx = db.begin().await?;
    people::queue(&mut tx, person).await?;
    let after = if matches!(step, Step::Apply) {
        if !super::rows::is_registered(&mut tx, person).await? {
            return Err(Refusal::from(Hindrance::NotRegistered).into());
        }
        apply_in(&mut tx, team, who, now).await?
    } else {
        step_in(&mut tx, person, team, step, who, now).await?
    };
    tx.commit().await?;
    Ok(after)
}

/// Applies to a team, in a transaction that waits for the person's others.
pub(super) async fn apply_in(
    tx: &mut Tx,
    team: TeamId,
    who: &Actor,
    now: Millis,
) -> Result<Standing, StoreError> {
    let before = standing::load(tx, who.id, team, now).await?;
    let after = before.membership().after(Move::Apply, who, &before.facts)?;
    // Twice within one moment is twice: the second one waits a moment.
    let since = before.since.map_or(now, |last| now.max(last + 1));
    on!(&mut *tx, conn => {
        sqlx::query(
            "insert into memberships (person, team, since, standing) values ($1, $2, $3, 'applied')",
        )
        .bind(who.id.0)
        .bind(team.0)
        .bind(since)
        .execute(conn)
        .await?;
    });
    note(tx, who.id, Some(team), &Step::Apply, who, now).await?;
    Ok(after)
}

async fn step_in(
    tx: &mut Tx,
    person: PersonId,
    team: TeamId,
    step: &Step,
    who: &Actor,
    now: Millis,
) -> Result<Standing, StoreError> {
    let before = standing::load(tx, person, team, now).await?;
    let Some(since) = before.since else { return Err(StoreError::NotFound) };
    let after = before.membership().after(step.mv(), who, &before.facts)?;
    match after {
        Standing::Member => {
            decide(tx, &before, since, who, now).await?;
            number::give(tx, person, team).await?;
        }
        Standing::Left | Standing::Refused => {
            end(tx, &before, since, after, step, who, now).await?;
        }
        Standing::Outside | Standing::Applied | Standing::Paused => {
            return Err(StoreError::Corrupt(format!("memberships: {step:?} led to {after:?}")));
        }
    }
    note(tx, person, Some(team), step, who, now).await?;
    Ok(after)
}

async fn decide(
    tx: &mut Tx,
    before: &Member,
    since: Millis,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query(
            "update memberships set standing = 'member', decided = $1, decided_by = $2
             where person = $3 and team = $4 and since = $5",
        )
        .bind(now)
        .bind(who.id.0)
        .bind(before.person.0)
        .bind(before.team.0)
        .bind(since)
        .execute(conn)
        .await?;
    });
    Ok(())
}

async fn end(
    tx: &mut Tx,
    before: &Member,
    since: Millis,
    after: Standing,
    step: &Step,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query(
            "update memberships set standing = $1, ended = $2, reason = $3, note = $4,
                    decided = coalesce(decided, $2), decided_by = coalesce(decided_by, $5)
             where person = $6 and team = $7 and since = $8",
        )
        .bind(after.key())
        .bind(now)
        .bind(step.reason())
        .bind(step.note())
        .bind(who.id.0)
        .bind(before.person.0)
        .bind(before.team.0)
        .bind(since)
        .execute(conn)
        .await?;
    });
    Ok(())
}

async fn note(
    tx: &mut Tx,
    person: PersonId,
    team: Option<TeamId>,
    step: &Step,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let (mv, reason, note) = (step.mv().key(), step.reason(), step.note());
    events::note(tx, Entry { person, team, at: now, who: who.id, mv, reason, note }).await
}

/// Takes nothing on for a while, in all teams: until a moment, or until they come back. What they have
/// claimed stays theirs.
///
/// # Errors
/// [`StoreError::Refused`] for whoever is no member, or has paused already.
pub async fn pause(
    db: &Db,
    until: Option<Millis>,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    break_off(db, Move::Pause, Some(now), until, who, now).await
}

/// Is back.
///
/// # Errors
/// [`StoreError::Refused`] for whoever has not paused.
pub async fn resume(db: &Db, who: &Actor, now: Millis) -> Result<(), StoreError> {
    break_off(db, Move::Resume, None, None, who, now).await
}

async fn break_off(
    db: &Db,
    mv: Move,
    since: Option<Millis>,
    until: Option<Millis>,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    people::queue(&mut tx, who.id).await?;
    // The rule is asked of any team of theirs: a pause is of all of them.
    let teams = standing::all(&mut tx, who.id).await?;
    let member = teams.into_iter().find(|one| one.standing == Standing::Member.key());
    let Some(member) = member else { return Err(Refusal::from(Hindrance::NotRegistered).into()) };
    let before = standing::load(&mut tx, who.id, TeamId(member.team), now).await?;
    before.membership().after(mv, who, &before.facts)?;
    on!(&mut tx, conn => {
        sqlx::query("update volunteers set paused_since = $1, paused_until = $2 where person = $3")
            .bind(since)
            .bind(until)
            .bind(who.id.0)
            .execute(conn)
            .await?;
    });
    let entry = Entry {
        person: who.id,
        team: None,
        at: now,
        who: who.id,
        mv: mv.key(),
        reason: None,
        note: None,
    };
    events::note(&mut tx, entry).await?;
    tx.commit().await
}
