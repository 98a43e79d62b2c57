//! Changing the tree of areas. An area and the team of it, a brigade or a detachment, are one: both are
//! added, merged, moved and closed together.

use super::{
    Key, Named, alone_with, alone_with_both, closes,
    events::{Entry, Reason, What, note},
    follows::{follow, held},
    is_free,
    renaming::renames,
    team_of_area,
};
use crate::{Db, StoreError, Tx};
use domain::{
    Millis, Refusal,
    areas::{AreaId, AreaKind},
    organisation::{
        Held, Kind, Verb,
        naming::{self, OWN_CODES_FROM},
    },
    people::Actor,
    teams::TeamKind,
};

/// Adds an area under `parent`, with its brigade or detachment. Without a code the house chooses one that
/// the statistical office has not given out.
///
/// # Errors
/// [`StoreError::Refused`]: not theirs to add, nothing of that kind there, name or code taken, no team
/// under which its own could stand.
pub async fn add(
    db: &Db,
    kind: AreaKind,
    parent: AreaId,
    code: Option<AreaId>,
    name: &str,
    who: &Actor,
    now: Millis,
) -> Result<AreaId, StoreError> {
    let mut tx = db.begin().await?;
    let above = alone_with(&mut tx, Key::Area(parent)).await?;
    above.node.may_be_changed_by(who, Kind::Area(kind).act(Verb::Add))?;
    above.node.takes(Kind::Area(kind))?;
    is_free(&mut tx, None, Key::Area(parent), name).await?;
    let team = team_of_area(&mut tx, parent).await?.ok_or(Refusal::NoTeamThere)?;
    let id = match code {
        Some(code) => code,
        None => free_code(&mut tx, kind, parent).await?,
    };
    let written = on!(&mut tx, conn => {
        sqlx::query(
            "insert into areas (id, kind, parent, name) values ($1, $2, $3, $4)
             on conflict (id) do nothing",
        )
        .bind(id.0)
        .bind(kind.key())
        .bind(parent.0)
        .bind(name)
        .execute(conn)
        .await?
        .rows_affected()
    });
    if written == 0 {
        return Err(Refusal::NameTaken.into());
    }
    let own = if kind == AreaKind::Township { TeamKind::Detachment } else { TeamKind::Brigade };
    let called = naming::name_of_new(own, name, 0);
    super::teams::insert(&mut tx, own, &team, id, 0, &called).await?;
    let entry =
        Entry { what: What::Add, of: Key::Area(id), into: None, detail: Some(name), reason: None };
    note(&mut tx, entry, who.id, now).await?;
    tx.commit().await?;
    Ok(id)
}

/// The first code of ours that nobody has.
async fn free_code(tx: &mut Tx, kind: AreaKind, parent: AreaId) -> Result<AreaId, StoreError> {
    let (first, step) = naming::codes(kind, parent);
    let from = first + OWN_CODES_FROM * step;
    let last: Option<i64> = on!(tx, conn => {
        sqlx::query_scalar("select max(id) from areas where id >= $1 and id < $2")
            .bind(from)
            .bind(first + 1_000 * step)
            .fetch_one(conn)
            .await?
    });
    let next = last.map_or(from, |last| last / step * step + step);
    if next < first + 1_000 * step { Ok(AreaId(next)) } else { Err(Refusal::NameTaken.into()) }
}

/// Moves a village to another township 划归: its brigade stands under the detachment there, its requests
/// are of that township, also those that ended.
///
/// # Errors
/// [`StoreError::Refused`]: not theirs, gone, it cannot stand there, no detachment there, or a village
/// there is called so.
pub async fn relocate(
    db: &Db,
    id: AreaId,
    to: AreaId,
    reason: &Reason,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let (moved, there) = alone_with_both(&mut tx, Key::Area(id), Key::Area(to)).await?;
    for one in [&moved, &there] {
        one.node.may_be_changed_by(who, moved.node.kind.act(Verb::Move))?;
    }
    moved.node.may_move_under(&there.node)?;
    is_free(&mut tx, Some(moved.node.key), there.node.key, &moved.name).await?;
    on!(&mut tx, conn => {
        sqlx::query("update areas set parent = $2 where id = $1")
            .bind(id.0)
            .bind(to.0)
            .execute(conn)
            .await?;
    });
    if let Some(brigade) = team_of_area(&mut tx, id).await? {
        let detachment = team_of_area(&mut tx, to).await?.ok_or(Refusal::NoTeamThere)?;
        super::teams::hang(&mut tx, brigade.node.key, detachment.node.key).await?;
    }
    requests_are_of(&mut tx, id, to).await?;
    let entry = Entry {
        what: What::Move,
        of: moved.node.key,
        into: Some(there.node.key),
        detail: None,
        reason: Some(reason),
    };
    note(&mut tx, entry, who.id, now).await?;
    tx.commit().await
}

/// Merges an area into another 撤并: a village or community with all that is in it, or a township with its
/// villages. Everything follows; the brigade or detachment goes into the other; posts over what is merged
/// end, so that nobody's reach grows unasked. The merged area stays, closed, and says into what.
///
/// # Errors
/// [`StoreError::Refused`]: not theirs, one of them gone, of another kind, or no team there that could take
/// the teams.
pub async fn merge(
    db: &Db,
    from: AreaId,
    into: AreaId,
    reason: &Reason,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let (merged, survivor) = alone_with_both(&mut tx, Key::Area(from), Key::Area(into)).await?;
    for one in [&merged, &survivor] {
        one.node.may_be_changed_by(who, merged.node.kind.act(Verb::Merge))?;
    }
    merged.node.may_merge_into(&survivor.node)?;
    let teams = match team_of_area(&mut tx, from).await? {
        None => None,
        Some(own) => Some((own, team_of_area(&mut tx, into).await?.ok_or(Refusal::NoTeamThere)?)),
    };
    closes(&mut tx, merged.node.key, Some(survivor.node.key), who.id, now).await?;
    if let Some((own, other)) = &teams {
        super::teams::take_names_among(&mut tx, own.node.key, other.node.key, &merged.name).await?;
        closes(&mut tx, own.node.key, Some(other.node.key), who.id, now).await?;
    }
    areas_take_names_among(&mut tx, &merged, &survivor).await?;
    follow(&mut tx, merged.node.key, survivor.node.key, now).await?;
    if let Some((own, other)) = teams {
        follow(&mut tx, own.node.key, other.node.key, now).await?;
    }
    requests_are_of(&mut tx, into, survivor.node.at.township).await?;
    let entry = Entry {
        what: What::Merge,
        of: merged.node.key,
        into: Some(survivor.node.key),
        detail: None,
        reason: Some(reason),
    };
    note(&mut tx, entry, who.id, now).await?;
    tx.commit().await
}

/// Villages that follow into a township where one is called the same say from where they came.
async fn areas_take_names_among(
    tx: &mut Tx,
    merged: &Named,
    survivor: &Named,
) -> Result<(), StoreError> {
    let following: Vec<(i64, String)> = children(tx, merged.area).await?;
    let there = children(tx, survivor.area).await?;
    let mut taken: Vec<String> = there.into_iter().map(|(_, name)| name).collect();
    for (id, name) in following {
        let new = naming::name_among(&name, &merged.name, |one| taken.iter().any(|it| it == one));
        if new != name {
            renames(tx, Key::Area(AreaId(id)), &new).await?;
        }
        taken.push(new);
    }
    Ok(())
}

async fn children(tx: &mut Tx, parent: AreaId) -> Result<Vec<(i64, String)>, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_as("select id, name from areas where parent = $1 and closed is null order by id")
            .bind(parent.0)
            .fetch_all(conn)
            .await?
    }))
}

/// The requests of a village are of this township; of a township nothing is to be done.
async fn requests_are_of(tx: &mut Tx, village: AreaId, township: AreaId) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query("update requests set township = $2 where village = $1 and township <> $2")
            .bind(village.0)
            .bind(township.0)
            .execute(conn)
            .await?;
    });
    Ok(())
}

/// Closes an area that nothing stands on any more, with its brigade or detachment.
///
/// # Errors
/// [`StoreError::Refused`]: not theirs, gone, or still in use.
pub async fn close(
    db: &Db,
    id: AreaId,
    reason: &Reason,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let found = alone_with(&mut tx, Key::Area(id)).await?;
    found.node.may_be_changed_by(who, found.node.kind.act(Verb::Close))?;
    found.node.may_close(&held_by(&mut tx, id).await?)?;
    closes(&mut tx, found.node.key, None, who.id, now).await?;
    if let Some(team) = team_of_area(&mut tx, id).await? {
        closes(&mut tx, team.node.key, None, who.id, now).await?;
    }
    let of = found.node.key;
    let entry = Entry { what: What::Close, of, into: None, detail: None, reason: Some(reason) };
    note(&mut tx, entry, who.id, now).await?;
    tx.commit().await
}

/// What is in the way of closing an area, its own team's too.
pub(super) async fn held_by(tx: &mut Tx, id: AreaId) -> Result<Held, StoreError> {
    let mut found = held(tx, Key::Area(id)).await?;
    if let Some(team) = team_of_area(tx, id).await? {
        let below = held(tx, team.node.key).await?;
        // The companies of a village are of its area, and counted there.
        found.teams = found.teams.max(below.teams);
        found.people += below.people;
    }
    Ok(found)
}
