//! Changing the tree of teams within a village: companies and squads, and the branches of city units.

use super::{
    Key, Named, alone_with, alone_with_both, closes,
    events::{Entry, Reason, What, note},
    follows::{follow, held},
    is_free,
    renaming::renames,
};
use crate::{Db, StoreError, Tx};
use domain::{
    Millis,
    areas::AreaId,
    organisation::{Kind, Verb, naming, point::Point},
    people::Actor,
    teams::{TeamId, TeamKind},
};
use uuid::Uuid;

/// Adds a team under `parent`; without a name it is called by its number.
///
/// # Errors
/// [`StoreError::Refused`]: not theirs to add, nothing of that kind there, or the name is taken.
pub async fn add(
    db: &Db,
    kind: TeamKind,
    parent: TeamId,
    name: Option<&str>,
    who: &Actor,
    now: Millis,
) -> Result<TeamId, StoreError> {
    let mut tx = db.begin().await?;
    let above = alone_with(&mut tx, Key::Team(parent)).await?;
    above.node.may_be_changed_by(who, Kind::Team(kind).act(Verb::Add))?;
    above.node.takes(Kind::Team(kind))?;
    let (number, village) = next_number(&mut tx, kind, above.area).await?;
    let name = name.map_or_else(|| naming::name_of_new(kind, &village, number), str::to_owned);
    is_free(&mut tx, None, above.node.key, &name).await?;
    let id = insert(&mut tx, kind, &above, above.area, number, &name).await?;
    let of = Key::Team(id);
    let into = Some(above.node.key);
    let entry = Entry { what: What::Add, of, into, detail: Some(&name), reason: None };
    note(&mut tx, entry, who.id, now).await?;
    tx.commit().await?;
    Ok(id)
}

/// The number after the last of its kind in the area, closed ones too: none is given twice. And the
/// area's name.
async fn next_number(
    tx: &mut Tx,
    kind: TeamKind,
    area: AreaId,
) -> Result<(i64, String), StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_as(
            "select coalesce((select max(t.number) from teams t where t.area = a.id and t.kind = $2), 0) + 1,
                    a.name
             from areas a where a.id = $1",
        )
        .bind(area.0)
        .bind(kind.key())
        .fetch_one(conn)
        .await?
    }))
}

pub(super) async fn insert(
    tx: &mut Tx,
    kind: TeamKind,
    above: &Named,
    area: AreaId,
    number: i64,
    name: &str,
) -> Result<TeamId, StoreError> {
    let id = Uuid::now_v7();
    let parent = match above.node.key {
        Key::Team(parent) => Some(parent.0),
        Key::Area(_) => None,
    };
    on!(tx, conn => {
        sqlx::query(
            "insert into teams (id, kind, parent, area, number, name) values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(id)
        .bind(kind.key())
        .bind(parent)
        .bind(area.0)
        .bind(number)
        .bind(name)
        .execute(conn)
        .await?;
    });
    Ok(TeamId(id))
}

/// Sets the centre of a circle, or forgets it.
///
/// # Errors
/// [`StoreError::Refused`]: not theirs, gone, or no circle.
pub async fn set_point(
    db: &Db,
    id: TeamId,
    point: Option<Point>,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let found = alone_with(&mut tx, Key::Team(id)).await?;
    super::doors::is_a_circle_of(&found, who)?;
    on!(&mut tx, conn => {
        sqlx::query("update teams set lat_e7 = $2, lon_e7 = $3 where id = $1")
            .bind(id.0)
            .bind(point.map(|point| point.lat_e7))
            .bind(point.map(|point| point.lon_e7))
            .execute(conn)
            .await?;
    });
    let at = point.map(|point| format!("{},{}", point.lat_e7, point.lon_e7));
    let of = found.node.key;
    let entry = Entry { what: What::Point, of, into: None, detail: at.as_deref(), reason: None };
    note(&mut tx, entry, who.id, now).await?;
    tx.commit().await
}

/// Moves a team under another of its village. A circle's requests, also those that ended, are of the new
/// lane, and its doors come after those of that lane where their places would meet.
///
/// # Errors
/// [`StoreError::Refused`]: not theirs, one of them gone, it cannot stand there, or a team there is called so.
pub async fn relocate(
    db: &Db,
    id: TeamId,
    to: TeamId,
    reason: &Reason,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let (moved, there) = alone_with_both(&mut tx, Key::Team(id), Key::Team(to)).await?;
    moved.node.may_be_changed_by(who, moved.node.kind.act(Verb::Move))?;
    moved.node.may_move_under(&there.node)?;
    is_free(&mut tx, Some(moved.node.key), there.node.key, &moved.name).await?;
    if moved.node.kind == Kind::Team(TeamKind::Squad) {
        append_to_lane(&mut tx, id, to).await?;
        requests_are_of(&mut tx, id, &there).await?;
    }
    hang(&mut tx, moved.node.key, there.node.key).await?;
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

/// Hangs a team under another.
pub(super) async fn hang(tx: &mut Tx, team: Key, under: Key) -> Result<(), StoreError> {
    on!(tx, conn => {
        let query = sqlx::query("update teams set parent = $2 where id = $1");
        let query = super::bind_key!(query, team);
        super::bind_key!(query, under).execute(conn).await?;
    });
    Ok(())
}

/// The requests of a squad are of the lane above it; under a brigade there is none.
async fn requests_are_of(tx: &mut Tx, squad: TeamId, above: &Named) -> Result<(), StoreError> {
    let company = match (above.node.kind, above.node.key) {
        (Kind::Team(TeamKind::Company), Key::Team(company)) => Some(company.0),
        _ => None,
    };
    on!(tx, conn => {
        sqlx::query("update requests set company = $2 where squad = $1")
            .bind(squad.0)
            .bind(company)
            .execute(conn)
            .await?;
    });
    Ok(())
}

/// Puts the doors of a squad, and the places of its requests, behind the last of a lane, unless they
/// already stand beside those of it.
async fn append_to_lane(tx: &mut Tx, squad: TeamId, lane: TeamId) -> Result<(), StoreError> {
    let (first, last, last_there): (Option<i64>, Option<i64>, Option<i64>) = on!(&mut *tx, conn => {
        sqlx::query_as(
            "select (select min(position) from doors where squad = $1),
                    (select max(position) from doors where squad = $1),
                    (select max(d.position) from doors d join teams t on t.id = d.squad
                     where t.parent = $2 and t.id <> $1 and d.position >=
                         (select min(position) from doors where squad = $1))",
        )
        .bind(squad.0)
        .bind(lane.0)
        .fetch_one(conn)
        .await?
    });
    let (Some(first), Some(_), Some(last_there)) = (first, last, last_there) else {
        return Ok(());
    };
    let shift = last_there + 1 - first;
    for text in [
        "update doors set position = position + $2 where squad = $1",
        "update requests set position = position + $2 where squad = $1",
    ] {
        on!(&mut *tx, conn => {
            sqlx::query(text).bind(squad.0).bind(shift).execute(conn).await?;
        });
    }
    Ok(())
}

/// Merges a squad or a company into another of its village: doors, people, requests and what stands below
/// follow; the captain's term ends; the merged team stays, closed, and says into what.
///
/// # Errors
/// [`StoreError::Refused`]: not theirs, one of them gone, of another kind or village.
pub async fn merge(
    db: &Db,
    from: TeamId,
    into: TeamId,
    reason: &Reason,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let (merged, survivor) = alone_with_both(&mut tx, Key::Team(from), Key::Team(into)).await?;
    merged.node.may_be_changed_by(who, merged.node.kind.act(Verb::Merge))?;
    merged.node.may_merge_into(&survivor.node)?;
    if let (Kind::Team(TeamKind::Squad), Some(Key::Team(lane))) =
        (merged.node.kind, survivor.node.parent)
    {
        if merged.node.parent != survivor.node.parent {
            append_to_lane(&mut tx, from, lane).await?;
        }
        let above = super::team(&mut tx, lane).await?;
        requests_are_of(&mut tx, from, &above).await?;
    }
    closes(&mut tx, merged.node.key, Some(survivor.node.key), who.id, now).await?;
    take_names_among(&mut tx, merged.node.key, survivor.node.key, &merged.name).await?;
    if merged.node.kind == Kind::Team(TeamKind::Company) {
        // One lane after the other: each circle's doors come behind those that are there by then.
        for (squad, _) in below(&mut tx, merged.node.key).await? {
            append_to_lane(&mut tx, TeamId(squad), into).await?;
            hang(&mut tx, Key::Team(TeamId(squad)), survivor.node.key).await?;
        }
    }
    follow(&mut tx, merged.node.key, survivor.node.key, now).await?;
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

/// Teams that follow to where one is called the same say from where they came.
pub(super) async fn take_names_among(
    tx: &mut Tx,
    from: Key,
    into: Key,
    origin: &str,
) -> Result<(), StoreError> {
    let following = below(tx, from).await?;
    let mut taken: Vec<String> = below(tx, into).await?.into_iter().map(|(_, name)| name).collect();
    for (id, name) in following {
        let new = naming::name_among(&name, origin, |one| taken.iter().any(|it| it == one));
        if new != name {
            renames(tx, Key::Team(TeamId(id)), &new).await?;
        }
        taken.push(new);
    }
    Ok(())
}

async fn below(tx: &mut Tx, team: Key) -> Result<Vec<(Uuid, String)>, StoreError> {
    let text =
        "select id, name from teams where parent = $1 and closed is null order by number, id";
    Ok(on!(tx, conn => {
        super::bind_key!(sqlx::query_as(text), team).fetch_all(conn).await?
    }))
}

/// Closes a team that nothing stands on any more. Its ended requests go up to the team above.
///
/// # Errors
/// [`StoreError::Refused`]: not theirs, gone, or still in use.
pub async fn close(
    db: &Db,
    id: TeamId,
    reason: &Reason,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let found = alone_with(&mut tx, Key::Team(id)).await?;
    found.node.may_be_changed_by(who, found.node.kind.act(Verb::Close))?;
    let held = held(&mut tx, found.node.key).await?;
    found.node.may_close(&held)?;
    for text in [
        "update requests set squad = null, position = null where squad = $1",
        "update requests set company = null where company = $1",
    ] {
        on!(&mut tx, conn => {
            sqlx::query(text).bind(id.0).execute(conn).await?;
        });
    }
    closes(&mut tx, found.node.key, None, who.id, now).await?;
    let of = found.node.key;
    let entry = Entry { what: What::Close, of, into: None, detail: None, reason: Some(reason) };
    note(&mut tx, entry, who.id, now).await?;
    tx.commit().await
}
